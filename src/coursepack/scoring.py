"""The rules of scoring. `runtime/score.js` holds the same; `tests/vectors/scoring.json` holds them together.

Everything that decides is an integer or a fraction: a share is `right` of `of` units, a number as typed is an
exact decimal, and the score of an attempt is a fraction cut to millionths. Compared and reported is always
that score rounded half up to ten-thousandths, so a page and an LMS can never disagree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias, cast

from msgspec import Struct

from coursepack.launch import QuestionData

Response: TypeAlias = int | bool | str | Sequence[int] | Sequence[str] | None
"""As `Response` of `runtime/contract.d.ts`."""

Result = Literal["correct", "incorrect", "partial", "neutral"]

MILLION = 1_000_000


class Verdict(Struct, frozen=True):
    """`right` of `of` units is the exact share; `share` and `earned` are for show."""

    result: Result
    right: int
    of: int
    points: float

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 0

    @property
    def earned(self) -> float:
        return self.points * self.right / self.of if self.of else 0


def judge(question: QuestionData, response: Response) -> Verdict:
    """The verdict on a response; an empty or malformed one has nothing right."""
    of = units(question)
    right = 0 if is_empty(question, response) else _JUDGES[question["type"]](question, response)
    return Verdict(_result(right, of), right, of, question["points"])


def _result(right: int, of: int) -> Result:
    if of == 0:
        return "neutral"
    return "correct" if right == of else "partial" if right else "incorrect"


def units(question: QuestionData) -> int:
    """In how many units the share is counted: the right options, gaps or pairs where parts score, else 1.

    A scale has none.
    """
    if question["type"] == "likert":
        return 0
    if not question.get("partial"):
        return 1
    if question["type"] == "multiple":
        return sum(bool(option["right"]) for option in question["options"]) or 1
    if question["type"] == "cloze":
        return len(question["gaps"]) or 1
    if question["type"] == "matching":
        return len(question["pairs"]) or 1
    return 1


def is_empty(question: QuestionData, response: Response) -> bool:
    """Whether nothing was answered: no option, only blanks, every gap blank, every pair open."""
    match response:
        case None:
            return True
        case bool() | int():
            return False
        case str():
            return normalise(response) == ""
    if question["type"] == "matching":
        return not any(response)
    if question["type"] == "cloze":
        return all(normalise(text) == "" for text in cast("Sequence[str]", response))
    return len(response) == 0


def is_malformed(question: QuestionData, response: Response) -> bool:
    """Whether a numeric answer is not a number: a message at the question, not a try."""
    if question["type"] != "numeric" or is_empty(question, response):
        return False
    return not isinstance(response, str) or to_decimal(response, question["decimal"]) is None


def _one_option(question: QuestionData, response: Response) -> int:
    return int(any(option["n"] == response and option["right"] for option in question["options"]))


def _options(question: QuestionData, response: Response) -> int:
    ticked = set(cast("Sequence[int]", response))
    right = {option["n"] for option in question["options"] if option["right"]}
    if not question.get("partial"):
        return int(ticked == right)
    return max(0, len(ticked & right) - len(ticked - right))


def _truth(question: QuestionData, response: Response) -> int:
    return int(response is question["truth"])


def _words(question: QuestionData, response: Response) -> int:
    return int(isinstance(response, str) and _accepted(question, question["accept"], response))


def _gaps(question: QuestionData, response: Response) -> int:
    texts = cast("Sequence[str]", response)
    pairs = zip(question["gaps"], texts, strict=False)
    right = sum(_accepted(question, gap["accept"], text) for gap, text in pairs)
    return right if question.get("partial") else int(right == len(question["gaps"]))


def _accepted(question: QuestionData, accept: Iterable[str], text: str) -> bool:
    case = question["case"]
    said = normalise(text, case=case)
    return said != "" and any(normalise(one, case=case) == said for one in accept)


def _number(question: QuestionData, response: Response) -> int:
    said = to_decimal(response, question["decimal"]) if isinstance(response, str) else None
    if said is None:
        return 0
    number = Decimal(said)
    return int(any(Decimal(low) <= number <= Decimal(high) for low, high in question["ranges"]))


def _pairs(question: QuestionData, response: Response) -> int:
    chosen = cast("Sequence[int]", response)
    pairs = zip(question["pairs"], chosen, strict=False)
    right = sum(pair["to"] == to for pair, to in pairs)
    return right if question.get("partial") else int(right == len(question["pairs"]))


def _sequence(question: QuestionData, response: Response) -> int:
    return int(list(cast("Sequence[int]", response)) == [item["n"] for item in question["items"]])


def _neutral(question: QuestionData, response: Response) -> int:
    return 0


_JUDGES: dict[str, Callable[[QuestionData, Response], int]] = {
    "choice": _one_option,
    "multiple": _options,
    "true-false": _truth,
    "fill-in": _words,
    "cloze": _gaps,
    "numeric": _number,
    "matching": _pairs,
    "order": _sequence,
    "likert": _neutral,
}

# --- words as typed -----------------------------------------------------------------------------------

_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]")
_BLANKS = re.compile("[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")
_SAME = (
    (re.compile("[\u2018-\u201b\u2032\u02b9\u02bc\u00b4`]"), "'"),
    (re.compile("[\u201c-\u201f\u2033\u00ab\u00bb]"), '"'),
    (re.compile("[\u2010-\u2015\u2212]"), "-"),
    (re.compile("\u2026"), "..."),
)
_LOWER = (
    (re.compile("i\u0307|\u0131"), "i"),
    (re.compile("\u00df"), "ss"),
    (re.compile("\u03c2"), "\u03c3"),
)


def normalise(text: str, *, case: bool = False) -> str:
    """The text as answers are compared.

    Unicode NFC; unseen characters dropped; runs of blanks one blank, none at the ends; quotation marks,
    apostrophes and dashes straight, an ellipsis three dots (phones write the curly ones by themselves).
    Unless `case` matters: lower case by Unicode without a locale, with `ß` as `ss`, both small sigmas one,
    and the Turkish dotless and dotted i as `i`.
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    for pattern, same in _SAME:
        text = pattern.sub(same, text)
    text = _BLANKS.sub(" ", text).strip(" ")
    if case:
        return text
    text = text.lower()
    for pattern, same in _LOWER:
        text = pattern.sub(same, text)
    return unicodedata.normalize("NFC", text)


# --- numbers as typed ---------------------------------------------------------------------------------

_DIGITS = re.compile("[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]")
_MINUS = re.compile("^[\u2010-\u2015\u2212\ufe63\uff0d]")
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def to_decimal(text: str, sign: Literal[",", "."]) -> str | None:
    """The number that a learner typed, as plain decimal text, or None where it is none.

    `1.5`, `1,5` and `1.50` are the same number. A sign that can only part thousands (`1,234,567`, the first
    of `1,234.5`) parts them; `1,234` alone is read with the decimal `sign` of the course's language, all
    other single signs are decimal. Blanks and apostrophes may part thousands. Every kind of minus is one;
    digits may be Arabic, Persian, Devanagari or full-width. No exponents, fractions, units or per cent.
    """
    text = _BLANKS.sub(" ", _UNSEEN.sub("", text)).strip(" ")
    text = _DIGITS.sub(lambda digit: str(unicodedata.digit(digit[0])), text)
    text = _MINUS.sub("-", text).replace("\u066b", ".").replace("\u066c", "'")
    text = re.sub(r"^([+-]) ", r"\1", text)
    text = re.sub("[\u2018\u2019]", "'", text)
    for parted in " '":
        text = _joined(text, parted)
    found = [character for character in text if character in ",."]
    if len(set(found)) == 2:
        whole, point, fraction = text.rpartition(found[-1])
        text = f"{_joined(whole, found[0])}.{fraction}" if found.count(point) == 1 else text
    elif len(found) > 1 or (found and _is_thousands(text, sign)):
        text = _joined(text, found[0])
    else:
        text = text.replace(",", ".")
    return _canonical(text) if _PLAIN.fullmatch(text) else None


def _joined(text: str, parted: str) -> str:
    whole = re.match(
        rf"[+-]?[0-9]{{1,3}}(?:{re.escape(parted)}[0-9]{{3}})+(?![0-9{re.escape(parted)}])", text
    )
    return whole[0].replace(parted, "") + text[whole.end() :] if whole else text


def _is_thousands(text: str, sign: str) -> bool:
    other = "." if sign == "," else ","
    return re.fullmatch(rf"[+-]?[1-9][0-9]{{0,2}}{re.escape(other)}[0-9]{{3}}", text) is not None


def _canonical(text: str) -> str:
    minus = "-" if text.startswith("-") else ""
    whole, _, fraction = text.lstrip("+-").partition(".")
    digits = f"{whole.lstrip('0') or '0'}.{fraction}".rstrip("0").rstrip(".")
    return digits if digits == "0" else minus + digits


# --- sums ---------------------------------------------------------------------------------------------


def total(parts: Iterable[tuple[float, int, int]]) -> int:
    """The score of an attempt in millionths, rounded down, from (points, right, of) of each question.

    Cutting here and rounding half up later equals rounding the exact fraction once. All of nothing is all.
    """
    earned = possible = Fraction(0)
    for points, right, of in parts:
        exact = Fraction(repr(points)) if of else Fraction(0)
        possible += exact
        earned += exact * Fraction(right, of) if of else 0
    return int(earned * MILLION / possible) if possible else MILLION


def rounded(millionths: int) -> int:
    """Ten-thousandths, half up."""
    return (millionths + 50) // 100
