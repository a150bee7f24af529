"""The way through a state in the order of its layout: one for writing, reading and measuring.

Each function hands its values to a `Coder` and builds the state from what the coder gives back: when writing
the same values, when reading those that were saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from coursepack.state.bits import BitReader, BitWriter
from coursepack.state.layout import ATTEMPTS_LIMIT, Layout, Record
from coursepack.state.progress import (
    MILLION,
    PHASES,
    SUCCESS,
    UNANSWERED,
    UNBEGUN,
    UNWRITTEN,
    CourseState,
    QuestionState,
    QuizState,
    ReflectionState,
    Response,
)

NUMERIC = "0123456789.,-+' "
"""What a typed number is saved in, 4 bits each. Other digits and signs of the same meaning become these."""
_NUMERIC_SAME: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u066c"), "'"),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2008\u2009\u202f\u3000\t"), " "),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff")),
    0x66B: ".",
    **{zero + at: str(at) for zero in (0x660, 0x6F0, 0x966, 0xFF10) for at in range(10)},
}
RUNS, SKIP, INDEXES = 16, 8, 1024
"""Entries are saved as runs (consecutive numbers at consecutive indexes): how many at most, how many indexes
lie between two of them, how high an index is."""
Run = tuple[int, int, int]
"""Indexes skipped before it, place of its first number among the reported ones, length less one."""


class Coder(Protocol):
    def digit(self, value: int, radix: int) -> int: ...

    def units(self, units: Sequence[int], size: int, bits: int) -> Sequence[int]: ...


class Writer:
    """Collects digits and texts, then writes all digits packed and the texts after them."""

    def __init__(self) -> None:
        self._digits: list[tuple[int, int]] = []
        self._texts: list[tuple[Sequence[int], int]] = []

    def digit(self, value: int, radix: int) -> int:
        value = min(max(value, 0), radix - 1)
        self._digits.append((value, radix))
        return value

    def units(self, units: Sequence[int], size: int, bits: int) -> Sequence[int]:
        self._texts.append((units, bits))
        return units

    def write(self, bits: BitWriter) -> None:
        bits.pack(self._digits)
        for units, width in self._texts:
            for unit in units:
                bits.put(unit, width)


class Meter:
    """Collects radices, and how many bits the longest texts take."""

    def __init__(self) -> None:
        self.radices: list[int] = []
        self.text_bits = 0

    def digit(self, value: int, radix: int) -> int:
        self.radices.append(radix)
        return 0

    def units(self, units: Sequence[int], size: int, bits: int) -> Sequence[int]:
        return ()


class Reader:
    """Gives back what a `Writer` wrote; the radices are those that a `Meter` met."""

    def __init__(self, bits: BitReader, radices: Iterable[int]) -> None:
        self._bits = bits
        self._digits = iter(bits.unpack(radices))

    def digit(self, value: int, radix: int) -> int:
        return next(self._digits)

    def units(self, units: Sequence[int], size: int, bits: int) -> Sequence[int]:
        return [self._bits.take(bits) for _ in range(size)]


# --- texts --------------------------------------------------------------------------------------------


def to_units(text: str, limit: int) -> list[int]:
    """The first `limit` UTF-16 units; a pair that would be torn is left out."""
    data = text.encode("utf-16-le", "surrogatepass")
    units = [data[at] | data[at + 1] << 8 for at in range(0, len(data), 2)]
    if len(units) > limit and limit and 0xD800 <= units[limit - 1] < 0xDC00 <= units[limit] < 0xE000:
        limit -= 1
    return units[:limit]


def from_units(units: Iterable[int]) -> str:
    """The text of UTF-16 units; a lone half of a pair stays one."""
    return b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le", "surrogatepass")


def to_numeric(text: str) -> str:
    """The text in the characters of `NUMERIC`; nothing if it holds any other."""
    text = text.translate(_NUMERIC_SAME)
    return text if all(character in NUMERIC for character in text) else ""


def _text(coder: Coder, value: object, limit: int) -> str:
    units = to_units(value, limit) if isinstance(value, str) else []
    size = coder.digit(len(units), limit + 1)
    wide = coder.digit(int(any(unit > 255 for unit in units)), 2)
    if isinstance(coder, Meter):
        coder.text_bits += 16 * limit
    return from_units(coder.units(units, size, 16 if wide else 8))


def _number(coder: Coder, value: object, limit: int) -> str:
    text = to_numeric(value)[:limit] if isinstance(value, str) else ""
    size = coder.digit(len(text), limit + 1)
    if isinstance(coder, Meter):
        coder.text_bits += 4 * limit
    return "".join(NUMERIC[at] for at in coder.units([NUMERIC.index(one) for one in text], size, 4))


# --- questions ----------------------------------------------------------------------------------------


def question(coder: Coder, record: Record, state: QuestionState) -> QuestionState:
    """The digits of a question: what was answered, the verdict (0: not submitted), the tries."""
    response = _response(coder, record, state.response)
    right = coder.digit(1 + (state.share or 0) if state.submitted else 0, record.units + 2) - 1
    submitted = right >= 0
    tries = coder.digit(state.tries, record.tries + 1) if record.tries else int(submitted)
    return QuestionState(response, submitted, tries, right if submitted else None)


def _response(coder: Coder, record: Record, response: object) -> Response:
    if record.kind in "cl":
        return _one(coder, record.parts, response)
    if record.kind == "t":
        truth = coder.digit(1 + response if isinstance(response, bool) else 0, 3)
        return bool(truth - 1) if truth else None
    if record.kind == "f":
        return _text(coder, response, record.size) or None
    if record.kind == "n":
        return _number(coder, response, record.size) or None
    listed = response if isinstance(response, tuple) else ()
    if record.kind == "m":
        return tuple(n for n in record.parts if coder.digit(int(n in listed), 2)) or None
    if record.kind == "o":
        return _sequence(coder, record.parts, listed)
    filled = (*listed, *[None] * len(record.parts))[: len(record.parts)]
    if record.kind == "g":
        texts = tuple(_text(coder, text, record.size) for text in filled)
        return texts if any(texts) else None
    chosen = tuple(_one(coder, record.sides, side) or 0 for side in filled)
    return chosen if any(chosen) else None


def _one(coder: Coder, parts: Sequence[int], value: object) -> int | None:
    known = isinstance(value, int) and not isinstance(value, bool) and value in parts
    at = coder.digit(parts.index(value) + 1 if known else 0, len(parts) + 1)
    return parts[at - 1] if at else None


def _sequence(coder: Coder, parts: Sequence[int], listed: Sequence[int | str]) -> tuple[int, ...] | None:
    """A permutation: each item by its place among those that are left; the first 0 if there is none."""
    left = list(parts)
    given = [n for n in listed if isinstance(n, int) and n in parts]
    if len(given) != len(parts) or len(set(given)) != len(parts):
        given = []
    first = coder.digit(left.index(given[0]) + 1 if given else 0, len(left) + 1)
    found = [left.pop(max(first - 1, 0))] if left else []
    for at in range(1, len(parts)):
        place = coder.digit(left.index(given[at]) if given else 0, len(left))
        found.append(left.pop(place))
    return tuple(found) if first else None


# --- the rest -----------------------------------------------------------------------------------------


def course(coder: Coder, layout: Layout, state: CourseState) -> tuple[CourseState, int]:
    """Everything but drawn questions and entries; and how many runs of entries there are."""
    steps = layout.steps
    at = coder.digit(steps.index(state.location) + 1 if state.location in steps else 0, len(steps) + 1)
    completed = bool(coder.digit(int(state.completed), 2))
    success = SUCCESS[coder.digit(SUCCESS.index(state.success), len(SUCCESS))]
    seen, questions, quizzes, reflections = set(), {}, {}, {}
    for record in layout.records:
        n = record.n
        if record.kind == "s":
            if coder.digit(int(n in state.seen), 2):
                seen.add(n)
        elif record.kind == "z":
            quizzes[n] = quiz(coder, layout, record, state.quizzes.get(n, UNBEGUN))
        elif record.kind == "r":
            reflections[n] = reflection(coder, record, state.reflections.get(n, UNWRITTEN))
        elif not record.drawn:
            questions[n] = question(coder, record, state.questions.get(n, UNANSWERED))
    runs = coder.digit(len(to_runs(layout, state.entries)[1]), most_runs(layout) + 1)
    return CourseState(
        state.token,
        state.counter,
        steps[at - 1] if at else 0,
        completed,
        success,
        frozenset(seen),
        {n: item for n, item in questions.items() if item != UNANSWERED},
        {n: item for n, item in quizzes.items() if item != UNBEGUN},
        {n: item for n, item in reflections.items() if item != UNWRITTEN},
    ), runs


def quiz(coder: Coder, layout: Layout, record: Record, state: QuizState) -> QuizState:
    attempt = coder.digit(state.attempt, (record.tries or ATTEMPTS_LIMIT) + 1)
    phase = PHASES[coder.digit(PHASES.index(state.phase), len(PHASES))]
    score = coder.digit(0 if state.score is None else 1 + min(state.score, MILLION), MILLION + 2)
    passed = bool(coder.digit(int(state.passed), 2))
    pool = [question.n for question in layout.pools.get(record.n, ())]
    drawn = [n for n in state.drawn if n in pool][: record.size]
    found = tuple(n for n in pool if coder.digit(int(n in drawn), 2))
    return QuizState(attempt, phase, score - 1 if score else None, passed, found)


def reflection(coder: Coder, record: Record, state: ReflectionState) -> ReflectionState:
    submitted = bool(coder.digit(int(state.submitted), 2))
    return ReflectionState(_text(coder, state.text, record.size) if record.size else "", submitted)


def most_runs(layout: Layout) -> int:
    return min(len(layout.reported), RUNS)


def to_runs(layout: Layout, entries: Mapping[int, int]) -> tuple[int, list[Run]]:
    """The index of the first entry and the runs. Of too many the last are kept.

    What is forgotten is reported under a new index when it is answered again.
    """
    places = {entries[n]: place for place, n in enumerate(layout.reported) if n in entries}
    runs: list[tuple[int, int, int]] = []
    for index, place in sorted(places.items()):
        start, first, length = runs[-1] if runs else (0, 0, 0)
        if length and index == start + length and place == first + length:
            runs[-1] = (start, first, length + 1)
        elif 0 <= index < INDEXES:
            runs.append((index, place, 1))
    found: list[Run] = []
    base = 0
    for at in reversed(range(max(0, len(runs) - RUNS), len(runs))):
        base, first, length = runs[at]
        end = runs[at - 1][0] + runs[at - 1][2] if at else base
        found.insert(0, (base - end, first, length - 1))
        if base - end >= SKIP:
            break
    return base, [(0, *found[0][1:]), *found[1:]] if found else []


def entries(
    coder: Coder, layout: Layout, count: int, base: int = 0, runs: Sequence[Run] = ()
) -> dict[int, int]:
    """The entries by n: the first index, then the runs."""
    if not count:
        return {}
    many, found = len(layout.reported), {}
    index = coder.digit(base, INDEXES)
    for at in range(count):
        skip, first, more = runs[at] if runs else (0, 0, 0)
        index += coder.digit(skip, SKIP)
        first, more = coder.digit(first, many), coder.digit(more, many)
        for n in layout.reported[first : first + more + 1]:
            found[n] = index
            index += 1
    return found
