"""Names of files that every system and every LMS takes, from words in any script."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

_LONGEST, _FOLDED = 100, 60
_FIT = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{_LONGEST - 1}}}(?<!\.)\Z")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
"""Names that Windows keeps for devices."""


def fits(name: str) -> bool:
    """Whether the name can be that of a file as it is: ASCII, at most 100 characters, not kept by Windows."""
    return bool(_FIT.match(name)) and not _RESERVED.match(name)


def to_slug(name: str) -> str:
    """Small letters, digits and single hyphens, which every file system takes; empty where none are left."""
    folded = unicodedata.normalize("NFKD", unquote(name).casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", folded)[:_FOLDED].strip("-")
    return f"{slug}-course" if _RESERVED.match(slug) else slug
