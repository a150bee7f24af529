"""Containers to the model: callouts, disclosures, CSV tables, and the doors to the activities."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from coursepack.source import Route, Span
from coursepack.spec import containers, model
from coursepack.spec.attributes import (
    BRACES,
    OUTER,
    Kind,
    Marks,
    flag,
    mend_braces,
    parse_attributes,
    take,
    take_classes,
    take_id,
    words,
)
from coursepack.spec.blocks import Place, build_blocks
from coursepack.spec.csv_table import grid_table, read_grid
from coursepack.spec.inlines import build_inlines, split_attributes
from coursepack.spec.markdown import Node
from coursepack.spec.page import Page, Piece
from coursepack.spec.shape import MISPLACED, NOT_YET, UNKNOWN_CONTAINER, clip, suggest
from coursepack.spec.shape_content import ATTRIBUTE_SYNTAX, BAD_ATTRIBUTE, CSV, DROPPED, LOOKS_LIKE

_FOREIGN = {
    "important": "key-point",
    "caution": "warning",
    "danger": "warning",
    "info": "note",
    "spoiler": "details",
}
_TITLED: Mapping[str, Kind] = {**OUTER, "title": words}


def build_box(page: Page, node: Node, route: Route, index: int, place: Place) -> Sequence[model.Block]:
    """The block of a container; what cannot stand here is reported, and its content kept as prose."""
    from coursepack.spec import activities, questions

    name = node.meta["name"]
    at = (*route, index)
    page.mark(at, head_span(page, node))
    if node.meta.get("flat"):
        return ()
    if _forbidden(page, node, place):
        return _loose(page, node, route, index)
    made: model.Block | None = None
    if name in containers.CALLOUTS:
        made = _callout(page, node, at, place)
    elif name == "details":
        made = _details(page, node, at, place)
    elif name == "table":
        made = _table(page, node, at)
    elif name == "quiz":
        made = activities.build_quiz(page, node, at)
    elif name == "reflection":
        made = activities.build_reflection(page, node, at)
    else:
        places = len(page.log.spans)
        made = questions.build_question(page, node, at, in_quiz=place == "quiz")
        if made is None:
            page.log.forget(places)
            return questions.stem_of(page, node, route, index)
    return () if made is None else (made,)


def _forbidden(page: Page, node: Node, place: Place) -> bool:
    name = node.meta["name"]
    span = head_span(page, node)
    if name in containers.LATER:
        page.report(NOT_YET, span, f"`{name}` cannot be built yet", "link to the file for now")
    elif name not in containers.NAMES:
        advice = suggest(
            name, containers.NAMES, "write one of " + ", ".join(f"`{one}`" for one in containers.NAMES)
        )
        if name in _FOREIGN:
            advice = f"the name here is `{_FOREIGN[name]}`"
        message = f"there is no block `{clip(name)}`" if name else "this block has no name"
        page.report(UNKNOWN_CONTAINER, span, message, advice)
    elif name in containers.PARTS:
        page.report(MISPLACED, span, f"`{name}` stands outside of a question", "move it into the question")
    elif name in containers.ACTIVITIES and (place == "prose" or (place == "quiz" and name != "question")):
        where = "a quiz" if place == "quiz" else "a list, a quote, a footnote or a part of a question"
        page.report(MISPLACED, span, f"a {name} cannot stand in {where}", "move it out")
    else:
        return False
    return True


def _loose(page: Page, node: Node, route: Route, index: int) -> Sequence[model.Block]:
    made: list[model.Block] = []
    from coursepack.spec.blocks import build_block

    for child in node.children:
        made += build_block(page, child, route, index + len(made), "prose")
    return made


def head_span(page: Page, node: Node) -> Span:
    """The colons and the name of an opening line."""
    line = node.meta["line"]
    name = node.meta["name"]
    width = line.index(name) + len(name) if name else len(line)
    return page.line_span(node.line, line[:width])


def read_head(page: Page, node: Node) -> tuple[Marks, Piece]:
    """The attributes of an opening line; what cannot be read is reported."""
    line = node.meta["line"]
    braces = node.meta["braces"]
    piece = Piece(line, node.line)
    report = page.reporter(piece)
    if not braces:
        return Marks(), piece
    at = line.rindex(braces)
    whole = BRACES.match(braces)
    if not whole:
        mended, *words_ = mend_braces(braces)
        report(ATTRIBUTE_SYNTAX, at, len(braces), *words_)
        return parse_attributes(mended, report, at), piece
    if whole.end() < len(braces):
        rest = braces[whole.end() :].strip()
        report(
            DROPPED, at + whole.end(), len(rest) + 1, f"`{clip(rest)}` stands after the braces", "remove it"
        )
    return parse_attributes(whole[0], report, at), piece


_LONE_ID = re.compile(r"#[a-z0-9]+(?:-[a-z0-9]+)*")


def read_opening(
    page: Page,
    node: Node,
    kinds: Mapping[str, Kind],
    where: str,
    route: Route,
    fields: Mapping[str, str] = {},
) -> tuple[model.Attributes, dict[str, Any]]:
    """Attributes and values of an opening line. `fields` names the model's field where it differs."""
    marks, piece = read_head(page, node)
    report = page.reporter(piece)
    values = take(marks, kinds, where, report)
    for key, mark in marks.values.items():
        name = fields.get(key, key.replace("-", "_"))
        page.mark((*route, name), page.span(piece, mark.at, mark.width))
    if marks.id:
        page.mark((*route, "id"), page.span(piece, marks.id.at, marks.id.width))
    title = node.meta["title"]
    if title and "title" in kinds and "title" not in values:
        _report_bare(page, node, title, kinds)
        values["title"] = title
        page.mark((*route, "title"), page.line_span(node.line, title))
    elif title:
        message = f"`{clip(title)}` on this line would not be shown"
        advice = (
            f"write `{{{clip(title)}}}`"
            if _LONE_ID.fullmatch(title)
            else "write it below, or as an attribute"
        )
        page.report(DROPPED, page.line_span(node.line, title), message, advice)
    outer = model.Attributes(
        take_id(marks, report), take_classes(marks, report), values.get("lang", ""), values.get("dir", "")
    )
    if outer.classes and "lang" not in kinds:
        message = f"{where} takes no class"
        report(BAD_ATTRIBUTE, marks.classes[0].at, marks.classes[0].width, message, "remove it")
    return outer, values


def _report_bare(page: Page, node: Node, title: str, kinds: Mapping[str, Kind]) -> None:
    """Report the first word of a title that was meant as an attribute."""
    for found in re.finditer(r"(?<!\S)(?:#[a-z][a-z0-9-]*$|([a-z-]+)=\S+)", title):
        if found[1] in (None, *kinds):
            message = f"`{clip(found[0])}` looks like an attribute and is shown as text"
            advice = f"write `{{{clip(found[0])}}}` at the end of the line"
            page.report(LOOKS_LIKE, page.line_span(node.line, found[0]), message, advice)
            return


def _title(page: Page, node: Node, text: str, route: Route) -> model.Inlines:
    return build_inlines(page, Piece(text, node.line), route)


def _callout(page: Page, node: Node, route: Route, place: Place) -> model.Callout:
    attributes, values = read_opening(page, node, _TITLED, "a callout", route)
    title = _title(page, node, values.get("title", ""), (*route, "title"))
    blocks = build_blocks(page, node.children, (*route, "blocks"), place)
    return model.Callout(cast("Any", node.meta["name"]), blocks, title, attributes)


def _details(page: Page, node: Node, route: Route, place: Place) -> model.Details:
    kinds = {**_TITLED, "summary": words}
    attributes, values = read_opening(page, node, kinds, "`details`", route)
    text = values.get("summary") or values.get("title", "")
    children = node.children
    if text:
        summary = _title(page, node, text, (*route, "summary"))
    elif children and children[0].type in ("paragraph", "heading"):
        whole = Piece(children[0].content, children[0].line)
        page.mark((*route, "summary"), page.line_span(children[0].line))
        first, braces = split_attributes(whole)
        if braces:
            span = page.span(whole, braces[1], len(braces[0]))
            page.report(BAD_ATTRIBUTE, span, "a summary takes no attributes", "write them after `details`")
        summary = build_inlines(page, first, (*route, "summary"))
        children = children[1:]
    else:
        message = "`details` has no summary: nobody would know what it opens"
        page.report(BAD_ATTRIBUTE, head_span(page, node), message, 'write `{summary="…"}`')
        summary = ()
    return model.Details(summary, build_blocks(page, children, (*route, "blocks"), place), attributes)


def _table(page: Page, node: Node, route: Route) -> model.Table | None:
    kinds = {**OUTER, "src": words, "header-column": flag}
    attributes, values = read_opening(page, node, kinds, "a table", route)
    caption: model.Inlines = ()
    for child in node.children:
        if child.type == "paragraph" and not caption:
            page.mark((*route, "caption"), page.line_span(child.line))
            whole = Piece(child.content, child.line)
            words_, braces = split_attributes(whole, ("header-column",))
            if braces:
                message = "the caption of a table from a file takes no attributes"
                place = page.span(whole, braces[1], len(braces[0]))
                page.report(BAD_ATTRIBUTE, place, message, "write them on the line of `::: table`")
            caption = build_inlines(page, words_, (*route, "caption"))
        else:
            message = "only the caption, one paragraph, can stand in a `::: table`"
            page.report(DROPPED, page.line_span(child.line), message, "move the rest out of the block")
    span = head_span(page, node)
    if "src" not in values:
        page.report(CSV, span, "the table does not say where its data is", "write `{src=tables/name.csv}`")
        return None
    grid = read_grid(page, values["src"], span)
    if grid is None:
        return None
    return grid_table(page, grid, route, caption, attributes, bool(values.get("header-column")))
