"""A package as it was read: entries, manifests, what each text file shows. Reading never fails, it notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from coursepack.conformance import manifest as xml
from coursepack.conformance.archive import TOTAL_MAX, Archive, DamagedError, Entry, open_archive
from coursepack.conformance.content import TEXT_ENDS, TEXT_MAX, Look, look

MANIFEST, CMI5, TINCAN = "imsmanifest.xml", "cmi5.xml", "tincan.xml"
Edition = Literal["", "12", "3", "4"]
Format = Literal["SCORM 1.2", "SCORM 2004 3rd Edition", "SCORM 2004 4th Edition", "cmi5", "TinCan", ""]
TITLES: Mapping[Edition, Format] = {
    "": "",
    "12": "SCORM 1.2",
    "3": "SCORM 2004 3rd Edition",
    "4": "SCORM 2004 4th Edition",
}

Validate = Callable[[str, bytes], list[tuple[int, str]]]
"""Edition (`1.2`, `2004-3`, `2004-4`) and manifest to line and message of what the official XSDs refuse.
Raises UnusableError when the XSDs that are kept are no schema."""


class UnusableError(ValueError):
    """Why the official XSDs cannot be asked, as the end of a sentence."""


class PackageView(Struct, frozen=True, dict=True, eq=False):
    """Everything the rules look at. Nothing in it is trusted.

    `broken` says why the zip cannot be read at all (then the rest is empty). A manifest is None when it is
    not at the root or cannot be parsed; `errors` has the reason by entry name. `looks` is what text files
    show, by entry name. `damaged` and `bombs` are entries that could not or must not be unpacked.
    """

    name: str
    size: int
    broken: str = ""
    is_bare: bool = False
    entries: tuple[Entry, ...] = ()
    zip64: bool = False
    oddities: tuple[tuple[str, str], ...] = ()
    damaged: tuple[tuple[str, str], ...] = ()
    bombs: tuple[str, ...] = ()
    manifest: xml.Document | None = None
    cmi5: xml.Document | None = None
    tincan: xml.Document | None = None
    errors: Mapping[str, xml.XmlError] = field(default_factory=dict)
    texts: Mapping[str, bytes] = field(default_factory=dict)
    """The manifests and other small XML files at hand, as bytes."""
    looks: Mapping[str, Look] = field(default_factory=dict)
    edition: Edition = ""
    schema_errors: tuple[tuple[int, str], ...] = ()
    unasked: str = ""
    """Why the official XSDs could not be asked."""
    ours: bool = False
    our_site: bool = False
    reference: PackageView | None = None

    @cached_property
    def files(self) -> dict[str, Entry]:
        """Entries that are not folders, by name; of equal names the last."""
        return {entry.name: entry for entry in self.entries if not entry.is_folder}

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {unquote(name).casefold(): name for name in reversed(self.files)}

    def near(self, name: str) -> str:
        """The entry that differs from `name` only in case or percent-encoding, or empty."""
        return self._folded.get(unquote(name).casefold(), "")

    @cached_property
    def resources(self) -> dict[str, etree._Element]:
        """The resources of the manifest and of those in it by identifier; of equal ones the first."""
        found: dict[str, etree._Element] = {}
        for resource in xml.resources(self.manifest.root) if self.manifest else ():
            found.setdefault(xml.get(resource, "identifier") or "", resource)
        return found

    @cached_property
    def submanifests(self) -> set[str]:
        """The identifiers of the manifests inside the manifest, which an item may refer to."""
        top = self.manifest.root if self.manifest else None
        inner = () if top is None else top.iterdescendants(f"{{{xml.namespace(top)}}}manifest")
        return {xml.get(each, "identifier") or "" for each in inner}

    @property
    def formats(self) -> tuple[Format, ...]:
        """The formats whose manifest is at the root, SCORM first."""
        found: list[Format] = [TITLES[self.edition]] if self.manifest is not None and self.edition else []
        found += ["cmi5"] if self.cmi5 is not None else []
        found += ["TinCan"] if self.tincan is not None else []
        return tuple(found)

    @property
    def unpacked(self) -> int:
        return sum(entry.size for entry in self.entries)


def read_package(source: bytes | Path, name: str = "", validate: Validate | None = None) -> PackageView:
    """Read a package, ours or anyone's. Bounded in time and memory; never raises on what is in the file.

    Raises OSError when the file itself cannot be read.
    """
    name = name or (source.name if isinstance(source, Path) else "package.zip")
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    bare = _read_bare(source, name, size)
    if bare:
        return bare
    try:
        with open_archive(source) as archive:
            return _validated(_read(archive, PackageView(name, size)), validate)
    except DamagedError as error:
        return PackageView(name, size, broken=str(error))


def _read_bare(source: bytes | Path, name: str, size: int) -> PackageView | None:
    """A cmi5 course structure or a TinCan list of activities, which may come without a zip (cmi5 §14)."""
    if not name.lower().endswith(".xml") or size > xml.MANIFEST_MAX:
        return None
    data = source if isinstance(source, bytes) else source.read_bytes()
    view = PackageView(name, size, is_bare=True, texts={CMI5: data})
    try:
        document = xml.parse_xml(data)
    except xml.XmlError as error:
        return replace(view, errors={CMI5: error})
    if xml.local(document.root) == "tincan":
        return replace(view, tincan=document, texts={TINCAN: data})
    return replace(view, cmi5=document)


def _read(archive: Archive, view: PackageView) -> PackageView:
    view = replace(view, entries=archive.entries, zip64=archive.zip64, oddities=tuple(archive.oddities))
    odd = {name for name, _ in archive.oddities}
    damaged: list[tuple[str, str]] = []
    bombs: list[str] = []
    looks: dict[str, Look] = {}
    texts: dict[str, bytes] = {}
    budget, kept = TOTAL_MAX, xml.MANIFEST_MAX * 2
    for entry in archive.entries:
        budget -= entry.size
        if entry.is_bomb or budget < 0:
            bombs.append(entry.name)
            continue
        if entry.name in odd:
            continue
        try:
            data = _unpacked(archive, entry)
        except DamagedError as error:
            damaged.append((entry.name, str(error)))
            continue
        if data is None:
            continue
        looks[entry.name] = look(entry.name, data)
        if entry.name.lower().endswith(".xml") and len(data) <= kept:
            texts[entry.name] = data
            kept -= len(data)
    view = replace(view, damaged=tuple(damaged), bombs=tuple(bombs), looks=looks, texts=texts)
    return _parsed(view)


def _unpacked(archive: Archive, entry: Entry) -> bytes | None:
    """The start of a text file; None for any other entry, which is unpacked and checked all the same."""
    is_text = entry.name.lower().endswith(TEXT_ENDS)
    limit = xml.MANIFEST_MAX if entry.name in (MANIFEST, CMI5, TINCAN) else TEXT_MAX + 1
    kept: list[bytes] = []
    have = 0
    for chunk in archive.unpack(entry):
        if is_text and have < limit:
            kept.append(chunk[: limit - have])
            have += len(kept[-1])
    return b"".join(kept) if is_text else None


def _parsed(view: PackageView) -> PackageView:
    found: dict[str, xml.Document] = {}
    errors: dict[str, xml.XmlError] = {}
    files = view.files
    for name in (MANIFEST, CMI5, TINCAN):
        if name not in view.texts:
            continue
        try:
            if files[name].size > xml.MANIFEST_MAX:
                raise xml.XmlError(f"is larger than {xml.MANIFEST_MAX >> 20} MB")
            found[name] = xml.parse_xml(view.texts[name])
        except xml.XmlError as error:
            errors[name] = error
    document = found.get(MANIFEST)
    return replace(
        view,
        manifest=document,
        cmi5=found.get(CMI5),
        tincan=found.get(TINCAN),
        errors=errors,
        edition=_edition(document) if document else "",
    )


def _validated(view: PackageView, validate: Validate | None) -> PackageView:
    if validate is None or view.manifest is None or not view.edition:
        return view
    edition = {"12": "1.2", "3": "2004-3", "4": "2004-4"}[view.edition]
    try:
        return replace(view, schema_errors=tuple(validate(edition, view.texts[MANIFEST])))
    except UnusableError as error:
        return replace(view, unasked=str(error))


def version_of(document: xml.Document) -> str | None:
    """The text of `schemaversion` as it is written, or None."""
    described = xml.child(document.root, "metadata")
    version = xml.child(described, "schemaversion") if described is not None else None
    return None if version is None else xml.text(version)


def is_other_content(document: xml.Document) -> bool:
    """Whether the manifest says that it is IMS content or a Common Cartridge, and has no launch type."""
    described = xml.child(document.root, "metadata")
    schema = xml.child(described, "schema") if described is not None else None
    said = xml.text(schema).strip().lower().startswith("ims ") or "/imscc" in xml.namespace(document.root)
    return said and not any(
        str(etree.QName(name).localname).lower() == "scormtype"
        for resource in xml.resources(document.root)
        for name in resource.attrib
    )


def _edition(document: xml.Document) -> Edition:
    """The edition that the manifest means: by its version, else by its words, else by its namespace."""
    if xml.local(document.root) != "manifest" or is_other_content(document):
        return ""
    version = " ".join((version_of(document) or "").split()).lower()
    if version in ("1.2", "scorm 1.2", "1.2.0"):
        return "12"
    if "3rd" in version or version in ("cam 1.3", "1.3"):
        return "3"
    if "2004" in version or "4th" in version:
        return "4"
    return "4" if xml.namespace(document.root) == xml.CP2004 else "12"
