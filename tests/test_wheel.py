"""A wheel built from the checkout works in an empty environment, templates and runtime included."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    result = subprocess.run(
        [str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.mark.xdist_group("wheel")
def test_wheel_builds_a_course_elsewhere(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run(*pip, "wheel", "--no-deps", "--wheel-dir", tmp_path / "wheel", ROOT, cwd=tmp_path)
    (wheel,) = (tmp_path / "wheel").glob("*.whl")
    run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    folder = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    run(
        folder / "python",
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--quiet",
        "install",
        wheel,
        cwd=tmp_path,
    )

    course = tmp_path / "course"
    (course / "steps").mkdir(parents=True)
    (course / "course.yaml").write_text(
        "spec: 1\nid: https://example.org/courses/small\ntitle: Small\nlanguage: en\ndescription: Small.\n"
        "targets: [scorm12, web]\n",
        encoding="utf-8",
    )
    (course / "steps" / "010-one.md").write_text("---\ntitle: One\n---\nHello.\n", encoding="utf-8")
    printed = run(folder / "coursepack", "build", "course", cwd=tmp_path)

    assert "small-scorm12.zip" in printed.splitlines()[-1]
    with zipfile.ZipFile(tmp_path / "dist" / "small-scorm12.zip") as package:
        names = package.namelist()
        page = package.read("index.html").decode("utf-8")
    assert names[:2] == ["imsmanifest.xml", "index.html"]
    assert any(name.startswith("runtime-") for name in names)
    assert "Hello." in page

    run(folder / "coursepack", "new", "begun here", cwd=tmp_path)
    begun = tmp_path / "begun here"
    run(folder / "coursepack", "check", "--strict", cwd=begun)
    run(folder / "coursepack", "build", "--strict", cwd=begun)
    assert (begun / "dist" / "begun-here-scorm12.zip").is_file()
    assert (begun / ".github" / "workflows" / "course.yml").is_file()
