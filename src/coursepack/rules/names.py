"""LIM on names: the course's id, the names of files, the list of targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from coursepack.diagnostics import Finding, Severity, rule
from coursepack.filenames import RUN_BY_SERVERS, fits
from coursepack.rules.places import clip, places
from coursepack.spec.model import Course, FileTarget

WARNING = Severity.WARNING


@rule("LIM-011", "refused-file", WARNING)
def refused_file(course: Course) -> Iterator[Finding]:
    """A linked file has an ending that LMSs refuse, because it could run on their server.

    Docebo refuses the whole package; others leave the file out and say nothing.

    How to fix: put the file into a zip and link to that, or show it as a code block.
    No standard says so; the help pages of Docebo list the endings.
    """
    if course.settings.targets == ("web",):
        return
    for route, target in places(course, FileTarget):
        name = target.path.rsplit("/", 1)[-1].lower()
        ending = name[name.rfind(".") :] if "." in name else ""
        if ending in RUN_BY_SERVERS:
            yield Finding(
                route, f"LMSs refuse files that end in `{ending}`", "zip the file, or show it as code"
            )


@rule("LIM-012", "no-targets")
def no_targets(course: Course) -> Iterator[Finding]:
    """The list of targets is empty, so there is nothing to build.

    How to fix: name the formats: `targets: [scorm12, web]`, or leave `targets` out for the usual ones.
    """
    if not course.settings.targets:
        yield Finding(("settings", "targets"), "no target is named", "write `targets: [scorm12, web]`")


@rule("LIM-013", "target-twice", WARNING)
def target_twice(course: Course) -> Iterator[Finding]:
    """A target is named twice. It is built once.

    How to fix: remove it, or write the format that you meant.
    """
    targets = course.settings.targets
    for index, target in enumerate(targets):
        if target in targets[:index]:
            yield Finding(
                ("settings", "targets", index), f"`{target}` is named twice", "remove one of the two"
            )


@rule("LIM-014", "id-not-absolute")
def id_not_absolute(course: Course) -> Iterator[Finding]:
    """The course's id is not an absolute IRI.

    The id names the course for ever, everywhere: LMSs tell courses apart by what is made from it, and
    xAPI and cmi5 accept nothing else. It need not lead to a page.

    How to fix: write an address under a domain that is yours, without blanks:
    `https://learning.example.org/courses/first-aid`.
    Clause: RFC 3987, 2.2; cmi5 13.1.2 (publisher id).
    """
    name = course.settings.id
    if not _is_absolute(name):
        message = f"the id `{clip(name)}` is not an absolute IRI"
        advice = "write an address of yours, such as `https://learning.example.org/courses/first-aid`"
        yield Finding(("settings", "id"), message, advice)


def _is_absolute(name: str) -> bool:
    if not re.match(r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x1f\x7f]+$", name):
        return False
    if re.search(r"%(?![0-9A-Fa-f]{2})", name):
        return False
    try:
        parts = urlsplit(name)
        return bool(parts.hostname) if parts.scheme in ("http", "https") else bool(parts.netloc or parts.path)
    except ValueError:
        return False


@rule("LIM-015", "id-not-https", WARNING)
def id_not_https(course: Course) -> Iterator[Finding]:
    """The course's id is an address, but not one that starts with `https://`.

    Records are kept for years under the id, and its owner should be plain. Validators of xAPI profiles
    ask for https. A `urn:uuid:…` is fine too.

    How to fix: write `https://` and a domain that is yours, before the first upload. Afterwards keep it as
    it is and accept this finding: a new id is a new course.
    """
    name = course.settings.id
    if _is_absolute(name) and not name.lower().startswith(("https://", "urn:")):
        yield Finding(
            ("settings", "id"),
            "the id does not start with `https://`",
            "write `https://` and a domain of yours",
        )


@rule("LIM-016", "id-with-query")
def id_with_query(course: Course) -> Iterator[Finding]:
    """The course's id has a query (`?…`) or a fragment (`#…`).

    Ids of steps and questions are made by adding to it, and file names come from its last part. Both
    go wrong after a `?` or a `#`.

    How to fix: leave that part out.
    Clause: xAPI 1.0.3 Data, 2.4.4 (one id, one activity); RFC 3986, 3.
    """
    name = course.settings.id
    if _is_absolute(name) and ("?" in name or "#" in name):
        shorter = re.split(r"[?#]", name)[0]
        yield Finding(("settings", "id"), "the id has a query or a fragment", f"write `{clip(shorter)}`")


@rule("LIM-017", "id-in-two-spellings", WARNING)
def id_in_two_spellings(course: Course) -> Iterator[Finding]:
    """The course's id ends with a slash, or has capitals in its first part, up to the domain.

    Both read as the same address with and without, and an LMS compares ids letter by letter: the same
    course would be taken for two.

    How to fix: write it without the slash and in lower case, before the first upload.
    Clause: RFC 3986, 6.2.2.1.
    """
    name = course.settings.id
    if _is_absolute(name) and not re.search(r"[?#]", name):
        parts = urlsplit(name)
        shorter = name.rstrip("/")
        if parts.netloc:
            start = f"{parts.scheme}://{parts.netloc}"
            shorter = start.lower() + shorter[len(start) :]
        if shorter != name:
            yield Finding(("settings", "id"), "the id can be spelled in two ways", f"write `{clip(shorter)}`")


@rule("LIM-018", "unfit-file-name", WARNING)
def unfit_file_name(course: Course) -> Iterator[Finding]:
    """The last part of the course's id cannot be the name of a file.

    Packages are named after it, as in `first-aid-scorm12.zip`. Names that work everywhere have letters from a
    to z, digits, `-`, `_` and `.`, and are not kept by Windows (`con`, `nul`, `com1` …). Accents are taken
    away, and where nothing is left packages are called `course`: those of two such courses then have the
    same name.

    How to fix: before the first upload, end the id in a short name such as `first-aid`. Afterwards keep it
    as it is and accept this finding: a new id is a new course.
    """
    name, last, slug = course.settings.id, course.settings.last_segment, course.settings.slug
    if _is_absolute(name) and not re.search(r"[?#]", name) and not fits(last):
        said = f"`{clip(last)}` cannot be the name of a file: packages are named `{slug}`"
        yield Finding(("settings", "id"), said, "end the id in a short name such as `first-aid`")
