"""`::: question`: what is stem, what is answer, what is feedback, by the shape of the Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, field

from coursepack.source import Route
from coursepack.spec import containers, model
from coursepack.spec.answer_lists import ALMOST_BOX, first_text, read_list, split_pair
from coursepack.spec.answers import SETTINGS, Draft, to_answer
from coursepack.spec.attributes import Kind, to_id
from coursepack.spec.blocks import build_block, build_blocks
from coursepack.spec.boxes import head_span, read_opening
from coursepack.spec.markdown import Node
from coursepack.spec.page import Page, Piece
from coursepack.spec.shape import clip
from coursepack.spec.shape_content import (
    ANSWER_LIST,
    BAD_ATTRIBUTE,
    DROPPED,
    EMPTY_ANSWER,
    NO_ID,
    NO_STEM,
)

_LINE = re.compile(r"=(?!=)[ \t]*")
_LISTS = ("bullet_list", "ordered_list")


class _Parts(Struct):
    """The children of a question by what they are for."""

    stem: list[Node] = field(default_factory=list)
    answers: list[Node] = field(default_factory=list)
    lines: list[Piece] = field(default_factory=list)
    always: Sequence[Node] = ()
    named: dict[str, list[Node]] = field(default_factory=lambda: {name: [] for name in containers.PARTS})


def build_question(page: Page, node: Node, route: Route, *, in_quiz: bool) -> model.Question | None:
    """A question; None where its answers are of no known shape (a finding)."""
    known = len(page.log.findings)
    _, values = read_opening(page, node, SETTINGS, "a question", route)
    misread = page.misread(known)
    name = required_id(page, node, "question", SETTINGS)
    if in_quiz and "attempts" in values and values["attempts"] is None:
        span = page.log.spans.get((*route, "attempts"), head_span(page, node))
        page.report(
            BAD_ATTRIBUTE, span, "attempts in a quiz are counted, so they need a number", "write a number"
        )
    kind = values.get("type", "")
    parts = _sort(page, node.children, kind)
    draft = Draft(page, route, head_span(page, node), values, extent=(node.line + 1, node.end))
    stem = build_stem(page, parts.stem, route, draft, gaps=kind in ("", "cloze"))
    if not stem:
        page.report(NO_STEM, draft.span, "the question asks nothing", "write the question above its answers")
    at = (*route, "answer")
    for list_node in parts.answers:
        read_list(draft, list_node, kind, at)
    for piece in parts.lines:
        if not piece.words:
            page.report(
                EMPTY_ANSWER, page.line_span(piece.line), "an accepted answer is empty", "write it after `=`"
            )
        draft.add_line(piece.words, page.span(piece, piece.start, len(piece.words)))
    feedback = model.Feedback(
        build_blocks(page, parts.always, (*route, "feedback", "always"), "prose"),
        _named(page, parts, "correct", (*route, "feedback", "correct")),
        _named(page, parts, "incorrect", (*route, "feedback", "incorrect")),
    )
    hint = _named(page, parts, "hint", (*route, "hint"))
    known = len(page.log.findings)
    answer = to_answer(draft)
    if misread and answer is None:
        del page.log.findings[known:]  # the type or the answer is missing because it was refused
    return finish(draft, name, stem, answer, feedback, hint) if answer else None


def finish(
    draft: Draft,
    name: str,
    stem: model.Blocks,
    answer: model.Answer,
    feedback: model.Feedback,
    hint: model.Blocks,
) -> model.Question:
    """The question of a draft."""
    values = draft.values
    return model.Question(
        name,
        stem,
        answer,
        points=values.get("points", Decimal(1)),
        attempts=values.get("attempts"),
        shuffle=values.get("shuffle", False),
        max_length=values.get("max-length", 40),
        feedback=feedback,
        hint=hint,
    )


def build_stem(page: Page, nodes: Sequence[Node], route: Route, draft: Draft, *, gaps: bool) -> model.Blocks:
    """The stem's blocks; its gaps go into the draft."""
    page.gaps = draft.gaps if gaps else None
    page.env["gaps"] = gaps
    page.gap_route = (*route, "answer", "gaps")
    made = build_blocks(page, nodes, (*route, "stem"), "prose")
    page.gaps, page.env["gaps"] = None, False
    return made


def stem_of(page: Page, node: Node, route: Route, index: int) -> Sequence[model.Block]:
    """The prose of a question that cannot be asked, so that it is not lost from the course."""
    known = len(page.log.findings)
    made: list[model.Block] = []
    for child in node.children:
        part = child.type == "container" and child.meta["name"] in containers.PARTS
        for inner in child.children if part else [child]:
            made += build_block(page, inner, route, index + len(made), "prose")
    del page.log.findings[known:]  # reported already, when the question was read
    return made


def required_id(page: Page, node: Node, kind: str, kinds: Mapping[str, Kind]) -> str:
    """The id on an opening line; a missing one is reported and replaced by one of its line.

    A strange word alone is most likely the id without its `#`, and reported as such already.
    """
    from coursepack.spec.boxes import read_head

    known = len(page.log.findings)
    marks, _ = read_head(page, node)
    del page.log.findings[known:]  # read_opening reports them
    line = page.source_line(node.line) + 1
    if marks.id is None and not any(mark.bare and key not in kinds for key, mark in marks.values.items()):
        title = node.meta["title"]
        meant = f"{{#{to_id(title) or 'a-name-of-its-own'}}}"
        words = f"{title} {meant}" if title and "title" in kinds and not title.startswith("#") else meant
        page.report(NO_ID, head_span(page, node), f"the {kind} has no id", f"write `::: {kind} {words}`")
    return (to_id(marks.id.text) if marks.id else "") or f"unnamed-{line}"


def _named(page: Page, parts: _Parts, name: str, route: Route) -> model.Blocks:
    made: list[model.Block] = []
    for node in parts.named[name]:
        read_opening(page, node, {}, f"`{name}`", (*route, len(made)))
        for child in node.children:
            made += build_block(page, child, route, len(made), "prose")
    return tuple(made)


def _sort(page: Page, children: Sequence[Node], kind: str) -> _Parts:
    parts = _Parts()
    body: list[Node] = []
    for child in children:
        if child.type == "container" and child.meta["name"] in parts.named:
            parts.named[child.meta["name"]].append(child)
        elif child.type == "footnote_reference":
            continue
        else:
            body.append(child)
    if len(body) > 1 and body[-1].type == "blockquote":
        parts.always = body.pop().children
    typed = kind in ("", "fill-in", "numeric")
    quoted = False
    last_list = max((i for i, node in enumerate(body) if node.type in _LISTS), default=-1)
    for index, node in enumerate(body):
        if node.type in _LISTS and _is_answer(node, kind, index == last_list):
            parts.answers.append(node)
        elif typed and node.type == "paragraph" and _LINE.match(_last_lines(node)):
            _cut_lines(page, node, parts)
        else:
            unknown = node.type == "container" and node.meta["name"] not in containers.NAMES
            if (parts.answers or parts.lines) and not unknown:
                _after_answers(page, node)
                quoted = quoted or node.type == "blockquote"
            parts.stem.append(node)
    if len(parts.answers) > 1 and not quoted:
        span = page.line_span(parts.answers[1].line)
        advice = "keep the answers in one list; indent the quote below an option as far as its text"
        page.report(ANSWER_LIST, span, "a second list of answers starts here", advice)
    return parts


def _after_answers(page: Page, node: Node) -> None:
    quote = node.type == "blockquote"
    message = "a quote stands among the answers" if quote else "text stands after the answers"
    advice = (
        "indent it below its option, or move it to the end"
        if quote
        else "move it above them, or into `::: correct`, `::: incorrect` or a quote at the end"
    )
    page.report(ANSWER_LIST if quote else DROPPED, page.line_span(node.line), message, advice)


def _is_answer(node: Node, kind: str, is_last: bool) -> bool:
    if kind in ("order", "likert"):
        return is_last
    firsts = [first_text(item) for item in node.children]
    if any(ALMOST_BOX.match(text) for text in firsts):
        return True
    return kind in ("", "matching") and any(split_pair(text) for text in firsts)


def _last_lines(node: Node) -> str:
    """A paragraph from its first line that starts with `=`."""
    lines = node.content.split("\n")
    start = next((i for i, line in enumerate(lines) if _LINE.match(line.lstrip())), len(lines))
    return "\n".join(lines[start:]).lstrip()


def _cut_lines(page: Page, node: Node, parts: _Parts) -> None:
    """Take the `= answer` lines off a paragraph; what is above them is stem."""
    lines = node.content.split("\n")
    start = next(i for i, line in enumerate(lines) if _LINE.match(line.lstrip()))
    if start:
        above = "\n".join(lines[:start])
        parts.stem.append(Node("paragraph", node.line, node.line + start, above, meta=node.meta))
    for offset, line in enumerate(lines[start:], start):
        found = _LINE.match(line.lstrip())
        if found:
            lead = len(line) - len(line.lstrip()) + found.end()
            parts.lines.append(Piece(line.rstrip(), node.line + offset).part(lead, len(line.rstrip())))
        else:
            message = f"`{clip(line)}` stands between the answers"
            page.report(DROPPED, page.line_span(node.line + offset), message, "begin each answer with `= `")
