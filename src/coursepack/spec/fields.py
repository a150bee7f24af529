"""Kinds of value that several sections of the author's files share."""

import os
from functools import partial
from typing import Annotated, Literal

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""A course means the same whatever plugins a machine has; looking for them takes time too."""

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints  # noqa: E402
from pydantic_core import PydanticCustomError  # noqa: E402

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]


def _no_words(kind: Literal["int_type", "decimal_type"], value: object) -> object:
    if isinstance(value, str | bool):
        raise PydanticCustomError(kind, "a text or a yes-or-no stands for a number")
    return value


WHOLE = BeforeValidator(partial(_no_words, "int_type"))
"""For a whole number: no text that reads like one, and not `true`."""


def number(schema: object) -> BeforeValidator:
    """For a number: no text that reads like one, and not `true`. `schema` is the type for editors."""
    return BeforeValidator(partial(_no_words, "decimal_type"), json_schema_input_type=schema)


def _on_off(value: object) -> object:
    return {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value


OnOff = Annotated[
    Literal["on", "off"], BeforeValidator(_on_off, json_schema_input_type=Literal["on", "off"] | bool)
]
"""`on` and `off` are text in YAML 1.2; `true` and `false` say the same."""


class Part(BaseModel):
    """Frozen, and an unknown key is an error."""

    model_config = ConfigDict(
        frozen=True,
        defer_build=True,
        extra="forbid",
        populate_by_name=True,
        alias_generator=lambda name: name.rstrip("_").replace("_", "-"),
    )
