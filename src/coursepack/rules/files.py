"""REF on files that the course links to: can they be read, and do they work in a page?"""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.diagnostics import Finding, Severity, rule
from coursepack.pictures import SHOWN
from coursepack.rules.places import clip, places
from coursepack.source import Route
from coursepack.spec.model import Course, CourseFile, FileTarget, Image

WARNING = Severity.WARNING
HEAVY = 1_000_000
"""Bytes of a picture above which learners on a slow line wait long."""
SLOW = 400_000
"""Bits a second of a slow line."""


@rule("REF-013", "empty-file")
def empty_file(course: Course) -> Iterator[Finding]:
    """A linked file or picture holds no bytes.

    It shows as a broken picture or an empty download. Often a copy or a sync went wrong.

    How to fix: copy the file again.
    """
    empty = {path for path, file in course.files.items() if file.size == 0 and not file.trouble}
    for route, target in places(course, FileTarget):
        if target.path in empty:
            yield Finding(route, f"`{clip(target.path)}` is empty", "copy the file again")


@rule("REF-016", "unreadable-file")
def unreadable_file(course: Course) -> Iterator[Finding]:
    """A linked file or picture is there and cannot be read, so it cannot go into the package.

    Mostly you may not read it, another program holds it, or the disk it is on has gone.

    How to fix: allow reading it, close the program that has it open, or copy the file anew.
    """
    for route, target in _first_uses(course):
        why = course.files[target.path].trouble
        if why:
            message = f"`{clip(target.path)}` cannot be read: {why}"
            yield Finding(route, message, "allow reading it, or copy the file anew")


@rule("REF-017", "unfit-svg", WARNING)
def unfit_svg(course: Course) -> Iterator[Finding]:
    """An SVG picture has something in it that does not work in a page, or is no SVG.

    A browser shows an SVG as a picture: it runs no script in it and loads nothing that it asks for, no
    photograph, style sheet or font. What depends on them is missing. Opened by itself, at its own address in
    the LMS, the same file does run its script, with the rights of whoever opened it; many LMSs refuse such
    files.

    How to fix: save the drawing as plain SVG, with pictures embedded, words turned into paths and no script.
    For one that cannot be read, open it in a browser: it says where the file is damaged.
    """
    for route, target in _first_uses(course):
        for concern in course.files[target.path].concerns:
            advice = "save it as plain SVG, with pictures embedded and without scripts"
            if concern == "cannot be read as SVG":
                advice = "open it in a browser: it says where the file is damaged"
            yield Finding(route, f"`{clip(target.path)}` {concern}", advice)


@rule("REF-018", "unfit-picture", WARNING)
def unfit_picture(course: Course) -> Iterator[Finding]:
    """A picture is of a kind that browsers do not show, or is no picture.

    Learners would see its alternative text and a broken frame. Browsers show PNG, JPEG, GIF, WebP, AVIF and
    SVG. They do not show HEIC, in which phones keep photographs, TIFF, PDF or the files of drawing programs.

    How to fix: open it in the program it comes from and save it as PNG, for a photograph as JPEG. A new name
    alone does not change what it is.
    """
    for route, file in _first_pictures(course):
        if file.kind not in SHOWN and not file.path.lower().endswith(".svg"):
            what = (
                f"is {file.kind}, which browsers do not show" if file.kind else "is no picture, or is damaged"
            )
            yield Finding(route, f"`{clip(file.path)}` {what}", "save it as PNG, JPEG or SVG")


@rule("REF-019", "heavy-picture", WARNING)
def heavy_picture(course: Course) -> Iterator[Finding]:
    """A picture has more than a megabyte.

    On a slow line of 400 kbit/s a megabyte takes 20 seconds, and on a phone the learner pays for it. A
    picture as wide as the page needs a tenth of that.

    How to fix: make it at most 1600 pixels wide and save it again: a photograph as JPEG, WebP or AVIF, a
    drawing as SVG or PNG.
    """
    for route, file in _first_pictures(course):
        if file.size > HEAVY:
            size, seconds = file.size / 1_000_000, file.size * 8 / SLOW
            message = f"`{clip(file.path)}` has {size:.1f} MB: on a slow line it takes {seconds:.0f} seconds"
            yield Finding(route, message, "save it at most 1600 pixels wide, a photograph as JPEG or WebP")


def _first_pictures(course: Course) -> Iterator[tuple[Route, CourseFile]]:
    """Where each picture that can be read is used for the first time."""
    seen: set[str] = set()
    for route, image in places(course, Image):
        source = image.source
        file = course.files.get(source.path) if isinstance(source, FileTarget) else None
        if file is not None and file.path not in seen and not file.trouble and file.size:
            seen.add(file.path)
            yield route, file


def _first_uses(course: Course) -> list[tuple[Route, FileTarget]]:
    """Where each file that exists is used for the first time."""
    first: dict[str, tuple[Route, FileTarget]] = {}
    for route, target in places(course, FileTarget):
        if target.path in course.files:
            first.setdefault(target.path, (route, target))
    return list(first.values())
