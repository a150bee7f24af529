"""What a build leaves on disk: the lock, each package and its upload card, the key sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coursepack.package import Part, write_file

if TYPE_CHECKING:
    from coursepack.compiler import Build
    from coursepack.handover.card import Card


def write(root: Path, output: Path, built: Build, *, with_cards: bool) -> Sequence[Card]:
    """Write all that was built, each file whole or not at all; the cards that were written.

    The lock comes first: numbers that no package uses do no harm, a package with unwritten numbers would.
    A card comes right after its package, whose SHA-256 it names; without cards, old ones go, since they are
    about packages that are there no more. Raises OSError.
    """
    from coursepack.handover.card import file_names

    cards = _cards(built) if with_cards else ()
    files = {card.zip: _to_files(card) for card in cards}
    if built.lock_text is not None:
        write_file(root / "course.lock", built.lock_text.encode("utf-8"))
    for package in built.packages:
        write_file(output / package.name, package.data)
        for part in files.get(package.name, ()):
            write_file(output / part.name, part.data)
        for name in () if with_cards else file_names(package.name):
            (output / name).unlink(missing_ok=True)
    for sheet in built.sheets:
        write_file(output / sheet.name, sheet.data)
    return cards


def _cards(built: Build) -> Sequence[Card]:
    from coursepack.handover import compose

    return compose.cards(built)


def _to_files(card: Card) -> Sequence[Part]:
    from coursepack.handover import files

    return files.to_files(card)
