"""Each kind of hostile file, one by one, through validate, inspect and diff: a finding, in bounds, nothing written."""

# ruff: noqa: E501

from __future__ import annotations

import struct
import time
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from conformance.tiny import cmi5, manifest, scorm, tincan
from coursepack.difference import to_html as difference_html
from coursepack.difference import to_text as difference_text
from coursepack.difference.compare import compare
from coursepack.difference.sides import SideError, from_package
from coursepack.inspection import batch, extract, verdicts
from coursepack.inspection.facts import inspect
from coursepack.inspection.to_html import to_html
from coursepack.inspection.to_text import to_text
from coursepack.snippet import visible
from inspection.mutations import Files, Lie, from_zip, honest, to_zip, written

SECONDS, MEGABYTES = 15.0, 150
"""For all three commands; most need a hundredth of it."""
GREEDY = ("zip bomb", "zip bomb as manifest", "overlapping entries", "10 MB attribute", "wrong packed size")
"""Files that may want memory: tracing it takes long."""


def lies(change: Callable[[Lie], Lie], name: str = "a.js", files: Files | None = None) -> bytes:
    """A right package in which one entry is changed."""
    entries = [honest(each, data) for each, data in (files or scorm("12")).items()]
    return written([change(one) if one.name == name.encode() else one for one in entries])


def more(*entries: Lie) -> bytes:
    """A right package with more entries."""
    return written([*(honest(name, data) for name, data in scorm("12").items()), *entries])


def xml(old: str, new: str, edition: str = "12", encoding: str = "utf-8") -> bytes:
    """A right package but for its manifest."""
    text = manifest(edition)
    assert old in text
    return to_zip(scorm(edition) | {"imsmanifest.xml": text.replace(old, new, 1).encode(encoding)})


def stored(package: bytes) -> bytes:
    """The package without compression, so that nothing in it looks like a bomb."""
    return written(
        [replace(honest(name, data), packed=data, method=0) for name, data in from_zip(package).items()]
    )


def zip64() -> bytes:
    data = to_zip(scorm("12"))
    end = data.rindex(b"PK\5\6")
    count, size, offset = struct.unpack_from("<10xHII", data, end)
    record = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, offset)
    return data[:end] + record + struct.pack("<4sIQI", b"PK\6\7", 0, end, 1) + data[end:]


def chain(length: int) -> str:
    return "".join(
        f'<resource identifier="C{n}" type="webcontent" adlcp:scormtype="asset">'
        f'<dependency identifierref="C{(n + 1) % length}"/></resource>'
        for n in range(length)
    )


ORGANIZATIONS = "".join(
    f'<organization identifier="P{n}"><title>P</title><item identifier="J{n}" identifierref="R">'
    "<title>J</title></item></organization>"
    for n in range(50)
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
LAUGHS = "<!DOCTYPE m [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY a{n} '{'&a' + (str(n - 1) if n else '') + ';'}{'&a' + (str(n - 1) if n else '') + ';'}'>"
    for n in range(12)
)
ITEM = "<title>Course</title></item>"
DEEP = ITEM.replace("</item>", "<item>" * 5000 + "</item>" * 5000 + "</item>")
TALL = "".join(f'<item identifier="D{n}"><title>D</title>' for n in range(200)) + "</item>" * 200
BOMB = honest("zeros.bin", bytes(64 << 20))
SHARED = honest("a.txt", bytes(1 << 20))

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (lambda: more(BOMB), "PKG-107"),
    "zip bomb that lies": (lambda: more(replace(BOMB, size=10)), "PKG-001"),
    "zip bomb as manifest": (
        lambda: lies(lambda one: replace(BOMB, name=one.name), "imsmanifest.xml"),
        "PKG-107",
    ),
    "zip bomb as launch page": (
        lambda: lies(lambda one: replace(BOMB, name=one.name), "index.html"),
        "PKG-107",
    ),
    "nested zip": (lambda: to_zip(scorm("12") | {"inner.zip": more(BOMB)}), "PKG-024"),
    "nested zip as manifest": (lambda: to_zip(scorm("12") | {"imsmanifest.xml": more()}), "PKG-008"),
    "overlapping entries": (lambda: more(*(replace(SHARED, at=300) for _ in range(2000))), "PKG-001"),
    "bad CRC": (lambda: lies(lambda one: replace(one, crc=7)), "PKG-001"),
    "bad CRC of the manifest": (lambda: lies(lambda one: replace(one, crc=7), "imsmanifest.xml"), "PKG-001"),
    "wrong size": (lambda: lies(lambda one: replace(one, size=one.size + 1)), "PKG-001"),
    "wrong packed size": (lambda: lies(lambda one: replace(one, claimed=1 << 31)), "PKG-001"),
    "encrypted": (lambda: lies(lambda one: replace(one, flags=1)), "PKG-001"),
    "encrypted manifest": (lambda: lies(lambda one: replace(one, flags=1), "imsmanifest.xml"), "PKG-001"),
    "ZIP64": (zip64, "PKG-001"),
    "absolute name": (lambda: more(honest("/etc/evil", b"x")), "PKG-003"),
    "drive letter": (lambda: more(honest("C:\\evil", b"x")), "PKG-003"),
    "name that leads out": (lambda: more(honest("../../evil", b"x")), "PKG-003"),
    "symlink": (lambda: more(replace(honest("link", b"/etc/passwd"), mode=0o120777)), "PKG-001"),
    "symlink as launch page": (
        lambda: lies(lambda one: replace(one, mode=0o120777), "index.html"),
        "PKG-001",
    ),
    "NUL in a name": (lambda: more(honest("a\0b.js", b"x")), "PKG-003"),
    "control characters in a name": (lambda: more(honest("a\x1b[31m\nb\u202e.js", b"x")), "PKG-003"),
    "100,000 entries": (lambda: more(*[honest("x.txt", b"")] * 100_000), "PKG-001"),
    "names equal but for case": (lambda: more(honest("INDEX.html", b"x")), "PKG-004"),
    "two manifests of one name": (lambda: more(honest("imsmanifest.xml", b"<a/>")), "PKG-003"),
    "DTD": (lambda: xml(HEAD, HEAD + '<!DOCTYPE manifest SYSTEM "http://127.0.0.1:9/m.dtd">'), "PKG-008"),
    "entities": (lambda: xml(HEAD, HEAD + LAUGHS + "]>").replace(b"Course", b"Course"), "PKG-008"),
    "XXE": (lambda: xml(HEAD, HEAD + '<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "PKG-008"),
    "10 MB attribute": (lambda: stored(xml('identifier="I"', f'identifier="{"I" * (10 << 20)}"')), "PKG-008"),
    "5 MB attribute": (lambda: xml('identifier="I"', f'identifier="{"I" * (5 << 20)}"'), "PKG-014"),
    "5 MB title": (lambda: xml(ITEM, ITEM.replace("Course", "T" * (5 << 20))), "PKG-016"),
    "deep nesting": (lambda: xml(ITEM, DEEP), "PKG-008"),
    "nesting to the limit": (lambda: xml(ITEM, ITEM.replace("</item>", TALL + "</item>")), "PKG-017"),
    "another encoding": (lambda: xml("UTF-8", "UTF-16", encoding="utf-16"), "PKG-008"),
    "an encoding that is not there": (lambda: xml("UTF-8", "UTF-7"), "PKG-008"),
    "an encoding that is untrue": (lambda: xml("Course", "Caf\xe9", encoding="latin-1"), "PKG-008"),
    "BOM": (lambda: xml("Course", "Course", encoding="utf-8-sig"), "PKG-008"),
    "control characters in a title": (lambda: xml("Course", "&#x1b;[31m"), "PKG-008"),
    "50 organizations": (lambda: xml("</organizations>", f"{ORGANIZATIONS}</organizations>"), "PKG-100"),
    "cyclic dependencies": (lambda: xml("</resources>", f"{chain(5000)}</resources>"), "PKG-025"),
    "a resource that depends on itself": (lambda: xml("</resources>", f"{chain(1)}</resources>"), "PKG-025"),
    "100,000 elements": (lambda: xml("</resources>", "<file/>" * 99_900 + "</resources>"), "PKG-013"),
    "cmi5 with a DTD": (lambda: to_zip(cmi5((HEAD, HEAD + "<!DOCTYPE a>"))), "CM5-003"),
    "cmi5 with deep blocks": (lambda: to_zip(cmi5(("<au ", '<block id="urn:b">' * 300 + "<au "))), "CM5-003"),
    "cmi5 encrypted": (lambda: lies(lambda one: replace(one, flags=1), "index.html", cmi5()), "CM5-001"),
    "tincan with a DTD": (lambda: to_zip(tincan((HEAD, HEAD + "<!DOCTYPE a>"))), "TIN-001"),
    "tincan that leads out": (lambda: to_zip(tincan(("index.html", "../../etc/passwd"))), "TIN-003"),
    "cut": (lambda: to_zip(scorm("12"))[:200], "PKG-001"),
    "empty": (lambda: b"", "PKG-001"),
}


@pytest.mark.parametrize(("make", "code"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_file(
    make: Callable[[], bytes], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cwd"
    folder.mkdir()
    monkeypatch.chdir(folder)
    path, right = tmp_path / "hostile.zip", tmp_path / "right.zip"
    path.write_bytes(make())
    right.write_bytes(to_zip(scorm("12")))
    began = time.process_time()
    found, told = _all_commands(path, right)
    assert time.process_time() - began < SECONDS
    with pytest.raises(extract.ExtractError):
        extract.extract(path, folder / "back")
    assert all(code in codes for codes in found), found
    for text in told:
        assert not any(sign in text for sign in "\x1b\u202e\0")
        assert "root:x:" not in text
    assert not list(folder.iterdir())
    assert {each.name for each in tmp_path.iterdir()} == {"cwd", "hostile.zip", "right.zip"}


@pytest.mark.parametrize("name", GREEDY)
def test_memory_stays_bounded(name: str, tmp_path: Path) -> None:
    path, right = tmp_path / "hostile.zip", tmp_path / "right.zip"
    path.write_bytes(HOSTILE[name][0]())
    right.write_bytes(to_zip(scorm("12")))
    tracemalloc.start()
    try:
        _all_commands(path, right)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MEGABYTES << 20


def _all_commands(path: Path, right: Path) -> tuple[list[set[str]], list[str]]:
    """The codes that validate and inspect find, and all that the three commands print."""
    judged, facts = batch.judge(path), inspect(path)
    told = [verdicts.to_text([judged]), verdicts.to_github([judged]), verdicts.to_sarif([judged])]
    told += [to_text(facts), to_html(facts), *_compared(path, right), *_compared(right, path)]
    return [{item.code for item in one.findings} for one in (judged, facts)], told


def _compared(old: Path, new: Path) -> list[str]:
    try:
        found = compare(from_package(old), from_package(new))
    except SideError as error:
        assert str(error)
        return [visible(str(error))]
    return [difference_text.to_text(found), difference_html.to_html(found)]


def test_the_files_are_what_they_are_called() -> None:
    assert HOSTILE["zip bomb"][0]()[:4] == b"PK\3\4"
    assert len(HOSTILE["zip bomb"][0]()) < 1 << 17
    assert zlib.decompress(BOMB.packed, -15) == bytes(64 << 20)
