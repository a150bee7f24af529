"""A question as drafted, from Markdown or from a bank, and the type that its shape gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct, field

from coursepack.source import Route, Span
from coursepack.spec import model
from coursepack.spec.attributes import Kind, attempts, count, flag, one_of, points, truth
from coursepack.spec.near_answers import near_answer
from coursepack.spec.page import Page
from coursepack.spec.shape import clip
from coursepack.spec.shape_content import (
    ANSWER_LIST,
    BAD_ATTRIBUTE,
    EMPTY_ANSWER,
    LIKE_NUMBER,
    NO_SHAPE,
    NUMERIC,
    TWO_SHAPES,
)

TYPES = ("choice", "multiple", "true-false", "fill-in", "cloze", "numeric", "matching", "order", "likert")
SETTINGS: Mapping[str, Kind] = {
    "type": one_of(*TYPES),
    "answer": truth,
    "points": points,
    "attempts": attempts,
    "shuffle": flag,
    "max-length": count,
    "case": flag,
    "scoring": one_of("all", "partial"),
}
"""What a question takes in its braces."""

_MEANT_FOR = {
    "scoring": ("multiple", "cloze", "matching"),
    "case": ("fill-in", "cloze"),
    "max-length": ("fill-in", "cloze", "numeric"),
    "shuffle": ("choice", "multiple", "matching", "order"),
    "answer": ("true-false",),
}
_SHAPES = {
    "tasks": (("choice", "multiple"), "a task list `- [x]`"),
    "truth": (("true-false",), "`answer=true` or `answer=false`"),
    "lines": (("fill-in", "numeric"), "lines `= answer`"),
    "gaps": (("cloze",), "gaps `[[answer]]`"),
    "pairs": (("matching",), "a list `- left == right`"),
    "items": (("order",), "a numbered list"),
    "scale": (("likert",), "a list"),
}


_IN_STEPS = (
    "write options `- [x]`, lines `= answer`, gaps `[[answer]]` or `answer=true`; "
    "for a plain list say `type=order` or `type=likert`"
)
_IN_BANKS = "add `options`, `answer`, `answers`, `pairs` or `items`, or a gap `[[answer]]`"


class Draft(Struct):
    """What the author wrote. `values` holds the settings by key, `extent` the Markdown lines from and to."""

    page: Page
    route: Route
    span: Span
    values: Mapping[str, Any] = field(default_factory=dict)
    tasks: list[model.Option] = field(default_factory=list)
    lines: list[tuple[str, Span]] = field(default_factory=list)
    gaps: list[model.ClozeGap] = field(default_factory=list)
    pairs: list[model.Pair] = field(default_factory=list)
    items: list[model.OrderItem] = field(default_factory=list)
    scale: list[model.Option] = field(default_factory=list)
    extent: tuple[int, int] = (0, 0)

    def add_line(self, text: str, span: Span) -> None:
        """An accepted answer, as typed."""
        self.page.mark((*self.route, "answer", "accepted", len(self.lines)), span)
        self.lines.append((text, span))

    def place(self, key: str) -> Span:
        """Where a setting stands."""
        return self.page.log.spans.get((*self.route, key.replace("-", "_")), self.span)


def _in_bank(draft: Draft) -> bool:
    return draft.route[:1] == ("banks",)


def to_answer(draft: Draft) -> model.Answer | None:
    """The answer of a draft by its type or its shape; None when it fits none or several (a finding)."""
    shapes = [name for name in _SHAPES if _has(draft, name)]
    wanted = draft.values.get("type", "")
    if wanted:
        kind = wanted if _fits(draft, wanted, shapes) else ""
    elif len(shapes) > 1:
        listed = " and ".join(_SHAPES[name][1] for name in shapes)
        draft.page.report(TWO_SHAPES, draft.span, f"the question has {listed}", "keep one, or say `type=…`")
        kind = ""
    elif not shapes:
        _report_none(draft)
        kind = ""
    else:
        kind = _by_shape(draft, shapes[0])
    if not kind:
        return None
    _check_settings(draft, kind)
    return _make(draft, kind)


def _report_none(draft: Draft) -> None:
    page, (start, end) = draft.page, draft.extent
    lines = page.lines[page.source_line(start) : page.source_line(end)] if end else ()
    message = "the question has no answer to give"
    if near := near_answer(lines):
        number, why, advice = near
        words = lines[number].strip()
        span = page.line_span(start + number, words)
        page.report(NO_SHAPE, span, f"{message}: `{clip(words)}` is none, since {why}", advice)
    else:
        page.report(NO_SHAPE, draft.span, message, _IN_BANKS if _in_bank(draft) else _IN_STEPS)


def _has(draft: Draft, shape: str) -> bool:
    return "answer" in draft.values if shape == "truth" else bool(getattr(draft, shape))


def _fits(draft: Draft, wanted: str, shapes: list[str]) -> bool:
    own = next(name for name, (types, _) in _SHAPES.items() if wanted in types)
    others = [name for name in shapes if name != own]
    if own not in shapes:
        message = f"the type is `{wanted}`, and there is no {_SHAPES[own][1].removeprefix('a ')}"
        draft.page.report(NO_SHAPE, draft.place("type"), message, f"a `{wanted}` needs {_SHAPES[own][1]}")
        return False
    if others:
        message = f"the type is `{wanted}`, and there is also {_SHAPES[others[0]][1]}"
        draft.page.report(TWO_SHAPES, draft.span, message, "keep the answers of one type")
    return not others


def _by_shape(draft: Draft, shape: str) -> str:
    if shape == "tasks":
        return "multiple" if sum(option.correct for option in draft.tasks) > 1 else "choice"
    if shape == "lines":
        numbers = [number_range(text) for text, _ in draft.lines]
        if all(numbers):
            return "numeric"
        for (text, span), number in zip(draft.lines, numbers, strict=True):
            if number is None and _is_refused(text):
                _refuse(draft, text, span)
        _report_like_numbers(draft, numbers)
        return "fill-in"
    return _SHAPES[shape][0][0]


def _report_like_numbers(draft: Draft, numbers: Sequence[model.NumberRange | None]) -> None:
    """Lines that were meant as numbers; a line of plain words among them says that all are text."""
    like = [
        (text, span, None if number or _is_refused(text) else _LIKE_NUMBER.fullmatch(text))
        for number, (text, span) in zip(numbers, draft.lines, strict=True)
    ]
    if not all(number or found for number, (_, _, found) in zip(numbers, like, strict=True)):
        return
    for text, span, found in like:
        if found:
            low = _GROUPS.sub("", found["low"]).replace(",", ".")
            high = _GROUPS.sub("", found["high"] or "").replace(",", ".")
            sign, kind = ("answer:", "type: fill-in") if _in_bank(draft) else ("=", "type=fill-in")
            number = f"`{sign} {low}..{high}`" if high else f"`{sign} {low}`"
            number += " and the unit into the question" if found["unit"] or found["sign"] else ""
            message = f"`{clip(text)}` is taken for text: learners must type exactly that"
            advice = f"write {number}, or say `{kind}` if it is meant so"
            draft.page.report(LIKE_NUMBER, span, message, advice)


def _check_settings(draft: Draft, kind: str) -> None:
    for key, kinds in _MEANT_FOR.items():
        if draft.values.get(key, False) is not False and kind not in kinds:
            message = f"`{key}` means nothing for a question of type `{kind}`"
            draft.page.report(BAD_ATTRIBUTE, draft.place(key), message, "remove it")


def _make(draft: Draft, kind: str) -> model.Answer | None:
    partial = draft.values.get("scoring") == "partial"
    case = bool(draft.values.get("case"))
    match kind:
        case "choice" | "multiple":
            _report_unnamed(draft, draft.tasks)
            return model.Choice(tuple(draft.tasks), kind == "multiple", partial and kind == "multiple")
        case "true-false":
            return model.TrueFalse(bool(draft.values["answer"]))
        case "fill-in":
            accepted = tuple(text for text, _ in draft.lines if text)
            return model.FillIn(accepted, case) if accepted else None
        case "cloze":
            return model.Cloze(tuple(draft.gaps), case, partial)
        case "numeric":
            return _numeric(draft)
        case "matching":
            return model.Matching(tuple(draft.pairs), partial)
        case "order":
            return model.Order(tuple(draft.items))
        case _:
            for option in draft.scale:
                if option.correct:
                    message = "an option is ticked, and a scale has no right answer"
                    draft.page.report(ANSWER_LIST, draft.span, message, "remove the boxes")
            return model.Likert(tuple(draft.scale))


def _report_unnamed(draft: Draft, options: list[model.Option]) -> None:
    for index, option in enumerate(options):
        if not option.label:
            span = draft.page.log.spans.get((*draft.route, "answer", "options", index), draft.span)
            draft.page.report(EMPTY_ANSWER, span, "an option has no text", "write it after the box")


def _refuse(draft: Draft, text: str, span: Span) -> None:
    help_ = _with_a_point(text) or _numbers(draft)
    draft.page.report(NUMERIC, span, f"`{clip(text)}` is no number that can be checked", help_)


def _with_a_point(text: str) -> str:
    """What to write in place of a decimal comma; empty where that is not what is wrong."""
    pointed = text.replace(",", ".")
    if "," not in text or number_range(pointed) is None:
        return ""
    if re.fullmatch(r"[+-]?[0-9]{1,3},[0-9]{3}", text):
        return f"write `{text.replace(',', '')}`, or with a decimal point `{pointed}`"
    return f"write a decimal point: `{clip(pointed)}`"


def _numbers(draft: Draft) -> str:
    if _in_bank(draft):
        return "write `answer: 42`, `4.2`, `42 +- 0.5` or `40..45`, or say `type: fill-in` if it is text"
    return "write `= 42`, `= 4.2`, `= 42 +- 0.5` or `= 40..45`, or say `type=fill-in` if it is text"


_N = r"([+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)"
_EXACT = re.compile(_N)
_NEAR = re.compile(_N + r"\s*\+-\s*" + _N)
_RANGE = re.compile(_N + r"\s*\.\.\s*" + _N)
_UNITS = (
    "%|°|° ?[CFcf]|[€$£¥]|[kcmµ]?m|[kmµ]?g|t|[mcd]?l|L|m?s|min|h|seconds?|minutes?|hours?|days?|weeks?|"
    "months?|years?|k?W|k?Wh|k?V|m?A|[kMG]?Hz|[kMGT]?B|dB|K|km/h|mph|bar|Pa|hPa|kPa|N|J|kJ|kcal|m²|m³|m2|m3"
)
_GROUPS = re.compile("[ \u00a0\u202f'’](?=[0-9])")
_WRITTEN = r"(?:[0-9]{1,3}(?:[ \u00a0\u202f'’][0-9]{3})+|[0-9]+)(?:[.,][0-9]+)?"
_LIKE_NUMBER = re.compile(
    rf"(?P<sign>[€$£¥]\s*)?(?P<low>[-+−]?{_WRITTEN})(?:\s*[-–—]\s*(?P<high>{_WRITTEN}))?"
    rf"(?P<unit>\s*(?:{_UNITS}))?"
)
_ALMOST = re.compile(r"[-+−]?[0-9]+,[0-9]+$|[-+−]?[0-9][0-9.,\s]*(\+-|\+/-|±|\.\.)")


def _is_refused(text: str) -> bool:
    """Whether this must be a number and cannot be one."""
    return bool(_ALMOST.match(text) or _EXACT.fullmatch(text))


def number_range(text: str) -> model.NumberRange | None:
    """The range of `42`, `42 +- 0.5` or `40..45`, upside down if so written; None for anything else."""
    plain = text.strip().replace("−", "-").replace("±", "+-").replace("+/-", "+-")
    try:
        if found := _EXACT.fullmatch(plain):
            return model.NumberRange(_number(found[1]), _number(found[1]))
        if found := _NEAR.fullmatch(plain):
            middle, off = _number(found[1]), _number(found[2])
            return model.NumberRange(middle - off, middle + off)
        if found := _RANGE.fullmatch(plain):
            return model.NumberRange(_number(found[1]), _number(found[2]))
    except InvalidOperation:
        return None
    return None


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if len(number.as_tuple().digits) > 15 or (number and not -15 <= number.adjusted() <= 15):
        raise InvalidOperation
    return number


def _numeric(draft: Draft) -> model.Numeric | None:
    ranges = []
    for text, span in draft.lines:
        found = number_range(text)
        if found:
            ranges.append(found)
        else:
            _refuse(draft, text, span)
    return model.Numeric(tuple(ranges)) if ranges else None
