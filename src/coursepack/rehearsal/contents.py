"""What a rehearsal needs to know of a package: its files, its page, and the answers if it is one of ours."""

from __future__ import annotations

import json
import re
from typing import Any

from msgspec import Struct

from coursepack.preview.contents import Contents

EDITIONS = ("scorm12", "scorm2004-3", "scorm2004-4")
PLAYED = (*EDITIONS, "cmi5", "xapi")
CONFIG = re.compile(r"course-[0-9a-f]{8}\.js")


class Script(Struct, frozen=True):
    """A course of ours as `runtime/contract.d.ts` has it: a LaunchConfig and the StepData of each step."""

    config: dict[str, Any]
    steps: tuple[dict[str, Any], ...]


class Stage(Struct, frozen=True):
    """One package, ready to be played; `id` names its page.

    `facts` is what `createLms` takes, or what a cmi5 unit says. `script` is None if it is not one of ours.
    """

    target: str
    id: str
    contents: Contents
    href: str
    facts: dict[str, Any]
    title: str
    script: Script | None
    notes: tuple[str, ...] = ()


def open_package(data: bytes) -> list[Stage]:
    """One stage for each kind of package that the zip is; empty when nothing in it can be opened.

    Raises DamagedError when the bytes are no zip that can be read.
    """
    from coursepack import conformance
    from coursepack.preview.session.launches import launches

    contents = Contents(data)
    view = conformance.read_package(data)
    script = _script(contents, view.files)
    stages = []
    for target, pages in launches(view).items():
        page = next((one for one in pages if not one.wrong), None)
        if page is None:
            continue
        notes = () if len(pages) == 1 else (f"of {len(pages)} pages only the first is played: {page.title}",)
        stages.append(Stage(target, page.id, contents, page.href, page.facts, page.title, script, notes))
    return stages


def _script(contents: Contents, names: Any) -> Script | None:
    name = next((one for one in names if CONFIG.fullmatch(one)), None)
    config = _called(contents, name, "course") if name else None
    if config is None:
        return None
    try:
        steps = [_called(contents, step["src"], "step") for step in config["steps"]]
    except (KeyError, TypeError):
        return None
    return Script(config, tuple(step for step in steps if step)) if all(steps) else None


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
