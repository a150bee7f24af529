"""Every node with its route, and the words of any of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct

from coursepack.source import Route
from coursepack.spec.model.inlines import (
    PLAIN,
    Code,
    Emphasis,
    Gap,
    Image,
    LineBreak,
    Link,
    Spanned,
    Strong,
    Text,
)
from coursepack.spec.model.prose import CodeBlock

Node = TypeVar("Node")


def walk(node: object, route: Route = ()) -> Iterator[tuple[Route, object]]:
    """The nodes of the model below `node`, itself first, in reading order, with the route from `node`.

    A node is a struct; fields and tuples are followed. Passed over are `PLAIN` attributes, which say
    nothing, and what is no node: the settings, the mapping of files. Nesting may be deep: no recursion.
    """
    stack: list[tuple[Route, object]] = [(route, node)]
    while stack:
        at, this = stack.pop()
        if isinstance(this, tuple):
            for i in range(len(this) - 1, -1, -1):
                child = this[i]
                if child and (type(child) is tuple or _names(type(child))) and child is not PLAIN:
                    stack.append(((*at, i), child))
        elif names := _names(type(this)):
            yield at, this
            for name in names:
                child = getattr(this, name)
                if child and (type(child) is tuple or _names(type(child))) and child is not PLAIN:
                    stack.append(((*at, name), child))


class _Names(dict[type, tuple[str, ...]]):
    """The fields of each class of structs, last first; none of any other class."""

    def __missing__(self, kind: type) -> tuple[str, ...]:
        names = kind.__struct_fields__[::-1] if issubclass(kind, Struct) else ()
        self[kind] = names
        return names


_names = _Names().__getitem__


def each(node: object, kind: type[Node], route: Route = ()) -> Iterator[tuple[Route, Node]]:
    """The nodes of one class below `node`, with their routes."""
    for at, found in walk(node, route):
        if isinstance(found, kind):
            yield at, found


def plain(node: object) -> str:
    """The words of inlines or blocks as one line of text: no mark-up, single blanks."""
    if isinstance(node, tuple) and len(node) == 1 and isinstance(node[0], Text):
        return " ".join(node[0].text.split())
    found: list[str] = []
    _gather(node, found)
    return " ".join("".join(found).split())


def _gather(node: object, found: list[str]) -> None:
    """Adds the words of the node, with a blank after each block and each part of a block."""
    if isinstance(node, tuple):
        for child in node:
            _gather(child, found)
            if isinstance(child, tuple):
                found.append(" ")
    elif isinstance(node, Text | Code):
        found.append(node.text)
    elif isinstance(node, Image):
        found.append(node.alt)
    elif isinstance(node, LineBreak):
        found.append(" ")
    elif isinstance(node, Gap):
        found.append("___")
    elif isinstance(node, CodeBlock):
        found.append(node.text + " ")
    else:
        for name in reversed(_names(type(node))):
            value = getattr(node, name)
            if isinstance(value, tuple | Struct):
                _gather(value, found)
                if not isinstance(node, Emphasis | Strong | Spanned | Link):
                    found.append(" ")
