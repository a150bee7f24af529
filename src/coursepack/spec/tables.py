"""Tables: ragged rows, `^^` and `<<`, captions, and data from CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

from coursepack.source import Route, Span
from coursepack.spec import model
from coursepack.spec.attributes import OUTER, flag
from coursepack.spec.inlines import build_inlines, read_attributes, split_attributes
from coursepack.spec.markdown import Node
from coursepack.spec.page import Page, Piece
from coursepack.spec.shape_content import MERGE, RAGGED
from coursepack.spec.table_rule import SourceRow, SourceTable

Align: TypeAlias = Literal["", "left", "center", "right"]
ABOVE, LEFT = "^^", "<<"
_HEADS = ("header-column", "header-columns", "header_column", "headercolumn", "header-col", "header-row")
"""What authors write for `header-column`; the others are reported."""


def pipe_table(page: Page, node: Node, route: Route) -> model.Table:
    """A table from its source rows. Every cell that the author wrote is kept."""
    source: SourceTable = node.meta["table"]
    page.mark(route, page.line_span(source.header.line))
    width = max(len(row.cells) for row in (source.header, source.dashes, *source.rows))
    columns = len(source.header.cells)
    _report_ragged(page, source.dashes, columns, "the line of dashes")
    for row in source.rows:
        _report_ragged(page, row, columns, "this row")
    aligns = [_align(dashes) for dashes, _ in source.dashes.cells]
    aligns += [""] * (width - len(aligns))
    rows = [_cells(page, row, (*route, "rows", r)) for r, row in enumerate(source.rows)]
    header = _cells(page, source.header, (*route, "header"))
    caption: model.Inlines = ()
    attributes, heads = model.PLAIN, False
    if source.caption:
        text, line, column = source.caption
        caption, attributes, heads = _caption(page, Piece(text, line, column=column), route)
    return model.Table(
        merge_cells(page, [header], aligns, (*route, "header"))[0],
        merge_cells(page, rows, aligns, (*route, "rows")),
        caption,
        heads,
        attributes,
    )


def _align(dashes: str) -> Align:
    left, right = dashes.startswith(":"), dashes.endswith(":")
    return "center" if left and right else "right" if right else "left" if left else ""


def _report_ragged(page: Page, row: SourceRow, columns: int, what: str) -> None:
    have = len(row.cells)
    if have != columns:
        message = f"{what} has {cells_in_words(have)}, the header has {columns}"
        advice = "write `\\|` for a `|` in the text" if have > columns else "an empty cell is fine: `| |`"
        if have == 1 and "|" not in page.lines[page.source_line(row.line)]:
            advice = "begin it with `: ` if it is the caption, or leave an empty line above it"
        page.report(RAGGED, page.line_span(row.line), message, advice)


def cells_in_words(number: int) -> str:
    return "1 cell" if number == 1 else f"{number} cells"


Where: TypeAlias = tuple[int, int]
Filled: TypeAlias = tuple[str, Span, model.Inlines]


def _cells(page: Page, row: SourceRow, route: Route) -> list[Filled]:
    made: list[Filled] = []
    for text, column in row.cells:
        piece = Piece(text, row.line, column=column)
        span = page.span(piece, 0, max(1, len(text)))
        children = () if text in (ABOVE, LEFT, "") else build_inlines(page, piece, (*route, len(made)))
        made.append((text, span, children))
    return made


def _caption(page: Page, piece: Piece, route: Route) -> tuple[model.Inlines, model.Attributes, bool]:
    page.mark((*route, "caption"), page.span(piece, 0, len(piece.text)))
    rest, braces = split_attributes(piece, _HEADS)
    attributes = model.PLAIN
    values: dict[str, Any] = {}
    if braces:
        kinds = {**OUTER, "header-column": flag}
        attributes, values = read_attributes(page, piece, braces, kinds, "a table")
        page.mark((*route, "attributes"), page.span(piece, braces[1], len(braces[0])))
    return build_inlines(page, rest, (*route, "caption")), attributes, bool(values.get("header-column"))


def merge_cells(
    page: Page, grid: Sequence[Sequence[Filled]], aligns: Sequence[Align], route: Route
) -> tuple[model.Row, ...]:
    """The rows without the cells that `^^` and `<<` join to another."""
    owner = {(r, c): (r, c) for r, row in enumerate(grid) for c in range(len(row))}
    for (r, c), _ in list(owner.items()):
        text, span, _ = grid[r][c]
        if text not in (ABOVE, LEFT):
            continue
        other = (r - 1, c) if text == ABOVE else (r, c - 1)
        if other in owner:
            owner[r, c] = owner[other]
        else:
            side = "above" if text == ABOVE else "to the left"
            message = f"`{text}` has no cell {side} to join"
            page.report(MERGE, span, message, "write the cell out, or remove the mark")
    _break_shapes(page, grid, owner)
    areas = _areas(owner)
    rows = []
    for r, row in enumerate(grid):
        cells: list[model.Cell] = []
        for c, (_, span, children) in enumerate(row):
            if owner[r, c] != (r, c):
                continue
            bottom, right = max(areas[r, c])
            base = route if route[-1] == "header" else (*route, r)
            page.mark((*base, "cells", len(cells)), span)
            cells.append(model.Cell(children, bottom - r + 1, right - c + 1, aligns[c]))
        rows.append(model.Row(tuple(cells)))
    return tuple(rows)


def _areas(owner: dict[Where, Where]) -> dict[Where, list[Where]]:
    areas: dict[Where, list[Where]] = {}
    for cell, own in owner.items():
        areas.setdefault(own, []).append(cell)
    return areas


def _break_shapes(page: Page, grid: Sequence[Sequence[Filled]], owner: dict[Where, Where]) -> None:
    """Report areas that are no rectangles, and give their cells back."""
    for at, area in _areas(owner).items():
        bottom, right = max(r for r, _ in area), max(c for _, c in area)
        whole = (bottom - at[0] + 1) * (right - at[1] + 1)
        if len(area) != whole:
            worst = max(area)
            message = "the joined cells are no rectangle"
            page.report(MERGE, grid[worst[0]][worst[1]][1], message, "mark every cell of the rectangle")
            owner.update({cell: cell for cell in area})
