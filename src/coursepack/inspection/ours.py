"""A package of ours read back: the course that its scripts carry. Nothing in the zip is trusted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast

from msgspec import Struct, field

from coursepack.inspection.consistency import misfit
from coursepack.inspection.mark import PAGE, Read, course_script, hooks_script
from coursepack.inspection.shapes import misfit_of_config, misfit_of_step
from coursepack.launch import VERSION, LaunchConfig, StepData
from coursepack.state import Layout, Record, from_json

STEPS_MAX = 2000
LIST_MAX = 20_000
"""Records of a layout, parts of one of them: far more than a course has."""

_ARTICLE = re.compile(r"<article\b.*?</article>", re.S)
_CODES = frozenset("szrclmtfngpo")


class NotOursError(ValueError):
    """Why this is no package of ours that can be read, as the end of a sentence."""


class Built(Struct, frozen=True, dict=True):
    """A built course. `words` is the HTML of each step by number; `older` the layouts of earlier builds.

    `hooks` is the table of the statements it sends (`coursepack.xapi.contract`), None without one.
    """

    config: LaunchConfig
    steps: Mapping[int, StepData]
    words: Mapping[int, str]
    layout: Layout
    older: Mapping[int, Layout] = field(default_factory=dict)
    hooks: Mapping[str, Any] | None = None

    @property
    def title(self) -> str:
        return self.config["course"]["title"]


def read_built(read: Read) -> Built:
    """The course in a package of ours. Raises NotOursError when there is none, or when it is damaged."""
    page = read(PAGE)
    named = course_script(page)
    if page is None or not named:
        raise NotOursError("is not made by coursepack")
    config = _called(read, named, "course")
    if isinstance(config, dict) and config.get("v") != VERSION:
        raise NotOursError("is made by another version of coursepack")
    wrong = misfit_of_config(config)
    if wrong:
        raise NotOursError(f"has a damaged course script ({wrong})")
    made = cast(LaunchConfig, config)
    if len(made["steps"]) > STEPS_MAX:
        raise NotOursError(f"has more than {STEPS_MAX} steps")
    steps = {step["n"]: _step(read, step["src"], step["n"]) for step in made["steps"]}
    first = _ARTICLE.search(page.decode("utf-8", "replace"))
    words = {n: step["html"] or (first[0] if first else "") for n, step in steps.items()}
    layout = _layout(made["layout"], {})
    wrong = misfit(made, steps, layout)
    if wrong:
        raise NotOursError(f"has scripts that contradict each other ({wrong})")
    return Built(made, steps, words, layout, _older(read, made["older"]), _hooks(read, hooks_script(page)))


def _hooks(read: Read, name: str) -> Mapping[str, Any] | None:
    if not name:
        return None
    table = _called(read, name, "hooks")
    hooks = table.get("hooks") if isinstance(table, dict) else None
    if not isinstance(hooks, list) or len(hooks) > LIST_MAX:
        raise NotOursError("has a damaged table of statements")
    if not all(isinstance(hook, dict) and isinstance(hook.get("id"), str) for hook in hooks):
        raise NotOursError("has a damaged table of statements")
    return cast(Mapping[str, Any], table)


def _step(read: Read, name: str, n: int) -> StepData:
    data = _called(read, name, "step")
    wrong = misfit_of_step(data)
    if wrong:
        raise NotOursError(f"has a damaged step script ({wrong})")
    step = cast(StepData, data)
    if step["n"] != n:
        raise NotOursError(f"has the wrong step in `{name[:60]}`")
    return step


def _called(read: Read, name: str, call: str) -> Any:
    """The argument of the last `coursepack.<call>(…)` in a script."""
    data = read(name)
    if data is None:
        raise NotOursError(f"lacks its script `{name[:60]}`")
    _, found, argument = data.rpartition(b"coursepack." + call.encode() + b"(")
    if not found:
        raise NotOursError(f"has a script without its data: `{name[:60]}`")
    try:
        value = json.loads(argument.strip().removesuffix(b";").removesuffix(b")"), parse_constant=_refuse)
        if b"\\ud" in argument.lower():
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise NotOursError(f"has a damaged script: `{name[:60]}`") from None
    return value


def _refuse(constant: str) -> float:
    """What Python reads as a number and JSON has not: `NaN`, `Infinity`."""
    raise ValueError(constant)


def _older(read: Read, name: str | None) -> dict[int, Layout]:
    if name is None:
        return {}
    data = _called(read, name, "layouts")
    if not isinstance(data, dict) or len(data) > LIST_MAX:
        raise NotOursError("has damaged earlier layouts")
    found: dict[int, Layout] = {}
    plain: dict[str, list[Any]] = {}
    for key in sorted(data, key=lambda key: (len(key), key)):
        made = _layout(data[key], plain)
        found[made.id] = made
        plain[str(made.id)] = [made.id, made.mark, 0, [], [list(record.row()) for record in made.records]]
    return found


def _layout(data: Any, before: Mapping[str, list[Any]]) -> Layout:
    """The layout; `before` has the earlier ones, each written out in full."""
    if not _is_layout(data, before):
        raise NotOursError("has a damaged layout of the saved state")
    try:
        made = from_json(data, before)
    except KeyError:
        raise NotOursError("has a layout that drops what is not there") from None
    quizzes = {record.n for record in made.records if record.kind == "z"}
    if any(record.quiz and record.quiz not in quizzes for record in made.records):
        raise NotOursError("has a layout with a question of no quiz")
    return made


def _is_layout(data: Any, before: Mapping[str, list[Any]]) -> bool:
    if not isinstance(data, list) or len(data) != 5 or not all(_is_number(each) for each in data[:3]):
        return False
    drop, rows = data[3:]
    if data[2] and str(data[2]) not in before:
        return False
    if not isinstance(drop, list) or not all(_is_number(each) for each in drop):
        return False
    return isinstance(rows, list) and len(rows) <= LIST_MAX and all(_is_row(row) for row in rows)


def _is_row(row: Any) -> bool:
    if not isinstance(row, list | tuple) or not 2 <= len(row) <= 10 or not _is_number(row[0]):
        return False
    if not isinstance(row[1], str) or row[1] not in _CODES or not all(_is_number(each) for each in row[2:8]):
        return False
    lists = [list(each) for each in row[8:] if isinstance(each, list | tuple)]
    if len(lists) != len(row[8:]) or not all(_is_number(n) for each in lists for n in each):
        return False
    if any(len(each) > LIST_MAX for each in lists) or (lists and len(set(lists[0])) != len(lists[0])):
        return False
    made = Record(row[0], cast("Any", row[1]), *row[2:8], *map(tuple, lists))
    return (made.kind != "p" or len(made.rights) == len(made.parts)) and _is_sane(made)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 24


def _is_sane(record: Record) -> bool:
    """Whether reading a state with it needs no more than a course could ask for."""
    return record.size <= 100_000 and record.tries <= 63 and record.units <= LIST_MAX and record.flags < 4
