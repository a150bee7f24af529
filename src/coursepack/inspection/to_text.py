"""The facts of a package as plain text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import Any

from msgspec import to_builtins

from coursepack.inspection.facts import Facts
from coursepack.inspection.sections import Section, sections
from coursepack.snippet import on_one_line, visible

VERSION = 1
CELL_MAX = 48
"""Characters of a line in a cell; longer texts have more lines."""


def to_text(facts: Facts) -> str:
    """The title, then each section with its heading underlined."""
    title = on_one_line(facts.title)
    blocks = [f"{title}\n{'=' * min(len(title), 80)}"]
    blocks += ["\n".join(_section(section)) for section in sections(facts)]
    return "\n\n".join(blocks)


def _section(section: Section) -> Iterator[str]:
    yield section.title
    yield "-" * len(section.title)
    if section.rows:
        yield from align(section.rows)
    yield from (on_one_line(line) for line in section.lines)


def align(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as aligned columns; long cells go on below."""
    cells = [[wrap(visible(cell), CELL_MAX) or [""] for cell in row] for row in rows]
    widths = [max(len(line) for row in cells for line in row[at]) for at in range(len(cells[0]))]
    for row in cells:
        for lines in zip_longest(*row, fillvalue=""):
            yield "  ".join(line.ljust(width) for line, width in zip(lines, widths, strict=True)).rstrip()


def to_data(facts: Facts) -> dict[str, Any]:
    """Everything as plain data; empty values are kept, so that the keys are always the same."""
    return {"version": VERSION, "title": facts.title, **to_builtins(facts)}
