"""Questions, quizzes, reflections and banks: the shape gives the type, and what fits no shape is named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from authoring import blocks, diagnostics, load, question, said
from hypothesis import given
from hypothesis import strategies as st

from coursepack.spec.answers import number_range
from coursepack.spec.model import (
    Answer,
    Choice,
    Cloze,
    ClozeGap,
    Code,
    Draw,
    FillIn,
    Inline,
    Likert,
    Matching,
    NumberRange,
    Numeric,
    Option,
    Order,
    OrderItem,
    Pair,
    Question,
    Quiz,
    Reflection,
    Text,
    TrueFalse,
    each,
    plain,
)


def t(words: str) -> tuple[Text]:
    return (Text(words),)


def r(low: str, high: str) -> NumberRange:
    return NumberRange(Decimal(low), Decimal(high))


SHAPES: list[tuple[str, str, Answer]] = [
    ("", "Q\n\n- [ ] a\n- [x] b {#bb}", Choice((Option(t("a")), Option(t("b"), True, "bb")))),
    ("", "Q\n- [X] a\n- [x] b", Choice((Option(t("a"), True), Option(t("b"), True)), multiple=True)),
    ("", "Q\n\n1. [ ] a\n2. [x] b", Choice((Option(t("a")), Option(t("b"), True)))),
    (
        "type=multiple scoring=partial",
        "Q\n- [x] a\n- [ ] b",
        Choice((Option(t("a"), True), Option(t("b"))), True, True),
    ),
    ("", "Q\n\n- [ ] a == 1\n- [x] b == 2", Choice((Option(t("a == 1")), Option(t("b == 2"), True)))),
    ("answer=true", "Q", TrueFalse(True)),
    ("answer=false", "Q\n\n- a list\n- in the stem", TrueFalse(False)),
    ("", "Q\n\n= Paris\n= paname", FillIn(("Paris", "paname"))),
    ("case", "Q\n=Paris", FillIn(("Paris",), case=True)),
    ("", "Q\n\n= Paris\n\n= 42", FillIn(("Paris", "42"))),
    ("type=fill-in", "Q\n\n= 1945", FillIn(("1945",))),
    ("", "A [[b | c d]]{#g} and [[e\\|f]].", Cloze((ClozeGap(("b", "c d"), "g"), ClozeGap(("e|f",))))),
    ("scoring=partial case", "- [[a]] in a list", Cloze((ClozeGap(("a",)),), True, True)),
    ("", "Q\n= 42", Numeric((r("42", "42"),))),
    (
        "",
        "Q\n= 42 +- 0.5\n= 40..45\n= −3 ± .5",
        Numeric((r("41.5", "42.5"), r("40", "45"), r("-3.5", "-2.5"))),
    ),
    (
        "",
        "Q\n\n- a == b {#p}\n- `x == y` == z",
        Matching((Pair(t("a"), t("b"), "p"), Pair((Code("x == y"),), t("z")))),
    ),
    (
        "scoring=partial",
        "Q\n\n- a == b\n- c == d",
        Matching((Pair(t("a"), t("b")), Pair(t("c"), t("d"))), True),
    ),
    (
        "type=order",
        "Q\n\n- prose list\n\nMore.\n\n1. a {#x}\n2. b",
        Order((OrderItem(t("a"), "x"), OrderItem(t("b")))),
    ),
    (
        "type=likert",
        "Q\n\n- never\n- often {#o}",
        Likert((Option(t("never")), Option(t("often"), False, "o"))),
    ),
    ("type=choice", "A [[b]] of = c\n= d\n\n- [x] e", Choice((Option(t("e"), True),))),
]


@pytest.mark.parametrize(("attributes", "body", "answer"), SHAPES)
def test_the_shape_gives_the_type(tmp_path: Path, attributes: str, body: str, answer: Answer) -> None:
    assert question(tmp_path, body, attributes).answer == answer


def test_what_is_around_the_answers(tmp_path: Path) -> None:
    body = """Stem *one*.

> A quote in the stem.

Which?

- [x] a
  > Feedback on a.
  >
  > More of it.
- [ ] b

::: hint
H
:::

::: correct
C
:::
::: incorrect
I
:::

> Always.
>
> — not an attribution"""
    made = question(tmp_path, body, "points=0.5 attempts=3 shuffle")
    assert (made.points, made.attempts, made.shuffle) == (Decimal("0.5"), 3, True)
    assert [plain(block) for block in made.stem] == ["Stem one.", "A quote in the stem.", "Which?"]
    assert (
        isinstance(made.answer, Choice)
        and plain(made.answer.options[0].feedback) == "Feedback on a. More of it."
    )
    assert plain(made.feedback.always) == "Always. — not an attribution"
    assert (plain(made.hint), plain(made.feedback.correct), plain(made.feedback.incorrect)) == ("H", "C", "I")


def test_defaults(tmp_path: Path) -> None:
    made = question(tmp_path, "Q\n= a")
    assert (made.points, made.attempts, made.shuffle, made.max_length) == (1, None, False, 40)
    assert question(tmp_path, "Q\n= a", "attempts=unlimited max-length=7").max_length == 7


def test_gaps_only_count_in_a_stem(tmp_path: Path) -> None:
    (paragraph, made) = blocks(tmp_path, "A [[wiki]] link.\n\n::: question {#q}\nX [[a]]\n\n> see [[b]]\n:::")
    assert plain(paragraph) == "A [[wiki]] link." and isinstance(made, Question)
    assert plain(made.stem) == "X ___" and plain(made.feedback.always) == "see [[b]]"


def test_a_quiz(tmp_path: Path) -> None:
    attributes = (
        "pass=75% attempts=2 shuffle draw=5 from=basics feedback=never retry=wrong counts=first reveal=always"
    )
    body = f"::: quiz {{#check title='Check' {attributes}}}\nIntro.\n\n::: question {{#a}}\nQ\n= a\n:::\n:::"
    (quiz,) = blocks(tmp_path, body)
    assert isinstance(quiz, Quiz)
    assert [plain(block) for block in quiz.blocks[:1]] == ["Intro."] and isinstance(quiz.blocks[1], Question)
    rest = (quiz.id, quiz.title, quiz.pass_score, quiz.attempts, quiz.shuffle, quiz.draw)
    assert rest == ("check", "Check", Decimal("0.75"), 2, True, Draw(5, "basics"))
    assert (quiz.feedback, quiz.retry, quiz.counts, quiz.reveal) == ("never", "wrong", "first", "always")


def test_a_reflection(tmp_path: Path) -> None:
    (made,) = blocks(
        tmp_path, "::: reflection {#r min-words=0 max-length=9 private keep=browser}\nA\n\nB\n:::"
    )
    assert isinstance(made, Reflection)
    assert (made.id, plain(made.prompt), made.min_words) == ("r", "A B", 0)
    assert (made.max_length, made.private, made.keep) == (9, True, "browser")


MISTAKES = [
    ("{#q}", "Q\n\n- a\n- b", ["SPC-029 010-one.md:3:1+12"]),
    ("{#q}", "Q [[a]]\n\n= b", ["SPC-030 010-one.md:3:1+12"]),
    ("{#q answer=true}", "Q\n\n- [x] b", ["SPC-030 010-one.md:3:1+12"]),
    ("{#q type=order}", "Q", ["SPC-029 010-one.md:3:18+10"]),
    ("{#q type=numeric}", "Q\n\n- [x] b\n- [ ] c", ["SPC-029 010-one.md:3:18+12"]),
    ("{#q type=match}", "Q\n= a", ["SPC-021 010-one.md:3:18+10"]),
    ("", "Q\n= a", ["SPC-023 010-one.md:3:1+12"]),
    ("{#Q_1}", "Q\n= a", ["SPC-022 010-one.md:3:15+4"]),
    ("{#q .big}", "Q\n= a", ["SPC-021 010-one.md:3:18+4"]),
    ("{#q point=2}", "Q\n= a", ["SPC-020 010-one.md:3:18+7"]),
    ("{#q points=two}", "Q\n= a", ["SPC-021 010-one.md:3:18+10"]),
    ("{#q attempts=0}", "Q\n= a", ["SPC-021 010-one.md:3:18+10"]),
    ("{#q case}", "Q\n\n- [x] a\n- [ ] b", ["SPC-021 010-one.md:3:18+4"]),
    ("{#q scoring=partial}", "Q\n= a", ["SPC-021 010-one.md:3:18+15"]),
    ("{#q}", "- [x] a\n- [ ] b", ["SPC-034 010-one.md:3:1+12"]),
    ("{#q}", "Q\n\n- [x] a\n- b", ["SPC-031 010-one.md:7:1+3"]),
    (
        "{#q}",
        "Q\n\n- [x] a\n- [y]b\n- []",
        ["SPC-031 010-one.md:7:1+6", "SPC-031 010-one.md:8:1+4", "SPC-032 010-one.md:8:1+4"],
    ),
    ("{#q}", "Q\n\n- [x] a\n- [ ]", ["SPC-032 010-one.md:7:1+5"]),
    ("{#q}", "Q\n\n- [x] a\n\n  more\n- [ ] b", ["SPC-024 010-one.md:8:3+4"]),
    ("{#q}", "Q\n\n- [x] a\n> fb\n- [ ] b", ["SPC-031 010-one.md:7:1+4"]),
    ("{#q}", "Q\n\n- [x] a\n- [ ] b\n\nAfter.", ["SPC-024 010-one.md:9:1+6"]),
    ("{#q}", "Q\n= a\nb", ["SPC-024 010-one.md:6:1+1"]),
    ("{#q}", "Q\n= a\n\n=", ["SPC-032 010-one.md:7:1+1"]),
    ("{#q}", "Q [[]]", ["SPC-032 010-one.md:4:3+4"]),
    ("{#q}", "Q [[a | ]]", ["SPC-032 010-one.md:4:3+8"]),
    ("{#q}", "Q\n= 3,5", ["SPC-033 010-one.md:5:3+3"]),
    ("{#q}", "Q\n= 40..45,5", ["SPC-033 010-one.md:5:3+8"]),
    ("{#q}", "Q\n= 1.2345678901234567", ["SPC-033 010-one.md:5:3+18"]),
    ("{#q type=numeric}", "Q\n= 4\n= four", ["SPC-033 010-one.md:6:3+4"]),
    ("{#q type=numeric}", "Q\n= 1e99", ["SPC-033 010-one.md:5:3+4"]),
    ("{#q}", "Q\n\n- a == b\n- c", ["SPC-031 010-one.md:7:1+3"]),
    ("{#q}", "Q\n\n- a == b\n- c == d == e", ["SPC-031 010-one.md:7:1+13"]),
    ("{#q}", "Q\n\n- a == b\n- c ==", ["SPC-032 010-one.md:7:1+6"]),
    ("{#q type=order}", "Q\n\n- a\n- b", ["SPC-031 010-one.md:6:1+3"]),
    ("{#q type=likert}", "Q\n\n- [x] a\n- [ ] b", ["SPC-031 010-one.md:3:1+12"]),
    ("{#q}", "Q\n- [x] a {.big}\n- [ ] b", ["SPC-021 010-one.md:5:9+6"]),
    ("{#q}", "Q\n- [x] a {#B}\n- [ ] b", ["SPC-022 010-one.md:5:10+2"]),
]


@pytest.mark.parametrize(("attributes", "body", "found"), MISTAKES)
def test_a_mistake_is_found_at_its_place(
    tmp_path: Path, attributes: str, body: str, found: list[str]
) -> None:
    got = said(load(tmp_path, f"# T\n\n::: question {attributes}\n{body}\n:::\n"))
    extra = [line for line in got if line not in found]
    assert [line for line in got if line in found] == found and extra in (
        [],
        ["SPC-029 010-one.md:3:1+12"],
    ), got


QUIZ_MISTAKES = [
    ("::: quiz\nx\n:::", ["SPC-023 010-one.md:3:1+8"]),
    ("::: quiz {#z draw=5}\nx\n:::", ["SPC-021 010-one.md:3:1+8"]),
    ("::: quiz {#z feedback=later}\nx\n:::", ["SPC-021 010-one.md:3:14+14"]),
    ("::: quiz {#z pass=120%}\nx\n:::", ["SPC-021 010-one.md:3:14+9"]),
    ("::: quiz {#z}\n::: question {#q attempts=unlimited}\nQ\n= a\n:::\n:::", ["SPC-021 010-one.md:4:18+18"]),
    ("::: reflection\nx\n:::", ["SPC-023 010-one.md:3:1+14"]),
    ("::: reflection {#r}\n:::", ["SPC-034 010-one.md:3:1+14"]),
    ("::: reflection {#r keep=cloud}\nx\n:::", ["SPC-021 010-one.md:3:20+10"]),
]


@pytest.mark.parametrize(("body", "found"), QUIZ_MISTAKES)
def test_mistakes_in_quizzes_and_reflections(tmp_path: Path, body: str, found: list[str]) -> None:
    assert said(load(tmp_path, f"# T\n\n{body}\n")) == found


def test_a_forgotten_close_is_named_where_it_was_opened_and_costs_nothing_else(tmp_path: Path) -> None:
    body = "::: quiz {#z}\n::: question {#a}\nQ\n= a\n\n::: question {#b}\nQ\n= b\n:::\n:::\n\nAfter.\n"
    loaded = load(tmp_path, f"# T\n\n{body}")
    assert said(loaded) == ["SPC-013 010-one.md:4:1+12"]
    assert "line 8" in diagnostics(loaded)[0].message and loaded.course
    quiz, after = loaded.course.steps[0].blocks
    assert [node.id for _, node in each(quiz, Question)] == ["a", "b"] and plain(after) == "After."


def test_the_words_of_a_question_without_a_shape_are_not_lost(tmp_path: Path) -> None:
    loaded = load(tmp_path, "# T\n\n::: question {#q}\nWhat is lost?\n\n- nothing\n:::\n")
    assert loaded.course and "What is lost? nothing" in plain(loaded.course.steps[0].blocks)


# --- numbers ------------------------------------------------------------------------------------------


@given(
    st.decimals(min_value=-(10**6), max_value=10**6, places=3),
    st.decimals(min_value=0, max_value=1000, places=2),
)
def test_numbers_round_trip(middle: Decimal, off: Decimal) -> None:
    assert number_range(f"{middle}") == NumberRange(middle, middle)
    assert number_range(f"{middle} +- {off}") == NumberRange(middle - off, middle + off)
    assert number_range(f"{middle - off}..{middle}") == NumberRange(middle - off, middle)


@given(st.text(max_size=12))
def test_any_text_is_a_finite_range_or_none(text: str) -> None:
    found = number_range(text)
    assert found is None or (found.low.is_finite() and found.high.is_finite())


def test_a_range_stays_as_written_for_the_rules_to_judge() -> None:
    assert number_range("45..40") == r("45", "40")


@pytest.mark.parametrize(
    "text", ["", "nan", "inf", "1..", "..1", "1 2", "0x10", "1_000", "1" * 16, "1e-16", "4 +- 0.5 +- 1", "٣"]
)
def test_these_are_no_numbers(text: str) -> None:
    assert number_range(text) is None


# --- banks --------------------------------------------------------------------------------------------

BANK = "questions/b.yaml"


def bank(folder: Path, text: str) -> list[str]:
    loaded = load(folder, files={BANK: text})
    return [f"{line} {d.message}" for line, d in zip(said(loaded), diagnostics(loaded), strict=True)]


@pytest.mark.parametrize(("attributes", "body", "answer"), SHAPES)
def test_a_bank_says_the_same_in_yaml(tmp_path: Path, attributes: str, body: str, answer: Answer) -> None:
    import json

    def text(inlines: tuple[Inline, ...]) -> str:
        return "".join(f"`{one.text}`" if isinstance(one, Code) else plain(one) for one in inlines)

    entry: dict[str, object] = {"id": "it", "question": "Q"}
    match answer:
        case Choice(options, multiple, partial):
            entry["options"] = [
                {"text": text(o.label), "right": o.correct, **({"id": o.id} if o.id else {})} for o in options
            ]
            entry |= {"type": "multiple"} if multiple else {}
            entry |= {"scoring": "partial"} if partial else {}
        case TrueFalse(correct):
            entry["answer"] = correct
        case FillIn(accepted, case):
            entry |= {"answers": list(accepted), "type": "fill-in", "case": case}
        case Cloze(_, case, partial):
            entry |= {"question": body, "case": case, "scoring": "partial" if partial else "all"}
        case Numeric(ranges):
            entry["answers"] = [f"{one.low}..{one.high}" for one in ranges]
        case Matching(pairs, partial):
            entry["pairs"] = [
                {"left": text(p.left), "right": text(p.right), "id": p.id}
                if p.id
                else [text(p.left), text(p.right)]
                for p in pairs
            ]
            entry["scoring"] = "partial" if partial else "all"
        case Order(items):
            entry |= {
                "type": "order",
                "items": [{"text": text(i.label), "id": i.id or f"i{n}"} for n, i in enumerate(items)],
            }
            answer = Order(tuple(OrderItem(i.label, i.id or f"i{n}") for n, i in enumerate(items)))
        case Likert(options):
            entry |= {
                "type": "likert",
                "options": [{"text": text(o.label), **({"id": o.id} if o.id else {})} for o in options],
            }
    loaded = load(tmp_path, files={BANK: json.dumps([entry])})
    assert loaded.course and not loaded.findings, diagnostics(loaded)
    assert loaded.course.banks[0].questions[0].answer == answer


BANK_MISTAKES = [
    ("a: 1\n", "SPC-006 questions/b.yaml:1:1+1 a bank is a list of questions"),
    ("- id: a\n", "SPC-007 questions/b.yaml:1:3+1 `question` is missing"),
    (
        "- {id: a, question: Q, ansers: [b]}\n",
        "SPC-005 questions/b.yaml:1:24+6 there is no key `ansers` here",
    ),
    ("- {id: A, question: Q, answer: b}\n", "SPC-022 questions/b.yaml:1:8+1 `A` cannot be an id"),
    (
        "- {id: a, question: Q, points: -1, answer: b}\n",
        "SPC-006 questions/b.yaml:1:32+2 `points` is `-1`, which it cannot be",
    ),
    (
        "- {id: a, question: Q, options: [b, {txt: c}]}\n",
        "SPC-005 questions/b.yaml:1:38+3 there is no key `txt` here",
    ),
    (
        "- {id: a, question: Q, pairs: [[b]]}\n",
        "SPC-006 questions/b.yaml:1:32+1 an entry of `pairs` is a list",
    ),
    ("- {id: a, question: Q}\n", "SPC-029 questions/b.yaml:1:3+1 the question has no answer to give"),
    (
        "- {id: a, question: Q, answer: b, pairs: [[c, d]]}\n",
        "SPC-030 questions/b.yaml:1:3+1 the question has lines",
    ),
    (
        "- id: a\n  answer: x\n  question: |\n    One\n\n    ::: nope\n    x\n    :::\n",
        "SPC-014 questions/b.yaml:6:5+8",
    ),
    ("- id: a\n  answer: x\n  question: Q [b]{c=d}\n", "SPC-020 questions/b.yaml:3:19+3"),
    ("- id: a\n  answer: x\n  question: Q[^1]\n", "SPC-028 questions/b.yaml:3:14+4"),
    ("- id: a\n  answer: x\n  question: Q^[no]\n", "SPC-028 questions/b.yaml:3:13+6"),
    ("- {id: a, question: Q, answer: b, case: yes}\n", "SPC-006 questions/b.yaml:1:41+3 `case` is `yes`"),
    ("- id: a\n   question: b\n", "SPC-003 questions/b.yaml:2:4+1"),
    (
        "- id: a\n  answer: x\n  question: >\n    Some words\n    and a [b]{c=d}\n",
        "SPC-020 questions/b.yaml:5:15+3",
    ),
]


@pytest.mark.parametrize(("text", "expected"), BANK_MISTAKES)
def test_a_mistake_in_a_bank_is_found_at_its_place(tmp_path: Path, text: str, expected: str) -> None:
    assert [line for line in bank(tmp_path, text) if line.startswith(expected)], bank(tmp_path, text)


def test_one_bad_question_leaves_the_others(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        files={BANK: "- {id: a, question: Q, answer: b}\n- {id: c}\n- {id: d, question: Q, answer: true}\n"},
    )
    assert loaded.course and [q.id for q in loaded.course.banks[0].questions] == ["a", "d"]


def test_a_bad_question_leaves_no_places_to_the_next(tmp_path: Path) -> None:
    text = "- question: Q\n  answer: b\n- {id: d, question: Q, options: [a, b]}\n"
    loaded = load(tmp_path, files={BANK: text})
    span = loaded.sources.span(("banks", 0, "questions", 0, "answer"))
    assert span is not None and span.line == 3


def test_a_misspelt_key_within_an_option_is_one_finding(tmp_path: Path) -> None:
    text = "- {id: a, question: Q, options: [{txt: b, right: true}, c]}\n"
    assert [one.help for one in diagnostics(load(tmp_path, files={BANK: text}))] == ["did you mean `text`?"]


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("3,5", "write a decimal point: `3.5`"),
        ("3,5 +- 0,5", "write a decimal point: `3.5 +- 0.5`"),
        ("1,234", "write `1234`, or with a decimal point `1.234`"),
    ],
)
def test_a_decimal_comma_is_told_how_to_become_a_point(tmp_path: Path, written: str, remedy: str) -> None:
    loaded = load(tmp_path, f"# T\n\n::: question {{#q type=numeric}}\nQ\n\n= {written}\n:::\n")
    assert [item.help for item in diagnostics(loaded) if item.rule.code == "SPC-033"] == [remedy]
