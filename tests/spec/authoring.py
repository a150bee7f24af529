"""Course folders written by tests, and what loading them says, in a form that is easy to compare."""

from __future__ import annotations

from pathlib import Path

from coursepack.diagnostics import Diagnostic, to_diagnostics
from coursepack.spec.load import Loaded, load_course
from coursepack.spec.model import Block, Question, each

SETTINGS = """\
spec: 1
id: https://learning.example.org/courses/tests
title: Tests
language: en
"""
STEP = "steps/010-one.md"


def write(
    folder: Path, step: str | bytes = "# One\n\nText.\n", files: dict[str, str | bytes] | None = None
) -> Path:
    """A course with one step, and any other files (which may replace course.yaml)."""
    for path, content in {"course.yaml": SETTINGS, STEP: step, **(files or {})}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def load(
    folder: Path, step: str | bytes = "# One\n\nText.\n", files: dict[str, str | bytes] | None = None
) -> Loaded:
    return load_course(write(folder, step, files))


def diagnostics(loaded: Loaded) -> list[Diagnostic]:
    return to_diagnostics(loaded.findings, loaded.sources)


def said(loaded: Loaded) -> list[str]:
    """`CODE file:line:column+width`, in file order; the folder `steps/` is left out."""
    places = [(item.rule.code, item.span) for item in diagnostics(loaded) if item.span]
    return [
        f"{code} {at.file.removeprefix('steps/')}:{at.line}:{at.column}+{at.width}" for code, at in places
    ]


def codes(loaded: Loaded) -> set[str]:
    return {finding.code for finding in loaded.findings}


def blocks(folder: Path, body: str) -> tuple[Block, ...]:
    """The blocks of a step with this body, which must be free of findings."""
    loaded = load(folder, f"---\ntitle: One\n---\n{body}")
    assert not loaded.findings, diagnostics(loaded)
    assert loaded.course
    return loaded.course.steps[0].blocks


def question(folder: Path, body: str, attributes: str = "") -> Question:
    """The one question of a step, which must be free of findings."""
    made = blocks(folder, f"::: question {{#it {attributes}}}\n{body}\n:::\n")
    return next(each(made, Question))[1]
