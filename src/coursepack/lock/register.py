"""What course.lock holds: permanent numbers, never reused, and every layout of the saved state."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from msgspec import Struct

Kind = Literal["step", "quiz", "question", "reflection"]
KINDS: tuple[Kind, ...] = ("step", "quiz", "question", "reflection")

Row = tuple["int | str | tuple[int, ...]", ...]
"""One record of a layout, `(n, kind, parameters…)`; `state.layout` gives it meaning."""


class Part(Struct, frozen=True):
    """An option, gap, pair, item or right side. `text` is a hash; `to` the right side of a pair."""

    n: int
    id: str
    text: str
    retired: bool = False
    to: int = 0


class Thing(Struct, frozen=True):
    """A step, quiz, question or reflection.

    `text` is a hash of its words. `answers` are hashes of all right answers it ever had; the present one is
    the `answer`-th of them, counted from 1. `parts` and `rights` hold the live ones first, in the order of
    the model, then the retired ones. A thing without id gave its name away in a `rename`.
    """

    n: int
    kind: Kind
    id: str
    text: str
    retired: bool = False
    answers: tuple[str, ...] = ()
    answer: int = 0
    parts: tuple[Part, ...] = ()
    rights: tuple[Part, ...] = ()


class Edition(Struct, frozen=True):
    """One layout of the saved state, written as what differs from the one before.

    `mark` (18 bits) tells apart layouts of different courses that have the same id.
    """

    id: int
    mark: int
    drop: tuple[int, ...]
    put: tuple[Row, ...]


class Register(Struct, frozen=True, dict=True):
    """All things by number, and all editions by id (1, 2, 3 …)."""

    things: tuple[Thing, ...] = ()
    editions: tuple[Edition, ...] = ()

    @cached_property
    def _by_id(self) -> dict[tuple[Kind, str], Thing]:
        return {(thing.kind, thing.id): thing for thing in self.things if thing.id}

    def find(self, kind: Kind, id: str) -> Thing | None:  # noqa: A002
        """The thing of that kind and id, live or retired."""
        return self._by_id.get((kind, id))

    def n(self, kind: Kind, id: str) -> int:  # noqa: A002
        """The permanent number. A question drawn from a bank has the id `quiz.question`. KeyError if none."""
        return self._by_id[kind, id].n

    def parts(self, slot_id: str) -> tuple[int, ...]:
        """Numbers of the question's options, gaps, pairs or items, in the order of the model.

        They count from 1 in each question. A bank question that two quizzes draw is two questions here, each
        with numbers of its own.
        """
        return tuple(part.n for part in self._by_id["question", slot_id].parts if not part.retired)

    def rights(self, slot_id: str) -> tuple[int, ...]:
        """For each pair of a matching question, in the order of the model, the number of its right side.

        Rights with equal text have one number; rights are numbered apart from pairs.
        """
        return tuple(part.to for part in self._by_id["question", slot_id].parts if not part.retired)

    def answer(self, slot_id: str) -> int:
        """Which of all right answers the question ever had is its present one, from 1."""
        return self._by_id["question", slot_id].answer

    def live(self) -> Iterable[Thing]:
        """The things that were in the course when it was last built."""
        return (thing for thing in self.things if not thing.retired)
