"""What an LMS will show of typical learners, as a table by format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coursepack.handover.card import Section, Table
from coursepack.handover.expected import Expected, lesson_status, mastered, points, share
from coursepack.handover.moodle import MAXIMUM, VERSION, boxes
from coursepack.policy import ten_thousandths
from coursepack.spec.settings import Settings
from coursepack.standing import Standing

NONE = "–"


def gradebook(settings: Settings, target: str, learners: Sequence[Expected]) -> Section:
    """The section on what to expect; its rows follow from the course's rules."""
    said, table = _table(settings, target, learners)
    again = tuple(_again(settings, target)) if table else ()
    return Section("gradebook", "What to expect in the gradebook", said, points=again, tables=table)


def _again(settings: Settings, target: str) -> Iterator[str]:
    """What happens when a learner opens a finished course once more."""
    if target == "scorm12" or not target.startswith("scorm"):
        empty = False
    else:
        empty = settings.resume.exit_when_finished == "normal"
    if empty:
        yield "Who opens a finished course again begins empty: `exit-when-finished: normal` asks for that."
    else:
        yield "Who opens a finished course again finds their answers."
    if target.startswith("scorm"):
        yield (
            f"{VERSION} then opens it in review, without credit; the package writes nothing, so the record "
            "stays. "
            "What was once stored as done counts for the tick, whatever comes later."
        )


def _table(
    settings: Settings, target: str, learners: Sequence[Expected]
) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    if target == "web":
        return ("Nothing: a web site reports to no LMS.",), ()
    if target == "cmi5" and settings.cmi5.units == "steps":
        says = (
            "Each unit reports completed when its step is done, and passed or failed where its quizzes count."
        )
        return (says, "A course-wide score is not reported: the LMS adds up the units by its own rules."), ()
    if target == "scorm12":
        return _scorm12(settings, learners)
    if target.startswith("scorm"):
        return _scorm2004(settings, learners)
    return _statements(settings, learners)


def _scorm12(settings: Settings, learners: Sequence[Expected]) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    head = (
        "A learner who …",
        "Status",
        "Score",
        f"Grade in {VERSION}",
        "Tick as the form comes",
        "Tick as advised",
    )
    advised = boxes(settings, "scorm12")
    rows = []
    for one in learners:
        status = status_12(settings, one.stands)
        rows.append(
            (one.who, f"`{status}`", points(one.stands) or NONE, *_moodle(one.stands, (status,), advised))
        )
    said = ["The status is `cmi.core.lesson_status`, the score `cmi.core.score.raw` (0 to 100)."]
    if settings.pass_:
        said.append(
            "While a learner can still pass, the status stays `incomplete`: `failed` is said at the end only."
        )
    if settings.pass_ and settings.pass_.report_mastery:
        said[-1] = "With its mastery score the LMS replaces the status as soon as there is a score."
    return tuple(said), (Table(head, tuple(rows)),)


def status_12(settings: Settings, stands: Standing) -> str:
    """What a SCORM 1.2 LMS has as status after the learner has left."""
    status = lesson_status(stands, graded=settings.pass_ is not None)
    if settings.pass_ and settings.pass_.report_mastery:
        return mastered(status, stands, ten_thousandths(settings.pass_.score))
    return status


def _scorm2004(settings: Settings, learners: Sequence[Expected]) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    head = ("A learner who …", "Completion", "Success", "Score", "Progress", f"Grade in {VERSION}", "Tick")
    rows = []
    for one in learners:
        stands = one.stands
        completion = "completed" if stands.completed else "incomplete"
        grade, tick, _ = _moodle(stands, (completion,), boxes(settings, "scorm2004-4"))
        score = f"{points(stands)} ({share(stands.score)})" if stands.score is not None else NONE
        progress = share(stands.progress)
        rows.append((one.who, f"`{completion}`", f"`{stands.success}`", score, progress, grade, tick))
    said = (
        "Completion is `cmi.completion_status`, success `cmi.success_status`, the score `cmi.score.raw` "
        "(0 to 100) with `cmi.score.scaled` (0 to 1), progress `cmi.progress_measure`."
    )
    return (said,), (Table(head, tuple(rows)),)


def _moodle(stands: Standing, statuses: tuple[str, ...], advised: tuple[str, ...]) -> tuple[str, str, str]:
    """Grade, tick with the boxes that the form preselects, tick with those advised."""
    grade = f"{points(stands)} / {MAXIMUM}" if stands.score is not None else "no grade"
    return grade, _tick(statuses, ("completed",)), _tick(statuses, advised)


def _tick(statuses: tuple[str, ...], ticked: tuple[str, ...]) -> str:
    return "complete" if set(statuses) & set(ticked) else "not complete"


def _statements(
    settings: Settings, learners: Sequence[Expected]
) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    graded = settings.pass_ is not None
    rows = tuple(
        (one.who, ", ".join(_told(one.stands, graded)) or NONE, points(one.stands) or NONE)
        for one in learners
    )
    said = (
        "Statements about the course itself when the learner has left by the Exit button; how the LMS's "
        "gradebook shows them is its own affair."
    )
    return (said,), (Table(("A learner who …", "Statements", "Score of 100"), rows),)


def _told(stands: Standing, graded: bool) -> Iterator[str]:
    """The verbs; failed also goes out on leaving below the mark, while attempts are left."""
    if stands.completed:
        yield "`completed`"
    if stands.success == "passed":
        yield "`passed`"
    elif graded and stands.score is not None:
        yield "`failed`"
