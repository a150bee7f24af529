"""xAPI packages in a real browser before a strict LRS: the launch, progress, and what is told once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from test_cmi5_sessions import answer, pack, read, saved, told_otherwise

from lms import LMS_HOST, OTHER_HOST
from lrs.cmi5 import Cmi5Lms
from lrs.server import Answer, Fault, Request, TrialLrs
from xapi.judges import learning_locker, ralph

pytestmark = pytest.mark.browser
ROOT = "https://lms.example.org/launched/tea"
OLD_ACTOR = {"name": ["Robin"], "mbox": ["mailto:robin@example.org"]}
AUTH = "Basic a2V5OnNlY3JldA=="


class Launcher(Cmi5Lms):
    """Serves the package and takes what it sends; one credential, no sessions."""

    registration_id: str = ""

    def work(self, request: Request) -> Answer:
        return TrialLrs.work(self, request)

    def tin_can(self, **more: str) -> str:
        query = {
            "endpoint": self.url(self.lrs_host).rstrip("/"),
            "auth": AUTH,
            "actor": json.dumps(OLD_ACTOR),
            "registration": self.registration,
            "activity_id": ROOT,
            "utm_source": "mail",
            **more,
        }
        return f"http://{self.host}:{self.port}/content/index.html?{urlencode(query, quote_via=quote)}"

    def of_root(self) -> list[dict[str, Any]]:
        return [each for each in self.statements.all() if each["object"]["id"] == ROOT]

    def verbs(self) -> list[str]:
        return sorted(each["verb"]["id"].rpartition("/")[2] for each in self.of_root())


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tea-xapi")


@pytest.fixture(scope="session")
def files(source: Path) -> dict[str, bytes]:
    return pack(source, "xapi")


@pytest.fixture
def lrs(files: dict[str, bytes]) -> Iterator[Launcher]:
    with Launcher(files=files, host=LMS_HOST, lrs_host=OTHER_HOST, authorization=AUTH) as one:
        yield one
        assert [text for text in one.complaints if text != "no such statement"] == []
        statements = one.statements.all()
        assert [fault for each in statements for fault in ralph(each)] == []
        assert learning_locker(statements) == []
        known = {"stateId", "activityId", "agent", "registration", "statementId"}
        assert all(set(request.query) <= known for request, _ in one.seen)


@pytest.fixture
def enter(lrs: Launcher, context: BrowserContext) -> Callable[..., Page]:
    def begin(**more: str) -> Page:
        page = context.new_page()
        page.goto(lrs.tin_can(**more))
        expect(page.locator("#print-course")).to_be_visible()
        return page

    return begin


def heard(page: Page, lrs: Launcher, *verbs: str) -> None:
    for _ in range(80):
        if lrs.verbs() == sorted(verbs):
            break
        page.wait_for_timeout(100)
    assert lrs.verbs() == sorted(verbs)


def test_completed_and_passed_once_on_the_launched_one(
    lrs: Launcher, enter: Callable[..., Page], source: Path
) -> None:
    page = enter(grouping="https://lms.example.org/course/7", activity_platform="Example LMS")
    assert "auth=" not in page.url and "endpoint=" not in page.url and "utm_source=mail" in page.url
    read(page)
    answer(page, "yes")
    heard(page, lrs, "completed", "passed")
    saved(page)
    page.reload()
    expect(page.locator("[data-notice=resumed]")).to_be_visible()
    saved(page)
    page.close()
    page = enter()
    expect(page.locator(".quiz-result:visible")).to_contain_text("passed")
    saved(page)
    heard(page, lrs, "completed", "passed")
    passed = next(each for each in lrs.of_root() if each["verb"]["id"].endswith("passed"))
    assert passed["actor"] == {"objectType": "Agent", "mbox": "mailto:robin@example.org"}
    assert passed["result"]["score"] == {"scaled": 1, "raw": 100, "min": 0, "max": 100}
    assert passed["context"]["registration"] == lrs.registration
    assert passed["context"]["platform"] == "Example LMS"
    assert [each["id"] for each in passed["context"]["contextActivities"]["grouping"]] == [
        "https://lms.example.org/course/7"
    ]
    assert told_otherwise(source, "xapi", lrs.of_root()) == []


@pytest.mark.parametrize("registration", [True, False])
def test_a_key_without_the_word_basic(lrs: Launcher, enter: Callable[..., Page], registration: bool) -> None:
    page = enter(auth=AUTH.removeprefix("Basic "), registration=str(uuid4()) if registration else "")
    answer(page, "yes")
    heard(page, lrs, "passed")


def test_a_launch_without_an_activity_is_of_the_course_itself(
    lrs: Launcher, enter: Callable[..., Page]
) -> None:
    page = enter(activity_id="")
    answer(page, "yes")
    saved(page)
    whole = "https://learning.example.org/courses/tea"
    told = [each["verb"]["id"] for each in lrs.statements.all() if each["object"]["id"] == whole]
    assert [verb.rpartition("/")[2] for verb in told] == ["passed"]
    assert lrs.of_root() == []


def test_failed_is_told_when_the_learner_leaves_and_passed_later(
    lrs: Launcher, enter: Callable[..., Page]
) -> None:
    page = enter()
    answer(page, "no")
    saved(page)
    page.goto(f"http://{LMS_HOST}:{lrs.port}/back.html")
    page.close()
    page = enter()
    saved(page)
    heard(page, lrs, "failed")
    answer(page, "yes")
    heard(page, lrs, "failed", "passed")


def test_what_could_not_be_sent_is_sent_in_a_later_launch(lrs: Launcher, enter: Callable[..., Page]) -> None:
    page = enter()
    saved(page)
    lrs.fail(Fault(503, times=99, path="statements"))
    answer(page, "yes")
    expect(page.locator("#unsaved")).to_be_visible()
    page.close()
    lrs.faults.clear()
    page = enter()
    heard(page, lrs, "passed")
    saved(page)
    assert lrs.statements.conflicts == []


def test_without_a_launch_it_stays_here(lrs: Launcher, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"http://{LMS_HOST}:{lrs.port}/content/index.html")
    expect(page.locator("[data-notice=local]")).to_be_visible()
    answer(page, "yes")
    assert lrs.seen == []
