"""The two things that are compared: a package of any vendor, or a course folder (also as it was in git)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from coursepack.conformance import PackageView, read_package
from coursepack.conformance.archive import DamagedError
from coursepack.inspection.mark import is_ours
from coursepack.inspection.ours import Built, NotOursError, read_built
from coursepack.inspection.tree import Node, tree
from coursepack.inspection.zipped import reading
from coursepack.source import Sources

Key = tuple[str, str]
"""Kind (`step`, `quiz`, `question`, `reflection`, `settings`) and id."""


class SideError(ValueError):
    """Why a side cannot be compared, as a sentence without its stop."""


class Side(Struct, frozen=True, dict=True):
    """One side: a package, or what a folder comes to as one. `built` is None for other vendors' packages.

    `ids` are the identifiers by which LMSs match what is there already: items, units or activities, in order.
    `files` maps each file to its CRC-32 and size. `places` and `sources` are a folder's.
    """

    label: str
    target: str
    ids: tuple[str, ...]
    built: Built | None
    view: PackageView
    nodes: tuple[Node, ...] = ()
    files: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    places: Mapping[Key, str] = field(default_factory=dict)
    sources: Sources | None = None
    has_lock: bool = True

    @property
    def format(self) -> str:
        """What people call the target."""
        return next((title for title, target in TARGETS.items() if target == self.target), "a web site")

    def place(self, kind: str, id: str) -> str:  # noqa: A002
        """File and line of a thing, or nothing."""
        return self.places.get((kind, id), "")


TARGETS = {
    "SCORM 1.2": "scorm12",
    "SCORM 2004 3rd Edition": "scorm2004-3",
    "SCORM 2004 4th Edition": "scorm2004-4",
}
TARGETS |= {"cmi5": "cmi5", "TinCan": "xapi"}


def from_package(path: Path) -> Side:
    """A package of any vendor. Raises SideError when it cannot be read, OSError."""
    return _read(path, str(path))


def from_folder(root: Path, label: str, target: str) -> Side:
    """A course folder, built in memory for the target, or else its own first. Raises SideError, OSError."""
    from coursepack import compiler, lock
    from coursepack.difference.places import places

    checked = compiler.check(root) if not target else None
    course = checked.course if checked else None
    built = compiler.build(root, [course.settings.targets[0] if course else target or "web"])
    if not built.packages:
        first = next((item.message for item in built.checked.diagnostics if item.stops), "it cannot be read")
        raise SideError(f"the course in {label} has errors ({first}): run `coursepack check`")
    side = _read(built.packages[0].data, label)
    course, sources = built.checked.course, built.checked.sources
    assert course is not None
    return replace(
        side, places=places(course, sources), sources=sources, has_lock=lock.load_lock(root) is not None
    )


def _read(source: bytes | Path, label: str) -> Side:
    view = read_package(source, Path(label).name)
    if view.broken:
        raise SideError(f"{label} {view.broken}")
    built: Built | None = None
    if not view.is_bare:
        try:
            with reading(source) as (_, read):
                built = read_built(read) if is_ours(read) else None
        except (NotOursError, DamagedError) as error:
            raise SideError(f"{label} {error}") from None
    nodes = tree(view)
    formats = view.formats
    target = TARGETS.get(formats[0], "") if formats else ("web" if built else "")
    if not target:
        raise SideError(f"{label} is no package that an LMS knows: see `coursepack validate`")
    return Side(
        label,
        target,
        tuple(node.id for node in nodes if node.launch) or ((built.config["course"]["id"],) if built else ()),
        built,
        view,
        nodes,
        {name: (entry.crc, entry.size) for name, entry in view.files.items()},
    )
