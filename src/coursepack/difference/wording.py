"""What changed in the words and pictures of a step, block by block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import unescape

from coursepack.difference.change import Change

SHOWN_MAX = 6
"""Changed blocks of one step that are quoted."""
BLOCKS_MAX = 4000
QUOTE_MAX = 70
ALIKE = 0.4
"""Share of words that a line and a text have in common when the one is likely where the other is written."""
_COUNTER = re.compile(r'(<p class="kicker"[^>]*>)\s*<span>[^<]*</span>')
_BREAK = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|td|th|tr|table|caption|figure|figcaption|legend|label|div|section|form"
    r"|fieldset|summary|details|pre|blockquote|select|option|button|article|header|br)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")


def blocks(html: str) -> list[str]:
    """The text of a step's HTML, one line for each block, without the number of the step above the title."""
    text = _BREAK.sub("\n", _COUNTER.sub(r"\1", html))
    lines = (" ".join(unescape(_TAG.sub("", line)).split()) for line in text.split("\n"))
    return [line for line in lines if line][:BLOCKS_MAX]


def changed_words(
    title: str, old: str, new: str, places: Sequence[tuple[int, str]], file: str, sure: bool = True
) -> Iterator[Change]:
    """The blocks of a step that are new, gone or reworded. `places` are lines of its source file.

    `sure`: all of these lines changed. If not, one is only named that is like the new words.
    """
    before, after = blocks(old), blocks(new)
    if before == after:
        return
    if sorted(before) == sorted(after):
        yield Change("none", f"step “{title}”: the same words in another order", place=file)
        return
    told = 0
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = list(_paired(before[i:j], after[k:m]))
        for was, now in pairs:
            told += 1
            if told <= SHOWN_MAX:
                yield Change(
                    "none",
                    f"step “{title}”: {_said(was, now)}",
                    place=_place(now or was, places, file, 0 if sure else ALIKE),
                )
    if told > SHOWN_MAX:
        yield Change("none", f"step “{title}”: {told - SHOWN_MAX} more changes in its words")


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at in range(max(len(before), len(after))):
        yield before[at] if at < len(before) else "", after[at] if at < len(after) else ""


def _said(was: str, now: str) -> str:
    if not was:
        return f"new: {_quoted(now)}"
    if not now:
        return f"gone: {_quoted(was)}"
    start, end = _common(was, now)
    return f"{_quoted(was[start : len(was) - end])} is now {_quoted(now[start : len(now) - end])}"


def _common(was: str, now: str) -> tuple[int, int]:
    """How many characters the texts share at their start and end, cut back to whole words."""
    start = 0
    while start < min(len(was), len(now)) and was[start] == now[start]:
        start += 1
    end = 0
    while end < min(len(was), len(now)) - start and was[-1 - end] == now[-1 - end]:
        end += 1
    start = max(was.rfind(" ", 0, max(start - 1, 0)) + 1, 0)
    tail = was.find(" ", len(was) - end + 1) if end else -1
    return start, len(was) - tail if tail > 0 else 0


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= QUOTE_MAX else text[: QUOTE_MAX - 1] + '…'}”"


def changed_lines(old: str, new: str) -> list[tuple[int, str]]:
    """Number and text of each line of `new` that `old` does not have there."""
    before, after = old.split("\n")[:BLOCKS_MAX], new.split("\n")[:BLOCKS_MAX]
    found = []
    for tag, _, _, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag in ("replace", "insert"):
            found += [(number + 1, after[number]) for number in range(start, end)]
        elif tag == "delete":
            found.append((min(start + 1, len(after)), ""))
    return found


def _place(text: str, places: Sequence[tuple[int, str]], file: str, least: float) -> str:
    """The line that the text is most like; the file alone where none is."""
    if not file:
        return ""
    words = set(re.findall(r"\w+", text))
    best, line = least, 0
    for number, source in places[:BLOCKS_MAX]:
        there = set(re.findall(r"\w+", source))
        share = len(words & there) / (len(words | there) or 1)
        if share > best:
            best, line = share, number
    return f"{file}:{line}" if line else file
