"""The course folder taken out of a package whose author put it in, and nothing written outside of it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from coursepack.conformance.archive import DamagedError
from coursepack.filenames import is_reserved
from coursepack.inspection.mark import Read
from coursepack.inspection.zipped import reading

NAME = re.compile(r"source-[0-9a-f]{8}\.json\Z")
VERSION = 1
FILES_MAX = 10_000
PATH_MAX, SEGMENT_MAX = 240, 120


class ExtractError(ValueError):
    """Why the source cannot be taken out, as a sentence without its stop."""


class Source(Struct, frozen=True):
    """The source in a package: where it is, and the paths of its files."""

    entry: str
    files: tuple[str, ...]


def read_source(names: Sequence[str], read: Read) -> Source | None:
    """The source that the package carries; None without one, or when it is damaged."""
    for name in names:
        if NAME.match(name):
            files = _files(read(name))
            return Source(name, tuple(files)) if files is not None else None
    return None


def extract(package: Path, folder: Path) -> tuple[str, ...]:
    """Write the course folder; the paths that were written.

    Everything is checked before anything is written. Raises ExtractError when there is no source, when it is
    damaged, when a path would leave the folder, or when the folder is there and not empty; OSError.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExtractError(f"{folder} is there already; name a new folder")
    try:
        with reading(package) as (archive, read):
            names = [entry.name for entry in archive.entries if NAME.match(entry.name)]
            if not names:
                raise ExtractError(
                    "the package carries no source: its author did not set `include-source: true`"
                )
            files = _files(read(names[0]))
            if files is None:
                raise ExtractError(f"`{names[0]}` is damaged")
            data = {path: _data(path, file, read) for path, file in files.items()}
    except DamagedError as error:
        raise ExtractError(f"the package {error}") from None
    _check_paths(tuple(data))
    for path, content in data.items():
        target = folder.joinpath(*path.split("/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return tuple(data)


def _files(data: bytes | None) -> dict[str, Any] | None:
    try:
        made = json.loads(data or b"")
    except (ValueError, RecursionError):
        return None
    files = made.get("files") if isinstance(made, dict) and made.get("coursepack") == VERSION else None
    if not isinstance(files, dict) or len(files) > FILES_MAX:
        return None
    return files if all(isinstance(file, dict) for file in files.values()) else None


def _data(path: str, file: dict[str, Any], read: Read) -> bytes:
    match file:
        case {"text": str(text)}:
            return text.encode("utf-8", "surrogatepass")
        case {"base64": str(text)}:
            try:
                return base64.b64decode(text, validate=True)
            except binascii.Error:
                raise ExtractError(f"`{path[:80]}` is damaged") from None
        case {"part": str(name), "sha256": str(digest)}:
            data = read(name)
            if data is None or hashlib.sha256(data).hexdigest() != digest:
                raise ExtractError(f"`{path[:80]}` is not in the package as it was built")
            return data
    raise ExtractError(f"`{path[:80]}` is damaged")


def _check_paths(paths: Sequence[str]) -> None:
    """Refuse any path that is not a plain relative one on every system, and any two that are one file."""
    seen: dict[str, str] = {}
    for path in paths:
        if not _is_safe(path):
            raise ExtractError(f"{path[:80]!r} is no path inside a folder: nothing was written")
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in seen:
            raise ExtractError(
                f"`{path}` and `{seen[folded]}` are one file on some systems: nothing was written"
            )
        seen[folded] = path
    for path in seen:
        for depth in range(1, path.count("/") + 1):
            if "/".join(path.split("/")[:depth]) in seen:
                raise ExtractError(f"`{path}` lies below a file: nothing was written")


def _is_safe(path: str) -> bool:
    if not path or len(path) > PATH_MAX or not path.isprintable() or re.search(r'[\\:*?"<>|]', path):
        return False
    segments = path.split("/")
    return not any(
        segment in ("", ".", "..")
        or segment.startswith(".")
        or segment != segment.rstrip(". ")
        or len(segment) > SEGMENT_MAX
        or is_reserved(segment)
        for segment in segments
    )
