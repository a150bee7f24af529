"""An upload card as Markdown: GitHub's tables, nothing of the course's words taken for mark-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from coursepack.handover.card import Card, Cell, Exact, Said, Section, Table
from coursepack.snippet import visible

_SPECIAL = re.compile(r"[\\`*\[\]<>|~&$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")


def to_markdown(card: Card) -> str:
    """The whole card; a table's cells are one line each, with `<br>` for a break."""
    lines = [f"# Upload card: {_said(card.title)}", "", f"> **{_ours(card.warning)}**"]
    for section in card.sections:
        lines += ["", *_section(section)]
    return "\n".join(lines) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {_ours(section.title)}"
    if section.closed:
        yield from ("", "<details>", f"<summary>{_ours(section.title)}: show</summary>")
    for sentence in section.said:
        yield from ("", _ours(sentence))
    if section.steps:
        yield ""
        yield from (f"{number}. {_ours(step)}" for number, step in enumerate(section.steps, 1))
    if section.points:
        yield ""
        yield from (f"- {_ours(point)}" for point in section.points)
    for table in section.tables:
        yield ""
        yield from _table(table)
    if section.closed:
        yield from ("", "</details>")


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(_ours(cell) for cell in table.head)} |"
    yield "|" + "---|" * len(table.head)
    for row in table.rows:
        yield f"| {' | '.join(to_cell(cell) for cell in row)} |"


@lru_cache(maxsize=2048)
def to_cell(cell: Cell) -> str:
    """A table's cell."""
    if isinstance(cell, Said):
        return _said(cell.text)
    if isinstance(cell, Exact):
        return "<br>".join(_exact(line) for line in visible(cell.text).split("\n") if line.strip())
    return _ours(cell)


def _said(text: str) -> str:
    lines = (" ".join(line.split()) for line in visible(text).split("\n"))
    return "<br>".join(_SPECIAL.sub(r"\\\g<0>", line) for line in lines if line)


def _ours(text: str) -> str:
    """A sentence of ours: what stands between backticks is code."""
    parts = text.split("`")
    return "".join(
        _exact(part) if index % 2 else _SPECIAL.sub(r"\\\g<0>", part) for index, part in enumerate(parts)
    )


def _exact(text: str) -> str:
    """A code span; a pipe in it is escaped as tables want it, a fence is longer than any run of backticks."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{space}{text}{space}{fence}".replace("|", r"\|")
