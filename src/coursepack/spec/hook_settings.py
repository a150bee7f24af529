"""`xapi:` in course.yaml: statement hooks, their vocabulary, and where statements may go."""

from typing import Annotated, Any, Literal, Optional

from pydantic import BeforeValidator, Field, StrictBool

from coursepack.spec.fields import WHOLE, Identifier, OnOff, Part, Text, number

Value = str | int | float | bool
"""What a place in a statement may hold: text with `{{path | filter}}`, a number, a yes-or-no."""
Words = str | dict[str, str]
"""One text, or a text for each language."""
Ref = Literal["course", "page", "quiz", "question", "reflection", "resource", "parent"]


def _free_text(value: object) -> object:
    return "off" if value is False else value


class Verb(Part):
    """A verb: its IRI, and its word in each language of the course."""

    id: Text
    display: dict[str, Text] = Field(default_factory=dict)


class Extension(Part):
    """An extension: its IRI and, if you like, what its values are."""

    iri: Text
    scope: Literal["result", "context", "activity"] | None = None
    type: Literal["integer", "number", "string", "boolean"] | None = None
    min: Annotated[float, number(float)] | None = None
    max: Annotated[float, number(float)] | None = None


class When(Part):
    """A condition: one of `all`, `any`, `not`, `path` with `op` and `value`, `first`, `mode-in`."""

    all: tuple["When", ...] | None = None
    any: tuple["When", ...] | None = None
    not_: Optional["When"] = None
    path: Text | None = None
    op: Literal["eq", "ne", "lt", "lte", "gt", "gte", "in", "exists", "starts-with"] | None = None
    value: Any = None
    first: Literal["session", "attempt"] | None = None
    mode_in: tuple[Literal["normal", "browse", "review"], ...] | None = None


class ActivitySpec(Part):
    """An activity: `ref` names one of the course's own, else `id` and what describes it."""

    ref: Ref | None = None
    id: Text | None = None
    type: Text | None = None
    name: Words | None = None
    description: Words | None = None
    more_info: Text | None = None
    extensions: dict[str, Value] = Field(default_factory=dict)


class Score(Part):
    """`scaled` from -1 to 1; `raw` between `min` and `max`."""

    scaled: Value | None = None
    raw: Value | None = None
    min: Value | None = None
    max: Value | None = None


class Result(Part):
    """What came of it."""

    success: Value | None = None
    completion: Value | None = None
    response: Value | None = None
    duration: Value | None = None
    score: Score | None = None
    extensions: dict[str, Value] = Field(default_factory=dict)


class Context(Part):
    """What is around it; `grouping` is the course if left out."""

    parent: tuple[ActivitySpec, ...] = ()
    grouping: tuple[ActivitySpec, ...] | None = None
    category: tuple[ActivitySpec, ...] = ()
    other: tuple[ActivitySpec, ...] = ()
    extensions: dict[str, Value] = Field(default_factory=dict)
    language: Text | None = None
    revision: Text | None = None
    platform: Text | None = None


class Statement(Part):
    """Verb by alias, object, result, context."""

    verb: Text
    object: ActivitySpec
    result: Result | None = None
    context: Context = Context()


class Delivery(Part):
    """How often and how surely."""

    priority: Literal["critical", "normal", "low"] = "normal"
    once: Literal["event", "session", "attempt"] = "event"
    throttle_s: Annotated[float, Field(ge=0), number(Annotated[float, Field(ge=0)])] = 0
    max_per_session: Annotated[int, Field(ge=0), WHOLE] = 0
    offline: Literal["keep", "drop"] = "keep"


class HookPrivacy(Part):
    """Whether learners' own words are sent, with their consent, and what for."""

    free_text: Annotated[
        Literal["off", "consent"],
        BeforeValidator(_free_text, json_schema_input_type=Literal["off", "consent", False]),
    ] = "off"
    purpose: Text | None = None


class Hook(Part):
    """Which event sends which statement. One with the id of a default hook stands in its place."""

    id: Identifier
    event: Text | tuple[Text, ...] | None = None
    when: When | None = None
    statement: Statement | None = None
    delivery: Delivery = Delivery()
    privacy: HookPrivacy = HookPrivacy()
    enabled: OnOff = "on"

    @property
    def events(self) -> tuple[str, ...]:
        return (self.event,) if isinstance(self.event, str) else self.event or ()


class Privacy(Part):
    """What holds for all hooks."""

    free_text_allowed: StrictBool = False


class Bridge(Part):
    """Pages around the course that may hear its statements, by exact origin."""

    origins: tuple[Text, ...] = ()


class Xapi(Part):
    """All of `xapi:`."""

    defaults: OnOff = "on"
    relay: Text | None = None
    bridge: Bridge = Bridge()
    home_page: Text | None = None
    platform: Text | None = None
    vocabulary: Text | None = None
    owned_domains: tuple[Text, ...] = ()
    verbs: dict[str, Verb] = Field(default_factory=dict)
    activity_types: dict[str, Text] = Field(default_factory=dict)
    extensions: dict[str, Extension] = Field(default_factory=dict)
    privacy: Privacy = Privacy()
    hooks: tuple[Hook, ...] = ()
