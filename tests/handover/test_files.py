"""Cards on disk: beside the zip they are about, whole, and never about another one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from small_courses import HEAD, choice, step


def coursepack(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coursepack", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course_spec"
    (folder / "steps").mkdir(parents=True)
    (folder / "course.yaml").write_text(f"{HEAD}targets: [scorm12, web]\n", "utf-8")
    (folder / "steps" / "010-one.md").write_text(step("one", choice("first")), "utf-8")
    return tmp_path


def named(card: Path) -> str:
    """The SHA-256 that a card names."""
    found = re.search(r"\b[0-9a-f]{64}\b", card.read_text("utf-8"))
    assert found
    return found[0]


def edit(course: Path, text: str) -> None:
    path = course / "course_spec" / "steps" / "010-one.md"
    path.write_text(path.read_text("utf-8").replace("Some words.", text), "utf-8")


def test_each_package_has_its_cards(course: Path) -> None:
    result = coursepack("build", cwd=course)
    assert (result.returncode, result.stderr) == (0, "")
    line = next(line for line in result.stdout.splitlines() if line.startswith("Upload card"))
    assert "small-scorm12-upload.html and .md" in line
    for target in ("scorm12", "web"):
        digest = sha256((course / "dist" / f"small-{target}.zip").read_bytes()).hexdigest()
        for ending in ("html", "md"):
            assert named(course / "dist" / f"small-{target}-upload.{ending}") == digest


def test_a_new_build_has_new_cards(course: Path) -> None:
    coursepack("build", cwd=course)
    before = named(course / "dist" / "small-web-upload.md")
    edit(course, "Other words.")
    coursepack("build", cwd=course)
    digest = sha256((course / "dist" / "small-web.zip").read_bytes()).hexdigest()
    assert before != digest == named(course / "dist" / "small-web-upload.md")


def test_a_build_that_is_stopped_leaves_zips_and_cards(course: Path) -> None:
    coursepack("build", cwd=course)
    before = {path.name: path.read_bytes() for path in (course / "dist").iterdir()}
    edit(course, "[Nowhere](#gone)")
    assert coursepack("build", cwd=course).returncode == 1
    assert {path.name: path.read_bytes() for path in (course / "dist").iterdir()} == before


def test_a_zip_that_cannot_be_written_leaves_the_old_card_whole(course: Path) -> None:
    coursepack("build", cwd=course)
    card = (course / "dist" / "small-scorm12-upload.md").read_bytes()
    (course / "dist" / "small-scorm12.zip").unlink()
    (course / "dist" / "small-scorm12.zip").mkdir()
    edit(course, "Other words.")
    result = coursepack("build", cwd=course)
    assert (result.returncode, result.stderr.startswith("error: ")) == (1, True)
    assert (course / "dist" / "small-scorm12-upload.md").read_bytes() == card
    assert [path for path in (course / "dist").iterdir() if path.name.endswith(".part")] == []


def test_without_cards_old_ones_go(course: Path) -> None:
    coursepack("build", cwd=course)
    (course / "dist" / "mine-upload.md").write_text("mine", "utf-8")
    result = coursepack("build", "--no-card", cwd=course)
    assert result.returncode == 0
    assert "Upload card" not in result.stdout
    assert {path.name for path in (course / "dist").iterdir()} == {
        *("small-scorm12.zip", "small-web.zip", "small-key-sheet.csv", "mine-upload.md")
    }


def test_json_lists_the_cards(course: Path) -> None:
    data = json.loads(coursepack("build", "--json", "-t", "web", cwd=course).stdout)
    assert data["cards"] == [
        {"target": "web", "html": "small-web-upload.html", "markdown": "small-web-upload.md"}
    ]
    data = json.loads(coursepack("build", "--json", "--no-card", "-t", "web", cwd=course).stdout)
    assert data["cards"] == []
