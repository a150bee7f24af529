"""Learners play the example's real packages in a real browser; a broken runtime must not go unseen.

The runs are in a thread of their own: the other browser tests keep an event loop in this one.
"""

from __future__ import annotations

import io
import json
import re
import shutil
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
from coursepack.rehearsal.contents import EDITIONS, PLAYED
from coursepack.rehearsal.record import Rehearsal
from coursepack.spec.yaml import parse_yaml

ROOT = Path(__file__).parent.parent.parent
EXPECTED = Path(__file__).parent / "expected.yaml"
Packages = dict[str, bytes]


@pytest.fixture(scope="module")
def built() -> Packages:
    made = compiler.build(ROOT / "course_spec", ("scorm12", "scorm2004-4", "cmi5"))
    return {package.target: package.data for package in made.packages}


def rehearse(*data: bytes, names: tuple[str, ...] = ()) -> Rehearsal:
    stages = [stage for one in data for stage in contents.open_package(one)]
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: run.rehearse("example", stages, names=names)).result()


def command(*words: object) -> Any:
    """`coursepack rehearse` with these words."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(CliRunner().invoke, app, ["rehearse", *map(str, words)]).result()


def expected() -> check.Expected:
    node, findings = parse_yaml(EXPECTED.read_text("utf-8"), EXPECTED.name)
    assert node and not findings
    return check.read(check.entries_of(node.value))


def broken(data: bytes, old: str, new: str) -> bytes:
    """The package with another text in its runtime; the pattern must be there exactly once."""
    made, hits = io.BytesIO(), 0
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            body = before.read(name)
            if name.startswith("runtime-"):
                text, count = re.subn(old, new, body.decode("utf-8"))
                hits, body = hits + count, text.encode("utf-8")
            after.writestr(name, body)
    assert hits == 1, f"{hits} times in the runtime: {old}"
    return made.getvalue()


# ---- without a browser -------------------------------------------------------------------------------------


def test_every_learner_is_expected_everywhere() -> None:
    names = {
        (learner, f"{target}/{profile}")
        for learner in run.OURS
        for target in PLAYED
        for profile in (run.PROFILES if target in EDITIONS else run.PROFILES[:1])
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
    assert '100 / 100  not complete [1]\n  [1] the status is "passed"' in text


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
@pytest.mark.parametrize("target", ["scorm12", "cmi5"])
def test_one_learner_is_recorded_as_expected(target: str) -> None:
    result = command(ROOT / "course_spec", "-t", target, "-l", "all-right", "--check", "--tests", EXPECTED)
    count = 2 if target == "scorm12" else 1
    assert (result.exit_code, result.stdout) == (0, ""), result.output
    assert f"{count} record{'s are' if count > 1 else ' is'} as expected" in result.stderr


@pytest.mark.browser
@pytest.mark.thorough
@pytest.mark.parametrize("target", PLAYED)
def test_the_example_is_recorded_as_expected(target: str) -> None:
    result = command(ROOT / "course_spec", "-t", target, "--check", "--tests", EXPECTED)
    assert result.exit_code == 0, result.output


@pytest.mark.browser
def test_tests_of_a_course_are_written_kept_in_it_and_held(tmp_path: Path) -> None:
    """Record to a file, paste its words into course.yaml, check; then expect something else."""
    course, kept = tmp_path / "course", tmp_path / "tests.yaml"
    shutil.copytree(ROOT / "course_spec", course)
    only = ("-t", "scorm2004-4", "-l", "skips-quiz")
    assert command(course, *only, "--record", "--write", kept).exit_code == 0
    settings = course / "course.yaml"
    settings.write_text(settings.read_text("utf-8") + kept.read_text("utf-8"), "utf-8")
    result = command(course, "--check")
    assert (result.exit_code, result.stderr) == (0, "2 records are as expected\n")

    settings.write_text(settings.read_text("utf-8").replace("score: null", "score: 50"), "utf-8")
    result = command(course, "--check")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[:3] == [
        "skips-quiz on scorm2004-4/strict",
        "  - score: 50",
        "  + score: None",
    ]
    assert json.loads(command(course, "--check", "--json").stdout)["differences"][0]["found"] is None


BREAKS: dict[str, tuple[str, str, str, str, list[str]]] = {
    "a dropped commit": (
        "scorm12",
        "kills-tab",
        r",commit:\(\)=>\w+\.commit\(\),doubt",
        ",commit:()=>!0,doubt",
        ["  - status: passed", "  - score: 100", "did not find where-you-start"],
    ),
    "a state that is not saved": (
        "scorm12",
        "kills-tab",
        r'\w+\.put\("cmi\.suspend_data",\w+\)',
        "!0",
        ["did not find where-you-start, hear-the-difference"],
    ),
    "a wrong order of statuses": (
        "scorm12",
        "all-right",
        r'(\w+)==="passed"\?"passed"',
        r'\1==="passed"?"completed"',
        ["  - status: passed", "  + status: completed"],
    ),
    "a score off by one": (
        "scorm12",
        "all-right",
        r"(\w+)\.score\.raw,2\)",
        r"\1.score.raw-1,2)",
        ["  - score: 100", "  + score: 99"],
    ),
    "time that is not told": (
        "scorm12",
        "all-right",
        r'return \w+\.put\("cmi\.core\.session_time",\w+\(\w+\)\)',
        "return !0",
        ["  - time: recorded", "  + time: none"],
    ),
    "a wrong answer called right": (
        "scorm12",
        "fails",
        r'(\w+\(\w+,)"wrong",2\)',
        r'\1"correct",2)',
        ["  - interactions: first-response choice wrong", "  + interactions: first-response choice correct"],
    ),
    "an exit that lets no attempt go on": (
        "scorm2004-4",
        "stops-and-returns",
        r'"cmi\.exit","suspend"',
        '"cmi.exit","normal"',
        ["did not come back to the step", "did not find where-you-start"],
    ),
    "passed that is told as failed": (
        "cmi5",
        "all-right",
        r'"passed",\{success:!0',
        '"failed",{success:!1',
        ["  - success: passed", "  + tick: not satisfied"],
    ),
    "a session that never ends": (
        "cmi5",
        "all-right",
        r'\w+\.write\("terminated",\{\},\w+\)',
        "!0",
        ["  - statements: terminated 1", "the course's own button did not end the session"],
    ),
}


QUICK = ("a dropped commit", "a wrong order of statuses", "a score off by one", "a session that never ends")


@pytest.mark.browser
@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.thorough) for name in BREAKS]
)
def test_a_broken_runtime_is_seen(built: Packages, tmp_path: Path, name: str) -> None:
    target, learner, old, new, told = BREAKS[name]
    path = tmp_path / "broken.zip"
    path.write_bytes(broken(built[target], old, new))
    result = command(path, "-t", target, "-l", learner, "--check", "--tests", EXPECTED)
    assert result.exit_code == 1
    missing = [line for line in told if line not in result.stderr]
    assert missing == [], result.output


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
