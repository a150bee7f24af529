"""Reading a zip nobody vouches for: everything is bounded, nothing is written, all oddities are noted.

The central directory is read by hand, because what is wrong with a zip is what Python's reader hides.
"""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from msgspec import Struct, field

END, END64, LOCATOR64, CENTRAL, LOCAL = b"PK\5\6", b"PK\6\6", b"PK\6\7", b"PK\1\2", b"PK\3\4"
STORED, DEFLATED = 0, 8
ZIP64 = 1
"""The kind of the extra field with ZIP64 sizes (APPNOTE 4.5.3)."""
CHUNK = 1 << 18

ENTRIES_MAX = 65_535
"""Entries of the largest zip that is read: what a zip without ZIP64 records can hold."""
DIRECTORY_MAX = 64 << 20
TOTAL_MAX = 4 << 30
"""Bytes that the entries may claim to hold before nothing more is unpacked."""
RATIO_MAX, RATIO_FROM = 200, 8 << 20
"""An entry of at least this size that shrinks by more than this factor is not unpacked: no media does."""


class DamagedError(ValueError):
    """What the message says is wrong with the zip or one entry."""


class Entry(Struct, frozen=True):
    """One entry of the central directory. `name` is decoded as unzippers do; sizes are in bytes."""

    name: str
    raw: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int
    time: tuple[int, int]
    zip64: bool = False

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")

    @property
    def is_encrypted(self) -> bool:
        return bool(self.flags & 0x41)

    @property
    def is_symlink(self) -> bool:
        return self.mode >> 12 == 0o12

    @property
    def is_utf8(self) -> bool:
        return bool(self.flags & 0x800)

    @property
    def is_bomb(self) -> bool:
        return self.size >= RATIO_FROM and self.size > self.packed * RATIO_MAX


class Archive(Struct):
    """An open zip: its entries, what is odd about its structure, and a way to unpack an entry."""

    stream: BinaryIO
    length: int
    entries: tuple[Entry, ...] = ()
    zip64: bool = False
    oddities: list[tuple[str, str]] = field(default_factory=list)
    """Entry name (or empty for the zip) and what is wrong."""
    shift: int = 0
    """Bytes before the zip begins."""
    directory: int = 0
    """Where the central directory begins."""

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stream.close()

    def at(self, offset: int, count: int) -> bytes:
        if offset < 0 or offset > self.length:
            return b""
        self.stream.seek(offset)
        return self.stream.read(count)

    def data_start(self, entry: Entry) -> int:
        """Where the entry's data begins. Raises DamagedError when its local header disagrees."""
        header = self.at(entry.offset + self.shift, 30)
        if len(header) < 30 or header[:4] != LOCAL:
            raise DamagedError("has no local header where the zip's directory says")
        method, name_length, extra_length = struct.unpack_from("<8xH16xHH", header)
        start = entry.offset + self.shift + 30
        names = self.at(start, name_length + extra_length)
        if names[:name_length] != entry.raw:
            raise DamagedError("has another name in its local header than in the zip's directory")
        self.zip64 = self.zip64 or any(kind == ZIP64 for kind, _ in _extra_fields(names[name_length:]))
        if method != entry.method:
            raise DamagedError("is packed by another method than the zip's directory says")
        return start + int(name_length) + int(extra_length)

    def unpack(self, entry: Entry) -> Iterator[bytes]:
        """The entry's bytes in pieces, never more than it claims. Raises DamagedError at the first lie."""
        if entry.is_encrypted:
            raise DamagedError("is encrypted")
        if entry.method not in (STORED, DEFLATED):
            raise DamagedError(f"is packed by method {entry.method}, which many LMSs cannot unpack")
        position = self.data_start(entry)
        left, written, crc = entry.packed, 0, 0
        inflater = zlib.decompressobj(-15) if entry.method == DEFLATED else None
        while left > 0:
            piece = self.at(position, min(CHUNK, left))
            if not piece:
                raise DamagedError("is cut off")
            position, left = position + len(piece), left - len(piece)
            for chunk in _inflated(inflater, piece, last=left == 0):
                written += len(chunk)
                if written > entry.size:
                    raise DamagedError(f"holds more than the {entry.size} bytes it claims")
                crc = zlib.crc32(chunk, crc)
                yield chunk
        if written != entry.size:
            raise DamagedError(f"holds {written} bytes and claims {entry.size}")
        if crc != entry.crc:
            raise DamagedError("does not match its checksum (CRC-32)")

    def read(self, entry: Entry, limit: int) -> bytes:
        """The whole entry. Raises DamagedError when it is larger than `limit` or damaged."""
        if entry.size > limit:
            raise DamagedError(f"is larger than the {limit} bytes that can be read here")
        return b"".join(self.unpack(entry))


def _inflated(inflater: zlib._Decompress | None, piece: bytes, last: bool) -> Iterator[bytes]:
    if inflater is None:
        yield piece
        return
    while piece:
        try:
            chunk = inflater.decompress(piece, CHUNK)
        except zlib.error:
            raise DamagedError("has damaged data") from None
        piece = inflater.unconsumed_tail
        if chunk:
            yield chunk
        elif not piece or inflater.eof:
            break
    if last and (rest := inflater.flush()):
        yield rest


def open_archive(source: bytes | Path) -> Archive:
    """The zip's directory, checked against its local headers.

    Raises DamagedError when there is no directory that can be read, OSError when the file cannot be.
    """
    stream: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    try:
        archive = Archive(stream, stream.seek(0, os.SEEK_END))
        _read_directory(archive)
    except BaseException:
        stream.close()
        raise
    return archive


def _read_directory(archive: Archive) -> None:
    count, size, offset, end = _find_end(archive)
    if count > ENTRIES_MAX or size > DIRECTORY_MAX:
        raise DamagedError(f"lists {count} entries: that is no course")
    archive.shift = end - size - offset
    if archive.shift < 0:
        raise DamagedError("has a directory that begins outside the file")
    if archive.shift:
        archive.oddities.append(("", f"{archive.shift} bytes come before the zip begins"))
    archive.directory = end - size
    archive.entries = tuple(islice(_entries(archive.at(archive.directory, size)), ENTRIES_MAX + 1))
    if len(archive.entries) > ENTRIES_MAX:
        raise DamagedError(f"lists more than {ENTRIES_MAX} entries: that is no course")
    if len(archive.entries) != count:
        archive.oddities.append(
            ("", f"the directory lists {len(archive.entries)} entries and claims {count}")
        )
    archive.zip64 = archive.zip64 or any(entry.zip64 for entry in archive.entries)
    _check_layout(archive)


def _find_end(archive: Archive) -> tuple[int, int, int, int]:
    """Entries, size and offset of the directory, and where it ends."""
    tail_start = max(0, archive.length - 65557)
    tail = archive.at(tail_start, 65557)
    found = tail.rfind(END)
    if found < 0 or len(tail) < found + 22:
        raise DamagedError("is not a zip file, or its end is missing")
    disk, first_disk, here, count, size, offset, _ = struct.unpack_from("<4H2IH", tail, found + 4)
    end = tail_start + found
    locator = archive.at(end - 20, 20) if end >= 20 else b""
    if locator[:4] == LOCATOR64:
        archive.zip64 = True
        (end64,) = struct.unpack_from("<8xQ", locator)
        record = archive.at(end64, 56) if end64 < end else b""
        if len(record) < 56 or record[:4] != END64:
            raise DamagedError("has a ZIP64 record that cannot be read")
        disk, first_disk, here, count, size, offset = struct.unpack_from("<16x2I4Q", record)
        end = end64
    if disk or first_disk or here != count:
        raise DamagedError("is one part of a split archive")
    return count, size, offset, end


def _entries(data: bytes) -> Iterator[Entry]:
    position = 0
    while data[position : position + 4] == CENTRAL and len(data) >= position + 46:
        flags, method, clock, date, crc, packed, size, names, extras, comments, mode, offset = (
            struct.unpack_from("<8x4H3I3H4x2xHI", data, position)
        )
        raw = data[position + 46 : position + 46 + names]
        extra = data[position + 46 + names : position + 46 + names + extras]
        packed, size, offset, zip64 = _widen(packed, size, offset, extra)
        name = _decoded(raw, bool(flags & 0x800))
        yield Entry(name, raw, flags, method, crc, packed, size, offset, mode, (date, clock), zip64)
        position += 46 + names + extras + comments


def _decoded(raw: bytes, is_utf8: bool) -> str:
    """The name; without the UTF-8 flag it is UTF-8 all the same where it can be, as unzippers guess."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8" if is_utf8 else "cp437", "replace")


def _extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each extra field of an entry (APPNOTE 4.5)."""
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        yield kind, extra[position + 4 : position + 4 + length]
        position += 4 + length


def _widen(packed: int, size: int, offset: int, extra: bytes) -> tuple[int, int, int, bool]:
    """Sizes and offset with the ZIP64 extra field (APPNOTE 4.5.3) applied."""
    for kind, body in _extra_fields(extra):
        if kind != ZIP64:
            continue
        wide = list(struct.unpack(f"<{len(body) // 8}Q", body[: len(body) // 8 * 8]))
        values = [wide.pop(0) if value == 0xFFFFFFFF and wide else value for value in (size, packed, offset)]
        return values[1], values[0], values[2], True
    return packed, size, offset, False


def _check_layout(archive: Archive) -> None:
    """Note entries that overlap one another or the directory: a few bytes could then unpack to terabytes."""
    floor, previous = 0, ""
    for entry in sorted(archive.entries, key=lambda entry: entry.offset):
        try:
            end = archive.data_start(entry) + entry.packed
        except DamagedError as error:
            archive.oddities.append((entry.name, str(error)))
            continue
        if entry.offset + archive.shift < floor:
            archive.oddities.append((entry.name, f"overlaps `{previous}` in the zip"))
        elif end > archive.directory:
            archive.oddities.append((entry.name, "reaches into the zip's directory"))
        floor, previous = max(floor, end), entry.name
