"""One Markdown text while it is read: its place in the file, what was found, its footnotes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from coursepack.diagnostics import Finding, Rule
from coursepack.source import Route, Span
from coursepack.spec.attributes import Report
from coursepack.spec.paths import Folder
from coursepack.spec.shape import CONTROL

if TYPE_CHECKING:
    from coursepack.spec.markdown import Node
    from coursepack.spec.model import ClozeGap

_ATTRIBUTES = ("SPC-019", "SPC-020", "SPC-021")
_FOLDED = 50
"""How many lines of a folded scalar are searched for some words of it."""
_NEWLINE = re.compile("\n")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Piece(Struct, frozen=True):
    """Inline text with its place: `text[start:end]` of a block that begins in the Markdown's line `line`.

    `column` is known where the text does not reach to the end of its source line (cells of a table).
    """

    text: str
    line: int
    start: int = 0
    end: int = -1
    column: int = 0

    @property
    def stop(self) -> int:
        return len(self.text) if self.end < 0 else self.end

    def part(self, start: int, end: int) -> Piece:
        return Piece(self.text, self.line, start, end, self.column)

    @property
    def words(self) -> str:
        return self.text[self.start : self.stop]


class Log(Struct):
    """What reading a course finds, and where everything in it was written."""

    findings: list[Finding] = field(default_factory=list)
    spans: dict[Route, Span] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def forget(self, known: int) -> None:
        """Drop the places noted since there were `known` of them: what stood there is not in the model."""
        while len(self.spans) > known:
            self.spans.popitem()


class Notes(Struct):
    """The footnotes of a step: definitions by name, numbers by first use."""

    defined: dict[str, Node] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    waiting: list[Node | Piece] = field(default_factory=list)

    def number(self, name: str) -> int:
        """The number of a footnote; 0 where there is none of that name."""
        if name not in self.numbers and name in self.defined:
            self.waiting.append(self.defined[name])
            self.numbers[name] = len(self.waiting)
        return self.numbers.get(name, 0)

    def inline(self, piece: Piece) -> int:
        self.waiting.append(piece)
        return len(self.waiting)


class _Known(Struct):
    """Where the lines of a piece start in it, and the column and length of those asked for already."""

    piece: Piece
    starts: list[int]
    columns: dict[int, tuple[int, int]] = field(default_factory=dict)


class Page(Struct):
    """The text of a step, or one of the texts in a bank.

    `lines` are the file's lines; Markdown line n is file line `first + n`, or always `first` when the text
    is `folded` (a YAML scalar whose lines are not the file's).
    """

    file: str
    lines: Sequence[str]
    folder: Folder
    log: Log
    first: int = 0
    folded: bool = False
    indent: int = 0
    """How far the file indents every Markdown line (block scalars in a bank)."""
    env: dict[str, Any] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)
    gaps: list[ClozeGap] | None = None
    gap_route: Route = ()
    known: _Known | None = None

    def source_line(self, line: int) -> int:
        """The file's line (0-based) of a Markdown line."""
        return self.first if self.folded else self.first + line

    def span(self, piece: Piece, at: int, width: int) -> Span:
        """The span of `width` characters at the offset `at` of the piece's text."""
        known = self.known
        if known is None or known.piece.text is not piece.text or known.piece.line != piece.line:
            known = self.known = _Known(piece, [0, *(found.end() for found in _NEWLINE.finditer(piece.text))])
        index = bisect_right(known.starts, at) - 1
        begin = known.starts[index]
        line = self.source_line(piece.line + index)
        if index not in known.columns:
            stop = piece.text.find("\n", begin)
            whole = piece.text[begin : stop if stop >= 0 else len(piece.text)].rstrip()
            fixed = piece.column and index == 0
            column = piece.column + self.indent if fixed else self._column(line, whole)
            known.columns[index] = (column, len(whole))
        column, length = known.columns[index]
        room = max(1, length - (at - begin))
        if self.folded and (found := self._folded(line, piece.text[at : at + max(1, min(width, room))])):
            return found
        return Span(self.file, line + 1, column + at - begin, max(1, min(width, room)))

    def _folded(self, first: int, words: str) -> Span | None:
        """Where words of a scalar stand that is folded over several lines, when they do not in its first."""
        for line in range(first, min(first + _FOLDED, len(self.lines))):
            found = self.lines[line].find(words)
            if found >= 0:
                return Span(self.file, line + 1, found + 1, len(words)) if line > first else None
        return None

    def _column(self, line: int, words: str) -> int:
        source = self.lines[line].rstrip() if line < len(self.lines) else ""
        if source.endswith(words):
            return len(source) - len(words) + 1
        lead = len(words) - len(words.lstrip())
        return max(0, source.find(words.lstrip()) - lead) + 1

    def line_span(self, line: int, words: str = "") -> Span:
        """The span of a line's text, or of some words in it."""
        at = self.source_line(line)
        source = self.lines[at] if at < len(self.lines) else ""
        shown = words or source.strip()
        found = source.find(shown)
        return Span(self.file, at + 1, max(0, found) + 1, max(1, len(shown)))

    def report(self, rule: Rule, at: Span, message: str, advice: str = "") -> None:
        self.log.findings.append(rule.finding(at, message, advice))

    def misread(self, known: int) -> bool:
        """Whether attributes were refused since there were `known` findings: what they say is missing."""
        return any(one.code in _ATTRIBUTES for one in self.log.findings[known:])

    def reporter(self, piece: Piece) -> Report:
        """Reports at offsets in a piece's text."""

        def report(rule: Rule, at: int, width: int, message: str, advice: str) -> None:
            self.report(rule, self.span(piece, at, width), message, advice)

        return report

    def clean(self, text: str, at: Span) -> str:
        """The text, with every character that no page can show reported and replaced."""
        found = _CONTROL.search(text)
        if not found:
            return text
        self.report(CONTROL, at, f"the text has the control character U+{ord(found[0]):04X}", "delete it")
        return _CONTROL.sub("\ufffd", text)

    def mark(self, route: Route, span: Span) -> None:
        self.log.spans[route] = span
