"""The facts of a package as plain text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import to_builtins

from coursepack.inspection.facts import Facts
from coursepack.inspection.sections import Section, sections
from coursepack.snippet import visible

VERSION = 1
CELL_MAX = 48


def to_text(facts: Facts) -> str:
    """The title, then each section with its heading underlined."""
    title = visible(facts.title)
    blocks = [f"{title}\n{'=' * min(len(title), 80)}"]
    blocks += ["\n".join(_section(section)) for section in sections(facts)]
    return "\n\n".join(blocks)


def _section(section: Section) -> Iterator[str]:
    yield section.title
    yield "-" * len(section.title)
    if section.rows:
        yield from align(section.rows)
    yield from (visible(line) for line in section.lines)


def align(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as aligned columns; long cells are cut."""
    cells = [[_cut(visible(cell)) for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in cells) for at in range(len(cells[0]))]
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= CELL_MAX else line[: CELL_MAX - 1] + "…"


def to_data(facts: Facts) -> dict[str, Any]:
    """Everything as plain data; empty values are kept, so that the keys are always the same."""
    return {"version": VERSION, "title": facts.title, **to_builtins(facts)}
