"""What a rehearsal needs to know of a package: its files, its page, and the answers if it is one of ours."""

from __future__ import annotations

import json
import re
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from coursepack.preview.contents import Contents, DamagedError
from coursepack.preview.session.launches import Launch, launches

EDITIONS = ("scorm12", "scorm2004-3", "scorm2004-4")
PLAYED = (*EDITIONS, "cmi5", "xapi")
CONFIG = re.compile(r'<script [^>]*\bdata-course="(course-[0-9a-f]{8}\.js)"')


class Script(Struct, frozen=True):
    """A course of ours as `runtime/contract.d.ts` has it: a LaunchConfig and the StepData of each step."""

    config: dict[str, Any]
    steps: tuple[dict[str, Any], ...]


class Stage(Struct, frozen=True):
    """One package, ready to be played; `id` names its page.

    `facts` is what `createLms` takes, or what a cmi5 unit says. `script` is None if it is not one of ours.
    `others` are the units of ours that a learner does after this one.
    """

    target: str
    id: str
    contents: Contents
    href: str
    facts: dict[str, Any]
    title: str
    script: Script | None
    notes: tuple[str, ...] = ()
    others: tuple[Stage, ...] = ()


def open_package(data: bytes) -> list[Stage]:
    """One stage for each kind of package that the zip is; empty when nothing in it can be opened.

    Raises DamagedError when the bytes are no zip that can be read.
    """
    from coursepack import conformance

    contents = Contents(data)
    view = conformance.read_package(data)
    stages = []
    for target, pages in launches(view).items():
        opened = [_stage(target, contents, page) for page in pages if not page.wrong]
        if not opened:
            continue
        first, *others = opened
        if all(one.script for one in opened):
            stages.append(replace(first, others=tuple(others)))
        else:
            notes = (f"of {len(pages)} pages only the first is played: {first.title}",)
            stages.append(replace(first, notes=notes if len(pages) > 1 else ()))
    return stages


def _stage(target: str, contents: Contents, page: Launch) -> Stage:
    script = _script(contents, re.split(r"[?#]", page.href)[0])
    return Stage(target, page.id, contents, page.href, page.facts, page.title, script)


def _script(contents: Contents, page: str) -> Script | None:
    """What a page of ours names as its course; None for any other page."""
    try:
        found = CONFIG.search((contents.read(page) or b"").decode("utf-8", "replace"))
        config = _called(contents, found[1], "course") if found else None
        steps = [_called(contents, step["src"], "step") for step in config["steps"]] if config else []
    except (DamagedError, KeyError, TypeError):
        return None
    return Script(config, tuple(step for step in steps if step)) if config and all(steps) else None


def _called(contents: Contents, name: str, call: str) -> dict[str, Any] | None:
    """The argument of `coursepack.<call>(…)` in a script of ours; None for any other script."""
    text = (contents.read(name) or b"").decode("utf-8", "replace").strip()
    start, end = f"coursepack.{call}(", ");"
    if not text.startswith(start) or not text.endswith(end):
        return None
    try:
        value = json.loads(text[len(start) : -len(end)])
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
