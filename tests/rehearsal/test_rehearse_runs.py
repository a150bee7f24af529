"""Learners play the example's real packages in a real browser; a broken runtime must not go unseen."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from coursepack import compiler
from coursepack.rehearsal.contents import PLAYED
from rehearsal.playing import EXPECTED, ROOT, Packages, command


@pytest.fixture(scope="module")
def built() -> Packages:
    made = compiler.build(ROOT / "course_spec", ("scorm12", "scorm2004-4", "cmi5"))
    return {package.target: package.data for package in made.packages}


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
    told = json.loads(command(course, "--check", "--json").stdout)
    assert told["differences"][0]["found"] is None and told["ok"] is False

    told = json.loads(command(course, *only, "--record", "--json").stdout)
    assert [one["on"] for one in told["tests"]] == [["scorm2004-4/strict"], ["scorm2004-4/moodle-4.5"]]


ODD = {
    "course.yaml": """
spec: 1
id: https://e.example/odd
title: Odd
language: en
completion: {steps: 50%, quizzes: none}
cmi5: {units: steps}
targets: [scorm12, cmi5, xapi]
""",
    "steps/010-one.md": """---
title: One
---
::: reflection {#kept keep=browser}
What do you think?
:::
""",
    "steps/020-two.md": """---
title: Two
---
::: quiz {#once attempts=1}
::: question {#only}
Which?

- [x] This
- [ ] That
:::
:::
""",
}


@pytest.mark.browser
def test_a_course_that_is_done_half_way_in_units_and_with_one_attempt_is_no_fault(tmp_path: Path) -> None:
    """Done at the first of two steps, so that Moodle opens it in review; words that stay in the browser."""
    (tmp_path / "steps").mkdir()
    for name, text in ODD.items():
        (tmp_path / name).write_text(text.lstrip(), "utf-8")
    result = command(tmp_path, "-l", "stops-and-returns", "-l", "fails-then-passes", "--json")
    told = json.loads(result.stdout)
    assert [(run["learner"], run["target"], run["findings"]) for run in told["runs"] if run["findings"]] == []
    assert told["ok"] and result.exit_code == 0
    runs = {(run["learner"], run["target"], run["profile"]): run["record"] for run in told["runs"]}
    returned = runs["stops-and-returns", "scorm12", "moodle-4.5"]
    assert (returned["status"]["completion"], returned["interactions"][1:]) == ("completed", [])
    assert "review-after-completion" in [one["line"] for one in returned["reasons"]]
    units = runs["stops-and-returns", "cmi5", "strict"]
    assert (units["completion"]["text"], len(units["interactions"])) == ("satisfied", 2)
    assert "launched 4" in units["statements"]


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
