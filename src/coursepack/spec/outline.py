"""The activities of a course in learning order: every question where a learner can meet it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coursepack.source import Route
from coursepack.spec.model import Course, Question, Quiz, Reflection, each


@dataclass(frozen=True, slots=True)
class Slot:
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


@dataclass(frozen=True, slots=True)
class Outline:
    """All activities with the index of their step, in order."""

    slots: tuple[Slot, ...]
    quizzes: tuple[tuple[int, Quiz, Route], ...]
    reflections: tuple[tuple[int, Reflection, Route], ...]

    def of(self, quiz: Quiz) -> tuple[Slot, ...]:
        """The slots of one quiz: its own questions first, then those of its bank."""
        return tuple(slot for slot in self.slots if slot.quiz is quiz)


def outline(course: Course) -> Outline:
    """The course's activities. Drawing from a bank that does not exist yields nothing (a rule reports it)."""
    quizzes: list[tuple[int, Quiz, Route]] = []
    reflections: list[tuple[int, Reflection, Route]] = []
    slots: list[Slot] = []
    for index, step in enumerate(course.steps):
        base: Route = ("steps", index, "blocks")
        quizzes += [(index, quiz, route) for route, quiz in each(step.blocks, Quiz, base)]
        reflections += [(index, item, route) for route, item in each(step.blocks, Reflection, base)]
        slots += _slots(course, index)
    return Outline(tuple(slots), tuple(quizzes), tuple(reflections))


def _slots(course: Course, index: int) -> Iterator[Slot]:
    base: Route = ("steps", index, "blocks")
    quizzes = list(each(course.steps[index].blocks, Quiz, base))
    for route, question in each(course.steps[index].blocks, Question, base):
        owner = next((quiz for at, quiz in quizzes if route[: len(at)] == at), None)
        yield Slot(question.id, question, route, index, owner)
    for _, quiz in quizzes:
        yield from _drawn(course, index, quiz)


def _drawn(course: Course, index: int, quiz: Quiz) -> Iterator[Slot]:
    if quiz.draw is None:
        return
    for position, bank in enumerate(course.banks):
        if bank.name == quiz.draw.bank:
            for number, question in enumerate(bank.questions):
                route: Route = ("banks", position, "questions", number)
                yield Slot(f"{quiz.id}.{question.id}", question, route, index, quiz, drawn=True)
