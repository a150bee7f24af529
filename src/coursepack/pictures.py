"""Pictures as files: how large they are, and what in an SVG does not work inside a page."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from xml.etree import ElementTree

COLUMN = 672
TALL = 448
"""Width of the text and height of a screen's better part, for an SVG that only has proportions."""


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height from the file's head: PNG, GIF, JPEG, WebP, SVG; (0, 0) for all else."""
    try:
        if data[:8] == b"\x89PNG\r\n\x1a\n":
            return struct.unpack(">II", data[16:24])
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return struct.unpack("<HH", data[6:10])
        if data[:2] == b"\xff\xd8":
            return _jpeg_size(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp_size(data)
    except (struct.error, IndexError):
        return (0, 0)
    return _svg_size(data) if b"<svg" in data[:4096] else (0, 0)


_HEADS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"BM", "BMP"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"%PDF", "PDF"),
    (b"8BPS", "Photoshop"),
)
HEAD = 32
"""Bytes of a file that tell its kind."""
SHOWN = frozenset({"PNG", "GIF", "JPEG", "BMP", "ICO", "WebP", "AVIF"})
"""Kinds that browsers show, besides SVG."""


def picture_kind(head: bytes) -> str:
    """What kind of picture a file is, by its first bytes; empty for none that is known."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[4:8] == b"ftyp":
        brands = head[8:HEAD]
        return "AVIF" if b"avi" in brands else "HEIC" if re.search(b"hei|hev|mif1|msf1", brands) else ""
    return next((kind for start, kind in _HEADS if head.startswith(start)), "")


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return (width, height)
        at += 1 if marker == 0xFF else 2 + length
    return (0, 0)


def _webp_size(data: bytes) -> tuple[int, int]:
    if data[12:16] == b"VP8X":
        return (1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little"))
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    width, height = struct.unpack("<HH", data[26:30])
    return (width & 0x3FFF, height & 0x3FFF)


def _svg_size(data: bytes) -> tuple[int, int]:
    tag = re.search(rb"<svg\b[^>]*>", data)
    pairs = re.findall(
        r"\s(width|height|viewBox)\s*=\s*[\"']([^\"']*)", tag[0].decode("latin-1") if tag else ""
    )
    attributes = dict(pairs)
    sides = [re.fullmatch(r"\s*([\d.]+)(?:px)?\s*", attributes.get(side, "")) for side in ("width", "height")]
    given = [side[1] for side in sides if side]
    box = attributes.get("viewBox", "").replace(",", " ").split()[2:]
    try:
        width, height = (float(number) for number in (given if len(given) == 2 else box))
        if len(given) < 2:
            scale = min(COLUMN / width, TALL / height)
            width, height = width * scale, height * scale
        size = (round(width), round(height))
    except (ValueError, ArithmeticError):
        return (0, 0)
    return size if 0 < size[0] < 65_536 and 0 < size[1] < 65_536 else (0, 0)


_FOREIGN = "asks for another file, which a picture never loads"
_ELSEWHERE = re.compile(r"url\(\s*[\"']?(?!#|data:)|@import")


def svg_concerns(data: bytes) -> Iterator[str]:
    """What in an SVG file does nothing in a page, or should not be there: one phrase each."""
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - expat itself stops runaway entities
    except (ElementTree.ParseError, ValueError, LookupError):
        yield "cannot be read as SVG"
        return
    found = [concern for element in root.iter() for concern in _concerns(element)]
    if b"<?xml-stylesheet" in data:
        found.append(_FOREIGN)
    yield from dict.fromkeys(found)


def _concerns(element: ElementTree.Element) -> Iterator[str]:
    name = _local(str(element.tag))
    attributes = [(_local(key), value.strip()) for key, value in element.attrib.items()]
    runs = any(key.startswith("on") or value.lower().startswith("javascript:") for key, value in attributes)
    if name == "script" or runs:
        yield "holds a script, which a picture never runs"
    linked = [value for key, value in attributes if key in ("href", "src") and name != "a"]
    styled = [value for _, value in attributes] + [element.text or ""] * (name == "style")
    if any(not value.startswith(("#", "data:")) for value in linked) or any(map(_ELSEWHERE.search, styled)):
        yield _FOREIGN


def _local(name: str) -> str:
    return name.rpartition("}")[2]
