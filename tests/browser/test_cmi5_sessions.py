"""cmi5 packages in a real browser before a strict LMS: each statement once, in order, and nothing too much."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from coursepack import compiler
from lms import LMS_HOST, OTHER_HOST
from lrs.checker import violations
from lrs.cmi5 import Cmi5Lms, verb
from lrs.server import Fault

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
READ = "---\nid: read\ntitle: Read\n---\nTea is made of leaves.\n"
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
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return pack(tmp_path_factory.mktemp("tea"), "cmi5")


@pytest.fixture
def host(files: dict[str, bytes]) -> Iterator[Cmi5Lms]:
    """The course from one address, its record store at another."""
    with Cmi5Lms(files=files, host=LMS_HOST, lrs_host=OTHER_HOST) as lms:
        yield lms
        assert violations(lms) == []


@pytest.fixture
def enter(host: Cmi5Lms, context: BrowserContext) -> Callable[..., Page]:
    """Launches in a new tab; waits until the course is ready."""

    def begin(**options: Any) -> Page:
        page = context.new_page()
        page.goto(host.launch(**options))
        expect(page.locator("#print-course")).to_be_visible()
        return page

    return begin


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


def test_a_course_that_is_passed(host: Cmi5Lms, enter: Callable[..., Page]) -> None:
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
