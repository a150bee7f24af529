"""The inline rules of the language: the library's with their places kept, and our own beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING

from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline, autolink, image, link

from coursepack.spec.attributes import BRACES

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

GAP = re.compile(r"\[\[((?:\\.|[^\[\]\\])*)\]\]")
_NOTE = re.compile(r"\[\^([^\]\s]{1,100})\]")

LABEL_WORK = 3_000_000
"""How many characters one text may cost to find the ends of `[…]`; brackets without end make it quadratic."""

Rule = Callable[[StateInline, bool], bool]


def label_end(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: N803
    """The library's search for the end of `[…]`, within bounds: beyond them there is none."""
    if state.env["work"] > LABEL_WORK:
        return -1
    end = parseLinkLabel(state, start, disableNested)
    state.env["work"] += (end if end >= 0 else state.posMax) - start
    return end


def install(md: MarkdownIt) -> None:
    """Put the inline rules of the language into a parser."""
    bounded = vars(md.helpers) | {"parseLinkLabel": label_end}
    md.helpers = SimpleNamespace(**bounded)  # type: ignore[assignment]  # it is a module
    ruler = md.inline.ruler
    ruler.at("link", _with_place(link, "link_open"))
    ruler.at("autolink", _with_place(autolink, "link_open"))
    ruler.at("image", _with_place(image, "image"))
    ruler.before("link", "gap", _gap)
    ruler.before("link", "note_mark", _note_mark)
    ruler.before("link", "note_text", _note_text)
    ruler.before("link", "spanned", _spanned)
    ruler.enableOnly(
        [
            *("text", "newline", "escape", "backticks", "emphasis", "gap", "note_mark", "note_text"),
            *("spanned", "link", "image", "autolink", "entity"),
        ]
    )
    md.inline.ruler2.enableOnly(["balance_pairs", "emphasis", "fragments_join"])


def _with_place(rule: Rule, kind: str) -> Rule:
    def placed(state: StateInline, silent: bool) -> bool:
        at, known = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        braces = BRACES.match(state.src, state.pos, state.posMax)
        if not silent:
            token = next(token for token in state.tokens[known:] if token.type == kind)
            token.meta = {"at": at, "end": state.pos, "braces": braces and (braces[0], braces.start())}
        if braces:
            state.pos = braces.end()
        return True

    return placed


def _gap(state: StateInline, silent: bool) -> bool:
    if not state.env["gaps"] or not state.src.startswith("[[", state.pos):
        return False
    found = GAP.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    braces = BRACES.match(state.src, found.end(), state.posMax)
    if not silent:
        token = state.push("gap", "", 0)
        token.content = found[1]
        token.meta = {
            "at": found.start(),
            "end": found.end(),
            "braces": braces and (braces[0], braces.start()),
        }
    state.pos = braces.end() if braces else found.end()
    return True


def _note_mark(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[^", state.pos):
        return False
    found = _NOTE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("note_mark", "", 0)
        token.content = found[1]
        token.meta = {"at": found.start(), "end": found.end()}
    state.pos = found.end()
    return True


def _note_text(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("^[", state.pos):
        return False
    end = label_end(state, state.pos + 1)
    if end < 0 or not state.src[state.pos + 2 : end].strip():
        return False
    if not silent:
        token = state.push("note_text", "", 0)
        token.meta = {"at": state.pos + 2, "end": end}
    state.pos = end + 1
    return True


def _spanned(state: StateInline, silent: bool) -> bool:
    at, outer = state.pos, state.posMax
    if state.src[at] != "[":
        return False
    end = label_end(state, at)
    if end < 0 or state.src[end + 1 : end + 2] != "{":
        return False
    braces = BRACES.match(state.src, end + 1, outer)
    if not braces or not state.src[at + 1 : end].strip():
        return False
    if not silent:
        token = state.push("spanned_open", "span", 1)
        token.meta = {"at": at, "end": end, "braces": (braces[0], braces.start())}
        state.pos, state.posMax = at + 1, end
        state.md.inline.tokenize(state)
        state.push("spanned_close", "span", -1)
    state.pos, state.posMax = braces.end(), outer
    return True
