"""Any text at all loads without an exception, and no word of prose is lost without a finding."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from authoring import SETTINGS, diagnostics, load
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coursepack.spec.load import Loaded
from coursepack.spec.model import plain, walk

LINES = (
    *("\n", "\n\n", "    ", "  ", " ", "\t", "- ", "1. ", "> ", "# ", "## ", "---\n", ": ", "= ", "— "),
    *("| ", "|", "|---|\n", "^^", "<<", "::: ", ":::\n", "::: note\n", "::: details\n", "::: hint\n"),
    *("::: question {#a}\n", "::: quiz {#b}\n", "::: reflection {#r}\n", "::: table {src=t.csv}\n"),
    *("- [x] ", "- [ ] ", " == ", "```\n", "[^1]: ", "\r\n"),
)
SIGNS = (
    *("[[", "]]", "{#id}", "{.x lang=fr}", "{", "}", "[", "]", "(", ")", "](a.md)", "![", "[^1]", "^["),
    *("*", "**", "_", "`", "~", "\\", "<", "&amp;", "type=order", "answer=true", "word", "Straße", "茶"),
    *("42", "3 +- 1", "\x00", "\x0c", "\u2028", "\ufeff", "👩\u200d"),
)
PIECES = st.sampled_from([*LINES, *SIGNS])
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=120))
RUNS = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def loaded(step: str | bytes, files: dict[str, str | bytes] | None = None) -> Loaded:
    with tempfile.TemporaryDirectory() as folder:
        return load(Path(folder), step, files)


def check(result: Loaded) -> None:
    for item in diagnostics(result):
        assert item.message and "\n" not in item.message
        assert item.span and item.span.line >= 1 and item.span.column >= 1 and item.span.width >= 1
    for route, span in result.sources.spans.items():
        lines = result.sources.texts.get(span.file, "").split("\n")
        assert 1 <= span.line <= max(1, len(lines)), (route, span)
    if result.course:
        assert list(walk(result.course))


@RUNS
@given(TEXTS)
def test_any_step_loads(text: str) -> None:
    check(loaded(text.encode("utf-8", "surrogatepass"), {"t.csv": "a\n1\n"}))


@RUNS
@given(st.binary(max_size=200))
def test_any_bytes_load(data: bytes) -> None:
    check(loaded(data, {"course.yaml": data, "questions/b.yaml": data}))


KEYS = (
    *("id: a\n", "question: b\n", "options: ", "type: order\n", "items: ", "pairs: ", "answer: ", "text: "),
    *(
        "right: true\n",
        "feedback: ",
        "points: ",
        "pass: ",
        "score: ",
        "title: ",
        "allow: ",
        "xapi:\n",
        "<<: ",
    ),
)
YAML_SIGNS = (
    *("- ", "  ", "\n", ": ", "[", "]", "{", "}", ",", "a", "&x ", "*x", "!!str ", "| \n", '"', "'", "#"),
    *("? ", "true", "1.10", "~", "80%", "---\n", "...", "%", "\t"),
)
YAML = st.lists(st.sampled_from([*KEYS, *YAML_SIGNS]), max_size=30).map("".join)


@RUNS
@given(YAML, YAML)
def test_any_yaml_loads(one: str, two: str) -> None:
    check(loaded(f"---\n{one}\n---\n# T\n", {"course.yaml": SETTINGS + one, "questions/b.yaml": two}))


NAMES = st.sampled_from(
    [
        *("spec", "id", "title", "language", "pass", "score", "completion", "steps", "allow", "rule"),
        *("options", "text", "pairs", "left", "right", "answer", "question", "type", "items", "points"),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=20,
)


@RUNS
@given(DATA)
def test_any_data_is_judged(data: object) -> None:
    import json

    text = json.dumps(data)
    bank = json.dumps([data, {"id": "a", "question": "b", "options": data, "pairs": data, "answer": data}])
    check(loaded("# T\n", {"course.yaml": text, "questions/b.yaml": bank}))


WORD = st.from_regex(r"[a-zA-Zäß茶й]{1,7}", fullmatch=True)
PROSE_SIGNS = st.sampled_from(
    [
        *(
            " ",
            " ",
            "\n",
            "\n\n",
            ", ",
            "\n> ",
            "\n- ",
            "\n1. ",
            "\n    ",
            "\n## ",
            "\n---\n",
            "\n=\n",
            "\n: ",
        ),
        *(
            "*",
            "**",
            "`",
            "[",
            "](x.md)",
            "]",
            "![",
            "[^a]",
            "^[",
            "<",
            ">",
            "\\",
            "{#a}",
            "{.b}",
            "[[",
            "]]",
            " == ",
        ),
        *("\n```\n", "\n[^a]: ", "\n\n| ", " | ", "\n|---|\n", "\n= ", "\n- [x] ", "\n:::\n", "\n::: nope\n"),
        *("\n::: note\n", "\n::: tip ", "\n::: details\n", "\n::: question {#q}\n", "\n::: hint\n"),
        *("\n::: quiz {#z}\n", "\n::: reflection {#r}\n"),
    ]
)
PROSE = st.lists(st.one_of(WORD, PROSE_SIGNS), max_size=30).map(" ".join)


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-zA-Zäß茶й]+", text))


def shown(result: Loaded) -> str:
    """All that learners can read, in activities as well: text in tuples, titles and accepted answers."""
    assert result.course
    found: list[str] = []
    for _, node in walk(result.course.steps):
        for name in (
            "text",
            "alt",
            "title",
            "id",
            "path",
            "accepted",
            "language",
            "url",
            "href",
            "why",
            "classes",
        ):
            value = getattr(node, name, "")
            found += [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]
    return " ".join(found)


@settings(RUNS, max_examples=300)
@example("\n::: question {#q}\n \n- [x]  \n \n     ** \n=\n A")
@given(PROSE)
def test_no_word_is_lost_in_silence(text: str) -> None:
    result = loaded(f"---\ntitle: T\n---\n{text}\n")
    assert result.course
    marks = {"note", "tip", "question", "hint", "details", "quiz", "reflection", "nope", "md", *"abxqzr"}
    missing = words(text) - words(shown(result)) - words(plain(result.course.steps)) - marks
    named = {(item.span.line, item.rule.code) for item in diagnostics(result) if item.span}
    for word in missing:
        assert any(word in words(said) for said in told(text.split("\n"), named)), word


def told(lines: list[str], named: set[tuple[int, str]]) -> list[str]:
    """The lines that findings name; a footnote and a second paragraph up to the next blank line."""
    found = []
    for at, code in ((number - 4, code) for number, code in named if number >= 4):
        end = at + 1
        while ("[^" in lines[at] or code == "SPC-024") and end < len(lines) and lines[end].strip():
            end += 1
        found.append("\n".join(lines[at:end]))
    return found
