"""The two things that are compared: a package of any vendor, or a course folder (also as it was in git)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

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
    """One side. `built` is None for other vendors' packages; `view` is None for a folder.

    `ids` are the identifiers by which LMSs match what is there already: items, units or activities, in order.
    `files` maps each file of a package to its CRC-32 and size. `places` and `sources` are a folder's.
    """

    label: str
    target: str
    ids: tuple[str, ...]
    built: Built | None = None
    view: PackageView | None = None
    nodes: tuple[Node, ...] = ()
    files: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    places: Mapping[Key, str] = field(default_factory=dict)
    sources: Sources | None = None
    has_lock: bool = True

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
    view = read_package(path)
    if view.broken:
        raise SideError(f"{path} {view.broken}")
    built: Built | None = None
    if not view.is_bare:
        try:
            with reading(path) as (_, read):
                built = read_built(read) if is_ours(read) else None
        except (NotOursError, DamagedError) as error:
            raise SideError(f"{path} {error}") from None
    nodes = tree(view)
    formats = view.formats
    target = TARGETS.get(formats[0], "") if formats else ("web" if built else "")
    if not target:
        raise SideError(f"{path} is no package that an LMS knows: see `coursepack validate`")
    return Side(
        str(path),
        target,
        tuple(node.id for node in nodes if node.launch) or ((built.config["course"]["id"],) if built else ()),
        built,
        view,
        nodes,
        {name: (entry.crc, entry.size) for name, entry in view.files.items()},
    )


def from_folder(root: Path, label: str, target: str) -> Side:
    """A course folder, built in memory as the target would be. Raises SideError, OSError."""
    from coursepack import compiler, lock, site, state
    from coursepack.difference.places import places
    from coursepack.targets import TARGETS as KNOWN
    from coursepack.targets import cmi5
    from coursepack.targets.content_packaging import identifiers

    checked = compiler.check(root)
    course, register = checked.course, checked.register
    if course is None or register is None or checked.stops:
        first = next((item.message for item in checked.diagnostics if item.stops), "it cannot be read")
        raise SideError(f"the course in {label} has errors ({first}): run `coursepack check`")
    layout = state.layout(course, register)
    page = site.render(course, register, state.to_json(layout), state.older_json(register))
    name = target or course.settings.targets[0]
    driver = KNOWN[name].driver if name in ("scorm12", "scorm2004-3", "scorm2004-4", "web") else "web"
    parts = {part.name: part.data for part in site.to_parts(page, name, driver)}
    id_ = course.settings.id
    ids = {"cmi5": cmi5.unit_id(id_), "xapi": id_, "web": id_}
    return Side(
        label,
        name,
        (ids.get(name) or identifiers(id_).item,),
        read_built(parts.get),
        places=places(course, checked.sources),
        sources=checked.sources,
        has_lock=lock.load_lock(root) is not None,
    )
