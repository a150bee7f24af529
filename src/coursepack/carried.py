"""The course folder that a package carries when the author asks for it (`include-source: true`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from coursepack.diagnostics import Finding
from coursepack.site import Site
from coursepack.site.source import left_out, source_part
from coursepack.source import Sources, Span
from coursepack.spec.model import Course

NAMED_MAX = 3


def with_source(page: Site, root: Path, course: Course, lock_text: str) -> Site:
    """The site with the folder as one more part. Raises OSError where a file cannot be read."""
    if not course.settings.include_source:
        return page
    part = source_part(root, course, lock_text, page.shared)
    return replace(page, shared=(*page.shared, part))


def secrets(course: Course, sources: Sources) -> Iterator[Finding]:
    """What looks like a key in a text that goes into the package: every learner could read it."""
    if not course.settings.include_source:
        return
    from coursepack.conformance import PACKAGE_RULES
    from coursepack.conformance.content import look

    rule = PACKAGE_RULES["PKG-104"].rule
    for path, text in sources.texts.items():
        for fact in look("source.txt", text.encode("utf-8", "replace")).facts:
            if fact.kind == "secret":
                message = (
                    f"this looks like a secret, and `include-source` puts it into the package: {fact.excerpt}"
                )
                yield rule.finding(Span(path, fact.line), message, "remove it, and change it")


def notes(root: Path, course: Course) -> Iterator[str]:
    """What an author has to know of a package that carries its source."""
    if not course.settings.include_source:
        return
    yield (
        "The packages carry their source: who can open their files reads every answer, hint and comment in "
        "it. `coursepack inspect PACKAGE --extract FOLDER` gives it back."
    )
    unused = left_out(root, course)
    if unused:
        more = f" and {len(unused) - NAMED_MAX} more" if len(unused) > NAMED_MAX else ""
        yield f"No step shows these files, so they are not in it: {', '.join(unused[:NAMED_MAX])}{more}."
