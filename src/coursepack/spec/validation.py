"""A YAML node against a Pydantic model: what is wrong in our words, at its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from coursepack.diagnostics import Rule
from coursepack.source import Route, Span
from coursepack.spec.attributes import to_id
from coursepack.spec.page import Log
from coursepack.spec.shape import CONTROL, MISSING_KEY, UNKNOWN_KEY, WRONG_VALUE, clip, close_match, suggest
from coursepack.spec.shape_content import BAD_ID
from coursepack.spec.yaml import Node

Model = TypeVar("Model", bound=BaseModel)
Wanted = Mapping[str, str]
"""What a key takes where several kinds of value are fine, by the key's name."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_KINDS = {
    "string_type": ("text", "write text; put it in quotes if need be"),
    "tuple_type": ("a list", "write `[one, two]`"),
    "list_type": ("a list", "write `[one, two]`"),
    "dict_type": ("a map of keys", "write `key: value` lines below it"),
    "model_type": ("a map of keys", "write `key: value` lines below it"),
    "model_attributes_type": ("a map of keys", "write `key: value` lines below it"),
    "bool_type": ("`true` or `false`", "write `true` or `false`"),
    "bool_parsing": ("`true` or `false`", "write `true` or `false`"),
    "int_type": ("a whole number", "write a whole number"),
    "int_parsing": ("a whole number", "write a whole number"),
    "int_from_float": ("a whole number", "write a whole number"),
    "int_parsing_size": ("a number of a sane size", "write a smaller number"),
    "decimal_type": ("a number", "write a number"),
    "decimal_parsing": ("a number", "write a number"),
}

_SIGNS = {"=": "eq", "==": "eq", "!=": "ne", "<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}
_PERCENT = re.compile(r"[1-9][0-9]?(\.[0-9]+)?|100")
_LIMITS = ("ge", "gt", "le", "lt", "max_length", "min_length")


def validate(
    model: type[Model], node: Node, route: Route, log: Log, top: Span, wanted: Wanted | None = None
) -> Model | None:
    """The model of a node, with findings. Wrong values that can be left out are, so that a model may remain.

    A number or a yes-or-no where the model wants text is the text as the author wrote it.
    """
    _record(node, route, log)
    data = _data(model, node, ())
    if not isinstance(data, dict):
        log.findings.append(WRONG_VALUE.finding(top, "this is not a map of keys", "write `key: value` lines"))
        return None
    found, errors = _try(model, data)
    as_text = [
        error for error in errors if error["type"] == "string_type" and _reword(data, node, error["loc"])
    ]
    if as_text:
        found, errors = _try(model, data)
    _report(model, node, errors, log, top, wanted or {})
    if errors:
        for error in errors:
            _leave_out(data, _keys(node, error["loc"]), error["type"] == "extra_forbidden")
        found, _ = _try(model, data)
    return found


def _try(model: type[Model], data: dict[str, Any]) -> tuple[Model | None, list[Any]]:
    try:
        return model.model_validate(data, by_alias=True, by_name=False), []
    except ValidationError as problem:
        return None, list(problem.errors(include_url=False))


def _data(model: type[BaseModel], node: Node, keys: tuple[str | int, ...]) -> Any:
    """The node's values without the known keys that have none; an empty `xapi:` is there all the same."""
    if node.kind == "list":
        return [_data(model, item, (*keys, index)) for index, item in enumerate(node.items)]
    if node.kind == "map":
        made = {key: _data(model, value, (*keys, key)) for key, (_, value) in node.pairs.items()}
        if "xapi" in made and made["xapi"] is None:
            made["xapi"] = {}
        empty = [key for key, value in made.items() if value is None]
        known = set(_aliases(model, keys)) if empty else set()
        return {key: value for key, value in made.items() if value is not None or key not in known}
    return node.value


def _record(node: Node, route: Route, log: Log) -> None:
    """The spans of all values, under the author's keys and under the model's names."""
    log.spans.setdefault(route, node.span)
    for index, item in enumerate(node.items):
        log.spans[(*route, index)] = item.span
        _record(item, (*route, index), log)
    for key, (at, value) in node.pairs.items():
        span = value.span if value.kind == "scalar" and value.text else at.span
        for name in dict.fromkeys((key, _field(key))):
            log.spans[(*route, name)] = span
            _record(value, (*route, name), log)
        if value.kind == "scalar" and (odd := _CONTROL.search(value.text)):
            message = f"`{clip(key)}` has the control character U+{ord(odd[0]):04X}"
            log.findings.append(CONTROL.finding(span, message, "delete it"))


def _field(key: str) -> str:
    return "pass_" if key == "pass" else key.replace("-", "_")


def _reword(data: Any, node: Node, loc: tuple[str | int, ...]) -> bool:
    keys = _keys(node, loc)
    target = node.at(keys)
    if not keys or target is None or target.kind != "scalar" or not target.plain or target.value is None:
        return False
    for key in keys[:-1]:
        data = data[key]
    data[keys[-1]] = target.text
    return True


def _leave_out(data: dict[str, Any], keys: tuple[str | int, ...], only_key: bool) -> None:
    if not keys or keys[0] not in data:
        return
    if only_key:
        inner: Any = data
        for key in keys[:-1]:
            inner = inner[key]
        inner.pop(keys[-1], None)
    else:
        data.pop(str(keys[0]), None)


def _keys(node: Node, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The part of Pydantic's `loc` that is in the file: unions put names of types between the keys."""
    keys: tuple[str | int, ...] = ()
    for part in loc:
        if node.at((*keys, part)) is not None:
            keys = (*keys, part)
    return keys


def _report(
    model: type[BaseModel], node: Node, errors: list[Any], log: Log, top: Span, wanted: Wanted
) -> None:
    by_keys: dict[tuple[str | int, ...], list[Any]] = {}
    meant = {_meant(model, _keys(node, one["loc"])) for one in errors if one["type"] == "extra_forbidden"}
    for error in errors:
        keys = _keys(node, error["loc"])
        if error["type"] == "missing" and (*keys, error["loc"][-1]) in meant:
            continue  # the misspelt key says it
        last = str(error["loc"][-1])
        is_key = isinstance(error["loc"][-1], str)
        missing = (last,) if error["type"] == "missing" and is_key and keys[-1:] != (last,) else ()
        by_keys.setdefault((*keys, *missing), []).append(error)
    for keys, group in by_keys.items():
        deeper = any(other != keys and other[: len(keys)] == keys for other in by_keys)
        if not ((deeper and len({error["loc"] for error in group}) > 1) or (deeper and _is_kind(group))):
            rule, span, message, advice = _words(model, node, keys, group, top, wanted)
            log.findings.append(rule.finding(span, message, advice))


def _meant(model: type[BaseModel], keys: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The keys with the last one as it was most likely meant."""
    near = close_match(str(keys[-1]), list(_aliases(model, keys[:-1]))) if keys else ""
    return (*keys[:-1], near)


def _is_kind(group: list[Any]) -> bool:
    return all(
        error["type"] in _KINDS or error["type"] in ("literal_error", "value_error") for error in group
    )


def _words(
    model: type[BaseModel],
    node: Node,
    keys: tuple[str | int, ...],
    group: list[Any],
    top: Span,
    wanted: Wanted,
) -> tuple[Rule, Span, str, str]:
    error = group[0]
    kind = error["type"]
    name = next((str(key) for key in reversed(keys) if isinstance(key, str)), "this")
    shown = f"an entry of `{clip(name)}`" if keys and isinstance(keys[-1], int) else f"`{clip(name)}`"
    target = node.at(keys)
    span = _span(node, keys) or top
    if kind == "missing" and isinstance(error["loc"][-1], str):
        message = f"`{name}` is missing" if target is None else f"`{name}` has no value"
        return MISSING_KEY, span, message, f"add `{name}: …`"
    if kind == "extra_forbidden":
        known = list(_aliases(model, keys[:-1]))
        advice = suggest(name, known, "the keys here are " + ", ".join(f"`{one}`" for one in known))
        return UNKNOWN_KEY, _key_span(node, keys) or span, f"there is no key `{clip(name)}` here", advice
    is_what = f"{shown} is {_kind(target)}"
    if len(group) > 1 and name in wanted:
        return WRONG_VALUE, span, is_what, f"it takes {wanted[name]}"
    value = clip(target.text) if target is not None and target.kind == "scalar" else ""
    owner, message, advice = _value_words(error, value, shown, is_what, wanted.get(name, ""))
    return owner, span, message, _by_value(model, keys, kind, value) or advice


def _by_value(model: type[BaseModel], keys: tuple[str | int, ...], kind: str, value: str) -> str:
    """The list that a single value was meant to be, or the keys that a map takes; else nothing."""
    if kind not in ("tuple_type", "list_type", "model_type", "model_attributes_type"):
        return ""
    known = list(_aliases(model, keys))
    if kind.startswith("model") and known:
        listed = ", ".join(f"`{one}: …`" for one in known)
        return f"write {listed} below it" if len(known) == 1 else f"write what you need of {listed} below it"
    if known:
        return f"begin each entry with `- {known[0]}: …`"
    return f"write `[{value}]`" if value and not set(value) & set("[]{}…") else ""


def _value_words(error: Any, value: str, shown: str, is_what: str, wanted: str) -> tuple[Rule, str, str]:
    """What is wrong with one value, by the kind of Pydantic's error."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "literal_error":
        names = re.findall(r"'([^']*)'", context["expected"]) or [context["expected"]]
        if _SIGNS.get(value) in names:
            return WRONG_VALUE, is_what, f"write `{_SIGNS[value]}`"
        listed = "it takes " + ", ".join(f"`{one}`" for one in names)
        return WRONG_VALUE, is_what, suggest(value, names, listed)
    if kind == "string_pattern_mismatch" and "a-z" in context["pattern"]:
        near = to_id(value)
        return BAD_ID, f"`{value}` cannot be an id", f"write `{near}`" if near else "use lower-case letters"
    if kind == "string_pattern_mismatch":
        return WRONG_VALUE, is_what, "write the code of a rule, such as `ACC-004`"
    if kind == "string_too_short":
        return MISSING_KEY, f"{shown} is empty", "write some text"
    if kind == "value_error" and wanted.startswith("a percentage") and _PERCENT.fullmatch(value):
        return WRONG_VALUE, f"{shown} {context['error']}", f"write `{value}%`"
    if kind == "value_error":
        return WRONG_VALUE, f"{shown} {context['error']}", f"it takes {wanted or 'another value'}"
    if kind in _KINDS:
        what, advice = _KINDS[kind]
        return WRONG_VALUE, f"{is_what}, not {what}", advice
    limit = next((context[key] for key in _LIMITS if key in context), "")
    advice = f"the limit is {limit}" if limit != "" else "see the language reference"
    return WRONG_VALUE, f"{is_what}, which it cannot be", f"it takes {wanted}" if wanted else advice


def _kind(node: Node | None) -> str:
    if node is None or (node.kind == "scalar" and not node.text):
        return "empty"
    return {"list": "a list", "map": "a map of keys", "scalar": f"`{clip(node.text)}`"}[node.kind]


def _span(node: Node, keys: tuple[str | int, ...]) -> Span | None:
    target = node.at(keys)
    if target is None:
        return _span(node, keys[:-1]) if len(keys) > 1 else None
    if isinstance(keys[-1], int):
        return target.span
    return target.span if target.kind == "scalar" and target.text else _key_span(node, keys) or target.span


def _key_span(node: Node, keys: tuple[str | int, ...]) -> Span | None:
    if not keys:
        return None
    around = node.at(keys[:-1])
    if around is None or isinstance(keys[-1], int) or keys[-1] not in around.pairs:
        return _key_span(node, keys[:-1])
    return around.pairs[keys[-1]][0].span


def _aliases(model: type[BaseModel], keys: tuple[str | int, ...]) -> Iterator[str]:
    """The keys that the model at a route knows, as authors write them."""
    inner: Any = model
    is_map = False
    for key in keys:
        if is_map:  # the author's own name for what follows
            is_map = False
        elif isinstance(key, str):
            annotation = next((one for one in _fields(inner) if one[0] == key), ("", None))[1]
            is_map = getattr(annotation, "__origin__", None) is dict
            inner = next(iter(_models(annotation)), None)
    if is_map:
        return
    yield from (name for name, _ in _fields(inner))


def _fields(model: Any) -> list[tuple[str, Any]]:
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [(info.alias or name, info.annotation) for name, info in model.model_fields.items()]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models inside an annotation such as `tuple[Allow, ...]` or `Pass | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models(inner)
