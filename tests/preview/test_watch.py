"""`build --watch`, and what counts as a change."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coursepack.preview.watch import Watched


def wait_until(path: Path, older: int) -> int:
    """The file's time of change, once it is there and later than `older`."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if path.exists() and path.stat().st_mtime_ns > older:
            return path.stat().st_mtime_ns
        time.sleep(0.02)
    raise AssertionError(f"{path.name} was not written")


def test_build_watch_builds_again_survives_errors_and_stops(course: Path, tmp_path: Path) -> None:
    package = tmp_path / "out" / "preview-scorm12.zip"
    command = [
        sys.executable,
        "-m",
        "coursepack",
        "build",
        str(course),
        "-t",
        "scorm12",
        "-o",
        str(package.parent),
    ]
    process = subprocess.Popen(
        [*command, "--watch"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        first = wait_until(package, 0)
        assert process.stdout
        while "watching" not in process.stdout.readline():
            pass
        time.sleep(0.5)
        step = course / "steps" / "010-first.md"
        text = step.read_text("utf-8")
        step.write_text(text.replace("The opening words.", "[Nowhere](#gone)"), "utf-8")
        while "#gone" not in process.stdout.readline():
            pass
        assert package.stat().st_mtime_ns == first
        step.write_text(text.replace("The opening words.", "Mended."), "utf-8")
        wait_until(package, first)
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=20)[0]
        assert "Traceback" not in told and "Interrupt" not in told
        assert process.returncode == 0
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("course.yaml", True),
        ("steps/010.md", True),
        ("media/a.png", True),
        ("steps/010.md~", False),
        ("steps/.010.md.swp", False),
        (".git/index", False),
        ("dist/x.zip", False),
    ],
)
def test_what_counts_as_a_change(tmp_path: Path, name: str, counts: bool) -> None:
    assert Watched(tmp_path, tmp_path / "dist")(None, str(tmp_path / name)) is counts


def test_of_one_file_only_that_file_counts(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"")
    assert Watched(path)(None, str(path))
    assert not Watched(path)(None, str(tmp_path / "y.zip"))
