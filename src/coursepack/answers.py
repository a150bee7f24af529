"""From questions as written to what scoring and reporting need of them: the data of `launch.py`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal, Protocol

from coursepack.launch import QuestionData, ReflectionData
from coursepack.spec.model import (
    Answer,
    Choice,
    Cloze,
    FillIn,
    Inlines,
    Likert,
    Matching,
    Numeric,
    Option,
    Order,
    Pair,
    Reflection,
    TrueFalse,
    plain,
)
from coursepack.spec.outline import Slot

Kind = Literal["step", "quiz", "question", "reflection"]
QuestionType = Literal[
    "choice", "multiple", "true-false", "fill-in", "cloze", "numeric", "matching", "order", "likert"
]

TEXT_LIMIT = 250
"""UTF-16 units of a description. SCORM 2004 RTE 4.2.9 (`cmi.interactions.n.description`): SPM 250."""
IDENTIFIER_LIMIT = 60


class Register(Protocol):
    """What is asked of `course.lock`: permanent numbers of things and of a question's parts."""

    def n(self, kind: Kind, id: str) -> int: ...  # noqa: A002

    def parts(self, slot_id: str) -> tuple[int, ...]: ...

    def answer(self, slot_id: str) -> int: ...


def question_type(answer: Answer) -> QuestionType:
    """The author's word for the answer's type."""
    match answer:
        case Choice():
            return "multiple" if answer.multiple else "choice"
        case TrueFalse():
            return "true-false"
        case FillIn():
            return "fill-in"
        case Cloze():
            return "cloze"
        case Numeric():
            return "numeric"
        case Matching():
            return "matching"
        case Order():
            return "order"
        case Likert():
            return "likert"


def to_question_data(slot: Slot, n: int, parts: Sequence[int], quiz_n: int, *, language: str) -> QuestionData:
    """The question's data; `parts` are the permanent numbers of its options, gaps, pairs or items, in order.

    `quiz_n` is 0 for practice; `language` is the course's (a number is read with its decimal sign).
    A right side of several pairs has the number of the first.
    """
    question = slot.question
    data: QuestionData = {
        "n": n,
        "id": slot.id,
        "type": question_type(question.answer),
        "text": one_line(plain(question.stem)) or slot.id,
        "points": to_number(question.points),
        "attempts": slot.attempts or 0,
        "shuffle": question.shuffle,
        "quiz": quiz_n,
        "max": question.max_length,
        "scored": question.scored and quiz_n != 0,
    }
    data.update(_answer_data(question.answer, tuple(parts), language))
    return data


def to_reflection_data(reflection: Reflection, n: int) -> ReflectionData:
    """The reflection's data."""
    return {
        "n": n,
        "id": reflection.id,
        "text": one_line(plain(reflection.prompt)) or reflection.id,
        "minWords": reflection.min_words,
        "max": reflection.max_length,
        "private": reflection.private,
        "keep": reflection.keep,
    }


def part_count(answer: Answer) -> int:
    """How many options, gaps, pairs or items the answer has."""
    match answer:
        case Choice(parts) | Likert(parts) | Order(parts) | Matching(parts) | Cloze(parts):
            return len(parts)
    return 0


def _answer_data(answer: Answer, parts: tuple[int, ...], language: str) -> QuestionData:
    match answer:
        case Choice():
            options = _options(answer.options, parts)
            for option, data in zip(answer.options, options, strict=True):
                data["right"] = option.correct
            return {"options": options, "partial": answer.multiple and answer.partial}
        case Likert():
            return {"options": _options(answer.options, parts)}
        case TrueFalse():
            return {"truth": answer.correct}
        case FillIn():
            return {"accept": list(answer.accepted), "case": answer.case}
        case Cloze():
            ids = identifiers([gap.id for gap in answer.gaps], parts)
            gaps = [
                {"n": n, "id": name, "accept": list(gap.accepted)}
                for gap, n, name in zip(answer.gaps, parts, ids, strict=True)
            ]
            return {"gaps": gaps, "case": answer.case, "partial": answer.partial}
        case Numeric():
            ranges = [[to_decimal(one.low), to_decimal(one.high)] for one in answer.accepted]
            return {"ranges": ranges, "decimal": decimal_sign(language)}
        case Matching():
            return {"pairs": _pairs(answer.pairs, parts), "partial": answer.partial}
        case Order():
            ids = identifiers([item.id for item in answer.items], parts)
            items = [
                {"n": n, "id": name, "text": _label(item.label)}
                for item, n, name in zip(answer.items, parts, ids, strict=True)
            ]
            return {"items": items}


def _options(options: Sequence[Option], parts: tuple[int, ...]) -> list[dict[str, Any]]:
    ids = identifiers([option.id for option in options], parts)
    return [
        {"n": n, "id": name, "text": _label(option.label)}
        for option, n, name in zip(options, parts, ids, strict=True)
    ]


def _pairs(pairs: Sequence[Pair], parts: tuple[int, ...]) -> list[dict[str, Any]]:
    ids = identifiers([pair.id for pair in pairs], parts)
    first: dict[object, int] = {}
    found = []
    for pair, n, name in zip(pairs, parts, ids, strict=True):
        right = _label(pair.right)
        to = first.setdefault(right or pair.right, n)
        found.append({"n": n, "id": name, "left": _label(pair.left), "right": right, "to": to})
    return found


def _label(label: Inlines) -> str:
    return plain(label)


def identifiers(ids: Sequence[str], parts: Sequence[int]) -> list[str]:
    """A short identifier for each part: the author's id or `o<n>`, unique among them.

    Only `[A-Za-z0-9_]`: what every LMS accepts of SCORM 2004's short_identifier_type (RTE 4.1.1.7).
    """
    wanted = [re.sub(r"[^A-Za-z0-9_]", "_", name)[:IDENTIFIER_LIMIT] for name in ids]
    wanted = [name if name.strip("_") else f"o{n}" for name, n in zip(wanted, parts, strict=True)]
    count = Counter(wanted)
    own = {f"o{n}" for n in parts}
    return [
        f"o{n}" if count[name] > 1 or (name in own and name != f"o{n}") else name
        for name, n in zip(wanted, parts, strict=True)
    ]


def one_line(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text on one line; a longer one is cut at a word and ends in an ellipsis."""
    line = " ".join(text.split())
    if utf16(line) <= limit:
        return line
    kept = ""
    for word in line.split(" "):
        longer = f"{kept} {word}" if kept else word
        if utf16(longer) > limit - 1:
            break
        kept = longer
    return (kept or _head(line, limit - 1)).rstrip(" ,;:.") + "…"


def _head(text: str, limit: int) -> str:
    head = ""
    for character in text:
        if utf16(head + character) > limit:
            break
        head += character
    return head


def utf16(text: str) -> int:
    """The text's length as browsers and LMSs count it."""
    return len(text) + sum(character > "\uffff" for character in text)


def to_number(value: Decimal) -> float:
    """An exact decimal as a JSON number; whole ones without a fraction."""
    return int(value) if value == value.to_integral_value() else float(value)


def to_decimal(value: Decimal) -> str:
    """Plain decimal text: no exponent, no `-0`, no idle zeros."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


_COMMA_LANGUAGES = """
af ast az be bg br bs ca cs da de dsb el eo es et eu fi fo fr fur fy gl hr hsb hu hy ia id is it jv ka kea kk
kl ku ky lb ln lo lt lv mk nb nds nl nn no oc os pl pt rm ro ru rw sah sc se sk sl sq sr sv szl tg tk tr tt uk
uz vi wo
"""
_POINT_REGIONS = {
    "de": "CH LI",
    "it": "CH",
    "es": "419 BR BZ CU DO GT HN MX NI PA PE PR SV US",
}


def decimal_sign(language: str) -> Literal[",", "."]:
    """The decimal sign of a language tag, as Unicode's CLDR has it for typed digits 0 to 9."""
    primary, *rest = language.replace("_", "-").split("-")
    regions = {part.upper() for part in rest}
    points = _POINT_REGIONS.get(primary.lower(), "").split()
    return "," if primary.lower() in _COMMA_LANGUAGES.split() and not regions.intersection(points) else "."
