"""What the page promises beside the answers: seeing, second thoughts, languages, events, the way out."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, expect

from courses import build, write
from lms import Lms

pytestmark = pytest.mark.browser
Make = Callable[..., Lms]
ROOT = Path(__file__).parent.parent

LONG = "\n\n".join(f"Paragraph {n} of a step that is longer than the screen." for n in range(30))
SCALE = "::: question {#sure type=likert}\nHow sure are you?\n\n- Not at all\n- A bit\n- Very\n:::\n"
QUIZ = """::: quiz {#check pass=50%}
::: question {#one}
First?

- [x] yes {#yes}
- [ ] no {#no}
:::
:::
"""
EVENTS = """
Object.defineProperty(window, 'coursepack', {configurable: true, set(value) {
  Object.defineProperty(window, 'coursepack', {value, writable: true})
  const heard = (name) => localStorage.setItem('heard', localStorage.getItem('heard') + ' ' + name)
  for (const kind of ['question.answered', 'quiz.started', 'quiz.submitted', 'quiz.passed', 'quiz.failed',
    'page.completed', 'course.opened', 'course.resumed', 'course.completed', 'course.passed', 'course.failed',
    'course.exited', 'course.suspended']) value.on(kind, () => heard(kind))
}})
"""


def ready(frame: Frame, steps: int) -> Frame:
    expect(frame.locator("#print-course")).to_be_visible()
    expect(frame.locator("main article")).to_have_count(steps)
    return frame


def test_a_step_is_seen_after_a_second_at_its_end_or_by_next(lms: Make, tmp_path: Path) -> None:
    host = lms("scorm12", build(write(tmp_path / "course", LONG, LONG, LONG)))
    frame = ready(host.launch(), 3)
    done = frame.locator("#steps li[data-done]")
    glance = """async () => {
      const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
      scrollTo(0, document.body.scrollHeight)
      await rest(300)
      scrollTo(0, 0)
      await rest(1500)
    }"""
    frame.evaluate(glance)
    expect(done).to_have_count(0)
    frame.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(done).to_have_count(1)
    frame.locator("#steps a").nth(1).click()
    frame.locator("#steps a").nth(2).click()
    frame.locator("#steps a").nth(1).click()
    expect(done).to_have_count(1)
    frame.get_by_role("button", name="Next").click()
    expect(done).to_have_count(2)
    expect(frame.locator("#progress-words")).to_have_text("2 of 3 steps done")
    expect(frame.locator("#todo")).to_have_text("Still to do: step 3, “Step number 3”.")


def test_an_answer_on_a_scale_can_be_changed(lms: Make, tmp_path: Path) -> None:
    host = lms("scorm2004", build(write(tmp_path / "course", SCALE), "scorm2004-4"))
    frame = ready(host.launch(), 1)
    form = frame.locator("form.question")
    form.get_by_text("A bit").click()
    form.get_by_role("button", name="Submit answer").click()
    expect(form.locator(".verdict")).to_contain_text("Your answer is recorded.")
    change = form.get_by_role("button", name="Change my answer")
    change.click()
    expect(form.get_by_role("radio", name="A bit")).to_be_checked()
    expect(form.get_by_role("radio", name="Not at all")).to_be_focused()
    form.get_by_text("Very").click()
    form.get_by_role("button", name="Submit answer").click()
    expect(change).to_be_visible()
    expect(frame.locator("html[data-saving=saved]")).to_be_attached()
    host.close()
    model = host.model()
    assert model["cmi.interactions.0.learner_response"] == "o3"
    assert "cmi.interactions.1.id" not in model


@pytest.mark.parametrize(("answer", "result"), [("yes", "passed"), ("no", "failed")])
def test_events_come_in_their_order(lms: Make, tmp_path: Path, answer: str, result: str) -> None:
    settings = "pass: {score: 50%}\n"
    quiz = QUIZ.replace("pass=50%", "pass=50% attempts=1")
    host = lms("scorm2004", build(write(tmp_path / "course", quiz, settings=settings), "scorm2004-4"))
    host.place = "opener"
    host.context.add_init_script(EVENTS)
    frame = ready(host.launch(), 1)
    form = frame.locator("form.question")
    frame.evaluate("scrollTo(0, document.body.scrollHeight)")
    frame.wait_for_timeout(1500)
    form.get_by_text(answer).click()
    form.get_by_role("button", name="Submit answer").click()
    expect(frame.locator(".quiz-result")).to_be_visible()
    assert host.page and host.lms_page
    with host.page.expect_event("close"):
        frame.get_by_role("button", name="Exit the course").click()
    heard = json.dumps(host.lms_page.evaluate("localStorage.getItem('heard')")).strip('"').split()
    assert heard[1:] == [
        *("course.opened", "quiz.started", "question.answered", "quiz.submitted", f"quiz.{result}"),
        *("page.completed", "course.completed", f"course.{result}", "course.exited"),
    ]
    host.wait_for_the_end()
    model = host.model()
    assert (model["cmi.completion_status"], model["cmi.success_status"]) == ("completed", result)


def test_there_is_no_exit_where_it_leads_nowhere(lms: Make, tmp_path: Path) -> None:
    host = lms("scorm12", build(write(tmp_path / "course", QUIZ)))
    frame = ready(host.launch(), 1)
    expect(frame.locator("#exit")).to_be_hidden()


FOREIGN = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  for (let node; (node = walk.nextNode());) {
    const {parentElement: host, data} = node
    if (!/[A-Za-z]{3}/.test(data) || host.closest('script,style,noscript,code')) continue
    const {lang} = host.closest('[lang]')
    if (lang !== 'en') found.push(`${lang} <${host.tagName}.${host.className}> ${data}`)
  }
  return found
}"""
ARABIC = """::: question {#kub attempts=1}
ماذا في الكوب؟

= شاي
:::

::: question {#lawn}
ما لون السماء؟

- [x] أزرق {#azraq}
- [ ] أخضر {#akhdar}
:::

::: reflection {#fikra min-words=3 max-length=40}
بماذا تفكر؟
:::
"""


def test_a_page_from_right_to_left_tells_the_players_words_from_its_own(lms: Make, tmp_path: Path) -> None:
    folder = write(tmp_path / "course", ARABIC, "فقرة.")
    settings = (folder / "course.yaml").read_text(encoding="utf-8")
    settings = settings.replace("en-GB", "ar").replace("title: Small", "title: كوب").replace("Small.", "كوب.")
    (folder / "course.yaml").write_text(settings, encoding="utf-8")
    for number, path in enumerate(sorted((folder / "steps").glob("*.md")), 1):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f"Step number {number}", f"خطوة {number}"), encoding="utf-8")
    host = lms("scorm12", build(folder))
    frame = ready(host.launch(), 2)
    assert host.page
    host.page.set_viewport_size({"width": 360, "height": 640})
    typed, choice = frame.locator("form.question").all()
    typed.get_by_role("button", name="Submit answer").click()
    expect(typed.locator(".message")).to_be_visible()
    typed.get_by_role("textbox").fill("قهوة")
    typed.get_by_role("button", name="Submit answer").click()
    expect(typed.locator(".solution [lang=ar]")).to_have_text("شاي")
    choice.get_by_text("أخضر").click()
    choice.get_by_role("button", name="Submit answer").click()
    expect(choice.locator("[data-mark=chosen-wrong]")).to_be_visible()
    words = frame.locator("form.reflection")
    words.get_by_role("textbox").fill("فكرة واحدة طويلة جدا عن الشاي")
    words.get_by_role("button", name="Submit").click()
    expect(words.locator(".room")).not_to_be_empty()
    frame.get_by_role("button", name="Next").click()
    back = frame.locator("#back")
    expect(back).to_be_visible()
    expect(frame.locator("#steps li[data-done]")).to_have_count(1)
    frame.evaluate("() => { window.print = () => {} }")
    frame.get_by_role("button", name="Print my answers").click()
    expect(frame.locator(".answers-sheet dd").first).to_be_attached()
    assert frame.evaluate("document.documentElement.dir") == "rtl"
    assert frame.evaluate(FOREIGN) == []
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    frame.evaluate("dispatchEvent(new Event('afterprint'))")
    box, place = back.bounding_box(), frame.locator("main").bounding_box()
    assert box and place
    assert box["x"] + box["width"] / 2 > place["x"] + place["width"] / 2


def test_the_web_package_runs_from_a_folder(context: BrowserContext, tmp_path: Path) -> None:
    folder = tmp_path / "unzipped"
    with zipfile.ZipFile(build(write(tmp_path / "course", QUIZ, SCALE), "web")) as package:
        package.extractall(folder)
    faults: list[str] = []
    for answer in ("A bit", "Very"):
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto((folder / "index.html").as_uri())
        frame = ready(page.main_frame, 2)
        expect(frame.locator("[data-notice=local]")).to_contain_text("stays in this browser")
        if answer == "A bit":
            frame.get_by_role("button", name="Next").click()
        else:
            expect(frame.locator("[data-notice=resumed]")).to_contain_text("Step number 2")
            expect(frame.get_by_role("radio", name="A bit")).to_be_checked()
        frame.get_by_text(answer, exact=True).click()
        page.close()
    page = context.new_page()
    page.goto((folder / "index.html").as_uri() + "#step-1")
    linked = ready(page.main_frame, 2)
    expect(linked.get_by_role("heading", name="Step number 1")).to_be_focused()
    expect(linked.locator("[data-notice=resumed]")).to_have_count(0)
    page.close()
    assert faults == []


WIDE = """::: key-point
| Where | {long}{long}{long}{long} | Why |
|---|---|---|
| Here | {long}{long}{long}{long} | Because |

: A long word
:::

| {heads} |
|{rule}
| {cells} |

: Twelve columns
"""


BEYOND = """() => [...document.querySelectorAll('main *')]
  .filter((element) => element.getClientRects().length && !element.matches('.vh, thead, thead *'))
  .filter((element) => element.getBoundingClientRect().right > innerWidth)
  .map((element) => element.outerHTML.slice(0, 120))"""


def test_a_table_too_wide_for_its_place_fits_and_long_words_break(
    context: BrowserContext, tmp_path: Path
) -> None:
    course, long = tmp_path / "course", "Donaudampfschifffahrt"
    numbers = range(1, 13)
    table = WIDE.format(
        long=long,
        heads=" | ".join(f"Column {n}" for n in numbers),
        rule="---|" * 12,
        cells=" | ".join(f"value of {n}" for n in numbers),
    )
    pairs = f"::: question {{#q}}\nMatch.\n\n- {long * 3} == left\n- right == {long * 3}\n:::\n"
    order = f"::: question {{#r type=order}}\nSort.\n\n1. {long * 3}\n2. short\n:::\n"
    write(course, table, pairs + "\n" + order)
    settings = (course / "course.yaml").read_text(encoding="utf-8")
    (course / "course.yaml").write_text(settings.replace("title: Small", f"title: {long * 4}"), "utf-8")
    with zipfile.ZipFile(build(course, "web")) as package:
        package.extractall(tmp_path / "site")
    page = context.new_page()
    page.goto((tmp_path / "site" / "index.html").as_uri())
    page.wait_for_selector("html[data-saving]")
    for width in (320, 800, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for step in (0, 1):
            page.locator("#steps a").nth(step).evaluate("(link) => link.click()")
            page.wait_for_function(
                "(width) => document.documentElement.scrollWidth <= width", arg=width, timeout=5000
            )
            assert page.evaluate(BEYOND) == []
    page.locator("#steps a").first.evaluate("(link) => link.click()")
    twelve = page.get_by_role("table", name="Twelve columns")
    expect(twelve).to_have_css("table-layout", "fixed")
    page.close()
