"""What an LRS must refuse in a statement, and what strict ones do: xAPI 1.0.3, Data, section 2."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
IRI = r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+"
TAG = r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*"
DURATION = r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?|P\d+W"
TIMESTAMP = r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)"
PARTS = {
    "choice": ("choices",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "matching": ("source", "target"),
    "performance": ("steps",),
    **dict.fromkeys(("true-false", "fill-in", "long-fill-in", "numeric", "other"), ()),
}
ALL_PARTS = ("choices", "scale", "source", "target", "steps")

Check = Callable[[Any, str], Iterator[str]]


def faults_of(statement: Any) -> Iterator[str]:
    """What is wrong with the statement, with the place of each fault; nothing for a good one."""
    if not isinstance(statement, dict):
        yield "statement: not an object"
        return
    yield from nulls(statement, "statement")
    yield from STATEMENT(statement, "statement")
    context, target = statement.get("context", {}), statement.get("object", {})
    if isinstance(context, dict) and target.get("objectType", "Activity") != "Activity":
        yield from (
            f"context.{name} with no activity" for name in ("revision", "platform") if name in context
        )


def nulls(value: Any, where: str) -> Iterator[str]:
    if value is None:
        yield f"{where}: null"
    elif isinstance(value, dict):
        if not value:
            yield f"{where}: empty"
        for name, inner in value.items():
            if name != "extensions":
                yield from nulls(inner, f"{where}.{name}")
    elif isinstance(value, list):
        for k, inner in enumerate(value):
            yield from nulls(inner, f"{where}[{k}]")


def text(pattern: str = r"(?s).*", flags: int = 0) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, str) or not re.fullmatch(pattern, value, flags):
            yield f"{where}: {value!r}"

    return check


def of(*kinds: type) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            yield f"{where}: {value!r}"

    return check


def fields(shape: Mapping[str, Check], *needed: str) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where}: not an object"
            return
        yield from (f"{where}: no {name}" for name in needed if name not in value)
        for name, inner in value.items():
            if name in shape:
                yield from shape[name](inner, f"{where}.{name}")
            else:
                yield f"{where}: unknown {name}"

    return check


def keyed(key: str, each: Check) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where}: not an object"
            return
        for name, inner in value.items():
            if not re.fullmatch(key, name):
                yield f"{where}: key {name!r}"
            yield from each(inner, f"{where}.{name}")

    return check


def many(each: Check) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{where}: not a list"
            return
        for k, inner in enumerate(value):
            yield from each(inner, f"{where}[{k}]")

    return check


def actor(value: Any, where: str) -> Iterator[str]:
    yield from fields(
        {
            "objectType": text("Agent|Group"),
            "name": text(),
            "mbox": text(r"mailto:[^@\s]+@[^@\s]+\.[A-Za-z]+"),
            "mbox_sha1sum": text("[0-9a-f]{40}"),
            "openid": text(IRI),
            "account": fields({"homePage": text(IRI), "name": text("(?s).+")}, "homePage", "name"),
            "member": many(actor),
        }
    )(value, where)
    if isinstance(value, dict):
        ways = [name for name in ("mbox", "mbox_sha1sum", "openid", "account") if name in value]
        if len(ways) != 1 and not (value.get("objectType") == "Group" and not ways and "member" in value):
            yield f"{where}: identified by {ways}"


def score(value: Any, where: str) -> Iterator[str]:
    number = of(int, float)
    found = list(fields(dict.fromkeys(("scaled", "raw", "min", "max"), number))(value, where))
    yield from found
    if found:
        return
    if not -1 <= value.get("scaled", 0) <= 1:
        yield f"{where}.scaled: {value['scaled']}"
    low, high = value.get("min", float("-inf")), value.get("max", float("inf"))
    if not low < high or not low <= value.get("raw", max(low, min(high, 0))) <= high:
        yield f"{where}: {value}"


def interaction(value: Any, where: str) -> Iterator[str]:
    """What goes with the type of interaction, and whether its ids can stand in a response."""
    if not isinstance(value, dict):
        return
    kind = value.get("interactionType")
    given = [name for name in ALL_PARTS if name in value]
    if kind is None and (given or "correctResponsesPattern" in value):
        yield f"{where}: an interaction without interactionType"
    if kind is not None and not set(given) <= set(PARTS.get(kind, ())):
        yield f"{where}: {given} in {kind}"
    if (kind is not None) != (value.get("type", "").endswith("/cmi.interaction")):
        yield f"{where}: interactionType {kind} in {value.get('type')}"
    for name in given:
        ids = [part.get("id") for part in value[name]]
        if len(set(ids)) < len(ids):
            yield f"{where}.{name}: ids {ids}"


MAP = keyed(TAG, text("(?s).+"))
EXTENSIONS = keyed(IRI, lambda _value, _where: iter(()))
COMPONENTS = many(fields({"id": text("[A-Za-z0-9_-]+"), "description": MAP}, "id"))
DEFINITION = fields(
    {
        "name": MAP,
        "description": MAP,
        "type": text(IRI),
        "moreInfo": text(IRI),
        "extensions": EXTENSIONS,
        "interactionType": text("|".join(PARTS)),
        "correctResponsesPattern": many(text()),
        **dict.fromkeys(ALL_PARTS, COMPONENTS),
    }
)


def definition(value: Any, where: str) -> Iterator[str]:
    found = list(DEFINITION(value, where))
    yield from found or interaction(value, where)


ACTIVITY = fields({"objectType": text("Activity"), "id": text(IRI), "definition": definition}, "id")
STATEMENT = fields(
    {
        "id": text(UUID),
        "timestamp": text(TIMESTAMP),
        "stored": text(TIMESTAMP),
        "version": text(r"1\.0(\.\d+)?"),
        "authority": actor,
        "actor": actor,
        "verb": fields({"id": text(IRI), "display": MAP}, "id"),
        "object": ACTIVITY,
        "result": fields(
            {
                "score": score,
                "success": of(bool),
                "completion": of(bool),
                "response": text(),
                "duration": text(DURATION),
                "extensions": EXTENSIONS,
            }
        ),
        "context": fields(
            {
                "registration": text(UUID),
                "instructor": actor,
                "team": actor,
                "contextActivities": fields(
                    dict.fromkeys(("parent", "grouping", "category", "other"), many(ACTIVITY))
                ),
                "revision": text(),
                "platform": text(),
                "language": text(TAG),
                "extensions": EXTENSIONS,
            }
        ),
    },
    "actor",
    "verb",
    "object",
)
