"""Does the saved state fit every target, at the worst? Refuses a course that could ever lose an answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from coursepack.diagnostics import Finding, Severity, define
from coursepack.lock import Register
from coursepack.spec.model import Course
from coursepack.state import Layout, bound, costs, to_table

LIMITS = {"scorm12": 4096, "scorm2004-3": 64000, "scorm2004-4": 64000}
"""Characters of suspend_data that an LMS must keep (SCORM 1.2: CMIString4096; 2004 RTE 4.2.24)."""

NAMED = 10
"""Things that a refusal names at most."""

TOO_LARGE = define(
    "LIM-019",
    "state-too-large",
    Severity.ERROR,
    """The saved state of this course can outgrow what a target's LMSs must keep.

    Everything a learner does is saved in one field of the LMS: 4,096 characters in SCORM 1.2, 64,000 in SCORM
    2004. The build adds up the worst case, every answer given and every text written to its last
    character, and refuses what could overflow, since an LMS would then keep nothing at all.

    How to fix: shorten what costs most (`coursepack state` prints the table): lower `max-length` of
    reflections and typed answers, take a reflection out of the saved state with `keep=browser`, divide the
    course, or leave SCORM 1.2 out of `targets`.

    Clauses: SCORM 1.2 RTE 3.4.4 (CMIString4096); SCORM 2004 4th Ed. RTE 4.2.24 (SPM 64000).
    """,
)


def check(course: Course, register: Register, layout: Layout) -> Iterator[Finding]:
    """A finding for each target whose limit the worst case exceeds, with the table of what costs how much."""
    worst = bound(layout)
    size = max(worst.characters, worst.utf8, worst.escaped)
    for target in dict.fromkeys(course.settings.targets):
        limit = LIMITS.get(target, size)
        if size > limit:
            excess = size - limit
            named = _dearest(course, register, layout, excess)
            yield TOO_LARGE.finding(
                ("settings", "targets"),
                f"the saved state takes up to {size:,} characters and {target} keeps {limit:,}",
                f"shorten what costs most by {excess:,} in all: {named}\n"
                + to_table(course, register, layout),
            )


def _dearest(course: Course, register: Register, layout: Layout, excess: int) -> str:
    """What costs most, with its characters: as many things as it takes at a tenth of them, ten at most."""
    own = [cost for cost in costs(course, register, layout) if cost.step and cost.characters >= 1]
    dear = sorted(own, key=lambda cost: -cost.characters)
    sums = list(accumulate(cost.characters for cost in dear))
    enough = max(3, 1 + sum(found * 0.9 < excess for found in sums))
    named = ", ".join(f"{cost.what} ({cost.characters:.0f})" for cost in dear[: min(enough, NAMED)])
    more = min(enough, len(dear)) - NAMED
    return f"{named} and {more} more of the table" if more > 0 else named


def in_words(course: Course, layout: Layout) -> str:
    """The bound against the smallest limit of the course's targets, in a sentence."""
    worst = bound(layout)
    limits = [LIMITS[target] for target in course.settings.targets if target in LIMITS]
    of = f" of {min(limits):,}" if limits else ""
    return f"The saved state takes at most {worst.characters:,}{of} characters."


def by_step(course: Course, register: Register, layout: Layout) -> list[tuple[str, float]]:
    """Characters of the saved state at the worst by step; the rest of it last."""
    sums: dict[str, float] = {}
    for cost in costs(course, register, layout):
        name = f"step {cost.step}" if cost.step else cost.what
        sums[name] = sums.get(name, 0) + cost.characters
    return list(sums.items())


def to_data(course: Course, register: Register) -> dict[str, Any]:
    """The bound, the limit of each target that has one, and what each thing costs at the worst."""
    from coursepack import state

    layout = state.layout(course, register)
    return {
        "characters": bound(layout).characters,
        "limits": {target: LIMITS[target] for target in course.settings.targets if target in LIMITS},
        "costs": [
            {"step": cost.step, "what": cost.what, "characters": round(cost.characters, 2)}
            for cost in costs(course, register, layout)
        ],
    }


def full_table(course: Course, register: Register) -> str:
    """What each thing of the course costs at the worst, by step."""
    from coursepack import state

    return to_table(course, register, state.layout(course, register))
