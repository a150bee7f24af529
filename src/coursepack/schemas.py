"""The user's store of control files: official XSDs and DTDs, harvested from packages they already have."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree
from msgspec import Struct, to_builtins

from coursepack.conformance.archive import DamagedError, open_archive
from coursepack.conformance.view import UnusableError
from coursepack.home import home as home
from coursepack.package import Part
from coursepack.spec.model import Course
from coursepack.spec.settings import Settings
from coursepack.targets import scorm12, scorm2004
from coursepack.targets.content_packaging import Profile, to_manifest
from coursepack.targets.controls import (
    EDITIONS,
    LOM_FILE,
    LOM_FOLDERS,
    NEEDED,
    SCHEMA_OF,
    Controls,
    ControlsError,
    Edition,
)

FILE_MAX, FILES_MAX = 1 << 20, 2000
"""Bytes of one control file, and how many are taken from one place: the largest set has about 60."""
VISITED_MAX = 200_000
"""Files of a folder that are looked at before the search ends."""

REPEATS_MAX = 100
"""The official schemas repeat nothing more often than this; compiling large counts can take for ever."""
_REPEATS = re.compile(rb"""(?:min|max)Occurs\s*=\s*["']\s*(\d{1,12})""")

_LOM_FILES = frozenset({"lom.xsd", "lomCustom.xsd", "lomLoose.xsd", "lomStrict.xsd"})
_NAMES = frozenset().union(*NEEDED.values(), _LOM_FILES)
_IN_FOLDER = re.compile(rf"(?:{'|'.join(LOM_FOLDERS)})[A-Za-z0-9_.\-]+\.xsd\Z")
_NAMESPACE_OF = {name: uri for uri, name in SCHEMA_OF.items()}


class Added(Struct, frozen=True):
    """A set that was stored. `has_lom` tells whether it can describe metadata."""

    edition: Edition
    files: int
    has_lom: bool
    origin: str


class Refused(Struct, frozen=True):
    """A place that holds some control files, and why they are no usable set."""

    origin: str
    why: str


class AddReport(Struct, frozen=True):
    """What `add` found. `kept` are editions whose stored set is better than the one found."""

    added: tuple[Added, ...] = ()
    kept: tuple[Edition, ...] = ()
    refused: tuple[Refused, ...] = ()

    def to_text(self) -> str:
        """One line for each thing found."""
        lines = [
            f"SCORM {item.edition}: {item.files} control files from {item.origin}" + _lom_note(item)
            for item in self.added
        ]
        lines += [f"SCORM {edition}: kept the stored set, which also has LOM" for edition in self.kept]
        lines += [f"not usable: {item.origin}: {item.why}" for item in self.refused]
        return "\n".join(lines) or "no control files there (they are named like imscp_v1p1.xsd)"

    def to_data(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "added": [to_builtins(item) for item in self.added],
            "kept": list(self.kept),
            "refused": [to_builtins(item) for item in self.refused],
        }


def _lom_note(item: Added) -> str:
    return "" if item.has_lom else " (no lom.xsd with its folders: packages will leave the metadata out)"


def load(edition: Edition) -> Controls | None:
    """The stored control files of an edition, or None when there is no complete set."""
    folder = home() / "schemas" / edition
    if not folder.is_dir():
        return None
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*") if path.is_file())
    controls = Controls(edition, tuple(Part(name, (folder / name).read_bytes()) for name in names))
    return controls if NEEDED[edition] <= set(names) else None


def validate(edition: str, manifest: bytes) -> list[tuple[int, str]]:
    """Line and message of what the stored XSDs refuse; empty when it is valid or there are none.
    Raises UnusableError when what is stored is not complete or no schema."""
    if edition not in EDITIONS or not (home() / "schemas" / edition).is_dir():
        return []
    controls = load(edition)
    if controls is None:
        raise UnusableError(f"the stored schemas of SCORM {edition} are not complete, so they were not asked")
    try:
        return controls.validate(manifest)
    except ControlsError as error:
        told = f"the stored schemas of SCORM {edition} cannot be used, so were not asked"
        raise UnusableError(f"{told}: {str(error)[:120]}") from None


def add(path: Path) -> AddReport:
    """Find control files in a package or below a folder, and store each set that is complete and works.

    A set works when our own manifest is valid against it. Nothing outside `home()` is written.
    """
    added: list[Added] = []
    kept: list[Edition] = []
    refused: list[Refused] = []
    try:
        sets = _found(path)
    except DamagedError as error:
        return AddReport(refused=(Refused(path.name, f"the zip {error}"),))
    for origin, files in sets:
        try:
            controls = _usable(files)
        except ControlsError as error:
            refused.append(Refused(origin, str(error)))
            continue
        stored = load(controls.edition)
        if stored and stored.has_lom and not controls.has_lom:
            kept.append(controls.edition)
            continue
        _store(controls)
        added.append(Added(controls.edition, len(controls.files), controls.has_lom, origin))
    return AddReport(tuple(added), tuple(kept), tuple(refused))


def _found(path: Path) -> list[tuple[str, dict[str, bytes]]]:
    """Each folder with the main schema of an edition: where it is, and its control files by name."""
    files = dict(_from_folder(path) if path.is_dir() else _from_zip(path))
    roots = sorted(
        {
            name.rpartition("/")[0]
            for name in files
            if name.rpartition("/")[2] in ("imscp_v1p1.xsd", "imscp_rootv1p1p2.xsd")
        }
    )
    found = []
    for root in roots:
        prefix = f"{root}/" if root else ""
        inside = {
            name.removeprefix(prefix): data
            for name, data in files.items()
            if name.startswith(prefix) and _is_control(name.removeprefix(prefix))
        }
        found.append((f"{path.name}/{root}".rstrip("/"), inside))
    return found


def _is_control(name: str) -> bool:
    return name in _NAMES or bool(_IN_FOLDER.match(name))


def _looks_like_control(name: str) -> bool:
    folder, _, last = name.rpartition("/")
    inner = folder.rpartition("/")[2]
    return last in _NAMES or _is_control(f"{inner}/{last}")


def _from_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    taken = 0
    for visited, path in enumerate(folder.rglob("*")):
        if visited >= VISITED_MAX or taken >= FILES_MAX:
            return
        name = path.relative_to(folder).as_posix()
        if not _looks_like_control(name) or path.is_symlink() or not path.is_file():
            continue
        if path.stat().st_size <= FILE_MAX:
            taken += 1
            yield name, path.read_bytes()


def _from_zip(path: Path) -> Iterator[tuple[str, bytes]]:
    taken = 0
    with open_archive(path) as archive:
        for entry in archive.entries:
            if taken < FILES_MAX and _looks_like_control(entry.name) and entry.size <= FILE_MAX:
                taken += 1
                yield entry.name, archive.read(entry, FILE_MAX)


def _usable(files: Mapping[str, bytes]) -> Controls:
    """The set as Controls. Raises ControlsError with the reason when it is not complete or does not work."""
    edition = _edition(files)
    missing = sorted(NEEDED[edition] - files.keys())
    if missing:
        raise ControlsError(f"SCORM {edition} also needs {', '.join(missing)}")
    for name, data in files.items():
        wanted = _NAMESPACE_OF.get(name)
        if name in NEEDED[edition] and wanted and _target(name, data) != wanted:
            raise ControlsError(f"{name} does not define {wanted}")
        if any(int(count) > REPEATS_MAX for count in _REPEATS.findall(data)):
            raise ControlsError(f"{name} repeats elements more often than an official schema does")
    mine = {name: data for name, data in files.items() if name in NEEDED[edition]}
    lom = {name: data for name, data in files.items() if name not in NEEDED[edition] and edition != "1.2"}
    for attempt in ({**mine, **lom}, mine) if LOM_FILE in lom else (mine,):
        controls = Controls(edition, tuple(Part(name, attempt[name]) for name in sorted(attempt)))
        problem = _problem(controls)
        if not problem and (controls.has_lom or attempt is mine):
            return controls
    raise ControlsError(f"our manifest is not valid against it: {problem}")


def _problem(controls: Controls) -> str:
    """What speaks against the set: why it cannot be compiled, or what it refuses in a manifest of ours."""
    try:
        errors = controls.validate(to_manifest(_profile(controls.edition), _sample(), [], controls))
    except ControlsError as error:
        return str(error)
    return errors[0][1] if errors else ""


def _profile(edition: Edition) -> Profile:
    return {"1.2": scorm12.PROFILE, "2004-3": scorm2004.THIRD, "2004-4": scorm2004.FOURTH}[edition]


def _sample() -> Course:
    """A course that makes a manifest use all that our manifests ever use."""
    settings = {
        "spec": 1,
        "id": "https://example.org/course",
        "title": "Course",
        "language": "en-GB",
        "description": "Words",
        "authors": ["Author"],
        "rights": "Rights",
        "keywords": ["word"],
        "pass": {"score": "80%", "report-mastery": True},
    }
    return Course(Settings.model_validate(settings), ())


def _edition(files: Mapping[str, bytes]) -> Edition:
    """The edition by what its schemas declare: 4th knows `completedByMeasure`, 1st and 2nd `persistState`."""
    if "imscp_rootv1p1p2.xsd" in files:
        return "1.2"
    declared = _declared(files.get("adlcp_v1p3.xsd", b""))
    if "persistState" in declared:
        raise ControlsError("these are the files of SCORM 2004 1st or 2nd Edition")
    return "2004-4" if "completedByMeasure" in declared else "2004-3"


def _parse(data: bytes) -> etree._Element | None:
    """The schema's root: entities stay unread, no DTD is loaded, nothing comes from the network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _declared(data: bytes) -> set[str]:
    root = _parse(data)
    return set() if root is None else {str(node.get("name")) for node in root.iter(etree.Element)}


def _target(name: str, data: bytes) -> str:
    root = _parse(data)
    if root is None:
        raise ControlsError(f"{name} is not well-formed XML")
    return str(root.get("targetNamespace") or "")


def _store(controls: Controls) -> None:
    """Replace the edition's stored set by this one, whole or not at all."""
    parent = home() / "schemas"
    parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=parent, prefix=".new-"))
    for part in controls.files:
        (fresh / part.name).parent.mkdir(exist_ok=True)
        (fresh / part.name).write_bytes(part.data)
    target = parent / controls.edition
    if target.exists():
        old = Path(tempfile.mkdtemp(dir=parent, prefix=".old-"))
        target.replace(old / "set")
        fresh.replace(target)
        shutil.rmtree(old, ignore_errors=True)
    else:
        fresh.replace(target)
