"""ACC: what keeps learners out: words for pictures, heads for tables, names for links, the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursepack.diagnostics import Finding, Severity, rule
from coursepack.rules.places import clip, places
from coursepack.source import Route
from coursepack.spec.model import (
    Attributes,
    Course,
    Image,
    Link,
    LostTarget,
    Table,
    WebTarget,
    each,
    plain,
)

WARNING = Severity.WARNING
FILE_NAME = re.compile(r"^[^\s/]+\.(?:svg|png|jpe?g|gif|webp|avif|bmp|tiff?|ico)$", re.IGNORECASE)
VAGUE = frozenset(
    """
    here|click here|click|more|read more|learn more|see more|find out more|this|this link|link|this page|
    details|go|see here|hier|hier klicken|klicken sie hier|mehr|mehr lesen|weiterlesen|mehr erfahren|ici|
    cliquez ici|en savoir plus|lire la suite|aquí|haz clic aquí|haga clic aquí|leer más|más información|
    qui|clicca qui|leggi di più|klik hier|lees meer|meer lezen|aqui|clique aqui|saiba mais|här|klicka här|
    läs mer|her|klik her|læs mere|klikk her|les mer
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
"""What screen readers read out in a list of links, and what then says nothing."""
LANGUAGE = re.compile(
    r"^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?$",
    re.IGNORECASE,
)
"""The shape of a language tag: RFC 5646 (BCP 47), 2.1, without the grandfathered ones."""


@rule("ACC-001", "table-without-caption")
def table_without_caption(course: Course) -> Iterator[Finding]:
    """A table has no caption.

    The caption names the table for everyone, and is what a screen reader says when it lists the tables.

    How to fix: write it in a line after the table that starts with a colon: `: How the two differ`. In a
    `::: table` with its data in a file, write it between the two lines with colons.
    Clause: WCAG 2.2, 1.3.1, technique H39.
    """
    for route, table in places(course, Table):
        if not plain(table.caption):
            advice = "add a line after it, `: What the table shows`; in a `::: table` write it inside"
            yield Finding(route, "the table has no caption", advice)


@rule("ACC-002", "empty-header-cell")
def empty_header_cell(course: Course) -> Iterator[Finding]:
    """A header cell of a table is empty.

    A screen reader names the header with every cell below it or beside it; here it has nothing to say.
    The first cell of the header row may be empty.

    How to fix: write a header into the cell. With `header-column` this means each first cell of a row too.
    Clause: WCAG 2.2, 1.3.1, technique H51.
    """
    for route, table in places(course, Table):
        cells: list[tuple[Route, str]] = [
            ((*route, "header", "cells", i), plain(cell.children))
            for i, cell in enumerate(table.header.cells)
            if i > 0
        ]
        if table.header_column:
            cells += _row_headers(table, route)
        for at, words in cells:
            if not words:
                yield Finding(at, "a header cell of the table is empty", "write what the cells under it are")


def _row_headers(table: Table, route: Route) -> Iterator[tuple[Route, str]]:
    """First cells of rows; a row under a joined first cell has none of its own."""
    joined = 0
    for index, row in enumerate(table.rows):
        if joined > 0:
            joined -= 1
        elif row.cells:
            joined = row.cells[0].rowspan - 1
            yield (*route, "rows", index, "cells", 0), plain(row.cells[0].children)


@rule("ACC-004", "missing-alt")
def missing_alt(course: Course) -> Iterator[Finding]:
    """A picture has no alternative text.

    Learners who cannot see it hear nothing, or its file name. Say what the picture tells, in a sentence.

    How to fix: `![What the picture shows](media/picture.svg)`. A picture that tells nothing is marked
    `![](media/line.svg){decorative}`.
    Clause: WCAG 2.2, 1.1.1.
    """
    for route, image in places(course, Image):
        if not image.alt.strip() and not image.decorative:
            advice = "say what it shows, `![…](…)`, or mark it `{decorative}`"
            yield Finding(route, "the picture has no alternative text", advice)


@rule("ACC-005", "alt-is-file-name")
def alt_is_file_name(course: Course) -> Iterator[Finding]:
    """The alternative text of a picture is a file name.

    "DSC00123.jpg" tells nothing of what the picture shows.

    How to fix: say what the picture shows, in a sentence.
    Clause: WCAG 2.2, 1.1.1, failure F30.
    """
    for route, image in places(course, Image):
        if FILE_NAME.match(image.alt.strip()):
            message = f"the alternative text `{clip(image.alt)}` is a file name"
            yield Finding(route, message, "say what the picture shows")


@rule("ACC-006", "decorative-with-alt", WARNING)
def decorative_with_alt(course: Course) -> Iterator[Finding]:
    """A picture is marked `{decorative}` and has an alternative text too.

    Decorative pictures are passed over by screen readers, so the text would never be heard.

    How to fix: remove `{decorative}`, or the text.
    Clause: WCAG 2.2, 1.1.1, technique H67.
    """
    for route, image in places(course, Image):
        if image.decorative and image.alt.strip():
            message = "the picture is decorative and has an alternative text"
            yield Finding(route, message, "remove `{decorative}`, or the text")


@rule("ACC-008", "vague-link", WARNING)
def vague_link(course: Course) -> Iterator[Finding]:
    """The words of a link do not say where it leads.

    Many people read links on their own, in a list or from link to link. "Click here" says nothing there.

    How to fix: make the words the name of what is behind the link: `[the ward's handover sheet](…)`.
    Clause: WCAG 2.2, 2.4.4 and 2.4.9.
    """
    for route, link in places(course, Link):
        words = plain(link.children)
        if words.casefold().strip(" .…!:>→»›") in VAGUE:
            message = f"the link's words `{clip(words)}` do not say where it leads"
            yield Finding(route, message, "name what is behind the link")


@rule("ACC-009", "bare-address", WARNING)
def bare_address(course: Course) -> Iterator[Finding]:
    """A link shows its address instead of words.

    A screen reader spells the address out, sign by sign, and few readers learn anything from it.

    How to fix: `[What is behind it](https://example.org/…)`. Where learners should copy the address,
    write it as code beside the link.
    Clause: WCAG 2.2, 2.4.4.
    """
    for route, link in places(course, Link):
        words = plain(link.children)
        if isinstance(link.target, WebTarget) and re.match(r"(?:https?://|www\.)\S+$", words, re.IGNORECASE):
            yield Finding(route, "the link shows an address", "write words: `[What is behind it](…)`")


@rule("ACC-010", "language-tag")
def language_tag(course: Course) -> Iterator[Finding]:
    """A language is not written as a language tag.

    The tag tells screen readers how to pronounce the text, and browsers how to hyphenate it. It is a
    language, and where it matters a script and a region, with hyphens: `en`, `en-GB`, `zh-Hant-TW`.

    How to fix: write the tag, not the name: `de`, not `German`; `pt-BR`, not `pt_BR`.
    Clause: WCAG 2.2, 3.1.1 and 3.1.2; BCP 47 (RFC 5646), 2.1.
    """
    tags: list[tuple[Route, str]] = [(("settings", "language"), course.settings.language)]
    tags += [((*at, "lang"), one.lang) for at, one in places(course, Attributes) if one.lang]
    for route, tag in tags:
        if not _is_tag(tag):
            message = f"`{clip(tag, 40)}` is not a language tag"
            yield Finding(route, message, "write a tag such as `en`, `en-GB` or `pt-BR`")


def _is_tag(tag: str) -> bool:
    """Primary subtags of four and more letters are reserved or names such as `German`: RFC 5646, 2.2.1."""
    return bool(LANGUAGE.match(tag)) and len(tag.split("-", 1)[0]) <= 3


@rule("ACC-011", "link-without-words")
def link_without_words(course: Course) -> Iterator[Finding]:
    """A link has no words, or only a decorative picture.

    It cannot be announced: a screen reader says "link", or reads the address.

    How to fix: write the words between the brackets, or give the picture an alternative text that says
    where the link leads.
    Clause: WCAG 2.2, 2.4.4, failure F89.
    """
    for route, link in places(course, Link):
        forgotten = any(not image.alt and not image.decorative for _, image in each(link.children, Image))
        if not plain(link.children) and not forgotten and not isinstance(link.target, LostTarget):
            yield Finding(route, "the link has no words", "write where it leads between the brackets")


@rule("ACC-013", "long-alt", WARNING)
def long_alt(course: Course) -> Iterator[Finding]:
    """An alternative text has more than 250 characters.

    A screen reader reads it in one go: nobody can stop, go back or read it by line.

    How to fix: say the main point in a sentence or two, and put the rest into the text or a table, where
    everyone can read it.
    Clause: WCAG 2.2, 1.1.1, technique G92.
    """
    for route, image in places(course, Image):
        if len(image.alt) > 250:
            message = f"the alternative text has {len(image.alt)} characters"
            yield Finding(route, message, "keep the main point, and put the rest into the text")
