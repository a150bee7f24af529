"""Inline text to the model: tokens to words, links, pictures, footnote marks and gaps."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it.token import Token
from msgspec import Struct, field

from coursepack.source import Route
from coursepack.spec import model
from coursepack.spec.attributes import (
    BRACES,
    OUTER,
    Kind,
    flag,
    looks_like_attributes,
    parse_attributes,
    take,
    take_classes,
    take_id,
)
from coursepack.spec.lookalikes import report_lookalikes
from coursepack.spec.markdown import reader
from coursepack.spec.page import Page, Piece
from coursepack.spec.shape import TOO_DEEP, clip
from coursepack.spec.shape_content import ATTRIBUTE_SYNTAX, DROPPED, EMPTY_ANSWER, FOOTNOTE

DEEPEST = 20
_MARKUP = re.compile(r"[\\`*_\[!<&^\n]")
"""What inline parsing can change; most labels and cells have none of it."""
_IMAGE: dict[str, Kind] = {**OUTER, "decorative": flag}


def split_attributes(piece: Piece, words: tuple[str, ...] = ()) -> tuple[Piece, tuple[str, int] | None]:
    """Take trailing `{…}` off a block's text: the rest, and the braces with their offset."""
    text = piece.words.rstrip()
    if not text.endswith("}"):
        return piece, None
    for found in BRACES.finditer(text):
        before = text[: found.start()]
        stands_free = not before or before[-1].isspace()
        if found.end() == len(text) and stands_free and looks_like_attributes(found[0], words):
            at = piece.start + found.start()
            return piece.part(piece.start, piece.start + len(before.rstrip())), (found[0], at)
    return piece, None


class _Frame(Struct):
    """An open emphasis, link or span. `route` leads to its children."""

    token: Token | None
    route: Route
    made: list[model.Inline] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class _Builder(Struct):
    page: Page
    piece: Piece
    frames: list[_Frame]
    skipped: int = 0

    @property
    def top(self) -> _Frame:
        return self.frames[-1]

    def flush(self) -> None:
        if words := "".join(self.top.text):
            self.top.made.append(model.Text(words))
        self.top.text.clear()

    def next_route(self) -> Route:
        self.flush()
        return (*self.top.route, len(self.top.made))

    def put(self, inline: model.Inline) -> None:
        self.flush()
        self.top.made.append(inline)

    def at(self, token: Token) -> int:
        return int(token.meta["at"]) + self.piece.start

    def mark(self, token: Token, route: Route) -> None:
        width = int(token.meta["end"]) - int(token.meta["at"])
        self.page.mark(route, self.page.span(self.piece, self.at(token), width))

    def open(self, token: Token) -> None:
        if len(self.frames) > DEEPEST:
            if not self.skipped:
                span = self.page.span(self.piece, self.piece.start, self.piece.stop - self.piece.start)
                message = f"emphasis and links are nested more than {DEEPEST} deep here"
                self.page.report(TOO_DEEP, span, message, "nest less")
            self.skipped += 1
            return
        route = self.next_route()
        if "at" in token.meta:
            self.mark(token, route)
        self.frames.append(_Frame(token, (*route, "children")))

    def close(self) -> None:
        if len(self.frames) > DEEPEST and self.skipped:
            self.skipped -= 1
            return
        self.flush()
        frame = self.frames.pop()
        assert frame.token is not None  # only the bottom frame has none
        self.put(_wrapped(self, frame.token, tuple(frame.made), frame.route[:-1]))

    def attributes(self, token: Token) -> tuple[model.Attributes, dict[str, Any]] | None:
        braces = token.meta.get("braces")
        if not braces:
            return None
        kinds = _IMAGE if token.type == "image" else OUTER
        where = {"image": "a picture", "gap": "a gap"}.get(token.type, "a span")
        return read_attributes(self.page, self.piece, braces, kinds, where, self.piece.start)


def read_attributes(
    page: Page, piece: Piece, braces: tuple[str, int], kinds: Mapping[str, Kind], where: str, shift: int = 0
) -> tuple[model.Attributes, dict[str, Any]]:
    """Attributes for the page and the other values, from braces at an offset of the piece's text."""
    report = page.reporter(piece)
    marks = parse_attributes(braces[0], report, braces[1] + shift)
    values = take(marks, kinds, where, report)
    outer = model.Attributes(
        take_id(marks, report), take_classes(marks, report), values.get("lang", ""), values.get("dir", "")
    )
    return outer, values


def _wrapped(builder: _Builder, token: Token, made: model.Inlines, route: Route) -> model.Inline:
    if token.type == "em_open":
        return model.Emphasis(made)
    if token.type == "strong_open":
        return model.Strong(made)
    found = builder.attributes(token)
    if token.type == "spanned_open":
        return model.Spanned(made, found[0] if found else model.PLAIN)
    href = str(token.attrs.get("href", ""))
    target = builder.page.folder.link(href, builder.page.file)
    linked = model.Link(target, made, str(token.attrs.get("title", "")))
    return model.Spanned((linked,), found[0]) if found else linked


def build_inlines(page: Page, piece: Piece, route: Route) -> model.Inlines:
    """The inlines of a piece; `route` leads to the tuple they are put in."""
    return _build(page, piece, route, parse_inline(page, piece))


def build_paragraph(page: Page, piece: Piece, route: Route) -> model.Inlines | model.Figure:
    """The inlines of a paragraph, or a figure when it is nothing but a picture; `route` leads to it."""
    tokens = parse_inline(page, piece)
    if len(tokens) != 1 or tokens[0].type != "image":
        return _build(page, piece, (*route, "children"), tokens)
    builder = _Builder(page, piece, [_Frame(None, route)])
    picture = _image(builder, tokens[0], (*route, "image"))
    title = Piece(str(tokens[0].attrs.get("title", "")), piece.line)
    return model.Figure(picture, build_inlines(page, title, (*route, "caption")))


def parse_inline(page: Page, piece: Piece) -> list[Token]:
    if not _MARKUP.search(piece.words):
        plain = Token("text", "", 0)
        plain.content = piece.words
        return [plain] if piece.words else []
    md = reader()
    tokens: list[Token] = []
    return md.inline.parse(piece.words, md, page.env, tokens)


def _build(page: Page, piece: Piece, route: Route, tokens: Sequence[Token]) -> model.Inlines:
    builder = _Builder(page, piece, [_Frame(None, route)])
    _feed(builder, tokens)
    builder.flush()
    return tuple(builder.top.made)


def _feed(builder: _Builder, tokens: Sequence[Token]) -> None:
    for token in tokens:
        match token.type:
            case "text":
                builder.top.text.append(_clean(builder, token.content))
                report_lookalikes(builder.page, builder.piece, token.content)
            case "text_special":
                builder.top.text.append(_clean(builder, token.content))
            case "softbreak":
                builder.top.text.append(" ")
            case "hardbreak":
                builder.put(model.LineBreak())
            case "code_inline":
                builder.put(model.Code(_clean(builder, token.content)))
            case "image":
                _picture(builder, token)
            case "gap":
                _gap_inline(builder, token)
            case "note_mark":
                _note(builder, token)
            case "note_text":
                start, end = builder.at(token), int(token.meta["end"]) + builder.piece.start
                number = builder.page.notes.inline(builder.piece.part(start, end))
                builder.put(model.FootnoteReference(number))
            case _ if token.nesting > 0:
                builder.open(token)
            case _:
                builder.close()


def _clean(builder: _Builder, text: str) -> str:
    if text.isprintable():
        return text
    piece = builder.piece
    odd = next((sign for sign in text if not sign.isprintable()), "")
    found = max(piece.start, piece.text.find(odd, piece.start, piece.stop))
    return builder.page.clean(text, builder.page.span(piece, found, 1))


def _picture(builder: _Builder, token: Token) -> None:
    builder.put(_image(builder, token, builder.next_route()))
    title = str(token.attrs.get("title", ""))
    if title:
        message = f"the caption `{clip(title)}` would not be shown: the picture stands within text"
        span = builder.page.span(builder.piece, builder.at(token), 1)
        builder.page.report(DROPPED, span, message, "put the picture in a paragraph of its own")


def _image(builder: _Builder, token: Token, route: Route) -> model.Image:
    builder.mark(token, route)
    attributes, values = builder.attributes(token) or (model.PLAIN, {})
    source = builder.page.folder.media(str(token.attrs.get("src", "")), builder.page.file)
    alt = _clean(builder, _plain(token.children or ()))
    return model.Image(source, alt, bool(values.get("decorative")), attributes)


def _plain(tokens: Sequence[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(_plain(token.children or ()))
        else:
            parts.append(token.content)
    return "".join(parts)


def _note(builder: _Builder, token: Token) -> None:
    number = builder.page.notes.number(token.content)
    if number:
        builder.put(model.FootnoteReference(number))
        return
    width = int(token.meta["end"]) - int(token.meta["at"])
    span = builder.page.span(builder.piece, builder.at(token), width)
    message = f"there is no footnote `[^{clip(token.content)}]`"
    builder.page.report(FOOTNOTE, span, message, f"write a line `[^{clip(token.content)}]: …`")
    builder.top.text.append(f"[^{token.content}]")


def _gap_inline(builder: _Builder, token: Token) -> None:
    page = builder.page
    if page.gaps is None:
        builder.top.text.append(f"[[{token.content}]]")
        return
    span = page.span(builder.piece, builder.at(token), int(token.meta["end"]) - int(token.meta["at"]))
    answers = [
        " ".join(re.sub(r"\\(.)", r"\1", one).split()) for one in re.split(r"(?<!\\)\|", token.content)
    ]
    if not all(answers):
        page.report(EMPTY_ANSWER, span, "a gap has an empty answer", "write the answer between `[[` and `]]`")
    found = builder.attributes(token)
    if found and found[0] != model.Attributes(id=found[0].id):
        page.report(ATTRIBUTE_SYNTAX, span, "a gap takes an id and nothing else", "write `{#id}`")
    index = len(page.gaps)
    page.mark((*page.gap_route, index), span)
    page.gaps.append(model.ClozeGap(tuple(filter(None, answers)), found[0].id if found else ""))
    builder.put(model.Gap(index))
