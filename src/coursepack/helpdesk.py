"""A learner's saved state in words, for whoever has to answer "the LMS lost my progress"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from coursepack.lock import Register
from coursepack.policy import to_rules
from coursepack.spec.model import Course
from coursepack.spec.outline import outline
from coursepack.standing import Standing, standing
from coursepack.state import (
    Changes,
    CourseState,
    Decoded,
    Layout,
    QuestionState,
    Reason,
    by_present_marks,
    decode,
    layout,
    layouts,
)

WHY: dict[Reason, str] = {
    "empty": "There is no saved state: the learner has not begun, or the LMS gave nothing back.",
    "damaged": "This is a saved state of coursepack, but it was cut off or changed on its way: its checksum "
    "is wrong. Ask for the whole text, without blanks or line breaks.",
    "foreign": "This is not a saved state of this course. It may belong to another course or program, or "
    "course.lock was made anew since.",
    "future": "This state was saved by a later build than this course.lock knows, or by a newer coursepack. "
    "Use the course folder that the package was built from.",
}


class Words(NamedTuple):
    """`readable` is false when `text` says why nothing could be read."""

    text: str
    readable: bool


def describe(text: str, course: Course, register: Register) -> Words:
    """What the saved state says, without the learner's own words; or why it cannot be read."""
    now = layout(course, register)
    found = decode(text.strip().strip("\"'"), now, layouts(register), course.settings.resume.changed_answers)
    if not isinstance(found, Decoded):
        return Words(WHY[found], False)
    rules = to_rules(course, register)
    state = by_present_marks(found.state, {quiz["n"]: quiz["passScore"] for quiz in rules.quizzes})
    stands = standing(rules, state)
    lines = [_summary(course, stands), *_origin(found.changes), *_done(course, register, now, state)]
    names = {register.n("step", step.id): f"step {step.id}" for step in course.steps}
    activities = outline(course)
    names |= {register.n("quiz", quiz.id): f"quiz {quiz.id}" for _, quiz, _ in activities.quizzes}
    names |= {
        register.n("reflection", item.id): f"reflection {item.id}" for _, item, _ in activities.reflections
    }
    if found.state.location:
        lines.append(f"is at {names[found.state.location]}")
    if stands.todo:
        lines.append("still needs " + ", ".join(dict.fromkeys(names[item.n] for item in stands.todo)))
    return Words("\n".join(lines), True)


def _summary(course: Course, stands: Standing) -> str:
    parts = [f"{len(stands.steps_done)} of {len(course.steps)} steps"]
    parts.append("completed" if stands.completed else "not completed")
    if stands.success != "unknown":
        parts.append(stands.success)
    if stands.score is not None:
        parts.append(f"score {stands.score / 100:g} %")
    return "; ".join(parts)


def _origin(changes: Changes | None) -> Iterator[str]:
    if changes is None:
        return
    yield f"saved with an earlier build (layout {changes.layout})"
    if changes.answers:
        yield f"to be answered anew since the course changed: {len(changes.answers)}"


def _done(course: Course, register: Register, now: Layout, state: CourseState) -> Iterator[str]:
    activities = outline(course)
    for index, _ in enumerate(course.steps):
        for at, quiz, _ in activities.quizzes:
            taken = state.quizzes.get(register.n("quiz", quiz.id))
            if at == index and taken is not None and taken.attempt:
                score = "" if taken.score is None else f", score {taken.score / 10000:g} %"
                passed = ", passed" if taken.passed else ""
                yield f"quiz {quiz.id}: attempt {taken.attempt} {taken.phase}{score}{passed}"
        for slot in activities.slots:
            n = register.n("question", slot.id)
            if slot.step == index and n in state.questions:
                yield f"question {slot.id} {_verdict(state.questions[n], now.by_n[n].units)}"
        for at, item, _ in activities.reflections:
            written = state.reflections.get(register.n("reflection", item.id))
            if at == index and written is not None:
                done = "submitted" if written.submitted else "begun"
                yield f"reflection {item.id} {done}, {len(written.text)} characters"


def _verdict(question: QuestionState, units: int) -> str:
    if not question.submitted:
        return "begun, not submitted"
    if not units:
        return "answered"
    right = question.share or 0
    if right in (0, units):
        return "right" if right else "wrong"
    return f"partly right ({right} of {units})"
