"""One thing that changed, and what it does to those who have begun."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Effect = Literal["none", "notice", "lost"]
"""`none`: nobody who has begun notices more than other words. `notice`: some learners' standing, score or
answers are concerned. `lost`: what learners did is gone."""
Verdict = Literal["SAFE", "SAFE, BUT", "NEW ACTIVITY NEEDED"]
VERDICTS: dict[Effect, Verdict] = {"none": "SAFE", "notice": "SAFE, BUT", "lost": "NEW ACTIVITY NEEDED"}
ORDER: tuple[Effect, ...] = ("none", "notice", "lost")


class Change(Struct, frozen=True):
    """`says` is a sentence on what changed, `then` one on what it means for learners (may be empty).

    `place` is file and line in the author's folder, where there is one.
    """

    effect: Effect
    says: str
    then: str = ""
    place: str = ""


def worst(effects: Iterable[Effect]) -> Effect:
    """The gravest of them; `none` for none at all."""
    return max(effects, key=ORDER.index, default="none")
