"""`coursepack rename OLD NEW`: an id changed, the thing is the same."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from coursepack.lock.register import Register, Thing
from coursepack.spec.attributes import to_id


class RenameError(ValueError):
    """Why an id cannot be renamed, in a sentence for the author."""


def rename(register: Register, old: str, new: str) -> Register:
    """The register in which NEW has the number that OLD had; raises `RenameError`.

    Renaming a quiz takes the questions along that it draws; a bank question may be named by its own id and is
    then renamed in every quiz. If the course was already built under the new id, the number given then is
    retired without a name.
    """
    moves = {thing: name for thing in register.things if (name := _renamed(thing, old, new))}
    near = ".".join(to_id(part) for part in new.split("."))
    if near != new or not all(near.split(".")):
        raise RenameError(f"{new} cannot be an id" + (f"; write {near}" if all(near.split(".")) else ""))
    if old == new:
        raise RenameError(f"{old} is the old and the new id")
    if not moves:
        raise RenameError(f"course.lock knows no id {old}{_near(old, register.things)}")
    things = {thing.n: thing for thing in register.things}
    for thing, name in moves.items():
        there = register.find(thing.kind, name)
        if there is not None and not there.retired and not thing.retired:
            raise RenameError(f"{thing.id} and {name} are both in the course: {name} is another {thing.kind}")
        if there is not None:
            things[there.n] = replace(there, id="", text="", retired=True)
        things[thing.n] = replace(thing, id=name, retired=thing.retired and (there is None or there.retired))
    return Register(tuple(things[n] for n in sorted(things)), register.editions)


def _renamed(thing: Thing, old: str, new: str) -> str:
    """The new id of a thing that the renaming touches, else nothing."""
    if thing.id == old:
        return new
    quiz, dot, question = thing.id.partition(".")
    if thing.kind == "question" and dot and "." not in old:
        if quiz == old:
            return f"{new}.{question}"
        if question == old:
            return f"{quiz}.{new}"
    return ""


def _near(old: str, things: Iterable[Thing]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(old, [thing.id for thing in things if thing.id], 1)
    return f"; did you mean {near[0]}?" if near else ""
