"""Zips and manifests made to do harm: a finding, in bounded time and memory, and nothing written."""

from __future__ import annotations

import io
import os
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tiny import changed, manifest, scorm, to_zip

from coursepack.conformance import check_package
from coursepack.conformance.archive import DamagedError, open_archive


@contextmanager
def bounds(seconds: float = 8.0, megabytes: int = 0) -> Iterator[None]:
    """Fails when the block takes more CPU time or, where asked, more Python memory than this."""
    if megabytes:
        tracemalloc.start()
    began = time.process_time()
    try:
        yield
        took = time.process_time() - began
        peak = tracemalloc.get_traced_memory()[1] if megabytes else 0
    finally:
        tracemalloc.stop()
    assert took < seconds
    assert peak <= megabytes << 20


def codes(data: bytes | Path) -> set[str]:
    return {item.code for item in check_package(data)}


def raw_zip(entries: list[tuple[bytes, bytes, int, int]], count: int | None = None) -> bytes:
    """A zip of (name, packed data, claimed size, offset or -1), deflated, written without any check."""
    body, directory = bytearray(), bytearray()
    for name, packed, size, offset in entries:
        at = len(body) if offset < 0 else offset
        header = struct.pack("<HHHHHIII", 20, 0, 8, 0, 33, 0, len(packed), size)
        if offset < 0:
            body += b"PK\3\4" + header + struct.pack("<HH", len(name), 0) + name + packed
        directory += b"PK\1\2" + struct.pack("<H", 20) + header
        directory += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, at) + name
    number = len(entries) if count is None else count
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, number, number, len(directory), len(body), 0)
    return bytes(body + directory + end)


def deflated(data: bytes) -> bytes:
    maker = zlib.compressobj(9, zlib.DEFLATED, -15)
    return maker.compress(data) + maker.flush()


def test_a_bomb_is_not_unpacked() -> None:
    data = to_zip(scorm() | {"zeros.bin": bytes(100 << 20)})
    with bounds(seconds=2, megabytes=4):
        assert codes(data) == {"PKG-024", "PKG-107"}


def test_a_bomb_that_lies_about_its_size_stops_at_the_lie() -> None:
    data = raw_zip([(b"zeros.bin", deflated(bytes(50 << 20)), 10, -1)])
    with bounds(seconds=2):
        assert "PKG-001" in codes(data)
    seen = 0
    with open_archive(data) as archive, pytest.raises(DamagedError, match="more than the 10 bytes"):
        for chunk in archive.unpack(archive.entries[0]):
            seen += len(chunk)
    assert seen <= 10


def test_many_entries_that_share_one_bomb_are_told_as_overlapping() -> None:
    packed = deflated(bytes(1 << 20))
    entries = [(b"a", packed, 1 << 20, -1)] + [(b"a", packed, 1 << 20, 0)] * 20_000
    with bounds():
        assert {"PKG-001", "PKG-003"} <= codes(raw_zip(entries))


def test_entries_nested_in_one_another_are_told_as_overlapping() -> None:
    inner = raw_zip([(b"b", deflated(b"x"), 1, -1)])
    outer = b"PK\3\4" + struct.pack("<HHHHHIII", 20, 0, 0, 0, 33, 0, len(inner), len(inner))
    outer += struct.pack("<HH", 1, 0) + b"a" + inner
    directory = b""
    for name, method, at, size in ((b"a", 0, 0, len(inner)), (b"b", 8, 31, 3)):
        directory += b"PK\1\2" + struct.pack("<HHHHHHIII", 20, 20, 0, method, 0, 33, 0, size, size)
        directory += struct.pack("<HHHHHII", 1, 0, 0, 0, 0, 0, at) + name
    data = outer + directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 2, 2, len(directory), len(outer), 0)
    assert "overlaps" in " ".join(item.message for item in check_package(data))


def test_a_hundred_thousand_entries() -> None:
    entries = [(b"%d.txt" % number, b"\3\0", 0, -1) for number in range(100_000)]
    data = raw_zip(entries, count=100_000 & 0xFFFF)
    with bounds(megabytes=120):
        assert "PKG-001" in codes(data)


@pytest.mark.parametrize(
    "name",
    ["../evil.js", "/etc/passwd", "C:/evil.js", "..\\evil.js", "a\0b.js", "a\nb.js", "./a.js", "a//b.js"],
)
def test_names_that_leave_or_confuse(name: str) -> None:
    assert "PKG-003" in codes(raw_zip([(name.encode(), b"\3\0", 0, -1)]))


def test_symbolic_links_are_told() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in scorm().items():
            archive.writestr(name, data)
        link = zipfile.ZipInfo("link.js")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    found = check_package(buffer.getvalue())
    assert "PKG-001" in {item.code for item in found if item.entry == "link.js"}


def test_a_split_archive_is_told() -> None:
    data = bytearray(to_zip(scorm()))
    end = data.rindex(b"PK\5\6")
    data[end + 4] = 1
    assert codes(bytes(data)) == {"PKG-001"}


def test_a_nested_zip_is_only_a_file() -> None:
    assert codes(to_zip(scorm() | {"inner.zip": to_zip({"zeros": bytes(1 << 20)})})) == {"PKG-024", "PKG-111"}


XML: dict[str, tuple[Callable[[], str], str]] = {
    "billion laughs": (
        lambda: (
            "<!DOCTYPE manifest [<!ENTITY a0 'ha'>"
            + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
            + "]><manifest identifier='&a11;'>&a11;</manifest>"
        ),
        "PKG-008",
    ),
    "entity in an attribute": (
        lambda: "<!DOCTYPE m [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><manifest>&a;</manifest>",
        "PKG-008",
    ),
    "doctype after comments": (
        lambda: "<!--" + "x" * 100_000 + "-->\n<?a b?><!doctype m SYSTEM 'http://127.0.0.1:9/'><manifest/>",
        "PKG-008",
    ),
    "deep nesting": (lambda: "<manifest>" * 100_000, "PKG-008"),
    "deep and closed": (lambda: "<manifest>" * 10_000 + "</manifest>" * 10_000, "PKG-008"),
    "10 MB attribute": (lambda: f"<manifest identifier='{'x' * (10 << 20)}'/>", "PKG-008"),
    "5 MB attribute": (lambda: f"<manifest identifier='{'x' * (5 << 20)}'/>", "PKG-009"),
    "100,000 attributes": (
        lambda: "<manifest " + " ".join(f"a{n}='1'" for n in range(100_000)) + "/>",
        "PKG-008",
    ),
    "a million elements": (lambda: "<manifest>" + "<a/>" * 1_000_000 + "</manifest>", "PKG-008"),
    "100,000 elements": (
        lambda: manifest().replace("<resources>", "<resources>" + "<file/>" * 99_900),
        "PKG-013",
    ),
    "NUL": (lambda: "<manifest>\0</manifest>", "PKG-008"),
    "unknown encoding": (lambda: "<?xml version='1.0' encoding='utf-7'?><manifest/>", "PKG-008"),
    "undeclared entity": (lambda: "<manifest>&nbsp;</manifest>", "PKG-008"),
}


@pytest.mark.parametrize(("text", "code"), XML.values(), ids=XML.keys())
def test_hostile_manifests(text: Callable[[], str], code: str) -> None:
    data = to_zip(scorm(text=text()), zipfile.ZIP_STORED)
    with bounds():
        assert code in codes(data)


def test_an_entity_is_never_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret")
    text = manifest().replace(
        "<manifest ", f'<!DOCTYPE m [<!ENTITY a SYSTEM "{secret.as_uri()}">]><manifest '
    )
    found = check_package(to_zip(scorm(text=text.replace("<title>", "<title>&a;"))))
    assert {item.code for item in found} == {"PKG-008"}
    assert "s3cret" not in str(found)


def test_a_doctype_in_utf_16_is_seen() -> None:
    text = "<!DOCTYPE m [<!ENTITY a 'b'>]><manifest>&a;</manifest>"
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        found = check_package(to_zip(scorm() | {"imsmanifest.xml": text.encode(encoding)}))
        assert any("DOCTYPE" in item.message for item in found)


def test_fifty_organizations_and_long_chains_of_dependencies() -> None:
    organizations = "".join(
        f'<organization identifier="P{n}"><title>P</title><item identifier="J{n}" identifierref="R">'
        "<title>J</title></item><imsss:sequencing><imsss:controlMode flow='true'/></imsss:sequencing>"
        "</organization>"
        for n in range(50)
    )
    chain = "".join(
        f'<resource identifier="S{n}" type="webcontent" adlcp:scormType="asset">'
        f'<dependency identifierref="S{(n + 1) % 5_000}"/></resource>'
        for n in range(5_000)
    )
    files = changed(
        "4",
        ("</organizations>", f"{organizations}</organizations>"),
        ("</resources>", f"{chain}</resources>"),
    )
    with bounds():
        assert codes(to_zip(files)) == {"PKG-025", "PKG-100"}


def test_items_nested_to_the_limit_of_the_parser() -> None:
    deep = "".join(f'<item identifier="D{n}"><title>D</title>' for n in range(200)) + "</item>" * 200
    files = changed("4", ("</title></item>", f"</title></item>{deep}"))
    with bounds():
        assert "PKG-017" in codes(to_zip(files))


def test_text_made_to_slow_regular_expressions_down() -> None:
    awkward = [
        "a" * (1 << 18),
        "@" * (1 << 17),
        "a@" * (1 << 17),
        "<img " * (1 << 16),
        "<script src=" * (1 << 15),
        ".open(" * (1 << 16),
        "<!--" * (1 << 16),
        "url(" * (1 << 16),
        "Authorization: '" * (1 << 14),
    ]
    for text in awkward:
        with bounds():
            check_package(to_zip(scorm() | {"index.html": text.encode(), "a.js": text.encode()}))


def test_a_package_of_50_mb_is_read_without_holding_it(tmp_path: Path) -> None:
    path = tmp_path / "large.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in scorm().items():
            archive.writestr(name, data)
        noise = os.urandom(1 << 20)
        for number in range(50):
            archive.writestr(f"media/{number}.mp4", noise)
    with bounds(seconds=4, megabytes=20):
        assert codes(path) == {"PKG-024"}


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    check_package(raw_zip([(b"../evil.js", deflated(b"x"), 1, -1), (b"evil.js", deflated(b"x"), 1, -1)]))
    assert list(tmp_path.iterdir()) == []
