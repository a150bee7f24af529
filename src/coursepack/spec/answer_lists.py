"""The lists that hold answers: options with their ticks, pairs, things to order, points of a scale."""

from __future__ import annotations

import re

from coursepack.source import Route
from coursepack.spec import model
from coursepack.spec.answers import Draft
from coursepack.spec.blocks import build_blocks
from coursepack.spec.inlines import build_inlines, read_attributes, split_attributes
from coursepack.spec.markdown import Node
from coursepack.spec.page import Page, Piece
from coursepack.spec.shape import clip
from coursepack.spec.shape_content import ANSWER_LIST, BAD_ATTRIBUTE, DROPPED, EMPTY_ANSWER

BOX = re.compile(r"\[([ xX])\](?:\s+|$)")
ALMOST_BOX = re.compile(r"\[\s*([xX✓✔]?)\s*\]\s*")


def first_text(item: Node) -> str:
    """The text of an entry's first paragraph."""
    return item.children[0].content if item.children and item.children[0].type == "paragraph" else ""


def read_list(draft: Draft, node: Node, kind: str, route: Route) -> None:
    """Put the entries of a list into the draft, by what they look like; `route` leads to the answer."""
    page = draft.page
    firsts = [first_text(item) for item in node.children]
    if kind == "order":
        if node.type != "ordered_list":
            page.report(
                ANSWER_LIST, page.line_span(node.line), "the list is not numbered", "write `1. `, `2. ` …"
            )
        for item in node.children:
            at = (*route, "items", len(draft.items))
            label, name, _ = _entry(page, item, at, "an item", feedback=False)
            draft.items.append(model.OrderItem(label, name))
    elif kind != "likert" and not any(ALMOST_BOX.match(text) for text in firsts):
        for item in node.children:
            _read_pair(draft, item, route)
    else:
        target = draft.scale if kind == "likert" else draft.tasks
        for item in node.children:
            target.append(_option(page, item, (*route, "options", len(target)), boxed=kind != "likert"))


def _option(page: Page, item: Node, route: Route, *, boxed: bool) -> model.Option:
    text = first_text(item)
    box: re.Match[str] | None = BOX.match(text)
    if boxed and not box:
        box = ALMOST_BOX.match(text) or re.match(r"\[(\S)\]\s+", text)
        message = f"`{clip(text)}` does not start with `[ ]` or `[x]` and a blank"
        page.report(ANSWER_LIST, page.line_span(item.line), message, "write `- [ ] ` or `- [x] `")
    label, name, quotes = _entry(page, item, route, "an option", start=box.end() if box else 0)
    feedback: list[model.Block] = []
    for quote in quotes:
        feedback += build_blocks(page, quote.children, (*route, "feedback"), "prose")
    return model.Option(label, bool(box and box[1].strip()), name, tuple(feedback))


def _entry(
    page: Page, item: Node, route: Route, where: str, *, start: int = 0, feedback: bool = True
) -> tuple[model.Inlines, str, list[Node]]:
    """The label and the id of an entry, and the quotes below it."""
    page.mark(route, page.line_span(item.line))
    rest = item.children[1:] if first_text(item) else item.children
    quotes = [child for child in rest if feedback and child.type == "blockquote"]
    for child in rest:
        if child not in quotes:
            message = f"only one paragraph of {where} can be shown"
            page.report(DROPPED, page.line_span(child.line), message, "put it into the first paragraph")
    if not first_text(item):
        return (), "", quotes
    whole = Piece(item.children[0].content, item.children[0].line, start)
    piece, name = _with_id(page, whole, where, route)
    return build_inlines(page, piece, (*route, "label")), name, quotes


def _with_id(page: Page, whole: Piece, where: str, route: Route) -> tuple[Piece, str]:
    piece, braces = split_attributes(whole)
    if not braces:
        return piece, ""
    page.mark((*route, "id"), page.span(whole, braces[1], len(braces[0])))
    outer, _ = read_attributes(page, whole, braces, {}, where)
    if outer.classes:
        span = page.span(whole, braces[1], len(braces[0]))
        page.report(BAD_ATTRIBUTE, span, f"{where} takes no class", "keep the id alone")
    return piece, outer.id


def _read_pair(draft: Draft, item: Node, route: Route) -> None:
    page, text = draft.page, first_text(item)
    at = (*route, "pairs", len(draft.pairs))
    page.mark(at, page.line_span(item.line))
    whole = Piece(text, item.children[0].line if item.children else item.line)
    piece, name = _with_id(page, whole, "a pair", at)
    for child in item.children[1:]:
        page.report(
            DROPPED, page.line_span(child.line), "only one paragraph of a pair can be shown", "shorten it"
        )
    middles = split_pair(piece.words)
    if len(middles) != 1:
        message = f"`{clip(text)}` has {len(middles) or 'no'} ` == ` and needs one"
        page.report(ANSWER_LIST, page.line_span(item.line), message, "write `- left == right`")
        words = build_inlines(page, piece, (*at, "left"))
        draft.pairs.append(model.Pair(words, words, name))
        return
    left = piece.part(piece.start, piece.start + middles[0])
    right = piece.part(piece.start + middles[0] + 2, piece.stop)
    sides: list[model.Inlines] = []
    for side, part in (("left", left), ("right", right)):
        lead = len(part.words) - len(part.words.lstrip())
        part = part.part(part.start + lead, part.start + max(lead, len(part.words.rstrip())))
        if not part.words:
            message = f"the {side} side of a pair is empty"
            page.report(EMPTY_ANSWER, page.line_span(item.line), message, "write it, or remove the pair")
        sides.append(build_inlines(page, part, (*at, side)))
    draft.pairs.append(model.Pair(sides[0], sides[1], name))


_CODE_OR_MIDDLE = re.compile(r"(`+)(?:(?!\1).)+\1|(?:^|(?<=\s))==(?=\s|$)", re.DOTALL)


def split_pair(text: str) -> list[int]:
    """The offsets of each `==` that stands free, outside of code."""
    return [found.start() for found in _CODE_OR_MIDDLE.finditer(text) if found[0] == "=="]
