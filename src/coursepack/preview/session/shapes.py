"""What a statement must be for a store to take it, and values out of requests that may be anything."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any


class RefusedError(Exception):
    """A request that gets no: the status, and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


def shaped(statement: Any, named: str) -> dict[str, Any]:
    if not isinstance(statement, dict):
        raise RefusedError(400, "a statement is an object")
    verb = statement.get("verb")
    if not isinstance(verb, dict) or not isinstance(verb.get("id"), str):
        raise RefusedError(400, "a statement has a verb with an id")
    for part in ("actor", "object"):
        if not isinstance(statement.get(part), dict):
            raise RefusedError(400, f"a statement has an {part}")
    number = statement.get("id", named) or str(uuid.uuid4())
    try:
        uuid.UUID(str(number))
    except ValueError:
        raise RefusedError(400, "the id of a statement is a UUID") from None
    if named and number != named:
        raise RefusedError(400, "the statement has another id than its address")
    return {**statement, "id": str(number)}


def bare(statement: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in statement.items() if name not in ("stored", "timestamp")}


def text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return value[:2000] if isinstance(value, str) else ""


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
