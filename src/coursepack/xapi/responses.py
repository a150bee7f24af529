"""Answers in xAPI's words: interaction type, components, right answers, the response of a learner.

The strings are those of SCORM 2004's interactions, as `runtime/interactions.js` writes them; only a number
has no limit of digits here, and each of several accepted ranges is a right answer of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from coursepack.launch import QuestionData
from coursepack.scoring import to_decimal

GAPS = 10
OPTIONS = 36
SHORT = 250
LONG = 4000
PATTERNS = 5


class Interaction(Struct, frozen=True):
    """`components` by list name (`choices`, `scale`, `source`, `target`); `free`: the learner types words."""

    type: str
    patterns: tuple[str, ...] | None
    components: Mapping[str, Sequence[tuple[str, str]]]
    free: bool = False


def interaction(question: QuestionData) -> Interaction:
    """What a question is as a cmi.interaction. `patterns` None: nothing is right or wrong."""
    kind = question["type"]
    if kind in ("choice", "multiple"):
        options = question["options"]
        right = "[,]".join(option["id"] for option in options if option["right"])
        if len(options) > OPTIONS:
            return Interaction("other", _some(right), {})
        return Interaction("choice", _some(right), {"choices": _texts(options)})
    if kind == "likert":
        return Interaction("likert", None, {"scale": _texts(question["options"])})
    if kind == "true-false":
        return Interaction("true-false", ("true" if question["truth"] else "false",), {})
    if kind == "matching":
        return _matching(question)
    if kind == "order":
        items = question["items"]
        return Interaction(
            "sequencing", ("[,]".join(item["id"] for item in items),), {"choices": _texts(items)}
        )
    if kind == "numeric":
        return Interaction("numeric", tuple(f"{low}[:]{high}" for low, high in question["ranges"]), {})
    return _typed(question)


def _some(pattern: str) -> tuple[str, ...]:
    return (pattern,) if pattern else ()


def _texts(things: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    return [(thing["id"], thing["text"]) for thing in things]


def _matching(question: QuestionData) -> Interaction:
    pairs = question["pairs"]
    ids = {pair["n"]: pair["id"] for pair in pairs}
    rights = {pair["to"]: pair["right"] for pair in reversed(pairs)}
    pattern = "[,]".join(f"{pair['id']}[.]{ids[pair['to']]}" for pair in pairs)
    source = [(pair["id"], pair["left"]) for pair in pairs]
    target = [(ids[n], rights[n]) for n in dict.fromkeys(pair["to"] for pair in pairs)]
    return Interaction("matching", (pattern,), {"source": source, "target": target})


def _typed(question: QuestionData) -> Interaction:
    matters = f"{{case_matters={'true' if question['case'] else 'false'}}}"
    if question["type"] == "cloze":
        gaps = question["gaps"]
        if len(gaps) > GAPS:
            return Interaction("long-fill-in", (), {}, free=True)
        most = min(PATTERNS, max((len(gap["accept"]) for gap in gaps), default=1))
        rows = [[gap["accept"][k if k < len(gap["accept"]) else 0] for gap in gaps] for k in range(most)]
        texts = ["[,]".join(plain(text, SHORT) for text in row) for row in rows]
        patterns = tuple(dict.fromkeys(f"{matters}{{order_matters=true}}{text}" for text in texts))
        return Interaction("fill-in", patterns, {}, free=True)
    long = question["max"] > SHORT
    limit = LONG if long else SHORT
    accepted = dict.fromkeys(f"{matters}{plain(text, limit)}" for text in question["accept"][:PATTERNS])
    return Interaction("long-fill-in" if long else "fill-in", tuple(accepted), {}, free=True)


def response(question: QuestionData, given: Any) -> str:
    """The response string of an answer as the page holds it; empty when there is none."""
    kind = question["type"]
    if kind in ("choice", "multiple", "likert"):
        return _ids(question["options"], _numbers(given))
    if kind == "order":
        return _ids(question["items"], _numbers(given))
    if kind == "true-false":
        return "" if given is None else "true" if given else "false"
    if kind == "matching":
        ids = {pair["n"]: pair["id"] for pair in question["pairs"]}
        chosen = zip(question["pairs"], _numbers(given), strict=False)
        return "[,]".join(f"{pair['id']}[.]{ids.get(to, str(to))}" for pair, to in chosen if to > 0)
    if kind == "numeric":
        return to_decimal(str(given or ""), question["decimal"]) or plain(str(given or ""), SHORT)
    if kind == "cloze":
        texts = [str(text) for text in given or []]
        if len(question["gaps"]) > GAPS:
            return plain(" | ".join(texts), LONG)
        return "[,]".join(plain(text, SHORT) for text in texts)
    return plain(str(given or ""), LONG if question["max"] > SHORT else SHORT)


def _numbers(given: Any) -> list[int]:
    if given is None:
        return []
    return [int(one) for one in given] if isinstance(given, list) else [int(given)]


def _ids(things: Sequence[Mapping[str, Any]], numbers: Sequence[int]) -> str:
    ids = {thing["n"]: thing["id"] for thing in things}
    return "[,]".join(ids.get(n, str(n)) for n in numbers)


def plain(text: str, limit: int) -> str:
    """Free text on one line in which nothing reads as a delimiter or as a prefix; `limit` in UTF-16 units."""
    broken = re.sub(r"\[([,.:])\]", r"[ \1]", _line(text, limit))
    return _line(re.sub(r"^\{", " {", broken), limit)


def _line(text: str, limit: int) -> str:
    flat = re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]+", " ", text)
    units = re.sub("[\ud800-\udfff]", "\ufffd", flat).encode("utf-16-le")[: 2 * limit]
    return units.decode("utf-16-le", "ignore")
