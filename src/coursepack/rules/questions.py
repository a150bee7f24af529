"""QST on one question at a time: can it be understood, answered and marked?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from coursepack.diagnostics import Finding, Severity, rule
from coursepack.rules.places import activities, clip, places
from coursepack.source import Route
from coursepack.spec.model import (
    Choice,
    Cloze,
    Course,
    FillIn,
    Image,
    Inlines,
    Likert,
    Matching,
    Numeric,
    Order,
    Question,
    Reflection,
    TrueFalse,
    each,
    plain,
)

WARNING = Severity.WARNING


@rule("QST-001", "no-right-answer")
def no_right_answer(course: Course) -> Iterator[Finding]:
    """A question has no right answer: no option is ticked, or nothing is accepted.

    Whatever learners do, they are told that they are wrong, and the points can never be earned.

    How to fix: tick the right option (`- [x]`), add a line `= accepted answer`, or write the answer
    into the gap (`[[answer]]`). For a scale without right or wrong say `type=likert`.
    """
    for route, question in places(course, Question):
        at = (*route, "answer")
        match question.answer:
            case Choice(options) if options and not any(one.correct for one in options):
                yield Finding(at, "no option is ticked", "tick the right option: `- [x]`")
            case FillIn(accepted=()) | Numeric(accepted=()):
                yield Finding(at, "no answer is accepted", "add a line such as `= the answer`")
            case Cloze(gaps):
                for index, gap in enumerate(gaps):
                    if not gap.accepted:
                        gap_at = (*at, "gaps", index)
                        yield Finding(
                            gap_at, "the gap accepts nothing", "write the answer into it: `[[answer]]`"
                        )


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
    """An option, item or side of a pair has no words.

    There is nothing to read or to hear, and reports show a blank. A picture counts by its alternative text.

    How to fix: write the words, or remove the line.
    """
    for route, question in places(course, Question):
        labels = list(_labels(question, (*route, "answer")))
        if isinstance(question.answer, Matching):
            for index, pair in enumerate(question.answer.pairs):
                labels.append(((*route, "answer", "pairs", index, "right"), pair.right))
        for at, label in labels:
            if not plain(label) and not any(not image.decorative for _, image in each(label, Image)):
                yield Finding(at, "there are no words here", "write the words, or remove the line")


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
                yield Finding(
                    (*route, "answer"), "there are fewer than two pairs", "add a line `- left == right`"
                )
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


@rule("QST-012", "no-gap")
def no_gap(course: Course) -> Iterator[Finding]:
    """A cloze text has no gap, so there is nothing to fill in.

    How to fix: put the answer of each gap in double square brackets: `The capital is [[Paris]].`
    """
    for route, question in places(course, Question):
        if isinstance(question.answer, Cloze) and not question.answer.gaps:
            yield Finding((*route, "answer"), "the text has no gap", "write a gap: `[[answer]]`")


@rule("QST-013", "partial-without-parts", WARNING)
def partial_without_parts(course: Course) -> Iterator[Finding]:
    """`scoring=partial` gives a share of the points for a part of the answer, and this answer has one part.

    It does nothing in a question with one right option, one gap or one pair.

    How to fix: remove `scoring=partial`, or, where several options are right, write `type=multiple`.
    """
    for route, question in places(course, Question):
        match question.answer:
            case Choice(multiple=False, partial=True):
                parts = 1
            case Cloze(gaps, partial=True):
                parts = len(gaps)
            case Matching(pairs, partial=True):
                parts = len(pairs)
            case _:
                continue
        if parts == 1:
            message = "`scoring=partial` does nothing where there is one right answer"
            yield Finding((*route, "answer"), message, "remove `scoring=partial`")


@rule("QST-014", "idle-points", WARNING)
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


@rule("QST-015", "no-stem")
def no_stem(course: Course) -> Iterator[Finding]:
    """A question or a reflection asks nothing: it has no words of its own.

    The words name the answers for a screen reader, and stand in every report.

    How to fix: write the question above the answers.
    """
    for route, question in places(course, Question):
        if not plain(question.stem):
            yield Finding(route, "the question has no words", "write what you ask above the answers")
    for route, reflection in places(course, Reflection):
        if not plain(reflection.prompt):
            yield Finding(route, "the reflection has no words", "write what you ask inside the block")


@rule("QST-016", "idle-shuffle", WARNING)
def idle_shuffle(course: Course) -> Iterator[Finding]:
    """`shuffle` stands on a question whose answers should not, or cannot, be shuffled.

    A scale read out of order misleads, and a typed or a true-false answer has nothing to shuffle.

    How to fix: remove `shuffle`. It belongs on a choice, a matching or an order.
    """
    for route, question in places(course, Question):
        if question.shuffle and isinstance(question.answer, TrueFalse | FillIn | Cloze | Numeric | Likert):
            kind = (
                "a scale keeps its order"
                if isinstance(question.answer, Likert)
                else "there is nothing to shuffle"
            )
            yield Finding((*route, "shuffle"), f"`shuffle` has no place here: {kind}", "remove `shuffle`")
