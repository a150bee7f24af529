"""Which option is which: the parts of a question before and after an edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from coursepack.lock.register import Part

Written = tuple[str, str]
"""A part as the author has it now: its id (may be empty) and the hash of its words."""


def match_parts(before: Sequence[Part], now: Sequence[Written]) -> tuple[tuple[Part, ...], bool]:
    """The parts as they are now, live ones first in the order given; whether some could not be told apart.

    A part with an id is found by it; then by words, live ones before retired ones; then, as the only one left
    on both sides without an id, by being the only one left. All others get new numbers.
    """
    found: dict[int, Part] = {}
    _pass(found, before, now, lambda old, new: bool(new[0]) and old.id == new[0])
    live = [part for part in before if not part.retired]
    _pass(found, live, now, lambda old, new: old.text == new[1])
    _pass(found, before, now, lambda old, new: old.text == new[1] and not (old.id and new[0]))
    taken = {part.n for part in found.values()}
    changed = [index for index, new in enumerate(now) if index not in found and not new[0]]
    left = [part for part in live if part.n not in taken and not part.id]
    untold = bool(changed and left)
    if len(changed) == len(left) == 1:
        found[changed[0]] = left[0]
        taken.add(left[0].n)
        untold = False
    fresh = max((part.n for part in before), default=0)
    result = []
    for index, (id_, text) in enumerate(now):
        if index in found:
            result.append(Part(found[index].n, id_, text))
        else:
            fresh += 1
            result.append(Part(fresh, id_, text))
    retired = [replace(part, retired=True) for part in before if part.n not in taken]
    return (*result, *retired), untold


def _pass(
    found: dict[int, Part],
    candidates: Sequence[Part],
    now: Sequence[Written],
    same: Callable[[Part, Written], bool],
) -> None:
    taken = {part.n for part in found.values()}
    for index, new in enumerate(now):
        if index in found:
            continue
        for old in sorted(candidates, key=lambda part: (part.retired, part.n)):
            if old.n not in taken and same(old, new):
                found[index] = old
                taken.add(old.n)
                break


def match_rights(
    before: Sequence[Part], pairs_before: Sequence[Part], pairs: Sequence[Part], texts: Sequence[str]
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The right sides and the pairs with their `to`; `texts` are hashes beside the live pairs.

    A right side is found by its words; one that was reworded by the pair it belongs to.
    """
    live = [pair for pair in pairs if not pair.retired]
    words = list(dict.fromkeys(texts))
    known = {part.text: part.n for part in sorted(before, key=lambda part: (not part.retired, -part.n))}
    numbers = {text: known[text] for text in words if text in known}
    belonged = {pair.n: pair.to for pair in pairs_before if not pair.retired}
    for pair, text in zip(live, texts, strict=True):
        was = belonged.get(pair.n, 0)
        if text not in numbers and was and was not in numbers.values():
            numbers[text] = was
    fresh = max((part.n for part in before), default=0)
    for text in words:
        if text not in numbers:
            fresh += 1
            numbers[text] = fresh
    rights = tuple(Part(numbers[text], "", text) for text in words)
    taken = set(numbers.values())
    gone = tuple(replace(part, retired=True) for part in before if part.n not in taken)
    joined = tuple(replace(pair, to=numbers[text]) for pair, text in zip(live, texts, strict=True))
    return (*rights, *gone), (*joined, *(pair for pair in pairs if pair.retired))
