"""`{{path | filter}}`: from an author's text to the compiled template of `contract.py`, and the filters."""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal
from typing import Any

from msgspec import Struct

Filter = tuple[str, tuple[Any, ...]]

ARGUMENTS = {
    "duration": 0, "int": 0, "round": 1, "percent": 0, "langmap": 0, "truncate": 1, "plain": 0,
    "segment": 0, "default": 1, "omit": 0,
}  # fmt: skip
"""How many arguments each filter takes."""
TAKES_NUMBERS = frozenset({"duration", "int", "round", "percent"})
TAKES_TEXT = frozenset({"langmap", "truncate", "plain", "segment"})
_PLACE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_PATH = re.compile(r"[a-z]+(?:\.[a-z_]+)+")
_FILTER = re.compile(r"([a-z]+)(?:\((.*)\))?", re.DOTALL)
_PIPE = re.compile(r"""\|(?=(?:[^"']|"[^"]*"|'[^']*')*$)""")


class TemplateError(ValueError):
    """A template that cannot be read; the text is a finding's message."""


class Use(Struct, frozen=True):
    """One placeholder: its path and its filters; `whole` when it is all of the value."""

    path: str
    filters: tuple[Filter, ...]
    whole: bool

    @property
    def guarded(self) -> bool:
        """Whether the author said what happens when there is no value."""
        return any(name in ("default", "omit") for name, _ in self.filters)


def compile_text(text: str) -> tuple[Any, tuple[Use, ...]]:
    """The compiled template of a text, and its placeholders. Raises TemplateError."""
    parts: list[Any] = []
    uses: list[Use] = []
    end = 0
    for found in _PLACE.finditer(text):
        whole = found[0] == text.strip()
        use = _use(found[1], whole)
        uses.append(use)
        parts += [text[end : found.start()]] if text[end : found.start()] and not whole else []
        parts.append(_compiled(use))
        end = found.end()
    rest = text[end:]
    if "{{" in rest or "}}" in _PLACE.sub("", text):
        raise TemplateError("`{{` and `}}` do not match")
    if not uses:
        return text, ()
    if uses[0].whole:
        return parts[0], tuple(uses)
    return {"+": [*parts, *([rest] if rest else [])]}, tuple(uses)


def _compiled(use: Use) -> dict[str, Any]:
    filters = [[name, *arguments] for name, arguments in use.filters if name != "omit"]
    return {"$": use.path, "f": filters} if filters else {"$": use.path}


def _use(inner: str, whole: bool) -> Use:
    path, *filters = (part.strip() for part in _PIPE.split(inner))
    if not _PATH.fullmatch(path):
        raise TemplateError(f"`{path or '{{}}'}` is not a path such as `course.title`")
    return Use(path, tuple(_filter(one) for one in filters), whole)


def _filter(text: str) -> Filter:
    found = _FILTER.fullmatch(text)
    if not found or found[1] not in ARGUMENTS:
        raise TemplateError(f"there is no filter `{text}`; there are {', '.join(ARGUMENTS)}")
    name, inside = found[1], (found[2] or "").strip()
    if bool(inside) != bool(ARGUMENTS[name]):
        raise TemplateError(f"`{name}` takes {'one value' if ARGUMENTS[name] else 'no value'} in brackets")
    if not inside:
        return name, ()
    value = _argument(inside)
    if name in ("round", "truncate") and not (isinstance(value, int) and 0 <= value <= 4000):
        raise TemplateError(f"`{name}` takes a whole number")
    if name == "round" and isinstance(value, int) and value > 10:
        raise TemplateError("`round` takes at most 10")
    return name, (value,)


def _argument(text: str) -> str | int | float | bool:
    quoted = re.fullmatch(r"'([^']*)'|\"([^\"]*)\"", text)
    if quoted:
        return quoted[1] if quoted[1] is not None else quoted[2]
    try:
        value = json.loads(text, parse_constant=_no_number)
    except ValueError:
        raise TemplateError(f"`{text}` is neither a number nor text in quotes") from None
    if not isinstance(value, str | int | float | bool):
        raise TemplateError(f"`{text}` is neither a number nor text in quotes")
    return value


def _no_number(text: str) -> float:
    raise ValueError(text)


# --- filters, the same in the interpreter of the page -----------------------------------------------------


def apply(name: str, value: Any, arguments: list[Any], language: str) -> Any:
    """A filter's value; None stays None (absent), save for `default`."""
    if name == "default":
        return arguments[0] if value is None or value == "" else value
    if value is None:
        return None
    match name:
        case "duration":
            return duration(float(value))
        case "int":
            return math.trunc(value)
        case "round":
            return rounded(float(value), int(arguments[0]))
        case "percent":
            return rounded(float(value) * 100, 2)
        case "langmap":
            return {language: to_text(value)}
        case "truncate":
            text, limit = to_text(value), int(arguments[0])
            return text if len(text) <= limit else text[: max(limit - 1, 0)] + "…"
        case "plain":
            return " ".join(re.sub(r"<[^>]*>", " ", to_text(value)).split())
        case _:
            return re.sub(r"[^A-Za-z0-9_-]+", "-", to_text(value)).strip("-")


def duration(seconds: float) -> str:
    """ISO 8601 in seconds, cut to hundredths (xAPI 4.4.3.2); never negative, no hours to be counted."""
    cents = max(0, math.floor(seconds * 100 + 1e-6)) if math.isfinite(seconds) else 0
    whole, rest = divmod(cents, 100)
    return f"PT{whole}.{rest:02}".rstrip("0") + "S" if rest else f"PT{whole}S"


def rounded(value: float, digits: int) -> float:
    """Half up, as `Math.floor(value * 10**digits + 0.5)` does it."""
    power = 10**digits
    result = math.floor(value * power + 0.5) / power
    return int(result) if result == int(result) else result


def to_text(value: Any) -> str:
    """A value inside longer text, as JavaScript's `String` writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) and abs(value) < 1e21 else f"{Decimal(repr(value)):f}"
    return str(value)
