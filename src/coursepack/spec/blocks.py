"""The tree of blocks to the model: prose, and the doors to tables, callouts and activities."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

from coursepack.source import Route, Span
from coursepack.spec import model
from coursepack.spec.attributes import OUTER
from coursepack.spec.inlines import build_inlines, build_paragraph, read_attributes, split_attributes
from coursepack.spec.lookalikes import report_code, report_item, report_paragraph
from coursepack.spec.markdown import Node
from coursepack.spec.page import Page, Piece
from coursepack.spec.shape import clip
from coursepack.spec.shape_content import ATTRIBUTE_SYNTAX, DROPPED
from coursepack.spec.tables import pipe_table

Place: TypeAlias = Literal["step", "quiz", "prose"]
"""Where blocks stand: in `step` all activities may, in `quiz` questions, in `prose` none."""

_DASH = re.compile(r"—\s*")


def build_blocks(page: Page, nodes: Sequence[Node], route: Route, place: Place) -> model.Blocks:
    """The blocks of some nodes; `route` leads to the tuple they are put in."""
    made: list[model.Block] = []
    for node in nodes:
        made += build_block(page, node, route, len(made), place)
    return tuple(made)


def build_block(page: Page, node: Node, route: Route, index: int, place: Place) -> Sequence[model.Block]:
    """The block of a node: none when it is reported, several when a container is unknown."""
    at = (*route, index)
    if node.type == "container":
        from coursepack.spec import boxes  # boxes hold blocks: the two rooms open into each other

        return boxes.build_box(page, node, route, index, place)
    page.mark(at, _span(page, node))
    made = _BUILDERS[node.type](page, node, at)
    return () if made is None else (made,)


def _span(page: Page, node: Node) -> Span:
    if node.content and node.type not in ("fence", "code_block", "heading"):
        return page.span(Piece(node.content, node.line), 0, len(node.content.partition("\n")[0]))
    return page.line_span(node.line)


def _paragraph(page: Page, node: Node, route: Route) -> model.Block | None:
    whole = Piece(node.content, node.line)
    piece, braces = split_attributes(whole, ("decorative",))
    if braces and not piece.words:
        message = "these attributes belong to nothing"
        page.report(ATTRIBUTE_SYNTAX, page.span(whole, braces[1], len(braces[0])), message, _ATTACH)
        return None
    report_paragraph(page, piece)
    made = build_paragraph(page, piece, route)
    if isinstance(made, model.Figure):
        return _figure(page, whole, made, braces)
    attributes = _outer(page, whole, braces, "a paragraph", route)
    return model.Paragraph(made, attributes)


_ATTACH = "put them at the end of a heading or a paragraph, or right after a picture"


def _figure(page: Page, piece: Piece, made: model.Figure, braces: tuple[str, int] | None) -> model.Figure:
    """Braces that stand free after a lone picture mean the picture."""
    if not braces:
        return made
    span = page.span(piece, braces[1], len(braces[0]))
    page.report(ATTRIBUTE_SYNTAX, span, "a blank stands before the picture's attributes", "remove the blank")
    return made


def _outer(
    page: Page, piece: Piece, braces: tuple[str, int] | None, where: str, route: Route
) -> model.Attributes:
    if not braces:
        return model.PLAIN
    page.mark((*route, "attributes"), page.span(piece, braces[1], len(braces[0])))
    return read_attributes(page, piece, braces, OUTER, where)[0]


def _heading(page: Page, node: Node, route: Route) -> model.Block:
    whole = Piece(node.content, node.line)
    piece, braces = split_attributes(whole)
    attributes = _outer(page, whole, braces, "a heading", route)
    children = build_inlines(page, piece, (*route, "children"))
    return model.Heading(int(node.meta["tag"][1]), children, attributes)


def _list(page: Page, node: Node, route: Route) -> model.Block:
    items = []
    for index, item in enumerate(node.children):
        at = (*route, "items", index)
        page.mark(at, page.line_span(item.line))
        first = item.children[0] if item.children else None
        if first and first.type == "paragraph":
            report_item(page, Piece(first.content, first.line))
        items.append(model.ListItem(build_blocks(page, item.children, (*at, "blocks"), "prose")))
    loose = any(
        child.type == "paragraph" and not child.meta["hidden"]
        for item in node.children
        for child in item.children
    )
    ordered = node.type == "ordered_list"
    return model.List(ordered, tuple(items), int(node.meta.get("start", 1)), not loose)


def _quote(page: Page, node: Node, route: Route) -> model.Block:
    children = node.children
    last = children[-1] if len(children) > 1 else None
    dash = _DASH.match(last.content) if last and last.type == "paragraph" else None
    if not last or not dash:
        return model.Quote(build_blocks(page, children, (*route, "blocks"), "prose"))
    piece = Piece(last.content, last.line).part(dash.end(), len(last.content))
    page.mark((*route, "attribution"), page.span(piece, 0, len(last.content)))
    attribution = build_inlines(page, piece, (*route, "attribution"))
    return model.Quote(build_blocks(page, children[:-1], (*route, "blocks"), "prose"), attribution)


def _code(page: Page, node: Node, route: Route) -> model.Block:
    language, _, rest = node.meta.get("info", "").strip().partition(" ")
    if rest:
        message = f"`{clip(rest.strip())}` after the language of the code would not be shown"
        page.report(DROPPED, page.line_span(node.line), message, "keep the language alone")
    if node.type == "code_block":
        report_code(page, node.line, node.content)
    return model.CodeBlock(page.clean(node.content.removesuffix("\n"), page.line_span(node.line)), language)


def _definitions(page: Page, node: Node, route: Route) -> model.Block:
    items: list[model.Definition] = []
    terms: list[model.Inlines] = []
    details: list[model.Blocks] = []
    for child in node.children:
        if child.type == "dt":
            if details:
                items.append(model.Definition(tuple(terms), tuple(details)))
                terms, details = [], []
            at = (*route, "items", len(items), "terms", len(terms))
            report_paragraph(page, Piece(child.content, child.line))
            page.mark(at, page.line_span(child.line))
            terms.append(build_inlines(page, Piece(child.content, child.line), at))
        else:
            at = (*route, "items", len(items), "details", len(details))
            page.mark(at, page.line_span(child.line))
            details.append(build_blocks(page, child.children, at, "prose"))
    items.append(model.Definition(tuple(terms), tuple(details)))
    return model.DefinitionList(tuple(items))


def _rule(page: Page, node: Node, route: Route) -> model.Block:
    return model.ThematicBreak()


def _note(page: Page, node: Node, route: Route) -> None:
    """Footnotes are built with the step's footnotes."""


_BUILDERS: Mapping[str, Callable[[Page, Node, Route], model.Block | None]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "bullet_list": _list,
    "ordered_list": _list,
    "blockquote": _quote,
    "fence": _code,
    "code_block": _code,
    "dl": _definitions,
    "hr": _rule,
    "table": pipe_table,
    "footnote_reference": _note,
}
