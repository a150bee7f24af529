"""Real sessions, begun in the old course and resumed in the edited one, in front of one and the same LMS."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Frame, expect

from coursepack import compiler
from coursepack.difference.arguments import difference
from difference.edits import CASES, NEW, Case, write_course
from lms import Lms, read_package

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
Make = Callable[..., Lms]
TRIED = (
    "typo in prose",
    "moved step",
    "question renamed with coursepack rename",
    "new required step",
    "removed practice question",
    "removed option",
    "right number changed",
    "higher pass mark",
    "question of another type",
    "another course id",
)
"""One edit of each sort; test_edits.py takes old states through all of them without a browser."""


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_course(tmp_path_factory.mktemp("tea"))


def packed(root: Path, path: Path) -> Path:
    built = compiler.build(root, ["scorm12"])
    assert built.packages, built.checked.diagnostics
    path.write_bytes(built.packages[0].data)
    return path


def go(frame: Frame, title: str) -> None:
    frame.locator("#steps a", has_text=title).click()
    expect(frame.locator("article:visible h1")).to_have_text(title)


def answer(frame: Frame, words: str, *labels: str) -> None:
    form = frame.locator("form.question:visible", has_text=words)
    for label in labels:
        form.locator("label", has_text=label).click()


def finish(frame: Frame) -> None:
    """Look at the end of the step until the player has taken notice."""
    frame.evaluate(
        "[...document.querySelectorAll('.step-end')].find((end) => !end.closest('[hidden]')).scrollIntoView()"
    )
    expect(frame.locator("#steps li[data-done] a[aria-current=step]")).to_be_attached()


def learn(frame: Frame) -> None:
    """Everything, all right but for the order of the steps of tea-making."""
    answer(frame, "Which plant?", "Camellia")
    frame.locator("form.question:visible [type=submit]").click()
    finish(frame)
    go(frame, "Water")
    frame.locator("textarea:visible").fill("With a thermometer.")
    frame.locator("form.reflection:visible [type=submit]").click()
    finish(frame)
    go(frame, "Check")
    answer(frame, "How hot for", "75 degrees")
    answer(frame, "Which are teas?", "Green", "Black")
    frame.locator("form.question:visible", has_text="How many minutes").locator("input").fill("4")
    for form in frame.locator("section.quiz form.question:visible").all():
        if form.locator("[type=submit]").is_visible():
            form.locator("[type=submit]").click()
    submit = frame.locator("button[data-quiz-submit]:visible")
    if submit.count():
        submit.click()
    expect(frame.locator("div.quiz-result:visible")).to_have_count(1)
    finish(frame)
    expect(frame.locator("html[data-saving=saved]")).to_be_attached()


@pytest.fixture(scope="module")
def passed() -> dict[str, str]:
    """What the LMS keeps of the learner of the old course, filled by the first test."""
    return {}


@pytest.mark.parametrize("name", TRIED)
def test_what_the_verdict_promises(
    name: str, old: Path, passed: dict[str, str], lms: Make, tmp_path: Path
) -> None:
    case: Case = next(case for case in CASES if case.name == name)
    before = packed(old, tmp_path / "old.zip")
    host = lms("scorm12", before, store=dict(passed))
    if not passed:
        learn(host.launch())
        host.close()
        passed |= host.store
    assert host.kept("cmi.core.lesson_status") == "passed"
    score = host.kept("cmi.core.score.raw")

    shutil.copytree(old, tmp_path / "new")
    case.edit(tmp_path / "new")
    after = packed(tmp_path / "new", tmp_path / "new.zip")
    assert difference(str(before), str(after)).verdict == case.verdict
    host.files = read_package(after)
    frame = host.launch()
    expect(frame.locator("#print-course")).to_be_visible()
    done = frame.locator("#steps li[data-done]")
    if case.verdict == NEW:
        return
    expect(done.first).to_be_attached()
    go(frame, "Water")
    expect(frame.locator("textarea:visible")).to_have_value("With a thermometer.")
    host.close()
    assert host.kept("cmi.core.lesson_status") == "passed"
    assert float(host.kept("cmi.core.score.raw")) >= float(score)
