"""The card's page before its judges: valid HTML, no barrier that axe finds, nothing wider than the screen."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coursepack import compiler
from coursepack.handover import compose
from coursepack.handover.files import to_files
from one_playwright import FLAGS, playwright

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
COURSES = {"course_spec": ("scorm12", "scorm2004-4", "cmi5", "web"), "tests/courses/rtl": ("scorm12",)}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One card of each kind of format, and one of a course that is written from right to left."""
    folder = tmp_path_factory.mktemp("cards")
    found = []
    for name, targets in COURSES.items():
        built = compiler.build(ROOT / name, targets)
        assert built.packages, built.checked.diagnostics
        for card in compose.cards(built):
            found.append(folder / to_files(card)[0].name)
            found[-1].write_bytes(to_files(card)[0].data)
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    launched = playwright().chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
    yield launched
    launched.close()


def test_the_html_is_valid(pages: list[Path]) -> None:
    judged = subprocess.run(
        ["java", "-jar", str(VNU), "--errors-only", "--format", "text", *map(str, pages)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.stderr.strip() == "Document checking completed. No errors found."
    assert judged.returncode == 0


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_is_wider(
    browser: Any, pages: list[Path], width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    for file in pages:
        page.goto(file.as_uri())
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        problems = [(item["id"], node["html"]) for item in found for node in item["nodes"]]
        assert problems == [], file.name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, file.name
    context.close()


def test_the_policy_lets_the_style_through_and_asks_for_nothing(browser: Any, pages: list[Path]) -> None:
    context = browser.new_context()
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages[0].as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.warning')).fontWeight") == "700"
    assert (said, asked) == ([], [pages[0].as_uri()])
    context.close()


def test_paper_has_the_answers_only_when_they_are_shown(browser: Any, pages: list[Path]) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(pages[0].as_uri())
    page.emulate_media(media="print")
    key = page.locator("section[aria-labelledby=keys]")
    assert not key.is_visible()
    page.evaluate("document.querySelector('details').open = true")
    assert key.get_by_text("pause or pausing").is_visible()
    context.close()
