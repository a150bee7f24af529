"""The learner's page in a real browser, built from a course folder and run in front of scorm-again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Locator, expect

from coursepack import lock, site, state
from coursepack.lock import Register
from coursepack.spec.load import load_course
from lms import Lms

pytestmark = pytest.mark.browser
Make = Callable[..., Lms]
COURSE = Path(__file__).parent.parent / "courses" / "answers"
DRIVERS = {"scorm12": "scorm12", "scorm2004-4": "scorm2004", "web": "web"}


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course as a folder per target."""
    folder = tmp_path_factory.mktemp("answers")
    loaded = load_course(COURSE)
    assert loaded.course and not loaded.findings
    register, layout = state.settle(loaded.course, lock.assign(loaded.course, Register()))
    page = site.render(loaded.course, register, state.to_json(layout), state.older_json(register))
    for target, driver in DRIVERS.items():
        for part in site.to_parts(page, target, driver):
            path = folder / target / part.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(part.data)
    return folder


@pytest.fixture
def learn(lms: Make, packages: Path) -> Callable[..., tuple[Lms, Frame]]:
    def begin(target: str = "scorm12", **options: object) -> tuple[Lms, Frame]:
        host = lms("scorm2004" if "2004" in target else "scorm12", packages / target, **options)
        return host, ready(host.launch())

    return begin


def ready(frame: Frame) -> Frame:
    expect(frame.locator("#print-course")).to_be_visible()
    expect(frame.locator("main article")).to_have_count(3)
    return frame


def question(frame: Frame, words: str) -> Locator:
    return frame.locator("form.question:visible").filter(has=frame.get_by_text(words))


def choose(form: Locator, label: str) -> None:
    form.locator("label", has_text=label).click()


def submit(form: Locator) -> None:
    form.locator("[type=submit]").click()


def go(frame: Frame, title: str) -> None:
    frame.locator("#steps a", has_text=title).click()
    expect(frame.get_by_role("heading", level=1, name=title)).to_be_focused()


def saved(frame: Frame) -> None:
    expect(frame.locator("html[data-saving=saved]")).to_be_attached()


def test_each_type_by_keyboard_alone(learn: Callable[..., tuple[Lms, Frame]]) -> None:
    host, frame = learn()
    assert host.page
    press = host.page.keyboard.press

    def at(form: Locator, *keys: str) -> None:
        form.locator("fieldset :is(input,select,button)").first.focus()
        for key in keys:
            press(key) if len(key) > 1 else host.page.keyboard.type(key)  # type: ignore[union-attr]

    at(question(frame, "Which of these are even?"), "Space", "Tab", "Tab", "Space", "Tab", "Enter")
    at(question(frame, "The sky is blue."), "Space", "Tab", "Enter")
    at(question(frame, "capital of France"), *"paris", "Enter")
    at(question(frame, "half of seven"), *"3,5", "Enter")
    at(question(frame, "sat on the"), *"Cat", "Tab", *"rug", "Enter")
    at(question(frame, "Match the words."), "u", "Tab", "d", "Tab", "t", "Tab", "Enter")
    at(question(frame, "How sure"), "ArrowDown", "Tab", "Enter")
    reply = question(frame, "Which reply")
    reply.get_by_role("radio", name="What did you mean").focus()
    for key in ("Space", "Tab", "Enter"):
        press(key)
    expect(reply.locator(".verdict")).to_be_focused()
    row = question(frame, "Put these in order.")
    for n, name in enumerate(("first", "second", "third")):
        up = row.get_by_role("button", name=f"Move up: {name}")
        up.focus()
        while row.locator("li .label").nth(n).inner_text() != name:
            press("Enter")
            expect(up).to_be_focused()
    row.locator("[type=submit]").focus()
    press("Enter")
    forms = frame.locator("article:visible form.question")
    results = [form.get_attribute("data-result") for form in forms.all()]
    assert results == ["correct"] * 8 + ["neutral"]
    saved(frame)
    host.close()
    model = host.model()
    entries = {model[f"cmi.interactions.{n}.id"]: model[f"cmi.interactions.{n}.result"] for n in range(9)}
    assert entries == dict.fromkeys(
        ["even", "sky", "capital", "half", "cat", "italian", "row", "reply"], "correct"
    ) | {"sure": "neutral"}


def test_an_empty_or_malformed_answer_is_told_where_it_is_missing(
    learn: Callable[..., tuple[Lms, Frame]],
) -> None:
    _, frame = learn()
    for words, said in [
        ("Which reply", "Choose an answer first."),
        ("Which of these are even?", "Choose at least one answer first."),
        ("capital of France", "Type an answer first."),
        ("sat on the", "2 gaps are still empty."),
        ("Match the words.", "3 lines have no answer yet."),
    ]:
        form = question(frame, words)
        submit(form)
        expect(form.locator(".message")).to_have_text(said)
        first = form.locator("fieldset :is(input,select)").first
        expect(first).to_be_focused()
        expect(first).to_have_accessible_description(said)
        assert form.get_attribute("data-result") is None
    question(frame, "capital of France").get_by_role("textbox").press("Enter")
    expect(frame.locator("body > [aria-live]")).to_contain_text("Type an answer first.")
    number = question(frame, "half of seven")
    number.get_by_role("textbox").fill("a few")
    submit(number)
    expect(number.locator(".message")).to_contain_text("not a number")
    expect(number.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    number.get_by_role("textbox").fill("4")
    expect(number.locator(".message")).to_be_hidden()
    expect(number.get_by_role("textbox")).not_to_have_attribute("aria-invalid", "true")


def test_a_retry_keeps_what_was_right_and_attempts_end(learn: Callable[..., tuple[Lms, Frame]]) -> None:
    _, frame = learn()
    even = question(frame, "Which of these are even?")
    choose(even, "Two")
    choose(even, "Three")
    submit(even)
    expect(even.locator(".verdict")).to_contain_text("Not right yet.")
    expect(even.get_by_role("button", name="Try again")).to_be_focused()
    even.get_by_role("button", name="Try again").click()
    expect(even.get_by_role("checkbox", name="Two")).to_be_checked()
    expect(even.get_by_role("checkbox", name="Three")).not_to_be_checked()
    expect(even.get_by_role("checkbox", name="Three")).to_be_focused()
    words = question(frame, "sat on the")
    words.get_by_role("textbox").nth(0).fill("CAT ")
    words.get_by_role("textbox").nth(1).fill("sofa")
    submit(words)
    words.get_by_role("button", name="Try again").click()
    expect(words.get_by_role("textbox").nth(0)).to_have_value("CAT ")
    expect(words.get_by_role("textbox").nth(1)).to_be_focused()
    capital = question(frame, "capital of France")
    expect(capital.locator(".attempts")).to_have_text("2 attempts left")
    capital.get_by_role("textbox").fill("Rome")
    submit(capital)
    expect(capital.locator(".solution")).to_have_count(0)
    capital.get_by_role("button", name="Try again").click()
    expect(capital.locator(".attempts")).to_have_text("1 attempt left")
    submit(capital)
    expect(capital.locator(".solution")).to_have_text("The right answer: Paris")
    expect(capital.get_by_role("button", name="Try again")).to_be_hidden()
    expect(capital.get_by_role("textbox")).to_have_attribute("readonly", "")


def test_submitted_answers_stay_readable_and_fixed(learn: Callable[..., tuple[Lms, Frame]]) -> None:
    host, frame = learn()
    reply = question(frame, "Which reply")
    choose(reply, "Nothing at all.")
    submit(reply)
    expect(reply.locator("[data-option='3'] .result-mark")).to_contain_text("your answer, not right")
    expect(reply.locator(".feedback:visible")).to_have_text(["Read it once more.", "Both have their place."])
    expect(reply.locator(".option-feedback:visible")).to_have_count(0)
    wrong = reply.get_by_role("radio", name="Nothing at all.")
    reply.locator("label", has_text="What did you").click(force=True)
    expect(wrong).to_be_checked()
    wrong.focus()
    assert host.page
    host.page.keyboard.press("ArrowDown")
    expect(wrong).to_be_checked()
    assert wrong.is_visible() and wrong.evaluate("input => !input.disabled")


def test_fail_then_pass_a_quiz_and_come_back(learn: Callable[..., tuple[Lms, Frame]]) -> None:
    host, frame = learn("scorm2004-4")
    go(frame, "Check")
    for words in ("First?", "Second?"):
        choose(question(frame, words), "no")
        submit(question(frame, words))
    result = frame.locator(".quiz-result:visible")
    expect(result.get_by_role("heading")).to_have_text("Not passed yet")
    expect(result).to_contain_text("0 of 2, 0 %. The pass mark is 80 %: 2 of 2.")
    saved(frame)
    order = frame.locator(
        "#z" + (frame.locator("section.quiz:visible").get_attribute("data-quiz") or "")
    ).locator("form")
    before = [form.get_attribute("id") for form in order.all()]
    host.close()
    assert host.model().get("cmi.success_status", "unknown") == "unknown"
    frame = ready(host.launch())
    expect(frame.locator("[data-notice=resumed]")).to_contain_text("Check")
    result = frame.locator(".quiz-result:visible")
    expect(result.get_by_role("heading")).to_have_text("Not passed yet")
    assert [form.get_attribute("id") for form in frame.locator("section.quiz:visible form").all()] == before
    result.get_by_role("button", name="Try again").click()
    expect(frame.locator(".quiz-attempt:visible")).to_have_text("Attempt 2 of 2")
    for words in ("First?", "Second?"):
        choose(question(frame, words), "yes")
        submit(question(frame, words))
    expect(frame.locator(".quiz-result:visible").get_by_role("heading")).to_have_text("You have passed")
    expect(frame.locator(".quiz-result:visible").get_by_role("button")).to_have_count(0)
    saved(frame)
    host.close()
    assert (host.model()["cmi.success_status"], host.model()["cmi.score.scaled"]) == ("passed", "1")


def test_questions_at_the_end_and_drawn_ones(learn: Callable[..., tuple[Lms, Frame]]) -> None:
    _, frame = learn()
    go(frame, "Words")
    later, drawn = frame.locator("section.quiz:visible").all()
    later.get_by_role("button", name="Submit all answers").click()
    expect(later.locator(".message:visible")).to_have_text(
        ["Choose an answer first.", "Type an answer first."]
    )
    choose(later, "yes")
    later.get_by_role("textbox").fill("5")
    expect(later.locator("form[data-result]")).to_have_count(0)
    later.get_by_role("button", name="Submit all answers").click()
    expect(later.locator(".quiz-result")).to_be_focused()
    expect(later.locator(".solution")).to_have_text("The right answer: 4")
    later.get_by_role("button", name="Try the missed questions again").click()
    expect(later.get_by_role("textbox")).to_be_focused()
    expect(later.get_by_role("radio", name="yes")).to_be_checked()
    expect(drawn.locator("form:visible")).to_have_count(2)
    for form in drawn.locator("form:visible").all():
        choose(form, "no")
    drawn.get_by_role("button", name="Submit all answers").click()
    expect(drawn.locator(".verdict:visible")).to_have_text(["Your answer is recorded."] * 2)
    expect(drawn.locator("[data-mark], .feedback:visible, .solution")).to_have_count(0)


def test_words_are_kept_as_they_are_written(
    learn: Callable[..., tuple[Lms, Frame]], browser: Browser
) -> None:
    host, frame = learn()
    go(frame, "Words")
    acted, secret = frame.locator("form.reflection:visible").all()
    submit(acted)
    expect(acted.locator(".message")).to_have_text("Write something first.")
    acted.get_by_role("textbox").fill("one two")
    submit(acted)
    expect(acted.locator(".message")).to_have_text("Write one more word, then submit.")
    secret.get_by_role("textbox").fill("for nobody else")
    secret.get_by_role("textbox").blur()
    acted.get_by_role("textbox").fill("one two three four five six seven eight nine")
    expect(acted.locator(".room")).to_have_text("Room for 16 more characters")
    acted.get_by_role("textbox").blur()
    saved(frame)
    host.kill()
    assert "nobody" not in str(host.model())
    frame = ready(host.launch())
    acted, secret = frame.locator("form.reflection:visible").all()
    expect(acted.get_by_role("textbox")).to_have_value("one two three four five six seven eight nine")
    expect(secret.get_by_role("textbox")).to_have_value("for nobody else")
    submit(acted)
    expect(acted.locator(".verdict")).to_have_text("Submitted. You can still change it.")
    expect(frame.locator("#todo")).not_to_contain_text("the reflection in step 3; the reflection")


def test_a_review_records_nothing_and_shows_all(learn: Callable[..., tuple[Lms, Frame]]) -> None:
    host, frame = learn()
    sky = question(frame, "The sky is blue.")
    choose(sky, "True")
    submit(sky)
    saved(frame)
    host.close()
    before = host.model()
    host.mode = "review"
    frame = ready(host.launch())
    expect(frame.locator("[data-notice=review]")).to_contain_text("nothing new is recorded")
    expect(question(frame, "The sky is blue.").locator(".verdict")).to_contain_text("Right.")
    expect(frame.locator("main").get_by_role("button", name="Submit")).to_have_count(0)
    go(frame, "Words")
    host.close()
    assert host.model() == before


def test_moving_leaves_no_trace_in_the_history(learn: Callable[..., tuple[Lms, Frame]]) -> None:
    _, frame = learn()
    before = frame.evaluate("history.length")
    frame.get_by_role("button", name="Next").click()
    expect(frame.get_by_role("heading", level=1, name="Check")).to_be_focused()
    assert frame.evaluate("document.title") == "Check — Every kind of answer"
    expect(frame.locator("#back .where")).to_have_text("Practice")
    go(frame, "Words")
    frame.get_by_role("link", name="Back to the practice").click()
    expect(frame.get_by_role("heading", level=1, name="Practice")).to_be_focused()
    assert frame.evaluate("[history.length, scrollY, location.hash]") == [before, 0, ""]
