"""Whatever lies in a folder, loading it ends soon, with findings and without an exception."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from authoring import SETTINGS, STEP, codes, diagnostics, load, said

from coursepack.spec.load import load_course
from coursepack.spec.model import plain, walk

N = 10_000


def quickly(work: Callable[[], object], seconds: float) -> None:
    """CPU time, so that a busy machine does not fail the test."""
    start = time.process_time()
    work()
    assert time.process_time() - start < seconds


DEEP = {
    "quotes": ">" * N + " word",
    "quote lines": "\n".join("> " * min(i, 300) + "word" for i in range(800)),
    "lists": "- " * N + "word",
    "list lines": "\n".join(" " * (2 * i) + "- word" for i in range(600)),
    "definitions": "\n".join(" " * (2 * i) + "a\n" + " " * (2 * i) + ": word" for i in range(300)),
    "footnotes": "[^a]: " * 3000 + "word",
    "containers": "::: note\n" * N + "word\n" + ":::\n" * N,
    "unclosed containers": "::: note\n" * N + "word",
    "questions": "::: question {#a}\n" * 2000 + "word",
    "emphasis": "*a " * N + "word" + " a*" * N,
    "both emphases": "**_" * N + "word" + "_**" * N,
    "brackets": "[" * N + "word" + "]" * N,
    "links": "[" * N + "word" + "](x)" * N,
    "spans": "[" * N + "word" + "]{.x}" * N,
    "footnote texts": "^[" * N + "word" + "]" * N,
    "pictures": "![" * N + "word" + "](x)" * N,
    "gaps": "::: question {#a}\n" + "[[" * N + "word" + "]]" * N + "\n:::",
}


TOO_DEEP = set(DEEP) - {"definitions", "both emphases"}
"""The other two are not nested at all by the rules of Markdown."""


@pytest.mark.parametrize("name", DEEP)
def test_nesting_without_end_is_named_and_no_word_is_lost(tmp_path: Path, name: str) -> None:
    def work() -> None:
        loaded = load(tmp_path, f"# T\n\n{DEEP[name]}\n\nafter\n")
        assert loaded.course
        list(walk(loaded.course))
        words = plain(loaded.course.steps)
        assert "after" in words
        assert "word" in words or "word" in str(loaded.course.steps) or loaded.findings
        assert bool(loaded.findings) == (name in TOO_DEEP), codes(loaded)

    quickly(work, 20)


ENDLESS = [
    *("[", "![", "[^", "^[", "[[", "]", "](", "[a](", "[a](<", "[a]{", '[a]{"', "![a](b){", "[x]: y\n"),
    *("`", "``` `", "*", "_", "*_", "<", "<a:", "&", "\\", "{", "{}", "|", "#", "=", "~", "\t"),
    *("- ", "> ", ":", ": ", "::: ", "a\n: ", "- [ ] "),
]


@pytest.mark.parametrize("sign", ENDLESS)
def test_a_sign_without_end_takes_little_time(tmp_path: Path, sign: str) -> None:
    def work() -> None:
        many = 3 * N if sign.strip("![^") == "" else N // 2
        for body in (sign * many, f"::: question {{#a}}\n{sign * (N // 4)}\n- [x] a\n:::"):
            loaded = load(tmp_path, f"# T\n\n{body}\n")
            assert loaded.course and list(walk(loaded.course))

    quickly(work, 20)


@pytest.mark.parametrize(
    "table",
    [
        "|" + "a|" * 3000 + "\n|" + "-|" * 3000 + "\n|" + "^^|" * 3000,
        "|a|\n|-|\n" + "|<<|\n" * 3000,
        "|" + "a|" * 20_000 + "\n|-|\n" + "|a|\n" * 3000,
        "|" + "a|" * 60 + "\n|" + "-|" * 60 + "\n|" + "a|" * 60 + "\n" + ("|" + "^^|" * 60 + "\n") * 60,
    ],
)
def test_tables_of_any_size(tmp_path: Path, table: str) -> None:
    quickly(lambda: load(tmp_path, f"# T\n\n{table}\n"), 20)


@pytest.mark.parametrize("path", ["course.yaml", STEP, "questions/b.yaml", "tables/t.csv"])
def test_a_huge_file_is_a_quick_finding(tmp_path: Path, path: str) -> None:
    step = "# T\n\n::: table {src=tables/t.csv}\n:::\n"
    files: dict[str, str | bytes] = {"tables/t.csv": "a\n1\n", path: b"word \n" * 9_000_000}

    def work() -> None:
        loaded = load_course(tmp_path)
        assert f"SPC-009 {path.removeprefix('steps/')}:1:1+1" in said(loaded)

    from authoring import write

    write(tmp_path, step, files)
    quickly(work, 1)


def test_a_step_of_the_largest_size_loads(tmp_path: Path) -> None:
    text = "# T\n\n" + ("word *and* words\n" * 9 + "\n") * 6400
    assert 900_000 < len(text) < 1_000_000

    def work() -> None:
        loaded = load(tmp_path, text)
        assert loaded.course and not loaded.findings

    quickly(work, 60)


# --- what is not text ---------------------------------------------------------------------------------

JUNK = {
    "bytes": bytes(range(256)) * 40,
    "zeros": b"\0" * 5000,
    "picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(200)),
    "utf-16": "title: x\n".encode("utf-16"),
    "half a letter": "x: é".encode()[:-1],
}


@pytest.mark.parametrize("path", ["course.yaml", STEP, "questions/b.yaml"])
@pytest.mark.parametrize("name", JUNK)
def test_binary_junk_is_a_finding(tmp_path: Path, path: str, name: str) -> None:
    loaded = load(tmp_path, files={path: JUNK[name]})
    assert {"SPC-002", "SPC-035"} & codes(loaded)
    assert (loaded.course is None) == (path == "course.yaml")


@pytest.mark.parametrize("name", JUNK)
def test_junk_in_place_of_a_step_s_text(tmp_path: Path, name: str) -> None:
    loaded = load(tmp_path, b"# T\n\n" + JUNK[name])
    assert loaded.findings


def test_latin_1_is_named_at_its_letter(tmp_path: Path) -> None:
    loaded = load(tmp_path, "# T\r\n\r\nGrüße und\r\nso Ärger\r\n".encode("latin-1"))
    assert said(loaded) == ["SPC-002 010-one.md:3:3+1"]
    (item,) = diagnostics(loaded)
    assert "0xFC" in item.message and "`ü`" in item.message and item.help == "save the file as UTF-8"


def test_latin_1_after_a_byte_order_mark_and_umlauts(tmp_path: Path) -> None:
    assert said(load(tmp_path, b"\xef\xbb\xbf# \xc3\xbc\n\xc3\xbc\xc3\xbc \xff\n")) == [
        "SPC-002 010-one.md:2:4+1"
    ]


def test_other_mistakes_show_beside_a_bad_letter(tmp_path: Path) -> None:
    assert codes(load(tmp_path, b"# T\n\n\xe9\n\n::: nope\n:::\n")) == {"SPC-002", "SPC-014"}


def test_tabs_lone_carriage_returns_and_form_feeds(tmp_path: Path) -> None:
    loaded = load(tmp_path, "# T\r\rA\tb\r\r-\tlist\r\r\tmore\r")
    assert loaded.course and not loaded.findings
    assert plain(loaded.course.steps[0].blocks) == "A b list more"


# --- YAML ---------------------------------------------------------------------------------------------


def bomb(kind: str) -> str:
    rows = ['a0: &a0 ["x","x","x","x","x","x","x","x","x"]']
    for i in range(1, 30):
        inner = ",".join([f"*a{i - 1}"] * 9)
        three = ", ".join(f"{key}: *a{i - 1}" for key in "xyz")
        rows.append(f"a{i}: &a{i} [{inner}]" if kind == "list" else f"a{i}: &a{i} {{{three}}}")
    return SETTINGS + "\n".join(rows) + "\n"


YAMLS = {
    "alias bomb": (bomb("list"), "SPC-008"),
    "map bomb": (bomb("map"), "SPC-008"),
    "long alias": (SETTINGS + "a: &a [" + "x," * 5000 + "]\nb: [*a, *a, *a]\n", "SPC-008"),
    "alias of itself": (SETTINGS + "a: &a [*a]\n", "SPC-003"),
    "deep lists": (SETTINGS + "theme: " + "[" * N, "SPC-008"),
    "deep maps": (SETTINGS + "theme: " + "{a: " * N, "SPC-008"),
    "deep blocks": (SETTINGS + "theme:\n" + "\n".join(" " * i + "a:" for i in range(1, 900)), "SPC-008"),
    "many lists": (SETTINGS + "theme: " + "- " * N, "SPC-003"),
    "python": (SETTINGS + "theme: !!python/object/apply:os.system [exit]\n", "SPC-003"),
    "binary tag": (SETTINGS + "theme: !!binary aGk=\n", "SPC-003"),
    "merge": (SETTINGS + "a: &a {x: 1}\n<<: *a\n", "SPC-005"),
    "many keys": (SETTINGS + "".join(f"k{i}: 1\n" for i in range(600)), "SPC-005"),
    "same keys": (SETTINGS + "k: 1\n" * N, "SPC-004"),
    "long number": (SETTINGS.replace("spec: 1", "spec: " + "9" * N), "SPC-006"),
    "huge exponent": (SETTINGS + "pass: {score: 1e999999999}\n", "SPC-006"),
    "not a number": (SETTINGS + "pass: {score: NaN}\n", "SPC-006"),
    "quotes": (SETTINGS + "credit: " + '"' * N, "SPC-003"),
    "directive": ("%FOO " + "x" * N + "\n---\n" + SETTINGS, ""),
    "surrogate": (SETTINGS + 'credit: "\\ud800"\n', "SPC-003"),
}  # fmt: skip


@pytest.mark.parametrize("name", YAMLS)
def test_hostile_yaml(tmp_path: Path, name: str) -> None:
    text, code = YAMLS[name]

    def work() -> None:
        for path in ("course.yaml", "questions/b.yaml"):
            loaded = load(tmp_path, files={"course.yaml": SETTINGS, path: text})
            assert not code or path != "course.yaml" or code in codes(loaded), loaded.findings[:3]
            assert all(len(item.message) < 400 for item in diagnostics(loaded))

    quickly(work, 20)


def test_hostile_front_matter(tmp_path: Path) -> None:
    for text, _ in YAMLS.values():
        loaded = load(tmp_path, f"---\n{text}\n---\n# T\n")
        assert loaded.findings or "directive" in text or loaded.course


# --- names --------------------------------------------------------------------------------------------


STRANGE = [
    *("con", "a" * 240, " ", "'\"", "<b>", "$(x)", "-rf", "é", "👩‍🔬", "a\xa0b", "\u202egnp"),
    *("a\nb", "a\tb", "\x1b[31mred", "\x7f"),
]


@pytest.mark.parametrize("name", STRANGE)
def test_strange_names_of_steps_and_media(tmp_path: Path, name: str) -> None:
    files: dict[str, str | bytes] = {f"steps/{name}.md": "# A\n", f"media/{name}.svg": "<svg/>"}
    loaded = load(tmp_path, "# T\n\n![a](<media/x y.svg>)\n", files)
    assert loaded.course and (len(loaded.course.steps) == 2) != ("SPC-035" in codes(loaded))
    for item in diagnostics(loaded):
        assert not any(sign in item.message + item.help for sign in "\n\t\x1b\x7f\u202e")


def test_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    import os

    load(tmp_path)
    try:
        with open(os.fsencode(tmp_path / "steps") + b"/020-\xff.md", "wb") as file:
            file.write(b"# A\n")
    except OSError:
        pytest.skip("this file system only takes UTF-8 names")
    loaded = load_course(tmp_path)
    (item,) = diagnostics(loaded)
    assert item.rule.code == "SPC-035" and item.message.isascii()


def test_steps_with_names_equal_but_for_case_or_accents(tmp_path: Path) -> None:
    loaded = load(tmp_path, files={"steps/020-a.md": "# A\n", "steps/020-A.md": "# A\n"})
    assert codes(loaded) in ({"SPC-037"}, set())
