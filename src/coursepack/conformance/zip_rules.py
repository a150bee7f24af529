"""The zip itself: structure, size, where the manifest lies (P01, P02, P42)."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.conformance import manifest as xml
from coursepack.conformance.packaging import address, resources
from coursepack.conformance.rules import Found, Level, package_rule
from coursepack.conformance.view import CMI5, MANIFEST, TINCAN, PackageView
from coursepack.package import EPOCH

AGAIN = "zip the folder again with an ordinary program"
WHOLE = f"copy or download it again; if that does not help, {AGAIN}"
ENTRIES_NOTED, SIZE_NOTED = 5000, 100 << 20


_ZIP64_BREAKS = ("importers that know only the zip version that SCORM asks for",)


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
        if view.zip64 and (view.tincan is None or view.manifest is not None):
            level: Level = "warning" if view.edition == "12" else "error"
            yield Found("the zip uses ZIP64 records", AGAIN, level=level, breaks=_ZIP64_BREAKS)


def unreadable(view: PackageView) -> Iterator[Found]:
    """Whatever keeps the zip or one of its entries from being unpacked."""
    if view.broken:
        yield Found(f"the file {view.broken}", WHOLE)
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
    """`imsmanifest.xml` is not at the root of the zip, exactly so spelt, or there is a second one.

    Moodle refuses such a package; Open edX looks into folders and plays it, so the two will disagree. The
    usual cause is that the folder was zipped instead of what is in it. (Our web packages need none.)

    How to fix: zip what is in the folder, not the folder itself, and keep the name `imsmanifest.xml`.
    """
    if view.broken:
        return
    if {MANIFEST, CMI5, TINCAN} & view.files.keys():
        yield from _second_manifests(view)
        return
    if (view.ours or view.our_site) and "index.html" in view.files:
        return
    places = [name for name in view.files if name.rpartition("/")[2].lower() in (MANIFEST, CMI5, TINCAN)]
    if is_aicc(view):
        what = "the zip is an AICC package: some LMSs take those, and nothing of it is checked here"
        yield Found(what, _instead(view), level="warning", breaks=("LMSs without AICC, such as Open edX",))
    elif not places:
        yield Found("the zip has no imsmanifest.xml, cmi5.xml or tincan.xml", _instead(view))
    for name in places:
        if name.rpartition("/")[2].lower() != MANIFEST:
            continue
        if "/" in name:
            yield Found(
                f"the manifest is in a folder: `{name}`", "zip what is in the folder, not the folder", name
            )
        else:
            yield Found(f"the manifest is called `{name}`", f"rename it to {MANIFEST}", name)


def is_aicc(view: PackageView) -> bool:
    """Whether the zip has the files of an AICC course, and no other format's manifest."""
    endings = {name.lower().rpartition(".")[2] for name in view.files}
    return {"au", "crs"} <= endings and not {MANIFEST, CMI5, TINCAN} & view.files.keys()


def _instead(view: PackageView) -> str:
    """What to do with a zip that has no manifest, by what else is in it."""
    if "h5p.json" in view.files:
        return "it is H5P content: add it to the LMS as H5P, or export the course as SCORM"
    if "moodle_backup.xml" in view.files:
        return "it is the backup of a Moodle course: restore it in Moodle"
    inside = next((name for name in view.files if name.lower().endswith(_ARCHIVES)), "")
    if inside:
        return f"`{inside}` may be the package: give that one"
    return "export the course as a SCORM, cmi5 or xAPI package"


_ARCHIVES = (".zip", ".7z", ".rar", ".tgz", ".tar.gz")


def _second_manifests(view: PackageView) -> Iterator[Found]:
    """Manifests beside the one at the root, except those that it lists as files."""
    if view.manifest is None:
        return
    addresses = [address(file) for resource in resources(view) for file in xml.children(resource, "file")]
    listed = {found.path for found in addresses if found} | {MANIFEST}
    for name in view.files:
        if name.rpartition("/")[2].lower() == MANIFEST and name not in listed:
            yield Found(
                f"there is another manifest: `{name}`; LMSs read the one at the root",
                "leave it out, or make a package of its own of it",
                name,
                level="warning",
            )


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


@package_rule("PKG-111", "archive-inside", "note", needs="zip")
def archive_inside(view: PackageView) -> Iterator[Found]:
    """A file in the zip is an archive itself. It was not unpacked, so nothing is known of what is in it.

    How to fix: nothing needs mending where learners shall download it; a package in a package is not played.
    """
    for name in view.files:
        if name.lower().endswith(_ARCHIVES):
            yield Found(f"`{name}` was not looked into", "look into it yourself", name)


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
