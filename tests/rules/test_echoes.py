"""One mistake, one finding: what only repeats an error waits until that error is mended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coursepack import compiler
from coursepack.diagnostics import RULES, Severity
from coursepack.rules import echoes

MINIMAL = Path(__file__).parents[1] / "courses" / "minimal"
QUESTION = "::: question {#%s answer=true}\nTea is a drink.\n:::\n"


def codes(root: Path, step: str = "", settings: str = "", bank: str = "") -> list[str]:
    """The codes found in the minimal course with a further step, further settings and a bank."""
    shutil.copytree(MINIMAL, root)
    with (root / "course.yaml").open("a", encoding="utf-8") as file:
        file.write(settings)
    if step:
        (root / "steps" / "900-more.md").write_text(f"# More\n\n{step}", encoding="utf-8")
    if bank:
        (root / "questions").mkdir()
        (root / "questions" / "b.yaml").write_text(bank, encoding="utf-8")
    return [item.rule.code for item in compiler.check(root).diagnostics]


def test_statements_are_not_tried_out_in_a_course_with_errors(tmp_path: Path) -> None:
    """Two questions of one id, and a gap without an answer: no statement can be made of them."""
    twice = QUESTION % "a" + "\n::: question {#a}\nWhich?\n\n- [x] This\n- [ ] That\n:::\n"
    assert codes(tmp_path / "twice", twice, "xapi:\n") == ["REF-001"]
    empty = "::: question {#a}\nTea is a [[]].\n:::\n"
    assert codes(tmp_path / "empty", empty, "xapi:\n") == ["SPC-032"]


def test_a_language_that_is_none_is_said_once(tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(MINIMAL, root)
    text = (root / "course.yaml").read_text(encoding="utf-8")
    lines = ["language: en_GB" if line.startswith("language") else line for line in text.splitlines()]
    (root / "course.yaml").write_text("\n".join([*lines, "xapi:", ""]), encoding="utf-8")
    assert [item.rule.code for item in compiler.check(root).diagnostics] == ["ACC-010"]


def test_an_accepted_error_keeps_no_late_check_away(tmp_path: Path) -> None:
    """A table without a caption is accepted; that nobody can pass is found all the same."""
    step = (
        "| a | b |\n|---|---|\n| c | d |\n\n::: quiz {#q pass=100% attempts=1}\n" + QUESTION % "a" + ":::\n"
    )
    settings = "allow: [{rule: ACC-001, reason: A small one}]\nxapi:\n  hooks:\n  - id: big\n"
    settings += (
        "    event: course.opened\n    statement:\n      verb: experienced\n      object: {ref: course}\n"
    )
    settings += f"      result: {{response: '{'long ' * 2000}'}}\n      context: {{platform: x}}\n"
    assert codes(tmp_path / "course", step, settings) == ["XAP-023"]


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("::: quiz {#q attemps=3}\n" + QUESTION % "a" + ":::\n", ["SPC-020"]),
        ("::: quiz {#q draw=all from=b}\n" + QUESTION % "a" + ":::\n", ["SPC-021"]),
        ("::: quiz {#q draw=1 from=c attempts=1}\n" + QUESTION % "a" + ":::\n", ["REF-010"]),
    ],
)
def test_a_line_that_is_misread_is_not_judged(tmp_path: Path, step: str, found: list[str]) -> None:
    bank = "- {id: x, question: Is it?, answer: true}\n"
    assert codes(tmp_path / "course", step, bank=bank) == found


def test_settings_that_are_misread_are_not_judged(tmp_path: Path) -> None:
    quiz = "::: quiz {#q attempts=1}\n" + QUESTION % "a" + ":::\n"
    settings = "completion: {quizzes: passed}\npass: {score: 80}\n"
    assert codes(tmp_path / "course", quiz, settings) == ["SPC-006"]


def test_a_bank_that_cannot_be_read_is_not_counted(tmp_path: Path) -> None:
    quiz = "::: quiz {#q draw=1 from=b attempts=1}\n" + QUESTION % "a" + ":::\n"
    assert codes(tmp_path / "broken", quiz, bank="- id: x\nid: y\n") == ["SPC-003"]
    assert codes(tmp_path / "map", quiz, bank="x: 1\n") == ["SPC-006"]
    assert codes(tmp_path / "none", quiz, bank="[]\n") == ["REF-011"]
    more = quiz.replace("draw=1", "draw=2")
    warned = '- {id: x, question: "Is it <b>?", answer: true}\n'
    assert sorted(codes(tmp_path / "warned", more, bank=warned)) == ["REF-011", "SPC-038"]


def test_a_course_without_steps_is_judged_when_it_has_some(tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(MINIMAL, root)
    shutil.rmtree(root / "steps")
    with (root / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("completion: {quizzes: passed, reflections: required}\npass: {score: 80%, quizzes: [q]}\n")
    assert [item.rule.code for item in compiler.check(root).diagnostics] == ["SPC-001"]


def test_only_errors_keep_others_back() -> None:
    """Were a cause a warning, leaving out its echo could let a faulty package be made."""
    causes = {*echoes.UNREAD_LINE, *(code for codes_ in echoes.ANYWHERE.values() for code in codes_)}
    causes.discard(echoes.UNREAD_BANK)
    assert {RULES[code].severity for code in causes} == {Severity.ERROR}
    assert all(code in RULES for code in echoes.ANYWHERE)


@pytest.mark.parametrize(("braces", "code"), [("{decorativ}", "SPC-020"), (" {decorative}", "SPC-019")])
def test_a_picture_whose_attributes_cannot_be_read_is_said_once(
    tmp_path: Path, braces: str, code: str
) -> None:
    root = tmp_path / "course"
    assert codes(root, f"![](dot.svg){braces}\n") == ["REF-005", code]
    (root / "steps" / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    assert [item.rule.code for item in compiler.check(root).diagnostics] == [code]
