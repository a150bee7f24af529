"""When a hook speaks, and what `once` and `first` know it by: the twin of `runtime/xapi/conditions.js`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from coursepack.xapi.contract import Condition, Hook
from coursepack.xapi.templates import to_text


def value_at(scope: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path, None when there is none."""
    found: Any = scope
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def topic(hook: Hook, about: object, scope: Mapping[str, Any]) -> str:
    """What `once` and `first` know a statement on the object with the id `about` by."""
    each = f"|{to_text(value_at(scope, hook['each']))}" if "each" in hook else ""
    return f"{hook['id']}|{about}{each}"


class Asked(Struct, frozen=True):
    """What conditions look at: values, the launch's mode, what was sent before, and what this is known by.

    `sent` holds `<scope>|<topic>`, scope being `session` or `attempt`.
    """

    scope: Mapping[str, Any]
    mode: str
    sent: frozenset[str]
    topic: str


def holds(condition: Condition, asked: Asked) -> bool:
    """Whether a compiled condition holds; a comparison with an absent value does only as `ne`."""
    op, *rest = condition
    match op:
        case "all":
            return all(holds(one, asked) for one in rest)
        case "any":
            return any(holds(one, asked) for one in rest)
        case "not":
            return not holds(rest[0], asked)
        case "first":
            return f"{rest[0]}|{asked.topic}" not in asked.sent
        case "mode":
            return asked.mode in rest[0]
    value, wanted = value_at(asked.scope, rest[0]), rest[1]
    if op == "exists":
        return (value is not None) is wanted
    if value is None:
        return bool(op == "ne")
    return _compare(op, value, wanted)


def _compare(op: str, value: Any, wanted: Any) -> bool:
    match op:
        case "eq":
            return bool(value == wanted)
        case "ne":
            return bool(value != wanted)
        case "in":
            return value in wanted
        case "starts-with":
            return str(value).startswith(wanted)
        case "lt":
            return bool(value < wanted)
        case "lte":
            return bool(value <= wanted)
        case "gt":
            return bool(value > wanted)
    return bool(value >= wanted)
