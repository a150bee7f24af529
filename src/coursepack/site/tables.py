"""Tables as rows of `th` and `td`, with what a cell needs to be read alone on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from coursepack.spec.model import Cell, Row, Table, plain


class TableCell(Struct, frozen=True):
    """A cell in its place. `label` names its columns; empty in a row's heading."""

    cell: Cell
    heading: bool
    label: str


class TableRow(Struct, frozen=True):
    """`carried` and `follows` repeat what cells of rows above say of this row, before and after its own.

    One `column: words` per line.
    """

    cells: tuple[TableCell, ...]
    carried: str = ""
    follows: str = ""


class _Span(Struct, frozen=True):
    column: int
    width: int
    rows_left: int
    words: str


def table_rows(table: Table) -> tuple[TableRow, ...]:
    """The body's rows; columns are counted as the eye does, past cells that reach down from above."""
    labels, headed = _labels(table.header), table.header_column
    open_spans: list[_Span] = []
    rows = []
    for row in table.rows:
        placed = tuple(_place(row, open_spans))
        first = placed[0][1] if placed else 0
        left, right = (
            "\n".join(_words(span, labels, headed) for span in open_spans if (span.column < first) is before)
            for before in (True, False)
        )
        rows.append(TableRow(tuple(_cell(cell, at, labels, headed) for cell, at in placed), left, right))
        open_spans = sorted((*_lower(open_spans), *_opened(placed)), key=lambda span: span.column)
    return tuple(rows)


def _lower(spans: list[_Span]) -> Iterator[_Span]:
    return (replace(span, rows_left=span.rows_left - 1) for span in spans if span.rows_left > 1)


def _opened(placed: tuple[tuple[Cell, int], ...]) -> Iterator[_Span]:
    for cell, at in placed:
        if cell.rowspan > 1:
            yield _Span(at, cell.colspan, cell.rowspan - 1, plain(cell.children))


def _labels(header: Row) -> list[str]:
    return [words for cell in header.cells for words in [plain(cell.children)] * cell.colspan]


def _place(row: Row, spans: list[_Span]) -> Iterator[tuple[Cell, int]]:
    taken = {span.column + offset for span in spans for offset in range(span.width)}
    at = 0
    for cell in row.cells:
        while at in taken:
            at += 1
        yield cell, at
        at += cell.colspan


def _cell(cell: Cell, at: int, labels: list[str], header_column: bool) -> TableCell:
    heading = header_column and at == 0
    return TableCell(cell, heading, "" if heading else _label(labels, at, cell.colspan))


def _label(labels: list[str], at: int, width: int) -> str:
    return ", ".join(dict.fromkeys(filter(None, labels[at : at + width])))


def _words(span: _Span, labels: list[str], header_column: bool) -> str:
    label = "" if header_column and span.column == 0 else _label(labels, span.column, span.width)
    return f"{label}: {span.words}" if label else span.words
