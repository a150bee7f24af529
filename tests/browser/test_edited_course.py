"""Real sessions, begun in the old course and resumed in the edited one, in front of one and the same LMS.

Each edit of the table is tried with two learners: one who has done everything, one who is in the middle. What
`coursepack diff` said of them beforehand, by their very suspend_data, is what the player then does.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, expect

from coursepack import compiler
from coursepack.difference.compare import compare
from coursepack.difference.learners import rules_of
from coursepack.difference.sides import Side, from_package
from coursepack.difference.trial import Trial, trial
from coursepack.inspection.ours import Built
from coursepack.standing import Standing, standing
from coursepack.state import CourseState, Decoded, decode
from difference.edits import CASES, NEW, Case, write_course
from lms import Lms, read_package

pytestmark = pytest.mark.browser
Make = Callable[..., Lms]
LEARNERS = ("who has done everything", "who is in the middle")
QUICK = ("right number changed", "right answer changed, answers kept")
"""Edits that every run tries; `python3 dev.py thorough` tries all."""
BY_NAME = {case.name: case for case in CASES}


def packed(root: Path, path: Path) -> Path:
    built = compiler.build(root, ["scorm12"])
    assert built.packages, built.checked.diagnostics
    path.write_bytes(built.packages[0].data)
    return path


# --- what learners do -----------------------------------------------------------------------------------


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


def read(frame: Frame) -> None:
    """The first two steps, all right."""
    answer(frame, "Which plant?", "Camellia")
    frame.locator("form.question:visible [type=submit]").click()
    finish(frame)
    go(frame, "Water")
    frame.locator("textarea:visible").fill("With a thermometer.")
    frame.locator("form.reflection:visible [type=submit]").click()
    finish(frame)


def begin_the_quiz(frame: Frame) -> None:
    """Two answers of four: one right, one wrong."""
    go(frame, "Check")
    answer(frame, "How hot for", "75 degrees")
    frame.locator("section.quiz form.question:visible", has_text="How many").locator("input").fill("9")
    for words in ("How hot for", "How many"):
        button = frame.locator("section.quiz form.question:visible", has_text=words).locator("[type=submit]")
        if button.is_visible():
            button.click()


def end_the_quiz(frame: Frame) -> None:
    """All right but, as chance will have it, the order of the steps of tea-making."""
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


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The old course, and its package beside it."""
    root = write_course(tmp_path_factory.mktemp("tea") / "course")
    packed(root, root.parent / "old.zip")
    return root


@pytest.fixture(scope="module")
def sessions(browser: Browser, old: Path) -> Iterator[dict[str, dict[str, str]]]:
    """What the LMS keeps of each learner of the old course."""
    kept: dict[str, dict[str, str]] = {}
    for who, last in zip(LEARNERS, (end_the_quiz, begin_the_quiz), strict=True):
        context = browser.new_context()
        context.set_default_timeout(10_000)
        host = Lms(context, "scorm12", old.parent / "old.zip")
        frame = host.launch()
        read(frame)
        last(frame)
        expect(frame.locator("html[data-saving=saved]")).to_be_attached()
        host.close()
        kept[who] = dict(host.store)
        host.stop()
        context.close()
    assert kept[LEARNERS[0]]["cmi.core.lesson_status"] == "passed"
    assert kept[LEARNERS[1]]["cmi.core.lesson_status"] == "incomplete"
    yield kept


# --- what is promised and what comes ----------------------------------------------------------------------


def read_state(text: str, built: Built) -> CourseState:
    found = decode(text, built.layout, built.older, built.config["resume"]["changed"])
    assert isinstance(found, Decoded), found
    return found.state


def built_in(side: Side) -> Built:
    assert side.built is not None
    return side.built


def status(stands: Standing) -> str:
    """The status that SCORM 1.2 has for it."""
    if stands.success == "passed" or (stands.completed and stands.success == "failed"):
        return stands.success
    return "completed" if stands.completed else "incomplete"


def resumed(
    name: str, who: str, old: Path, sessions: dict[str, dict[str, str]], lms: Make, folder: Path
) -> None:
    """Edit, compare, upload, resume: the player does what the comparison said."""
    case: Case = BY_NAME[name]
    before = old.parent / "old.zip"
    shutil.copytree(old, folder / "new")
    case.edit(folder / "new")
    after = packed(folder / "new", folder / "new.zip")
    was, now = from_package(before), from_package(after)
    found = compare(was, now)
    assert found.verdict == case.verdict
    store = dict(sessions[who])
    text = store["cmi.suspend_data"]
    stood = standing(rules_of(built_in(was)), read_state(text, built_in(was)))
    promised = trial(built_in(now), who, stood, text)
    host = lms("scorm12", before, store={} if was.ids != now.ids else store)
    host.files = read_package(after)
    frame = host.launch()
    expect(frame.locator("#print-course")).to_be_visible()
    done = frame.locator("#steps li[data-done]")
    if case.verdict == NEW:
        assert was.ids != now.ids or promised.after is None
        expect(done).to_have_count(0)
        return
    assert promised.after is not None
    expect(done).to_have_count(len(promised.after.steps_done))
    _is_told(frame, promised)
    frame.locator("#steps li:last-child a").click()
    expect(frame.locator("html[data-saving=saved]")).to_be_attached()
    host.close()
    _is_kept(host, built_in(now), text, promised)


def _is_told(frame: Frame, promised: Trial) -> None:
    """The learner is told how many answers to give again, and of nothing when there is nothing."""
    notices = frame.locator("#notices [data-notice=changed]")
    if promised.again:
        expect(notices).to_have_count(1)
        words = {1: "one question"}.get(promised.again, f"{promised.again} questions")
        expect(notices).to_contain_text(words, ignore_case=True)
    elif promised.effect == "none":
        assert "answer" not in " ".join(notices.all_inner_texts()).lower()


def _is_kept(host: Lms, now: Built, before: str, promised: Trial) -> None:
    """What the player saved is what was promised: answers, quizzes, texts, and the status in the LMS."""
    assert promised.after is not None
    saved = host.kept("cmi.suspend_data")
    assert saved != before
    mine, theirs = read_state(before, now), read_state(saved, now)
    assert theirs.questions == mine.questions
    assert theirs.quizzes == mine.quizzes
    assert theirs.reflections == mine.reflections
    assert mine.seen <= theirs.seen
    assert host.kept("cmi.core.lesson_status") == status(promised.after)
    if promised.after.score is not None:
        assert float(host.kept("cmi.core.score.raw")) == pytest.approx(promised.after.score / 100)


@pytest.mark.parametrize("who", LEARNERS)
@pytest.mark.parametrize("name", QUICK)
def test_retry_and_keep(
    name: str, who: str, old: Path, sessions: dict[str, dict[str, str]], lms: Make, tmp_path: Path
) -> None:
    resumed(name, who, old, sessions, lms, tmp_path)


@pytest.mark.thorough
@pytest.mark.parametrize("who", LEARNERS)
@pytest.mark.parametrize("name", [case.name for case in CASES if case.name not in QUICK])
def test_what_the_verdict_promises(
    name: str, who: str, old: Path, sessions: dict[str, dict[str, str]], lms: Make, tmp_path: Path
) -> None:
    resumed(name, who, old, sessions, lms, tmp_path)
