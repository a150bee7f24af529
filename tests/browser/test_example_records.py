"""The example's finished zips, played by learners in front of scorm-again, each to its whole record."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Locator, expect

from coursepack import compiler
from lms import Lms

pytestmark = pytest.mark.browser
Make = Callable[..., Lms]
Record = dict[str, str]
ROOT = Path(__file__).parent.parent.parent
EDITIONS = ("scorm12", "scorm2004-3", "scorm2004-4")
DRIVERS = ("scorm12", "scorm2004-4")
"""One edition for each runtime driver: both 2004 editions carry the same scripts."""
MOVES = ("Pause", "Listen", "Acknowledge", "Reflect", "Repair")
STORY = "I once heard a remark in a lift, said nothing, and have thought about it ever since then."


@pytest.fixture(scope="session")
def zips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of the example, as `build` makes them."""
    folder = tmp_path_factory.mktemp("example")
    built = compiler.build(ROOT / "course_spec", EDITIONS)
    assert not built.checked.diagnostics
    for package in built.packages:
        (folder / f"{package.target}.zip").write_bytes(package.data)
    return folder


@pytest.fixture(params=DRIVERS)
def host(request: pytest.FixtureRequest, lms: Make, zips: Path) -> Lms:
    """An LMS with the example in one edition."""
    edition = "scorm12" if request.param == "scorm12" else "scorm2004"
    return lms(edition, zips / f"{request.param}.zip")


# ---- what learners do -----------------------------------------------------------------------------------


def start(host: Lms) -> Frame:
    frame = host.launch()
    expect(frame.locator("#print-course")).to_be_visible()
    expect(frame.locator("main article")).to_have_count(3)
    return frame


def form(frame: Frame, words: str) -> Locator:
    return frame.locator("form:visible").filter(has=frame.get_by_text(words))


def answer(frame: Frame, words: str, *labels: str) -> None:
    one = form(frame, words)
    for label in labels:
        one.locator("label", has_text=label).click()
    one.locator("[type=submit]").click()


def next_step(frame: Frame) -> None:
    frame.locator("#next").click()


def first_step(frame: Frame) -> None:
    answer(frame, "how likely is it", "I might, afterwards")
    pairs = form(frame, "Match each sentence")
    for select, label in zip(
        pairs.locator("select").all(), ("Calls out", "Calls in", "Does neither"), strict=True
    ):
        select.select_option(label=select.locator("option", has_text=label).inner_text())
    pairs.locator("[type=submit]").click()
    next_step(frame)


def second_step(frame: Frame) -> None:
    row = form(frame, "five moves in the order")
    for place, name in enumerate(MOVES):
        while row.locator("li .label").nth(place).inner_text() != name:
            row.locator("li", has=frame.get_by_text(name, exact=True)).locator("[data-move=up]").click()
    row.locator("[type=submit]").click()
    frame.locator("textarea").fill(STORY)
    frame.locator("form.reflection [type=submit]").click()
    next_step(frame)


def quiz(frame: Frame, *, right: bool = True) -> None:
    answer(frame, "Which reply calls them", "What do you mean by" if right else "Ha. Anyway")
    answer(frame, "has stayed neutral", "False" if right else "True")
    weigh = ("Whether you are safe", "Whether people are still", "How they took it")
    answer(
        frame, "Which of these should you weigh", *(weigh if right else ("Whether the person is popular",))
    )
    answer(frame, "What is likely to help most", "Stop it now" if right else "Leave it")
    word = form(frame, "the first of the five moves")
    word.locator("input").fill("Pause" if right else "Run")
    word.locator("[type=submit]").click()
    answer(frame, "challenged by a colleague", "Tell them how upset" if right else "Thank them")


def read_to_the_end(frame: Frame) -> None:
    """A step counts as seen when its last block was in view for a second."""
    frame.locator("#pager").scroll_into_view_if_needed()
    expect(frame.locator("#steps li[data-done]")).to_have_count(3)


def saved(frame: Frame) -> None:
    expect(frame.locator("html[data-saving=saved]")).to_be_attached()


# ---- what the LMS keeps -----------------------------------------------------------------------------------

ENTRIES = {
    "where-you-start": ("likert", "neutral"),
    "hear-the-difference": ("matching", "correct"),
    "five-moves": ("sequencing", "correct"),
    "a-time-you-spoke-up": ("fill-in", "neutral"),
    "first-response": ("choice", "correct"),
    "silence-is-neutral": ("true-false", "correct"),
    "what-to-weigh": ("choice", "correct"),
    "out-then-in": ("choice", "correct"),
    "first-move": ("fill-in", "correct"),
    "not-their-job": ("choice", "correct"),
}


def entries(host: Lms) -> dict[str, tuple[str, str]]:
    """Type and result of each interaction, by its id, in the order of their indices."""
    model = host.model()
    numbers = sorted(
        {int(match[1]) for name in model if (match := re.match(r"cmi\.interactions\.(\d+)\.", name))}
    )
    assert numbers == list(range(len(numbers)))
    found = {}
    for n in numbers:
        at = f"cmi.interactions.{n}."
        found[model[at + "id"]] = (model[at + "type"], model.get(at + "result", "neutral"))
    return found


def expected_entries(host: Lms, names: list[str]) -> dict[str, tuple[str, str]]:
    wanted = {name: ENTRIES[name] for name in names}
    if host.edition == "scorm2004" and "a-time-you-spoke-up" in wanted:
        wanted["a-time-you-spoke-up"] = ("long-fill-in", "neutral")
    return wanted


def core(host: Lms) -> Record:
    """Everything but interactions and what differs from run to run; that is held to its form.

    Numbers are compared as numbers: after a failed commit they are sent in another spelling.
    """
    record = {}
    for name, value in host.model().items():
        if name.startswith("cmi.interactions."):
            continue
        if name.endswith("total_time"):
            assert re.fullmatch(r"\d{4}:\d\d:\d\d(\.\d\d?)?|PT(\d+H)?(\d+M)?\d+(\.\d\d?)?S", value), value
        elif name == "cmi.suspend_data":
            assert re.fullmatch(r"[A-Za-z0-9_-]{21,1708}", value), value
        elif ".score." in name or name == "cmi.progress_measure":
            record[name] = f"{float(value):g}"
        else:
            record[name] = value
    return record


def record(host: Lms, *, status: str, score: str | None, location: str, progress: str) -> Record:
    """What the LMS must keep; `status` in SCORM 1.2's words."""
    if host.edition == "scorm12":
        found = {"cmi.core.lesson_status": status, "cmi.core.lesson_location": location}
        if score is not None:
            found |= {"cmi.core.score.raw": score, "cmi.core.score.min": "0", "cmi.core.score.max": "100"}
        return found
    completion = "incomplete" if status == "incomplete" else "completed"
    found = {"cmi.completion_status": completion, "cmi.location": location, "cmi.progress_measure": progress}
    if status in ("passed", "failed"):
        found["cmi.success_status"] = status
    if score is not None:
        scaled = f"{float(score) / 100:g}"
        found |= {
            "cmi.score.raw": score,
            "cmi.score.min": "0",
            "cmi.score.max": "100",
            "cmi.score.scaled": scaled,
        }
    return found


def stripped(found: Record) -> Record:
    """Without what the LMS side itself fills in."""
    own = (
        "student_id",
        "student_name",
        "learner_id",
        "learner_name",
        "entry",
        "credit",
        "lesson_mode",
        "mode",
    )
    return {name: value for name, value in found.items() if name.rsplit(".", 1)[-1] not in own and value}


DONE = ["where-you-start", "hear-the-difference", "five-moves", "a-time-you-spoke-up"]
QUIZ = ["first-response", "silence-is-neutral", "what-to-weigh", "out-then-in", "first-move", "not-their-job"]


@pytest.mark.parametrize("host", EDITIONS, indirect=True)
def test_all_right(host: Lms) -> None:
    frame = start(host)
    first_step(frame)
    second_step(frame)
    quiz(frame)
    expect(frame.locator(".quiz-result")).to_contain_text("100")
    read_to_the_end(frame)
    saved(frame)
    host.close()
    assert stripped(core(host)) == record(
        host, status="passed", score="100", location="check-yourself", progress="1"
    )
    assert entries(host) == expected_entries(host, [*DONE, *QUIZ])
    assert host.kept("cmi.core.exit" if host.edition == "scorm12" else "cmi.exit") == "suspend"


def test_fail_then_pass(host: Lms) -> None:
    frame = start(host)
    first_step(frame)
    second_step(frame)
    quiz(frame, right=False)
    saved(frame)
    host.close()
    after = stripped(core(host))
    status = "cmi.core.lesson_status" if host.edition == "scorm12" else "cmi.success_status"
    assert after.get(status, "unknown") == ("incomplete" if host.edition == "scorm12" else "unknown")
    frame = start(host)
    frame.get_by_role("button", name=re.compile("[Aa]gain")).click()
    quiz(frame)
    read_to_the_end(frame)
    saved(frame)
    host.close()
    assert stripped(core(host)) == record(
        host, status="passed", score="100", location="check-yourself", progress="1"
    )
    assert entries(host) == expected_entries(host, [*DONE, *QUIZ])


def test_stop_half_way_return_and_finish(host: Lms) -> None:
    frame = start(host)
    first_step(frame)
    saved(frame)
    host.close()
    assert entries(host) == expected_entries(host, DONE[:2])
    frame = start(host)
    expect(frame.get_by_role("heading", level=1, name="Choosing your response")).to_be_visible()
    second_step(frame)
    quiz(frame)
    read_to_the_end(frame)
    saved(frame)
    host.close()
    assert stripped(core(host)) == record(
        host, status="passed", score="100", location="check-yourself", progress="1"
    )
    assert entries(host) == expected_entries(host, [*DONE, *QUIZ])


def test_a_killed_browser_loses_no_submitted_answer(host: Lms) -> None:
    frame = start(host)
    first_step(frame)
    second_step(frame)
    answer(frame, "Which reply calls them", "What do you mean by")
    saved(frame)
    host.kill()
    frame = start(host)
    first = form(frame, "Which reply calls them")
    expect(first.get_by_role("radio", name="What do you mean by")).to_be_checked()
    assert host.page
    frame.locator("#back").click()
    expect(frame.locator("textarea")).to_have_value(STORY)
    host.close()
    assert stripped(core(host))[
        "cmi.core.lesson_status" if host.edition == "scorm12" else "cmi.completion_status"
    ]
    assert entries(host) == expected_entries(host, [*DONE, QUIZ[0]])


def test_commits_that_fail_for_a_while(host: Lms) -> None:
    frame = start(host)
    host.failing = True
    first_step(frame)
    expect(frame.locator("#unsaved")).to_be_visible()
    host.failing = False
    saved(frame)
    expect(frame.locator("#unsaved")).to_be_hidden()
    second_step(frame)
    quiz(frame)
    read_to_the_end(frame)
    saved(frame)
    host.close()
    assert stripped(core(host)) == record(
        host, status="passed", score="100", location="check-yourself", progress="1"
    )
    assert entries(host) == expected_entries(host, [*DONE, *QUIZ])


def test_a_lost_session_is_made_good_at_the_next_launch(host: Lms) -> None:
    frame = start(host)
    first_step(frame)
    saved(frame)
    host.lost = True
    second_step(frame)
    expect(frame.locator("#unsaved")).to_be_visible()
    host.close()
    host.lost = False
    frame = start(host)
    expect(frame.locator("main")).to_be_visible()
    frame.locator("#steps a", has_text="Choosing your response").click()
    expect(frame.locator("textarea")).to_have_value(STORY)
    frame.locator("#steps a", has_text="Check yourself").click()
    quiz(frame)
    read_to_the_end(frame)
    saved(frame)
    host.close()
    assert stripped(core(host)) == record(
        host, status="passed", score="100", location="check-yourself", progress="1"
    )


@pytest.mark.parametrize("place", ["opener", "grandparent", "wall"])
@pytest.mark.parametrize("target", DRIVERS)
def test_wherever_the_api_is(lms: Make, zips: Path, target: str, place: str) -> None:
    host = lms("scorm12" if target == "scorm12" else "scorm2004", zips / f"{target}.zip", place=place)
    frame = start(host)
    first_step(frame)
    saved(frame)
    host.close()
    assert entries(host) == expected_entries(host, DONE[:2])
    assert stripped(core(host)) == record(
        host, status="incomplete", score=None, location="choosing-your-response", progress="0.2"
    )


@pytest.mark.parametrize("target", DRIVERS)
def test_without_an_lms_the_course_works_and_says_so(lms: Make, zips: Path, target: str) -> None:
    host = lms("scorm12" if target == "scorm12" else "scorm2004", zips / f"{target}.zip", place="absent")
    frame = start(host)
    expect(frame.locator("[data-notice=local]")).to_be_visible()
    first_step(frame)
    frame.page.wait_for_timeout(1500)
    host.close()
    assert host.model() == {}
    frame = start(host)
    expect(frame.get_by_role("heading", level=1, name="Choosing your response")).to_be_visible()


@pytest.mark.parametrize("mode", ["review", "browse"])
@pytest.mark.parametrize("target", DRIVERS)
def test_review_and_browse_write_nothing(lms: Make, zips: Path, target: str, mode: str) -> None:
    host = lms("scorm12" if target == "scorm12" else "scorm2004", zips / f"{target}.zip", mode=mode)
    frame = start(host)
    next_step(frame)
    host.close()
    allowed = [("cmi.core.lesson_status", "browsed")] if (target, mode) == ("scorm12", "browse") else []
    assert host.sets() == allowed


def test_two_tabs_one_writer(host: Lms) -> None:
    first = start(host)
    older = host.page
    second = start(host)
    expect(first.locator("[data-notice=readonly]")).to_be_visible()
    first_step(second)
    saved(second)
    assert older
    older.close()
    host.close()
    assert entries(host) == expected_entries(host, DONE[:2])
    assert stripped(core(host)) == record(
        host, status="incomplete", score=None, location="choosing-your-response", progress="0.2"
    )
