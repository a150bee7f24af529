"""cmi5 units: a course whole, or each step as a course of its own (`cmi5: {units: steps}`)."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from coursepack.answers import Register
from coursepack.policy import counts
from coursepack.spec.model import Course, Step
from coursepack.spec.outline import outline
from coursepack.spec.settings import Settings
from coursepack.xapi.sessions import Unit


def by_steps(course: Course) -> bool:
    """Whether each step is an assignable unit of its own."""
    return course.settings.cmi5.units == "steps"


def page_of(n: int) -> str:
    """The name of the page that the unit of step `n` (its permanent number) opens."""
    return f"unit-{n}.html"


def unit_id(course_id: str, n: int = 0) -> str:
    """The publisher's id of the course's one assignable unit, or of step `n`'s (its permanent number)."""
    whole = f"{course_id.rstrip('/')}/au" if "#" not in course_id else f"{course_id}-au"
    return f"{whole}/{n}" if n else whole


def launched(course: Course, register: Register, target: str) -> list[Unit]:
    """What an LMS launches, and the share that passes it: the course, in cmi5 its unit or units."""
    settings = course.settings
    if target == "cmi5" and by_steps(course):
        alone = [narrow(course, step).settings for step in course.steps]
        ids = [unit_id(settings.id, register.n("step", step.id)) for step in course.steps]
        return [Unit(one, _mark(own)) for one, own in zip(ids, alone, strict=True)]
    return [Unit(unit_id(settings.id) if target == "cmi5" else settings.id, _mark(settings))]


def _mark(settings: Settings) -> Decimal | None:
    return settings.pass_.score if settings.pass_ else None


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
