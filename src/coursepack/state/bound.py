"""How long the saved state of a course can get: exact, and reached by a learner who fills in everything."""

from __future__ import annotations

from html import escape
from math import log2

from msgspec import Struct

from coursepack.lock import Register
from coursepack.spec.model import Course
from coursepack.spec.outline import outline
from coursepack.state import walk
from coursepack.state.bits import ALPHABET, width
from coursepack.state.codec import CHECKSUM, HEAD
from coursepack.state.layout import Layout, Record
from coursepack.state.progress import UNANSWERED, UNBEGUN, UNWRITTEN, CourseState


class Bound(Struct, frozen=True):
    """The longest text that `encode` can return for a layout, and the bits of each record in it.

    `bits` holds a record's own share; a drawn question has none, its quiz has those of the widest it draws.
    """

    characters: int
    bits: dict[int, float]

    @property
    def utf8(self) -> int:
        """Bytes of UTF-8: the alphabet is ASCII."""
        return self.characters * max(len(character.encode()) for character in ALPHABET)

    @property
    def escaped(self) -> int:
        """Characters when escaped for XML: the alphabet has none that XML escapes."""
        return self.characters * max(len(escape(character, quote=False)) for character in ALPHABET)


def bound(layout: Layout) -> Bound:
    """The exact worst case."""
    meter = walk.Meter()
    walk.course(meter, layout, CourseState())
    total = width(meter.radices) + meter.text_bits
    bits = {record.n: _bits(layout, record) for record in layout.records if not record.drawn}
    for n, pool in layout.pools.items():
        widths = sorted((drawn_bits(record) for record in pool), reverse=True)
        widest = sum(widths[: layout.by_n[n].size])
        total += widest
        bits[n] += widest
    meter = walk.Meter()
    walk.entries(meter, layout, walk.most_runs(layout))
    total += width(meter.radices)
    return Bound(HEAD + -(-total // 6) + CHECKSUM, bits)


def drawn_bits(record: Record) -> int:
    meter = walk.Meter()
    walk.question(meter, record, UNANSWERED)
    return width(meter.radices) + meter.text_bits


def _bits(layout: Layout, record: Record) -> float:
    meter = walk.Meter()
    if record.kind == "s":
        meter.digit(0, 2)
    elif record.kind == "z":
        walk.quiz(meter, layout, record, UNBEGUN)
    elif record.kind == "r":
        walk.reflection(meter, record, UNWRITTEN)
    else:
        walk.question(meter, record, UNANSWERED)
    return sum(log2(radix) for radix in meter.radices) + meter.text_bits


class Cost(Struct, frozen=True):
    """Characters that one thing takes at the worst. `step` is empty for what belongs to no step."""

    step: str
    what: str
    characters: float


def costs(course: Course, register: Register, layout: Layout) -> list[Cost]:
    """What each thing of the course costs, in learning order; the sum is the bound."""
    worst = bound(layout)
    activities = outline(course)
    found: list[Cost] = []
    for index, step in enumerate(course.steps):
        things = [("step", register.n("step", step.id))]
        for at, quiz, _ in activities.quizzes:
            draws = f", draws {quiz.draw.count}" if quiz.draw else ""
            things += [(f"quiz {quiz.id}{draws}", register.n("quiz", quiz.id))] if at == index else []
        for slot in activities.slots:
            if slot.step == index and not slot.drawn:
                things.append((f"question {slot.id}", register.n("question", slot.id)))
        for at, item, _ in activities.reflections:
            things += [(f"reflection {item.id}", register.n("reflection", item.id))] if at == index else []
        found += [Cost(step.id, what, worst.bits[n] / 6) for what, n in dict(things).items()]
    rest = worst.characters - sum(cost.characters for cost in found)
    return [*found, Cost("", "header, order of reports, checksum", rest)]


def to_table(course: Course, register: Register, layout: Layout) -> str:
    """The costs as lines of text, a total for each step."""
    worst = bound(layout)
    lines = []
    rows = costs(course, register, layout)
    for step in dict.fromkeys(row.step for row in rows):
        own = [row for row in rows if row.step == step]
        total = sum(row.characters for row in own)
        lines.append(f"{total:9.1f}  {step or own[0].what}")
        lines += [f"{row.characters:9.1f}    {row.what}" for row in own if step and row.what != "step"]
    also = f"{worst.utf8} bytes in UTF-8, {worst.escaped} characters escaped for XML"
    lines.append(f"{worst.characters:9d}  characters at most ({also})")
    return "\n".join(lines)
