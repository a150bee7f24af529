"""Attributes in braces: `{#id .class key=value key="two words" word}`, their syntax and their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from msgspec import Struct, field

from coursepack.diagnostics import Rule
from coursepack.spec.shape import clip, suggest
from coursepack.spec.shape_content import ATTRIBUTE_SYNTAX, BAD_ATTRIBUTE, BAD_ID, UNKNOWN_ATTRIBUTE

BRACES = re.compile(r"""\{(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^{}"'])*\}""")
"""Braces and what is between them; quotes may hold braces."""

_PART = re.compile(
    r"""\#(?P<id>[^\s\#.{}="']+)
      | \.(?P<css>[^\s\#.{}="']+)
      | (?P<key>[A-Za-z][\w-]*)
        (?:=(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'|(?P<bare>[^\s"'{}]+)))?
    """,
    re.VERBOSE,
)
_SPACED = re.compile(
    r"""(?P<key>[A-Za-z][\w-]*)(?: +=|=(?= )) *(?:"(?P<double>[^"]*)"|(?P<bare>[^\s"'{}]+))"""
)
_LOOKS = re.compile(r"\{\s*(?:[#.][A-Za-z0-9_-]+(?=[\s}#.])|[A-Za-z][\w-]*=\S)")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_CLASS = re.compile(r"-?[A-Za-z_][A-Za-z0-9_-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*|x(-[A-Za-z0-9]{1,8})+")

Report = Callable[[Rule, int, int, str, str], None]
"""Reports a finding at an offset and width in the text that holds the braces."""


class Mark(Struct, frozen=True):
    """A value as written, with its offset and width."""

    text: str
    at: int
    width: int
    bare: bool = False


class Marks(Struct):
    """What braces hold. `values` maps a key to its value; a word alone has `bare`."""

    id: Mark | None = None
    classes: list[Mark] = field(default_factory=list)
    values: dict[str, Mark] = field(default_factory=dict)


def looks_like_attributes(text: str, words: tuple[str, ...] = ()) -> bool:
    """Whether braces in prose are attributes: they begin with `#id`, `.class`, `key=` or one of the words."""
    first = re.split(r"[\s#.=]", text[1:-1].lstrip(), maxsplit=1)[0]
    return bool(_LOOKS.match(text)) or first in words


def parse_attributes(text: str, report: Report, offset: int = 0) -> Marks:
    """Read `{…}`, which starts at `offset`. Reports what cannot be read."""
    marks = Marks()
    at = 1
    end = len(text) - 1
    while at < end:
        if text[at].isspace():
            at += 1
            continue
        spaced = _SPACED.match(text, at, end)
        if spaced:
            message, advice = (
                "blanks stand around the `=`",
                f"write `{clip(re.sub(r' *= *', '=', spaced[0], count=1))}`",
            )
            report(ATTRIBUTE_SYNTAX, offset + at, len(spaced[0]), message, advice)
            value = spaced["double"] or spaced["bare"] or ""
            marks.values.setdefault(spaced["key"], Mark(value, offset + at, len(spaced[0])))
            at = spaced.end()
            continue
        found = _PART.match(text, at, end)
        if found is None or not (found.end() == end or text[found.end()] in " \t\n#."):
            stop = next((i for i in range(at + 1, end) if text[i].isspace()), end)
            advice = _remedy(text[at:stop], marks.id, offset + at)
            report(
                ATTRIBUTE_SYNTAX, offset + at, stop - at, f"`{clip(text[at:stop])}` is no attribute", advice
            )
            at = stop
            continue
        _keep(marks, found, report, offset)
        at = found.end()
    return marks


def _remedy(part: str, name: Mark | None, at: int) -> str:
    """What to do about a part of the braces that is no attribute; `name` is the id before it."""
    if re.search("[“”„‘’«]", part):
        return "use straight quotes"
    if name and name.at + name.width + 1 == at and (whole := to_id(f"{name.text} {part}")):
        return f"an id has no blanks: write `#{whole}`"
    return "see `key=value`, `#id`, `.class`"


def mend_braces(text: str) -> tuple[str, str, str]:
    """Braces that do not end as the author most likely meant them; what is wrong, and what to do.

    All that is kept stays at its offset. A value whose quotation mark is not closed is left out.
    """
    if BRACES.fullmatch(f"{text}}}"):
        return f"{text}}}", "the braces are not closed", "write `}` at the end"
    body = text.rstrip().removesuffix("}")
    for found in re.finditer(r"""(?:[\w-]+=)?["']""", body):
        rest = re.compile(r"\s[\w-]+=").search(body, found.end())
        stop = rest.start() if rest else len(body)
        mended = f"{body[: found.start()]}{' ' * (stop - found.start())}{body[stop:]}}}"
        if BRACES.fullmatch(mended):
            return mended, "a quotation mark in the braces is not closed", 'write `key="two words"`'
    return "{}", "the braces cannot be read", "write `{#id key=value}`"


def _keep(marks: Marks, found: re.Match[str], report: Report, offset: int) -> None:
    at, width = offset + found.start(), found.end() - found.start()
    if found["id"] is not None:
        if marks.id:
            report(ATTRIBUTE_SYNTAX, at, width, f"`#{clip(found['id'])}` is a second id", "keep one id")
        marks.id = marks.id or Mark(found["id"], at, width)
    elif found["css"] is not None:
        marks.classes.append(Mark(found["css"], at, width))
    elif found["key"] in marks.values:
        report(ATTRIBUTE_SYNTAX, at, width, f"`{clip(found['key'])}` stands here twice", "keep one of them")
    elif found["bare"] and found["bare"][0] in "“”„‘’«»":
        report(ATTRIBUTE_SYNTAX, at, width, f"`{clip(found[0])}` has a curly quote", "use straight quotes")
    else:
        quoted = found["double"] if found["double"] is not None else found["single"]
        value = re.sub(r"\\([^\w\s])", r"\1", quoted) if quoted is not None else found["bare"] or ""
        marks.values[found["key"]] = Mark(value, at, width, quoted is None and found["bare"] is None)


Kind = Callable[[Mark], object]
"""Turns a mark into a value; raises ValueError with the kind of value that it wants."""


def words(mark: Mark) -> str:
    if mark.bare or not mark.text.strip():
        raise ValueError("some text")
    return mark.text


def flag(mark: Mark) -> bool:
    if mark.bare or mark.text in ("true", "false"):
        return mark.text != "false"
    raise ValueError("`true` or `false`, or stands alone")


def count(mark: Mark, least: int = 1) -> int:
    if re.fullmatch(r"[0-9]{1,9}", mark.text) and int(mark.text) >= least:
        return int(mark.text)
    raise ValueError(f"a whole number from {least} up")


def attempts(mark: Mark) -> int | None:
    if mark.text == "unlimited":
        return None
    if re.fullmatch(r"[0-9]{1,4}", mark.text) and int(mark.text) >= 1:
        return int(mark.text)
    raise ValueError("a whole number from 1 up, or `unlimited`")


def points(mark: Mark) -> Decimal:
    if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", mark.text):
        return Decimal(mark.text)
    raise ValueError("a number from 0 up, such as `2` or `0.5`")


def percent(mark: Mark) -> Decimal:
    found = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)(%?)", mark.text)
    share = Decimal(found[1]) / (100 if found[2] else 1) if found else Decimal(2)
    if share > 1 and found and not found[2] and share <= 100:
        raise ValueError(f"a percentage: write `{mark.text}%`")
    if share > 1:
        raise ValueError("a percentage such as `80%`, or a number from 0 to 1")
    return share


class _NotOneOfError(ValueError):
    """A value that is none of these names."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(f"`{name}`" for name in names[:-1]) + f" or `{names[-1]}`")
        self.names = names


def _one_of(names: tuple[str, ...], mark: Mark) -> str:
    if mark.text in names and not mark.bare:
        return mark.text
    raise _NotOneOfError(names)


def one_of(*names: str) -> Kind:
    return partial(_one_of, names)


def truth(mark: Mark) -> bool:
    return _one_of(("true", "false"), mark) == "true"


def language(mark: Mark) -> str:
    if _LANGUAGE.fullmatch(mark.text):
        return mark.text
    raise ValueError("a language tag such as `fr` or `en-GB`")


OUTER: Mapping[str, Kind] = {"lang": language, "dir": one_of("ltr", "rtl", "auto")}
"""What every place with `Attributes` takes."""


def take(marks: Marks, kinds: Mapping[str, Kind], where: str, report: Report) -> dict[str, Any]:
    """The values by key, each of its kind. `where` is such as "a question"; unknown keys are reported."""
    values: dict[str, Any] = {}
    for key, mark in marks.values.items():
        kind = kinds.get(key)
        if kind is None:
            known = [f"`{name}`" for name in kinds]
            advice = suggest(key, kinds, f"it takes {', '.join(known)}" if known else "remove it")
            if mark.bare and not marks.id and _ID.fullmatch(key) and "did you mean" not in advice:
                advice = f"write `#{clip(key)}` if it is the id, or remove it"
            message = f"{where} has no attribute `{clip(key)}`"
            report(UNKNOWN_ATTRIBUTE, mark.at, mark.width, message, advice)
            continue
        try:
            values[key] = kind(mark)
        except ValueError as wanted:
            message = f"`{key}` is `{clip(mark.text)}`" if mark.text else f"`{key}` has no value"
            names = wanted.names if isinstance(wanted, _NotOneOfError) else ()
            report(
                BAD_ATTRIBUTE, mark.at, mark.width, message, suggest(mark.text, names, f"it takes {wanted}")
            )
    return values


def take_id(marks: Marks, report: Report) -> str:
    """The id, or nothing; one that is malformed is reported and kept in a form that works."""
    return checked_id(marks.id.text, marks.id.at, marks.id.width, report) if marks.id else ""


def checked_id(name: str, at: int, width: int, report: Report) -> str:
    """The id itself where it is well formed, else a finding and the nearest that is."""
    if _ID.fullmatch(name) and len(name) <= 64:
        return name
    near = to_id(name)
    if len(name) > 64:
        report(BAD_ID, at, width, f"the id has {len(name)} characters; 64 are allowed", "shorten it")
        return near
    advice = f"write `{near}`" if near else "use lower-case letters, digits and hyphens"
    report(BAD_ID, at, width, f"`{clip(name)}` cannot be an id", advice)
    return near


def take_classes(marks: Marks, report: Report) -> tuple[str, ...]:
    """The class names; malformed ones are reported."""
    for mark in marks.classes:
        if not _CLASS.fullmatch(mark.text):
            advice = "use letters, digits, `-` and `_`"
            report(ATTRIBUTE_SYNTAX, mark.at, mark.width, f"`.{clip(mark.text)}` cannot be a class", advice)
    return tuple(mark.text for mark in marks.classes if _CLASS.fullmatch(mark.text))


def to_id(text: str) -> str:
    """An id made from any words: accents go, all else becomes hyphens; empty where nothing is left."""
    import unicodedata

    folded = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded).lstrip("-0123456789")[:64].strip("-")
