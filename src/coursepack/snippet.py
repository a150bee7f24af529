"""A line of an author's file with its span underlined, right for tabs, wide characters and emoji."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from coursepack.source import Span

TAB = 4
ROOM = 100
"""Columns for the line; a longer one is cut around the span."""
LEAD = 30
"""Columns kept before the span of a cut line."""
CUT = "..."
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
_SKIN = range(0x1F3FB, 0x1F400)
_BREAKS = re.compile("[\t\n\u2028\u2029]")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """The text with what would steer a terminal, or turn the writing direction, made visible as U+FFFD."""
    return _UNSAFE.sub("\ufffd", text)


def on_one_line(text: str, most: int = 2000) -> str:
    """The text made visible on one line; the middle is left out of what has more than `most` characters."""
    flat = visible(_BREAKS.sub(" ", text))
    return flat if len(flat) <= most else f"{flat[: most // 2]}{CUT}{flat[-most // 2 :]}"


def write_snippet(source: str, span: Span) -> tuple[str, str]:
    """The line as it is shown, and the line of carets under it."""
    line = visible(source)
    start = min(max(span.column - 1, 0), len(line))
    end = min(max(start + span.width, start + 1), max(len(line), start + 1))
    if len(line) <= ROOM and line.isascii() and "\t" not in line:
        return line, " " * start + "^" * max(1, min(end, len(line)) - start)
    cells = list(_cells(line))
    before = sum(width for at, _, width in cells if at < start)
    under = sum(width for at, _, width in cells if start <= at < end)
    total = sum(width for _, _, width in cells)
    shown, first, last = "".join(text for _, text, _ in cells), 0, total
    if total > ROOM:
        first = max(0, min(before - LEAD, total - ROOM))
        shown, first, last = _cut(cells, first)
    lead = len(CUT) if first > 0 else 0
    text = (CUT if first > 0 else "") + shown + (CUT if last < total else "")
    carets = max(1, min(before + under, last) - max(before, first)) if before <= last else 1
    return text, " " * (lead + max(0, before - first)) + "^" * carets


def _cut(cells: list[tuple[int, str, int]], first: int) -> tuple[str, int, int]:
    """The cells from column `first` on that fit, as text, with the columns where they begin and end."""
    kept, column, begin = [], 0, None
    for _, text, width in cells:
        if column >= first and column + width - first <= ROOM:
            begin = column if begin is None else begin
            kept.append(text)
        elif begin is not None:
            break
        column += width
    begin = begin or 0
    return "".join(kept), begin, column


def _cells(line: str) -> Iterator[tuple[int, str, int]]:
    """(index, text to show, columns) of what a terminal shows as one: a base and all that joins it."""
    column = at = 0
    while at < len(line):
        end = _cluster_end(line, at)
        if line[at] == "\t":
            width = TAB - column % TAB
            yield at, " " * width, width
        else:
            width = _width(line[at:end])
            yield at, line[at:end], width
        column += width
        at = end


def _cluster_end(line: str, at: int) -> int:
    end = at + 1
    while end < len(line):
        character = line[end]
        if character == _JOINER and end + 1 < len(line) and line[end + 1] not in "\t ":
            end += 2
        elif _is_zero(character) or (ord(character) in _SKIN and _is_wide(line[at])):
            end += 1
        else:
            break
    return end


def _width(cluster: str) -> int:
    if _is_zero(cluster[0]):
        return 0
    return 2 if _is_wide(cluster[0]) or _EMOJI_STYLE in cluster else 1


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _is_zero(character: str) -> bool:
    """Marks that sit on the character before; vowels and finals of Hangul do so too."""
    code = ord(character)
    if code < 0x300:
        return False
    return unicodedata.category(character) in ("Mn", "Me", "Cf") or 0x1160 <= code <= 0x11FF
