"""One step: its front matter, its id, its title, its blocks and its footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from msgspec import Struct
from pydantic import Field, StrictBool

from coursepack.source import Route, Span
from coursepack.spec import model
from coursepack.spec.attributes import to_id
from coursepack.spec.blocks import build_blocks
from coursepack.spec.fields import WHOLE, Identifier, Part, Text
from coursepack.spec.inlines import build_inlines, split_attributes
from coursepack.spec.markdown import Node, new_env, parse_blocks
from coursepack.spec.page import Log, Page, Piece
from coursepack.spec.paths import Folder
from coursepack.spec.shape import FRONT_MATTER, NO_TITLE, clip
from coursepack.spec.shape_content import DROPPED, FOOTNOTE, NO_ID
from coursepack.spec.texts import read_text
from coursepack.spec.troubles import report_troubles, report_unused
from coursepack.spec.validation import validate
from coursepack.spec.yaml import parse_yaml

_NUMBER = re.compile(r"[0-9]+[-_. ]*")
_FENCE = re.compile(r"---[ \t]*$")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*$")


class StepSettings(Part):
    """The lines between `---` at the top of a step."""

    id: Identifier | None = None
    title: Text | None = None
    minutes: Annotated[int, Field(ge=0, le=100_000), WHOLE] | None = None
    required: StrictBool = True


_WANTED = {
    "minutes": "a whole number from 0 up",
    "id": "at most 64 lower-case letters, digits and hyphens",
}


class Head(Struct, frozen=True):
    """A step before its Markdown is read. `first`: the lines of front matter above it."""

    path: str
    id: str
    settings: StepSettings
    lines: Sequence[str]
    first: int
    misread: bool = False


def load_head(folder: Folder, path: str, index: int, log: Log) -> Head | None:
    """The front matter of a step's file; None where the file cannot be read (a finding)."""
    text = read_text(folder, path, log)
    if text is None:
        return None
    lines = text.split("\n")
    route: Route = ("steps", index)
    log.spans[route] = Span(path, 1)
    known = len(log.findings)
    first, settings = _front_matter(path, lines, route, log)
    misread = len(log.findings) > known
    name = settings.id or _id_of(path)
    if not name:
        message = "the step has no id, and its file name has no letters to make one from"
        log.findings.append(
            NO_ID.finding(Span(path, 1), message, "write `id: …` between `---` lines at the top")
        )
        name = f"unnamed-{index + 1}"
    return Head(path, name, settings, lines, first, misread)


def _id_of(path: str) -> str:
    stem = path.rpartition("/")[2].rpartition(".")[0]
    return to_id(_NUMBER.sub("", stem, count=1) if _NUMBER.match(stem) else stem)


def _front_matter(path: str, lines: Sequence[str], route: Route, log: Log) -> tuple[int, StepSettings]:
    if not _FENCE.match(lines[0]):
        at = next((i for i, line in enumerate(lines) if line.strip()), 0)
        if at and _FENCE.match(lines[at]):
            message = "the lines between `---` do not start on the first line, so they are text"
            log.findings.append(
                FRONT_MATTER.finding(Span(path, at + 1, 1, 3), message, "remove the empty lines above them")
            )
        return 0, StepSettings()
    end = next((i for i, line in enumerate(lines[1:], 1) if _END.match(line)), 0)
    if not end:
        message = "the lines at the top are not closed"
        log.findings.append(FRONT_MATTER.finding(Span(path, 1, 1, 3), message, "write `---` below them"))
        return 0, StepSettings()
    node, findings = parse_yaml("\n".join(lines[1:end]), path, 1)
    log.findings += findings
    if node is None:
        return end + 1, StepSettings()
    if node.kind != "map":
        if not findings:
            message = "the lines at the top are not `key: value`"
            log.findings.append(
                FRONT_MATTER.finding(node.span, message, "write `title: …`, or a blank line first")
            )
        return end + 1, StepSettings()
    found = validate(StepSettings, node, route, log, Span(path, 1), _WANTED)
    return end + 1, found or StepSettings()


def load_step(folder: Folder, head: Head, index: int, log: Log) -> model.Step:
    """The step of a head, with all that its Markdown holds."""
    route: Route = ("steps", index)
    page = Page(head.path, head.lines, folder, log, head.first, env=new_env())
    nodes, troubles = parse_blocks("\n".join(head.lines[head.first :]), page.env)
    report_troubles(page, troubles)
    _define_notes(page, nodes)
    title = head.settings.title or ""
    if not title:
        nodes, title = _title(page, nodes, route)
    if not title:
        advice = "write `title: …` between `---` lines at the top, or begin with `# …`"
        message = "the step has no title" if any(map(str.strip, head.lines)) else "the step is empty"
        if not head.misread:
            log.findings.append(NO_TITLE.finding(Span(head.path, 1), message, advice))
        title = head.id.replace("-", " ").capitalize()
    blocks = build_blocks(page, nodes, (*route, "blocks"), "step")
    footnotes = _footnotes(page, (*route, "footnotes"))
    report_unused(page)
    settings = head.settings
    return model.Step(head.id, title, head.path, blocks, footnotes, settings.minutes, settings.required)


def _title(page: Page, nodes: list[Node], route: Route) -> tuple[list[Node], str]:
    """The first `# heading` as the title, and the nodes without it."""
    for place, node in enumerate(nodes):
        if node.type == "heading" and node.meta["tag"] == "h1":
            whole = Piece(node.content, node.line)
            piece, braces = split_attributes(whole)
            if braces:
                span = page.span(whole, braces[1], len(braces[0]))
                page.report(DROPPED, span, "the title of a step takes no attributes", "remove them")
            page.mark((*route, "title"), page.line_span(node.line))
            words = model.plain(build_inlines(page, piece, (*route, "title")))
            return [*nodes[:place], *nodes[place + 1 :]], words
    return nodes, ""


def _define_notes(page: Page, nodes: Sequence[Node]) -> None:
    for node in nodes:
        if node.type == "footnote_reference":
            name = node.meta["label"]
            if not node.children:
                page.report(
                    FOOTNOTE,
                    page.line_span(node.line),
                    f"the footnote `[^{clip(name)}]` is empty",
                    "write it",
                )
            if name in page.notes.defined:
                message = f"the footnote `[^{clip(name)}]` is there twice"
                page.report(DROPPED, page.line_span(node.line), message, "remove one of the two")
            else:
                page.notes.defined[name] = node
        _define_notes(page, node.children)


def _footnotes(page: Page, route: Route) -> tuple[model.Blocks, ...]:
    """All footnotes in order of first use; a footnote may refer to further ones."""
    made: list[model.Blocks] = []
    waiting = page.notes.waiting
    while len(made) < len(waiting):
        note, at = waiting[len(made)], (*route, len(made))
        if isinstance(note, Piece):
            page.mark(at, page.span(note, note.start, note.stop - note.start))
            page.mark((*at, 0), page.log.spans[at])
            made.append((model.Paragraph(build_inlines(page, note, (*at, 0, "children"))),))
        else:
            page.mark(at, page.line_span(note.line))
            made.append(build_blocks(page, note.children, at, "prose"))
    return tuple(made)
