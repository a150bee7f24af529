"""One browser, and `lms(edition, package, …)`: an LMS that must find nothing to complain about."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from lms import LMS_HOST, OTHER_HOST, Edition, Lms
from one_playwright import FLAGS, playwright

ROOT = Path(__file__).parent.parent.parent
NAMES = f"--host-resolver-rules=MAP {LMS_HOST} 127.0.0.1, MAP {OTHER_HOST} 127.0.0.1"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: the machine's own, else the one that Playwright installed."""
    browser = playwright().chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS, NAMES])
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile: storage lasts over all launches of one test."""
    context = browser.new_context()
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def lms(context: BrowserContext) -> Iterator[Callable[..., Lms]]:
    """Makes LMSs; at the end of the test each of them must have no `errors()`."""
    made: list[Lms] = []

    def make(edition: Edition, package: Path, **options: Any) -> Lms:
        made.append(Lms(context, edition, package, **options))
        return made[-1]

    try:
        yield make
        for one in made:
            assert one.errors() == []
    finally:
        for one in made:
            one.stop()


@pytest.fixture(scope="session")
def probes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of tiny packages, one per driver: the session and a driver without the course's page."""
    folder = tmp_path_factory.mktemp("probes")
    source = Path(__file__).parent / "pages" / "probe.js"
    for driver in ("scorm12", "scorm2004", "web"):
        command = [
            "npx",
            "esbuild",
            str(source),
            "--bundle",
            "--format=iife",
            f"--outfile={folder / driver / 'probe.js'}",
        ]
        alias = f"--alias:driver={ROOT / 'src/coursepack/runtime/drivers' / driver}.js"
        subprocess.run([*command, alias, "--log-level=error"], cwd=ROOT, check=True, capture_output=True)
        page = '<!doctype html><html lang="en"><title>Probe</title><script src="probe.js"></script>'
        (folder / driver / "index.html").write_text(page, encoding="utf-8")
    return folder
