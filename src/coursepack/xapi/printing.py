"""What `coursepack xapi` prints: samples, the vocabulary page, the privacy sheet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

from coursepack.answers import Register
from coursepack.spec.model import Course
from coursepack.xapi import pages
from coursepack.xapi.samples import Sample, samples
from coursepack.xapi.sessions import Unit, session_samples
from coursepack.xapi.table import home_page, hooks_for

Form = Literal["samples", "jsonl", "md", "html", "privacy"]


def show(course: Course, register: Register, target: str, form: Form, units: Sequence[Unit] = ()) -> str:
    """The text of one form for one target; empty when its packages send no statements.

    `units` are what an LMS launches in that package.
    """
    settings = course.settings
    hooks = hooks_for(settings, target)
    found = _samples(course, register, target, units)
    if not hooks and not found:
        return ""
    if form == "jsonl":
        lines = (json.dumps(one.statement, ensure_ascii=False, separators=(",", ":")) for one in found)
        return "".join(line + "\n" for line in lines)
    if form == "samples":
        blocks = (
            f"# {one.hook}: {one.event}, {'smallest' if one.end == 'least' else 'largest'} values\n"
            + json.dumps(one.statement, ensure_ascii=False, indent=2)
            for one in found
        )
        return "\n\n".join(blocks) + "\n"
    if form == "privacy":
        title = f"What {settings.title} tells of learners"
        return pages.to_markdown(title, pages.privacy(hooks, found))
    sections = pages.vocabulary(hooks, found)
    title = f"Statements of {settings.title}"
    if form == "html":
        return pages.to_html(title, settings.language, sections)
    return pages.to_markdown(title, sections)


def _samples(course: Course, register: Register, target: str, units: Sequence[Unit]) -> list[Sample]:
    by_hooks = samples(course, register, target, {path: path for path in course.files})
    return [*by_hooks, *session_samples(units, target, home_page(course.settings))]


def to_data(course: Course, register: Register, target: str, units: Sequence[Unit] = ()) -> dict[str, Any]:
    """All that the forms tell of one target's packages, as plain data; `n` 0 is the course itself."""
    hooks = hooks_for(course.settings, target)
    found = _samples(course, register, target, units)
    return {
        "target": target,
        "statements": [
            {"hook": one.hook, "event": one.event, "n": one.n, "end": one.end, "statement": one.statement}
            for one in found
        ],
        "vocabulary": _sections(pages.vocabulary(hooks, found)),
        "privacy": _sections(pages.privacy(hooks, found)),
    }


def _sections(sections: Sequence[pages.Section]) -> list[dict[str, Any]]:
    return [
        {"title": title, "rows": [dict(zip(columns, row, strict=True)) for row in rows]}
        for title, columns, rows in sections
    ]
