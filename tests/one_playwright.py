"""One Playwright for all tests of a process: its synchronous interface cannot be started twice."""

from __future__ import annotations

import atexit
from functools import cache
from typing import TYPE_CHECKING

from coursepack.rehearsal.browser import FEATURES

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(FEATURES)}",
]
"""For every browser of the tests: nothing of its own that costs time or asks other hosts."""


@cache
def playwright() -> Playwright:
    """Started at the first call, stopped when the process ends."""
    from playwright.sync_api import sync_playwright

    started = sync_playwright().start()
    atexit.register(started.stop)
    return started
