"""What a new course is called: its title, its id and the names of its packages, from the name of a folder."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence

from msgspec import Struct

from coursepack.filenames import to_slug

TARGETS = ("scorm12", "scorm2004-4", "web")
"""The formats of a new course: what most LMSs play, and a page to show to anybody."""
_TITLE = 100


class Choices(Struct, frozen=True):
    """What an author decides about a new course; `slug` is the last part of its id."""

    title: str
    id: str
    language: str
    targets: tuple[str, ...]
    slug: str


def choose(
    name: str,
    *,
    title: str | None = None,
    id: str | None = None,  # noqa: A002
    language: str | None = None,
    targets: Sequence[str] | None = None,
) -> Choices:
    """What is given, and for the rest what follows from the folder's name. The id is another each time."""
    title = to_title(name) if title is None else title
    slug = to_slug(name) or to_slug(title) or "course"
    return Choices(title, id or new_id(slug), language or "en", tuple(targets or TARGETS), slug)


def to_title(name: str) -> str:
    """`fire-safety` is "Fire safety": words apart, a capital first, at most 100 characters."""
    words = name.split() if re.search(r"\s", name) else re.split(r"[\s_-]+", name)
    title = " ".join(word for word in words if word)
    if len(title) > _TITLE:
        title = title[:_TITLE].rpartition(" ")[0] or title[:_TITLE]
    return title[:1].upper() + title[1:] or "New course"


def new_id(slug: str) -> str:
    """An address that nobody else has, under a domain that nobody can own (RFC 2606, 2: `.example`)."""
    return f"https://{uuid.uuid4()}.example/{slug}"
