"""Where things are in a course: every node by its class, found in one walk that all rules share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from typing import TypeVar, cast

from coursepack.source import Route
from coursepack.spec.model import Course, Question, Quiz
from coursepack.spec.outline import Outline, outline

Node = TypeVar("Node")


@dataclass(frozen=True, slots=True)
class Map:
    """The nodes of one course by class, in reading order, and its activities."""

    nodes: Mapping[type, Sequence[tuple[Route, object]]]
    activities: Outline


_latest: list[tuple[Course, Map]] = []


def map_of(course: Course) -> Map:
    """The map of the course; the latest one is kept, so that many rules cost one walk."""
    if _latest and _latest[0][0] is course:
        return _latest[0][1]
    nodes: dict[type, list[tuple[Route, object]]] = {}
    for route, node in _walk(course):
        nodes.setdefault(type(node), []).append((route, node))
    made = Map(nodes, outline(course))
    _latest[:] = [(course, made)]
    return made


def places(course: Course, kind: type[Node]) -> Sequence[tuple[Route, Node]]:
    """All nodes of one class with their routes, in reading order: the steps first, then the banks."""
    return cast("Sequence[tuple[Route, Node]]", map_of(course).nodes.get(kind, ()))


def activities(course: Course) -> Outline:
    """The activities of the course, as learners meet them."""
    return map_of(course).activities


def nodes_below(node: object, route: Route = ()) -> Iterator[tuple[Route, object]]:
    """Every dataclass below the node in reading order, without recursion: nesting may be deep."""
    return _walk(node, route)


def quiz_names(course: Course) -> tuple[str, ...]:
    return tuple(quiz.id for _, quiz in places(course, Quiz))


def own_questions(quiz: Quiz, route: Route) -> Iterator[tuple[Route, Question]]:
    """The questions written inside the quiz, not those drawn from a bank."""
    for at, node in _walk(quiz.blocks, (*route, "blocks")):
        if isinstance(node, Question):
            yield at, node


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


def _walk(root: object, route: Route = ()) -> Iterator[tuple[Route, object]]:
    stack: list[tuple[Route, object]] = [(route, root)]
    while stack:
        at, node = stack.pop()
        if isinstance(node, tuple):
            stack.extend(((*at, i), node[i]) for i in range(len(node) - 1, -1, -1) if _inner(node[i]))
        elif _inner(node):
            yield at, node
            children = ((name, getattr(node, name)) for name in _names(type(node)))
            stack.extend(((*at, name), child) for name, child in children if _inner(child))


def _inner(value: object) -> bool:
    return isinstance(value, tuple) or bool(_names(type(value))) or is_dataclass(value)


_fields: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass, last first; none for any other class."""
    if kind not in _fields:
        names = [item.name for item in fields(kind)] if is_dataclass(kind) else []
        _fields[kind] = tuple(reversed(names))
    return _fields[kind]
