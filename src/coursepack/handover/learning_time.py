"""How long a course takes a learner, worked out from its words, pictures, questions and reflections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from msgspec import Struct

from coursepack.rules.places import map_of
from coursepack.spec.model import Blocks, Course, Image, Question, Quiz, Reflection, Step, Text, walk

READING = 200
"""Words a minute, when something is to be learned from them."""
SIGNS = 400
"""Signs a minute of scripts that do not part words by blanks."""
PICTURE, QUESTION, REFLECTION = 10, 20, 90
"""Seconds for looking at one, for deciding on an answer, for beginning to write."""
WRITING = 15
"""Words a minute, of those that a reflection asks for at least."""

_SIGN = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")


class LearningTime(Struct, frozen=True):
    """`minutes` of the whole course, rounded up, at least 1, where `own` steps take what the author set;
    `computed` without regard to that."""

    minutes: int
    computed: int
    words: int
    pictures: int
    questions: int
    reflections: int
    own: int = 0


class _Count(Struct):
    words: Fraction = Fraction(0)
    seconds: Fraction = Fraction(0)
    pictures: int = 0
    questions: int = 0
    reflections: int = 0


def learning_time(course: Course) -> LearningTime:
    """A step takes the author's `minutes`, or what its content comes to. Of a bank, as many questions count
    as are drawn, at the mean of the bank."""
    every = _Count()
    seconds = computed = Fraction(0)
    inside = _by_step(course)
    for index, step in enumerate(course.steps):
        found = _Count()
        _add(found, inside[index])
        _add_drawn(found, course, step)
        seconds += found.seconds if step.minutes is None else step.minutes * 60
        computed += found.seconds
        every.words += found.words
        every.pictures += found.pictures
        every.questions += found.questions
        every.reflections += found.reflections
    return LearningTime(
        _rounded_up(seconds),
        _rounded_up(computed),
        round(every.words),
        every.pictures,
        every.questions,
        every.reflections,
        sum(step.minutes is not None for step in course.steps),
    )


def _rounded_up(seconds: Fraction) -> int:
    return max(1, -(-seconds // 60))


def _add_drawn(found: _Count, course: Course, step: Step) -> None:
    banks = {bank.name: bank for bank in course.banks}
    for quiz in _quizzes(step.blocks):
        bank = banks.get(quiz.draw.bank) if quiz.draw else None
        if quiz.draw is None or bank is None or not bank.questions:
            continue
        pool = _Count()
        _add(pool, (node for _, node in walk(bank.questions)))
        count = min(quiz.draw.count, len(bank.questions))
        share = Fraction(count, len(bank.questions))
        found.words += pool.words * share
        found.seconds += pool.seconds * share
        found.questions += count


def _quizzes(blocks: Blocks) -> Iterator[Quiz]:
    return (block for block in blocks if isinstance(block, Quiz))


def _by_step(course: Course) -> list[list[object]]:
    """All that each step holds."""
    found: list[list[object]] = [[] for _ in course.steps]
    for route, node in map_of(course).steps:
        found[int(route[1])].append(node)
    return found


def _add(count: _Count, nodes: Iterable[object]) -> None:
    """Counts all of the nodes."""
    texts: list[str] = []
    for node in nodes:
        match node:
            case Text():
                texts.append(node.text)
            case Question():
                count.questions += 1
                count.seconds += QUESTION
            case Reflection():
                count.reflections += 1
                count.seconds += max(Fraction(REFLECTION), Fraction(node.min_words * 60, WRITING))
            case Image():
                count.pictures += 1
                count.seconds += PICTURE
    text = "\n".join(texts)
    signs = len(_SIGN.findall(text))
    words = len(_WORD.findall(_SIGN.sub(" ", text) if signs else text))
    count.words += words + Fraction(signs * READING, SIGNS)
    count.seconds += Fraction(words * 60, READING) + Fraction(signs * 60, SIGNS)
