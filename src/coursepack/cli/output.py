"""What a build leaves on disk: the lock, each package and its upload card, the key sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coursepack.package import Part, write_files

if TYPE_CHECKING:
    from coursepack.compiler import Build
    from coursepack.handover.card import Card


def write(root: Path, output: Path, built: Build, *, with_cards: bool) -> Sequence[Card]:
    """Write all that was built, or nothing where there is no room for it; the cards that were written.

    The lock comes first: numbers that no package uses do no harm, a package with unwritten numbers would.
    A card comes right after its package, whose SHA-256 it names; without cards, old ones go, since they are
    about packages that are there no more. Raises OSError.
    """
    from coursepack.handover.card import file_names

    cards = _cards(built) if with_cards else ()
    files = {card.zip: _to_files(card) for card in cards}
    made: list[tuple[Path, bytes]] = []
    if built.lock_text is not None:
        made.append((root / "course.lock", built.lock_text.encode("utf-8")))
    for package in built.packages:
        made.append((output / package.name, package.data))
        made += [(output / part.name, part.data) for part in files.get(package.name, ())]
    made += [(output / sheet.name, sheet.data) for sheet in built.sheets]
    write_files(made)
    for package in () if with_cards else built.packages:
        for name in file_names(package.name):
            (output / name).unlink(missing_ok=True)
    return cards


def why_not(root: Path, output: Path) -> str:
    """Why packages cannot go to this folder, or nothing: the next build would read the cards as steps."""
    place = output.resolve()
    for name in ("steps", "questions"):
        inside = (root / name).resolve()
        if place == inside or inside in place.parents:
            return f"{output} is read as part of the course; choose another folder with --output"
    return ""


def _cards(built: Build) -> Sequence[Card]:
    from coursepack.handover import compose

    return compose.cards(built)


def _to_files(card: Card) -> Sequence[Part]:
    from coursepack.handover import files

    return files.to_files(card)
