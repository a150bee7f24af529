"""QST on what learners write: accepted answers, ranges, room for words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from coursepack.answers import to_decimal, utf16
from coursepack.diagnostics import Finding, Severity, rule
from coursepack.rules.places import clip, in_bank, places
from coursepack.scoring import normalise
from coursepack.source import Route
from coursepack.spec.model import Cloze, Course, FillIn, NumberRange, Numeric, Question, Reflection

WARNING = Severity.WARNING


@rule("QST-007", "range-upside-down")
def range_upside_down(course: Course) -> Iterator[Finding]:
    """A numeric range ends below its start, so no number is in it.

    How to fix: write the smaller number first, as in `= 40..45`. In `= 42 +- 0.5` the part after `+-`
    is not negative.
    """
    for route, question in places(course, Question):
        if isinstance(question.answer, Numeric):
            for index, one in enumerate(question.answer.accepted):
                if one.low > one.high:
                    message = f"no number is from {to_decimal(one.low)} to {to_decimal(one.high)}"
                    at = (*route, "answer", "accepted", index)
                    turned = f"{to_decimal(one.high)}..{to_decimal(one.low)}"
                    advice = f"write `answer: {turned}`" if in_bank(route) else f"write `= {turned}`"
                    yield Finding(at, message, advice)


@rule("QST-008", "answer-twice", WARNING)
def answer_twice(course: Course) -> Iterator[Finding]:
    """The same answer is accepted twice.

    Blanks at the ends never count, and without `case` neither do capitals, so `Paris` and `paris` are
    one answer. The second line does nothing; perhaps another spelling was meant.

    How to fix: remove it, or write the spelling that you meant.
    """
    for route, question in places(course, Question):
        for at, accepted, case in _accepted(question, (*route, "answer")):
            seen: set[object] = set()
            for index, one in enumerate(accepted):
                key = _key(one, case)
                if key in seen:
                    words = f"`{clip(_words(one), 40)}` is accepted already"
                    yield Finding((*at, index), words, "remove it, or write another spelling")
                seen.add(key)


def _accepted(question: Question, route: Route) -> Iterator[tuple[Route, Sequence[str | NumberRange], bool]]:
    match question.answer:
        case FillIn(accepted, case) if accepted:
            yield (*route, "accepted"), accepted, case
        case Numeric(ranges) if ranges:
            yield (*route, "accepted"), ranges, False
        case Cloze(gaps, case):
            for index, gap in enumerate(gaps):
                yield (*route, "gaps", index, "accepted"), gap.accepted, case


def _key(one: str | NumberRange, case: bool) -> object:
    if isinstance(one, NumberRange):
        return (one.low, one.high)
    return normalise(one, case=case)


def _words(one: str | NumberRange) -> str:
    if isinstance(one, str):
        return " ".join(one.split())
    low, high = to_decimal(one.low), to_decimal(one.high)
    return low if low == high else f"{low}..{high}"


@rule("QST-009", "answer-untypable")
def answer_untypable(course: Course) -> Iterator[Finding]:
    """An accepted answer cannot be typed: it is longer than the field, or empty.

    The field holds `max-length` characters (40 if you say nothing), counted as browsers do: most
    characters count one, emoji two or more. An empty field is never marked: the learner is asked to write.

    How to fix: raise `max-length`, or accept something shorter.
    """
    for route, question in places(course, Question):
        for at, accepted, _ in _accepted(question, (*route, "answer")):
            for index, one in enumerate(accepted):
                size, room = utf16(_shortest(one)), question.max_length
                if size == 0:
                    advice = "write the answer, or remove it"
                    yield Finding((*at, index), "an accepted answer is empty", advice)
                elif size > room:
                    message = f"this answer has {size} characters and the field holds {room}"
                    yield Finding((*at, index), message, f"write `max-length={size}` or more")


def _shortest(one: str | NumberRange) -> str:
    """The shortest text that a learner can type for it; empty where none is ever accepted."""
    if isinstance(one, str):
        return _words(one) if normalise(one) else ""
    whole = [one.low.to_integral_value(ROUND_CEILING), one.high.to_integral_value(ROUND_FLOOR), Decimal(0)]
    numbers = [one.low, one.high, *(n for n in whole if one.low <= n <= one.high)]
    return min(map(to_decimal, numbers), key=len)


@rule("QST-014", "words-do-not-fit")
def words_do_not_fit(course: Course) -> Iterator[Finding]:
    """A reflection asks for more words than its field can hold.

    Even words of one letter need a blank between them: 20 words are at least 39 characters. Nobody
    could hand it in.

    How to fix: raise `max-length` or lower `min-words`.
    """
    for route, reflection in places(course, Reflection):
        least = 2 * reflection.min_words - 1
        if least > reflection.max_length:
            message = f"{reflection.min_words} words do not fit into {reflection.max_length} characters"
            yield Finding(
                route, message, f"write `max-length={reflection.min_words * 8}` or ask for fewer words"
            )


@rule("QST-015", "words-fit-tightly", WARNING)
def words_fit_tightly(course: Course) -> Iterator[Finding]:
    """A reflection has room for its `min-words` only if the words are very short.

    A word and its blank take six characters on average in English, more in German or Finnish. Below
    five for each word learners run out of room before they may hand in.

    How to fix: raise `max-length` to about eight characters for each word, or lower `min-words`.
    """
    for route, reflection in places(course, Reflection):
        least = 2 * reflection.min_words - 1
        if least <= reflection.max_length < 5 * reflection.min_words:
            message = f"{reflection.max_length} characters are few for {reflection.min_words} words"
            yield Finding(
                route, message, f"write `max-length={reflection.min_words * 8}` or ask for fewer words"
            )
