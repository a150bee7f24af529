"""Where a course's things are written: file and line by kind and id."""

from __future__ import annotations

from coursepack.source import Route, Sources
from coursepack.spec.model import Course
from coursepack.spec.outline import outline

NAMES = "title id language version completion pass resume description keywords rights xapi"


def places(course: Course, sources: Sources) -> dict[tuple[str, str], str]:
    """Such as `("question", "first-response")` to `steps/030-check.md:14`."""
    plan = outline(course)
    routes: dict[tuple[str, str], Route] = {("settings", name): ("settings", name) for name in NAMES.split()}
    routes["settings", "pass"] = ("settings", "pass", "score")
    routes |= {("step", step.id): ("steps", index) for index, step in enumerate(course.steps)}
    routes |= {("quiz", quiz.id): route for _, quiz, route in plan.quizzes}
    routes |= {("reflection", item.id): route for _, item, route in plan.reflections}
    routes |= {("question", slot.id): slot.route for slot in plan.slots}
    found = {}
    for key, route in routes.items():
        span = sources.span(route)
        if span is not None:
            found[key] = f"{span.file}:{span.line}"
    return found
