"""The events that a hook can name, and what each of them tells: paths, kinds, smallest and largest values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct

Kind = Literal["text", "iri", "integer", "number", "boolean"]


KINDS: Mapping[str, str] = {
    "text": "text", "iri": "an IRI", "integer": "a whole number", "number": "a number",
    "boolean": "`true` or `false`", "map": "a map", "duration": "a duration", "string": "text",
    "words": "text",
}  # fmt: skip
"""Kinds in words."""


class Path(Struct, frozen=True):
    """One value that an event tells. `optional`: it may be absent. `free`: words that a learner wrote.

    `least` and `most` are sample values at the ends; `values` are all of them where they are few.
    """

    kind: Kind
    least: Any
    most: Any
    optional: bool = False
    free: bool = False
    values: tuple[str, ...] = ()


class Event(Struct, frozen=True):
    """`refs` are the activities at hand; those after `?` may be absent. `hot`: many in a minute."""

    name: str
    fires: str
    paths: Mapping[str, Path]
    refs: tuple[str, ...]
    maybe: tuple[str, ...] = ()
    leaving: bool = False
    per_hour: int = 0
    """How many a busy learner can cause in an hour, for the estimate; those of a course are counted."""


_LONG = "W" * 250
_ID = Path("text", "00000000-0000-4000-8000-000000000000", "ffffffff-ffff-4fff-bfff-ffffffffffff")
_SECONDS = Path("number", 0, 359999.994)
_IRI = Path("iri", "https://example.org/a", "https://example.org/" + "a" * 480)
_TITLE = Path("text", "A", _LONG)


def _at_hand(name: str, optional: bool = False) -> dict[str, Path]:
    return {
        f"{name}.iri": Path("iri", _IRI.least, _IRI.most, optional),
        f"{name}.title": Path("text", "A", _LONG, optional),
    }


ALWAYS: Mapping[str, Path] = {
    "course.iri": _IRI,
    "course.title": _TITLE,
    "course.version": Path("text", "1", "1.10.0"),
    "course.language": Path("text", "en", "zh-Hant-TW"),
    "event.name": Path("text", "page.left", "reflection.submitted"),
    "event.time": Path("text", "2000-01-01T00:00:00.000Z", "2099-12-31T23:59:59.999Z"),
    "event.seq": Path("integer", 1, 999999),
    "session.id": _ID,
    "session.elapsed_s": _SECONDS,
    "attempt.registration": _ID,
}
"""What every event tells."""
PAGE = _at_hand("page")
QUIZ = {
    **_at_hand("quiz"),
    "quiz.attempt": Path("integer", 1, 9999),
    "quiz.pass_mark": Path("number", 0, 1, optional=True),
}
MODE = {"launch.mode": Path("text", "normal", "review", values=("normal", "browse", "review"))}


def _score(optional: bool) -> dict[str, Path]:
    return {
        "score.scaled": Path("number", 0, 1, optional),
        "score.raw": Path("number", 0, 100, optional),
        "score.min": Path("number", 0, 0, optional),
        "score.max": Path("number", 0, 100, optional),
    }


FINISHED = {**QUIZ, **PAGE, "quiz.duration_s": _SECONDS, **_score(False)}
PLACE = {**PAGE, "page.index": Path("integer", 1, 500), "page.count": Path("integer", 1, 500)}
TYPES = (
    "choice", "multiple", "true-false", "fill-in", "cloze", "numeric", "matching", "order", "likert",
)  # fmt: skip
QUESTION = {
    **_at_hand("question"),
    "question.id": Path("text", "a", "q" * 64),
    "question.type": Path("text", "choice", "likert", values=TYPES),
    "question.text": _TITLE,
    "question.response": Path("text", "a", "x" * 4000, optional=True),
    "question.correct": Path("boolean", False, True, optional=True),
    "question.points": Path("number", 0, 100, optional=True),
    "question.max_points": Path("number", 0.5, 100, optional=True),
    "question.scaled": Path("number", 0, 1, optional=True),
    "question.duration_s": _SECONDS,
    "question.try": Path("integer", 1, 9999),
    **_at_hand("quiz", optional=True),
    "quiz.attempt": Path("integer", 1, 9999, optional=True),
    **PAGE,
}
REFLECTION = {
    **_at_hand("reflection"),
    "reflection.id": Path("text", "a", "r" * 64),
    "reflection.word_count": Path("integer", 1, 99999),
    "reflection.char_count": Path("integer", 1, 99999),
    "reflection.text": Path("text", "a", "x" * 4000, optional=True, free=True),
    **PAGE,
}
RESOURCE = {
    **_at_hand("resource"),
    "resource.external": Path("boolean", False, True),
    **_at_hand("page", optional=True),
}


def _event(
    name: str,
    fires: str,
    paths: Mapping[str, Path],
    refs: str = "course",
    maybe: str = "",
    **more: Any,
) -> Event:
    return Event(name, fires, {**ALWAYS, **paths}, tuple(refs.split()), tuple(maybe.split()), **more)


def _named(events: Iterable[Event]) -> dict[str, Event]:
    return {event.name: event for event in events}


EVENTS: Mapping[str, Event] = _named(
    (
        _event("course.opened", "the course starts anew", MODE),
        _event("course.resumed", "the course starts where the learner had left it", MODE),
        _event("course.suspended", "the page goes away", {}, leaving=True),
        _event("course.exited", "the learner takes the Exit button", {}, leaving=True),
        _event(
            "course.progressed",
            "each whole percent of progress",
            {
                "progress.percent": Path("integer", 1, 100),
                "progress.previous": Path("integer", 0, 99),
            },
            per_hour=100,
        ),
        _event("course.completed", "the completion rule holds, once", {}),
        _event("course.passed", "the course is passed", _score(True)),
        _event("course.failed", "the course cannot be passed any more", _score(True)),
        _event(
            "page.viewed",
            "a step was in view for a second",
            {**PLACE, "page.first_time": Path("boolean", False, True)},
            "course page parent",
            per_hour=60,
        ),
        _event(
            "page.left",
            "the learner goes on from a step that was viewed",
            {**PLACE, "page.dwell_s": _SECONDS},
            "course page parent",
            per_hour=60,
        ),
        _event("page.completed", "all that a step asks for is done", PAGE, "course page parent"),
        _event(
            "quiz.started",
            "the first answer of the first attempt at a quiz",
            {**QUIZ, **PAGE},
            "course page quiz parent",
        ),
        _event(
            "quiz.retried",
            "a further attempt at a quiz begins",
            {**QUIZ, **PAGE},
            "course page quiz parent",
            per_hour=6,
        ),
        _event("quiz.submitted", "an attempt ends", FINISHED, "course page quiz parent", per_hour=6),
        _event(
            "quiz.passed",
            "an attempt ends and the quiz is passed",
            FINISHED,
            "course page quiz parent",
            per_hour=6,
        ),
        _event(
            "quiz.failed",
            "an attempt ends and the quiz is not passed",
            FINISHED,
            "course page quiz parent",
            per_hour=6,
        ),
        _event(
            "question.answered",
            "an answer is judged",
            QUESTION,
            "course page question parent",
            "quiz",
            per_hour=60,
        ),
        _event(
            "reflection.submitted",
            "a reflection is handed in",
            REFLECTION,
            "course page reflection parent",
            per_hour=10,
        ),
        _event(
            "resource.opened",
            "a link to a file or to the web is opened",
            RESOURCE,
            "course resource parent",
            "page",
            per_hour=20,
        ),
        _event(
            "error.raised",
            "something went wrong that the learner was told of",
            {"error.code": Path("text", "not-saved", "step-not-loaded")},
            per_hour=20,
        ),
    )
)
"""All events by name, in the order in which they are documented."""

LATER = (
    "element.interacted",
    "resource.downloaded",
    "media.played",
    "media.paused",
    "media.seeked",
    "media.completed",
    "preference.changed",
)
"""Events of blocks that courses do not have yet: a hook on one of them would never fire."""
