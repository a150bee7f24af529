"""Blocks that a learner only reads: paragraphs, lists, tables, callouts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coursepack.spec.model.inlines import PLAIN, Attributes, Image, Inlines

if TYPE_CHECKING:
    from coursepack.spec.model.course import Block


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    children: Inlines
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class Paragraph:
    children: Inlines
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class ListItem:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class List:
    """`tight` items hold one paragraph each that is shown without paragraph spacing."""

    ordered: bool
    items: tuple[ListItem, ...]
    start: int = 1
    tight: bool = True


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]
    attribution: Inlines = ()


@dataclass(frozen=True, slots=True)
class CodeBlock:
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class ThematicBreak:
    pass


@dataclass(frozen=True, slots=True)
class Definition:
    terms: tuple[Inlines, ...]
    details: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell after merging: cells covered by `^^` and `<<` are not in the row."""

    children: Inlines
    rowspan: int = 1
    colspan: int = 1
    align: Literal["", "left", "center", "right"] = ""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`header` is one row of column headers; with `header_column` the first cell of a row heads it."""

    header: Row
    rows: tuple[Row, ...]
    caption: Inlines = ()
    header_column: bool = False
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class Figure:
    """A paragraph that holds only a picture; the picture's title is its caption."""

    image: Image
    caption: Inlines = ()


@dataclass(frozen=True, slots=True)
class Callout:
    kind: Literal["note", "tip", "warning", "key-point"]
    blocks: tuple[Block, ...]
    title: Inlines = ()
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class Details:
    """A disclosure. `summary` comes from `summary="…"`, else from the first paragraph or heading."""

    summary: Inlines
    blocks: tuple[Block, ...]
    attributes: Attributes = PLAIN
