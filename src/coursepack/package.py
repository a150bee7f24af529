"""Parts and packages: the files of a package, and the zip made from them (same parts, same bytes)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: the earliest a zip can hold, so that equal parts give equal bytes."""


@dataclass(frozen=True, slots=True)
class Part:
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
