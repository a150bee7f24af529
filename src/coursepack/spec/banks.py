"""`questions/<name>.yaml`: question banks, whose texts are Markdown, as the same questions as in a step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from coursepack.source import Route, Span
from coursepack.spec import model
from coursepack.spec.answers import Draft, to_answer
from coursepack.spec.bank_settings import BankQuestion
from coursepack.spec.blocks import build_blocks
from coursepack.spec.inlines import build_inlines
from coursepack.spec.markdown import new_env, parse_blocks
from coursepack.spec.page import Log, Page, Piece
from coursepack.spec.paths import Folder
from coursepack.spec.questions import build_stem, finish
from coursepack.spec.shape import WRONG_VALUE
from coursepack.spec.shape_content import FOOTNOTE
from coursepack.spec.texts import read_text
from coursepack.spec.troubles import report_troubles, report_unused
from coursepack.spec.validation import validate
from coursepack.spec.yaml import Node, parse_yaml

_WANTED = {
    "options": "a list of texts, or of maps with `text` and `right: true`",
    "items": "a list of texts, in the right order",
    "pairs": "a list of `[left, right]`",
    "answer": "`true`, `false`, a number or a text; several go into `answers`",
    "points": "a number from 0 up",
    "attempts": "a whole number from 1 up",
    "max-length": "a whole number from 1 up",
    "id": "at most 64 lower-case letters, digits and hyphens",
}


def load_bank(folder: Folder, path: str, index: int, log: Log) -> model.Bank | None:
    """The bank of a file, with as many of its questions as can be read; None where there is nothing."""
    text = read_text(folder, path, log)
    if text is None:
        return None
    node, findings = parse_yaml(text, path)
    log.findings += findings
    name = path.rpartition("/")[2].rpartition(".")[0]
    route: Route = ("banks", index)
    log.spans[route] = Span(path, 1)
    if node is None or node.kind != "list":
        if not findings:
            message = "a bank is a list of questions"
            log.findings.append(
                WRONG_VALUE.finding(Span(path, 1), message, "begin each question with `- id: …`")
            )
        return model.Bank(name, path, ())
    sheet = _Sheet(folder, path, text.split("\n"), log)
    questions: list[model.Question] = []
    for item in node.items:
        at = (*route, "questions", len(questions))
        places = len(log.spans)
        made = _question(sheet, item, at)
        if made is None:
            log.forget(places)
        questions += [made] if made else []
    return model.Bank(name, path, tuple(questions))


class _Sheet(Struct, frozen=True):
    """The bank's file while its texts are read."""

    folder: Folder
    path: str
    lines: Sequence[str]
    log: Log

    def page(self, node: Node) -> Page:
        """The page of one text."""
        start = node.span.line
        if node.block:
            lead = next((line for line in self.lines[start:] if line.strip()), "")
            indent = len(lead) - len(lead.lstrip())
            return Page(self.path, self.lines, self.folder, self.log, start, False, indent, new_env())
        return Page(self.path, self.lines, self.folder, self.log, start - 1, True, env=new_env())

    def blocks(self, node: Node | None, route: Route, draft: Draft | None = None) -> model.Blocks:
        """The blocks of a Markdown text; of a stem when there is a draft to put its gaps in."""
        if node is None:
            return ()
        page = self.page(node)
        nodes, troubles = parse_blocks(node.text, page.env)
        report_troubles(page, troubles)
        if draft:
            kind = draft.values.get("type", "")
            made = build_stem(page, nodes, route, draft, gaps=kind in ("", "cloze"))
        else:
            made = build_blocks(page, nodes, route, "prose")
        self._no_notes(page, node)
        return made

    def inlines(self, node: Node, route: Route) -> model.Inlines:
        """The inlines of a label."""
        page = self.page(node)
        made = build_inlines(page, Piece(node.text.strip(), 0), route)
        self._no_notes(page, node)
        return made

    def _no_notes(self, page: Page, node: Node) -> None:
        if page.notes.waiting or page.env.get("footnotes"):
            message = "a text in a bank has a footnote, and no place to show it"
            page.report(FOOTNOTE, node.span, message, "put it into the text")
        report_unused(page)


def _question(sheet: _Sheet, node: Node, route: Route) -> model.Question | None:
    known = len(sheet.log.findings)
    read = validate(BankQuestion, node, route, sheet.log, node.span, _WANTED)
    if read is None:
        return None
    is_whole = len(sheet.log.findings) == known
    draft = Draft(sheet.page(node), route, node.span, _values(read))
    stem = sheet.blocks(node.at(("question",)), route, draft)
    at = (*route, "answer")
    _options(sheet, node, read, draft, at)
    for index, pair in enumerate(node.pairs["pairs"][1].items if read.pairs else ()):
        left, right, name = _pair(pair)
        to = (*at, "pairs", index)
        sheet.log.spans[to] = pair.span
        sides = (sheet.inlines(left, (*to, "left")), sheet.inlines(right, (*to, "right")))
        draft.pairs.append(model.Pair(*sides, name))
    for index, item in enumerate(node.pairs["items"][1].items if read.items else ()):
        text, name = _label(item)
        sheet.log.spans[(*at, "items", index)] = item.span
        draft.items.append(model.OrderItem(sheet.inlines(text, (*at, "items", index, "label")), name))
    for key in ("answer", "answers"):
        for line in _lines(node, read, key):
            draft.add_line(" ".join(line.text.split()), line.span)
    known = len(sheet.log.findings)
    answer = to_answer(draft)
    if answer is None:
        if not is_whole:
            del sheet.log.findings[known:]  # the answers are missing because their key was reported
        return None
    feedback = model.Feedback(
        sheet.blocks(node.at(("feedback",)), (*route, "feedback", "always")),
        sheet.blocks(node.at(("correct",)), (*route, "feedback", "correct")),
        sheet.blocks(node.at(("incorrect",)), (*route, "feedback", "incorrect")),
    )
    hint = sheet.blocks(node.at(("hint",)), (*route, "hint"))
    return finish(draft, read.id, stem, answer, feedback, hint)


def _values(read: BankQuestion) -> dict[str, Any]:
    """The settings by the names that they have in a step."""
    found = read.model_dump(
        by_alias=True,
        exclude_none=True,
        include={"type", "points", "attempts", "shuffle", "max_length", "case", "scoring"},
    )
    if isinstance(read.answer, bool):
        found["answer"] = read.answer
    return found


def _lines(node: Node, read: BankQuestion, key: str) -> Sequence[Node]:
    found = node.at((key,))
    if found is None or not getattr(read, key) or isinstance(read.answer, bool):
        return ()
    return found.items if found.kind == "list" else [found]


def _options(sheet: _Sheet, node: Node, read: BankQuestion, draft: Draft, route: Route) -> None:
    target = draft.scale if read.type == "likert" else draft.tasks
    for index, item in enumerate(node.pairs["options"][1].items if read.options else ()):
        at = (*route, "options", index)
        sheet.log.spans[at] = item.span
        text, name = _label(item)
        label = sheet.inlines(text, (*at, "label"))
        option = read.options[index]
        right = not isinstance(option, str) and option.right
        feedback = sheet.blocks(item.at(("feedback",)), (*at, "feedback"))
        target.append(model.Option(label, right, name, feedback))


def _label(node: Node) -> tuple[Node, str]:
    name = node.at(("id",))
    return node.at(("text",)) or node, name.text if name else ""


def _pair(node: Node) -> tuple[Node, Node, str]:
    if node.kind == "list":
        return node.items[0], node.items[1], ""
    name = node.at(("id",))
    return node.pairs["left"][1], node.pairs["right"][1], name.text if name else ""
