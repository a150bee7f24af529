"""Small courses written and built by the tests themselves."""

from __future__ import annotations

from pathlib import Path

from coursepack import compiler

SETTINGS = """spec: 1
id: https://learning.example.org/courses/small
title: Small
language: en-GB
description: Small.
"""


def write(folder: Path, *steps: str, settings: str = "") -> Path:
    """A course folder; each step is its Markdown after `title:`. Steps are named 1, 2, …"""
    (folder / "steps").mkdir(parents=True, exist_ok=True)
    (folder / "course.yaml").write_text(SETTINGS + settings, encoding="utf-8")
    for number, body in enumerate(steps, 1):
        text = f"---\nid: step-{number}\ntitle: Step number {number}\n---\n{body}\n"
        (folder / "steps" / f"{number:03}.md").write_text(text, encoding="utf-8")
    return folder


def build(folder: Path, target: str = "scorm12") -> Path:
    """The package as a zip beside the folder; `course.lock` is written as `build` does."""
    built = compiler.build(folder, [target])
    assert built.packages, built.checked.diagnostics
    if built.lock_text:
        (folder / "course.lock").write_text(built.lock_text, encoding="utf-8")
    (package,) = built.packages
    path = folder.parent / f"{folder.name}-{len(list(folder.parent.glob('*.zip')))}.zip"
    path.write_bytes(package.data)
    return path
