"""Learners play the example's real packages in a real browser; a broken runtime must not go unseen.

The runs are in a thread of their own: the other browser tests keep an event loop in this one.
"""

from __future__ import annotations

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from coursepack import compiler
from coursepack.cli import app
from coursepack.rehearsal import browser, check, contents, record, replies, run, to_html, to_text
from coursepack.rehearsal.record import Rehearsal

ROOT = Path(__file__).parent.parent.parent
EXPECTED = Path(__file__).parent / "expected.json"
EDITIONS = ("scorm12", "scorm2004-3", "scorm2004-4")
Packages = dict[str, bytes]


@pytest.fixture(scope="module")
def packages() -> Packages:
    built = compiler.build(ROOT / "course_spec", EDITIONS)
    return {package.target: package.data for package in built.packages}


def rehearse(*data: bytes, names: tuple[str, ...] = ()) -> Rehearsal:
    stages = [stage for one in data for stage in contents.open_package(one)]
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: run.rehearse("example", stages, names=names)).result()


def expected() -> check.Expected:
    return check.read(json.loads(EXPECTED.read_text("utf-8"))["tests"])


def broken(data: bytes, old: str, new: str) -> bytes:
    """The package with another text in its runtime; that text must be there exactly once."""
    made, hits = io.BytesIO(), 0
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            body = before.read(name)
            if name.startswith("runtime-"):
                text = body.decode("utf-8")
                hits += text.count(old)
                body = text.replace(old, new).encode("utf-8")
            after.writestr(name, body)
    assert hits == 1, f"{hits} times in the runtime: {old}"
    return made.getvalue()


# ---- without a browser -------------------------------------------------------------------------------------


def test_every_learner_is_expected_everywhere() -> None:
    names = {
        (learner, f"{edition}/{profile}")
        for learner in run.OURS
        for edition in EDITIONS
        for profile in run.PROFILES
    }
    assert set(expected()) == names


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
        "completion": {"known": True, "text": "not complete: the status is \"passed\""},
        "reasons": [{"line": "grade", "evidence": "19", "says": "The grade is raw."}],
    }
    return base | changes


def small(**changes: Any) -> Rehearsal:
    one = record.Run("all-right", "scorm12", "strict", summary(**changes))
    return Rehearsal("A & B", (one,), {}, {"all-right": "does all"})


def test_what_is_recorded_compares_with_itself() -> None:
    import yaml

    entries = yaml.safe_load(check.to_yaml(small()))["tests"]
    assert check.compare(small(), check.read(entries)) == []


def test_what_differs_is_shown() -> None:
    wanted = check.read(check.to_entries(small()))
    now = small(score={"raw": "99", "scaled": None, "min": "0", "max": "100"}, interactions=[])
    assert check.to_diff(check.compare(now, wanted)) == (
        "all-right on scorm12/strict\n  - score: 100\n  + score: 99\n  - interactions: q1 choice correct"
    )


def test_a_run_that_is_gone_is_a_difference() -> None:
    wanted = check.read(check.to_entries(small()))
    assert [one.found for one in check.compare(replace(small(), runs=()), wanted)] == ["no such run"]


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
    assert "all-right  strict  passed  100" in text and "The grade is raw. (19)" in text
    assert "100 / 100  not complete [1]\n  [1] the status is \"passed\"" in text


def test_without_a_browser_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSEPACK_BROWSER", "/nowhere/chrome")
    result = CliRunner().invoke(app, ["rehearse", str(ROOT / "course_spec"), "-t", "scorm12"])
    assert result.exit_code == 1
    assert "no Chrome, Edge or Chromium was found" in result.output


def test_unknown_learner_is_wrong_usage() -> None:
    result = CliRunner().invoke(app, ["rehearse", str(ROOT / "course_spec"), "-t", "scorm12", "-l", "nobody"])
    assert result.exit_code == 2 and "there is no learner nobody" in result.output


def test_of_the_web_nothing_is_recorded() -> None:
    data = compiler.build(ROOT / "course_spec", ["web"]).packages[0].data
    stages = contents.open_package(data)
    assert browser.find_browser() is None or run.rehearse("x", stages).notes == (run.silent("web"),)


# ---- with a browser ----------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.thorough
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_example_is_recorded_as_expected(packages: Packages, edition: str) -> None:
    found = rehearse(packages[edition])
    assert check.to_diff(check.compare(found, check.chosen(expected(), (), (edition,)))) == ""


def differs(packages: Packages, learner: str, old: str, new: str) -> list[check.Difference]:
    found = rehearse(broken(packages["scorm12"], old, new), names=(learner,))
    return check.compare(found, check.chosen(expected(), (learner,), ("scorm12",)))


@pytest.mark.browser
@pytest.mark.thorough
def test_a_dropped_commit_is_seen(packages: Packages) -> None:
    found = differs(packages, "kills-tab", ",commit:()=>e.commit(),doubt", ",commit:()=>!0,doubt")
    assert {"status", "score", "interactions"} <= {one.element for one in found}


@pytest.mark.browser
@pytest.mark.thorough
def test_a_wrong_status_order_is_seen(packages: Packages) -> None:
    found = differs(packages, "all-right", 'n==="passed"?"passed"', 'n==="passed"?"completed"')
    assert ("status", "passed", "completed") in {(one.element, one.expected, one.found) for one in found}


@pytest.mark.browser
@pytest.mark.thorough
def test_a_score_off_by_one_is_seen(packages: Packages) -> None:
    found = differs(packages, "all-right", "R(p.score.raw,2)", "R(p.score.raw-1,2)")
    assert ("score", "100", "99") in {(one.element, one.expected, one.found) for one in found}


PAGE = """<!doctype html><title>x</title>
<script>
parent.API.LMSInitialize('')
parent.API.LMSSetValue('cmi.core.lesson_status', 'nonsense')
</script>
"""
MANIFEST = """<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>t</title>
<item identifier="i" identifierref="r"><title>t</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="a.html">
<file href="a.html"/></resource></resources></manifest>
"""


@pytest.mark.browser
@pytest.mark.thorough
def test_another_vendors_page_is_opened_and_left() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("imsmanifest.xml", MANIFEST)
        archive.writestr("a.html", PAGE)
    found = rehearse(made.getvalue(), names=("opens",))
    assert [one.learner for one in found.runs] == ["opens", "opens"]
    told = "\n".join(found.runs[0].findings)
    assert "was refused: error 405" in told and "never ended its session" in told
