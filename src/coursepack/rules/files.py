"""REF on files that the course links to: can they be read, and do they work in a page?"""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.diagnostics import Finding, Severity, rule
from coursepack.pictures import SHOWN
from coursepack.rules.places import clip, places
from coursepack.source import Route
from coursepack.spec.model import Course, FileTarget, Image

WARNING = Severity.WARNING


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
    seen: set[str] = set()
    for route, image in places(course, Image):
        source = image.source
        file = course.files.get(source.path) if isinstance(source, FileTarget) else None
        if file is None or file.path in seen or file.trouble or not file.size:
            continue
        seen.add(file.path)
        if file.kind not in SHOWN and not file.path.lower().endswith(".svg"):
            what = (
                f"is {file.kind}, which browsers do not show" if file.kind else "is no picture, or is damaged"
            )
            yield Finding(route, f"`{clip(file.path)}` {what}", "save it as PNG, JPEG or SVG")


def _first_uses(course: Course) -> list[tuple[Route, FileTarget]]:
    """Where each file that exists is used for the first time."""
    first: dict[str, tuple[Route, FileTarget]] = {}
    for route, target in places(course, FileTarget):
        if target.path in course.files:
            first.setdefault(target.path, (route, target))
    return list(first.values())
