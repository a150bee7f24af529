"""The files of one package, unpacked when they are asked for; names that lead elsewhere do not exist."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping

from coursepack.conformance.archive import DamagedError, Entry, open_archive

FILE_MAX = 256 << 20
"""Bytes of the largest file that is unpacked for a page."""

TYPES: Mapping[str, str] = {
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "css": "text/css",
    "json": "application/json",
    "xml": "text/xml",
    "xsd": "text/xml",
    "txt": "text/plain",
    "vtt": "text/vtt",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "wasm": "application/wasm",
}
"""By ending; the machine's own table is not asked, because on Windows programs rewrite it."""


def media_type(name: str) -> str:
    return TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


class Contents:
    """An open package. `digest` tells apart packages with other bytes; reading is safe from any thread."""

    def __init__(self, data: bytes) -> None:
        """Raises DamagedError when the bytes are no zip that can be read."""
        self.digest = hashlib.sha256(data).hexdigest()[:12]
        self.size = len(data)
        self._archive = open_archive(data)
        self._lock = threading.Lock()
        odd = {name for name, _ in self._archive.oddities}
        self._files: dict[str, Entry] = {}
        for entry in self._archive.entries:
            if entry.name not in odd and is_plain(entry):
                self._files[entry.name] = entry
        self._last: tuple[str, bytes] = ("", b"")

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def read(self, name: str) -> bytes | None:
        """Its bytes, None when there is no such file. Raises DamagedError when it cannot be unpacked."""
        entry = self._files.get(name)
        if entry is None:
            return None
        with self._lock:
            if self._last[0] != name:
                self._last = (name, self._archive.read(entry, FILE_MAX))
            return self._last[1]


def is_plain(entry: Entry) -> bool:
    """Whether an LMS would unpack the entry as a file inside the course's own folder."""
    if entry.is_folder or entry.is_bomb or entry.is_encrypted or entry.is_symlink or entry.size > FILE_MAX:
        return False
    name = entry.name
    outside = name.startswith("/") or "\\" in name or "\0" in name or name[1:2] == ":"
    return not outside and not {"", ".", ".."} & set(name.split("/"))


__all__ = ["FILE_MAX", "Contents", "DamagedError", "is_plain", "media_type"]
