"""The steps of a course: the HTML of each, and the script that carries it."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from coursepack.answers import Register
from coursepack.launch import to_script
from coursepack.site.activities import Activities, ActivityPages, activities
from coursepack.site.prose import Prose
from coursepack.site.scope import Scope, environment
from coursepack.spec.model import Step
from coursepack.spec.outline import Outline


class RenderedStep(Struct, frozen=True):
    """A step's permanent number, its article, and its script; the first step's script has no HTML."""

    n: int
    html: Markup
    script: bytes


def render_steps(scope: Scope, plan: Outline, register: Register) -> tuple[RenderedStep, ...]:
    """All steps in order."""
    known = activities(plan, register, scope.course.settings.language)
    return tuple(_render_step(scope, step, index, known) for index, step in enumerate(scope.course.steps))


def _render_step(scope: Scope, step: Step, index: int, known: Activities) -> RenderedStep:
    prose = Prose(scope, step, first=index == 0)
    pages = ActivityPages(prose, scope, known)
    body = prose.blocks(step.blocks)
    notes = [{"number": number, "body": prose.blocks(note)} for number, note in enumerate(step.footnotes, 1)]
    for number, note in enumerate(notes, 1):
        note["back"] = prose.back_links(number)
    view = {
        "article": prose.anchors.article,
        "number": index + 1,
        "total": len(scope.course.steps),
        "body": body,
        "notes": notes,
    }
    html = Markup(environment().get_template("step.html.j2").render({**prose.names, **view}))  # noqa: S704
    n = prose.anchors.n
    data = {
        "n": n,
        "html": None if index == 0 else str(html),
        "questions": pages.questions,
        "reflections": pages.reflections,
    }
    return RenderedStep(n, html, to_script("step", data))
