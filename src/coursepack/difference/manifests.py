"""What two packages of any vendor tell about their difference, and what they cannot tell."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.difference.change import Change
from coursepack.difference.sides import Side
from coursepack.inspection.tree import Node

UNKNOWN = (
    "How this tool saves a learner's progress is not written in a package: whether the new files can read "
    "what the old ones saved, only its maker knows. Try it with a copy of the activity and a test learner."
)
NAMED_MAX = 8


def manifest_changes(old: Side, new: Side) -> Iterator[Change]:
    """Titles, launch, rules and files of two packages; identifiers are judged for each LMS on its own."""
    was, now = {node.id: node for node in old.nodes}, {node.id: node for node in new.nodes}
    for id_, node in was.items():
        if id_ not in now:
            then = "its records go with it" if node.launch else ""
            yield Change("notice", f"{node.kind} “{node.title}” (id {id_}) is gone", then)
    for id_, node in now.items():
        if id_ not in was:
            then = "learners have it to do as well" if node.launch else ""
            yield Change("notice", f"{node.kind} “{node.title}” (id {id_}) is new", then)
        else:
            yield from _same(was[id_], node)
    order = [id_ for id_ in was if id_ in now] != [id_ for id_ in now if id_ in was]
    if order:
        yield Change("none", "the order of the entries changed")
    yield from _files(old, new)


def _same(was: Node, now: Node) -> Iterator[Change]:
    if was.title != now.title:
        yield Change("none", f"{now.kind} “{was.title}” has the title “{now.title}” now")
    yield from rules_of_the_lms(was, now)


def rules_of_the_lms(was: Node, now: Node) -> Iterator[Change]:
    """What one entry asks of the LMS: how it is tracked, what it opens, mastery, sequencing, the menu."""
    name = f"{now.kind} “{now.title}”"
    if was.kind != now.kind:
        yield Change(
            "notice", f"{name} is of kind {now.kind}, it was {was.kind}", "the LMS tracks it in another way"
        )
    if was.launch != now.launch:
        yield Change("notice", f"{name} opens {now.launch or 'nothing'}, it was {was.launch or 'nothing'}")
    for rule in was.rules:
        if rule not in now.rules:
            yield Change(
                "notice", f"{name} has no longer the rule: {rule}", "records so far stay as they are"
            )
    for rule in now.rules:
        if rule not in was.rules:
            yield Change("notice", f"{name} has a new rule: {rule}", "records so far stay as they are")
    if was.hidden != now.hidden:
        yield Change("none", f"{name} is {'hidden' if now.hidden else 'visible'} in the menu now")


def _files(old: Side, new: Side) -> Iterator[Change]:
    gone = [name for name in old.files if name not in new.files]
    fresh = [name for name in new.files if name not in old.files]
    other = [name for name in new.files if name in old.files and old.files[name] != new.files[name]]
    for words, names in (("gone", gone), ("new", fresh), ("changed", other)):
        if names:
            more = f" and {len(names) - NAMED_MAX} more" if len(names) > NAMED_MAX else ""
            files = f"{len(names)} file{'' if len(names) == 1 else 's'}"
            yield Change("none", f"{files} {words}: {', '.join(names[:NAMED_MAX])}{more}")


def same_content(old: Side, new: Side) -> bool:
    """Whether all files but the manifests are the same, byte for byte (by size and CRC-32)."""
    manifests = {"imsmanifest.xml", "cmi5.xml", "tincan.xml"}
    was, now = ({n: f for n, f in side.files.items() if n not in manifests} for side in (old, new))
    return bool(was) and was == now
