"""cmi5 packages in a real browser before a strict LMS: each statement once, in order, none too many."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from coursepack import compiler, units
from coursepack.xapi.sessions import session_samples
from lms import LMS_HOST, OTHER_HOST
from lrs.checker import violations
from lrs.cmi5 import CMI5, Cmi5Lms, is_defined, verb
from lrs.server import Fault
from xapi.judges import learning_locker, ralph

pytestmark = pytest.mark.browser
COURSE = """\
spec: 1
id: https://learning.example.org/courses/tea
title: Tea
language: en
completion: {quizzes: attempted}
pass: {score: 80%}
targets: [cmi5, xapi]
"""
READ = "---\nid: read\ntitle: Read\n---\nTea is made of leaves.\n" + "\nMore on leaves.\n" * 60
CHECK = """\
---
id: check
title: Check
---
::: quiz {#final}
::: question {#colour}
Is green tea green?

- [x] yes
- [ ] no
:::
:::
"""


def pack(folder: Path, target: str, course: str = COURSE, check: str = CHECK) -> dict[str, bytes]:
    """The files of the course's package."""
    (folder / "steps").mkdir(parents=True, exist_ok=True)
    (folder / "course.yaml").write_text(course, encoding="utf-8")
    (folder / "steps/010-read.md").write_text(READ, encoding="utf-8")
    (folder / "steps/020-check.md").write_text(check, encoding="utf-8")
    built = compiler.build(folder, [target])
    assert built.packages, built.checked.diagnostics
    with zipfile.ZipFile(io.BytesIO(built.packages[0].data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tea")


@pytest.fixture(scope="session")
def files(source: Path) -> dict[str, bytes]:
    return pack(source, "cmi5")


@pytest.fixture
def host(files: dict[str, bytes]) -> Iterator[Cmi5Lms]:
    """The course from one address, its record store at another."""
    with Cmi5Lms(files=files, host=LMS_HOST, lrs_host=OTHER_HOST) as lms:
        yield lms
        assert violations(lms) == []
        statements = lms.statements.all()
        assert [fault for each in statements for fault in ralph(each)] == []
        assert learning_locker(statements) == []


@pytest.fixture
def enter(host: Cmi5Lms, context: BrowserContext) -> Callable[..., Page]:
    """Launches in a new tab; waits until the course is ready."""

    def begin(**options: Any) -> Page:
        page = context.new_page()
        page.goto(host.launch(**options))
        expect(page.locator("#print-course")).to_be_visible()
        return page

    return begin


def told_otherwise(folder: Path, target: str, statements: Iterable[dict[str, Any]]) -> list[str]:
    """Which of the session's statements `coursepack xapi` prints otherwise, apart from values."""
    checked = compiler.check(folder)
    assert checked.course and checked.register
    launched = units.launched(checked.course, checked.register, target)
    printed = {
        verb(one.statement): one.statement for one in session_samples(launched, target, "https://a.b/")
    }

    def kind(statement: dict[str, Any]) -> object:
        result, context = statement.get("result", {}), statement["context"]
        own = [iri for iri in context.get("extensions", {}) if iri.startswith(CMI5)]
        ours = [one for one in context.get("contextActivities", {}).get("category", []) if CMI5 in one["id"]]
        kept = {name: result[name] for name in ("success", "completion") if name in result}
        about = {name: value for name, value in statement["object"].items() if name != "id"}
        score = list(result.get("score", {}))
        return statement["verb"], about, kept, score, "duration" in result, own, ours, list(statement)

    return [verb(one) for one in statements if kind(one) != kind(printed[verb(one)])]


def saved(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("data-saving", "saved")


def answer(page: Page, label: str) -> None:
    again = page.locator("button.again:visible")
    page.locator("#steps a", has_text="Check").click()
    expect(page.locator("section.quiz:visible")).to_be_visible()
    if again.count():
        again.click()
    page.locator("form.question:visible label", has_text=label).click()
    page.locator("form.question:visible [type=submit]").click()
    expect(page.locator(".quiz-result:visible")).to_be_visible()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")


def read(page: Page) -> None:
    page.locator("#steps a", has_text="Read").click()
    page.get_by_role("button", name="Next").click()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")


def leave(page: Page) -> None:
    page.get_by_role("button", name="Exit the course").click()


def heard(host: Cmi5Lms, *verbs: str) -> None:
    """Waits until the last session has said this."""
    end = time.monotonic() + 8
    while sorted(host.sessions[-1].verbs()) != sorted(verbs) and time.monotonic() < end:
        time.sleep(0.05)
    assert sorted(host.sessions[-1].verbs()) == sorted(verbs)


def counts(host: Cmi5Lms) -> dict[str, int]:
    verbs = [name for session in host.sessions for name in session.verbs()]
    return {name: verbs.count(name) for name in verbs}


def test_a_course_that_is_passed(host: Cmi5Lms, enter: Callable[..., Page], source: Path) -> None:
    back = f"http://{LMS_HOST}:{host.port}/back.html"
    page = enter(masteryScore=0.8, returnURL=back)
    read(page)
    answer(page, "yes")
    saved(page)
    heard(host, "initialized", "completed", "passed")
    leave(page)
    expect(page).to_have_url(back)
    assert counts(host) == {"initialized": 1, "completed": 1, "passed": 1, "terminated": 1}
    assert host.sessions[0].ended == "terminated"
    passed = next(s for s in host.sessions[0].statements() if verb(s) == "passed")
    assert passed["result"]["score"] == {"scaled": 1}
    own = [each for each in host.sessions[0].statements() if is_defined(each)]
    assert told_otherwise(source, "cmi5", own) == []


def test_fail_then_pass_in_a_later_session(host: Cmi5Lms, enter: Callable[..., Page]) -> None:
    page = enter(masteryScore=0.8)
    read(page)
    answer(page, "no")
    saved(page)
    heard(host, "initialized", "completed")
    leave(page)
    expect(page.locator("html")).to_have_attribute("data-saving", "closed")
    assert host.sessions[0].verbs() == ["initialized", "completed", "failed", "terminated"]
    page = enter(masteryScore=0.8)
    expect(page.locator("[data-notice=resumed]")).to_be_visible()
    answer(page, "yes")
    saved(page)
    leave(page)
    expect(page.locator("html")).to_have_attribute("data-saving", "closed")
    assert counts(host) == {"initialized": 2, "completed": 1, "failed": 1, "passed": 1, "terminated": 2}


def test_fail_then_pass_in_one_session(host: Cmi5Lms, enter: Callable[..., Page]) -> None:
    page = enter(masteryScore=0.8)
    answer(page, "no")
    answer(page, "yes")
    heard(host, "initialized", "passed")
    leave(page)
    expect(page.locator("html")).to_have_attribute("data-saving", "closed")
    assert counts(host) == {"initialized": 1, "passed": 1, "terminated": 1}


def test_a_reload_goes_on_with_the_same_session(host: Cmi5Lms, enter: Callable[..., Page]) -> None:
    page = enter()
    answer(page, "yes")
    saved(page)
    page.reload()
    expect(page.locator("[data-notice=resumed]")).to_be_visible()
    read(page)
    heard(host, "initialized", "passed", "completed")
    leave(page)
    expect(page.locator("html")).to_have_attribute("data-saving", "closed")
    assert counts(host) == {"initialized": 1, "passed": 1, "completed": 1, "terminated": 1}
    assert host.sessions[0].fetches == ["POST"]
    page.reload()
    expect(page.locator("[data-notice=lost]")).to_be_visible()
    assert host.sessions[0].fetches == ["POST"]


def test_abandoned_and_returned_to(host: Cmi5Lms, enter: Callable[..., Page]) -> None:
    page = enter()
    answer(page, "yes")
    saved(page)
    page.close()
    page = enter()
    expect(page.locator(".quiz-result:visible")).to_be_visible()
    read(page)
    heard(host, "initialized", "completed")
    leave(page)
    expect(page.locator("html")).to_have_attribute("data-saving", "closed")
    assert [session.ended for session in host.sessions] == ["abandoned", "terminated"]
    assert counts(host) == {"initialized": 2, "passed": 1, "completed": 1, "terminated": 1}


@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_looking_on_and_looking_back_record_nothing(
    host: Cmi5Lms, enter: Callable[..., Page], mode: str
) -> None:
    page = enter(mode=mode)
    expect(page.locator("[data-notice=review]")).to_be_visible()
    read(page)
    leave(page)
    expect(page.locator("html")).to_have_attribute("data-saving", "closed")
    assert counts(host) == {"initialized": 1, "terminated": 1}
    assert host.bookmark() is None


def test_without_a_launch_it_is_a_preview(host: Cmi5Lms, context: BrowserContext) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"http://{LMS_HOST}:{host.port}/content/index.html?fetch=x")
    expect(page.locator("[data-notice=local]")).to_be_visible()
    answer(page, "yes")
    assert all("/content/" in url for url in asked)
    assert host.seen == []


def test_the_launch_may_ask_for_more_or_less(host: Cmi5Lms, enter: Callable[..., Page]) -> None:
    page = enter(masteryScore=0)
    answer(page, "no")
    heard(host, "initialized", "passed")


@pytest.mark.parametrize("status", [0, 429, 503])
def test_a_failing_store_is_told_and_made_good(
    host: Cmi5Lms, enter: Callable[..., Page], status: int
) -> None:
    page = enter()
    saved(page)
    for path in ("statements", "activities/state"):
        host.fail(Fault(status, times=2, path=path, headers={"Retry-After": "1"} if status == 429 else {}))
    answer(page, "yes")
    expect(page.locator("#unsaved")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-saving", "saved", timeout=20_000)
    expect(page.locator("#unsaved")).to_be_hidden()
    read(page)
    heard(host, "initialized", "passed", "completed")


def test_a_lost_answer_is_no_second_statement(host: Cmi5Lms, enter: Callable[..., Page]) -> None:
    page = enter()
    saved(page)
    host.fail(Fault(0, path="statements", after=True))
    answer(page, "yes")
    expect(page.locator("html")).to_have_attribute("data-saving", "saved", timeout=20_000)
    assert counts(host) == {"initialized": 1, "passed": 1}
    assert len(host.statements.again) == 1
    assert host.statements.conflicts == []


@pytest.mark.parametrize("status", [409, 412])
def test_a_bookmark_that_is_refused_is_read_again_and_written(
    host: Cmi5Lms, enter: Callable[..., Page], status: int
) -> None:
    page = enter()
    saved(page)
    host.fail(Fault(status, path="activities/state", method="PUT"))
    answer(page, "yes")
    saved(page)
    heard(host, "initialized", "passed")
    held = host.bookmark()
    assert held and held["sent"] == ["passed"] and held["success"] == "passed"


@pytest.mark.parametrize("tags", [False, True])
def test_tags_that_cannot_be_read_or_guessed(host: Cmi5Lms, enter: Callable[..., Page], tags: bool) -> None:
    host.state.tags, host.state.random_tags = tags, True
    page = enter()
    answer(page, "no")
    answer(page, "yes")
    saved(page)
    page.close()
    page = enter()
    expect(page.locator(".quiz-result:visible")).to_contain_text("passed")
    read(page)
    heard(host, "initialized", "completed")
    saved(page)
    assert counts(host) == {"initialized": 2, "passed": 1, "completed": 1}
    held = host.bookmark()
    assert held and held["completion"] == "completed"


@pytest.mark.parametrize("status", [401, 403])
def test_a_session_that_is_gone_is_told_and_left_alone(
    host: Cmi5Lms, enter: Callable[..., Page], status: int
) -> None:
    page = enter()
    page.locator("#steps a", has_text="Check").click()
    page.wait_for_timeout(6000)
    saved(page)
    for path in ("statements", "activities/state"):
        host.fail(Fault(status, times=99, path=path))
    answer(page, "yes")
    expect(page.locator("[data-notice=lost]")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-saving", "readonly")
    asked = len(host.seen)
    page.wait_for_timeout(3000)
    leave(page)
    page.wait_for_timeout(500)
    assert len(host.seen) - asked <= 1
    host.faults.clear()
    page.close()
    page = enter()
    expect(page.locator(".quiz-result:visible")).to_contain_text("passed")
    heard(host, "initialized", "passed")


def test_a_second_launch_ends_the_first_quietly(host: Cmi5Lms, enter: Callable[..., Page]) -> None:
    first = enter()
    saved(first)
    second = enter()
    saved(second)
    answer(second, "yes")
    saved(second)
    expect(first.locator("html")).to_have_attribute("data-saving", "readonly")
    leave(first)
    heard(host, "initialized", "passed")
    assert counts(host) == {"initialized": 2, "passed": 1}


def test_a_second_launch_from_another_browser(
    host: Cmi5Lms, enter: Callable[..., Page], browser: Browser
) -> None:
    first = enter()
    saved(first)
    other = browser.new_context()
    second = other.new_page()
    second.goto(host.launch())
    saved(second)
    first.locator("#steps a", has_text="Check").click()
    first.locator("form.question:visible label", has_text="yes").click()
    first.locator("form.question:visible [type=submit]").click()
    expect(first.locator("[data-notice=lost]")).to_be_visible()
    answer(second, "no")
    saved(second)
    other.close()
    assert counts(host) == {"initialized": 2}


def test_offline_in_the_middle(host: Cmi5Lms, enter: Callable[..., Page], context: BrowserContext) -> None:
    page = enter()
    saved(page)
    page.locator("#steps a", has_text="Check").click()
    expect(page.locator("section.quiz:visible")).to_be_visible()
    context.set_offline(True)
    answer(page, "yes")
    expect(page.locator("#unsaved")).to_be_visible()
    context.set_offline(False)
    saved(page)
    heard(host, "initialized", "passed")


def test_a_crash_between_writing_down_and_sending(host: Cmi5Lms, enter: Callable[..., Page]) -> None:
    page = enter()
    saved(page)
    host.down = True
    answer(page, "yes")
    expect(page.locator("#unsaved")).to_be_visible()
    try:
        page.goto("chrome://crash", timeout=3000)
    except Error:
        page.close()
    host.down = False
    page = enter()
    expect(page.locator(".quiz-result:visible")).to_contain_text("passed")
    heard(host, "initialized", "passed")
    assert counts(host) == {"initialized": 2, "passed": 1}


def test_a_crash_between_sending_and_knowing(host: Cmi5Lms, enter: Callable[..., Page]) -> None:
    page = enter()
    saved(page)
    host.fail(Fault(0, times=99, path="activities/state"))
    answer(page, "yes")
    heard(host, "initialized", "passed")
    expect(page.locator("#unsaved")).to_be_visible()
    page.close()
    host.faults.clear()
    page = enter()
    expect(page.locator(".quiz-result:visible")).to_contain_text("passed")
    saved(page)
    assert counts(host) == {"initialized": 2, "passed": 1}


def test_a_clock_that_is_an_hour_off(
    host: Cmi5Lms, enter: Callable[..., Page], context: BrowserContext
) -> None:
    context.add_init_script("const real = Date.now; Date.now = () => real() + 3600000")
    page = enter()
    answer(page, "yes")
    heard(host, "initialized", "passed")
    stamps = [statement["timestamp"] for statement in host.sessions[0].statements()]
    assert all(abs(time.time() - datetime.fromisoformat(each).timestamp()) < 60 for each in stamps)


def test_leaving_waits_until_all_is_sent(host: Cmi5Lms, enter: Callable[..., Page]) -> None:
    page = enter(masteryScore=0.8)
    answer(page, "no")
    saved(page)
    host.down = True
    leave(page)
    expect(page.locator("#unsaved")).to_be_visible(timeout=15_000)
    host.down = False
    page.get_by_role("button", name="Save now").press("Enter")
    expect(page.locator("html")).to_have_attribute("data-saving", "closed", timeout=15_000)
    expect(page.locator("#main")).to_be_focused()
    assert counts(host) == {"initialized": 1, "failed": 1, "terminated": 1}


@pytest.mark.parametrize("fault", ["token", "data", "bookmark"])
def test_a_launch_that_fails_sends_nothing(host: Cmi5Lms, context: BrowserContext, fault: str) -> None:
    if fault == "token":
        host.fail(Fault(500, path="fetch"))
    else:
        host.fail(Fault(403, times=9, path="activities/state"))
    address = host.launch()
    if fault == "bookmark":
        host.faults.clear()
        host.fail(Fault(200, path="activities/state"))
        host.fail(Fault(403, times=9, path="activities/state"))
    page = context.new_page()
    page.goto(address)
    expect(page.locator("[data-notice=lost]")).to_be_visible(timeout=15_000)
    assert host.statements.all() == []
    assert host.bookmark() is None


def test_each_step_as_a_unit_of_its_own(
    context: BrowserContext, tmp_path_factory: pytest.TempPathFactory
) -> None:
    course = COURSE + "cmi5: {units: steps}\n"
    files = pack(tmp_path_factory.mktemp("units"), "cmi5", course)
    pages = sorted(name for name in files if name.startswith("unit-"))
    assert len([name for name in files if name.startswith("hooks-")]) == 1
    assert len([name for name in files if name.startswith("table-")]) == 3
    with Cmi5Lms(files=files, host=LMS_HOST, lrs_host=OTHER_HOST) as lms:
        for url in pages:
            page = context.new_page()
            page.goto(lms.launch(url, activity=f"https://lms.example.org/act/{url}", masteryScore=None))
            expect(page.locator("#steps li")).to_have_count(1)
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
            if page.locator("section.quiz").count():
                page.locator("form.question label", has_text="yes").click()
                page.locator("form.question [type=submit]").click()
                page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
                heard(lms, "initialized", "completed", "passed")
            else:
                heard(lms, "initialized", "completed")
            leave(page)
            expect(page.locator("html")).to_have_attribute("data-saving", "closed")
        assert [session.ended for session in lms.sessions] == ["terminated", "terminated"]
        assert any(one["verb"]["id"].endswith("/answered") for one in lms.statements.all())
        assert violations(lms) == []
