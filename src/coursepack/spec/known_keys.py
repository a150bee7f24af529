"""The keys that a Pydantic model knows, at any route into it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel


def known_keys(model: type[BaseModel], keys: tuple[str | int, ...]) -> Iterator[str]:
    """The keys that the model at a route knows, as authors write them."""
    inner: Any = model
    is_map = False
    for key in keys:
        if is_map:  # the author's own name for what follows
            is_map = False
        elif isinstance(key, str):
            annotation = next((one for one in _fields(inner) if one[0] == key), ("", None))[1]
            is_map = getattr(annotation, "__origin__", None) is dict
            inner = next(iter(models_in(annotation)), None)
    if is_map:
        return
    yield from (name for name, _ in _fields(inner))


def _fields(model: Any) -> list[tuple[str, Any]]:
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [(info.alias or name, info.annotation) for name, info in model.model_fields.items()]


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models inside an annotation such as `tuple[Allow, ...]` or `Pass | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from models_in(inner)
