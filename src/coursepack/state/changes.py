"""A state of an earlier layout carried over to the present one: what is still there keeps its answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec.structs import replace

from coursepack.state.layout import Layout, Record
from coursepack.state.progress import (
    UNANSWERED,
    Changes,
    CourseState,
    QuestionState,
    QuizState,
    ReflectionState,
    Response,
)
from coursepack.state.walk import from_units, to_units


def carry(
    state: CourseState, before: Layout, now: Layout, policy: Literal["retry", "keep"]
) -> tuple[CourseState, Changes]:
    """The state on the present layout, and what changed. Status, scores and passed quizzes never go down."""
    questions, answers = {}, []
    for n, question in state.questions.items():
        record = now.by_n.get(n)
        if record is None:
            continue
        owner = state.quizzes.get(record.quiz)
        fixed = owner is not None and owner.phase == "finished"
        kept = _question(question, before.by_n[n], record, policy, fixed)
        if kept != UNANSWERED:
            questions[n] = kept
        if question.submitted and not kept.submitted:
            answers.append(n)
    reflections, cut = {}, []
    for n, reflection in state.reflections.items():
        record = now.by_n.get(n)
        if record is None:
            continue
        text = _clipped(reflection.text, record.size) if record.size else reflection.text
        reflections[n] = ReflectionState(text, reflection.submitted)
        if text != reflection.text:
            cut.append(n)
    reopened = {now.by_n[n].quiz for n in answers if now.by_n[n].quiz == before.by_n[n].quiz}
    quizzes = {n: _quiz(quiz, now, n, n in reopened) for n, quiz in state.quizzes.items() if n in now.by_n}
    carried = replace(
        state,
        location=state.location if state.location in now.by_n else 0,
        seen=state.seen & set(now.by_n),
        questions=questions,
        quizzes=quizzes,
        reflections=reflections,
        entries={n: index for n, index in state.entries.items() if _same_question(n, before, now)},
    )
    new = [record for record in now.records if record.n not in before.by_n]
    return carried, Changes(
        layout=before.id,
        steps=tuple(record.n for record in new if record.kind == "s"),
        activities=tuple(record.n for record in new if record.kind != "s"),
        removed=tuple(record.n for record in before.records if record.n not in now.by_n),
        answers=tuple(sorted(answers)),
        cut=tuple(sorted(cut)),
    )


def by_present_marks(state: CourseState, marks: Mapping[int, int | None]) -> CourseState:
    """The state as a launch finds it: who has reached a pass mark that was lowered since has passed.

    `marks` are ten-thousandths by quiz; scores round half up to these.
    """
    quizzes = {}
    for n, quiz in state.quizzes.items():
        mark, score = marks.get(n), quiz.score
        reached = mark is not None and score is not None and score + 50 >= mark * 100
        quizzes[n] = replace(quiz, passed=quiz.passed or reached)
    return replace(state, quizzes=quizzes)


def _same_question(n: int, before: Layout, now: Layout) -> bool:
    """Whether what the LMS was told of it still holds: a new type or right answer needs a new entry."""
    if n not in now.reported:
        return False
    was, record = before.by_n[n], now.by_n[n]
    return (was.kind, was.version) == (record.kind, record.version)


def _quiz(quiz: QuizState, now: Layout, n: int, reopened: bool) -> QuizState:
    """The quiz with those of its drawn questions that are still there, no more than it draws now.

    An attempt that has ended is open again for the questions that are to be answered anew.
    """
    pool = {record.n for record in now.pools.get(n, ())}
    phase = "running" if reopened and quiz.phase == "finished" else quiz.phase
    return replace(quiz, phase=phase, drawn=tuple(m for m in quiz.drawn if m in pool)[: now.by_n[n].size])


def _question(
    question: QuestionState, before: Record, now: Record, policy: Literal["retry", "keep"], fixed: bool
) -> QuestionState:
    """The question's answer as far as it still means something.

    A changed right answer asks anew, unless the policy is to keep. A submitted answer that lost a part asks
    anew too, unless the verdict is `fixed` in a finished quiz. What was only begun stays.
    """
    if before.kind != now.kind:
        return UNANSWERED
    response = _response(question.response, before, now)
    changed = before.version != now.version
    if not question.submitted:
        return QuestionState(response, False, 0 if changed else min(question.tries, now.tries))
    lost = _parts(response) < _parts(question.response)
    if policy == "retry" and (changed or (lost and not fixed)):
        return UNANSWERED
    share = (question.share or 0) * now.units // max(before.units, 1)
    return QuestionState(response, True, min(question.tries, now.tries) if now.tries else 1, share)


def _parts(response: Response) -> int:
    """How many parts of an answer there are."""
    if isinstance(response, tuple):
        return sum(bool(part) for part in response)
    return int(response is not None)


def _response(response: Response, before: Record, now: Record) -> Response:
    if before.kind in "cl":
        return response if response in now.parts else None
    if before.kind in "fn":
        return (_clipped(response, now.size) if isinstance(response, str) else None) or None
    if not isinstance(response, tuple):
        return response
    if before.kind == "m":
        return tuple(n for n in response if n in now.parts) or None
    if before.kind == "o":
        return response if set(response) == set(now.parts) else None
    if before.kind == "g":
        typed = dict(zip(before.parts, response, strict=True))
        texts = tuple(_clipped(str(typed.get(n, "")), now.size) for n in now.parts)
        return texts if any(texts) else None
    listed: tuple[int | str, ...] = response
    matched = {n: int(side) for n, side in zip(before.parts, listed, strict=True)}
    right_of = dict(zip(before.parts, before.rights, strict=True))
    side_of = dict(zip(reversed(now.rights), reversed(now.parts), strict=True))
    chosen = tuple(side_of.get(right_of.get(matched.get(n, 0), 0), 0) for n in now.parts)
    return chosen if any(chosen) else None


def _clipped(text: str, limit: int) -> str:
    return from_units(to_units(text, limit))
