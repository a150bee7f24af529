"""Blocks that a learner only reads: paragraphs, lists, tables, callouts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from coursepack.spec.model.inlines import PLAIN, Attributes, Image, Inlines

if TYPE_CHECKING:
    from coursepack.spec.model.course import Block


class Heading(Struct, frozen=True):
    level: int
    children: Inlines
    attributes: Attributes = PLAIN


class Paragraph(Struct, frozen=True):
    children: Inlines
    attributes: Attributes = PLAIN


class ListItem(Struct, frozen=True):
    blocks: tuple[Block, ...]


class List(Struct, frozen=True):
    """`tight` items hold one paragraph each that is shown without paragraph spacing."""

    ordered: bool
    items: tuple[ListItem, ...]
    start: int = 1
    tight: bool = True


class Quote(Struct, frozen=True):
    blocks: tuple[Block, ...]
    attribution: Inlines = ()


class CodeBlock(Struct, frozen=True):
    text: str
    language: str = ""


class ThematicBreak(Struct, frozen=True):
    pass


class Definition(Struct, frozen=True):
    terms: tuple[Inlines, ...]
    details: tuple[tuple[Block, ...], ...]


class DefinitionList(Struct, frozen=True):
    items: tuple[Definition, ...]


class Cell(Struct, frozen=True):
    """A cell after merging: cells covered by `^^` and `<<` are not in the row."""

    children: Inlines
    rowspan: int = 1
    colspan: int = 1
    align: Literal["", "left", "center", "right"] = ""


class Row(Struct, frozen=True):
    cells: tuple[Cell, ...]


class Table(Struct, frozen=True):
    """`header` is one row of column headers; with `header_column` the first cell of a row heads it."""

    header: Row
    rows: tuple[Row, ...]
    caption: Inlines = ()
    header_column: bool = False
    attributes: Attributes = PLAIN


class Figure(Struct, frozen=True):
    """A paragraph that holds only a picture; the picture's title is its caption."""

    image: Image
    caption: Inlines = ()


class Callout(Struct, frozen=True):
    kind: Literal["note", "tip", "warning", "key-point"]
    blocks: tuple[Block, ...]
    title: Inlines = ()
    attributes: Attributes = PLAIN


class Details(Struct, frozen=True):
    """A disclosure. `summary` comes from `summary="…"`, else from the first paragraph or heading."""

    summary: Inlines
    blocks: tuple[Block, ...]
    attributes: Attributes = PLAIN
