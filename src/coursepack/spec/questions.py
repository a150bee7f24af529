"""`::: question`: what is stem, what is answer, what is feedback, by the shape of the Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from coursepack.source import Route
from coursepack.spec import containers, model
from coursepack.spec.answers import SETTINGS, Draft, to_answer
from coursepack.spec.attributes import to_id
from coursepack.spec.blocks import build_block, build_blocks
from coursepack.spec.boxes import head_span, read_opening
from coursepack.spec.inlines import build_inlines, read_attributes, split_attributes
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

_BOX = re.compile(r"\[([ xX])\](?:\s+|$)")
_ALMOST_BOX = re.compile(r"\[\s*[xX✓✔]?\s*\]")
_LINE = re.compile(r"=(?!=)[ \t]*")
_LISTS = ("bullet_list", "ordered_list")


@dataclass(slots=True)
class _Parts:
    """The children of a question by what they are for."""

    stem: list[Node] = field(default_factory=list)
    answers: list[Node] = field(default_factory=list)
    lines: list[Piece] = field(default_factory=list)
    always: Sequence[Node] = ()
    named: dict[str, list[Node]] = field(default_factory=lambda: {name: [] for name in containers.PARTS})


def build_question(page: Page, node: Node, route: Route, *, in_quiz: bool) -> model.Question | None:
    """A question; None where its answers are of no known shape (a finding)."""
    _, values = read_opening(page, node, SETTINGS, "a question", route)
    name = required_id(page, node, "question")
    if in_quiz and "attempts" in values and values["attempts"] is None:
        span = page.log.spans.get((*route, "attempts"), head_span(page, node))
        page.report(
            BAD_ATTRIBUTE, span, "attempts in a quiz are counted, so they need a number", "write a number"
        )
    kind = values.get("type", "")
    parts = _sort(page, node.children, kind)
    draft = Draft(page, route, head_span(page, node), values)
    stem = build_stem(page, parts.stem, route, draft, gaps=kind in ("", "cloze"))
    if not stem:
        page.report(NO_STEM, draft.span, "the question asks nothing", "write the question above its answers")
    at = (*route, "answer")
    for list_node in parts.answers:
        _read_list(draft, list_node, kind, at)
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
    answer = to_answer(draft)
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


def required_id(page: Page, node: Node, kind: str) -> str:
    """The id on an opening line; a missing one is reported and replaced by one of its line."""
    from coursepack.spec.boxes import read_head

    known = len(page.log.findings)
    marks, _ = read_head(page, node)
    del page.log.findings[known:]  # read_opening reports them
    line = page.source_line(node.line) + 1
    if marks.id is None:
        message = f"the {kind} has no id"
        page.report(NO_ID, head_span(page, node), message, f"write `::: {kind} {{#a-name-of-its-own}}`")
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
    last_list = max((i for i, node in enumerate(body) if node.type in _LISTS), default=-1)
    for index, node in enumerate(body):
        if node.type in _LISTS and _is_answer(node, kind, index == last_list):
            parts.answers.append(node)
        elif typed and node.type == "paragraph" and _LINE.match(_last_lines(node)):
            _cut_lines(page, node, parts)
        elif parts.answers or parts.lines:
            _after_answers(page, node)
            parts.stem.append(node)
        else:
            parts.stem.append(node)
    if len(parts.answers) > 1:
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
    firsts = [_first(item) for item in node.children]
    if any(_ALMOST_BOX.match(text) for text in firsts):
        return True
    return kind in ("", "matching") and any(split_pair(text) for text in firsts)


def _first(item: Node) -> str:
    return item.children[0].content if item.children and item.children[0].type == "paragraph" else ""


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


def _read_list(draft: Draft, node: Node, kind: str, route: Route) -> None:
    page = draft.page
    firsts = [_first(item) for item in node.children]
    if kind == "order":
        if node.type != "ordered_list":
            page.report(
                ANSWER_LIST, page.line_span(node.line), "the list is not numbered", "write `1. `, `2. ` …"
            )
        for item in node.children:
            at = (*route, "items", len(draft.items))
            label, name, _ = _entry(page, item, at, "an item", feedback=False)
            draft.items.append(model.OrderItem(label, name))
    elif kind != "likert" and not any(_ALMOST_BOX.match(text) for text in firsts):
        for item in node.children:
            _read_pair(draft, item, route)
    else:
        target = draft.scale if kind == "likert" else draft.tasks
        for item in node.children:
            target.append(_option(page, item, (*route, "options", len(target)), boxed=kind != "likert"))


def _option(page: Page, item: Node, route: Route, *, boxed: bool) -> model.Option:
    text = _first(item)
    box = _BOX.match(text)
    if boxed and not box:
        message = f"`{clip(text)}` does not start with `[ ]` or `[x]` and a blank"
        page.report(ANSWER_LIST, page.line_span(item.line), message, "write `- [ ] ` or `- [x] `")
    label, name, quotes = _entry(page, item, route, "an option", start=box.end() if box else 0)
    feedback: list[model.Block] = []
    for quote in quotes:
        feedback += build_blocks(page, quote.children, (*route, "feedback"), "prose")
    return model.Option(label, bool(box and box[1] != " "), name, tuple(feedback))


def _entry(
    page: Page, item: Node, route: Route, where: str, *, start: int = 0, feedback: bool = True
) -> tuple[model.Inlines, str, list[Node]]:
    """The label and the id of an entry, and the quotes below it."""
    page.mark(route, page.line_span(item.line))
    rest = item.children[1:] if _first(item) else item.children
    quotes = [child for child in rest if feedback and child.type == "blockquote"]
    for child in rest:
        if child not in quotes:
            message = f"only one paragraph of {where} can be shown"
            page.report(DROPPED, page.line_span(child.line), message, "put it into the first paragraph")
    if not _first(item):
        return (), "", quotes
    whole = Piece(item.children[0].content, item.children[0].line, start)
    piece, name = _with_id(page, whole, where, route)
    return build_inlines(page, piece, (*route, "label")), name, quotes


def _with_id(page: Page, whole: Piece, where: str, route: Route) -> tuple[Piece, str]:
    piece, braces = split_attributes(whole)
    if not braces:
        return piece, ""
    page.mark((*route, "id"), page.span(whole, braces[1], len(braces[0])))
    outer, _ = read_attributes(page, whole, braces, {}, where)
    if outer.classes:
        span = page.span(whole, braces[1], len(braces[0]))
        page.report(BAD_ATTRIBUTE, span, f"{where} takes no class", "keep the id alone")
    return piece, outer.id


def _read_pair(draft: Draft, item: Node, route: Route) -> None:
    page, text = draft.page, _first(item)
    at = (*route, "pairs", len(draft.pairs))
    page.mark(at, page.line_span(item.line))
    whole = Piece(text, item.children[0].line if item.children else item.line)
    piece, name = _with_id(page, whole, "a pair", at)
    for child in item.children[1:]:
        page.report(
            DROPPED, page.line_span(child.line), "only one paragraph of a pair can be shown", "shorten it"
        )
    middles = split_pair(piece.words)
    if len(middles) != 1:
        message = f"`{clip(text)}` has {len(middles) or 'no'} ` == ` and needs one"
        page.report(ANSWER_LIST, page.line_span(item.line), message, "write `- left == right`")
        return
    left = piece.part(piece.start, piece.start + middles[0])
    right = piece.part(piece.start + middles[0] + 2, piece.stop)
    sides: list[Any] = []
    for side, part in (("left", left), ("right", right)):
        lead = len(part.words) - len(part.words.lstrip())
        part = part.part(part.start + lead, part.start + max(lead, len(part.words.rstrip())))
        if not part.words:
            message = f"the {side} side of a pair is empty"
            page.report(EMPTY_ANSWER, page.line_span(item.line), message, "write it, or remove the pair")
        sides.append(build_inlines(page, part, (*at, side)))
    draft.pairs.append(model.Pair(sides[0], sides[1], name))


_CODE_OR_MIDDLE = re.compile(r"(`+)(?:(?!\1).)+\1|(?:^|(?<=\s))==(?=\s|$)", re.DOTALL)


def split_pair(text: str) -> list[int]:
    """The offsets of each `==` that stands free, outside of code."""
    return [found.start() for found in _CODE_OR_MIDDLE.finditer(text) if found[0] == "=="]
