"""Where hooks are in a course, and what reading them told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from coursepack.diagnostics import Finding
from coursepack.source import Route
from coursepack.spec.hook_settings import Hook
from coursepack.spec.model import Course
from coursepack.xapi.table import LRS_TARGETS, Read, read_hooks

VOLATILE = ('"event.', '"session.', '_s"', '.response"', '.try"', ".attempt", "registration")


def carries(course: Course) -> bool:
    """Whether any package of the course carries hooks."""
    return course.settings.xapi is not None or bool(LRS_TARGETS & set(course.settings.targets))


def own(course: Course) -> Iterator[tuple[Route, Hook]]:
    """The author's hooks with their routes."""
    for index, hook in enumerate(course.settings.xapi.hooks if course.settings.xapi else ()):
        yield ("settings", "xapi", "hooks", index), hook


def reading(course: Course) -> Sequence[Read]:
    """All hooks that send, if any package carries them."""
    return read_hooks(course.settings).hooks if carries(course) else ()


def told(course: Course, name: str) -> Iterator[Finding]:
    """What reading the hooks told under the name of a rule."""
    if course.settings.xapi is not None:
        for one in read_hooks(course.settings).troubles:
            if one.rule == name:
                yield Finding(one.at, one.message, one.help)


def texts(value: Any, at: Route) -> Iterator[tuple[Route, str]]:
    """Every text in plain data with its route."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*at, key))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from texts(inner, (*at, index))


def about_course(course: Course, statement: dict[str, Any]) -> bool:
    """Whether the statement's object is the course."""
    given = statement["object"]
    return bool(given.get("@") == "course" or given.get("id") == course.settings.id)


def volatile(statement: dict[str, Any]) -> bool:
    """Whether the object's id holds a value that changes each time."""
    given = json.dumps(statement["object"].get("id", ""))
    return any(sign in given for sign in VOLATILE)


def did_you_mean(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, 1, 0.6)
    return f"did you mean `{near[0]}`?" if near else "see docs/xapi.md for the default hooks"
