"""The files a course shows: their names in the package and what is known of them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from msgspec import Struct

from coursepack.package import Part
from coursepack.pictures import picture_size
from coursepack.spec.model import CourseFile

_STEM_LIMIT = 40


class Medium(Struct, frozen=True):
    """One file in the package. `width` and `height` are CSS pixels, 0 where the file does not tell."""

    part: Part
    kind: str
    """The extension in capitals, e.g. `PDF`; empty where the name has none."""
    width: int = 0
    height: int = 0


def read_media(files: Mapping[str, CourseFile]) -> dict[str, Medium]:
    """Every file by its path in the course. Raises OSError where one cannot be read."""
    return {path: _read(path, file.file.read_bytes()) for path, file in sorted(files.items())}


def _read(path: str, data: bytes) -> Medium:
    name = path.rpartition("/")[2]
    stem, dot, extension = name.rpartition(".")
    extension = _safe(extension.lower()) if dot and stem else ""
    part = Part(f"media/{_safe(stem or name) or 'file'}-{hash8(data)}{extension and '.' + extension}", data)
    return Medium(part, extension.upper(), *picture_size(data))


def hash8(data: bytes) -> str:
    """The first 8 hex digits of the SHA-256."""
    return hashlib.sha256(data).hexdigest()[:8]


def _safe(name: str) -> str:
    """Letters, digits and hyphens of ASCII; accents are dropped, other characters become a hyphen."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^A-Za-z0-9]+", "-", ascii_only)[:_STEM_LIMIT].strip("-")


def unique_parts(media: Iterable[Medium]) -> list[Part]:
    """The parts of the media, each name once: equal files under equal names are one."""
    return list({medium.part.name: medium.part for medium in media}.values())
