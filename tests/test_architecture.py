"""ARCHITECTURE.md names every room, every module of the page and of the LMS, and none that is not there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "coursepack"
NOT_MODULES = {"bundles", "entries", "bundle.js"}
"""What is made, and what is told apart by name in the text."""


def rows(heading: str) -> list[str]:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("| `")]


def test_every_room_is_named_and_there() -> None:
    named = {name for row in rows("Rooms") for name in re.findall(r"`(.+?)`", row.split(" | ")[0])}
    folders = {f"{path.name}/" for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    modules = {path.name for path in SOURCE.glob("[!_]*.py")}
    assert named == folders | modules | {"templates/"}


@pytest.mark.parametrize(("heading", "folder"), [("The runtime", "runtime"), ("The LMS side", "lms")])
def test_every_module_is_named_and_there(heading: str, folder: str) -> None:
    named = {name for row in rows(heading) for name in re.findall(r"`([\w/*]+\.js)`", row)}
    found = [path.relative_to(SOURCE / folder) for path in (SOURCE / folder).rglob("*.js")]
    modules = [path for path in found if not NOT_MODULES & set(path.parts)]
    assert [str(path) for path in modules if not any(map(path.match, named))] == []
    assert [name for name in named if not any(path.match(name) for path in modules)] == []
