"""Every kind of page before a judge: valid HTML, no barrier that axe finds, nothing wider than the screen."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from built_pages import Built, written

from coursepack.words import words
from one_playwright import FLAGS, playwright

NODE = Path(__file__).parents[2] / "node_modules"
AXE = NODE / "axe-core" / "axe.min.js"
VNU = NODE / "vnu-jar" / "build" / "dist" / "vnu.jar"
KINDS = {0: "prose", 1: "practice", 2: "quiz"}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    with written(built, tmp_path_factory.mktemp("pages")) as files:
        yield files


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


REVEAL = """() => {
  document.documentElement.dataset.saving = 'saved'
  for (const element of document.querySelectorAll('[hidden]')) element.hidden = false
  for (const element of document.querySelectorAll('details')) element.open = true
  for (const element of document.querySelectorAll('.message, .room, .where, #todo, #saving, .attempts'))
    element.textContent ||= 'Some words'
  const line = document.createElement('p')
  line.className = 'notice'
  line.dataset.notice = 'lost'
  line.textContent = 'Some words'
  document.querySelector('#notices').append(line)
  document.querySelector('#unsaved').innerHTML = '<p>Some words</p><button type="button">Try</button>'
  const results = ['correct', 'incorrect', 'partial']
  document.querySelectorAll('form.question').forEach((form, index) => {
    form.dataset.result = results[index % 3]
    form.querySelector('.verdict').innerHTML = '<p class="verdict-words">Some words</p>'
  })
  const marks = ['chosen-right', 'chosen-wrong', 'missed']
  document.querySelectorAll('.option, .gap, li[data-pair], li[data-item]').forEach((element, index) => {
    element.dataset.mark = marks[index % 3]
    const host = element.querySelector(':scope > label:not(.vh)') ?? element
    host.insertAdjacentHTML('beforeend', '<span class="result-mark">some words</span>')
  })
  document.querySelectorAll('.quiz-result').forEach((element, index) => {
    element.dataset.result = ['passed', 'failed'][index % 2]
    element.innerHTML = '<h3>A result</h3><p>Some words</p>'
  })
}"""
"""Shows all that the runtime may show at some time, in every tone."""


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "light"), (1280, "dark")])
@pytest.mark.parametrize("number", KINDS, ids=KINDS.get)
def test_axe_finds_nothing(browser: Any, pages: list[Path], number: int, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(pages[number].as_uri())
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for state in ("as it comes", "with all that can be shown"):
        if state != "as it comes":
            page.evaluate(REVEAL)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        problems = [
            (item["id"], node["html"], node["failureSummary"]) for item in found for node in item["nodes"]
        ]
        assert problems == [], state
    context.close()


SPACING = """* { line-height: 1.5 !important }
* { letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
"""WCAG 2.2, 1.4.12."""


CUT_OFF = """() => [...document.querySelectorAll('main *, nav *, footer *')]
  .filter((element) => !element.matches('.vh, thead, thead *, option, td:empty'))
  .filter((element) => element.scrollWidth > element.clientWidth + 1)
  .filter((element) => getComputedStyle(element).overflowX !== 'visible')
  .map((element) => element.outerHTML.slice(0, 120))"""
"""Elements that hide or scroll a part of what they hold."""


@pytest.mark.parametrize(("width", "style"), [(320, "*{}"), (320, SPACING), (1024, SPACING)])
def test_nothing_is_wider_than_the_screen(browser: Any, pages: list[Path], width: int, style: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 256}, bypass_csp=True)
    page = context.new_page()
    for file in pages:
        page.goto(file.as_uri())
        page.evaluate(REVEAL)
        page.add_style_tag(content=style)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CUT_OFF) == []
    context.close()


def test_a_stacked_table_is_still_a_table(browser: Any, pages: list[Path]) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(pages[0].as_uri())
    table = page.get_by_role("table", name="Two ways compared")
    assert table.get_by_role("columnheader").all_inner_texts() == ["Calling out", "Calling in"]
    assert table.get_by_role("rowheader").all_inner_texts() == ["Where", "When"]
    assert table.get_by_role("row").count() == 3
    context.close()


def test_targets_are_large_enough(browser: Any, pages: list[Path]) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    for file in pages:
        page.goto(file.as_uri())
        page.evaluate(REVEAL)
        small = page.evaluate(
            """[...document.querySelectorAll('button, select, summary, .option, #steps a, input[type=text]')]
              .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
              .filter(([, box]) => box.height && (box.height < 43.5 || box.width < 43.5))
              .map(([words]) => words)"""
        )
        assert small == []
    context.close()


def test_without_scripts_the_first_step_reads_and_nothing_leads_nowhere(
    browser: Any, pages: list[Path]
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(pages[0].as_uri())
    assert page.locator("noscript .notice").is_visible()
    for idle in ("#steps", ".progress", ".tools", ".actions >> nth=0"):
        assert page.locator(idle).is_hidden(), idle
    place = page.locator("main").bounding_box()
    assert place and place["width"] > 600
    context.close()


def test_the_bar_stays_in_sight_and_takes_no_more_than_a_tenth_of_a_phone(
    browser: Any, pages: list[Path]
) -> None:
    said = words("en").player
    page = browser.new_page(viewport={"width": 367, "height": 666})
    page.goto(pages[0].as_uri())
    page.evaluate(
        """([text, button]) => {
          const bar = document.querySelector('#unsaved')
          bar.hidden = false
          bar.innerHTML = `<p>${text}</p><button type="button">${button}</button>`
          scrollTo(0, 600)
        }""",
        [said["unsaved"], said["unsaved.retry"]],
    )
    box = page.locator("#unsaved").bounding_box()
    assert box and box["y"] == 0
    assert box["height"] <= 66.6
    page.close()


def test_the_runtime_says_outright_that_a_table_is_one(
    browser: Any, built: Built, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("live")
    for part in built.parts:
        (folder / part.name).parent.mkdir(parents=True, exist_ok=True)
        (folder / part.name).write_bytes(part.data)
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    page.wait_for_selector("html[data-saving]")
    roles = "[...document.querySelectorAll('table, table *:is(thead, tbody, tr, th, td)')].map(e => e.role)"
    assert set(page.evaluate(roles)) == {"table", "rowgroup", "row", "columnheader", "rowheader", "cell"}
    page.close()
