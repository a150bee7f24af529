# ruff: noqa: E501
"""Packages with something wrong in them, made by chance: in the zip, in the manifest, in our own scripts."""

from __future__ import annotations

import copy
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

Files = Mapping[str, bytes]
MANIFESTS = ("imsmanifest.xml", "cmi5.xml", "tincan.xml")
FORMATS = {
    "12": "imsmanifest.xml",
    "3": "imsmanifest.xml",
    "4": "imsmanifest.xml",
    "cmi5": "cmi5.xml",
    "xapi": "tincan.xml",
}
"""The manifest of each format that packages are made of."""

# --- the zip ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lie:
    """An entry as it is written, with what its headers claim."""

    name: bytes
    packed: bytes
    size: int
    crc: int
    method: int = 8
    flags: int = 0
    mode: int = 0
    extra: bytes = b""
    local: bytes | None = None
    """Another name in the local header."""
    at: int | None = None
    """Another place than where it is."""
    claimed: int | None = None
    """Another packed size."""


def honest(name: str, data: bytes) -> Lie:
    maker = zlib.compressobj(6, zlib.DEFLATED, -15)
    return Lie(name.encode("utf-8"), maker.compress(data) + maker.flush(), len(data), zlib.crc32(data))


def written(entries: list[Lie], count: int | None = None, comment: bytes = b"") -> bytes:
    """The zip of these entries, without any check."""
    body, directory = bytearray(), bytearray()
    for one in entries:
        packed = len(one.packed) if one.claimed is None else one.claimed
        header = struct.pack(
            "<HHHHHIII", 20, one.flags, one.method, 0, 33, one.crc, packed & 0xFFFFFFFF, one.size & 0xFFFFFFFF
        )
        at, local = len(body), one.name if one.local is None else one.local
        body += b"PK\3\4" + header + struct.pack("<HH", len(local), 0) + local + one.packed
        directory += b"PK\1\2" + struct.pack("<H", 0x0314) + header
        directory += struct.pack("<HHHHHI", len(one.name), len(one.extra), 0, 0, 0, one.mode << 16)
        directory += struct.pack("<I", at if one.at is None else one.at) + one.name + one.extra
    number = (len(entries) if count is None else count) & 0xFFFF
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, number, number, len(directory), len(body), len(comment))
    return bytes(body + directory + end + comment)


NAMES = (
    b"../evil.js", b"/etc/evil", b"C:\\evil", b"a\0b.js", b"a\nb", b"\x1b[31m.js", b"./index.html", b"INDEX.HTML", b"",
    b"imsmanifest.xml", b"cmi5.xml", b"tincan.xml", b"folder/imsmanifest.xml", b"\xff\xfe", b"caf\xe9.html", b"e\xcc\x81.js",
    b"nul.txt", b"x" * 300, b"a/" * 200 + b"b.js", b"source-00000000.json", b"index.html/",
)  # fmt: skip
NUMBERS = (0, 1, 7, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)


def lied(one: Lie, chance: random.Random) -> Lie:
    """The entry with one thing about it changed."""
    number = chance.choice(NUMBERS)
    inner = written([honest("imsmanifest.xml", b"<manifest/>"), honest("zeros", bytes(5000))])
    made: Callable[[], Lie] = chance.choice(
        (
            lambda: replace(one, name=chance.choice(NAMES)),
            lambda: replace(one, local=chance.choice(NAMES)),
            lambda: replace(one, size=number),
            lambda: replace(one, claimed=number),
            lambda: replace(one, crc=number),
            lambda: replace(one, at=number),
            lambda: replace(one, at=chance.randrange(400)),
            lambda: replace(one, method=chance.choice((0, 8, 9, 12, 14, 93, 98, 99))),
            lambda: replace(one, flags=chance.choice((1, 8, 0x40, 0x800, 0x2000, 0xFFFF))),
            lambda: replace(one, mode=chance.choice((0o120777, 0o040755, 0o010644, 0o177777))),
            lambda: replace(one, extra=struct.pack("<HHQQQ", 1, 24, number, number, number), size=0xFFFFFFFF),
            lambda: replace(one, extra=b"\1\0" + bytes([chance.randrange(256)]) + b"\0abc"),
            lambda: replace(one, packed=one.packed[: chance.randrange(len(one.packed) + 1)]),
            lambda: replace(honest("inner.zip", inner), name=one.name),
            lambda: replace(honest("", bytes(20_000)), name=one.name),
        )
    )
    return made()


def hostile_zip(files: Files, chance: random.Random) -> bytes:
    """The files in a zip of which up to four things are untrue."""
    entries = [honest(name, data) for name, data in files.items()]
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(entries))
        kind = chance.random()
        if kind < 0.6:
            entries[at] = lied(entries[at], chance)
        elif kind < 0.75:
            entries.insert(at, entries[chance.randrange(len(entries))])
        elif kind < 0.85:
            entries.insert(at, lied(entries[at], chance))
        elif len(entries) > 1:
            del entries[at]
    data = written(
        entries,
        chance.choice((None, None, None, 0, 1, 0xFFFF)),
        chance.choice((b"", b"", b"PK\5\6" + bytes(18), b"PK\1\2", bytes(70_000)))[:0xFFFF],
    )
    return damaged(data, chance) if chance.random() < 0.3 else data


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with bits flipped, pieces lost, doubled, cut off, put before or after."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        where, kind = chance.randrange(len(made) + 1), chance.randrange(6)
        if kind == 0 and where < len(made):
            made[where] ^= 1 << chance.randrange(8)
        elif kind == 1 and where < len(made):
            made[where] = chance.choice((0, 0x7F, 0x80, 0xFF))
        elif kind == 2:
            del made[where : where + chance.randint(1, 60)]
        elif kind == 3:
            made[where:where] = made[where : where + chance.randint(1, 90)]
        elif kind == 4:
            del made[where:]
        else:
            made[:0] = b"MZ" + bytes(chance.randint(0, 50))
    return bytes(made)


# --- the manifest -------------------------------------------------------------------------------------

VALUES = (
    "", " ", "\n", "x", "é\u202e\U0001f600", "../../etc/passwd", "/etc/passwd", "C:\\x", "http://[", "http://example.org/%zz",
    "javascript:alert(1)", "%00", "%", "#", "?", "a b", "1e999", "NaN", "-1", "true", "1.2", "2004 4th Edition", "M", "I", "R",
    "O", "x" * 5000, "P1Y2M", "0.8", "80", "index.html", "a.js", "//host/x", "file:///etc/passwd", "data:text/html,x",
    "PT" + "9" * 400 + "S", "9" * 4400, "١", "¹", "&amp;", "urn:x", "https://example.org/c", "\x7f",
)  # fmt: skip
ELEMENTS = (
    "manifest", "metadata", "organizations", "organization", "item", "resources", "resource", "file", "dependency", "title",
    "courseStructure", "course", "au", "block", "objective", "objectives", "langstring", "url", "activities", "activity",
    "launch", "name", "schema", "schemaversion", "a-b", "sequencing", "masteryscore", "prerequisites",
)  # fmt: skip
ATTRIBUTES = (
    "identifier", "identifierref", "href", "default", "id", "idref", "type", "isvisible", "parameters", "moveOn", "masteryScore",
    "launchMethod", "{http://www.w3.org/XML/1998/namespace}base", "{http://www.adlnet.org/xsd/adlcp_v1p3}scormType",
    "{http://www.adlnet.org/xsd/adlcp_rootv1p2}scormtype", "lang", "IDRef", "ID",
)  # fmt: skip
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "latin-1", "utf-7", "cp1252")
DOCTYPE = (
    "<!DOCTYPE m [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>",
    "<!DOCTYPE m SYSTEM 'http://127.0.0.1:9/x.dtd'>",
    "<!DOCTYPE m [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
)
WORDS = (
    "<",
    ">",
    "</",
    '"',
    "&",
    "&#0;",
    "&a;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "<?a?>",
    "\0",
    "xmlns=",
    "<item>",
    "\ufffe",
)


def hostile_xml(data: bytes, chance: random.Random) -> bytes:
    """The document with its tree, its text or its encoding spoilt."""
    root = etree.fromstring(data)
    for _ in range(chance.randint(1, 6)):
        _spoil(root, chance)
    text = etree.tostring(root, encoding="unicode")
    kind = chance.random()
    if kind < 0.1:
        text = chance.choice(DOCTYPE) + text
    elif kind < 0.25:
        for _ in range(chance.randint(1, 4)):
            where = chance.randrange(len(text))
            text = text[:where] + chance.choice(WORDS) + text[where + chance.choice((0, 1, 9)) :]
    elif kind < 0.35:
        encoding = chance.choice(ENCODINGS)
        said = chance.choice((encoding, "UTF-8", "us-ascii"))
        return f"<?xml version='1.0' encoding='{said}'?>{text}".encode(encoding, "replace")
    return text.encode("utf-8", "surrogatepass")


def _spoil(root: etree._Element, chance: random.Random) -> None:
    every = list(root.iter(etree.Element))
    one, other = chance.choice(every), chance.choice(every)
    value, space = chance.choice(VALUES).replace("\0", ""), etree.QName(one).namespace
    kind = chance.randrange(11)
    if kind < 3:
        name = chance.choice(
            [*map(str, one.attrib), *ATTRIBUTES] if kind else [*map(str, one.attrib)] or ATTRIBUTES
        )
        one.set(name, value)
    elif kind == 3 and one.attrib:
        del one.attrib[chance.choice(list(one.attrib))]
    elif kind == 4:
        one.text = value
    elif kind == 5:
        one.tag = f"{{{space}}}{chance.choice(ELEMENTS)}" if space and chance.random() < 0.8 else "strange"
    elif kind == 6 and one is not root and (parent := one.getparent()) is not None:
        parent.remove(one)
    elif kind == 7:
        one.append(copy.deepcopy(other))
    elif kind == 8 and other is not root and one not in set(other.iter()):
        one.append(other)
    elif kind == 9:
        made = etree.SubElement(one, f"{{{space}}}{chance.choice(ELEMENTS)}" if space else "x")
        made.text = value
    else:
        at = one
        for _ in range(chance.choice((3, 60, 240))):
            at = etree.SubElement(at, one.tag, {"identifier": f"D{chance.randrange(99)}"})


# --- our own scripts ----------------------------------------------------------------------------------

DATA: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2, 3, 7, 63, 64, 10_000, 1 << 24, 1 << 60, 0.5, 1e300, "", "x", "choice", "c", "\ud800",
    "../x", "\x1b[31m\u202e", "x" * 5000, [], {}, [1, 2, 3], ["a"], [[]], {"n": 1}, {"n": 1, "id": "a"}, [None], [{}],
)  # fmt: skip


def hostile_scripts(files: Files, chance: random.Random) -> dict[str, bytes]:
    """A package of ours with up to five values of its data put in the place of others."""
    made = dict(files)
    names = [name for name in made if name.endswith(".js") and _data(made[name]) is not None]
    for _ in range(chance.randint(1, 5)):
        name = chance.choice(names)
        found = _data(made[name])
        if found is None:
            continue
        before, value, after = found
        made[name] = before + json.dumps(_changed(value, chance)).encode() + after
    return made


def _data(script: bytes) -> tuple[bytes, Any, bytes] | None:
    """What comes before the data of a script, the data, and what comes after it."""
    for call in (b"course", b"step", b"layouts"):
        before, found, rest = script.rpartition(b"coursepack." + call + b"(")
        if found:
            text, close, after = rest.rpartition(b")")
            return before + found, json.loads(text), close + after
    return None


def _changed(value: Any, chance: random.Random) -> Any:
    """The data with one value somewhere inside changed, dropped or doubled."""
    places: list[tuple[Any, Any]] = []
    _walk(value, places)
    if not places:
        return chance.choice(DATA)
    holder, key = chance.choice(places)
    kind = chance.random()
    if kind < 0.4:
        holder[key] = chance.choice([each for each in DATA if type(each) is type(holder[key])] or DATA)
    elif kind < 0.5:
        holder[key] = chance.choice(DATA)
    elif kind < 0.6:
        del holder[key]
    elif kind < 0.7 and isinstance(holder, list):
        holder.append(holder[key])
    elif kind < 0.9 and isinstance(holder[key], int):
        holder[key] = int(holder[key]) + chance.choice((-1, 1, 2, 100))
    else:
        other, name = chance.choice(places)
        holder[key] = json.loads(json.dumps(other[name])) if _depth(other[name]) < 50 else 1
    return value


def _walk(value: Any, places: list[tuple[Any, Any]]) -> None:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    for key in keys:
        places.append((value, key))
        _walk(value[key], places)


def _depth(value: Any) -> int:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((_depth(each) for each in inside), default=0)


def to_zip(files: Files) -> bytes:
    return written([honest(name, data) for name, data in files.items()])


def from_zip(data: bytes) -> dict[str, bytes]:
    import io

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
