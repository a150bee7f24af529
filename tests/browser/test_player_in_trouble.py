"""The page on bad lines, in two tabs, and after the course was changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Request, expect

from courses import build, write
from lms import Lms, read_package

pytestmark = pytest.mark.browser
Make = Callable[..., Lms]

TYPED = "::: question {#capital}\nWhat is the capital of France?\n\n= Paris\n:::\n"
WORDS = "::: reflection {#acted}\nWhat happened?\n:::\n"
CHOICE = "::: question {#sky}\nWhat colour is the sky?\n\n- [x] blue {#blue}\n- [ ] green {#green}\n:::\n"


def ready(frame: Frame, steps: int) -> Frame:
    expect(frame.locator("#print-course")).to_be_visible()
    expect(frame.locator("main article")).to_have_count(steps)
    return frame


def saved(frame: Frame) -> None:
    expect(frame.locator("html[data-saving=saved]")).to_be_attached()


def test_what_is_typed_before_the_page_is_ready_is_kept(lms: Make, tmp_path: Path) -> None:
    host = lms("scorm12", build(write(tmp_path / "course", TYPED + "\n" + WORDS)))
    host.context.route("**/player-*.js", lambda route: route.abort())
    frame = host.launch()
    expect(frame.locator("[data-notice=lost]")).to_contain_text("could not start")
    frame.locator("form.question input").fill("Par")
    frame.locator("textarea").fill("It began like this")
    host.context.unroute("**/player-*.js")
    ready(frame, 1)
    expect(frame.locator("[data-notice=lost]")).to_have_count(0)
    expect(frame.locator("form.question input")).to_have_value("Par")
    expect(frame.locator("textarea")).to_have_value("It began like this")
    saved(frame)
    host.kill()
    frame = ready(host.launch(), 1)
    expect(frame.locator("form.question input")).to_have_value("Par")
    expect(frame.locator("textarea")).to_have_value("It began like this")


def test_a_step_that_fails_to_load_says_so_and_comes_later(lms: Make, tmp_path: Path) -> None:
    host = lms("scorm12", build(write(tmp_path / "course", "One.", TYPED)))
    host.context.route(
        "**/steps/*.js", lambda route: route.abort() if "/2-" in route.request.url else route.continue_()
    )
    frame = host.launch()
    frame.get_by_role("button", name="Next").click()
    waiting = frame.locator("article.waiting")
    expect(waiting.get_by_role("heading")).to_be_focused()
    expect(waiting.get_by_role("status")).to_contain_text("could not be loaded")
    host.context.unroute("**/steps/*.js")
    waiting.get_by_role("button", name="Load again").click()
    expect(frame.locator("form.question input")).to_be_visible()
    expect(frame.get_by_role("heading", level=1, name="Step number 2")).to_be_focused()
    expect(waiting).to_have_count(0)


def test_without_a_line_the_learner_goes_on(lms: Make, tmp_path: Path) -> None:
    host = lms("scorm12", build(write(tmp_path / "course", "One.", TYPED, CHOICE)))
    arrived: list[str] = []
    host.context.on("requestfinished", lambda request: arrived.append(request.url))
    frame = ready(host.launch(), 3)
    assert host.page
    while not any("/print-" in url for url in arrived):
        host.page.wait_for_timeout(20)
    saved(frame)
    host.context.set_offline(True)
    frame.get_by_role("button", name="Next").click()
    frame.locator("form.question:visible input").fill("paris")
    frame.locator("form.question:visible [type=submit]").click()
    expect(frame.locator(".verdict:visible")).to_contain_text("Right.")
    expect(frame.locator("#unsaved")).to_contain_text("Not saved")
    frame.get_by_role("button", name="Next").click()
    frame.get_by_text("blue").click()
    frame.evaluate(
        """() => {
          window.print = () => { window.printed = document.querySelector('.answers-sheet').innerText }
        }"""
    )
    frame.get_by_role("button", name="Print my answers").click()
    frame.wait_for_function("() => window.printed")
    assert "paris" in frame.evaluate("printed")
    host.context.set_offline(False)
    saved(frame)
    expect(frame.locator("#unsaved")).to_be_hidden()
    host.close()
    assert host.model()["cmi.interactions.0.student_response"] == "paris"


def test_the_older_of_two_tabs_turns_read_only(lms: Make, tmp_path: Path) -> None:
    host = lms("scorm12", build(write(tmp_path / "course", TYPED)))
    first = ready(host.launch(), 1)
    first.locator("form.question input").fill("Lyon")
    saved(first)
    second = ready(host.launch(), 1)
    expect(first.locator("html[data-saving=readonly]")).to_be_attached()
    expect(first.locator("[data-notice=readonly]")).to_contain_text("open in another tab")
    expect(first.locator("form.question input")).to_have_attribute("readonly", "")
    expect(first.locator("form.question [type=submit]")).to_be_hidden()
    expect(second.locator("form.question input")).to_have_value("Lyon")
    second.locator("form.question input").fill("Paris")
    second.locator("form.question [type=submit]").click()
    saved(second)
    host.close()
    assert host.model()["cmi.interactions.0.student_response"] == "Paris"


def test_a_changed_course_says_what_is_to_be_answered_again(lms: Make, tmp_path: Path) -> None:
    folder = write(tmp_path / "course", TYPED, CHOICE)
    host = lms("scorm2004", build(folder, "scorm2004-4"))
    asked: list[Request] = []
    host.context.on("request", lambda request: asked.append(request))
    frame = ready(host.launch(), 2)
    frame.locator("form.question:visible input").fill("paris")
    frame.locator("form.question:visible [type=submit]").click()
    frame.get_by_role("button", name="Next").click()
    frame.get_by_text("green").click()
    frame.locator("form.question:visible [type=submit]").click()
    saved(frame)
    host.close()
    write(folder, TYPED, CHOICE.replace("[x] blue", "[ ] blue").replace("[ ] green", "[x] green"), WORDS)
    host.files = read_package(build(folder, "scorm2004-4"))
    assert not [request for request in asked if "/layouts-" in request.url]
    frame = ready(host.launch(), 3)
    assert len([request for request in asked if "/layouts-" in request.url]) == 1
    expect(frame.locator("[data-notice=changed]")).to_contain_text("Please answer one question again.")
    sky = frame.locator("form.question:visible")
    expect(sky.locator(".verdict")).to_contain_text("has changed since you answered it")
    expect(sky.locator("[type=submit]")).to_be_visible()
    frame.get_by_role("button", name="Back").click()
    expect(frame.locator(".verdict:visible")).to_contain_text("Right.")
    saved(frame)
    host.close()
    ready(host.launch(), 3)
    assert len([request for request in asked if "/layouts-" in request.url]) == 1
