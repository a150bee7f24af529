"""What changed around a course of ours: what the LMS is told to do, files, statements, the player itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from coursepack.difference.change import Change
from coursepack.difference.manifests import rules_of_the_lms
from coursepack.difference.sides import Side
from coursepack.inspection.ours import Built

NAMED_MAX = 5
_HASHED = re.compile(r"-[0-9a-f]{8}(?=\.[A-Za-z0-9]+\Z)")
PLAYER = ("runtime", "state", "player", "print")
"""Scripts that are the same in every course of one version of coursepack and one format."""


def delivery_changes(was: Built, now: Built, old: Side, new: Side) -> Iterator[Change]:
    """What the words and rules of the course do not show."""
    before = {node.id: node for node in old.nodes if node.launch}
    for node in new.nodes:
        if old.target == new.target and node.id in before:
            yield from rules_of_the_lms(before[node.id], node)
    yield from _described(old, new)
    yield from _files(old, new)
    yield from _statements(was, now, new)
    if old.target == new.target and _scripts(old) != _scripts(new):
        yield Change("none", "the player itself is of another version of coursepack")
    if was.config["words"] != now.config["words"]:
        yield Change("none", "some words of the player changed")


def _described(old: Side, new: Side) -> Iterator[Change]:
    """The description that a manifest gives of the course, as the LMS may show it."""
    from coursepack.inspection.facts import metadata

    was, now = (dict(_joined(metadata(side.view))) for side in (old, new))
    for name in dict.fromkeys((*was, *now)):
        if name not in ("title", "language", "version") and was.get(name) != now.get(name):
            place = new.place("settings", {"keyword": "keywords"}.get(name, name))
            yield Change("none", f"the course's {name} for the LMS changed", place=place)


def _joined(pairs: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for name, text in pairs:
        found.setdefault(name, []).append(text)
    yield from ((name, "\n".join(texts)) for name, texts in found.items())


def _files(old: Side, new: Side) -> Iterator[Change]:
    """Pictures and files that are new, gone or replaced; their names hold a hash of their content."""
    was, now = _media(old), _media(new)
    for stem, name in now.items():
        if stem in was and was[stem] != name:
            yield Change("none", f"the file {name} takes the place of {was[stem]}")
    for word, names in (
        ("new", [name for stem, name in now.items() if stem not in was]),
        ("gone", [name for stem, name in was.items() if stem not in now]),
    ):
        if names:
            more = f" and {len(names) - NAMED_MAX} more" if len(names) > NAMED_MAX else ""
            yield Change("none", f"{word} in the package: {', '.join(names[:NAMED_MAX])}{more}")


def _media(side: Side) -> dict[str, str]:
    return {_HASHED.sub("", name): name for name in side.files if name.startswith("media/")}


def _scripts(side: Side) -> set[str]:
    return {name for name in side.files if _HASHED.sub("", name).removesuffix(".js") in PLAYER}


def _statements(was: Built, now: Built, side: Side) -> Iterator[Change]:
    """The hooks: which statements the course sends, when, and with what in them."""
    before, after = (_by_id(built.hooks) for built in (was, now))
    place = side.place("settings", "xapi")
    for id_ in after:
        if id_ not in before:
            yield Change("none", f"the course sends a new statement: {id_}", place=place)
        elif before[id_] != after[id_]:
            yield Change("none", f"the statement {id_} changed", "statements so far stay as they are", place)
    for id_ in before:
        if id_ not in after:
            yield Change("none", f"the course no longer sends the statement {id_}", place=place)
    for key, what in (("relay", "relay"), ("origins", "record stores")):
        if was.hooks and now.hooks and was.hooks.get(key) != now.hooks.get(key):
            yield Change("none", f"statements go another way: the {what} changed", place=place)


def _by_id(table: Mapping[str, Any] | None) -> dict[str, Any]:
    return {hook["id"]: hook for hook in table["hooks"]} if table else {}
