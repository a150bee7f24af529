"""What the README shows is true: its commands run, its course builds, its report is what the tool prints."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from coursepack.cli import app

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.M | re.S)


def coursepack(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "coursepack", *line.split()[1:]]
    environment = {**os.environ, "NO_COLOR": "1", "COURSEPACK_DATA": str(cwd / "data")}
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False, env=environment)


def commands() -> list[str]:
    lines = [line for block in blocks("console") for line in block.splitlines()]
    return [line.split("#")[0].strip() for line in lines if line.startswith("coursepack ")]


def test_commands_run(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "course_spec", tmp_path / "course_spec")
    found = commands()
    assert len(found) >= 3
    for line in found:
        result = coursepack(line, tmp_path)
        assert result.returncode == 0, f"{line}\n{result.stdout}{result.stderr}"


def test_setup_commands_are_those_of_dev_py() -> None:
    lines = [line for block in blocks("console") for line in block.splitlines()]
    named = {line.split()[2] for line in lines if line.startswith("python3 dev.py")}
    listing = subprocess.run(
        [sys.executable, ROOT / "dev.py", "no-such"], capture_output=True, text=True, check=False
    )
    assert named >= {"build", "test"}
    assert all(f"\n{name} " in listing.stderr for name in named)
    assert "python3 dev.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_to_files_and_headings(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$|`[^`\n]+`", "", text, flags=re.M | re.S)
    for path, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", prose):
        target = page.parent / path if path else page
        assert target.is_file(), path
        heads = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.M) if anchor else []
        names = [re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads]
        assert not anchor or anchor in names, f"{path}#{anchor}"


def test_the_readme_links_to_every_page_of_the_documentation() -> None:
    linked = set(re.findall(r"\]\((docs/[a-z-]+\.md)\)", README))
    assert linked == {f"docs/{page.name}" for page in PAGES if page.parent.name == "docs"}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_shown_have_options_that_there_are(page: Path) -> None:
    """Pasted as they stand, with what follows a `#`, into a shell."""
    for line in re.findall(r"^coursepack [a-z].*$", page.read_text(encoding="utf-8"), re.M):
        _, name, *words = shlex.split(line.partition(" > ")[0], comments=True)
        command = get_command(app).commands[name]  # type: ignore[attr-defined]
        command.make_context(name, words)  # raises for an option or an argument that is not taken


def test_the_course_shown_builds(tmp_path: Path) -> None:
    (settings, *_), (step, *_) = blocks("yaml"), blocks("markdown")
    course = tmp_path / "course"
    (course / "steps").mkdir(parents=True)
    (course / "course.yaml").write_text(settings, encoding="utf-8")
    (course / "steps" / "010-alarm.md").write_text(step, encoding="utf-8")
    result = coursepack("coursepack build course", tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "dist" / "fire-safety-scorm12.zip").is_file()
