"""What a finished build says: in words for the author, as data for a machine."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from coursepack import budget, loss, state
from coursepack.compiler import Build
from coursepack.spec.outline import outline


def to_words(built: Build, output: Path) -> str:
    """Several lines; the last names each package with its size."""
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
    lost = loss.to_text(loss.losses(course, register))
    lines += ["", lost.rstrip()] if lost else []
    packages = ", ".join(f"{package.name} ({_size(len(package.data))})" for package in built.packages)
    return "\n".join([*lines, "", f"Built in {output}: {packages}"])


def to_data(built: Build) -> dict[str, Any]:
    """The same as JSON: packages with size and SHA-256, notes, what each format loses."""
    course, register = built.checked.course, built.checked.register
    if course is None or register is None:
        return {"packages": []}
    return {
        "course": course.settings.id,
        "version": course.settings.version,
        "packages": [
            {
                "target": package.target,
                "file": package.name,
                "bytes": len(package.data),
                "sha256": sha256(package.data).hexdigest(),
            }
            for package in built.packages
        ],
        "sheets": [sheet.name for sheet in built.sheets],
        "notes": list(built.notes),
        "losses": [
            {"target": row.target, "subject": row.subject, "says": row.says, "clause": row.clause}
            for row in loss.losses(course, register)
        ],
    }


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _size(size: int) -> str:
    return f"{size / 1000:.1f} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
