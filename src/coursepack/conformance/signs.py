"""Signs in a text that something will go wrong: a plain word to look for, and the shape around it.

The words are found first because that is fast; the shape is then tried on a few hundred characters only, so
that no text can make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

Kind = Literal["unload", "synchronous", "host", "secret", "mixed", "mail"]

OCCURRENCES_MAX = 5000
"""Occurrences of one word in one file that are tried."""


class Sign(Struct, frozen=True):
    """`shape` is searched in the text from `before` to `after` characters around each of the `words`.

    Its group 1, or else all that matched, is what shows it.
    """

    kind: Kind
    words: tuple[str, ...]
    shape: re.Pattern[str]
    before: int = 40
    after: int = 260


SECRETS = (
    Sign(
        "secret",
        (" KEY-----",),
        re.compile(r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----"),
        before=40,
        after=10,
    ),
    Sign(
        "secret",
        ("AKIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "sk_live_", "AIza", "xoxb-", "xoxp-"),
        re.compile(
            r"\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bsk_live_[A-Za-z0-9]{20,}\b"
            r"|\bAIza[0-9A-Za-z_\-]{35}\b|\bxox[bp]-[A-Za-z0-9-]{20,}\b"
        ),
        before=1,
        after=120,
    ),
    Sign(
        "secret",
        ("uthorization",),
        re.compile(r"""uthorization["']?\s{0,9}[:,]\s{0,9}["'](?:Basic|Bearer) [A-Za-z0-9+/=._\-]{12,}"""),
        before=0,
    ),
)
MAIL = Sign(
    "mail",
    ("@",),
    re.compile(
        r"([A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){0,4}\.[A-Za-z]{2,12})\b"
    ),
    before=64,
    after=200,
)
IN_CODE = (
    Sign(
        "unload",
        ("unload",),
        re.compile(
            r"""addEventListener\s*\(\s*["'](?:before)?unload["']|\bon(?:before)?unload\s*=(?!=)"""
            r"""|\.(?:unload|beforeunload)\s*\(|\bon\s*\(\s*["'](?:before)?unload["']"""
        ),
        after=30,
    ),
    Sign(
        "synchronous",
        (".open",),
        re.compile(r"\.open\s*\([^()\n]{1,200},\s*(?:false|!1)\s*[,)]"),
        before=0,
    ),
    Sign("synchronous", ("async",), re.compile(r"\basync\s*:\s*(?:false|!1)\b"), before=1, after=30),
    Sign(
        "host",
        ("://",),
        re.compile(
            r"""(?:fetch|importScripts|WebSocket|EventSource|sendBeacon|getScript)\s*\(\s*["'`]"""
            r"""((?:https?|wss?)://[^"'`\s]{1,200})"""
        ),
    ),
    Sign(
        "host",
        ("://",),
        re.compile(r"""\.open\s*\(\s*["'][A-Z]{3,7}["']\s*,\s*["'](https?://[^"'\s]{1,200})"""),
    ),
    Sign(
        "host",
        ("://", "(//", '"//', "'//"),
        re.compile(
            r"""(?:@import\s+(?:url\()?|url\()\s*["']?((?:https?:)?//[^"')\s]{1,200})""",
        ),
    ),
)
_EXAMPLE = re.compile(r"@(?:[\w\-]+\.)*example\.(?:com|org|net)$|\.(?:png|jpe?g|gif|svg|webp|js|css)$", re.I)


def find(text: str, sign: Sign) -> Iterator[tuple[int, str]]:
    """Offset and words of each place that shows the sign."""
    for word in sign.words:
        at = text.find(word)
        for _ in range(OCCURRENCES_MAX):
            if at < 0:
                break
            start = max(0, at - sign.before)
            for found in sign.shape.finditer(text[start : at + len(word) + sign.after]):
                if found.start() <= at - start < found.end():
                    shown = found[1] if sign.shape.groups else found[0]
                    yield start + found.start(), str(shown)
            at = text.find(word, at + len(word))


def find_all(text: str, code: bool) -> Iterator[tuple[Kind, int, str]]:
    """Kind, offset and words of every sign; those of programs only in `code`."""
    for sign in SECRETS:
        for at, words in find(text, sign):
            yield "secret", at, words[:14] + "…"
    for at, words in find(text, MAIL):
        if not _EXAMPLE.search(words):
            yield "mail", at, words
    for sign in IN_CODE if code else ():
        for at, words in find(text, sign):
            plain = sign.kind == "host" and words.startswith(("http://", "ws://"))
            yield ("mixed" if plain else sign.kind), at, words[:200]
