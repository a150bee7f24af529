"""Right and wrong answers, from a question's own data; and texts for reflections."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

NONSENSE = "zzz"
PLAIN = "I once heard a remark and said nothing and I have thought about it ever since then"
LOUD = "שלום עולם 🙂 مرحبا بالعالم 👩‍🚀 "
"""Right-to-left words and emoji, one of them made of several."""


def reply(question: dict[str, Any], *, right: bool) -> dict[str, Any]:
    """What the hands of `stage.js` take: the type, and a value in the form that this type needs."""
    return {"type": question["type"], "value": _value(question, right)}


def _value(question: dict[str, Any], right: bool) -> Any:
    match question["type"]:
        case "choice" | "multiple":
            return _options(question["options"], right)
        case "likert":
            return [str(question["options"][1 if len(question["options"]) > 1 else 0]["n"])]
        case "true-false":
            return ["true" if question["truth"] is right else "false"]
        case "fill-in":
            return question["accept"][0] if right else _wrong_text(question["accept"])
        case "cloze":
            return [
                [gap["n"], gap["accept"][0] if right else _wrong_text(gap["accept"])]
                for gap in question["gaps"]
            ]
        case "numeric":
            return _number(question, right)
        case "matching":
            return _pairs(question["pairs"], right)
        case "order":
            numbers = [item["n"] for item in question["items"]]
            return numbers if right else numbers[::-1]
    raise ValueError(f"no hands for a question of type {question['type']}")


def _options(options: list[dict[str, Any]], right: bool) -> list[str]:
    chosen = [str(one["n"]) for one in options if bool(one.get("right")) is right]
    return chosen or [str(options[0]["n"])]


def _wrong_text(accepted: list[str]) -> str:
    return NONSENSE if all(one.casefold() != NONSENSE for one in accepted) else "yyy"


def _number(question: dict[str, Any], right: bool) -> str:
    ranges = question["ranges"]
    value = Decimal(ranges[0][0]) if right else max(Decimal(high) for _, high in ranges) + 1
    return f"{value:f}".replace(".", str(question.get("decimal", ".")))


def _pairs(pairs: list[dict[str, Any]], right: bool) -> list[list[int]]:
    """Wrong: each pair gets a right side of another, so that not one is matched where that can be."""
    if right:
        return [[pair["n"], pair["to"]] for pair in pairs]
    sides = [pair["to"] for pair in pairs]
    return [[pair["n"], next((to for to in sides if to != pair["to"]), pair["to"])] for pair in pairs]


def words(reflection: dict[str, Any]) -> str:
    """Enough words for the reflection, no more than it takes."""
    plain = PLAIN.split()
    wanted = max(int(reflection["minWords"]), len(plain))
    return _cut(" ".join(plain[n % len(plain)] for n in range(wanted)), int(reflection["max"]))


def longest(reflection: dict[str, Any]) -> str:
    """As long as the reflection takes, in UTF-16 units, of everything that is hard to write down."""
    most = int(reflection["max"])
    text = _cut(LOUD * (most // 8 + 1), most)
    return text + "!" * (most - len(text.encode("utf-16-le")) // 2)


def _cut(text: str, units: int) -> str:
    """At most so many UTF-16 units, without half a character at the end and without a blank there."""
    cut = text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore")
    return cut.rstrip()
