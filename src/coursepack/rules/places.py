"""Where things are in a course: every node by its class, found in one walk that all rules share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain
from typing import TypeVar, cast

from msgspec import Struct

from coursepack.latest import keep_latest
from coursepack.source import Route
from coursepack.spec.model import Course, Question, Quiz, walk
from coursepack.spec.outline import Outline, outline

Node = TypeVar("Node")


class Map(Struct, frozen=True):
    """The nodes of one course with their routes, and its activities."""

    steps: Sequence[tuple[Route, object]]
    """All that the steps hold, in reading order."""
    nodes: Mapping[type, Sequence[tuple[Route, object]]]
    activities: Outline


@keep_latest
def map_of(course: Course) -> Map:
    """The map of the course: many rules cost one walk."""
    steps = list(walk(course.steps, ("steps",)))
    nodes: dict[type, list[tuple[Route, object]]] = {}
    for route, node in chain(steps, walk(course.banks, ("banks",))):
        nodes.setdefault(type(node), []).append((route, node))
    return Map(steps, nodes, outline(course))


def places(course: Course, kind: type[Node]) -> Sequence[tuple[Route, Node]]:
    """All nodes of one class with their routes, in reading order: the steps first, then the banks."""
    return cast("Sequence[tuple[Route, Node]]", map_of(course).nodes.get(kind, ()))


def in_bank(route: Route) -> bool:
    """Whether the route leads into a question bank, whose questions are written otherwise than in steps."""
    return route[:1] == ("banks",)


def activities(course: Course) -> Outline:
    """The activities of the course, as learners meet them."""
    return map_of(course).activities


def in_order(course: Course, *kinds: type) -> list[tuple[Route, object]]:
    """The nodes of several classes in the steps, in reading order."""
    return [(at, node) for at, node in map_of(course).steps if type(node) in kinds]


def quiz_names(course: Course) -> tuple[str, ...]:
    return tuple(quiz.id for _, quiz in places(course, Quiz))


def own_questions(course: Course, route: Route) -> Iterator[tuple[Route, Question]]:
    """The questions written inside the quiz at the route, not those drawn from a bank."""
    for at, question in places(course, Question):
        if at[: len(route)] == route:
            yield at, question


def did_you_mean(name: str, names: Sequence[str]) -> str:
    """The nearest of the names as advice, else all of them when they are few; empty when there are none."""
    near = get_close_matches(name, names, 1, 0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    if not names:
        return ""
    shown = ", ".join(f"`{one}`" for one in names[:6])
    return f"there is {shown}" + (" and more" if len(names) > 6 else "")


def clip(text: str, limit: int = 60) -> str:
    """The text for a message: on one line, with its end cut when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
