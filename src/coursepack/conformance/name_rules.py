"""The names in the zip: safe, portable, each once, and nothing that does not belong there (P03 to P07)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from coursepack.conformance.rules import Found, package_rule
from coursepack.conformance.view import PackageView
from coursepack.filenames import RUN_BY_SERVERS, is_reserved

PATH_MAX, SEGMENT_MAX = 200, 100


@package_rule("PKG-003", "unsafe-entry-name", needs="zip", breaks=("Open edX before 18.0.2: backslashes",))
def unsafe_entry_name(view: PackageView) -> Iterator[Found]:
    """A name in the zip is not a plain relative path, or is there twice.

    Absolute names, `..`, drive letters, backslashes and control characters are refused, dropped or unpacked
    to a wrong place; of two equal names one file is lost.

    How to fix: use plain relative names with forward slashes, each once.
    """
    for name, count in Counter(entry.name for entry in view.entries).items():
        wrong = unsafe(name)
        if wrong:
            yield Found(f"the name {name[:200]!r} {wrong}", "use relative names with forward slashes", name)
        if count > 1:
            yield Found(f"`{name}` is in the zip {count} times", "keep one of them", name)


def unsafe(name: str) -> str:
    """What makes the name unsafe to unpack, as the end of a sentence; empty when nothing does."""
    if not name:
        return "is empty"
    if re.search(r"[\x00-\x1f\x7f]", name):
        return "has a control character"
    if "\\" in name:
        return "has a backslash"
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return "is absolute"
    segments = name.rstrip("/").split("/")
    if ".." in segments:
        return "leads out of the package"
    return "has an empty or `.` segment" if "." in segments or "" in segments else ""


@package_rule(
    "PKG-004",
    "names-equal-but-for-case",
    needs="zip",
    breaks=("LMSs on Windows or macOS servers: one of the two files is lost",),
)
def names_equal_but_for_case(view: PackageView) -> Iterator[Found]:
    """Two names in the zip differ only in case, or in how their accents are encoded.

    How to fix: rename one of the two files, and mend what links to it.
    """
    seen: dict[str, str] = {}
    for name in dict.fromkeys(entry.name for entry in view.entries):
        folded = unicodedata.normalize("NFC", name).casefold().rstrip("/")
        if folded in seen and seen[folded] != name:
            yield Found(f"`{name}` and `{seen[folded]}` differ only in case", "rename one of them", name)
        seen.setdefault(folded, name)


@package_rule(
    "PKG-005",
    "name-not-ascii",
    "warning",
    needs="zip",
    breaks=("openEQUELLA: import fails (MALFORMED)", "Forma LMS: names are rewritten"),
)
def name_not_ascii(view: PackageView) -> Iterator[Found]:
    """A name in the zip has other characters than ASCII; worse, without saying that it is UTF-8 (bit 11).

    How to fix: use ASCII letters, digits, `.`, `_` and `-` in file names.
    """
    for entry in view.entries:
        if entry.raw.isascii():
            continue
        if entry.is_utf8:
            yield Found(f"`{entry.name}` is not plain ASCII", "use letters, digits, . _ and -", entry.name)
        else:
            yield Found(
                f"`{entry.name}` is not ASCII and the zip does not say how it is encoded",
                "zip again with a program that marks names as UTF-8, or rename the file",
                entry.name,
                level="error",
            )


@package_rule(
    "PKG-006",
    "name-not-portable",
    "warning",
    needs="zip",
    breaks=("LMSs on Windows servers", "Chamilo: strips ~ from names, the page stays blank"),
)
def name_not_portable(view: PackageView) -> Iterator[Found]:
    """A name in the zip cannot be used on Windows, or is very long.

    LMSs unpack below long paths of their own: keep names below 200 characters, and each part below 100.

    How to fix: rename the file, and mend what links to it.
    """
    for name in view.files:
        segments = name.split("/")
        if any(map(is_reserved, segments)):
            yield Found(f"`{name}` is a reserved name on Windows", "rename it", name)
        elif re.search(r'[:*?"<>|~]', name) and not re.match(r"[A-Za-z]:", name):
            yield Found(f"`{name}` has a character that some servers refuse", "rename it", name)
        elif any(part.endswith((".", " ")) for part in segments if part not in (".", "..")):
            yield Found(f"`{name}` has a part that ends with a dot or a blank", "rename it", name)
        elif len(name) > PATH_MAX or max(map(len, segments)) > SEGMENT_MAX:
            yield Found(f"the name `{name[:60]}…` has {len(name)} characters", "shorten it", name)


_LITTER = re.compile(
    r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.(?!htaccess$)[^./][^/]*(?:/|$))"
)


def is_litter(name: str) -> bool:
    """Whether an operating system or a program left the file there."""
    return bool(_LITTER.search(name))


@package_rule(
    "PKG-007", "file-that-lms-refuses", "warning", needs="zip", breaks=("Docebo: refuses the whole package",)
)
def file_that_lms_refuses(view: PackageView) -> Iterator[Found]:
    """The zip has files that a server would run, or that an operating system left behind.

    Docebo refuses packages with scripts such as `.php` or `.py`; others drop them without a word. Files such
    as `.DS_Store`, `Thumbs.db` and `__MACOSX/` are of no use to a learner.

    How to fix: leave the file out of the zip.
    """
    for name in view.files:
        if name.lower().endswith(RUN_BY_SERVERS):
            yield Found(f"`{name}` looks like a script for a server", "leave it out", name)
        elif is_litter(name):
            message = f"`{name}` was left there by an operating system"
            yield Found(
                message, "leave it out", name, breaks=("LMSs that drop files whose name begins with a dot",)
            )
