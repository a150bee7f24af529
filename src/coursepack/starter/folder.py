"""A folder that is there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from coursepack import compiler
from coursepack.diagnostics import Diagnostic
from coursepack.starter.files import to_files
from coursepack.starter.names import Choices


class TakenError(ValueError):
    """Why no folder can be made there, as a sentence without its stop."""


class Made(Struct, frozen=True):
    """What was made: nothing where a finding stops it. `files` are paths from the folder."""

    folder: Path
    choices: Choices
    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def free_place(name: str) -> Path:
    """The folder of that name, without links and `..`.

    Raises TakenError where it cannot become a course, OSError where that cannot be seen.
    """
    if not name.strip() or not _is_text(name):
        raise TakenError("that is no name for a folder; write one such as fire-safety")
    folder = Path(os.path.realpath(name))
    if folder.is_dir() and any(folder.iterdir()):
        raise TakenError(f"{name} is there already and not empty; name a new folder")
    for path in (folder, *folder.parents):
        if os.path.lexists(path) and not path.is_dir():
            raise TakenError(f"{path} is no folder; name a new folder")
    return folder


def _is_text(name: str) -> bool:
    """Whether it has neither control characters nor bytes that are no text."""
    return not any(sign < " " or "\x7f" <= sign <= "\x9f" or "\ud800" <= sign <= "\udfff" for sign in name)


def make(folder: Path, choices: Choices) -> Made:
    """Write a new course, checked as any other, into a folder that `free_place` gave.

    An error among the findings, such as an id that is none, leaves the disk as it was. Raises OSError when
    the folder cannot be written.
    """
    files = to_files(choices)
    home = folder
    while not home.exists():
        home = home.parent
    with tempfile.TemporaryDirectory(dir=home, prefix=".coursepack-", suffix=".part") as name:
        temporary = Path(name)
        root = temporary / folder.relative_to(home)
        _write(root, files)
        checked = compiler.check(root)
        if checked.stops:
            return Made(folder, choices, (), checked.diagnostics)
        _move(temporary, home)
    return Made(folder, choices, tuple(files), checked.diagnostics)


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _move(temporary: Path, home: Path) -> None:
    """One rename where the folder is new; where it is there and empty, one for each thing in it, or none."""
    moved: list[Path] = []
    try:
        for entry in sorted(temporary.iterdir()):
            target = home / entry.name
            if os.path.lexists(target):
                raise FileExistsError(17, "is there already", str(target))
            entry.rename(target)
            moved.append(target)
    except BaseException:
        for target in moved:
            shutil.rmtree(target) if target.is_dir() else target.unlink()
        raise
