"""Keys and passwords in settings: a package is public, so they stop the build and cannot be accepted."""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections import Counter
from collections.abc import Iterator

from coursepack.diagnostics import Finding, Severity, define
from coursepack.spec.shape import clip
from coursepack.spec.yaml import Node

KEY = define(
    "XAP-001",
    "credential-key",
    Severity.ERROR,
    """A setting is named like a credential: `auth`, `password`, `token`, `secret`, `key` …

    Whatever is in a package is public: every learner can read it, and so can everyone who gets the zip. With
    the key of a record store anyone can read all learners' statements, or make some up. So coursepack has no
    place for a credential, and `allow` cannot accept one.

    How to fix: take it out, and change it where it is used, for it has been in a file. Let a statement relay
    or the LMS hold the key: see docs/xapi.md.
    """,
)
VALUE = define(
    "XAP-002",
    "credential-value",
    Severity.ERROR,
    """A setting's value looks like a credential: `Basic …`, `Bearer …`, a password in an address, a key.

    Below `xapi` every long text of mixed letters and digits counts as one. `allow` cannot accept it: whatever
    is in a package is public.

    How to fix: take it out, and change it where it is used. If it is part of an address that is no secret,
    choose another address.
    """,
)

_NAMES = re.compile(
    r"(?:.*[-_.])?(?:auth|authorization|authentication|basic-?auth|bearer|credentials?|passw(?:or)?d|passphrase|"
    r"pwd|secret|token|api-?key|private-?key|access-?key)|key",
    re.IGNORECASE,
)
_BASIC = re.compile(r"\bBasic\s+([A-Za-z0-9+/_-]{4,}={0,2})", re.IGNORECASE)
_BEARER = re.compile(r"\bBearer\s+([A-Za-z0-9._~+/-]{6,}=*)", re.IGNORECASE)
_USERINFO = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s/@:]+:[^\s/@]+@", re.IGNORECASE)
_QUERY = re.compile(
    r"[?&](?:auth|token|access_token|key|api_?key|secret|sig|signature|password)=", re.IGNORECASE
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_RUN = re.compile(r"[A-Za-z0-9+_=-]{20,}")
_KNOWN = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.|\bAKIA[0-9A-Z]{16}\b|"
    r"\bgh[pousr]_[A-Za-z0-9]{30,}\b"
)
_SAID = re.compile(
    r"\b(?:password|passwd|api[ _-]?key|secret|access[ _-]?token|auth[ _-]?token)\s*[:=]\s*[\"'`]?"
    r"(?=[^\s\"'`]*[0-9])(?=[^\s\"'`]*[A-Za-z])([^\s\"'`]{8,})",
    re.IGNORECASE,
)
_HINT = re.compile(r"[:=]|Basic\s|Bearer\s|BEGIN|eyJ|AKIA|gh[pousr]_", re.IGNORECASE)
"""What every credential in prose has something of; most text has not, and is passed at once."""
ENTROPY = 3.6
"""Bits for each character: words of any language stay below, random text of 20 characters above."""


def take_out(node: Node) -> Iterator[Finding]:
    """The credentials in the settings, each as a finding; keys named like one are taken out of the node."""
    yield from _keys(node, inside=False)


def _keys(node: Node, *, inside: bool) -> Iterator[Finding]:
    for item in node.items:
        yield from _keys(item, inside=inside)
    for name, (at, value) in [*node.pairs.items()]:
        if _NAMES.fullmatch(name):
            message = f"`{clip(name)}` names a credential, and a package is public"
            advice = "take it out; a relay or the LMS holds the key (docs/xapi.md)"
            secrets = tuple((one.span, one.text) for one in _scalars(value))
            yield Finding(at.span, message, advice, KEY.code, secrets)
            del node.pairs[name]
            continue
        yield from _keys(value, inside=inside or name == "xapi")
    if node.kind == "scalar" and (why := credential(node.text, strict=inside)):
        advice = "take it out, and change it where it is used"
        yield Finding(node.span, why, advice, VALUE.code, ((node.span, node.text),))


def _scalars(node: Node) -> Iterator[Node]:
    if node.kind == "scalar":
        yield node
    for inner in [*node.items, *(value for _, value in node.pairs.values())]:
        yield from _scalars(inner)


def credential(text: str, *, strict: bool = False) -> str:
    """Why the text looks like a credential; empty when it does not. `strict` looks for keys of any kind."""
    for found in _BASIC.finditer(text):
        if _is_basic(found[1]):
            return "this is a `Basic` credential"
    for found in _BEARER.finditer(text):
        mixed = re.search(r"[0-9]", found[1]) and re.search(r"[A-Za-z]", found[1])
        if mixed and (strict or len(found[1]) >= 12):
            return "this is a `Bearer` token"
    if _USERINFO.search(text):
        return "the address holds a name and a password"
    if _KNOWN.search(text):
        return "this is a key"
    if strict and _QUERY.search(text):
        return "the address holds a key in its query"
    if strict and any(_is_random(run[0]) for run in _RUN.finditer(_UUID.sub("", text))):
        return "this looks like a key: long, and as if drawn by lot"
    return ""


def said(text: str) -> tuple[str, str]:
    """What in prose looks like a credential that somebody wrote down: how to call it, and the secret itself.

    Both are empty when nothing does.
    """
    if not _HINT.search(text):
        return "", ""
    if found := _SAID.search(text):
        name = found[0].removesuffix(found[1]).rstrip(" :=\"'`")
        return f"`{name}` and its value", found[1]
    why = credential(text)
    return (why.removeprefix("this is "), max(text.split(), key=len)) if why else ("", "")


def _is_basic(text: str) -> bool:
    """Base64 of `name:password`; plain words such as `Basic principles` are not."""
    try:
        plain = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return False
    return b":" in plain and all(32 <= byte < 127 for byte in plain)


def _is_random(run: str) -> bool:
    mixed = re.search(r"[0-9]", run) and re.search(r"[A-Za-z]", run)
    if not mixed or ("-" in run.strip("-") and not re.search(r"[A-Z]", run)):
        return False
    count = Counter(run)
    entropy = -sum(n / len(run) * math.log2(n / len(run)) for n in count.values())
    return entropy >= min(ENTROPY, math.log2(len(run)) * 0.8)
