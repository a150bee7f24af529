"""`when`: from the author's tree to the compiled condition of `contract.py`."""

from __future__ import annotations

from typing import Any

from coursepack.source import Route
from coursepack.spec.hook_settings import When
from coursepack.xapi.events import KINDS, Path
from coursepack.xapi.reading import Reader

NORMAL: list[Any] = ["mode", ["normal"]]
PERCENT = "progress.percent"
_ORDER = ("lt", "lte", "gt", "gte")
_KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "iri": (str,),
    "boolean": (bool,),
    "integer": (int, float),
    "number": (int, float),
}


def condition(when: When | None, reader: Reader, at: Route) -> list[Any]:
    """The compiled condition. Without a word on the launch's mode, only a normal launch sends."""
    made = _compiled(when, reader, at) if when else ["all"]
    if _speaks_of_mode(made):
        return made
    return NORMAL if made == ["all"] else ["all", NORMAL, made]


def names_percents(condition: list[Any]) -> bool:
    """Whether a compiled condition names percents of progress one by one: each is a moment of its own."""
    op, *rest = condition
    if op in ("all", "any"):
        return any(map(names_percents, rest))
    return op in ("in", "eq") and rest[0] == PERCENT


def _speaks_of_mode(made: Any) -> bool:
    return bool(made) and (
        made[0] == "mode" or (made[0] in ("all", "any", "not") and any(map(_speaks_of_mode, made[1:])))
    )


def _compiled(when: When, reader: Reader, at: Route) -> list[Any]:
    given = [name for name in ("all", "any", "not_", "path", "first", "mode_in") if _is(when, name)]
    if len(given) != 1:
        message = f"a condition says {len(given)} things at once" if given else "this condition says nothing"
        advice = "say one of `all`, `any`, `not`, `path`, `first`, `mode-in`; `all` joins several"
        reader.say("condition-wrong", at, message, advice)
        return ["all"]
    if given == ["path"]:
        return _comparison(when, reader, at)
    if when.op is not None or when.value is not None:
        message = "`op` and `value` belong to a `path`"
        reader.say("condition-wrong", at, message, "add `path`, or take them out")
    if when.not_ is not None:
        return ["not", _compiled(when.not_, reader, (*at, "not"))]
    if when.first is not None:
        return ["first", when.first]
    if when.mode_in is not None:
        if not when.mode_in:
            reader.say("condition-constant", at, "no mode is named: this is never true", "name `normal`")
        return ["mode", list(when.mode_in)]
    name = "all" if when.all is not None else "any"
    parts = when.all if when.all is not None else when.any or ()
    if not parts:
        always = "always" if name == "all" else "never"
        reader.say("condition-constant", at, f"`{name}` of nothing is {always} true", "take it out")
    return [name, *(_compiled(one, reader, (*at, name, index)) for index, one in enumerate(parts))]


def _is(when: When, name: str) -> bool:
    return getattr(when, name) is not None


def _comparison(when: When, reader: Reader, at: Route) -> list[Any]:
    name, op, value = str(when.path), when.op, when.value
    path = reader.path(name, (*at, "path"))
    if op is None:
        reader.say("condition-wrong", at, "there is no `op`", "add one, such as `op: eq`")
        return ["all"]
    if path is not None:
        _check(path, name, op, value, reader, at)
    return [op, name, value]


def _check(path: Path, name: str, op: str, value: Any, reader: Reader, at: Route) -> None:
    wrong = _wrong(path, op, value)
    if wrong:
        reader.say("condition-wrong", at, wrong[0].format(name=name), wrong[1])
        return
    listed = value if op == "in" else [value]
    if op == "in" and not value:
        reader.say("condition-constant", at, "`in` an empty list is never true", "name the values")
    elif op == "exists" and not path.optional:
        message = f"`{name}` is always there: this never changes anything"
        reader.say("condition-constant", at, message, "take it out")
    elif path.values and op in ("eq", "ne", "in") and not set(listed) & set(path.values):
        known = ", ".join(f"`{one}`" for one in path.values)
        reader.say("condition-constant", at, f"`{name}` is never {_said(listed)}", f"it is one of {known}")
    elif path.kind == "boolean" and op == "in" and len(set(listed)) == 2:
        reader.say("condition-constant", at, f"`{name}` is always one of these", "take it out")


def _wrong(path: Path, op: str, value: Any) -> tuple[str, str] | None:
    if op == "exists":
        return (
            None if isinstance(value, bool) else ("`exists` takes `true` or `false`", "write `value: true`")
        )
    if op == "in":
        if not isinstance(value, list):
            return "`in` takes a list", "write `value: [one, two]`"
        values = value
    else:
        values = [value]
    if op in _ORDER and path.kind not in ("integer", "number"):
        return f"`{op}` compares numbers, and `{{name}}` is {KINDS[path.kind]}", "use `eq`, `ne` or `in`"
    if op == "starts-with" and path.kind not in ("text", "iri"):
        return f"`starts-with` compares text, and `{{name}}` is {KINDS[path.kind]}", "use `eq` or `gte`"
    for one in values:
        fits = isinstance(one, _KINDS[path.kind]) and (path.kind == "boolean" or not isinstance(one, bool))
        if not fits:
            return (
                f"`{{name}}` is {KINDS[path.kind]}, and {_said([one])} is not",
                "compare it with its own kind",
            )
    return None


def _said(values: list[Any]) -> str:
    return ", ".join(
        "nothing" if one is None else f"`{str(one).lower() if isinstance(one, bool) else one}`"
        for one in values
    )
