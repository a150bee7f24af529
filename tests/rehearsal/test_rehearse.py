"""What rehearsals make of records: tests, differences, tables, pages; what the command says without one."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from coursepack import compiler
from coursepack.cli import app
from coursepack.rehearsal import browser, check, contents, record, replies, run, to_html, to_text
from coursepack.rehearsal.contents import EDITIONS, PLAYED
from coursepack.rehearsal.record import Rehearsal
from coursepack.spec import settings
from coursepack.spec.yaml import parse_yaml
from rehearsal.playing import ROOT, expected


def test_every_learner_is_expected_everywhere() -> None:
    names = {
        (learner, f"{target}/{profile}")
        for learner in run.OURS
        for target in PLAYED
        for profile in (run.PROFILES if target in EDITIONS else run.PROFILES[:1])
    }
    assert set(expected()) == names


def test_course_yaml_takes_what_can_be_played() -> None:
    assert get_args(settings.Learner) == tuple(run.OURS)
    assert set(get_args(settings.Profiled)) == {
        f"{target}/{profile}"
        for target in PLAYED
        for profile in (run.PROFILES if target in EDITIONS else run.PROFILES[:1])
    }
    assert set(settings.Record.model_fields) == {*record.in_short(small().runs[0]), "record"}


@pytest.mark.parametrize("units", [1, 2, 13, 255, 600])
def test_the_longest_text_fills_the_box(units: int) -> None:
    text = replies.longest({"max": units})
    assert len(text.encode("utf-16-le")) == 2 * units


def summary(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "status": {"completion": "passed", "success": None},
        "score": {"raw": "100", "scaled": None, "min": "0", "max": "100"},
        "progress": None,
        "time": {"text": "0000:00:02", "seconds": 2},
        "location": "end",
        "state": {"length": 30, "limit": 4096},
        "next": {"entry": "resume", "data": True},
        "interactions": [{"id": "q1", "type": "choice", "result": "correct", "response": "<b>"}],
        "comments": [],
        "statements": ["answered 2"],
        "gradebook": {"known": True, "text": "100 / 100"},
        "completion": {"known": True, "text": 'not complete: the status is "passed"'},
        "reasons": [{"line": "grade", "evidence": "19", "says": "The grade is raw."}],
    }
    return base | changes


def small(**changes: Any) -> Rehearsal:
    one = record.Run("all-right", "scorm12", "strict", summary(**changes))
    return Rehearsal("A & B", (one,), {}, {"all-right": "does all"})


def test_what_is_recorded_compares_with_itself() -> None:
    node, findings = parse_yaml(check.to_yaml(small()), "tests.yaml")
    assert node and not findings
    assert check.compare(small(), check.read(check.entries_of(node.value))) == []


def test_what_differs_is_shown() -> None:
    wanted = check.read(check.to_entries(small()))
    now = small(score={"raw": "99", "scaled": None, "min": "0", "max": "100"}, interactions=[])
    assert check.to_diff(check.compare(now, wanted)) == (
        "all-right on scorm12/strict\n  - score: 100\n  + score: 99\n  - interactions: q1 choice correct"
    )


def test_a_run_that_is_gone_is_a_difference() -> None:
    wanted = check.read(check.to_entries(small()))
    assert [one.found for one in check.compare(replace(small(), runs=()), wanted)] == ["no such run"]


def test_a_test_of_a_format_that_is_not_built_is_a_difference(tmp_path: Path) -> None:
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps" / "010-one.md").write_text("---\ntitle: One\n---\nWords.\n", "utf-8")
    tests = "- {learner: fails, on: [cmi5/strict], expect: {status: completed}}"
    head = "spec: 1\nid: https://e.example/x\ntitle: X\nlanguage: en\ntargets: [scorm12]\ntests:\n"
    (tmp_path / "course.yaml").write_text(f"{head}{tests}\n", "utf-8")
    result = CliRunner().invoke(app, ["rehearse", str(tmp_path), "--check"])
    assert result.exit_code == 1
    assert "fails on cmi5/strict\n  - a record\n  + no such run\n" in result.stderr


def test_a_score_written_as_a_number_is_the_same() -> None:
    wanted = check.read([{"learner": "all-right", "on": ["scorm12/strict"], "expect": {"score": 100}}])
    assert check.compare(small(), wanted) == []


@pytest.mark.parametrize("entry", ["x", {}, {"learner": "a", "on": "b", "expect": {}}])
def test_a_test_that_is_none_is_refused(entry: Any) -> None:
    with pytest.raises(check.TestsError, match="test 1 needs"):
        check.read([entry])


def test_html_escapes_what_courses_say() -> None:
    page = to_html.to_html(small())
    assert "A &amp; B" in page and "q1 (choice, correct): &lt;b&gt;" in page and "<b>" not in page


def test_text_has_a_row_for_each_run() -> None:
    text = to_text.to_text(small())
    assert "scorm12, strict\n  learner    status  score  gradebook  completion tick\n" in text
    assert '100    100 / 100  not complete [1]\n  [1] the status is "passed"' in text
    assert "what is kept\n  learner    time  answers  comments  statements\n  all-right  2 s   1 " in text
    assert "The grade is raw. (19)" in text


def test_text_fits_a_terminal_of_eighty_columns() -> None:
    """The longest of everything that a course of ours can have, and LMSs that have kept different things."""
    most = summary(
        status={"completion": "incomplete", "success": "unknown"},
        score={"raw": "66.67", "scaled": None, "min": "0", "max": "100"},
        gradebook={"known": True, "text": "66.67 / 100"},
        reasons=[{"line": "x", "evidence": "1.2-RTE 3.4.4", "says": "An LMS does as it likes. " * 9}],
    )
    less = {**most, "time": {"text": "", "seconds": 98765}, "statements": ["answered 1234"]}
    learner = "stops-and-returns"
    runs = [
        record.Run(learner, "scorm2004-3", profile, told, ("a sentence " * 20,))
        for profile, told in (("strict SCORM", most), ("Moodle 4.5", less))
    ]
    rules = ("Who does all of it is done. " * 9,)
    text = to_text.to_text(Rehearsal("A", tuple(runs), {}, {learner: "goes " * 40}, ("a note " * 30,), rules))
    assert max(map(len, text.splitlines())) <= 80
    assert "  stops-and-returns  Moodle 4.5    98765 s  1        0         1234\n" in text
    whole = " ".join(text.split())
    assert whole.count("An LMS does as it likes.") == 9 * len(runs) and whole.count("is done.") == 9


def test_without_a_browser_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSEPACK_BROWSER", "/nowhere/chrome")
    command = ["rehearse", str(ROOT / "course_spec"), "-t"]
    result = CliRunner().invoke(app, [*command, "scorm12"])
    assert result.exit_code == 1
    assert "COURSEPACK_BROWSER names /nowhere/chrome, and there is no such program" in result.output
    monkeypatch.setattr(browser, "find_browser", lambda: None)
    monkeypatch.delenv("COURSEPACK_BROWSER")
    assert "no Chrome, Edge or Chromium was found" in CliRunner().invoke(app, [*command, "cmi5"]).output
    result = CliRunner().invoke(app, [*command, "web"])
    assert result.exit_code == 0 and run.silent("web") in " ".join(result.output.split())


def test_unknown_learner_is_wrong_usage() -> None:
    result = CliRunner().invoke(app, ["rehearse", str(ROOT / "course_spec"), "-t", "scorm12", "-l", "nobody"])
    assert result.exit_code == 2 and "there is no learner nobody" in result.output


def test_of_the_web_nothing_is_recorded() -> None:
    data = compiler.build(ROOT / "course_spec", ["web"]).packages[0].data
    stages = contents.open_package(data)
    assert run.rehearse("x", stages).notes == (run.silent("web"),)
