"""The zip itself: structure, names, where the manifest lies (P01 to P07, P42)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from coursepack.conformance.rules import Found, Level, package_rule
from coursepack.conformance.view import CMI5, MANIFEST, TINCAN, PackageView
from coursepack.package import EPOCH

PATH_MAX, SEGMENT_MAX = 200, 100
AGAIN = "zip the folder again with an ordinary program"
ENTRIES_NOTED, SIZE_NOTED = 5000, 100 << 20


@package_rule(
    "PKG-001", "broken-zip", needs="zip", breaks=("every LMS: the upload fails or files are missing",)
)
def broken_zip(view: PackageView) -> Iterator[Found]:
    """The file is not a zip that every LMS can unpack.

    An LMS unpacks with whatever its server has. Encryption, other methods than stored and deflated, split
    archives, wrong sizes or checksums and overlapping entries make it fail, at the upload or later with a
    blank page. ZIP64 is beyond the zip version that SCORM asks for ([4-CAM] §3.2.3); it is rarely needed.

    Zip the folder again with an ordinary program.

    How to fix: zip the folder again with an ordinary program, without a password.
    """
    if view.cmi5 is None or view.manifest is not None:
        yield from unreadable(view)
        if view.zip64:
            level: Level = "warning" if view.edition == "12" else "error"
            yield Found("the zip uses ZIP64 records", AGAIN, level=level)


def unreadable(view: PackageView) -> Iterator[Found]:
    """Whatever keeps the zip or one of its entries from being unpacked."""
    if view.broken:
        yield Found(f"the file {view.broken}", AGAIN)
    for name, message in (*view.oddities, *view.damaged):
        prefix = f"`{name}` " if name else ""
        yield Found(f"{prefix}{message}", AGAIN, name)
    for entry in view.entries:
        if entry.is_symlink:
            yield Found(f"`{entry.name}` is a symbolic link", "put the file itself into the zip", entry.name)


@package_rule(
    "PKG-002",
    "manifest-not-at-root",
    needs="zip",
    breaks=("Moodle: refuses the upload (badimsmanifestlocation)", "most LMSs: no manifest found"),
)
def manifest_not_at_root(view: PackageView) -> Iterator[Found]:
    """`imsmanifest.xml` is not at the root of the zip, exactly so spelt (our web packages need none).

    Moodle refuses such a package; Open edX looks into folders and plays it, so the two will disagree. The
    usual cause is that the folder was zipped instead of what is in it.

    How to fix: zip what is in the folder, not the folder itself, and keep the name `imsmanifest.xml`.
    """
    if view.broken or {MANIFEST, CMI5, TINCAN} & view.files.keys():
        return
    if view.ours and "index.html" in view.files:
        return
    places = [name for name in view.files if name.rpartition("/")[2].lower() in (MANIFEST, CMI5, TINCAN)]
    if not places:
        yield Found(
            "the zip has no imsmanifest.xml, cmi5.xml or tincan.xml",
            "export the course as a SCORM, cmi5 or xAPI package",
        )
    for name in places:
        if name.rpartition("/")[2].lower() != MANIFEST:
            continue
        if "/" in name:
            yield Found(
                f"the manifest is in a folder: `{name}`", "zip what is in the folder, not the folder", name
            )
        else:
            yield Found(f"the manifest is called `{name}`", f"rename it to {MANIFEST}", name)


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


_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|\Z)", re.I)


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
        if any(_RESERVED.match(part) for part in segments):
            yield Found(f"`{name}` is a reserved name on Windows", "rename it", name)
        elif re.search(r'[:*?"<>|~]', name) and not re.match(r"[A-Za-z]:", name):
            yield Found(f"`{name}` has a character that some servers refuse", "rename it", name)
        elif any(part.endswith((".", " ")) for part in segments if part not in (".", "..")):
            yield Found(f"`{name}` has a part that ends with a dot or a blank", "rename it", name)
        elif len(name) > PATH_MAX or max(map(len, segments)) > SEGMENT_MAX:
            yield Found(f"the name `{name[:60]}…` has {len(name)} characters", "shorten it", name)


SERVER: tuple[str, ...] = (
    ".htaccess",
    ".phps",
    ".php5",
    ".php4",
    ".ph3",
    ".php",
    ".cgi",
    ".sh",
    ".shtml",
    ".asp",
    ".aspx",
)
SERVER += (".jsp", ".py", ".rb", ".pl")
_LITTER = re.compile(
    r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.(?!htaccess$)[^./][^/]*(?:/|$))"
)


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
        if name.lower().endswith(SERVER):
            yield Found(f"`{name}` looks like a script for a server", "leave it out", name)
        elif _LITTER.search(name):
            yield Found(f"`{name}` was left there by an operating system", "leave it out", name)


@package_rule("PKG-042", "large-package", "note", needs="zip")
def large_package(view: PackageView) -> Iterator[Found]:
    """The package is so large that LMSs may refuse it: many stop between 100 MB and 2 GB.

    Also told: packages with more than 5000 files, which take long to import.

    How to fix: make pictures, sound and video smaller, or make two courses of it.
    """
    if view.size > SIZE_NOTED:
        largest = sorted(view.entries, key=lambda entry: -entry.packed)[:3]
        names = ", ".join(f"{entry.name} ({entry.packed / 1e6:.1f} MB)" for entry in largest)
        yield Found(f"the package has {view.size / 1e6:.0f} MB; the largest files are {names}")
    if len(view.entries) > ENTRIES_NOTED:
        yield Found(f"the package has {len(view.entries)} files", "join small files where you can")


@package_rule("PKG-107", "zip-bomb", needs="zip", breaks=("every LMS: may fill the server's disk",))
def zip_bomb(view: PackageView) -> Iterator[Found]:
    """An entry would unpack to very much more than it takes in the zip. It was not unpacked.

    How to fix: leave the file out, or store it in a format that is compressed already.
    """
    for name in view.bombs:
        entry = view.files.get(name)
        size = f" to {entry.size / 1e6:.0f} MB" if entry else ""
        yield Found(f"`{name}` would unpack{size}", "leave it out", name)


@package_rule("PKG-120", "not-as-we-build", needs="zip")
def not_as_we_build(view: PackageView) -> Iterator[Found]:
    """A package that coursepack has just written is not what it promises: a fault of coursepack.

    The manifest comes first, `index.html` is at the root, all times are the same, there are no folders.

    How to fix: report it: a package of ours must never look like this.
    """
    if not view.ours or not view.entries:
        return
    first = view.entries[0].name
    if first not in (MANIFEST, CMI5, TINCAN, "index.html"):
        yield Found(f"the first entry is `{first}`", "report this", first)
    if "index.html" not in view.files:
        yield Found("there is no index.html", "report this")
    date = (EPOCH[0] - 1980) << 9 | EPOCH[1] << 5 | EPOCH[2]
    for entry in view.entries:
        if entry.is_folder or entry.time != (date, 0):
            yield Found(f"`{entry.name}` is a folder or has a time of its own", "report this", entry.name)
