"""`coursepack rename OLD NEW`: an id changed, the thing is the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from msgspec.structs import replace

from coursepack.lock.register import Part, Register, Thing
from coursepack.spec.attributes import to_id

Moves: TypeAlias = dict[Thing, str]
"""Things and the ids that they get."""


class RenameError(ValueError):
    """Why an id cannot be renamed, in a sentence for the author."""


def rename(register: Register, old: str, new: str, present: Register | None = None) -> Register:
    """The register in which NEW has the number that OLD had; raises `RenameError`.

    Renaming a quiz takes the questions along that it draws; a bank question may be named by its own id and is
    then renamed in every quiz. An option, gap, pair or item is named as `question.option`, or by its own id.
    If the course was already built under the new id, the number given then is retired without a name.
    `present` has what is in the course now: of a step and a quiz with one id it tells which was renamed.
    """
    near = ".".join(to_id(part) for part in new.split("."))
    if near != new or not all(near.split(".")):
        raise RenameError(f"{new} cannot be an id" + (f"; write {near}" if all(near.split(".")) else ""))
    if old == new:
        raise RenameError(f"{old} is the old and the new id")
    moves = {thing: name for thing in register.things if (name := _renamed(thing, old, new))}
    if moves:
        changed = list(_moved(register, _meant(moves, old, present), present or register))
    else:
        changed = _part_moved(register, old, new, present)
    things = {thing.n: thing for thing in (*register.things, *changed)}
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


def _meant(moves: Moves, old: str, present: Register | None) -> Moves:
    """Of things with one id those that the course has under the new one, or no longer under the old one."""
    if present is None:
        return moves
    gone = {thing: name for thing, name in moves.items() if present.find(thing.kind, thing.id) is None}
    there = {thing for thing, name in gone.items() if present.find(thing.kind, name) is not None}
    quizzes = {thing.id for thing in there if thing.kind == "quiz"}
    if there:
        return {one: gone[one] for one in gone if one in there or one.id.partition(".")[0] in quizzes}
    kinds = sorted({thing.kind for thing in moves if "." not in thing.id})
    if not gone and len(kinds) > 1:
        raise RenameError(
            f"{old} is the id of a {' and of a '.join(kinds)}; write the new id into the course first"
        )
    return gone or moves


def _moved(register: Register, moves: Moves, present: Register) -> Iterator[Thing]:
    for thing, name in moves.items():
        there = register.find(thing.kind, name)
        if there is not None and not there.retired and not thing.retired:
            raise RenameError(f"{thing.id} and {name} are both in the course: {name} is another {thing.kind}")
        other = next((one for one in present.live() if one.id == name and _clash(one, thing)), None)
        if other is not None:
            raise RenameError(f"{name} is the id of a {other.kind}; choose another")
        if there is not None:
            yield replace(there, id="", text="", retired=True)
        yield replace(thing, id=name, retired=thing.retired and (there is None or there.retired))


def _clash(one: Thing, other: Thing) -> bool:
    """Whether two things of different kinds may not have one id; a step may have that of a quiz in it."""
    return one.kind != other.kind and "step" not in (one.kind, other.kind)


def _part_moved(register: Register, old: str, new: str, present: Register | None) -> list[Thing]:
    """The questions with an option, gap, pair or item under its new id."""
    owner, _, name = old.rpartition(".")
    new_owner, _, new_name = new.rpartition(".")
    if new_owner not in ("", owner):
        raise RenameError(f"{old} stays in {owner or 'its question'}; write {new_name}")
    found = [
        thing
        for thing in register.things
        if owner in ("", thing.id, _own(thing.id)) and _part(thing.parts, name) is not None
    ]
    if len({_own(thing.id) for thing in found}) > 1 and present is not None:
        found = [thing for thing in found if not _has_part(present, thing, name)] or found
    questions = sorted({_own(thing.id) for thing in found})
    if len(questions) > 1:
        raise RenameError(
            f"{name} is in {' and in '.join(questions)}; say which, as in {questions[0]}.{name}"
        )
    if not found:
        raise RenameError(f"course.lock knows no id {old}{_near(old, register.things)}")
    return [replace(thing, parts=_with_new_id(thing, name, new_name)) for thing in found]


def _own(name: str) -> str:
    """A question's own id, without that of the quiz that draws it."""
    return name.rpartition(".")[2]


def _part(parts: Iterable[Part], name: str) -> Part | None:
    return next((part for part in parts if part.id == name), None)


def _has_part(present: Register, thing: Thing, name: str) -> bool:
    now = present.find(thing.kind, thing.id)
    return now is not None and _part(now.parts, name) is not None


def _with_new_id(thing: Thing, name: str, new: str) -> tuple[Part, ...]:
    """The parts of a question after one was renamed, the live ones first."""
    part, there = _part(thing.parts, name), _part(thing.parts, new)
    assert part is not None  # it was found by this name
    if there is not None and not there.retired and not part.retired:
        raise RenameError(f"{name} and {new} are both in {thing.id}")
    if there is None:
        return tuple(replace(one, id=new) if one is part else one for one in thing.parts)
    stays = there if part.retired else part
    named = replace(stays, n=part.n, id=new)
    kept = [named if one is stays else one for one in thing.parts if one is stays or one not in (part, there)]
    return (*kept, replace(there, id="", text="", retired=True))


def _near(old: str, things: Iterable[Thing]) -> str:
    from difflib import get_close_matches

    known = [thing.id for thing in things if thing.id]
    known += [f"{thing.id}.{part.id}" for thing in things for part in thing.parts if thing.id and part.id]
    near = get_close_matches(old, known, 1)
    return f"; did you mean {near[0]}?" if near else ""
