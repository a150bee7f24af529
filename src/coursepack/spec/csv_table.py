"""`::: table {src=…}`: a table whose data is a CSV file and whose body is its caption."""

from __future__ import annotations

import csv
import io
from typing import TypeAlias

from coursepack.source import Route, Span
from coursepack.spec import model
from coursepack.spec.inlines import build_inlines
from coursepack.spec.page import Page, Piece
from coursepack.spec.shape_content import CSV, RAGGED
from coursepack.spec.tables import ABOVE, LEFT, Align, Filled, cells_in_words, merge_cells
from coursepack.spec.texts import read_text

Grid: TypeAlias = list[list[tuple[str, Span]]]


def read_grid(page: Page, source: str, at: Span) -> Grid | None:
    """The rows of the CSV file at a path as the author wrote it; None with a finding."""
    found = page.folder.find(source, page.file)
    if not found.path:
        advice = found.advice or "give the path of a CSV file in the course folder"
        page.report(CSV, at, found.why, advice)
        return None
    text = read_text(page.folder, found.path, page.log)
    if text is None:
        return None
    grid = _rows(page, found.path, text)
    if not grid:
        page.report(CSV, at, f"`{found.path}` has no rows", "its first line has the column headers")
        return None
    return grid


def grid_table(
    page: Page,
    grid: Grid,
    route: Route,
    caption: model.Inlines,
    attributes: model.Attributes,
    heads: bool,
) -> model.Table:
    """A table from rows; the first one is the header."""
    path = grid[0][0][1].file
    lines = page.log.texts[path].split("\n")
    width = max(len(row) for row in grid)
    filled: list[list[Filled]] = []
    for number, row in enumerate(grid):
        if len(row) != len(grid[0]):
            message = f"this row has {cells_in_words(len(row))}, the header has {len(grid[0])}"
            page.report(RAGGED, row[0][1], message, "an empty cell is fine, a missing one is not")
        where = (*route, "header") if number == 0 else (*route, "rows", number - 1)
        cells: list[Filled] = []
        for text, span in row:
            sheet = Page(
                path, lines, page.folder, page.log, span.line - 1, True, env=page.env, notes=page.notes
            )
            children = build_inlines(sheet, Piece(text, 0), (*where, len(cells)))
            cells.append((text, span, () if text in (ABOVE, LEFT) else children))
        filled.append(cells)
    plain: list[Align] = [""] * width
    header = merge_cells(page, filled[:1], plain, (*route, "header"))[0]
    return model.Table(
        header, merge_cells(page, filled[1:], plain, (*route, "rows")), caption, heads, attributes
    )


def _rows(page: Page, path: str, text: str) -> Grid:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=lambda sign: (first.count(sign), sign == ","))
    grid: Grid = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                grid.append([(cell.strip(), Span(path, line)) for cell in row])
            line = reader.line_num + 1
    except csv.Error:
        message = "from this row on the file cannot be read: check its quotation marks"
        page.report(CSV, Span(path, line), message, 'write a quotation mark in a cell twice: `""`')
    return grid
