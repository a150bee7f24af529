"""Parts and packages: the files of a package, and the zip made from them (same parts, same bytes)."""

from __future__ import annotations

import errno
import os
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_VERSION = 20
_UNIX = 3 << 8
_DEFLATED = 8
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: the earliest a zip can hold, so that equal parts give equal bytes."""
_TIME, _DATE = 0, EPOCH[1] << 5 | EPOCH[2]
_MODE = 0o644 << 16
_SIZE_MAX = 0xFFFFFFFF
_ENTRIES_MAX = 0xFFFF
_TEXT = 1 << 16
"""Bytes up to which a part is taken for text, as scripts and pages are."""


class Part(Struct, frozen=True):
    """One file of a package: its name in the zip (ASCII, forward slashes) and its bytes."""

    name: str
    data: bytes


def to_zip(parts: Iterable[Part], pack: Callable[[bytes], bytes] | None = None) -> bytes:
    """The zip of the parts in the order given: deflate, fixed times, no directories, no ZIP64 (APPNOTE 4.3).

    `pack` is `deflate` unless the caller keeps what it has packed: packages of one course share most parts.
    Raises OSError for what needs ZIP64, which some LMSs cannot read.
    """
    pack = pack or deflate
    body, directory, count = bytearray(), bytearray(), 0
    for part in parts:
        name, packed = part.name.encode("ascii"), pack(part.data)
        facts = (_DEFLATED, _TIME, _DATE, zlib.crc32(part.data), len(packed), len(part.data), len(name), 0)
        if max(len(body), len(packed), len(part.data)) > _SIZE_MAX or count == _ENTRIES_MAX:
            raise OSError(errno.EFBIG, "the package is too large for a zip that every LMS can read")
        directory += _CENTRAL.pack(
            b"PK\1\2", _UNIX | _VERSION, _VERSION, 0, *facts, 0, 0, 0, _MODE, len(body)
        )
        directory += name
        body += _LOCAL.pack(b"PK\3\4", _VERSION, 0, *facts)
        body += name
        body += packed
        count += 1
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)


def deflate(data: bytes) -> bytes:
    """The data as a raw deflate stream. Text gets shorter where zlib has less memory: so are its blocks."""
    memory = 6 if len(data) <= _TEXT else zlib.DEF_MEM_LEVEL
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, memory)
    return packer.compress(data) + packer.flush()


def _packed(data: bytes, memory: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, memory)
    return packer.compress(data) + packer.flush()


def write_file(path: Path, data: bytes) -> None:
    """Write the file whole or not at all: a build that dies leaves the old package as it was.

    Makes the folder. Raises OSError when it cannot be written (on Windows also while a program has it open).
    """
    write_files([(path, data)])


def write_files(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write each file whole, in this order, and none before there is room for all of them.

    Makes their folders. Raises OSError with the path of the file that cannot be written.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for path, data in files:
            with _named(path):
                staged.append((_stage(path, data), path))
        for temporary, path in staged:
            with _named(path):
                temporary.replace(path)
    except BaseException:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)
        raise


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Errors of the system, told of the path itself and not of the temporary file beside it."""
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        file = next((one for one in path.parents if one.exists() and not one.is_dir()), path.parent)
        raise NotADirectoryError(error.errno, "is a file, and a folder is needed there", str(file)) from error
    except IsADirectoryError as error:
        raise IsADirectoryError(error.errno, "is a folder, and a file is needed there", str(path)) from error
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from error


def _stage(path: Path, data: bytes) -> Path:
    """The data in a temporary file beside the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(path))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, else those that a new file would get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
