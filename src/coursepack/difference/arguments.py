"""From what was typed to the two sides: zip, folder, or git revision."""

from __future__ import annotations

import tempfile
from pathlib import Path

from coursepack.difference.compare import Difference, compare
from coursepack.difference.profiles import DEFAULT
from coursepack.difference.revisions import export
from coursepack.difference.sides import Side, SideError, from_folder, from_package

FOLDER = "course_spec"


def difference(old: str, new: str, lms: tuple[str, ...] = DEFAULT) -> Difference:
    """Compare two things named on the command line. Raises SideError with a sentence, OSError."""
    with tempfile.TemporaryDirectory(prefix="coursepack-") as name:
        scratch = Path(name)
        folder = next((each for each in (new, old) if Path(each).is_dir()), FOLDER)
        packages = {each: from_package(Path(each)) for each in (old, new) if Path(each).is_file()}
        target = next((side.target for side in packages.values()), "")
        sides = [
            packages.get(each) or _folder(each, folder, target, scratch / str(at))
            for at, each in enumerate((old, new))
        ]
        return compare(sides[0], sides[1], lms)


def _folder(argument: str, folder: str, target: str, scratch: Path) -> Side:
    path = Path(argument)
    if path.is_dir():
        return from_folder(path, argument, target)
    if path.exists():
        raise SideError(f"{argument} is neither a zip nor a folder")
    scratch.mkdir()
    return from_folder(export(argument, folder, scratch), argument, target)
