"""Names of files that every system and every LMS takes, and how to make one of words in any script."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

_LONGEST, _FOLDED = 100, 60
_FIT = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{_LONGEST - 1}}}(?<!\.)\Z")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)
RUN_BY_SERVERS = (
    *(".htaccess", ".phps", ".php5", ".php4", ".ph3", ".php", ".cgi", ".sh", ".shtml"),
    *(".asp", ".aspx", ".jsp", ".py", ".rb", ".pl"),
)
"""Endings that Docebo refuses, by its help pages, and others drop: they could run on the LMS's server."""


def is_reserved(name: str) -> bool:
    """Whether Windows keeps the name, whatever its ending, for a device: `con`, `nul`, `com1` …"""
    return bool(_RESERVED.match(name))


def fits(name: str) -> bool:
    """Whether the name can be that of a file as it is: ASCII, at most 100 characters, not kept by Windows."""
    return bool(_FIT.match(name)) and not is_reserved(name)


def to_slug(name: str) -> str:
    """Small letters, digits and single hyphens, which every file system takes; empty where none are left."""
    folded = unicodedata.normalize("NFKD", unquote(name).casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", folded)[:_FOLDED].strip("-")
    return f"{slug}-course" if is_reserved(slug) else slug
