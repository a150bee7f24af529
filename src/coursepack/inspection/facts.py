"""What a package is, for a person: read once, told as text, as JSON or as a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from coursepack.conformance import PackageFinding, PackageView, check_view, read_package
from coursepack.conformance import manifest as xml
from coursepack.conformance.archive import DamagedError
from coursepack.conformance.view import version_of
from coursepack.inspection.expectations import expectations
from coursepack.inspection.extract import Source, read_source
from coursepack.inspection.mark import Read, is_ours
from coursepack.inspection.readings import Reading, differing, disagreement, readings
from coursepack.inspection.sizes import Kind, kinds, largest
from coursepack.inspection.tools import made_with
from coursepack.inspection.tree import Node, clip, tree
from coursepack.inspection.zipped import reading

if TYPE_CHECKING:
    from coursepack.inspection.keys import KeyRow
    from coursepack.inspection.ours import Built

CHUNK = 1 << 20


class Ours(Struct, frozen=True):
    """What only a package of ours tells. `damage` says why it could not be read."""

    course: str = ""
    id: str = ""
    version: str = ""
    language: str = ""
    steps: int = 0
    rules: tuple[str, ...] = ()
    keys: tuple[KeyRow, ...] = ()
    source: Source | None = None
    damage: str = ""


class Facts(Struct, frozen=True, dict=True):
    """Everything that is told of one package. `metadata` holds name and text of what describes the course.

    `readings` says what each LMS takes it for, `disagreement` and `differ` in sentences where they part.
    """

    name: str
    size: int
    sha256: str
    formats: tuple[str, ...]
    schemaversion: str
    readings: tuple[Reading, ...]
    disagreement: str
    differ: tuple[str, ...]
    tree: tuple[Node, ...]
    metadata: tuple[tuple[str, str], ...]
    kinds: tuple[Kind, ...]
    largest: tuple[tuple[str, int, int], ...]
    files: int
    made_with: tuple[str, ...]
    expect: tuple[str, ...]
    findings: tuple[PackageFinding, ...]
    broken: str = ""
    ours: Ours | None = None

    @property
    def stops(self) -> bool:
        """Whether something in it keeps it from being taken for a package."""
        return any(item.stops for item in self.findings)

    @property
    def title(self) -> str:
        """The course's title: of our own script, else of the tree, else the file's name."""
        if self.ours and self.ours.course:
            return self.ours.course
        titles = [node.title for node in sorted(self.tree, key=lambda node: not node.default) if node.title]
        return titles[0] if titles else self.name


def inspect(path: Path) -> Facts:
    """Read a package. Raises OSError when the file cannot be read, never for what is in it."""
    view = read_package(path)
    digest = _sha256(path)
    tools: tuple[str, ...] = ()
    own: Ours | None = None
    built: Built | None = None
    if not view.is_bare and not view.broken:
        try:
            with reading(path) as (_, read):
                tools = made_with(view, read)
                if is_ours(read):
                    own, built = _ours(view, read)
        except DamagedError:
            tools = ()
    return Facts(
        name=path.name,
        size=view.size,
        sha256=digest,
        formats=tuple(view.formats),
        schemaversion=clip(version_of(view.manifest) or "") if view.manifest is not None else "",
        readings=readings(view),
        disagreement=disagreement(view),
        differ=tuple(differing(view)),
        tree=tree(view),
        metadata=tuple(metadata(view)),
        kinds=kinds(view),
        largest=largest(view),
        files=len(view.files),
        made_with=tools,
        expect=tuple(expectations(view, built)),
        findings=tuple(check_view(view, our_site=own is not None and not view.formats and not view.errors)),
        broken=view.broken,
        ours=own,
    )


def _ours(view: PackageView, read: Read) -> tuple[Ours, Built | None]:
    from coursepack.inspection.keys import keys
    from coursepack.inspection.ours import NotOursError, read_built
    from coursepack.inspection.standings import rules_in_words

    try:
        built = read_built(read)
    except NotOursError as error:
        return Ours(damage=str(error)), None
    course = built.config["course"]
    told = Ours(
        clip(course["title"]),
        clip(course["id"]),
        clip(course["version"]),
        clip(course["language"]),
        len(built.config["steps"]),
        tuple(rules_in_words(built.config)),
        tuple(keys(built)),
        read_source(tuple(view.files), read),
    )
    return told, built


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


# --- metadata -----------------------------------------------------------------------------------------

_TOLD = ("title", "description", "keyword", "language", "version", "typicalLearningTime")
METADATA_MAX = 2000


def metadata(view: PackageView) -> Iterator[tuple[str, str]]:
    """What the manifest says of the whole course, in LOM of either binding."""
    if view.manifest is None:
        return
    described = xml.child(view.manifest.root, "metadata")
    lom = next(described.iter("{*}lom"), None) if described is not None else None
    for count, element in enumerate(lom.iter(etree.Element) if lom is not None else ()):
        if count > METADATA_MAX:
            return
        text = clip(" ".join(str(each) for each in element.itertext()))
        parent = element.getparent()
        inside = xml.local(parent) if parent is not None else ""
        if xml.local(element) in _TOLD and text:
            yield "rights" if inside == "rights" else xml.local(element), text
