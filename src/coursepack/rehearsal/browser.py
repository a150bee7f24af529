"""A browser that is installed on this machine, and the library that drives it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright

COMMANDS = (
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
    "chromium",
    "chromium-browser",
)
MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Chromium.app/Contents/MacOS/Chromium",
)
WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
)
ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FEATURES = (
    "SpareRendererForSitePerProcess",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
    "AimEnabled",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    "Translate",
)
"""Off: the first three cost each learner more than the course does; of the rest Playwright says the same,
but a browser obeys the last such switch alone."""


class NoBrowserError(Exception):
    """There is nothing to run learners in; the text says what to do."""


def find_browser() -> str | None:
    """The path of Chrome, Edge or Chromium; `COURSEPACK_BROWSER` goes first."""
    chosen = os.environ.get("COURSEPACK_BROWSER")
    if chosen:
        return chosen if Path(chosen).is_file() else None
    for command in COMMANDS:
        if found := shutil.which(command):
            return found
    places: list[Path] = []
    if sys.platform == "darwin":
        places = [
            root / name for root in (Path("/Applications"), Path.home() / "Applications") for name in MAC
        ]
    elif sys.platform == "win32":
        places = [Path(os.environ[root]) / name for root in ROOTS if root in os.environ for name in WINDOWS]
    return next((str(place) for place in places if place.is_file()), None)


def require() -> str:
    """The browser's path. Raises NoBrowserError with a sentence where it or the library is missing."""
    try:
        import playwright.async_api  # noqa: F401
    except ImportError:
        raise NoBrowserError(
            "rehearse needs a library to drive a browser: `pip install 'coursepack[rehearse]'`"
        ) from None
    path, chosen = find_browser(), os.environ.get("COURSEPACK_BROWSER")
    if path is None and chosen:
        raise NoBrowserError(f"COURSEPACK_BROWSER names {chosen}, and there is no such program")
    if path is None:
        raise NoBrowserError(
            "no Chrome, Edge or Chromium was found: install one, or name its program in COURSEPACK_BROWSER"
        )
    return path


async def launch(playwright: Playwright, path: str, *more: str) -> Browser:
    """Starts it without a window; `more` are switches. Raises NoBrowserError when it does not start."""
    from playwright.async_api import Error

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = [*FLAGS, f"--disable-features={','.join(FEATURES)}", *more, *(["--no-sandbox"] if root else [])]
    try:
        return await playwright.chromium.launch(executable_path=path, args=flags, timeout=20_000)
    except Error as error:
        first = str(error).strip().splitlines()[0].removeprefix("BrowserType.launch: ")
        raise NoBrowserError(f"{path} does not start: {first}") from None
