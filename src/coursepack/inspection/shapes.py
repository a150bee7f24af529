"""Whether plain data has the shape of a `TypedDict`: what a zip holds is not trusted to be what it says."""

from __future__ import annotations

import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from coursepack.launch import LaunchConfig, StepData

COMMON = frozenset({"n", "id", "type", "text", "points", "attempts", "shuffle", "quiz", "max", "scored"})
LISTED: Mapping[str, tuple[str, Mapping[str, type]]] = {
    "choice": ("options", {"n": int, "id": str, "text": str, "right": bool}),
    "multiple": ("options", {"n": int, "id": str, "text": str, "right": bool}),
    "likert": ("options", {"n": int, "id": str, "text": str}),
    "cloze": ("gaps", {"n": int, "id": str, "accept": list}),
    "matching": ("pairs", {"n": int, "id": str, "left": str, "right": str, "to": int}),
    "order": ("items", {"n": int, "id": str, "text": str}),
}
ALONE = {"true-false": "truth", "fill-in": "accept", "numeric": "ranges"}


def misfit_of_config(value: object) -> str:
    """The first place where the value is no `LaunchConfig`, as a path; empty when it is one."""
    return _misfit(value, LaunchConfig, "course")


def misfit_of_step(value: object) -> str:
    """The first place where the value is no `StepData`; its questions are complete for their type."""
    wrong = _misfit(value, StepData, "step")
    if wrong or not isinstance(value, dict):
        return wrong
    for at, question in enumerate(value["questions"]):
        wrong = _misfit_of_question(question)
        if wrong:
            return f"step.questions[{at}].{wrong}"
    return ""


def _misfit_of_question(question: Mapping[str, Any]) -> str:
    missing = sorted(COMMON - question.keys())
    if missing:
        return missing[0]
    kind = question["type"]
    if kind == "numeric" and any(len(pair) != 2 for pair in question.get("ranges", [])):
        return "ranges"
    if kind in ALONE:
        return "" if question.get(ALONE[kind], []) != [] else ALONE[kind]
    name, keys = LISTED[kind]
    parts = question.get(name)
    if not isinstance(parts, list) or not parts:
        return name
    for part in parts:
        for key, wanted in keys.items():
            if not isinstance(part, dict) or not isinstance(part.get(key), wanted):
                return f"{name}.{key}"
        if not all(isinstance(each, str) for each in part.get("accept", [])):
            return f"{name}.accept"
    return ""


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _misfit(value: object, kind: Any, at: str) -> str:
    if kind is Any:
        return ""
    if is_typeddict(kind):
        return _misfit_of_keys(value, kind, at)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return "" if isinstance(value, str) and value in arguments else at
    if origin in (Union, types.UnionType):
        return "" if any(not _misfit(value, each, at) for each in arguments) else at
    if origin is list:
        if not isinstance(value, list):
            return at
        return next(
            (bad for i, each in enumerate(value) if (bad := _misfit(each, arguments[0], f"{at}[{i}]"))), ""
        )
    if origin is not None:
        return "" if isinstance(value, dict) else at
    if kind is float:
        return "" if isinstance(value, int | float) and not isinstance(value, bool) else at
    if kind is int:
        return "" if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else at
    return "" if isinstance(value, kind) else at


def _misfit_of_keys(value: object, kind: Any, at: str) -> str:
    if not isinstance(value, dict):
        return at
    for key, wanted in _hints(kind).items():
        if key not in value:
            if key in kind.__required_keys__:
                return f"{at}.{key}"
        elif wrong := _misfit(value[key], wanted, f"{at}.{key}"):
            return wrong
    return ""
