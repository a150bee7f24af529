"""A YAML node against a Pydantic model: the model of what is right, and findings on the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from coursepack.source import Route, Span
from coursepack.spec.known_keys import known_keys
from coursepack.spec.page import Log
from coursepack.spec.shape import CONTROL, WRONG_VALUE, clip, close_match
from coursepack.spec.value_words import in_words, is_of_kind
from coursepack.spec.yaml import Node

Model = TypeVar("Model", bound=BaseModel)
Wanted = Mapping[str, str]
"""What a key takes where several kinds of value are fine, by the key's name."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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
        known = set(known_keys(model, keys)) if empty else set()
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
        if not ((deeper and len({error["loc"] for error in group}) > 1) or (deeper and is_of_kind(group))):
            rule, span, message, advice = in_words(model, node, keys, group, top, wanted)
            log.findings.append(rule.finding(span, message, advice))


def _meant(model: type[BaseModel], keys: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The keys with the last one as it was most likely meant."""
    near = close_match(str(keys[-1]), list(known_keys(model, keys[:-1]))) if keys else ""
    return (*keys[:-1], near)
