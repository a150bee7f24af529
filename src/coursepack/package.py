"""Parts and packages: the files of a package, and the zip made from them (same parts, same bytes)."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: the earliest a zip can hold, so that equal parts give equal bytes."""


class Part(Struct, frozen=True):
    """One file of a package: its name in the zip (ASCII, forward slashes) and its bytes."""

    name: str
    data: bytes


def to_zip(parts: Iterable[Part]) -> bytes:
    """The zip of the parts in the order given: deflate, fixed times, no directories, no ZIP64."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, allowZip64=False, compresslevel=9) as archive:
        for part in parts:
            info = zipfile.ZipInfo(part.name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, part.data)
    return buffer.getvalue()


def write_file(path: Path, data: bytes) -> None:
    """Write the file whole or not at all: a build that dies leaves the old package as it was.

    Makes the folder. Raises OSError when it cannot be written (on Windows also while a program has it open).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, else those that a new file would get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
