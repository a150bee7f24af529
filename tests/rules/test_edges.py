"""Where a rule ends: what is just fine, and what is just not."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coursepack import compiler
from coursepack.spec.settings import Settings

SETTINGS = "spec: 1\nid: https://example.org/courses/edges\ntitle: Edges\nlanguage: en\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n'
CHOICE = "::: question {#q}\nWhat is it?\n\n- [x] This\n- [ ] That\n:::\n"


def codes(root: Path, body: str = "Text.\n", settings: str = SETTINGS, **files: str) -> list[str]:
    (root / "steps").mkdir(parents=True)
    (root / "media").mkdir()
    (root / "media" / "dot.svg").write_text(SVG)
    (root / "course.yaml").write_text(settings, encoding="utf-8")
    (root / "steps" / "010-one.md").write_text(f"---\ntitle: One\n---\n{body}", encoding="utf-8")
    for name, text in files.items():
        (root / "steps" / f"{name}.md").write_text(text, encoding="utf-8")
    return [item.rule.code for item in compiler.check(root).diagnostics]


def answer(answers: str, attributes: str = "") -> str:
    return f"::: question {{#q {attributes}}}\nWhat is it?\n\n{answers}\n:::\n"


@pytest.mark.parametrize(
    "body",
    [
        "## One\n\nText.\n\n### Two\n\nText.\n\n## Three\n\nText.\n",
        f"Text.\n\n::: quiz {{#z title=Check attempts=3}}\n### Inside\n\n{CHOICE}:::\n",
        "|  | Two |\n|---|---|\n| a | b |\n\n: The corner may be empty\n",
        "|  | Two |\n|---|---|\n| a | b |\n| ^^ | c |\n\n: A joined row header {header-column}\n",
        "See [here we describe the ward](https://example.org/ward).\n",
        "See [what `https://example.org/ward` is](https://example.org/ward).\n",
        "[![Our ward](../media/dot.svg)](https://example.org/ward)\n",
        answer("- [x] *This*\n- [ ] this"),
        answer("- [x] ![A red dot](../media/dot.svg)\n- [ ] ![A blue dot](../media/dot.svg)"),
        answer("- France == Europe\n- Spain == Europe\n- Japan == Asia"),
        answer("= 40..45", "max-length=2"),
        answer("= 0.125..3", "max-length=1"),
        answer("= Paris\n= paris", "case"),
        answer("= " + "x" * 40),
        answer("- [x] This\n- [ ] That", "points=1"),
        f"::: quiz {{#one attempts=3}}\n{CHOICE}:::\n",
        f"::: quiz {{#one reveal=never}}\n{CHOICE}:::\n",
        f"::: quiz {{#one feedback=never}}\n{CHOICE}:::\n",
        f"::: quiz {{#one reveal=after-pass pass=50%}}\n{CHOICE}:::\n",
        "::: reflection {#r min-words=20 max-length=100}\nWhat happened?\n:::\n",
        "Bonjour [le monde]{lang=fr-CA}, and go [down](#down).\n\n## Here {#down}\n",
        f"Go to [the question](#q).\n\n{CHOICE}",
    ],
)
def test_what_is_fine_is_silent(body: str, tmp_path: Path) -> None:
    assert codes(tmp_path / "course", body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("### Too deep\n", ["ACC-003"]),
        (f"::: quiz {{#z title=Check attempts=3}}\n#### Too deep\n\n{CHOICE}:::\n", ["ACC-003"]),
        (f"::: quiz {{#z}}\n{CHOICE}:::\n", ["QST-025"]),
        (f"::: quiz {{#z attempts=unlimited feedback=end}}\n{CHOICE}:::\n", ["QST-025"]),
        ("| One | Two |\n|---|---|\n| | b |\n\n: No row header {header-column}\n", ["ACC-002"]),
        ("[![](../media/dot.svg){decorative}](https://example.org)\n", ["ACC-011"]),
        ("[![](../media/dot.svg)](https://example.org)\n", ["ACC-004"]),
        ("Go [up](#nowhere).\n", ["REF-006"]),
        ("Go [on](020-two.md#nowhere).\n", ["REF-006"]),
        ("[Read more »](020-two.md)\n", ["ACC-008"]),
        (answer("- France == Europe\n- Spain == Europe"), ["QST-010"]),
        (answer("- France == Paris\n- France == Lyon"), ["QST-005"]),
        (answer("= 100..450", "max-length=2"), ["QST-009"]),
        (answer("= \u200b"), ["QST-009"]),
        (answer("= 👍👍", "max-length=3"), ["QST-009"]),
        (answer("= “Yes”\n= Yes\n= yes", "case=false"), ["QST-008"]),
        (answer("- Never\n- Often", "type=likert points=3"), ["QST-013"]),
        (answer("- Never", "type=likert"), ["QST-002"]),
        ("::: reflection {#r min-words=20 max-length=99}\nWhat happened?\n:::\n", ["QST-015"]),
        ("::: reflection {#r min-words=20 max-length=38}\nWhat happened?\n:::\n", ["QST-014"]),
        ("Text with [a]{lang=e-n}.\n", ["SPC-021"]),
        ("Text with [a]{lang=en-abcdefghi}.\n", ["SPC-021"]),
        ("Text with [a]{lang=en-a}.\n", ["ACC-010"]),
    ],
)
def test_what_is_not_is_found(body: str, expected: list[str], tmp_path: Path) -> None:
    assert codes(tmp_path / "course", body, **{"020-two": "---\ntitle: Two\n---\nText.\n"}) == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"language": "zh-Hant-TW"}, []),
        ({"language": "de-CH-1996"}, []),
        ({"language": "es-419"}, []),
        ({"language": "sr-Latn-x-plain"}, []),
        ({"language": "pt_BR"}, ["ACC-010"]),
        ({"language": "German"}, ["ACC-010"]),
        ({"language": "en-"}, ["ACC-010"]),
        ({"id": "urn:uuid:6f0d7e2e-3f0d-4f6a-9a55-3d0a6a0b8f11"}, []),
        ({"id": "https://example.org"}, []),
        ({"id": "https://example.org/a b"}, ["LIM-014"]),
        ({"id": "https://"}, ["LIM-014"]),
        ({"id": "/courses/edges"}, ["LIM-014"]),
        ({"id": "https://example.org/%zz"}, ["LIM-014"]),
        ({"id": "https://[::1/x"}, ["LIM-014"]),
        ({"id": "https://example.org/courses#edges"}, ["LIM-016"]),
        ({"id": "https://example.org/courses/con"}, ["LIM-018"]),
        ({"id": "https://example.org/courses/.edges"}, ["LIM-018"]),
        ({"id": "https://example.org/kurse/übung"}, ["LIM-018"]),
        ({"id": "https://example.org/دورة"}, ["LIM-018"]),
        ({"id": "HTTPS://example.org/courses/edges"}, ["LIM-017"]),
        ({"title": "T" * 200}, []),
        ({"title": "T" * 201, "targets": "[web]"}, []),
        ({"title": "T" * 201, "targets": "[scorm12]"}, ["LIM-001"]),
        ({"version": "'" + "1" * 20 + "'"}, []),
        ({"pass": "{score: 80%, quizzes: []}"}, ["QST-017"]),
        ({"pass": "{scor: 80%}"}, ["SPC-005"]),
        ({"completion": "{steps: []}"}, ["QST-021"]),
        ({"completion": "{steps: 0%}"}, ["QST-021"]),
        ({"completion": "{steps: 100%}"}, []),
    ],
)
def test_settings(settings: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    lines = dict(line.split(": ", 1) for line in SETTINGS.splitlines()) | settings
    text = "".join(f"{key}: {value}\n" for key, value in lines.items())
    assert codes(tmp_path / "course", settings=text) == expected


@pytest.mark.parametrize(
    ("bank", "found"),
    [
        ("- id: a\n question: What?\n", ["SPC-003"]),
        ("id: a\n", ["SPC-006"]),
        ("", ["SPC-006"]),
        (None, ["REF-010"]),
        ("- {id: a, question: What?, answer: true, points: 0}\n", ["QST-017", "QST-018"]),
    ],
)
def test_a_bank_that_is_not_read_is_no_lack_of_points(
    tmp_path: Path, bank: str | None, found: list[str]
) -> None:
    root = tmp_path / "course"
    body = "::: quiz {#z draw=1 from=b attempts=3}\n:::\n"
    codes(root, body, f"{SETTINGS}pass: {{score: 80%}}\n")
    if bank is not None:
        (root / "questions").mkdir()
        (root / "questions" / "b.yaml").write_text(bank)
    assert [item.rule.code for item in compiler.check(root).diagnostics] == found


def test_each_skipped_heading_is_told_as_it_is_once_those_above_are_mended(tmp_path: Path) -> None:
    root = tmp_path / "course"
    codes(root, "### Two\n\nText.\n\n##### Three\n\nText.\n\n### Two again\n\nText.\n")
    found = [(item.message, item.help) for item in compiler.check(root).diagnostics]
    assert found == [
        ("a heading of level 3 follows one of level 1", "write `## Two`"),
        ("a heading of level 5 follows one of level 3", "write `### Three`"),
    ]


def test_a_finding_of_a_banks_question_stands_in_the_bank(tmp_path: Path) -> None:
    root = tmp_path / "course"
    codes(root, "::: quiz {#z draw=1 from=b attempts=3}\n:::\n")
    (root / "questions").mkdir()
    bank = "- id: a\n  question: What?\n  options: [This, That]\n"
    (root / "questions" / "b.yaml").write_text(bank)
    found = compiler.check(root).diagnostics
    assert [(item.rule.code, item.span.file if item.span else "") for item in found] == [
        ("QST-001", "questions/b.yaml")
    ]


def test_many_questions_cost_little(tmp_path: Path) -> None:
    """The rules walk the course once: twice the course, about twice the time, and no more."""
    from time import process_time

    from coursepack.rules import check_course
    from coursepack.spec.load import load_course

    times = []
    for steps in (10, 40):
        root = tmp_path / str(steps)
        files = {
            f"{n:03}-step-{n}": f"---\ntitle: Step {n}\n---\n"
            + "".join(CHOICE.replace("#q", f"#q{n}-{i}") for i in range(10))
            for n in range(20, 20 + steps)
        }
        codes(root, **files)
        course = load_course(root).course
        assert course is not None
        start = process_time()
        assert list(check_course(course))[1:] == []
        times.append(process_time() - start)
    assert times[1] < 12 * times[0] + 0.2


@pytest.mark.skipif(sys.platform == "win32", reason="who may read a file is not told by its mode")
@pytest.mark.parametrize("name", ["dot.svg", "dot.gif"])
def test_a_file_that_may_not_be_read_is_found_where_it_is_used(name: str, tmp_path: Path) -> None:
    body = f"![A red dot](../media/{name})\n\n[The dot again](../media/{name})\n"
    codes(tmp_path / "course", body)  # what is imported on the way is read by root
    with as_anybody(), tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "course"
        codes(root, body)
        file = root / "media" / name
        file.write_text(SVG if name.endswith(".svg") else "GIF89a")
        assert compiler.check(root).diagnostics == ()
        file.chmod(0)
        (found,) = compiler.check(root).diagnostics
        assert (found.rule.code, found.span and found.span.line) == ("REF-016", 4)
        assert found.message == f"`media/{name}` cannot be read: Permission denied"
        assert compiler.build(root).packages == ()


@contextmanager
def as_anybody() -> Iterator[None]:
    """As a user who is refused what a mode refuses: root never is."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(me)


@pytest.mark.parametrize(
    ("link", "advice"),
    [
        ("#two", "it is a step: write `two.md`"),
        ("#sec", "it is in the step `two`: write `two.md#sec`"),
        ("two.md#other", "there is `sec`"),
        ("#none", "add `{#none}` to the place that you mean"),
    ],
)
def test_a_link_to_an_id_elsewhere_hears_its_path(tmp_path: Path, link: str, advice: str) -> None:
    root = tmp_path / "course"
    assert codes(root, f"[Words]({link})\n", two="---\ntitle: Two\n---\n## Two {#sec}\n") == ["REF-006"]
    assert compiler.check(root).diagnostics[0].help == advice


def test_a_target_named_for_one_build_has_its_limits_too(tmp_path: Path) -> None:
    body = "".join(f"::: reflection {{#r{n} max-length=2000}}\nWhy?\n:::\n\n" for n in range(2))
    settings = SETTINGS + "targets: [scorm2004-4]\n"
    assert codes(tmp_path / "course", body, settings) == []
    assert compiler.build(tmp_path / "course", ["scorm2004-4"]).packages
    built = compiler.build(tmp_path / "course", ["scorm12"])
    assert [item.rule.code for item in built.checked.diagnostics] == ["LIM-019"] and not built.packages
    advice = built.checked.diagnostics[0].help.partition("\n")[0]
    assert advice == "shorten what costs most by 6,600 in all: reflection r0 (5335), reflection r1 (5335)"


def test_a_state_that_is_too_large_fits_once_what_is_named_is_short(tmp_path: Path) -> None:
    lengths = {f"r{n}": 300 + n for n in range(9)}
    settings = SETTINGS + "targets: [scorm12]\n"

    def body() -> str:
        return "".join(f"::: reflection {{#{r} max-length={n}}}\nWhy?\n:::\n\n" for r, n in lengths.items())

    assert codes(tmp_path / "long", body(), settings) == ["LIM-019"]
    advice = compiler.check(tmp_path / "long").diagnostics[0].help.partition("\n")[0]
    named = re.findall(r"reflection (r[0-9])", advice)
    assert 3 < len(named) < len(lengths)
    lengths |= dict.fromkeys(named, 10)
    assert codes(tmp_path / "short", body(), settings) == []


def test_what_a_build_tells_of_losses_is_of_the_targets_it_builds(tmp_path: Path) -> None:
    from coursepack.cli import summary

    assert codes(tmp_path / "course", settings=SETTINGS + "targets: [scorm12]\n") == []
    for names, lost in ((["web"], ["web"]), (None, ["scorm12"])):
        built = compiler.build(tmp_path / "course", names)
        assert [row["target"] for row in summary.to_data(built)["losses"]] == lost


@pytest.mark.parametrize(
    ("last", "slug"),
    [
        ("First_Aid-2.0", "First_Aid-2.0"),
        ("Kürze", "kurze"),
        ("K%C3%BCrze", "kurze"),
        ("دورة", "course"),
        ("con", "con-course"),
        ("a" * 300, "a" * 60),
    ],
)
def test_packages_have_names_that_every_lms_takes(last: str, slug: str) -> None:
    values = {"spec": 1, "id": f"https://example.org/{last}", "title": "T", "language": "en"}
    assert Settings.model_validate(values).slug == slug


def test_two_banks_of_one_name_clash(tmp_path: Path) -> None:
    body = "::: quiz {#z draw=1 from=tea attempts=2}\n:::\n"
    (tmp_path / "questions").mkdir()
    for name in ("tea.yaml", "tea.yml"):
        (tmp_path / "questions" / name).write_text("- {id: a, question: A, answer: true}\n")
    assert codes(tmp_path, body) == ["REF-001"]
    assert compiler.check(tmp_path).diagnostics[0].span.file == "questions/tea.yml"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("place", "advice"), [("step", "rename it to `steps`"), ("steps/deep", "move its files to `steps/`")]
)
def test_steps_that_lie_elsewhere_are_no_steps(tmp_path: Path, place: str, advice: str) -> None:
    (tmp_path / place).mkdir(parents=True)
    (tmp_path / "course.yaml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / place / "010-one.md").write_text("# One\n\nText.\n", encoding="utf-8")
    built = compiler.build(tmp_path)
    assert [(item.rule.code, item.help) for item in built.checked.diagnostics] == [("SPC-001", advice)]
    assert not built.packages
