"""Questions as written become the data that scoring and reporting read."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack.answers import (
    decimal_sign,
    identifiers,
    one_line,
    to_decimal,
    to_number,
    to_question_data,
    to_reflection_data,
    utf16,
)
from coursepack.launch import QuestionData
from coursepack.lock import Register, assign
from coursepack.policy import to_pass_rule, to_quiz_configs, to_rules
from coursepack.spec.load import load_course
from coursepack.spec.outline import outline
from small_courses import load_small, quiz, step

EVERY_BLOCK = Path(__file__).parent / "courses" / "every-block"


def data_of(folder: Path, block: str, language: str = "en") -> QuestionData:
    course = load_small(folder, "", step("one", block)).course
    assert course is not None
    register = assign(course, Register())
    (slot,) = outline(course).slots
    return to_question_data(slot, 7, register.parts(slot.id), 0, language=language)


def test_a_matching_question(tmp_path: Path) -> None:
    pairs = "- Red == stop\n- Amber == wait\n- Flashing == stop\n"
    block = f"::: question {{#lights scoring=partial}}\nMatch.\n\n{pairs}:::\n"
    assert data_of(tmp_path, block) == {
        "n": 7,
        "id": "lights",
        "type": "matching",
        "text": "Match.",
        "points": 1,
        "attempts": 0,
        "shuffle": False,
        "quiz": 0,
        "max": 40,
        "scored": False,
        "pairs": [
            {"n": 1, "id": "o1", "left": "Red", "right": "stop", "to": 1},
            {"n": 2, "id": "o2", "left": "Amber", "right": "wait", "to": 2},
            {"n": 3, "id": "o3", "left": "Flashing", "right": "stop", "to": 1},
        ],
        "partial": True,
    }


def test_a_numeric_question_in_german(tmp_path: Path) -> None:
    data = data_of(
        tmp_path, "::: question {#n attempts=2}\nHow *much*\nis it?\n\n= 42 +- 0.5\n:::\n", "de-AT"
    )
    assert (data["ranges"], data["decimal"]) == ([["41.5", "42.5"]], ",")
    assert (data["text"], data["attempts"]) == ("How much is it?", 2)


def test_every_type_has_its_data() -> None:
    course = load_course(EVERY_BLOCK).course
    assert course is not None
    register = assign(course, Register())
    found: dict[str, set[str]] = {}
    for slot in outline(course).slots:
        quiz_n = register.n("quiz", slot.quiz.id) if slot.quiz else 0
        n = register.n("question", slot.id)
        data = to_question_data(slot, n, register.parts(slot.id), quiz_n, language="en")
        found.setdefault(data["type"], set()).update(data)
        assert data["scored"] == (slot.quiz is not None and slot.question.scored)
    wanted = {
        "choice": {"options"},
        "multiple": {"options", "partial"},
        "true-false": {"truth"},
        "fill-in": {"accept", "case"},
        "cloze": {"gaps", "case", "partial"},
        "numeric": {"ranges", "decimal"},
        "matching": {"pairs", "partial"},
        "order": {"items"},
        "likert": {"options"},
    }
    assert set(found) == set(wanted)
    assert all(keys <= found[kind] for kind, keys in wanted.items())


def test_a_reflection(tmp_path: Path) -> None:
    block = "::: reflection {#why min-words=3 max-length=90 private}\nA story.\n\nWhy?\n:::\n"
    course = load_small(tmp_path, "", step("one", block)).course
    assert course is not None
    ((_, reflection, _),) = outline(course).reflections
    assert to_reflection_data(reflection, 5) == {
        "n": 5,
        "id": "why",
        "text": "A story. Why?",
        "minWords": 3,
        "max": 90,
        "private": True,
        "keep": "lms",
    }


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["", "", ""], ["o1", "o2", "o3"]),
        (["call-in", "", "x"], ["call_in", "o2", "x"]),
        (["a-b", "a_b", "c"], ["o1", "o2", "c"]),
        (["o2", "", ""], ["o1", "o2", "o3"]),
        (["o1", "", ""], ["o1", "o2", "o3"]),
        (["a-b", "o1", "a_b"], ["o1", "o2", "o3"]),
        (["---", "ja", "nein"], ["o1", "ja", "nein"]),
        (["x" * 70, "", ""], ["x" * 60, "o2", "o3"]),
    ],
)
def test_identifiers(ids: list[str], expected: list[str]) -> None:
    assert identifiers(ids, [1, 2, 3]) == expected


@given(st.lists(st.text("ao12_-é", max_size=4), max_size=8))
def test_identifiers_are_portable_and_unique(ids: list[str]) -> None:
    found = identifiers(ids, range(1, len(ids) + 1))
    assert len(set(found)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9_]{1,60}", one) for one in found)


@given(st.text(max_size=400))
def test_one_line_is_one_short_line(text: str) -> None:
    line = one_line(text)
    assert utf16(line) <= 250
    assert line == " ".join(line.split())
    whole = " ".join(text.split())
    assert line == whole or (utf16(whole) > 250 and line.endswith("…"))


def test_a_long_text_is_cut_at_a_word() -> None:
    assert one_line("one two three", 8) == "one two…"
    assert one_line("one two, three", 9) == "one two…"
    assert one_line("one two", 7) == "one two"
    assert one_line("abcdefgh", 5) == "abcd…"
    assert one_line("😀😀😀", 4) == "😀…"


def test_decimals() -> None:
    assert [to_decimal(Decimal(one)) for one in ("-0", "1E+3", "0.50", "-1.20", "1E-7")] == [
        *("0", "1000", "0.5", "-1.2", "0.0000001")
    ]
    assert repr(to_number(Decimal("2.0"))) == "2"
    assert to_number(Decimal("0.1")) == 0.1


@pytest.mark.parametrize(
    ("language", "sign"),
    [
        ("en-GB", "."),
        ("de", ","),
        ("de-CH", "."),
        ("pt-BR", ","),
        ("es-MX", "."),
        ("es-AR", ","),
        ("ja", "."),
    ],
)
def test_decimal_signs(language: str, sign: str) -> None:
    assert decimal_sign(language) == sign


def test_rules_of_a_course_in_numbers(tmp_path: Path) -> None:
    settings = "pass: {score: 66.665%, quizzes: [b]}\ncompletion: {steps: 34%}\n"
    ask = "::: question {#%s points=%s}\nTrue?\n\n:::\n"
    first = quiz("a", ask.replace("{#%s points=%s}", "{#qa answer=true points=0}"), attributes="pass=50%")
    other = quiz("b", ask.replace("{#%s points=%s}", "{#qb answer=true points=2.5}"), attributes="attempts=3")
    steps = [step("one", first), step("two", other), step("three"), step("more", front="required: false\n")]
    course = load_small(tmp_path, settings, *steps).course
    assert course is not None
    register = assign(course, Register())
    a, b = to_quiz_configs(course, register)
    assert (a["passScore"], a["counted"], a["attempts"], a["points"]) == (5000, False, 0, [0])
    assert (b["passScore"], b["counted"], b["attempts"], b["points"]) == (6667, True, 3, [2.5])
    assert to_pass_rule(course, register) == {"score": 6667, "quizzes": [b["n"]]}
    rules = to_rules(course, register)
    assert rules.completion["atLeast"] == 2
    assert rules.completion["steps"] == [register.n("step", one) for one in ("one", "two", "three")]
    assert [one.required for one in rules.steps] == [True, True, True, False]
