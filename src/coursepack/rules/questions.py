"""QST on one question at a time: can it be understood, answered and marked?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from coursepack.diagnostics import Finding, Severity, rule
from coursepack.rules.places import activities, clip, in_bank, places
from coursepack.source import Route
from coursepack.spec.model import (
    Choice,
    Cloze,
    Course,
    Image,
    Inlines,
    Likert,
    Matching,
    Order,
    Question,
    each,
    plain,
)

WARNING = Severity.WARNING


@rule("QST-001", "no-tick")
def no_tick(course: Course) -> Iterator[Finding]:
    """No option of a question is ticked, so it has no right answer.

    Whatever learners do, they are told that they are wrong, and the points can never be earned.

    How to fix: tick the right option: `- [x] …`. For a scale without right or wrong write a plain list
    and say `type=likert`.
    """
    for route, question in places(course, Question):
        answer = question.answer
        if isinstance(answer, Choice) and answer.options and not any(one.correct for one in answer.options):
            advice = "write `right: true` below it" if in_bank(route) else "tick the right option: `- [x]`"
            message = "no option is right" if in_bank(route) else "no option is ticked"
            yield Finding((*route, "answer"), message, advice)


@rule("QST-002", "too-few-options")
def too_few_options(course: Course) -> Iterator[Finding]:
    """A choice or a scale has fewer than two options.

    With one option there is nothing to choose.

    How to fix: add options, or use `answer=true` or `answer=false` for a statement to agree with or not.
    """
    for route, question in places(course, Question):
        if isinstance(question.answer, Choice | Likert) and len(question.answer.options) < 2:
            message = "there is only one option" if question.answer.options else "there are no options"
            yield Finding((*route, "answer"), message, "write two options or more")


@rule("QST-003", "all-ticked", WARNING)
def all_ticked(course: Course) -> Iterator[Finding]:
    """Every option of a multiple choice is right.

    Learners soon find that ticking everything wins, and the question tells nothing apart.

    How to fix: add an option that is wrong and could be believed, or ask for something else.
    """
    for route, question in places(course, Question):
        answer = question.answer
        if isinstance(answer, Choice) and len(answer.options) > 1 and all(o.correct for o in answer.options):
            yield Finding((*route, "answer"), "every option is ticked", "add an option that is wrong")


@rule("QST-004", "several-ticked")
def several_ticked(course: Course) -> Iterator[Finding]:
    """A question says `type=choice`, where learners choose one option, and several are ticked.

    Nobody could choose them all.

    How to fix: leave one tick, or write `type=multiple`.
    """
    for route, question in places(course, Question):
        answer = question.answer
        if isinstance(answer, Choice) and not answer.multiple and sum(o.correct for o in answer.options) > 1:
            message = "several options are ticked in a question that takes one answer"
            yield Finding((*route, "answer"), message, "leave one tick, or write `type=multiple`")


@rule("QST-005", "equal-options")
def equal_options(course: Course) -> Iterator[Finding]:
    """Two options, items or left sides of one question read the same.

    Learners cannot tell them apart, and a report could not either. Right sides of a matching question
    may repeat: they become one choice.

    How to fix: reword or remove one of them.
    """
    for route, question in places(course, Question):
        seen: set[str] = set()
        for at, label in _labels(question, (*route, "answer")):
            words = plain(label)
            if words in seen:
                yield Finding(at, f"`{clip(words, 40)}` is there twice", "reword or remove one of the two")
            elif words:
                seen.add(words)


@rule("QST-006", "empty-option")
def empty_option(course: Course) -> Iterator[Finding]:
    """An option, item or side of a pair is a decorative picture and nothing else.

    There is nothing to hear, and reports show a blank. A picture counts by its alternative text.

    How to fix: give the picture an alternative text, or write words beside it.
    """
    for route, question in places(course, Question):
        labels = list(_labels(question, (*route, "answer")))
        if isinstance(question.answer, Matching):
            for index, pair in enumerate(question.answer.pairs):
                labels.append(((*route, "answer", "pairs", index, "right"), pair.right))
        for at, label in labels:
            if label and not plain(label) and all(image.decorative for _, image in each(label, Image)):
                yield Finding(
                    at, "there are no words here", "write words, or an alternative text for the picture"
                )


def _labels(question: Question, route: Route) -> Iterator[tuple[Route, Inlines]]:
    """What a learner tells apart: options, items, left sides."""
    match question.answer:
        case Choice(options) | Likert(options):
            yield from (((*route, "options", i, "label"), one.label) for i, one in enumerate(options))
        case Matching(pairs):
            yield from (((*route, "pairs", i, "left"), pair.left) for i, pair in enumerate(pairs))
        case Order(items):
            yield from (((*route, "items", i, "label"), item.label) for i, item in enumerate(items))


@rule("QST-010", "too-few-pairs")
def too_few_pairs(course: Course) -> Iterator[Finding]:
    """A matching question has fewer than two pairs, or all its right sides are the same.

    There is nothing to match when there is only one place to go.

    How to fix: write two or more lines `- left == right` with different right sides.
    """
    for route, question in places(course, Question):
        if isinstance(question.answer, Matching):
            pairs = question.answer.pairs
            if len(pairs) < 2:
                advice = "add a pair `[left, right]`" if in_bank(route) else "add a line `- left == right`"
                yield Finding((*route, "answer"), "there are fewer than two pairs", advice)
            elif len({pair.right for pair in pairs}) < 2:
                message = "all the right sides are the same"
                yield Finding((*route, "answer"), message, "give the pairs different right sides")


@rule("QST-011", "too-few-items")
def too_few_items(course: Course) -> Iterator[Finding]:
    """A question that asks for an order has fewer than two items.

    How to fix: write the items as a numbered list, in the right order. The page shuffles them.
    """
    for route, question in places(course, Question):
        if isinstance(question.answer, Order) and len(question.answer.items) < 2:
            yield Finding(
                (*route, "answer"), "there are fewer than two items to order", "add items to the list"
            )


@rule("QST-012", "partial-without-parts", WARNING)
def partial_without_parts(course: Course) -> Iterator[Finding]:
    """`scoring=partial` gives a share of the points for a part of the answer, and this answer has one part.

    With one right option, or one gap, there is all or nothing.

    How to fix: remove `scoring=partial`.
    """
    for route, question in places(course, Question):
        match question.answer:
            case Choice(options, partial=True):
                parts = sum(option.correct for option in options)
            case Cloze(gaps, partial=True):
                parts = len(gaps)
            case _:
                continue
        if parts == 1:
            message = "`scoring=partial` does nothing where there is one right answer"
            yield Finding((*route, "answer"), message, "remove `scoring=partial`")


@rule("QST-013", "idle-points", WARNING)
def idle_points(course: Course) -> Iterator[Finding]:
    """A question has points that nobody can earn.

    A scale (`type=likert`) has no right answer and is never scored. A question outside any quiz is
    practice: it is recorded, and it never counts for the score.

    How to fix: remove `points`, or put the question into a `::: quiz`.
    """
    for slot in activities(course).slots:
        if slot.question.points in (Decimal(0), Decimal(1)):
            continue
        if isinstance(slot.question.answer, Likert):
            yield Finding(
                (*slot.route, "points"),
                "a scale is never scored, so its points do nothing",
                "remove `points`",
            )
        elif slot.quiz is None:
            message = "a question outside any quiz is never scored, so its points do nothing"
            yield Finding(
                (*slot.route, "points"), message, "remove `points`, or put the question into a quiz"
            )
