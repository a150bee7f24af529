"""Files of a zip by name, a few at a time and never more than a limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coursepack.conformance.archive import Archive, DamagedError, Entry, open_archive
from coursepack.inspection.mark import Read

FILE_MAX = 16 << 20
"""Bytes of the largest file that is read whole."""
ALL_MAX = 128 << 20
"""Bytes that are read from one package in all."""


@contextmanager
def reading(source: bytes | Path) -> Iterator[tuple[Archive, Read]]:
    """The open zip, and a way to its files. A file is None when it is absent, damaged, too large or a bomb.

    Raises DamagedError when the zip has no readable directory, OSError when the file cannot be read.
    """
    with open_archive(source) as archive:
        entries = {entry.name: entry for entry in archive.entries if not entry.is_folder}
        odd = {name for name, _ in archive.oddities}
        left = ALL_MAX

        def read(name: str) -> bytes | None:
            nonlocal left
            entry = entries.get(name)
            if entry is None or name in odd or not _is_plain(entry) or entry.size > left:
                return None
            left -= entry.size
            try:
                return archive.read(entry, FILE_MAX)
            except DamagedError:
                return None

        yield archive, read


def _is_plain(entry: Entry) -> bool:
    return not (entry.is_bomb or entry.is_symlink or entry.is_encrypted)
