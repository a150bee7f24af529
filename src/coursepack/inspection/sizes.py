"""How large a package is: by the endings of its files, and the largest of them."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from coursepack.conformance import PackageView
from coursepack.inspection.tree import clip

LARGEST = 10


class Kind(Struct, frozen=True):
    """All files of one ending; sizes in bytes, in the zip and unpacked."""

    ending: str
    files: int
    packed: int
    size: int


def kinds(view: PackageView) -> tuple[Kind, ...]:
    """The files by their endings, those that take most of the zip first."""
    files: Counter[str] = Counter()
    packed: Counter[str] = Counter()
    size: Counter[str] = Counter()
    for name, entry in view.files.items():
        ending = _ending(name)
        files[ending] += 1
        packed[ending] += entry.packed
        size[ending] += entry.size
    found = [Kind(ending, files[ending], packed[ending], size[ending]) for ending in files]
    return tuple(sorted(found, key=lambda kind: (-kind.packed, kind.ending)))


def _ending(name: str) -> str:
    _, dot, ending = name.rpartition("/")[2].rpartition(".")
    return ending.lower()[:12] if dot else "(none)"


def largest(view: PackageView) -> tuple[tuple[str, int, int], ...]:
    """Name, size in the zip and unpacked size of the files that take most of the zip."""
    found = sorted(view.files.values(), key=lambda entry: (-entry.packed, entry.name))[:LARGEST]
    return tuple((clip(entry.name), entry.packed, entry.size) for entry in found)
