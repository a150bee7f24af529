"""cmi5 units: a course whole, or each step as a course of its own (`cmi5: {units: steps}`)."""

from __future__ import annotations

from msgspec.structs import replace

from coursepack.policy import counts
from coursepack.spec.model import Course, Step
from coursepack.spec.outline import outline


def by_steps(course: Course) -> bool:
    """Whether each step is an assignable unit of its own."""
    return course.settings.cmi5.units == "steps"


def page_of(n: int) -> str:
    """The name of the page that the unit of step `n` (its permanent number) opens."""
    return f"unit-{n}.html"


def narrow(course: Course, step: Step) -> Course:
    """The course of one step: done when the step is, passed by those quizzes in it that count."""
    settings = course.settings
    alone = replace(course, steps=(replace(step, required=True),))
    graded = any(
        counts(course, quiz) and any(slot.question.scored for slot in outline(alone).of(quiz))
        for _, quiz, _ in outline(alone).quizzes
    )
    changes: dict[str, object] = {"completion": settings.completion.model_copy(update={"steps": "all"})}
    if not graded:
        changes["pass_"] = None
    return replace(alone, settings=settings.model_copy(update=changes))


def asked_for(course: Course, step: Step) -> bool:
    """Whether the course's completion asks for the step. cmi5 has no word for a share of the steps: all."""
    listed = course.settings.completion.steps
    return step.id in listed if isinstance(listed, tuple) else step.required
