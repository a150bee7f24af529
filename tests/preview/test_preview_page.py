"""The page as its users meet it: write, see, mend; play the learner; read what the LMS has."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

Start = Callable[..., Any]
AXE = Path(__file__).parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"


def opened(page: Any, url: str) -> Any:
    """The course in its frame, once its first step stands there and the LMS has saved something."""
    page.goto(url)
    course = page.frame_locator("#course")
    course.locator("h1").first.wait_for()
    page.locator("#record dl").first.wait_for()
    return course


def save(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def scroll_top(page: Any) -> float:
    top: float = page.evaluate("document.getElementById('course').contentWindow.scrollY")
    return top


def test_a_saved_edit_appears_and_the_learner_keeps_step_answer_and_place(
    preview: Start, page: Any, course: Path
) -> None:
    play = opened(page, preview(course).url)
    play.locator("#next").click()
    play.get_by_text("The words to mend are here.").wait_for()
    play.get_by_text("Blue", exact=True).click()
    play.locator("form.question button[type=submit]").click()
    play.locator("form.question[data-result=correct]").wait_for()
    play.get_by_text("The words to mend are here.").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('course').contentWindow.scrollBy(0, 40)")
    before = scroll_top(page)
    assert before > 300

    save(course / "steps" / "020-second.md", "The words to mend are here.", "The words are mended.")
    play.get_by_text("The words are mended.").wait_for()

    assert play.locator("article.step:not([hidden]) h1").inner_text() == "The second step"
    play.locator("form.question[data-result=correct]").wait_for()
    page.wait_for_function(
        "top => Math.abs(document.getElementById('course').contentWindow.scrollY - top) < 120", arg=before
    )
    page.wait_for_timeout(1700)
    assert abs(scroll_top(page) - before) < 120
    assert "built again" in page.locator("#said").inner_text()
    assert not (course / "course.lock").exists()


def test_a_broken_course_shows_the_finding_over_the_last_good_build_until_it_is_mended(
    preview: Start, page: Any, course: Path
) -> None:
    play = opened(page, preview(course).url)
    settings = (course / "course.yaml").read_bytes()
    save(course / "steps" / "020-second.md", "- [x] Blue", "- [ ] Blue")
    finding = page.locator("#findings li.error")
    finding.wait_for()
    assert re.search(r"steps/020-second\.md:\d+", finding.locator(".where").inner_text())
    assert "before" in page.locator("#findings summary").inner_text()
    assert play.locator("h1").first.inner_text() == "The first step"
    assert page.locator("#built").inner_text().startswith("Not built")

    (course / "course.yaml").write_bytes(b"spec: [\xff")
    page.locator("#findings .where", has_text="course.yaml").first.wait_for()
    (course / "course.yaml").unlink()
    page.locator("#findings .what", has_text="course.yaml").first.wait_for()

    (course / "course.yaml").write_bytes(settings)
    save(course / "steps" / "020-second.md", "- [ ] Blue", "- [x] Blue")
    page.locator("#findings").wait_for(state="hidden")
    assert play.locator("h1").first.inner_text() == "The first step"


def test_a_course_that_is_broken_from_the_start_plays_once_it_is_mended(
    preview: Start, page: Any, course: Path
) -> None:
    settings = (course / "course.yaml").read_text("utf-8")
    (course / "course.yaml").write_text(settings.replace("title:", "titel:"), "utf-8")
    running = preview(course)
    page.goto(running.url)
    page.locator("#findings li.error").first.wait_for()
    (course / "course.yaml").write_text(settings, "utf-8")
    page.frame_locator("#course").locator("h1").first.wait_for()
    page.locator("#findings").wait_for(state="hidden")


def test_each_target_plays_with_its_own_record(preview: Start, page: Any, course: Path) -> None:
    play = opened(page, preview(course).url)
    page.locator("#calls > summary").click()
    page.locator("#calls li code", has_text="LMSInitialize").first.wait_for()
    assert page.evaluate("[typeof window.API, typeof window.API_1484_11]") == ["object", "undefined"]

    page.select_option("#target", "scorm2004-4")
    page.locator("#calls li code", has_text=re.compile(r"^Initialize")).first.wait_for()
    assert page.evaluate("[typeof window.API, typeof window.API_1484_11]") == ["undefined", "object"]
    page.locator("#record dd", has_text="incomplete, unknown").first.wait_for()

    page.select_option("#target", "scorm2004-3")
    page.locator("#said", has_text="Now plays as SCORM 2004 3rd Edition").wait_for()
    assert "not in targets" in page.locator("#target option:checked").inner_text()

    page.select_option("#target", "web")
    page.get_by_text("A web site has no LMS").wait_for()
    play.locator("#next").click()
    play.get_by_text("The words to mend are here.").wait_for()
    assert page.locator("#calls").is_hidden()


def test_what_the_learner_does_stands_in_the_record_of_both_profiles(
    preview: Start, page: Any, course: Path
) -> None:
    play = opened(page, preview(course).url)
    play.locator("#next").click()
    play.get_by_text("Blue", exact=True).click()
    play.locator("form.question button[type=submit]").click()
    profiles = page.locator("#record .profile")
    page.locator("#record dd", has_text="1 interaction").first.wait_for()
    assert profiles.count() == 2
    assert "Moodle 4.5 (measured on 4.5.11)" in page.locator("#record").inner_text()
    assert "4,096" in page.locator("#state").inner_text()
    assert "never need more than" in page.locator("#state").inner_text()


def test_leaving_a_new_attempt_a_killed_tab_and_a_forgotten_learner(
    preview: Start, page: Any, course: Path
) -> None:
    play = opened(page, preview(course).url)
    play.locator("#next").click()
    play.get_by_text("The words to mend are here.").wait_for()
    page.click("#relaunch")
    page.get_by_text("2 launches").wait_for()
    play.locator("article.step:not([hidden]) h1", has_text="The second step").wait_for()

    page.click("#again")
    page.get_by_text("Attempt 2, 1 launch").wait_for()
    play.locator("article.step:not([hidden]) h1", has_text="The first step").wait_for()

    page.click("#kill")
    page.get_by_text("Attempt 2, 2 launches").wait_for()

    page.click("#clear")
    page.get_by_text("Attempt 1, 1 launch").wait_for()
    play.locator("article.step:not([hidden]) h1", has_text="The first step").wait_for()


def test_a_broken_line_is_felt_by_the_learner_and_seen_in_the_calls(
    preview: Start, page: Any, course: Path
) -> None:
    play = opened(page, preview(course).url)
    page.locator("#calls > summary").click()
    page.select_option("#line", "fail")
    play.locator("#next").click()
    page.locator("#calls li.error", has_text="LMSCommit").first.wait_for()
    page.locator("#data .count", has_text="not saved").wait_for()
    play.locator("#unsaved:not([hidden])").wait_for()
    page.select_option("#line", "ok")
    play.locator("#unsaved").wait_for(state="hidden")


def test_learner_mode_and_language_reach_the_course(preview: Start, page: Any, course: Path) -> None:
    opened(page, preview(course).url)
    page.locator("#launching > summary").click()
    page.fill("#name", "Łukasz, Ōta")
    page.press("#name", "Enter")
    page.select_option("#mode", "review")
    page.locator("#data > summary").click()
    row = page.locator("#data tr", has_text="cmi.core.student_name")
    row.get_by_text("Łukasz, Ōta").wait_for()
    page.locator("#data tr", has_text="cmi.core.lesson_mode").get_by_text("review").wait_for()


def test_sizes_and_a_window_of_its_own(preview: Start, page: Any, course: Path) -> None:
    opened(page, preview(course).url)
    page.select_option("#size", "367x666")
    inner = "[course.contentWindow.innerWidth, course.contentWindow.innerHeight]"
    assert page.evaluate(inner) == [367, 666]
    with page.expect_popup() as popup:
        page.select_option("#place", "popup")
        page.click("#open")
    window = popup.value
    window.locator("h1").first.wait_for()
    assert page.locator("#course").is_hidden()
    save(course / "steps" / "010-first.md", "The opening words.", "Other words to begin with.")
    window.get_by_text("Other words to begin with.").wait_for()
    window.close()
    page.get_by_text("The window was closed.").wait_for()
    page.select_option("#place", "frame")
    page.frame_locator("#course").get_by_text("Other words to begin with.").wait_for()


def test_a_rebuild_takes_well_under_a_second(preview: Start, page: Any, course: Path) -> None:
    """From the save to the words on the page; the bound leaves room for a busy machine."""
    play = opened(page, preview(course).url)
    times = []
    for turn in range(3):
        begun = time.monotonic()
        save(
            course / "steps" / "010-first.md",
            "The opening words" + "!" * turn,
            "The opening words" + "!" * (turn + 1),
        )
        play.get_by_text("The opening words" + "!" * (turn + 1)).first.wait_for()
        times.append(time.monotonic() - begun)
    assert min(times) < 3, times


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 390])
def test_nothing_for_axe_to_find(preview: Start, page: Any, course: Path, scheme: str, width: int) -> None:
    save(course / "steps" / "010-first.md", "The opening words.", "The opening words. [Nowhere](#gone)")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(preview(course).url)
    page.locator("#findings li").first.wait_for()
    save(course / "steps" / "010-first.md", " [Nowhere](#gone)", "")
    page.frame_locator("#course").locator("h1").first.wait_for()
    for panel in ("calls", "data", "statements", "notes", "launching"):
        page.locator(f"#{panel} > summary").click()
    page.locator("#calls li").first.wait_for()
    save(course / "steps" / "020-second.md", "- [x] Blue", "- [ ] Blue")
    page.locator("#findings li.error").first.wait_for()
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate("axe.run(document, {iframes: false, resultTypes: ['violations', 'incomplete']})")
    told = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in result["violations"]]
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_cmi5_and_xapi_play_with_a_record_store(preview: Start, page: Any, course: Path) -> None:
    """Both are built when they are chosen; the session opens once, resumes, and ends with a lost login."""
    play = opened(page, preview(course).url)
    for target in ("cmi5", "xapi"):
        page.select_option("#target", target)
        if target == "cmi5":
            page.locator("#statements > summary").click()
            page.locator("#statements summary strong", has_text="initialized").wait_for()
            assert page.locator("#statements summary strong", has_text="launched").count() == 1
            page.locator("#record dd", has_text="open").wait_for()
        play.locator("article.step:not([hidden]) h1", has_text="The first step").wait_for()
        play.locator("#next").click()
        play.locator("article.step:not([hidden]) h1", has_text="The second step").wait_for()
        page.locator("#state p", has_text=re.compile(r"^[1-9]\d+ characters")).wait_for()
        play.locator("html[data-saving=saved]").wait_for()
        page.click("#relaunch")
        page.locator("#said", has_text="came back").wait_for()
        play.locator("article.step:not([hidden]) h1", has_text="The second step").wait_for()
    assert page.evaluate(RECORD) == [
        ["no", "unknown", "none", "not satisfied (moveOn Passed)", "open"],
        ["no", "passed", "scaled 0.9", "satisfied (moveOn Passed)", "terminated"],
    ]
    page.wrong[:] = [one for one in page.wrong if "404" not in one]


RECORD = """async () => {
    const { drawRecord } = await import('/assets/record.js')
    const said = (verb, id, scaled) => ({
        verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` }, object: { id }, result: { score: { scaled } }
    })
    const begun = [said('launched', 'au'), said('initialized', 'au')]
    const again = [...begun, said('terminated', 'au'), ...begun, said('failed', 'au/quiz', 0.1)]
    const passed = [said('passed', 'au', 0.9), said('passed', 'au/quiz', 0.3)]
    const done = [...again, ...passed, said('terminated', 'au')]
    const facts = { moveOn: 'Passed' }
    const drawn = (statements) => drawRecord({ name: 'cmi5' }, { statements, activity: 'au', facts })
    const cells = ([list]) => [...list.querySelectorAll('dd')].map((cell) => cell.textContent)
    return [again, done].map(drawn).map(cells)
}"""
"""A record of what a course said of itself, where its quiz said otherwise and there was a session before."""


def test_a_store_that_lies_and_one_that_refuses(preview: Start, page: Any, course: Path) -> None:
    """A course on a lying store believes that all is kept; what a broken one refuses is shown.

    To a bookmark that follows one it only said it had kept, the store answers 412.
    """
    play = opened(page, preview(course).url)
    page.select_option("#target", "cmi5")
    page.locator("#statements > summary").click()
    page.locator("#statements summary strong", has_text="initialized").wait_for()
    page.select_option("#line", "lie")
    play.locator("#next").click()
    play.get_by_text("Blue", exact=True).click()
    play.locator("form.question button[type=submit]").click()
    play.locator("html[data-saving=saved]").wait_for()
    page.click("#relaunch")
    page.select_option("#line", "ok")
    page.locator("#said", has_text="came back").wait_for()
    assert page.locator("#statements summary strong", has_text="completed").count() == 0
    page.select_option("#line", "fail")
    play.locator("#pager button:not([hidden])").first.click()
    page.locator("#statements .refused li", has_text="503").first.wait_for()
    page.wrong[:] = [one for one in page.wrong if not re.search("404|412|503", one)]


def test_a_slow_line_delays_files_and_saves(preview: Start, page: Any, course: Path) -> None:
    play = opened(page, preview(course).url)
    page.select_option("#line", "slow")
    begun = time.monotonic()
    page.click("#relaunch")
    page.get_by_text("2 launches").wait_for()
    page.locator("#calls > summary").click()
    page.locator("#calls li", has_text=re.compile(r"LMSCommit.*took 2\d{3} ms", re.DOTALL)).first.wait_for()
    assert time.monotonic() - begun > 4, "a page and a script of a second each, and a save of two"
    play.locator("#next").click()
    play.get_by_text("The words to mend are here.").wait_for()
