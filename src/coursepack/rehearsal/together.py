"""One record of several cmi5 units that a learner did one after the other, as their LMS sums them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Any

from coursepack.rehearsal.contents import Stage

WHY = {
    "line": "cmi5",
    "evidence": "cmi5 9.3.9",
    "says": "The course counts as done when each unit is; cmi5 knows no score of a whole course.",
}


def together(stages: Sequence[Stage], found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The summary of the whole, in the shape of those of its units; of one unit its own."""
    if len(found) == 1:
        return found[0]
    last, seconds = found[-1], sum(one["time"]["seconds"] for one in found)
    done = all(one["status"]["completion"] == "completed" for one in found)
    left = [stage.title for stage, one in zip(stages, found, strict=True) if not one["completion"]["ticked"]]
    return {
        **last,
        "status": {"completion": "completed" if done else "incomplete", "success": None},
        "score": dict.fromkeys(("scaled", "raw", "min", "max")),
        "progress": None,
        "time": {"text": f"PT{seconds:.2f}S", "seconds": seconds},
        "state": max((one["state"] for one in found), key=lambda state: int(state["length"])),
        "interactions": list(chain.from_iterable(one["interactions"] for one in found)),
        "completion": {
            "known": True,
            "text": f"not satisfied: still to do: {', '.join(left)}" if left else "satisfied",
            "ticked": not left,
            "rule": "each unit's moveOn",
        },
        "statements": _sum(chain.from_iterable(one["statements"] for one in found)),
        "reasons": [*last["reasons"], WHY],
    }


def _sum(counts: chain[str]) -> list[str]:
    """`answered 2` and `answered 3` as `answered 5`."""
    total = Counter[str]()
    for one in counts:
        verb, _, count = one.rpartition(" ")
        total[verb] += int(count)
    return [f"{verb} {count}" for verb, count in sorted(total.items())]
