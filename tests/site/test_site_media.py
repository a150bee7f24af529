"""Files of a course in the package: safe names, sizes of pictures, what an SVG must not ask for."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack.pictures import picture_size, svg_concerns
from coursepack.site.media import read_media
from coursepack.spec.model import CourseFile

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 640, 480)
GIF = b"GIF89a" + struct.pack("<HH", 12, 34) + b"\x00"
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x06JFIF"
    b"\xff\xc4\x00\x04\x00\x00"
    b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", 300, 400) + b"\x03" * 12
)
VP8 = b"RIFF\x00\x00\x00\x00WEBPVP8 \x00\x00\x00\x00\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", 50, 60)
VP8L = b"RIFF\x00\x00\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f" + struct.pack("<I", 99 | (49 << 14))
VP8X = (
    b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00"
    + (255).to_bytes(3, "little")
    + (127).to_bytes(3, "little")
)


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (640, 480)),
        (GIF, (12, 34)),
        (JPEG, (400, 300)),
        (VP8, (50, 60)),
        (VP8L, (100, 50)),
        (VP8X, (256, 128)),
        (b'<?xml version="1.0"?><svg xmlns="x" viewBox="0 0 20 10"/>', (672, 336)),
        (b"<svg width='30px' height='15' viewBox='0 0 1 1'>", (30, 15)),
        (b"<svg width='100%' height='100%' viewBox='0 0 7,7'>", (448, 448)),
        (b"<svg viewBox='0 0 0 9'>", (0, 0)),
        (b"<svg viewBox='0 0 1e300 1'>", (0, 0)),
        (b"<svg width='100%' height='1' viewBox='0 0 14 7'>", (672, 336)),
        (b"<svg>", (0, 0)),
        (b"%PDF-1.4", (0, 0)),
    ],
)
def test_a_picture_tells_its_size(data: bytes, size: tuple[int, int]) -> None:
    assert picture_size(data) == size


@given(st.sampled_from([PNG, GIF, JPEG, VP8, VP8L, VP8X]), st.integers(0, 40), st.binary(max_size=8))
def test_a_damaged_picture_has_some_size_and_no_error(data: bytes, cut: int, junk: bytes) -> None:
    width, height = picture_size(data[:cut] + junk)
    assert width >= 0
    assert height >= 0


@given(st.binary(max_size=60))
def test_a_damaged_svg_has_no_error(junk: bytes) -> None:
    picture_size(b"<svg viewBox='" + junk)
    list(svg_concerns(b"<svg " + junk))


@pytest.mark.parametrize(
    ("inside", "concerns"),
    [
        (b'<path d="M0 0" fill="url(#a)"/><use href="#a"/>', []),
        (b'<a href="https://example.org"><text>words</text></a>', []),
        (b'<image href="data:image/png;base64,AA=="/>', []),
        (b"<script>alert(1)</script>", ["holds a script, which a picture never runs"]),
        (b'<g onload="x()"/>', ["holds a script, which a picture never runs"]),
        (b'<image href="other.png"/>', ["asks for another file, which a picture never loads"]),
        (b"<style>@import 'x.css';</style>", ["asks for another file, which a picture never loads"]),
        (b'<rect fill="url(http://x/y)"/>', ["asks for another file, which a picture never loads"]),
        (b'<a href=" javascript:x()"><text>words</text></a>', ["holds a script, which a picture never runs"]),
        (b"<?xml-stylesheet href='x.css'?>", ["asks for another file, which a picture never loads"]),
        (b"<rect>", ["cannot be read as SVG"]),
    ],
)
def test_what_an_svg_asks_for_is_named(inside: bytes, concerns: list[str]) -> None:
    assert list(svg_concerns(b'<svg xmlns="http://www.w3.org/2000/svg">' + inside + b"</svg>")) == concerns


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("arc.svg", "arc"),
        ("Über uns (2).PNG", "Uber-uns-2"),
        ("日本.png", "file"),
        ("a b#c%20d?.png", "a-b-c-20d"),
        ("x" * 99 + ".png", "x" * 40),
        ("..png", "file"),
        (".hidden", "hidden"),
        ("no-extension", "no-extension"),
        ("archive.tar.gz", "archive-tar"),
    ],
)
def test_names_in_the_package_are_safe(tmp_path: Path, name: str, stem: str) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"content")
    medium = read_media({f"media/{name}": CourseFile(f"media/{name}", file, 7)})[f"media/{name}"]
    assert re.fullmatch(rf"media/{stem}-[0-9a-f]{{8}}(\.[a-z0-9]+)?", medium.part.name), medium.part.name
