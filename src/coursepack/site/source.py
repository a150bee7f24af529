"""The course folder inside the package (`include-source`): one JSON file, so that every name stays safe.

`{"coursepack": 1, "files": {path: {"text": …} | {"base64": …} | {"part": name, "sha256": …}}}`. A file that
the package shows anyway is not there twice: `part` names it. `course.lock` is as the build leaves it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from coursepack.package import Part
from coursepack.site.media import hash8
from coursepack.spec.model import Course

VERSION = 1
FOLDERS = ("steps", "questions", "tables", "translations")
"""Folders that are taken whole; of the rest, what the course shows."""
SETTINGS, LOCK = "course.yaml", "course.lock"
FILE_MAX = 16 << 20
"""Bytes of the largest file that is taken along beyond what the course shows."""


def source_part(root: Path, course: Course, lock_text: str, parts: Iterable[Part]) -> Part:
    """The folder as a part. `parts` are those of the site. Raises OSError where a file cannot be read."""
    by_hash = {hashlib.sha256(part.data).hexdigest(): part.name for part in parts}
    files: dict[str, dict[str, Any]] = {}
    for path, file in sorted({**_own(root), **{p: f.file for p, f in course.files.items()}}.items()):
        files[path] = _file(file.read_bytes(), by_hash)
    files[LOCK] = {"text": lock_text}
    data = json.dumps({"coursepack": VERSION, "files": dict(sorted(files.items()))}, separators=(",", ":"))
    raw = data.encode("ascii")
    return Part(f"source-{hash8(raw)}.json", raw)


def left_out(root: Path, course: Course) -> tuple[str, ...]:
    """Files below `media/` that no step shows, and that are therefore not taken along."""
    media = root / "media"
    if not media.is_dir():
        return ()
    found = sorted(path.relative_to(root).as_posix() for path in media.rglob("*") if path.is_file())
    return tuple(
        path for path in found if path not in course.files and not path.rpartition("/")[2].startswith(".")
    )


def _own(root: Path) -> dict[str, Path]:
    """Settings, and all ordinary files of the course's own folders that lie inside of it."""
    real = root.resolve()
    found = [root / SETTINGS]
    for name in FOLDERS:
        found += sorted((root / name).rglob("*")) if (root / name).is_dir() else []
    return {
        path.relative_to(root).as_posix(): path
        for path in found
        if path.is_file()
        and path.resolve().is_relative_to(real)
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
        and path.stat().st_size <= FILE_MAX
    }


def _file(data: bytes, by_hash: Mapping[str, str]) -> dict[str, Any]:
    digest = hashlib.sha256(data).hexdigest()
    if digest in by_hash:
        return {"part": by_hash[digest], "sha256": digest}
    try:
        return {"text": data.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode("ascii")}
