"""The activities of a course in learning order: every question where a learner can meet it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from coursepack.latest import keep_latest
from coursepack.source import Route
from coursepack.spec.model import (
    Blocks,
    Callout,
    Course,
    DefinitionList,
    Details,
    List,
    Question,
    Quiz,
    Quote,
    Reflection,
)


class Slot(Struct, frozen=True):
    """A question at the place where it is asked.

    `id` is the question's own id, or `<quiz>.<question>` for one that a quiz draws from a bank (so that
    two quizzes can draw from one bank). `route` leads to the question, in its step or in its bank.
    """

    id: str
    question: Question
    route: Route
    step: int
    quiz: Quiz | None = None
    drawn: bool = False

    @property
    def attempts(self) -> int | None:
        """Attempts at this question; None is unlimited. One inside a quiz, unlimited in practice."""
        if self.question.attempts is not None:
            return self.question.attempts
        return 1 if self.quiz else None


class Outline(Struct, frozen=True):
    """All activities with the index of their step, in order."""

    slots: tuple[Slot, ...]
    quizzes: tuple[tuple[int, Quiz, Route], ...]
    reflections: tuple[tuple[int, Reflection, Route], ...]

    def of(self, quiz: Quiz) -> tuple[Slot, ...]:
        """The slots of one quiz: its own questions first, then those of its bank."""
        return tuple(slot for slot in self.slots if slot.quiz is quiz)


@keep_latest
def outline(course: Course) -> Outline:
    """The course's activities. Drawing from a bank that does not exist yields nothing (a rule reports it)."""
    quizzes: list[tuple[int, Quiz, Route]] = []
    reflections: list[tuple[int, Reflection, Route]] = []
    slots: list[Slot] = []
    for index, step in enumerate(course.steps):
        drawing: list[Quiz] = []
        for route, item, owner in _activities(step.blocks, ("steps", index, "blocks"), None):
            if isinstance(item, Question):
                slots.append(Slot(item.id, item, route, index, owner))
            elif isinstance(item, Quiz):
                quizzes.append((index, item, route))
                drawing.append(item)
            else:
                reflections.append((index, item, route))
        for quiz in drawing:
            slots += _drawn(course, index, quiz)
    return Outline(tuple(slots), tuple(quizzes), tuple(reflections))


def _activities(
    blocks: Blocks, route: Route, owner: Quiz | None
) -> Iterator[tuple[Route, Question | Quiz | Reflection, Quiz | None]]:
    """The activities among blocks and in what the blocks hold, with the quiz around each."""
    for index, block in enumerate(blocks):
        at = (*route, index)
        match block:
            case Question() | Reflection():
                yield at, block, owner
            case Quiz():
                yield at, block, owner
                yield from _activities(block.blocks, (*at, "blocks"), owner or block)
            case Callout() | Details() | Quote():
                yield from _activities(block.blocks, (*at, "blocks"), owner)
            case List():
                for place, item in enumerate(block.items):
                    yield from _activities(item.blocks, (*at, "items", place, "blocks"), owner)
            case DefinitionList():
                for place, definition in enumerate(block.items):
                    for which, detail in enumerate(definition.details):
                        yield from _activities(detail, (*at, "items", place, "details", which), owner)


def _drawn(course: Course, index: int, quiz: Quiz) -> Iterator[Slot]:
    if quiz.draw is None:
        return
    for position, bank in enumerate(course.banks):
        if bank.name == quiz.draw.bank:
            for number, question in enumerate(bank.questions):
                route: Route = ("banks", position, "questions", number)
                yield Slot(f"{quiz.id}.{question.id}", question, route, index, quiz, drawn=True)
