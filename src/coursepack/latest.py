"""Answers kept for the latest thing asked about: many rules ask the same of one course."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


def keep_latest(ask: Callable[[Thing], Answer]) -> Callable[[Thing], Answer]:
    """The function, which answers at once when the very same object comes again (by identity).

    One object and its answer are held; safe in threads, which at worst ask twice.
    """
    kept: list[tuple[Thing, Answer]] = []

    @wraps(ask)
    def answer(thing: Thing) -> Answer:
        latest = kept[0] if kept else None
        if latest is None or latest[0] is not thing:
            latest = (thing, ask(thing))
            kept[:] = [latest]
        return latest[1]

    return answer
