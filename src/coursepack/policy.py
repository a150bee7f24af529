"""What counts: the quizzes, the completion and the pass rule of a course in permanent numbers."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from coursepack.answers import Register, to_number
from coursepack.launch import ActivityConfig, CompletionConfig, PassConfig, QuizConfig
from coursepack.spec.model import Course, Quiz
from coursepack.spec.outline import Outline, Slot, outline
from coursepack.standing import Rules, StepRule

REPORT_LIMIT = 250
"""Interactions that a SCORM 2004 LMS must hold (RTE 4.2.9, SPM 250); Moodle sends them all each time."""


def to_quiz_configs(course: Course, register: Register) -> list[QuizConfig]:
    """All quizzes in learning order."""
    plan = outline(course)
    return [_quiz_config(course, plan, index, quiz, register) for index, quiz, _ in plan.quizzes]


def _quiz_config(course: Course, plan: Outline, index: int, quiz: Quiz, register: Register) -> QuizConfig:
    slots = plan.of(quiz)
    pool = [register.n("question", slot.id) for slot in slots if slot.drawn]
    mark = pass_mark(course, quiz)
    return {
        "n": register.n("quiz", quiz.id),
        "id": quiz.id,
        "title": quiz.title,
        "step": register.n("step", course.steps[index].id),
        "questions": [register.n("question", slot.id) for slot in slots],
        "points": [to_number(slot.question.points if slot.question.scored else Decimal(0)) for slot in slots],
        "passScore": None if mark is None else ten_thousandths(mark),
        "attempts": quiz.attempts or 0,
        "shuffle": quiz.shuffle,
        "pool": pool,
        "draw": min(quiz.draw.count, len(pool)) if quiz.draw else 0,
        "feedback": quiz.feedback,
        "retry": quiz.retry,
        "counts": quiz.counts,
        "reveal": quiz.reveal,
        "counted": counts(course, quiz),
    }


def pass_mark(course: Course, quiz: Quiz) -> Decimal | None:
    """The quiz's own pass mark, else the course's, else none; 0 to 1."""
    if quiz.pass_score is not None:
        return quiz.pass_score
    return course.settings.pass_.score if course.settings.pass_ else None


def counts(course: Course, quiz: Quiz) -> bool:
    """Whether the quiz is part of the course's score: named by `pass.quizzes`, or any if left out."""
    rule = course.settings.pass_
    return rule is None or rule.quizzes is None or quiz.id in rule.quizzes


def to_activities(course: Course, register: Register) -> list[ActivityConfig]:
    """Questions outside any quiz, then reflections."""
    plan = outline(course)
    found: list[ActivityConfig] = [
        {
            "n": register.n("question", slot.id),
            "id": slot.id,
            "step": register.n("step", course.steps[slot.step].id),
            "kind": "practice",
        }
        for slot in plan.slots
        if slot.quiz is None
    ]
    for index, reflection, _ in plan.reflections:
        n = register.n("reflection", reflection.id)
        step = register.n("step", course.steps[index].id)
        found.append({"n": n, "id": reflection.id, "step": step, "kind": "reflection"})
    return found


def to_completion(course: Course, register: Register) -> CompletionConfig:
    """The completion rule; of a share at least that many, rounded up, of the required steps."""
    rule = course.settings.completion
    if isinstance(rule.steps, tuple):
        steps = [step for step in course.steps if step.id in rule.steps]
        at_least = len(steps)
    else:
        steps = [step for step in course.steps if step.required]
        share = Decimal(1) if rule.steps == "all" else rule.steps
        at_least = int((share * len(steps)).to_integral_value(ROUND_CEILING))
    return {
        "steps": [register.n("step", step.id) for step in steps],
        "atLeast": at_least,
        "quizzes": rule.quizzes,
        "reflections": rule.reflections,
    }


def to_pass_rule(course: Course, register: Register) -> PassConfig | None:
    """The pass rule; None for a course without a grade."""
    rule = course.settings.pass_
    if rule is None:
        return None
    quizzes = [register.n("quiz", quiz.id) for _, quiz, _ in outline(course).quizzes if counts(course, quiz)]
    return {"score": ten_thousandths(rule.score), "quizzes": quizzes}


def to_reported(course: Course, register: Register) -> list[int]:
    """Whose interactions reach the LMS: scored questions, then reflections, then the rest; 250 at most."""
    plan = outline(course)
    scored = [register.n("question", slot.id) for slot in plan.slots if is_scored(slot)]
    others = [register.n("question", slot.id) for slot in plan.slots if not is_scored(slot)]
    written = [register.n("reflection", reflection.id) for _, reflection, _ in plan.reflections]
    return list(dict.fromkeys(scored + written + others))[:REPORT_LIMIT]


def is_scored(slot: Slot) -> bool:
    """In a quiz and worth points."""
    return slot.quiz is not None and slot.question.scored


def ten_thousandths(share: Decimal) -> int:
    """A share from 0 to 1 as an integer, rounded half up: how every score is compared."""
    return int((share * 10000).to_integral_value(ROUND_HALF_UP))


def to_rules(course: Course, register: Register) -> Rules:
    """All that decides where a learner stands."""
    return Rules(
        steps=tuple(StepRule(register.n("step", step.id), step.required) for step in course.steps),
        quizzes=tuple(to_quiz_configs(course, register)),
        activities=tuple(to_activities(course, register)),
        completion=to_completion(course, register),
        pass_rule=to_pass_rule(course, register),
    )
