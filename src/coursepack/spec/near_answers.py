"""Lines of a question that were meant as its answers and are read as something else."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NEAR = (
    (
        re.compile(r"(?: {4,}| {0,3}\t\s*)(?:[-*+][ \t]+\[[ xX]?\]|=[ \t]*\S)"),
        "it stands so far to the right that it is code",
        "begin it at the left edge",
    ),
    (
        re.compile(r"\s*(?:[^\s\w\[\]>`:=#-]{1,2}\s*|\d+[.)]\s*)?\[[ xX]?\](?!\()"),
        "it is no entry of a list",
        "begin each option with `- [ ] ` or `- [x] `",
    ),
    (
        re.compile(r"\s*[-*+]\s*(?:[☐☑☒✓✔✗✘]|\([ xX]?\))"),
        "it has no square brackets",
        "begin each option with `- [ ] ` or `- [x] `",
    ),
    (
        re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\S.*?(?:==|\s(?:=|=>|->|→)\s).*\S"),
        "a pair has ` == ` between its sides",
        "write `- left == right`",
    ),
    (
        re.compile(r"\s*(?:true|false)\s*", re.IGNORECASE),
        "it is text",
        "write `answer=true` or `answer=false` in the braces of the question",
    ),
)


def near_answer(lines: Iterable[str]) -> tuple[int, str, str] | None:
    """The first line most likely meant as an answer: its number from 0, why it is none, what to do."""
    for number, line in enumerate(lines):
        for pattern, why, advice in _NEAR:
            if pattern.match(line):
                return number, why, advice
    return None
