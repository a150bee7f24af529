"""`::: quiz` and `::: reflection`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from coursepack.source import Route
from coursepack.spec import model
from coursepack.spec.attributes import Kind, attempts, count, flag, one_of, percent, words
from coursepack.spec.blocks import build_blocks
from coursepack.spec.boxes import head_span, read_opening
from coursepack.spec.markdown import Node
from coursepack.spec.page import Page
from coursepack.spec.questions import required_id
from coursepack.spec.shape_content import BAD_ATTRIBUTE, NO_STEM

QUIZ: Mapping[str, Kind] = {
    "title": words,
    "pass": percent,
    "attempts": attempts,
    "shuffle": flag,
    "draw": count,
    "from": words,
    "feedback": one_of("now", "end", "never"),
    "retry": one_of("all", "wrong"),
    "counts": one_of("best", "last", "first"),
    "reveal": one_of("after-pass", "after-last", "always", "never"),
}
_QUIZ_FIELDS = {"pass": "pass_score", "from": "draw"}
REFLECTION: Mapping[str, Kind] = {
    "min-words": partial(count, least=0),
    "max-length": count,
    "private": flag,
    "keep": one_of("lms", "browser"),
}


def build_quiz(page: Page, node: Node, route: Route) -> model.Quiz:
    """A quiz with its questions and the prose between them."""
    known = len(page.log.findings)
    _, values = read_opening(page, node, QUIZ, "a quiz", route, _QUIZ_FIELDS)
    draw = _draw(page, node, values, known)
    name = required_id(page, node, "quiz", QUIZ)
    blocks = build_blocks(page, node.children, (*route, "blocks"), "quiz")
    own: dict[str, Any] = {
        key: values[key]
        for key in ("title", "attempts", "shuffle", "feedback", "retry", "counts", "reveal")
        if key in values
    }
    return model.Quiz(name, blocks, pass_score=values.get("pass"), draw=draw, **own)


def _draw(page: Page, node: Node, values: Mapping[str, Any], known: int) -> model.Draw | None:
    """`draw` and `from`; one without the other is a finding, save where the other could not be read."""
    if "draw" in values and "from" in values:
        return model.Draw(values["draw"], values["from"])
    if ("draw" in values or "from" in values) and not page.misread(known):
        have, lack = ("draw", "from") if "draw" in values else ("from", "draw")
        message = f"`{have}` needs `{lack}` beside it"
        page.report(BAD_ATTRIBUTE, head_span(page, node), message, "write `draw=5 from=name-of-the-bank`")
    return None


def build_reflection(page: Page, node: Node, route: Route) -> model.Reflection:
    """A reflection; all that stands in it is its prompt."""
    _, values = read_opening(page, node, REFLECTION, "a reflection", route)
    name = required_id(page, node, "reflection", REFLECTION)
    prompt = build_blocks(page, node.children, (*route, "prompt"), "prose")
    if not prompt:
        page.report(
            NO_STEM, head_span(page, node), "the reflection asks nothing", "write what to think about"
        )
    own = {key.replace("-", "_"): value for key, value in values.items()}
    return model.Reflection(name, prompt, **own)
