"""An upload card as data: sections of sentences and tables, the same for HTML and for Markdown."""

from __future__ import annotations

from msgspec import Struct


class Said(Struct, frozen=True):
    """The course's own words: they have its language, and nothing in them is mark-up."""

    text: str


class Exact(Struct, frozen=True):
    """What has to be taken sign by sign: a file name, a hash, an identifier, a response as reported."""

    text: str


Cell = str | Said | Exact
"""A plain string is the tool's own sentence; what stands between backticks in it is exact."""


class Table(Struct, frozen=True):
    """The first cell of each row heads it."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Section(Struct, frozen=True):
    """`said` are paragraphs, then `steps` (numbered), `points`, tables. `closed`: shown on request."""

    key: str
    title: str
    said: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    closed: bool = False


class Card(Struct, frozen=True):
    """One package's card. `zip` is the package's file name, `warning` stands at the card's head."""

    target: str
    zip: str
    sha256: str
    title: str
    language: str
    warning: str
    sections: tuple[Section, ...]


def file_names(package: str) -> tuple[str, str]:
    """The cards of `<slug>-<target>.zip`: `<slug>-<target>-upload`, as HTML and as Markdown."""
    stem = f"{package.removesuffix('.zip')}-upload"
    return f"{stem}.html", f"{stem}.md"
