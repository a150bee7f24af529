"""What is wrong with a value in the author's YAML, in our words: for each of Pydantic's errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from coursepack.diagnostics import Rule
from coursepack.source import Span
from coursepack.spec.attributes import to_id
from coursepack.spec.known_keys import known_keys
from coursepack.spec.shape import MISSING_KEY, UNKNOWN_KEY, WRONG_VALUE, clip, suggest
from coursepack.spec.shape_content import BAD_ID
from coursepack.spec.yaml import Node

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


def is_of_kind(group: list[Any]) -> bool:
    """Whether all errors at one place say that the value is of another kind, or none of several."""
    return all(
        error["type"] in _KINDS or error["type"] in ("literal_error", "value_error") for error in group
    )


def in_words(
    model: type[BaseModel],
    node: Node,
    keys: tuple[str | int, ...],
    group: list[Any],
    top: Span,
    wanted: Mapping[str, str],
) -> tuple[Rule, Span, str, str]:
    """The rule that Pydantic's errors at one place break, the place, what is wrong and what to do.

    `top` is the place where there is none better, `wanted` what keys take, by name.
    """
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
        known = list(known_keys(model, keys[:-1]))
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
    known = list(known_keys(model, keys))
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
