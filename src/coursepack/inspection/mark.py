"""The sign by which a package of ours is known, and the way to a package's files."""

from __future__ import annotations

import re
from collections.abc import Callable

PAGE = "index.html"
Read = Callable[[str], bytes | None]
"""The bytes of a file of the package, or None when it is not there."""

_COURSE = re.compile(rb'\sdata-course="(course-[0-9a-f]{8}\.js)"')

_TABLE = re.compile(rb'\sdata-table="(table-[0-9a-f]{8}\.js)"')
_HOOKS = re.compile(rb'\sdata-hooks="(hooks-[0-9a-f]{8}\.js)"')


def course_script(page: bytes | None) -> str:
    """The name of the course's script as our page says it; empty for any other page."""
    found = _COURSE.search(page or b"")
    return found[1].decode("ascii") if found else ""


def hooks_script(page: bytes | None) -> str:
    """The name of the script that holds the table of statement hooks; empty without one."""
    found = _TABLE.search(page or b"") or _HOOKS.search(page or b"")
    return found[1].decode("ascii") if found else ""


def is_ours(read: Read) -> bool:
    """Whether the package says that coursepack made it."""
    return bool(course_script(read(PAGE)))
