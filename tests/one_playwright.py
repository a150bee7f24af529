"""One Playwright for all tests of a process: its synchronous interface cannot be started twice."""

from __future__ import annotations

import atexit
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Playwright


@cache
def playwright() -> Playwright:
    """Started at the first call, stopped when the process ends."""
    from playwright.sync_api import sync_playwright

    started = sync_playwright().start()
    atexit.register(started.stop)
    return started
