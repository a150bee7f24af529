"""What is wrong with YAML that cannot be read, in our words, at the place to mend it.

YAML notices a mistake where it can go on no further, often lines below: an opening quotation mark or bracket,
or a key without a blank after its colon, is told at its own place.
"""

from __future__ import annotations

import re
from typing import TypeAlias

import yaml

Told: TypeAlias = tuple[int, str, str]
"""An offset in the text, what is wrong there, and what to do."""

_KEY = re.compile(r"[ ]*(?:- +)*")
_TIGHT = re.compile(r"\s*(?:- +)*(?P<key>[A-Za-z][\w-]*):(?=[^\s:/])")
_TICK = re.compile(r"\s*- +(?P<box>\[[ xX]?\]) +\S")
_PROBLEMS = (
    ("escape", "a backslash in double quotes starts an escape", "use single quotes, or write `\\\\`"),
    (
        "block collection",
        "this line does not belong to the list above it",
        "check how far the lines are indented",
    ),
    (
        "sequence entries",
        "a list cannot start in the line of its key",
        "write its `- ` lines below the key, or `[one, two]`",
    ),
    (
        "expected key",
        "this line does not fit the ones above it",
        "check the quotes and how far it is indented",
    ),
)


def explain(text: str, at: int, context: int, problem: str, loader: type) -> Told:
    """What to tell of a problem that the parser met at `at` while it read what began at `context`."""
    here = text[at : at + 1]
    if here == "\t":
        return at, "a tab is used to indent", "use blanks"
    if "cannot start any token" in problem:
        return at, f"text cannot start with `{here}`", "put it in quotes"
    if box := _TICK.match(_line(text, start := _start(text, at))):
        advice = "write `- text: …` and below it `right: true`; a wrong option is its text alone, `- …`"
        return start + box.start("box"), f"`{box['box']}` does not tick an option in YAML", advice
    if "an anchor" in problem or "an alias" in problem:
        return context, f"text cannot start with `{text[context : context + 1]}`", "put it in quotes"
    if "mapping values" in problem:
        return _colon(text, at)
    if "quoted scalar found unexpected end" in problem:
        return context, "a quotation mark is never closed", "close the quotation mark"
    if "simple key" in problem:
        return _no_colon(text, context)
    for words, kind, bracket in (
        ("flow sequence", "a list `[…]`", "]"),
        ("flow mapping", "a map `{…}`", "}"),
    ):
        if words in problem:
            place = at if "\n" not in text[context:at] else context
            return _quoted(text, at, loader) or (
                place,
                f"{kind} is not closed or lacks a comma",
                f"close it with `{bracket}`",
            )
    for words, message, advice in _PROBLEMS:
        if words in problem:
            return _quoted(text, at, loader) or (at, message, advice)
    return at, "the YAML cannot be read from here on", "check the quotes and how far the lines are indented"


def _start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line(text: str, start: int) -> str:
    return text[start:].partition("\n")[0]


def _above(text: str, start: int) -> int:
    """The start of the nearest line above that says something, or of the line itself."""
    at = start
    while at > 0:
        at = _start(text, at - 1)
        line = _line(text, at).strip()
        if line and not line.startswith("#"):
            return at
    return start


def _colon(text: str, at: int) -> Told:
    """A colon where no key can be: the second of its line, or in a line that goes on with the one above."""
    start = _start(text, at)
    lead = text[start:at]
    above = _above(text, start)
    tight = _TIGHT.match(_line(text, above)) if above < start else None
    if re.search(r":\s", lead) or above == start:
        return at, "a second `: ` stands in this line", "put the text in quotes"
    if tight:
        return _tight(above, tight)
    column = _column(_line(text, start))
    if column <= _column(_line(text, above)):
        return at, "a second `: ` stands in this line or the one above", "put the text in quotes"
    line = text.count("\n", 0, above) + 1
    advice = "begin lines that belong together in one column, or put text with a `: ` in it in quotes"
    return start + column, f"this line begins further right than line {line}", advice


def _column(line: str) -> int:
    """Where the key of a line begins, or where the line does when it has none."""
    found = _KEY.match(line) if ": " in line or line.rstrip().endswith(":") else None
    return found.end() if found else len(line) - len(line.lstrip(" "))


def _no_colon(text: str, context: int) -> Told:
    start = _start(text, context)
    tight = _TIGHT.match(_line(text, start))
    if tight:
        return _tight(start, tight)
    return context, "a line is not `key: value`", "add a colon and a blank after the key"


def _tight(start: int, found: re.Match[str]) -> Told:
    key = found["key"]
    return start + found.start("key"), f"a blank is missing after `{key}:`", f"write `{key}: …`"


def _quoted(text: str, at: int, loader: type) -> Told | None:
    """What to say when text goes on after a quotation mark, which closed something too early or too late."""
    last = None
    try:
        for token in yaml.scan(text, Loader=loader):
            if token.start_mark.index >= at:
                break
            last = token
    except yaml.YAMLError:
        pass
    style = getattr(last, "style", None)
    if last is None or style not in ('"', "'") or text[last.end_mark.index : at].strip():
        return None
    start, end = last.start_mark.index, last.end_mark.index
    if "\n" in text[start:end]:
        return start, "a quotation mark opens here and is not closed in this line", "close it"
    if "\n" in text[end:at]:
        return None
    advice = f"put the whole text in quotes, and write a `{style}` in it as " + (
        "`''`" if style == "'" else '`\\"`'
    )
    return at, "text goes on after its closing quotation mark", advice
