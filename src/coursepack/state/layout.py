"""What a saved state holds, in which order and how wide: the records of a layout.

A layout changes only when something is added, removed, or saved in another width, or when a right answer
changed; never for words or for the order of things.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal

from msgspec import Struct

from coursepack.lock import Edition, Register, Row
from coursepack.policy import to_reported
from coursepack.spec.model import Answer, Choice, Cloze, Course, FillIn, Likert, Matching, Numeric, TrueFalse
from coursepack.spec.outline import Slot, outline

Code = Literal["s", "z", "r", "c", "l", "m", "t", "f", "n", "g", "p", "o"]
"""step, quiz (z), reflection; choice, likert, multiple, true-false, fill-in, numeric, cloze (gaps), matching
(pairs), order."""

REPORTED, DRAWN = 1, 2
ATTEMPTS_LIMIT = 63
"""Counted attempts: more are written as this many."""
EDITIONS_LIMIT = 4095
"""Layout ids have 12 bits."""


class Record(Struct, frozen=True):
    """What is saved of one thing.

    `flags`: 1 its interaction is reported, 2 drawn from a bank. `quiz`: the question's quiz, 0 for practice.
    `version`: which of its right answers. `units`: in how many parts its share is counted, 0 for a scale.
    `tries`: attempts that are counted (0: submitted or not says it all); of a quiz, its limit or 0. `size`:
    the longest text in UTF-16 units, 0 for none; of a quiz, how many it draws. `parts`: options, items
    (sorted), gaps, pairs (in the order of the model). `rights`: for each pair the number of its right side.
    """

    n: int
    kind: Code
    flags: int = 0
    quiz: int = 0
    version: int = 0
    units: int = 0
    tries: int = 0
    size: int = 0
    parts: tuple[int, ...] = ()
    rights: tuple[int, ...] = ()

    @property
    def drawn(self) -> bool:
        return bool(self.flags & DRAWN)

    @property
    def is_question(self) -> bool:
        return self.kind not in "szr"

    @property
    def sides(self) -> tuple[int, ...]:
        """The pairs that stand for a right side: the first with it. These are the values of a response."""
        return tuple(n for at, n in enumerate(self.parts) if self.rights.index(self.rights[at]) == at)

    def row(self) -> Row:
        """The record as in course.lock, without the empty values at its end."""
        row: Row = (
            *(self.n, self.kind, self.flags, self.quiz, self.version, self.units, self.tries, self.size),
            *(self.parts, self.rights),
        )
        while not row[-1]:
            row = row[:-1]
        return row


class Layout(Struct, frozen=True, dict=True):
    """Records sorted by number. `mark` (18 bits) tells layouts of different courses apart."""

    id: int
    mark: int
    records: tuple[Record, ...]

    @cached_property
    def by_n(self) -> Mapping[int, Record]:
        return {record.n: record for record in self.records}

    @cached_property
    def steps(self) -> tuple[int, ...]:
        return tuple(record.n for record in self.records if record.kind == "s")

    @cached_property
    def reported(self) -> tuple[int, ...]:
        return tuple(record.n for record in self.records if record.flags & REPORTED)

    @cached_property
    def pools(self) -> Mapping[int, tuple[Record, ...]]:
        """The bank questions of each quiz that draws."""
        pools: dict[int, tuple[Record, ...]] = {}
        for record in self.records:
            if record.drawn:
                pools[record.quiz] = (*pools.get(record.quiz, ()), record)
        return pools


def layout(course: Course, register: Register) -> Layout:
    """The course's layout. `register` has numbers for everything; a layout it knows keeps its id."""
    records = tuple(sorted(_records(course, register), key=lambda record: record.n))
    known = _find(register, records)
    if known is not None:
        return Layout(known.id, known.mark, records)
    rows = json.dumps([course.settings.id, len(register.editions), [record.row() for record in records]])
    mark = int(sha256(rows.encode()).hexdigest(), 16) & 0x3FFFF
    return Layout(len(register.editions) + 1, mark, records)


def settle(course: Course, register: Register) -> tuple[Register, Layout]:
    """The course's layout, and the register that knows it."""
    now = layout(course, register)
    if now.id <= len(register.editions):
        return register, now
    before: dict[int, Row] = {}
    for before in _histories(register):  # noqa: B007
        pass
    rows = {record.n: record.row() for record in now.records}
    put = tuple(row for n, row in rows.items() if before.get(n) != row)
    edition = Edition(now.id, now.mark, tuple(sorted(set(before) - set(rows))), put)
    return Register(register.things, (*register.editions, edition)), now


# --- from a course ------------------------------------------------------------------------------------


def _records(course: Course, register: Register) -> Iterator[Record]:
    told = frozenset(to_reported(course, register))
    activities = outline(course)
    for step in course.steps:
        yield Record(register.n("step", step.id), "s")
    for _, quiz, _ in activities.quizzes:
        pool = sum(slot.drawn for slot in activities.of(quiz))
        draw = min(quiz.draw.count, pool) if quiz.draw else 0
        yield Record(
            register.n("quiz", quiz.id), "z", tries=min(quiz.attempts or 0, ATTEMPTS_LIMIT), size=draw
        )
    for _, item, _ in activities.reflections:
        n = register.n("reflection", item.id)
        yield Record(n, "r", flags=REPORTED * (n in told), size=item.max_length if item.keep == "lms" else 0)
    for slot in activities.slots:
        yield _question(slot, register, told)


def _question(slot: Slot, register: Register, told: frozenset[int]) -> Record:
    answer, n = slot.question.answer, register.n("question", slot.id)
    kind = _code(answer)
    parts = register.parts(slot.id)
    attempts = min(slot.attempts or 0, ATTEMPTS_LIMIT)
    return Record(
        n,
        kind,
        flags=REPORTED * (n in told) + DRAWN * slot.drawn,
        quiz=register.n("quiz", slot.quiz.id) if slot.quiz else 0,
        version=register.answer(slot.id),
        units=_units(answer),
        tries=attempts if attempts > 1 else 0,
        size=slot.question.max_length if kind in "fng" else 0,
        parts=parts if kind in "gp" else tuple(sorted(parts)),
        rights=register.rights(slot.id) if kind == "p" else (),
    )


def _code(answer: Answer) -> Code:
    match answer:
        case Choice():
            return "m" if answer.multiple else "c"
        case Likert():
            return "l"
        case TrueFalse():
            return "t"
        case FillIn():
            return "f"
        case Numeric():
            return "n"
        case Cloze():
            return "g"
        case Matching():
            return "p"
    return "o"


def _units(answer: Answer) -> int:
    """As `scoring.units`."""
    match answer:
        case Likert():
            return 0
        case Choice(multiple=True, partial=True):
            return sum(option.correct for option in answer.options) or 1
        case Cloze(partial=True):
            return len(answer.gaps) or 1
        case Matching(partial=True):
            return len(answer.pairs) or 1
    return 1


# --- editions and JSON --------------------------------------------------------------------------------


def _histories(register: Register) -> Iterator[dict[int, Row]]:
    """The rows of each edition; one dict that changes from one to the next."""
    rows: dict[int, Row] = {}
    for edition in register.editions:
        for n in edition.drop:
            rows.pop(n, None)
        rows.update((_n(row), row) for row in edition.put)
        yield rows


def _find(register: Register, records: tuple[Record, ...]) -> Edition | None:
    wanted = {record.n: record.row() for record in records}
    found = None
    for edition, rows in zip(register.editions, _histories(register), strict=True):
        if rows == wanted:
            found = edition
    return found


def layouts(register: Register) -> dict[int, Layout]:
    """Every layout that was ever built, by id."""
    found = {}
    for edition, rows in zip(register.editions, _histories(register), strict=True):
        records = tuple(_record(rows[n]) for n in sorted(rows))
        found[edition.id] = Layout(edition.id, edition.mark, records)
    return found


def to_json(layout: Layout) -> list[Any]:
    """`[id, mark, 0, [], rows]`: the third is the layout it is written against, 0 for none."""
    return [layout.id, layout.mark, 0, [], [_list(record.row()) for record in layout.records]]


def older_json(register: Register) -> dict[str, list[Any]]:
    """All layouts by id, each but the first as what it drops and puts: `[id, mark, before, drop, rows]`.

    Empty while there is only one.
    """
    if len(register.editions) < 2:
        return {}
    return {
        str(edition.id): [
            *(edition.id, edition.mark, edition.id - 1, list(edition.drop)),
            [_list(row) for row in edition.put],
        ]
        for edition in register.editions
    }


def from_json(data: list[Any], older: Mapping[str, list[Any]] | None = None) -> Layout:
    """The inverse of `to_json`, or of one value of `older_json`, with all of it as `older`."""
    id_, mark, before, drop, rows = data
    records = dict(from_json((older or {})[str(before)], older).by_n) if before else {}
    for n in drop:
        del records[n]
    records.update(
        (row[0], _record(tuple(tuple(i) if isinstance(i, list) else i for i in row))) for row in rows
    )
    return Layout(id_, mark, tuple(records[n] for n in sorted(records)))


def _list(row: Row) -> list[Any]:
    return [list(item) if isinstance(item, tuple) else item for item in row]


def _record(row: Row) -> Record:
    return Record(*row)  # type: ignore[arg-type]


def _n(row: Row) -> int:
    assert isinstance(row[0], int)
    return row[0]
