"""The saved state at its worst, a very long course, and fingers: real packages at the edges."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, expect

from coursepack import lock, state
from coursepack.spec.load import load_course
from courses import build, write
from lms import Lms

pytestmark = pytest.mark.browser
Make = Callable[..., Lms]

WORST = """
::: question {#first max-length=9}
First?

= a
:::

::: question {#second}
A [[a]] and a [[b]].
:::

::: question {#third type=multiple}
Third?

- [x] Yes
- [ ] No
:::

::: reflection {#words max-length=70}
Write.
:::
"""
EMOJI = "\U0001f9ed"
"""Two UTF-16 units, so that nothing can be longer."""


def ready(frame: Frame) -> Frame:
    expect(frame.locator("#print-course")).to_be_visible()
    return frame


def bound_of(folder: Path) -> int:
    course = load_course(folder).course
    text = lock.load_lock(folder)
    assert course and text
    register, _ = lock.parse_lock(text)
    return state.bound(state.layout(course, register)).characters


@pytest.mark.parametrize("target", ["scorm12", "scorm2004-4"])
def test_the_bound_is_reached_and_never_exceeded(lms: Make, tmp_path: Path, target: str) -> None:
    folder = write(tmp_path / "worst", WORST)
    host = lms("scorm12" if target == "scorm12" else "scorm2004", build(folder, target))
    bound = bound_of(folder)
    frame = ready(host.launch())
    box = frame.locator("textarea")
    box.fill(EMOJI * 35)
    frame.locator("form.reflection [type=submit]").click()
    third = frame.locator("form.question").nth(2)
    for label in third.locator("label").all():
        label.click()
    third.locator("[type=submit]").click()
    for place, room in ((1, 20), (0, 4)):
        form = frame.locator("form.question").nth(place)
        for gap in form.locator("input").all():
            gap.fill(EMOJI * room + ("漢" if room == 4 else ""))
        form.locator("[type=submit]").click()
    expect(frame.locator("html[data-saving=saved]")).to_be_attached()
    host.close()
    sizes = [len(value) for name, value in host.sets() if name == "cmi.suspend_data"]
    assert max(sizes) == bound


def long_course(folder: Path, steps: int, questions: int) -> Path:
    """A course whose right answer is always the second option."""
    bodies = [
        "".join(
            f"::: question {{#q-{step}-{n}}}\nStep {step}, question {n}?\n\n"
            "- [ ] No\n- [x] Yes\n- [ ] Never\n:::\n\n"
            for n in range(questions)
        )
        for step in range(steps)
    ]
    return write(folder, *bodies)


ANSWER_ALL = """async () => {
  for (const form of document.querySelectorAll('article:not([hidden]) form.question')) {
    form.querySelectorAll('input')[1].click()
    form.requestSubmit(form.querySelector('[type=submit]'))
    await new Promise((resolve) => setTimeout(resolve))
  }
}"""


def test_a_thousand_questions_survive_a_killed_browser(lms: Make, tmp_path: Path) -> None:
    folder = long_course(tmp_path / "long", 10, 100)
    host = lms("scorm2004", build(folder, "scorm2004-4"))
    frame = ready(host.launch())
    for step in range(1, 11):
        expect(frame.get_by_role("heading", level=1, name=f"Step number {step}", exact=True)).to_be_visible()
        frame.evaluate(ANSWER_ALL)
        if step < 10:
            frame.locator("#next").click()
    expect(frame.locator("html[data-saving=saved]")).to_be_attached()
    host.kill()
    frame = ready(host.launch())
    expect(frame.locator("main article")).to_have_count(10, timeout=20_000)
    right = "input:checked[value='2']"
    expect(frame.locator(f"form.question[data-result=correct] {right}")).to_have_count(1000)
    ids = {value for name, value in host.sets() if name.endswith(".id") and ".interactions." in name}
    assert len(ids) == 250


@pytest.mark.parametrize("hand", ["tap", "click"])
def test_every_type_by_finger_and_by_mouse(browser: Browser, tmp_path: Path, hand: str) -> None:
    """All nine types without a key but for what is typed."""
    package = build(write(tmp_path / "touch", TOUCH))
    touch = hand == "tap"
    context = browser.new_context(has_touch=touch, is_mobile=touch, viewport={"width": 390, "height": 844})
    context.set_default_timeout(10_000)
    host = Lms(context, "scorm12", package)
    try:
        frame = ready(host.launch())
        forms = frame.locator("form.question")

        def press(place: int, *words: str) -> None:
            for word in words:
                label = forms.nth(place).locator("label").filter(has_text=re.compile(rf"^\s*{word}\s*$"))
                getattr(label, hand)()
            getattr(forms.nth(place).locator("[type=submit]"), hand)()

        def write_in(place: int, *words: str) -> None:
            assert host.page
            for field, word in zip(forms.nth(place).locator("input").all(), words, strict=True):
                getattr(field, hand)()
                host.page.keyboard.type(word)
            press(place)

        press(0, "Right", "Also right")
        press(1, "True")
        forms.nth(2).locator("select").nth(0).select_option(label="uno")
        forms.nth(2).locator("select").nth(1).select_option(label="due")
        press(2)
        row = forms.nth(3)
        while row.locator("li .label").first.inner_text() != "one":
            up = row.locator("li", has=frame.get_by_text("one", exact=True)).locator("[data-move=up]")
            getattr(up, hand)()
        press(3)
        write_in(4, "blue")
        press(5, "This one")
        write_in(6, "cat", "mat")
        write_in(7, "3.5")
        press(8, "Sure")
        for place in range(8):
            expect(forms.nth(place)).to_have_attribute("data-result", "correct")
        expect(forms.nth(8)).to_have_attribute("data-result", "neutral")
        expect(frame.locator("html[data-saving=saved]")).to_be_attached()
        host.close()
        assert host.errors() == []
        results = [value for name, value in host.model().items() if name.endswith(".result")]
        assert sorted(results) == ["correct"] * 8 + ["neutral"]
    finally:
        host.stop()
        context.close()


TOUCH = """
::: question {#both}
Which are right?

- [x] Right
- [x] Also right
- [ ] Wrong
:::

::: question {#sky answer=true}
The sky is up.
:::

::: question {#pairs}
Match.

- one == uno
- two == due
:::

::: question {#row type=order}
Put in order.

1. one
2. two
:::

::: question {#colour}
Which colour?

= blue
:::

::: question {#one}
Which one?

- [x] This one
- [ ] That one
:::

::: question {#sentence}
The [[cat]] sat on the [[mat]].
:::

::: question {#half}
Half of seven?

= 3.5
:::

::: question {#how-sure type=likert}
How sure are you?

- Unsure
- Sure
:::
"""
