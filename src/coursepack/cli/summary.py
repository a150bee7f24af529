"""What a finished build says: in words for the author, as data for a machine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursepack import budget, loss, state
from coursepack.compiler import Build
from coursepack.report import to_data as to_findings
from coursepack.spec.outline import outline

if TYPE_CHECKING:
    from coursepack.handover.card import Card


def to_words(built: Build, output: Path, cards: Sequence[Card] = (), width: int = 0) -> str:
    """Several lines; the last names each package with its size, the one before the upload cards.

    With a `width` in columns, longer lines are folded between words; without one they stay whole.
    """
    course, register = built.checked.course, built.checked.register
    if course is None or register is None:
        return ""
    settings, plan = course.settings, outline(course)
    counts = [
        _count(len(course.steps), "step"),
        _count(len(plan.slots), "question"),
        _count(len(plan.reflections), "reflection"),
    ]
    lines = [f"{settings.title} {settings.version}: {', '.join(counts)}", ""]
    lines += [f"  {note}" for note in built.notes]
    layout = state.layout(course, register)
    lines += [f"{size:9.0f}  {name}" for name, size in budget.by_step(course, register, layout)]
    lost = loss.to_text(loss.losses(course, register, [one.target for one in built.packages]))
    lines += ["", lost.rstrip()] if lost else []
    if cards:
        from coursepack.handover.card import file_names

        more = f" (and so for each of the {len(cards)} packages)" if len(cards) > 1 else ""
        lines += ["", f"Upload card, not for learners: {file_names(cards[0].zip)[0]} and .md{more}"]
    packages = ", ".join(f"{package.name} ({_size(len(package.data))})" for package in built.packages)
    text = "\n".join([*lines, *([] if cards else [""]), f"Built in {output}: {packages}"])
    return "\n".join(_folded(line, width) for line in text.split("\n"))


def _folded(line: str, width: int) -> str:
    """The line, folded with its second column kept in place where that leaves room enough for words."""
    if not width or len(line) <= width:
        return line
    from textwrap import fill

    column = re.match(r"  \S.*?\S {2,}(?=\S)", line)
    if column and column.end() > width // 2:
        line = f"{column[0].rstrip()}: {line[column.end() :]}"
        column = None
    hanging = " " * (column.end() if column else 4)
    return fill(
        line,
        width,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
    )


def to_data(built: Build, cards: Sequence[Card] = ()) -> dict[str, Any]:
    """The same as JSON: packages with size and SHA-256, their cards, notes, what each format loses, findings.

    The keys are always the same; a build that was stopped has no packages.
    """
    course, register = built.checked.course, built.checked.register
    made = [package.target for package in built.packages]
    lost = loss.losses(course, register, made) if course and register else ()
    return {
        "course": course.settings.id if course else None,
        "version": course.settings.version if course else None,
        "packages": [
            {
                "target": package.target,
                "file": package.name,
                "bytes": len(package.data),
                "sha256": sha256(package.data).hexdigest(),
            }
            for package in built.packages
        ],
        "cards": [_card(card) for card in cards],
        "sheets": [sheet.name for sheet in built.sheets],
        "notes": list(built.notes),
        "losses": [
            {"target": row.target, "subject": row.subject, "says": row.says, "clause": row.clause}
            for row in lost
        ],
        "findings": to_findings(built.checked.diagnostics),
    }


def _card(card: Card) -> dict[str, str]:
    from coursepack.handover.card import file_names

    html, markdown = file_names(card.zip)
    return {"target": card.target, "html": html, "markdown": markdown}


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _size(size: int) -> str:
    return f"{size / 1000:.1f} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
