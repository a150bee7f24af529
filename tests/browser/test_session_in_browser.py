"""The session and the drivers in a real browser, in front of scorm-again: no answer is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame

from lms import Edition, Lms

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
EDITIONS: list[Edition] = ["scorm12", "scorm2004"]
both = pytest.mark.parametrize("edition", EDITIONS)
Make = Callable[..., Lms]

STATUS = {"scorm12": "cmi.core.lesson_status", "scorm2004": "cmi.completion_status"}
RAW = {"scorm12": "cmi.core.score.raw", "scorm2004": "cmi.score.raw"}
RESPONSE = {"scorm12": "student_response", "scorm2004": "learner_response"}
PASSED = {"completion": "completed", "success": "passed", "score": {"raw": 80, "scaled": 0.8}, "progress": 1}


def wait(frame: Frame, state: str) -> None:
    frame.wait_for_function("wanted => window.probe && probe.opening && probe.state() === wanted", arg=state)


def change(frame: Frame, words: str, **how: Any) -> None:
    frame.evaluate("([words, how]) => probe.change(words, how)", [words, how])


def words(frame: Frame) -> str:
    frame.wait_for_function("window.probe && probe.opening")
    return str(frame.evaluate("probe.words()"))


@both
def test_all_right_gives_the_whole_model(lms: Make, probes: Path, edition: Edition) -> None:
    host = lms(edition, probes / edition)
    page = host.launch()
    wait(page, "saved")
    change(page, "first", answer={"n": 1, "response": 1})
    wait(page, "saved")
    change(page, "second", answer={"n": 1, "response": 2}, record=PASSED)
    wait(page, "saved")
    host.close()
    model = host.model()
    state = model.pop("cmi.suspend_data")
    assert state.startswith("1p")
    for volatile in ("time", "timestamp"):
        model.pop(f"cmi.interactions.0.{volatile}", None)
    expected = {
        "scorm12": {
            "cmi.core.lesson_status": "passed",
            "cmi.core.lesson_location": "intro",
            "cmi.core.score.min": "0",
            "cmi.core.score.max": "100",
            "cmi.core.score.raw": "80",
            "cmi.interactions.0.id": "q1",
            "cmi.interactions.0.type": "choice",
            "cmi.interactions.0.correct_responses.0.pattern": "1",
            "cmi.interactions.0.weighting": "1",
            "cmi.interactions.0.student_response": "1",
            "cmi.interactions.0.result": "correct",
            "cmi.interactions.0.latency": "00:00:01.23",
        },
        "scorm2004": {
            "cmi.completion_status": "completed",
            "cmi.success_status": "passed",
            "cmi.location": "intro",
            "cmi.progress_measure": "1",
            "cmi.score.scaled": "0.8",
            "cmi.score.raw": "80",
            "cmi.score.min": "0",
            "cmi.score.max": "100",
            "cmi.interactions.0.id": "q1",
            "cmi.interactions.0.type": "choice",
            "cmi.interactions.0.correct_responses.0.pattern": "option_2",
            "cmi.interactions.0.weighting": "1",
            "cmi.interactions.0.learner_response": "option_2",
            "cmi.interactions.0.result": "correct",
            "cmi.interactions.0.latency": "PT0H0M1.23S",
            "cmi.interactions.0.description": "Which one?",
        },
    }
    assert model == expected[edition]
    assert sum(call.method in ("LMSFinish", "Terminate") for call in host.calls()) == 1


@both
def test_closing_the_tab_and_returning_goes_on(lms: Make, probes: Path, edition: Edition) -> None:
    host = lms(edition, probes / edition)
    page = host.launch()
    wait(page, "saved")
    change(page, "half", answer={"n": 1, "response": 1})
    wait(page, "saved")
    change(page, "half and a few words", urgent=False)
    host.close()
    page = host.launch()
    assert words(page) == "half and a few words"
    change(page, "done", answer={"n": 1, "response": 2}, record=PASSED)
    wait(page, "saved")
    host.navigate_away()
    model = host.model()
    assert model[f"cmi.interactions.0.{RESPONSE[edition]}"] == ("1" if edition == "scorm12" else "option_2")
    assert "cmi.interactions.1.id" not in model
    assert model[STATUS[edition]] in ("passed", "completed")


@both
def test_a_killed_browser_loses_no_answer(lms: Make, probes: Path, edition: Edition) -> None:
    host = lms(edition, probes / edition)
    page = host.launch()
    wait(page, "saved")
    change(page, "answered")
    wait(page, "saved")
    host.kill()
    assert words(host.launch()) == "answered"


@both
def test_failing_commits_are_told_and_made_good(lms: Make, probes: Path, edition: Edition) -> None:
    host = lms(edition, probes / edition)
    page = host.launch()
    wait(page, "saved")
    host.failing = True
    change(page, "kept", answer={"n": 1, "response": 2}, record=PASSED)
    wait(page, "unsaved")
    assert STATUS[edition] not in host.model() or host.model()[STATUS[edition]] == "incomplete"
    host.failing = False
    page.evaluate("probe.session.retry()")
    wait(page, "saved")
    assert float(host.model()[RAW[edition]]) == 80
    assert host.model()["cmi.interactions.0.result"] == "correct"
    host.close()


def test_an_lms_that_forgets_what_it_failed_to_send_gets_state_and_score_at_once_and_the_status_later(
    lms: Make, probes: Path
) -> None:
    host = lms("scorm12", probes / "scorm12", forgets=True)
    page = host.launch()
    wait(page, "saved")
    host.failing = True
    change(page, "kept", record=PASSED)
    wait(page, "unsaved")
    host.failing = False
    page.evaluate("probe.session.retry()")
    wait(page, "saved")
    assert float(host.model()["cmi.core.score.raw"]) == 80
    assert host.model()["cmi.core.lesson_status"] == "incomplete"
    host.close()
    page = host.launch()
    assert words(page) == "kept"
    wait(page, "saved")
    assert host.model()["cmi.core.lesson_status"] == "passed"
    host.close()


@both
def test_a_lost_session_is_healed_at_the_next_launch(lms: Make, probes: Path, edition: Edition) -> None:
    host = lms(edition, probes / edition)
    page = host.launch()
    wait(page, "saved")
    host.lost = True
    change(page, "unheard", record=PASSED)
    wait(page, "unsaved")
    host.close()
    assert host.model()[STATUS[edition]] == "incomplete"
    host.lost = False
    page = host.launch()
    assert words(page) == "unheard"
    assert page.evaluate("probe.opening.local") is True
    wait(page, "saved")
    assert host.model()[STATUS[edition]] in ("passed", "completed")
    assert float(host.model()[RAW[edition]]) == 80
    host.close()
    page = host.launch()
    wait(page, "saved")
    assert page.evaluate("probe.opening.local") is False


@both
def test_an_lms_that_lies_is_found_out_at_the_next_launch(lms: Make, probes: Path, edition: Edition) -> None:
    host = lms(edition, probes / edition)
    page = host.launch()
    wait(page, "saved")
    host.lying = True
    change(page, "believed", record=PASSED)
    wait(page, "saved")
    host.kill()
    host.lying = False
    page = host.launch()
    assert words(page) == "believed"
    wait(page, "saved")
    assert host.model()[STATUS[edition]] in ("passed", "completed")
    assert float(host.model()[RAW[edition]]) == 80
    host.close()


@both
def test_off_line_and_back(lms: Make, probes: Path, edition: Edition) -> None:
    host = lms(edition, probes / edition)
    page = host.launch()
    wait(page, "saved")
    host.context.set_offline(True)
    wait(page, "unsaved")
    change(page, "in the tunnel", record=PASSED, answer={"n": 1, "response": 2})
    page.wait_for_timeout(300)
    host.context.set_offline(False)
    wait(page, "saved")
    assert host.model()[STATUS[edition]] in ("passed", "completed")
    assert host.model()["cmi.interactions.0.result"] == "correct"
    host.close()


@both
@pytest.mark.parametrize("place", ["opener", "grandparent", "wall"])
def test_the_api_is_found(lms: Make, probes: Path, edition: Edition, place: str) -> None:
    host = lms(edition, probes / edition, place=place)
    page = host.launch()
    wait(page, "saved")
    change(page, "there")
    wait(page, "saved")
    assert "cmi.suspend_data" in host.model()
    host.close()


@both
def test_a_late_api_is_waited_for(lms: Make, probes: Path, edition: Edition) -> None:
    host = lms(edition, probes / edition, late=800)
    wait(host.launch(), "saved")
    assert host.model()[STATUS[edition]] == "incomplete"


@both
def test_an_lms_out_of_reach_in_a_browser_that_keeps_nothing_is_told(
    lms: Make, probes: Path, edition: Edition
) -> None:
    host = lms(edition, probes / edition, place="beyond")
    page = host.launch()
    wait(page, "local")
    change(page, "nowhere")
    assert page.evaluate("probe.states.at(-1)[2]") is False
    host.close()


@both
def test_without_an_lms_progress_stays_here(lms: Make, probes: Path, edition: Edition) -> None:
    host = lms(edition, probes / edition, place="absent")
    page = host.launch()
    wait(page, "local")
    change(page, "mine")
    assert page.evaluate("probe.states.at(-1)[2]") is True
    host.close()
    page = host.launch()
    assert words(page) == "mine"
    assert host.calls() == []


@both
@pytest.mark.parametrize("mode", ["review", "browse"])
def test_review_and_browse_write_nothing(lms: Make, probes: Path, edition: Edition, mode: str) -> None:
    host = lms(edition, probes / edition, mode=mode)
    page = host.launch()
    wait(page, "readonly")
    change(page, "not kept", record=PASSED)
    page.wait_for_timeout(200)
    host.close()
    browsed = [("cmi.core.lesson_status", "browsed")] if (edition, mode) == ("scorm12", "browse") else []
    assert host.sets() == browsed


@both
def test_of_two_tabs_the_newer_writes(lms: Make, probes: Path, edition: Edition) -> None:
    host = lms(edition, probes / edition)
    older = host.launch()
    wait(older, "saved")
    change(older, "one")
    wait(older, "saved")
    tab = host.page
    newer = host.launch()
    assert words(newer) == "one"
    wait(newer, "saved")
    wait(older, "readonly")
    change(older, "too late")
    change(newer, "two")
    newer.wait_for_timeout(100)
    wait(newer, "saved")
    assert tab
    tab.close()
    host.close()
    assert words(host.launch()) == "two"


@both
def test_a_dead_opener_is_told_and_breaks_nothing(lms: Make, probes: Path, edition: Edition) -> None:
    host = lms(edition, probes / edition, place="opener")
    page = host.launch()
    wait(page, "saved")
    assert host.lms_page
    host.lms_page.close()
    change(page, "alone")
    wait(page, "unsaved")
    host.lms_page = None
    host.close()


@both
def test_the_back_button_finds_the_session_or_says_that_it_is_over(
    lms: Make, probes: Path, edition: Edition
) -> None:
    host = lms(edition, probes / edition)
    page = host.launch()
    wait(page, "saved")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert page.evaluate("probe.state()") == "saved"
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: false}))")
    assert page.evaluate("probe.state()") == "closed"
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    change(page, "ghost")
    assert page.evaluate("probe.state()") == "closed"


def test_a_blocked_storage_breaks_nothing(lms: Make, probes: Path) -> None:
    host = lms("scorm12", probes / "scorm12")
    host.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})"
    )
    page = host.launch()
    wait(page, "saved")
    change(page, "only in the LMS")
    wait(page, "saved")
    host.close()
    assert words(host.launch()) == "only in the LMS"
