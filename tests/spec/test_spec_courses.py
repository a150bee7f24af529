"""The small real courses load without a word, and hold what their authors wrote."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from coursepack.spec import model
from coursepack.spec.load import load_course
from coursepack.spec.model import Course, each, plain, walk

ROOT = Path(__file__).parents[2]
COURSES = [
    "tests/courses/minimal",
    "tests/courses/every-block",
    "tests/courses/unicode",
    "tests/courses/rtl",
    "course_spec",
]


def course(path: str) -> Course:
    loaded = load_course(ROOT / path)
    assert loaded.findings == ()
    assert loaded.course
    return loaded.course


@pytest.mark.parametrize("path", COURSES)
def test_a_real_course_is_silent(path: str) -> None:
    assert course(path).steps


def test_words_of_neighbouring_parts_stay_apart() -> None:
    words = [(model.Text(word),) for word in ["one", "two", "three", "four", "five"]]
    table = model.Table(model.Row((model.Cell(words[0]),)), (model.Row((model.Cell(words[1]),)),), words[2])
    terms = model.DefinitionList((model.Definition((words[3], words[4]), ()),))
    figure = model.Figure(
        model.Image("media/a.svg", "six"), (model.Emphasis((model.Text("sev"),)), model.Text("en"))
    )
    assert plain((table, terms, figure)) == "one two three four five six seven"


def test_every_block_uses_every_block() -> None:
    steps = course("tests/courses/every-block").steps
    used = {type(node) for _, node in walk(steps)} | {type(block) for block in steps[0].blocks}
    used |= {type(inline) for _, paragraph in each(steps, model.Paragraph) for inline in paragraph.children}
    for union in (model.Block, model.Inline, model.Answer):
        for kind in get_args(union):
            assert kind in used, f"the course every-block has no {kind.__name__}"


@pytest.mark.parametrize("path", COURSES)
def test_every_route_that_has_a_span_leads_to_a_value(path: str) -> None:
    loaded = load_course(ROOT / path)
    for route, span in loaded.sources.spans.items():
        assert span.file in loaded.sources.texts
        lines = loaded.sources.texts[span.file].split("\n")
        assert 1 <= span.line <= len(lines), (route, span)
        line = lines[span.line - 1]
        assert span.column - 1 + span.width <= max(1, len(line)), (route, span, line)


@pytest.mark.parametrize("path", COURSES)
def test_every_block_question_and_option_has_a_span_of_its_own(path: str) -> None:
    loaded = load_course(ROOT / path)
    kinds = (
        *get_args(model.Block),
        model.Option,
        model.Pair,
        model.OrderItem,
        model.ClozeGap,
        model.Link,
        model.Image,
    )
    for route, node in walk(loaded.course):
        if isinstance(node, kinds) and not isinstance(node, model.Image):
            assert route in loaded.sources.spans, (route, node)


def test_words_of_a_cell_a_note_and_an_option_are_found_by_their_routes() -> None:
    loaded = load_course(ROOT / "tests/courses/every-block")
    assert loaded.course
    shown = {}
    for kind in (model.Cell, model.Option, model.FootnoteReference, model.Link):
        for route, node in each(loaded.course.steps, kind, ("steps",)):
            span = loaded.sources.span(route)
            assert span
            line = loaded.sources.line(span)
            words = plain(node.label) if isinstance(node, model.Option) else plain(node)
            shown[words or kind.__name__] = line[span.column - 1 : span.column - 1 + span.width]
    assert shown["As hot as you like"] == "As hot as you like"
    assert shown["75 °C"] == "75 °C"
    assert shown["Black tea"] in ("Black tea", "- [x] Black tea", "Black tea,45")
    assert shown["the next step"] == "[the next step](020-practice.md#practice)"
    assert shown["The cup"] == "- [ ] The cup {#the-cup}"


def test_a_version_keeps_its_characters() -> None:
    assert course("tests/courses/every-block").settings.version == "1.10"


def test_yaml_words_stay_words() -> None:
    assert course("tests/courses/unicode").settings.keywords == ("Tee", "чай", "茶", "no", "on")


def test_step_ids_come_from_file_names() -> None:
    assert [step.id for step in course("tests/courses/rtl").steps] == ["tea", "check"]


def test_files_are_those_that_the_course_links_to() -> None:
    assert sorted(course("tests/courses/every-block").files) == [
        "media/cup.svg",
        "media/line.svg",
        "tables/caffeine.csv",
    ]
    (only,) = course("tests/courses/unicode").files.values()
    assert only.path == "media/çay & “thé” 100% #1 🫖.svg"
    assert only.file.read_bytes()[:4] == b"<svg" and only.size == only.file.stat().st_size


def test_a_bank_becomes_the_same_questions_as_a_step() -> None:
    (bank,) = course("tests/courses/every-block").banks
    assert bank.name == "kettle"
    kinds = [type(question.answer).__name__ for question in bank.questions]
    assert kinds == ["Choice", "Choice", "TrueFalse", "FillIn", "Numeric", "Cloze", "Matching", "Order"]
    first, savers = bank.questions[:2]
    assert isinstance(first.answer, model.Choice) and isinstance(savers.answer, model.Choice)
    assert plain(first.stem) == "Why fresh water?"
    assert [(plain(option.label), option.correct, option.id) for option in first.answer.options] == [
        ("It holds more air", True, "air"),
        ("It is colder", False, ""),
        ("It boils sooner", False, ""),
    ]
    assert (savers.answer.multiple, savers.answer.partial) == (True, True)
    assert plain(first.feedback.always) == "Fill the kettle anew each time."
