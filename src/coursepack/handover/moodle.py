"""What to set in Moodle's SCORM activity for a package of ours, and why.

What is said of Moodle was measured on a running one, unless the last cell says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.handover.card import Cell, Table
from coursepack.spec.settings import Settings

VERSION = "Moodle 4.5.11"
MEASURED = "measured"
OURS = "the package"
GENERAL = "not measured"
MAXIMUM = 100
"""The activity's maximum grade that fits: packages of ours send 0 to 100."""
BEACON = 80
"""Interactions that a page which is closed still got through to Moodle; 100 were too many."""

HEAD = ("Setting", "Choose", "Why", "Known from")
Row = tuple[Cell, ...]


def boxes(settings: Settings, target: str) -> tuple[str, ...]:
    """The statuses to tick in the activity's completion conditions."""
    return ("passed",) if target == "scorm12" and settings.pass_ else ("completed",)


def advice(settings: Settings, target: str, *, scored: bool) -> Table:
    """The settings that matter, the gravest first. `scored`: whether the LMS ever hears a score."""
    rows = [*_completion(settings, target), *_grade(scored), *_attempts(), *_appearance()]
    return Table(HEAD, (*rows, *_compatibility(settings, target)))


def _appearance() -> Iterator[Row]:
    why = "the package finds the LMS in both; a new window has no exit link of Moodle's"
    yield "Display package", "current window (a new window works too)", why, MEASURED


def _grade(scored: bool) -> Iterator[Row]:
    why = "the package has one SCO, so highest, average and sum are the same; learning objects are no points"
    yield "Grading method", "highest grade", why, GENERAL
    if scored:
        why = (
            f"Moodle takes the raw score for points out of this maximum, and the package sends 0 to {MAXIMUM}"
        )
        yield "Maximum grade", f"{MAXIMUM}, as the form has it", why, MEASURED
    else:
        yield "Maximum grade", "any", "this course sends no score: the gradebook shows no grade", MEASURED


def _attempts() -> Iterator[Row]:
    why = "the course counts the attempts at its quizzes itself, within one attempt of Moodle's"
    yield "Number of attempts", "unlimited", why, OURS
    why = "a new attempt begins empty: place, answers and used attempts at quizzes are gone"
    yield "Force new attempt", "no", why, OURS


def _compatibility(settings: Settings, target: str) -> Iterator[Row]:
    yield (
        "Force completed, auto-continue",
        "no",
        "the course reports its own status and has one part",
        GENERAL,
    )
    why = "the package commits by itself as the learner works, and once more when the page closes"
    yield "Auto-commit", "no, as the form has it", why, MEASURED
    if target != "scorm12":
        return
    if settings.pass_ and settings.pass_.report_mastery:
        why = (
            "the manifest holds a mastery score (`report-mastery`): Moodle decides passed or failed from "
            "the raw "
            "score whenever there is one, even while the course is incomplete"
        )
        yield "Mastery score overrides status", "yes, as the form has it", why, MEASURED
    else:
        why = "the manifest holds no mastery score, so there is nothing to override"
        yield "Mastery score overrides status", "either", why, OURS


def _completion(settings: Settings, target: str) -> Iterator[Row]:
    yield "Completion tracking", "with conditions", "tracking is off in a new activity", MEASURED
    if boxes(settings, target) == ("passed",):
        why = (
            "SCORM 1.2 has one status: who has passed is reported as passed, never as completed, and the "
            "form "
            "ticks completed alone, so the activity would never complete. Completed may stay ticked: this "
            "course "
            "never says it. Who has failed gets no tick"
        )
        yield "Status: passed", "tick it", why, MEASURED
    elif target == "scorm12":
        why = "this course has no pass mark: it says incomplete, then completed"
        yield "Status: completed", "leave it ticked", why, MEASURED
    else:
        yield "Status: completed", "leave it ticked", _why_completed(settings), MEASURED


def _why_completed(settings: Settings) -> str:
    why = "SCORM 2004 tells completed and passed apart, and passed alone does not satisfy this box"
    if settings.pass_ is None:
        return f"{why}; this course has no pass mark"
    if settings.completion.quizzes == "passed":
        return f"{why}. This course is completed only when its quizzes are passed"
    return (
        f"{why}. A learner who has failed for good gets the tick as well, once the course is done; if only "
        "those "
        "who pass shall have it, ask for it in `course.yaml`: `completion: {quizzes: passed}`"
    )
