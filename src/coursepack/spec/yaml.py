"""YAML as the author meant it: 1.2 core scalars, a place for every key and value, bounds on all of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal, TypeAlias

import yaml
from msgspec import Struct, field

from coursepack.diagnostics import Finding
from coursepack.source import Span
from coursepack.spec.shape import DUPLICATE_KEY, YAML_BOUNDS, YAML_SYNTAX, clip
from coursepack.spec.yaml_words import explain

DEEPEST = 40
ALIASED = 10_000
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = "Scalar | list[Value] | dict[str, Value]"


class Node(Struct):
    """A value with its place. `text` is a scalar's text as written; `line` is 0-based in the file."""

    kind: Literal["scalar", "list", "map"]
    span: Span
    text: str = ""
    plain: bool = False
    block: bool = False
    items: list[Node] = field(default_factory=list)
    pairs: dict[str, tuple[Node, Node]] = field(default_factory=dict)
    size: int = 1

    @property
    def value(self) -> Value:
        """The value as plain Python data; plain scalars by the YAML 1.2 core schema."""
        if self.kind == "list":
            return [item.value for item in self.items]
        if self.kind == "map":
            return {key: value.value for key, (_, value) in self.pairs.items()}
        return _scalar(self.text) if self.plain else self.text

    def at(self, route: tuple[str | int, ...]) -> Node | None:
        """The node that a route of keys and indices leads to."""
        node: Node | None = self
        for part in route:
            if node is None:
                return None
            if isinstance(part, int):
                node = node.items[part] if node.kind == "list" and part < len(node.items) else None
            else:
                node = node.pairs[part][1] if part in node.pairs else None
        return node


_INT = re.compile(r"[-+]?[0-9]{1,300}")
_BASED = re.compile(r"0o[0-7]{1,100}|0x[0-9a-fA-F]{1,100}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?")
_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def _scalar(text: str) -> Scalar:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    return float(text) if len(text) < 300 and _FLOAT.fullmatch(text) else text


class _Reader(Struct):
    """Builds nodes from events, one open collection per entry of the stack: never recursive."""

    text: str
    file: str
    first: int
    findings: list[Finding] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)
    aliased: int = 0

    def __post_init__(self) -> None:
        self.starts = [0, *(match.end() for match in re.finditer("\n", self.text))]

    def span(self, start: int, end: int) -> Span:
        line = bisect_right(self.starts, start) - 1
        stop = self.text.find("\n", start)
        width = min(end, stop if stop >= 0 else len(self.text)) - start
        return Span(self.file, self.first + line + 1, start - self.starts[line] + 1, max(1, width))

    def read(self) -> Node | None:
        root: Node | None = None
        stack: list[tuple[Node, list[Node]]] = []
        for event in self._events():
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self._problem(_index(event), "a second document starts here", "remove the line `---`")
                return root
            if isinstance(event, yaml.CollectionEndEvent):
                node, waiting = stack.pop()
                self._close(node, waiting)
            elif isinstance(event, yaml.NodeEvent):
                made = self._node(event)
                if made is None:
                    return None
                node, waiting = made, []
                if isinstance(event, yaml.CollectionStartEvent):
                    if len(stack) >= DEEPEST:
                        self._too_deep(node.span)
                        return None
                    stack.append((node, waiting))
                    continue
            else:
                continue
            if stack:
                stack[-1][1].append(node)
            else:
                root = node
            if self.aliased > ALIASED:
                return None
        return root

    def _node(self, event: yaml.NodeEvent) -> Node | None:
        span = self.span(_index(event), event.end_mark.index if event.end_mark else 0)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event.anchor or "", span)
        tag = getattr(event, "tag", None)
        if tag not in (None, "!", "tag:yaml.org,2002:str"):
            shown = clip(str(tag).replace("tag:yaml.org,2002:", "!!"))
            self._problem(_index(event), f"the tag `{shown}` means nothing here", "remove it")
        if isinstance(event, yaml.ScalarEvent):
            plain = event.implicit[0] and tag is None
            node = Node("scalar", span, event.value, plain, event.style in ("|",))
        else:
            kind: Literal["list", "map"] = "list" if isinstance(event, yaml.SequenceStartEvent) else "map"
            node = Node(kind, Span(span.file, span.line, span.column))
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def _alias(self, name: str, span: Span) -> Node | None:
        known = self.anchors.get(name)
        if known is None or (known.kind != "scalar" and not known.items and not known.pairs):
            message = f"nothing complete above has the name `&{clip(name)}`"
            self.findings.append(
                YAML_SYNTAX.finding(span, message, "put text that starts with `*` in quotes")
            )
            return Node("scalar", span, f"*{name}")
        self.aliased += known.size
        if self.aliased > ALIASED:
            message = f"the aliases stand for more than {ALIASED} values"
            self.findings.append(YAML_BOUNDS.finding(span, message, "write the values out"))
            return None
        return known

    def _close(self, node: Node, waiting: list[Node]) -> None:
        node.size = 1 + sum(child.size for child in waiting)
        if node.kind == "list":
            node.items = waiting
            return
        for key, value in zip(waiting[::2], waiting[1::2], strict=False):
            if key.kind != "scalar":
                advice = "put text that starts with `{` or `[` in quotes"
                self.findings.append(
                    YAML_SYNTAX.finding(key.span, "a list or a map is used as a key", advice)
                )
            elif key.text in node.pairs:
                line = node.pairs[key.text][0].span.line
                message = f"`{clip(key.text)}` is already set in line {line}"
                self.findings.append(DUPLICATE_KEY.finding(key.span, message, "remove one of the two"))
            else:
                node.pairs[key.text] = (key, value)

    def _events(self) -> Iterator[yaml.Event]:
        try:
            loader = _Loader(self.text)
            while loader.check_event():
                yield loader.get_event()
        except yaml.MarkedYAMLError as problem:
            mark = problem.problem_mark
            at = len(self.text) if mark is None else min(mark.index, len(self.text))
            context = problem.context_mark.index if problem.context_mark else at
            words = f"{problem.context} {problem.problem}"
            if "nesting depth" in words:
                self._too_deep(self.span(at, at + 1))
                return
            self._problem(*explain(self.text, at, context, words, _Loader))
        except yaml.YAMLError:
            self._problem(0, "the YAML has characters that it must not have", "delete them")

    def _too_deep(self, span: Span) -> None:
        message = f"this is nested more than {DEEPEST} deep"
        self.findings.append(YAML_BOUNDS.finding(span, message, "nest less"))

    def _problem(self, at: int, message: str, advice: str) -> None:
        end = len(self.text.rstrip())
        at = min(at, max(0, end - 1)) if at >= end else at
        self.findings.append(YAML_SYNTAX.finding(self.span(at, at + 1), message, advice))


def _index(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def parse_yaml(text: str, file: str, first: int = 0) -> tuple[Node | None, list[Finding]]:
    """The node of a YAML text and what is wrong with it. `first`: file lines before the text.

    None where there is nothing (an empty text) or nothing that can be used.
    """
    reader = _Reader(text, file, first)
    return reader.read(), reader.findings
