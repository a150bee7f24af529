"""A static look at what a package will do in a browser: its pages, scripts and styles as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

TEXT_MAX = 2 << 20
"""Bytes of a text file that are looked at; the rest of a larger file is not."""
REFERENCES_MAX = 500

Kind = Literal["unload", "synchronous", "host", "secret", "mixed", "mail"]

TEXT_ENDS = (".html", ".htm", ".xhtml", ".js", ".mjs", ".css", ".json", ".xml", ".svg", ".txt", ".md")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that was seen: what, where (1-based line), and the words that show it."""

    kind: Kind
    line: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A page's way to another file, as written; `needed` when the page cannot start without it."""

    address: str
    line: int
    needed: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What one text file shows. `cut` tells that only its first part was looked at."""

    facts: tuple[Fact, ...] = ()
    references: tuple[Reference, ...] = ()
    cut: bool = False


_UNLOAD = re.compile(
    r"""addEventListener\s*\(\s*["'](?:before)?unload["']|\bon(?:before)?unload\s*=(?!=)|\.(?:unload|beforeunload)\s*\("""
    r"""|\bon\s*\(\s*["'](?:before)?unload["']"""
)
_SYNCHRONOUS = re.compile(
    r"""\.open\s*\([^()\n]{1,200},\s*(?:false|!1)\s*[,)]|\basync\s*:\s*(?:false|!1)\b"""
)
_HOST = re.compile(
    r"""(?:fetch|importScripts|WebSocket|EventSource|sendBeacon|getScript)\s*\(\s*["'`]((?:https?|wss?)://[^"'`\s]{1,200})"""
    r"""|@import\s+(?:url\()?["']?((?:https?:)?//[^"')\s]{1,200})|url\(\s*["']?((?:https?:)?//[^"')\s]{1,200})"""
    r"""|\.open\s*\(\s*["'][A-Z]{3,7}["']\s*,\s*["'](https?://[^"'\s]{1,200})""",
)
_TAG = re.compile(
    r"<(script|link|img|iframe|frame|source|video|audio|object|embed|track|input|image)\b([^<>]{0,2000})>",
    re.I,
)
_ADDRESS = re.compile(
    r"""(?:^|\s)(?:src|href|data|poster|xlink:href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I
)
_REL = re.compile(r"""(?:^|\s)rel\s*=\s*["']?([^"'>]*)""", re.I)
_SECRETS = (
    ("PRIVATE KEY", re.compile(r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----")),
    ("AKIA", re.compile(r"\bAKIA[0-9A-Z]{16}\b")),
    ("gh", re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b")),
    ("sk_live_", re.compile(r"\bsk_live_[A-Za-z0-9]{20,}\b")),
    ("xox", re.compile(r"\bxox[baprs]-[A-Za-z0-9-]{20,}\b")),
    ("AIza", re.compile(r"\bAIza[0-9A-Za-z_\-]{35}\b")),
    (
        "uthorization",
        re.compile(
            r"""["']?Authorization["']?\s{0,9}[:,]\s{0,9}["'](?:Basic|Bearer) [A-Za-z0-9+/=._\-]{12,}["']"""
        ),
    ),
)
"""A plain text to look for first, and the whole shape of a key."""
_MAIL_BEFORE = re.compile(r"[A-Za-z0-9._%+\-]{1,64}\Z")
_MAIL_AFTER = re.compile(r"@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){0,4}\.[A-Za-z]{2,12}\b")
_EXAMPLE = re.compile(r"@(?:[\w\-]+\.)*example\.(?:com|org|net)\b|\.(?:png|jpe?g|gif|svg|webp|js|css)$", re.I)


def look(name: str, data: bytes) -> Look:
    """What the file shows; nothing for a file that is not text."""
    if not name.lower().endswith(TEXT_ENDS):
        return Look()
    text = data[:TEXT_MAX].decode("utf-8", "replace")
    lines = _Lines(text)
    page = name.lower().endswith((".html", ".htm", ".xhtml"))
    facts = list(_facts(text, lines, code=not name.lower().endswith((".txt", ".md", ".json", ".xml"))))
    references = (
        tuple(_references(text, lines))[:REFERENCES_MAX] if page or name.lower().endswith(".svg") else ()
    )
    for item in references:
        if item.address.startswith("http://"):
            facts.append(Fact("mixed", item.line, item.address))
        elif is_remote(item.address):
            facts.append(Fact("host", item.line, item.address))
    return Look(tuple(dict.fromkeys(facts)), references if page else (), len(data) > TEXT_MAX)


def is_remote(address: str) -> bool:
    """Whether an address leads to another host."""
    return bool(re.match(r"(?:https?:|wss?:)?//", address, re.I))


class _Lines:
    """Line numbers of offsets, found without splitting the text."""

    def __init__(self, text: str) -> None:
        self._starts = [found.end() for found in re.finditer("\n", text)]

    def of(self, offset: int) -> int:
        from bisect import bisect_right

        return bisect_right(self._starts, offset) + 1


def _facts(text: str, lines: _Lines, code: bool) -> Iterator[Fact]:
    for needle, pattern in _SECRETS:
        for found in pattern.finditer(text) if needle in text else ():
            yield Fact("secret", lines.of(found.start()), found[0][:14] + "…")
    yield from _mails(text, lines)
    if not code:
        return
    for found in _UNLOAD.finditer(text) if "unload" in text else ():
        yield Fact("unload", lines.of(found.start()), found[0][:80])
    for found in _SYNCHRONOUS.finditer(text) if "false" in text or "!1" in text else ():
        yield Fact("synchronous", lines.of(found.start()), found[0][:80])
    if "//" not in text:
        return
    for found in _HOST.finditer(text):
        address = next(group for group in found.groups() if group)
        mixed = address.startswith(("http://", "ws://"))
        yield Fact("mixed" if mixed else "host", lines.of(found.start()), address)


def _mails(text: str, lines: _Lines) -> Iterator[Fact]:
    for sign in re.finditer("@", text):
        before = _MAIL_BEFORE.search(text[max(0, sign.start() - 64) : sign.start()])
        after = _MAIL_AFTER.match(text, sign.start())
        if before and after and not _EXAMPLE.search(before[0] + after[0]):
            yield Fact("mail", lines.of(sign.start()), before[0] + after[0])


def _references(text: str, lines: _Lines) -> Iterator[Reference]:
    for tag in _TAG.finditer(text):
        kind, attributes = tag[1].lower(), tag[2]
        rel = _REL.search(attributes)
        if kind == "link" and not (rel and {"stylesheet", "preload", "icon"} & set(rel[1].lower().split())):
            continue
        for found in _ADDRESS.finditer(attributes):
            address = (found[1] or found[2] or found[3] or "").strip().replace("&amp;", "&")
            if address and not re.match(r"(?:data|blob|about|javascript|mailto|tel):|#", address, re.I):
                style = kind == "link" and "stylesheet" in (rel[1].lower() if rel else "")
                yield Reference(address, lines.of(tag.start()), kind == "script" or style)
