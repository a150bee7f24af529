"""The block rule for pipe tables: rows as they stand in the source, and the caption line under them."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from msgspec import Struct

_DASHES = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_PIPE = re.compile(r"(?<!\\)\|")


class SourceRow(Struct, frozen=True):
    """The cells of a row as written, each with its 1-based column."""

    line: int
    cells: tuple[tuple[str, int], ...]


class SourceTable(Struct, frozen=True):
    """`caption` is the text after `: `, with its line and column; `aligns` has one entry per dash cell."""

    header: SourceRow
    dashes: SourceRow
    rows: tuple[SourceRow, ...]
    caption: tuple[str, int, int] | None


def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if start + 2 > end or state.is_code_block(start) or state.is_code_block(start + 1):
        return False
    if state.sCount[start + 1] < state.blkIndent:
        return False
    dashes = _line(state, start + 1)
    if "|" not in dashes or not _DASHES.fullmatch(dashes) or not _PIPE.search(_line(state, start)):
        return False
    if silent:
        return True
    line = start + 2
    rows = []
    while line < end and _continues(state, line, end):
        rows.append(_row(state, line))
        line += 1
    caption, line = _caption(state, line, end)
    token = state.push("table", "table", 0)
    token.map = [start, line]
    token.meta = {"table": SourceTable(_row(state, start), _row(state, start + 1), tuple(rows), caption)}
    state.line = line
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def _continues(state: StateBlock, line: int, end: int) -> bool:
    if state.sCount[line] < state.blkIndent or state.isEmpty(line) or state.is_code_block(line):
        return False
    return not _line(state, line).startswith(": ") and not _ends(state, line, end)


def _ends(state: StateBlock, line: int, end: int) -> bool:
    parent, state.parentType = state.parentType, "blockquote"
    found = any(rule(state, line, end, True) for rule in state.md.block.ruler.getRules("blockquote"))
    state.parentType = parent
    return found


def _row(state: StateBlock, line: int) -> SourceRow:
    text = _line(state, line)
    begin = state.bMarks[line] + state.tShift[line]
    column = begin - (state.src.rfind("\n", 0, begin) + 1) + 1
    bounds = [found.start() for found in _PIPE.finditer(text)]
    starts = [0, *(at + 1 for at in bounds)]
    stops = [*bounds, len(text)]
    pieces = list(zip(starts, stops, strict=True))
    if bounds and bounds[0] == 0:
        pieces = pieces[1:]
    if bounds and bounds[-1] == len(text) - 1 and len(pieces) > 0:
        pieces = pieces[:-1]
    cells = []
    for left, right in pieces:
        raw = text[left:right]
        lead = len(raw) - len(raw.lstrip())
        cells.append((raw.strip().replace("\\|", "|"), column + left + lead))
    return SourceRow(line, tuple(cells))


def _caption(state: StateBlock, line: int, end: int) -> tuple[tuple[str, int, int] | None, int]:
    at = line + 1 if line < end and state.isEmpty(line) else line
    if at >= end or state.sCount[at] < state.blkIndent or state.is_code_block(at):
        return None, line
    if not _line(state, at).startswith(": "):
        return None, line
    begin = state.bMarks[at] + state.tShift[at]
    column = begin - (state.src.rfind("\n", 0, begin) + 1) + 3
    words = [_line(state, at)[2:]]
    stop = at + 1
    while stop < end and not state.isEmpty(stop) and state.sCount[stop] >= state.blkIndent:
        if _ends(state, stop, end):
            break
        words.append(_line(state, stop))
        stop += 1
    lead = len(words[0]) - len(words[0].lstrip())
    return ("\n".join(words).strip(), at, column + lead), stop
