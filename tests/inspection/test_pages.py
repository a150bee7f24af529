"""The pages of inspect and diff before their judges: valid HTML, nothing that axe finds, nothing too wide."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conformance.tiny import changed
from coursepack import compiler
from coursepack.difference import to_html as difference_html
from coursepack.difference.compare import compare
from coursepack.difference.sides import from_folder, from_package
from coursepack.inspection.facts import inspect
from coursepack.inspection.to_html import to_html
from difference.edits import COURSE, swap
from inspection.mutations import to_zip
from one_playwright import FLAGS, playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A package of ours; a stranger's with long names and many findings; what changes for learners."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "ours.zip").write_bytes(compiler.build(ROOT / "course_spec", ["scorm12"]).packages[0].data)
    odd = changed(
        "12", ("<title>Course", f"<title>{'Course' * 30}"), ("</resources>", "<metadata/></resources>")
    )
    (folder / "odd.zip").write_bytes(to_zip(odd | {"x" * 120 + ".php": b"x", "a\x1b[31m.js": b"eval"}))
    shutil.copytree(ROOT / "course_spec", folder / "new")
    swap(COURSE, "80%", "90%")(folder / "new")
    found = [folder / "ours.html", folder / "odd.html", folder / "diff.html", folder / "foreign.html"]
    for path, name in zip(found, ("ours.zip", "odd.zip"), strict=False):
        path.write_text(to_html(inspect(folder / name)), "utf-8")
    ours = compare(from_package(folder / "ours.zip"), from_folder(folder / "new", "new", "scorm12"))
    foreign = compare(from_package(folder / "odd.zip"), from_package(folder / "ours.zip"))
    for path, difference in zip(found[2:], (ours, foreign), strict=True):
        path.write_text(difference_html.to_html(difference), "utf-8")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    launched = playwright().chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
    yield launched
    launched.close()


def test_the_html_is_valid(pages: list[Path]) -> None:
    command = ["java", "-jar", str(VNU), "--errors-only", "--format", "text", *map(str, pages)]
    judged = subprocess.run(command, capture_output=True, text=True, check=False)
    assert judged.stderr.strip() == "Document checking completed. No errors found."
    assert judged.returncode == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing_and_nothing_is_wider(
    browser: Any, pages: list[Path], width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    for file in pages:
        page.goto(file.as_uri())
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
    for file in pages:
        page.goto(file.as_uri())
        assert page.evaluate("getComputedStyle(document.querySelector('td')).verticalAlign") == "top"
    assert (said, asked) == ([], [file.as_uri() for file in pages])
    context.close()
