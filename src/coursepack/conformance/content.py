"""A static look at what a package will do in a browser: its pages, scripts and styles as text."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from coursepack.conformance.signs import Kind, find_all

TEXT_MAX = 2 << 20
"""Bytes of a text file that are looked at; the rest of a larger file is not."""
REFERENCES_MAX = 500
KEPT_MAX = 32 << 10
"""Bytes of a file whose look is kept: the packages of one course share most of their files."""

TEXT_ENDS = (".html", ".htm", ".xhtml", ".js", ".mjs", ".css", ".json", ".xml", ".svg", ".txt", ".md")


class Fact(Struct, frozen=True):
    """Something that was seen: what, where (1-based line), and the words that show it."""

    kind: Kind
    line: int
    excerpt: str


class Reference(Struct, frozen=True):
    """A page's way to another file, as written; `needed` when the page cannot start without it."""

    address: str
    line: int
    needed: bool


class Look(Struct, frozen=True):
    """What one text file shows. `base` is the address that its references start from, as `<base>` has it.

    `cut` tells that only its first part was looked at.
    """

    facts: tuple[Fact, ...] = ()
    references: tuple[Reference, ...] = ()
    cut: bool = False
    base: str = ""


_TAG = re.compile(
    r"<(script|link|img|iframe|frame|source|video|audio|object|embed|track|input|image)\b([^<>]{0,2000})>",
    re.I,
)
_ADDRESS = re.compile(
    r"""(?:^|\s)(?:src|href|data|poster|xlink:href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I
)
_BASE = re.compile(r"<base\b([^<>]{0,2000})>", re.I)
_TEXT_ONLY = re.compile(
    r"<!--|<(script|style|textarea|template|noscript|xmp)\b[^<>]{0,2000}>",
    re.I,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.I)
_REL = re.compile(r"""(?:^|\s)rel\s*=\s*["']?([^"'>]*)""", re.I)


def look(name: str, data: bytes) -> Look:
    """What the file shows; nothing for a file that is not text."""
    if not name.lower().endswith(TEXT_ENDS):
        return Look()
    return _look_again(name, data) if len(data) <= KEPT_MAX else _look(name, data)


@lru_cache(maxsize=1024)
def _look_again(name: str, data: bytes) -> Look:
    return _look(name, data)


def _look(name: str, data: bytes) -> Look:
    text = data[:TEXT_MAX].decode("utf-8", "replace")
    lines = _Lines(text)
    page = name.lower().endswith((".html", ".htm", ".xhtml"))
    code = not name.lower().endswith((".txt", ".md", ".json", ".xml"))
    facts = [Fact(kind, lines.of(at), words) for kind, at, words in find_all(text, code)]
    shown = _markup(text) if page or name.lower().endswith(".svg") else ""
    references = tuple(islice(_references(shown, _Lines(shown)), REFERENCES_MAX))
    for item in references:
        if item.address.startswith("http://"):
            facts.append(Fact("mixed", item.line, item.address))
        elif is_remote(item.address):
            facts.append(Fact("host", item.line, item.address))
    base = next((address for found in _BASE.finditer(shown) for address in _addresses(found[1])), "")
    cut = len(data) > TEXT_MAX
    return Look(tuple(dict.fromkeys(facts)), references if page else (), cut, base)


def is_remote(address: str) -> bool:
    """Whether an address leads to another host."""
    return bool(re.match(r"(?:https?:|wss?:)?//", address, re.I))


class _Lines:
    """Line numbers of offsets; the text is only searched for line ends when one is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] | None = None

    def of(self, offset: int) -> int:
        if self._starts is None:
            self._starts = [found.end() for found in re.finditer("\n", self._text)]
        return bisect_right(self._starts, offset) + 1


def _markup(text: str) -> str:
    """The page without its comments, scripts and whatever else only looks like elements; lines are kept."""
    kept: list[str] = []
    at = 0
    while found := _TEXT_ONLY.search(text, at):
        name = found[1]
        start = found.end() if name else found.start()
        closing = re.compile(rf"</{name}" if name else "-->", re.I).search(text, start)
        end = closing.start() if closing else len(text)
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end if name or not closing else closing.end()
    return "".join([*kept, text[at:]])


def _addresses(attributes: str) -> Iterator[str]:
    """The addresses in a tag's attributes as a browser reads them; without those inside the page itself."""
    for found in _ADDRESS.finditer(attributes):
        written = (found[1] or found[2] or found[3] or "").strip()
        address = _ENTITY.sub(lambda entity: html.unescape(entity[0]), written)
        if address and not re.match(r"(?:data|blob|about|javascript|mailto|tel):|#", address, re.I):
            yield address


def _references(text: str, lines: _Lines) -> Iterator[Reference]:
    for tag in _TAG.finditer(text):
        kind, attributes = tag[1].lower(), tag[2]
        rel = _REL.search(attributes)
        if kind == "link" and not (rel and {"stylesheet", "preload", "icon"} & set(rel[1].lower().split())):
            continue
        style = kind == "link" and "stylesheet" in (rel[1].lower() if rel else "")
        for address in _addresses(attributes):
            yield Reference(address, lines.of(tag.start()), kind == "script" or style)
