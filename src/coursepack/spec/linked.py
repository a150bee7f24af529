"""What is known of a file that a course links to, from one look at it."""

from __future__ import annotations

import os
from pathlib import Path

from coursepack.pictures import HEAD, picture_kind, svg_concerns
from coursepack.spec.model import CourseFile


def look_at(path: str, file: Path) -> CourseFile:
    """The file's size, its kind and what is wrong with it; `path` is from the course folder."""
    is_svg = path.lower().endswith(".svg")
    try:
        with file.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            data = stream.read() if is_svg else stream.read(HEAD)
    except OSError as error:
        return CourseFile(path, file, 0, trouble=error.strerror or type(error).__name__)
    if is_svg:
        return CourseFile(path, file, size, concerns=tuple(svg_concerns(data)) if data else ())
    return CourseFile(path, file, size, kind=picture_kind(data))
