"""What holds in any LMS, by format; nothing here is claimed of a product."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.spec.settings import Settings
from coursepack.targets import cmi5


def title(target: str) -> str:
    """The heading over this advice."""
    if target == "web":
        return "Put it on a web server"
    return "Set this in any other LMS" if target.startswith("scorm") else "Set this in the LMS"


def advice(settings: Settings, target: str) -> Iterator[str]:
    """Sentences for whoever sets the course up."""
    if target.startswith("scorm"):
        yield from _scorm(settings, target)
    elif target == "cmi5":
        yield from _cmi5(settings)
    elif target == "xapi":
        yield "The LMS opens `index.html` with the address of a record store, the learner and the activity."
        yield "The record store must allow requests from the place where the package's pages are (CORS)."
        yield (
            "Completed, passed and failed arrive as statements about the activity; the LMS shows what it "
            "makes of them."
        )
    else:
        yield "Unpack the zip into a folder of any web server, over HTTPS; `index.html` opens the course."
        who = "Nothing is reported to anyone" if settings.xapi is None else "No LMS hears of it"
        yield f"{who}: progress stays in each learner's browser, by the address of the page."
        if settings.xapi and settings.xapi.relay:
            yield f"Statements on what learners do go to {settings.xapi.relay}."
        elif settings.xapi:
            yield "Statements on what learners do go only where the launch or a page around the course names."
        yield "Keep that address: at another one the learners begin anew."
        return
    yield "Try it in a course for testing first, and compare what the LMS shows with the table below."


def _scorm(settings: Settings, target: str) -> Iterator[str]:
    yield "Upload the zip as it is; it has one organization with one SCO, opened by `index.html`."
    yield (
        "Let status and score come from the package; set no completion rule on time, pages or visits "
        "beside them."
    )
    if settings.pass_:
        mark = f"{float(settings.pass_.score * 100):g} %"
        yield f"A pass mark of the LMS's own should be left empty, or be the course's: {mark}."
    if target == "scorm12" and settings.pass_:
        yield "Count the statuses passed and completed as done: who passes is never reported as completed."
    yield "Let a learner come back to the same attempt: a new one begins empty."
    yield "In a frame or in a window of its own, from 320 pixels wide: both work."


def _cmi5(settings: Settings) -> Iterator[str]:
    moves, whole = cmi5.move_on(settings), settings.cmi5.units == "course"
    if whole:
        yield f"The course asks for `moveOn` `{moves}`; leave it so."
    else:
        yield "Each step is an assignable unit of its own; the LMS lists them, and each reports by itself."
        yield "Units that completion does not ask for are marked `moveOn` `NotApplicable`."
        graded = f", those with a quiz that counts for `{moves}`" if settings.pass_ else ""
        yield f"The others ask for `Completed`{graded}; leave it so."
    if settings.pass_:
        of, who = ("", "the course") if whole else (" of each unit with a quiz that counts", "the unit")
        yield (
            f"The mastery score{of} is {float(settings.pass_.score):g}. If the LMS launches with another "
            f"one, {who} judges by that one."
        )
    yield "It may be opened in a frame or a window (`launchMethod` `AnyWindow`)."
    yield (
        "Failed is told when no attempt is left, or when a learner who has taken every quiz that counts "
        "leaves by the Exit button below the mark."
    )
