"""Where the templates and the runtime bundles are: inside an installed wheel, or in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent


@cache
def templates() -> Path:
    """The folder of templates: packed into the wheel, or the checkout's top-level `templates/`."""
    packed = PACKAGE / "templates"
    return packed if packed.is_dir() else PACKAGE.parent.parent / "templates"


def bundle(name: str) -> bytes:
    """A script of the runtime, without the first line that holds the hash of its sources.

    One per driver (`scorm12`, `scorm2004`, `web`), and those that all share: `player`, `print`, `carry`.
    """
    return (PACKAGE / "runtime" / "bundles" / f"{name}.js").read_bytes().partition(b"\n")[2]


def lms_bundle() -> bytes:
    """The script that plays the LMS (`window.coursepackLms`), without its first line."""
    return (PACKAGE / "lms" / "bundle.js").read_bytes().partition(b"\n")[2]
