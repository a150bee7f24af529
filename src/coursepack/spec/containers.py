"""`:::` containers: the line's grammar, and how opening and closing lines pair up like brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from markdown_it.rules_block import StateBlock
from msgspec import Struct, field

from coursepack.spec.attributes import BRACES

if TYPE_CHECKING:
    from coursepack.spec.markdown import Node

CALLOUTS = ("note", "tip", "warning", "key-point")
PROMPTS = ("question", "reflection")
ACTIVITIES = (*PROMPTS, "quiz")
PARTS = ("correct", "incorrect", "hint")
LATER = ("video", "audio", "transcript")
NAMES = (*CALLOUTS, "details", "table", *ACTIVITIES, *PARTS, *LATER)
DEEPEST = 16

_LINE = re.compile(r":{3,}[ \t]*(?P<name>[^\s{:][^\s{]*)?[ \t]*(?P<rest>.*)")


def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The block rule: one line, one token; `Nesting` pairs them up."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(":::", at) or state.is_code_block(start):
        return False
    if silent:
        return True
    found = _LINE.fullmatch(state.src, at, state.eMarks[start])
    if found is None:
        return False
    rest = found["rest"].rstrip()
    braces = rest.find("{")
    token = state.push("container", "", 0)
    token.map = [start, start + 1]
    token.meta = {
        "name": found["name"] or "",
        "title": (rest if braces < 0 else rest[:braces]).strip(),
        "braces": "" if braces < 0 else rest[braces:],
        "line": state.src[at : state.eMarks[start]].rstrip(),
    }
    state.line = start + 1
    return True


def is_close(meta: dict[str, Any]) -> bool:
    return not (meta["name"] or meta["title"] or meta["braces"])


def braces_of(meta: dict[str, Any]) -> str:
    """The braces of an opening line when they are whole, else nothing."""
    return meta["braces"] if BRACES.fullmatch(meta["braces"]) else ""


class Trouble(Struct, frozen=True):
    """A line that does not pair up: `unclosed` or `nested` (closed for the author), `stray`, `deep`."""

    kind: Literal["unclosed", "nested", "stray", "deep"]
    node: Node
    inner: Node | None = None


class Nesting(Struct):
    """The open nodes while a tree is built. Containers belong to the list item or quote they stand in."""

    root: Node
    troubles: list[Trouble] = field(default_factory=list)
    _open: list[Node] = field(default_factory=list)
    _depth: int = 0

    @property
    def top(self) -> Node:
        return self._open[-1] if self._open else self.root

    def open(self, node: Node) -> None:
        self.top.children.append(node)
        self._open.append(node)

    def close(self) -> None:
        """Close the innermost node that is no container, and the containers left open in it."""
        while self._open:
            node = self._open.pop()
            if node.type != "container":
                return
            self._depth -= 1
            if not node.meta.get("flat"):
                self.troubles.append(Trouble("unclosed", node))

    def container(self, node: Node) -> None:
        """An opening or a closing line."""
        if is_close(node.meta):
            if self.top.type == "container" and self._open:
                self._open.pop().end = node.end
                self._depth -= 1
            else:
                self.troubles.append(Trouble("stray", node))
            return
        if self._depth < DEEPEST:
            self._make_room(node)
        if self._depth >= DEEPEST:
            self.troubles.append(Trouble("deep", node))
            node.meta = {**node.meta, "flat": True}
            node.children = self.top.children
            self._open.append(node)
            self._depth += 1
            return
        self.open(node)
        self._depth += 1

    def _make_room(self, node: Node) -> None:
        """A question cannot hold a question: the author forgot to close it, so it is closed here."""
        name = node.meta["name"]
        cannot_hold = {"question": PROMPTS, "reflection": PROMPTS, "quiz": ACTIVITIES}.get(name, ())
        found = len(self._open)
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth].type != "container":
                break
            if self._open[depth].meta["name"] in cannot_hold:
                found = depth
        if found < len(self._open):
            self.troubles.append(Trouble("nested", self._open[found], node))
            self._depth -= len(self._open) - found
            del self._open[found:]

    def finish(self) -> None:
        for node in reversed(self._open):
            if node.type == "container" and not node.meta.get("flat"):
                self.troubles.append(Trouble("unclosed", node))
        self._open.clear()
