"""Every node with its route, and the words of any of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct

from coursepack.source import Route
from coursepack.spec.model.activities import Option
from coursepack.spec.model.inlines import PLAIN, Code, Gap, Image, LineBreak, Text
from coursepack.spec.model.prose import Cell, CodeBlock, Heading, ListItem, Paragraph

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
            stack += [((*at, i), this[i]) for i in range(len(this) - 1, -1, -1) if _has_inside(this[i])]
        elif names := _names(type(this)):
            yield at, this
            for name in names:
                child = getattr(this, name)
                if _has_inside(child):
                    stack.append(((*at, name), child))


def _has_inside(value: object) -> bool:
    return bool(value) if isinstance(value, tuple) else bool(_names(type(value))) and value is not PLAIN


_fields: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    """The fields of a struct, last first; none for any other class."""
    if kind not in _fields:
        _fields[kind] = kind.__struct_fields__[::-1] if issubclass(kind, Struct) else ()
    return _fields[kind]


def each(node: object, kind: type[Node], route: Route = ()) -> Iterator[tuple[Route, Node]]:
    """The nodes of one class below `node`, with their routes."""
    for at, found in walk(node, route):
        if isinstance(found, kind):
            yield at, found


def plain(node: object) -> str:
    """The words of inlines or blocks as one line of text: no mark-up, single blanks."""
    if isinstance(node, tuple) and len(node) == 1 and isinstance(node[0], Text):
        return " ".join(node[0].text.split())
    return " ".join("".join(_words(node)).split())


def _words(node: object) -> Iterator[str]:
    if isinstance(node, tuple):
        for child in node:
            yield from _words(child)
    elif isinstance(node, Text | Code):
        yield node.text
    elif isinstance(node, Image):
        yield node.alt
    elif isinstance(node, LineBreak):
        yield " "
    elif isinstance(node, Gap):
        yield "___"
    elif isinstance(node, CodeBlock):
        yield node.text + " "
    elif isinstance(node, Struct):
        for name in node.__struct_fields__:
            value = getattr(node, name)
            if isinstance(value, tuple | Struct):
                yield from _words(value)
        if isinstance(node, Paragraph | Heading | ListItem | Cell | Option):
            yield " "
