"""Courses for tests, written as authors write them and read by the real loader."""

from __future__ import annotations

from pathlib import Path

from coursepack.spec.load import Loaded, load_course

HEAD = """\
spec: 1
id: https://example.org/courses/small
title: Small
language: en-GB
"""


def load_small(folder: Path, settings: str = "", *steps: str, **banks: str) -> Loaded:
    """The course of these settings, steps (Markdown, the first line may be front matter) and banks (YAML)."""
    (folder / "steps").mkdir()
    (folder / "course.yaml").write_text(HEAD + settings, "utf-8")
    for index, text in enumerate(steps, 1):
        (folder / "steps" / f"{index:03}-step-{index}.md").write_text(text, "utf-8")
    for name, text in banks.items():
        (folder / "questions").mkdir(exist_ok=True)
        (folder / "questions" / f"{name}.yaml").write_text(text, "utf-8")
    return load_course(folder)


def choice(name: str, attributes: str = "") -> str:
    """A question with the second of two options right."""
    return f"::: question {{#{name} {attributes}}}\nWhich is {name}?\n\n- [ ] No\n- [x] Yes\n:::\n"


def quiz(name: str, *questions: str, attributes: str = "") -> str:
    return f"::: quiz {{#{name} {attributes}}}\n" + "\n".join(questions) + "\n:::\n"


def step(name: str, *blocks: str, front: str = "") -> str:
    return f"---\nid: {name}\ntitle: {name}\n{front}---\nSome words.\n\n" + "\n".join(blocks)
