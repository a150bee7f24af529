"""Text that its author meant as mark-up: it would stand on the page with all its signs."""

from __future__ import annotations

import re

from coursepack.spec.containers import NAMES
from coursepack.spec.page import Page, Piece
from coursepack.spec.shape import clip
from coursepack.spec.shape_content import LOOKS_LIKE

_TAGS = (
    "a abbr audio b blockquote br button center code dd details div dl dt em embed figure font form h1 h2 h3 "
    "h4 h5 h6 hr i iframe img input kbd li mark object ol p pre s script small span strike strong style sub "
    "summary sup svg table tbody td th thead tr u ul video"
)
_KINDS = (
    (
        "attributes",
        r"\{\s*(?:[#.][A-Za-z][\w-]*|(?:lang|dir)=[^\s{}]+|decorative\s*\})[^{}]*\}?",
        "move it to the end, after a blank, or write `\\{` if it is meant as text",
    ),
    (
        "a link",
        r"\[[^\[\]]*\]\([^()\s]+\s+[“”„‟«»‘’‚][^()]*\)",
        'use straight quotes: `(path "words")`, or write `\\[` if it is meant as text',
    ),
    (
        "a link",
        r"\[[^\[\]]*\]\([^()\s]+ [^()]*\)|\[[^\[\]]+\]\(<[^<>]*>[^()\s]+\)",
        "write `<…>` around all of a path with blanks, or `\\[` if it is meant as text",
    ),
    (
        "a link",
        r"\[[^\[\]]+\] \((?:(?:https?://|\.\.?/|#)[^()\s]+|[^()\s]+\.[a-z]{2,4}(?:#[^()\s]*)?)\)",
        "remove the blank between `]` and `(`, or write `\\[` if it is meant as text",
    ),
    (
        "a link",
        r"(?<!\w)\[(?=[^\[\]]*[^\W\d_])[^\[\]]+\]\[[^\[\]]*\]",
        "write `[words](path)`, or a line `[name]: path` for it, or `\\[` if it is meant as text",
    ),
    (
        "a link",
        r"\[[^\[\]]*\]\((?:https?://|\.{0,2}/|[\w-]+/)[^()\s]*$",
        "write `)` at its end, or `\\[` if it is meant as text",
    ),
    (
        "an HTML comment",
        r"<!--.*?(?:-->|$)",
        "take it out: learners would read it",
    ),
    (
        "struck-out text",
        r"~~[^~\s][^~]*~~",
        "leave it out, or write `\\~` if it is meant as text",
    ),
    (
        "HTML",
        rf"</?(?:{'|'.join(_TAGS.split())})(?:\s[^<>]*)?/?>",
        "write Markdown, or `\\<` if it is meant as text",
    ),
)
_LOOKALIKE = re.compile(
    "|".join(f"(?P<k{number}>{pattern})" for number, (_, pattern, _) in enumerate(_KINDS)), re.IGNORECASE
)
_SIGNS = re.compile(r"[{<]|~~|\] ?[(\[]")
_GAP = re.compile(r"\[\[[^\[\]]*\]?|[^\s\[\]]*\]\]")
_CLOSE = "write a gap as `[[answer]]`, or `\\[` if it is meant as text"
_HEADING = re.compile(r"#{2,6}(?=[^\W\d_])")
_COLONS = re.compile(rf"::[ \t]*(?:{'|'.join(NAMES)})(?![\w-])")
_OPTION = re.compile(r"\[[ xX]\](?=\s)")
_BLOCK = re.compile(rf":{{3,}}[ \t]*(?:{'|'.join(NAMES)})(?![\w-])")
_BULLET = re.compile(r"[•‣◦▪▫●○■□·∙][ \t]+(?=\S)")
_ROW = re.compile(r"\|.*[^\\|]\|.*|.*[^\\|]\|.*\|")


def report_lookalikes(page: Page, piece: Piece, text: str) -> None:
    """Report the first thing in a text of the piece that looks like mark-up and is none."""
    if page.gaps is not None and (gap := _GAP.search(text)):
        at = piece.text.find(gap[0], piece.start, piece.stop)
        _report(page, piece, max(piece.start, at), gap[0], "part of a gap", _CLOSE)
        return
    found = _LOOKALIKE.search(text) if _SIGNS.search(text) else None
    if not found:
        return
    what, _, advice = _KINDS[int(str(found.lastgroup)[1:])]
    at = piece.text.find(found[0], piece.start, piece.stop)
    _report(page, piece, max(piece.start, at), found[0], what, advice)


def report_paragraph(page: Page, piece: Piece) -> None:
    """Report a paragraph that was meant as a heading, a list, a block or a table."""
    lines = piece.words.split("\n")
    heading = _HEADING.match(lines[0])
    if heading:
        advice = f"write a blank after `{heading[0]}`, or `\\#` if it is meant as text"
        _report(page, piece, piece.start, lines[0], "a heading", advice)
    elif bullet := _BULLET.match(lines[0]):
        advice = f"write `- ` instead of `{bullet[0][0]}`, or `&#{ord(bullet[0][0])};` if it is meant as text"
        _report(page, piece, piece.start, lines[0], "a list", advice)
    elif _COLONS.match(lines[0]) and page.source_line(piece.line) not in page.env["mended"]:
        advice = f"write `:::{lines[0].lstrip(':').rstrip()}`, or `\\:` if it is meant as text"
        _report(page, piece, piece.start, lines[0], "a block", advice)
    elif len(lines) > 1 and all(_ROW.fullmatch(line.strip()) for line in lines[:2]):
        advice = "write a line of dashes below the first row: `|---|---|`"
        _report(page, piece, piece.start, lines[0], "a table", advice)


def report_item(page: Page, piece: Piece) -> None:
    """Report the first paragraph of a list's item that was meant as an option."""
    if box := _OPTION.match(piece.words):
        bank = page.file.startswith("questions/")
        where = "write it below the key `options`" if bank else "put the list into a `::: question`"
        advice = f"{where}, or write `\\[` if it is meant as text"
        _report(page, piece, piece.start, box[0], "an option", advice)


def report_code(page: Page, line: int, text: str) -> None:
    """Report indented code that was meant as a block."""
    if _BLOCK.match(text):
        first = text.partition("\n")[0].rstrip()
        message = f"`{clip(first)}` looks like a block and is shown as code"
        advice = "take the blanks before it away, or put code between lines of three backticks"
        page.report(LOOKS_LIKE, page.line_span(line, first), message, advice)


def _report(page: Page, piece: Piece, at: int, words: str, what: str, advice: str) -> None:
    message = f"`{clip(words)}` looks like {what} and is shown as text"
    page.report(LOOKS_LIKE, page.span(piece, at, len(words)), message, advice)
