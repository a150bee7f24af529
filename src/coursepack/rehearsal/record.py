"""What a rehearsal found: for each learner, target and LMS the record, and whatever went wrong."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct, field


class Run(Struct, frozen=True):
    """One learner with one package before one LMS. `summary` is the `Summary` of `lms/contract.d.ts`, None
    where the run never came so far; `findings` are sentences."""

    learner: str
    target: str
    profile: str
    summary: dict[str, Any] | None = None
    findings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.target}/{self.profile}"


class Rehearsal(Struct, frozen=True):
    """All runs of a course or a package. `profiles` is what the LMS side says of each LMS, by id;
    `about` says in a sentence what each learner does; `rules` are sentences on what completes and passes the
    course, `notes` on what was not played."""

    title: str
    runs: tuple[Run, ...]
    profiles: dict[str, Any] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def in_short(run: Run) -> dict[str, Any]:
    """What a test expects: the record without what differs from one run to the next.

    Times are seconds of a machine's work, so `time` only says whether one was recorded.
    """
    if run.summary is None:
        return {"record": "none"}
    found, status = run.summary, run.summary["status"]
    return {
        "status": status["completion"],
        "success": status["success"],
        "score": _plain(found["score"]["raw"]),
        "scaled": _plain(found["score"]["scaled"]),
        "progress": _plain(found["progress"]),
        "time": "recorded" if found["time"]["seconds"] > 0 else "none",
        "interactions": [
            f"{one['id']} {one['type']} {one['result']}".strip() for one in found["interactions"]
        ],
        "comments": len(found["comments"]),
        "statements": found["statements"],
        "location": found["location"],
        "next": found["next"]["entry"] or "no entry",
        "gradebook": found["gradebook"]["text"],
        "tick": found["completion"]["text"],
        "findings": list(run.findings),
    }


def _plain(number: str | None) -> str | None:
    """`100.0` as `100`: a runtime that tells a value again after trouble may spell it anew."""
    try:
        return None if number is None else f"{Decimal(number).normalize():f}"
    except InvalidOperation:
        return number


def to_data(rehearsal: Rehearsal) -> dict[str, Any]:
    """The whole rehearsal as plain data."""
    return {
        "title": rehearsal.title,
        "notes": list(rehearsal.notes),
        "rules": list(rehearsal.rules),
        "learners": rehearsal.about,
        "profiles": {
            key: {name: one[name] for name in ("name", "measured", "unknown")}
            for key, one in rehearsal.profiles.items()
        },
        "runs": [
            {
                "learner": run.learner,
                "target": run.target,
                "profile": run.profile,
                "findings": list(run.findings),
                "record": run.summary,
                "expect": in_short(run),
            }
            for run in rehearsal.runs
        ],
    }
