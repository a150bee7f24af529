"""A state as text and back: version, layout, counter and token in 14 characters, bits, a checksum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from coursepack.state import walk
from coursepack.state.bits import (
    BitReader,
    BitWriter,
    NotOursError,
    checksum,
    from_characters,
    is_text,
    to_characters,
)
from coursepack.state.changes import carry
from coursepack.state.layout import Layout, Record
from coursepack.state.progress import UNANSWERED, Changes, CourseState

VERSION = "1"
HEAD, CHECKSUM = 14, 6
"""Characters before the bits (version 1, layout 2, mark 3, counter 4, token 4) and after them."""
Reason = Literal["empty", "damaged", "foreign", "future"]


class Decoded(Struct, frozen=True):
    """`state` fits the present layout; `changes` is None when it was written with that very layout."""

    state: CourseState
    changes: Changes | None


def encode(state: CourseState, layout: Layout) -> str:
    """The text of a state: ASCII letters, digits, `-` and `_`, never longer than `bound(layout)`."""
    bits = BitWriter()
    writer = walk.Writer()
    saved, runs = walk.course(writer, layout, state)
    writer.write(bits)
    for record in _drawn(layout, saved):
        writer = walk.Writer()
        walk.question(writer, record, state.questions.get(record.n, UNANSWERED))
        writer.write(bits)
    writer = walk.Writer()
    walk.entries(writer, layout, runs, *walk.to_runs(layout, state.entries))
    writer.write(bits)
    head = VERSION + to_characters(layout.id, 2) + to_characters(layout.mark, 3)
    text = head + to_characters(state.counter, 4) + to_characters(state.token, 4) + bits.text()
    return text + checksum(text)


def decode(
    text: str,
    layout: Layout,
    older: Mapping[int, Layout] | None = None,
    policy: Literal["retry", "keep"] = "retry",
) -> Decoded | Reason:
    """The state in a text, carried over to the present layout, or why there is none. Never raises.

    `empty`: no text. `damaged`: ours, but cut off or changed. `foreign`: of another course or program.
    `future`: of a layout or version that is not known here.
    """
    found = written_with(text, layout, older or {})
    if isinstance(found, str):
        return found
    try:
        state = _read(text, found)
    except NotOursError:
        return "damaged"
    if found.id == layout.id:
        return Decoded(state, None)
    return Decoded(*carry(state, found, layout, policy))


def written_with(text: str, layout: Layout, older: Mapping[int, Layout]) -> Layout | Reason:
    """The layout that a text was written with, or why it cannot be read."""
    if not text:
        return "empty"
    if not is_text(text):
        return "foreign"
    intact = len(text) >= HEAD + CHECKSUM and checksum(text[:-CHECKSUM]) == text[-CHECKSUM:]
    if not text.startswith(VERSION):
        return "future" if intact else "foreign"
    if not intact:
        return "damaged"
    id_ = from_characters(text[1:3])
    found = layout if id_ == layout.id else older.get(id_)
    if found is None:
        return "future"
    return found if from_characters(text[3:6]) == found.mark else "foreign"


def _read(text: str, layout: Layout) -> CourseState:
    bits = BitReader(text[HEAD:-CHECKSUM])
    meter = walk.Meter()
    walk.course(meter, layout, CourseState())
    state, runs = walk.course(walk.Reader(bits, meter.radices), layout, CourseState())
    questions = dict(state.questions)
    for record in _drawn(layout, state):
        meter = walk.Meter()
        walk.question(meter, record, UNANSWERED)
        question = walk.question(walk.Reader(bits, meter.radices), record, UNANSWERED)
        if question != UNANSWERED:
            questions[record.n] = question
    meter = walk.Meter()
    walk.entries(meter, layout, runs)
    entries = walk.entries(walk.Reader(bits, meter.radices), layout, runs)
    bits.end()
    counter, token = from_characters(text[6:10]), from_characters(text[10:14])
    return replace(state, counter=counter, token=token, questions=questions, entries=entries)


def _drawn(layout: Layout, state: CourseState) -> list[Record]:
    """The records of the questions that are drawn, in their order."""
    found = []
    for n, pool in layout.pools.items():
        quiz = state.quizzes.get(n)
        drawn = quiz.drawn if quiz else ()
        if n not in layout.by_n or len(drawn) > layout.by_n[n].size:
            raise NotOursError
        found += [record for record in pool if record.n in drawn]
    return sorted(found, key=lambda record: record.n)
