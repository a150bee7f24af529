"""Packages: same parts, same bytes; whole or not at all."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursepack.package import EPOCH, Part, deflate, to_zip, write_file, write_files

PARTS = [
    Part("imsmanifest.xml", b"<manifest/>"),
    Part("index.html", b"x" * 5000),
    Part("media/a-b_1.svg", b""),
]


def test_entries_keep_their_order_names_and_contents() -> None:
    with zipfile.ZipFile(io.BytesIO(to_zip(PARTS))) as archive:
        assert archive.testzip() is None
        assert [(info.filename, archive.read(info)) for info in archive.infolist()] == [
            (part.name, part.data) for part in PARTS
        ]


def test_entries_are_deflated_files_of_one_time_without_extras() -> None:
    with zipfile.ZipFile(io.BytesIO(to_zip(PARTS))) as archive:
        for info in archive.infolist():
            assert info.date_time == EPOCH
            assert info.compress_type == zipfile.ZIP_DEFLATED
            assert info.extra == b""
            assert info.flag_bits == 0
            assert info.extract_version <= 20
            assert info.external_attr >> 16 == 0o644
            assert not info.is_dir()


def test_other_programs_read_it_whole(tmp_path: Path) -> None:
    (tmp_path / "course.zip").write_bytes(to_zip(PARTS))
    tested = subprocess.run(["unzip", "-t", "course.zip"], cwd=tmp_path, capture_output=True, text=True)
    assert tested.returncode == 0, tested.stdout
    assert "No errors detected in compressed data of course.zip" in tested.stdout


def test_a_caller_may_keep_what_was_packed() -> None:
    seen: list[bytes] = []

    def pack(data: bytes) -> bytes:
        seen.append(data)
        return deflate(data)

    assert to_zip(PARTS, pack) == to_zip(PARTS)
    assert seen == [part.data for part in PARTS]


def test_what_needs_zip64_is_refused() -> None:
    part = Part("a", b"")
    with pytest.raises(OSError, match="too large for a zip"):
        to_zip([part] * 0x10000)


def test_no_zip64_record_is_written() -> None:
    data = to_zip(PARTS)
    assert b"PK\6\6" not in data
    assert b"PK\6\7" not in data


@settings(max_examples=25, deadline=None)
@given(st.lists(st.binary(max_size=400), max_size=6))
def test_equal_parts_give_equal_bytes(contents: list[bytes]) -> None:
    parts = [Part(f"part-{number}", data) for number, data in enumerate(contents)]
    assert to_zip(parts) == to_zip(list(parts))


def test_bytes_do_not_depend_on_clock_zone_or_hash_seed() -> None:
    program = (
        "import sys, hashlib; from coursepack.package import Part, to_zip;"
        "print(hashlib.sha256(to_zip([Part('a', b'1'), Part('b', b'2' * 999)])).hexdigest())"
    )
    seen = set()
    for zone, seed in (("UTC", "1"), ("Pacific/Kiritimati", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        seen.add(done.stdout)
    assert len(seen) == 1


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "dist" / "course.zip"
    write_file(path, b"old")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert [item.name for item in path.parent.iterdir()] == ["course.zip"]


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotADirectoryError, match="is a file, and a folder is needed there") as found:
        write_files([(tmp_path / "old", b"new"), (tmp_path / "file" / "in" / "it", b"")])
    assert found.value.filename == str(tmp_path / "file")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="is a folder") as found:
        write_file(tmp_path / "folder", b"")
    assert found.value.filename == str(tmp_path / "folder")
    assert (tmp_path / "old").read_bytes() == b"old"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["file", "folder", "old"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of a file as POSIX systems can")
def test_a_build_that_dies_leaves_the_old_package_whole(tmp_path: Path) -> None:
    path = tmp_path / "course.zip"
    path.write_bytes(b"old")
    program = (
        "import resource, signal, sys; from pathlib import Path; from coursepack.package import write_file;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));"
        "write_file(Path(sys.argv[1]), bytes(100_000))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "OSError" in done.stderr
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["course.zip"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_new_file_can_be_read_by_others_as_usual(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    write_file(tmp_path / "made", b"")
    assert (tmp_path / "made").stat().st_mode == plain.stat().st_mode
