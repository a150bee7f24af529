"""Hooks as written, resolved against events and vocabulary; all that is wrong with them is a trouble."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from msgspec import Struct, field

from coursepack.source import Route
from coursepack.spec.hook_settings import Value, Xapi
from coursepack.spec.settings import Settings
from coursepack.xapi.events import EVENTS, KINDS, LATER, Event, Path
from coursepack.xapi.templates import TAKES_NUMBERS, TAKES_TEXT, TemplateError, Use, compile_text
from coursepack.xapi.vocabulary import Vocabulary


class Trouble(Struct, frozen=True):
    """Something wrong with a hook: the name of the rule, where, what, and what to do."""

    rule: str
    at: Route
    message: str
    help: str


class Reader(Struct):
    """What reading one hook needs and gathers."""

    settings: Settings
    xapi: Xapi
    terms: Vocabulary
    events: tuple[Event, ...] = ()
    troubles: list[Trouble] = field(default_factory=list)
    free: set[str] = field(default_factory=set)
    """Paths of free text that the hook uses."""

    def say(self, rule: str, at: Route, message: str, help: str) -> None:  # noqa: A002
        self.troubles.append(Trouble(rule, at, message, help))

    def events_of(self, names: tuple[str, ...], at: Route) -> tuple[Event, ...]:
        """The events of these names; an unknown name is a trouble."""
        known: list[Event] = []
        for index, name in enumerate(names):
            place = (*at, index) if len(names) > 1 else at
            if name in EVENTS:
                known.append(EVENTS[name])
            elif name in LATER:
                message = f"`{name}` never fires: courses have no such blocks yet"
                self.say("unknown-event", place, message, "remove the hook, or name another event")
            else:
                near = get_close_matches(name, EVENTS, 1, 0.6)
                advice = f"did you mean `{near[0]}`?" if near else "see docs/xapi.md for all events"
                self.say("unknown-event", place, f"there is no event `{name}`", advice)
        return tuple(known)

    def path(self, name: str, at: Route) -> Path | None:
        """The path as every event of the hook has it; a trouble when one has not."""
        found: list[Path] = []
        for event in self.events:
            one = event.paths.get(name)
            if one is None:
                near = get_close_matches(name, event.paths, 1, 0.6)
                advice = f"did you mean `{near[0]}`?" if near else f"it tells {_listed(event.paths)}"
                self.say("unknown-path", at, f"`{event.name}` does not tell `{name}`", advice)
                return None
            found.append(one)
        if not found:
            return None
        if any(one.kind != found[0].kind for one in found):
            self.say("unknown-path", at, f"`{name}` is not the same in all events of the hook", "split it")
        return next((one for one in found if one.optional), found[0])

    def value(self, given: Value, at: Route, wants: str = "") -> Any:
        """The compiled template of a value. `wants`: boolean, number, text, duration, iri, words, or any."""
        if not isinstance(given, str):
            return self._literal(given, at, wants)
        try:
            made, uses = compile_text(given)
        except TemplateError as error:
            self.say("template-wrong", at, str(error), "write `{{path}}` or `{{path | filter}}`")
            return None
        kinds = [self._use(use, at, wants) for use in uses]
        if not uses or not uses[0].whole:
            if wants in ("boolean", "number", "integer", "duration"):
                advice = "write it as one placeholder" + (
                    ", such as `{{quiz.duration_s | duration}}`" if wants == "duration" else ""
                )
                self.say("value-unfit", at, f"this is text, not {KINDS[wants]}", advice)
            return made
        self._fits(kinds[0], at, wants)
        return made

    def _literal(self, given: Any, at: Route, wants: str) -> Any:
        kind = "boolean" if isinstance(given, bool) else "integer" if isinstance(given, int) else "number"
        if wants and wants != kind and (wants, kind) != ("number", "integer"):
            self.say("value-unfit", at, f"this is {KINDS[kind]}, not {KINDS[wants]}", "write it so")
        return given

    def _fits(self, kind: str, at: Route, wants: str) -> None:
        fine: Mapping[str, tuple[str, ...]] = {
            "boolean": ("boolean",),
            "number": ("number", "integer"),
            "integer": ("integer",),
            "text": ("text", "iri", "duration"),
            "string": ("text", "iri", "duration"),
            "iri": ("iri",),
            "words": ("text", "map"),
            "duration": ("duration",),
        }
        if kind and wants in fine and kind not in fine[wants]:
            filters = {"duration": "duration", "integer": "int"}
            advice = f"use the filter `{filters[wants]}`" if wants in filters else "name another path"
            self.say("value-unfit", at, f"this gives {KINDS[kind]} where {KINDS[wants]} belongs", advice)

    def _use(self, use: Use, at: Route, wants: str) -> str:
        """The kind of what a placeholder gives; empty when unknown."""
        path = self.path(use.path, at)
        if path is None:
            return ""
        if path.optional and not use.guarded:
            message = f"`{use.path}` may be absent"
            self.say(
                "value-may-be-absent", at, message, f"write `{{{{{use.path} | omit}}}}` or `| default(…)`"
            )
        if path.free:
            self.free.add(use.path)
        kind: str = path.kind
        for name, _ in use.filters:
            number = kind in ("number", "integer")
            if (name in TAKES_NUMBERS and not number) or (name in TAKES_TEXT and kind not in ("text", "iri")):
                message = f"the filter `{name}` does not fit `{use.path}`: it is {KINDS[kind]}"
                self.say("template-wrong", at, message, "take it out, or name another path")
                return ""
            kind = {"duration": "duration", "int": "integer", "langmap": "map"}.get(
                name, "number" if name in TAKES_NUMBERS else "text" if name in TAKES_TEXT else kind
            )
        if (
            wants == "iri"
            and not use.whole
            and use.filters[-1:] != (("segment", ()),)
            and kind not in ("iri", "integer")
        ):
            self.say("value-unfit", at, f"`{use.path}` can hold what no IRI may", "use the filter `segment`")
        return kind


def _listed(paths: Mapping[str, Path]) -> str:
    return ", ".join(f"`{name}`" for name in paths if not name.startswith(("event.", "course.")))
