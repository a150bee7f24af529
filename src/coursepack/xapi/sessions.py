"""What a launch itself tells of the course in cmi5 and xAPI packages, as samples: no hook sends it.

The page makes these statements in `runtime/cmi5/statement.js` and `runtime/drivers/xapi.js`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Literal, TypeAlias
from uuid import uuid5

from msgspec import Struct

from coursepack.xapi.contract import NAMESPACE
from coursepack.xapi.samples import ENDS, End, Sample
from coursepack.xapi.vocabulary import CMI5, EXTENSIONS, TYPES, VERBS

SESSION = "the session"
"""Stands in the place of a hook's id, which has no blanks."""
EVENTS = {
    "initialized": "course.opened",
    "completed": "course.completed",
    "passed": "course.passed",
    "failed": "course.failed",
    "terminated": "course.exited",
}
Verb = Literal["initialized", "completed", "passed", "failed", "terminated"]
LONGEST = 86400
"""Seconds: the largest duration of a sample."""


class Unit(Struct, frozen=True):
    """What is launched: its id in the package, and the share that passes it, None where nothing does."""

    id: str
    mark: Decimal | None


Made: TypeAlias = tuple[dict[str, Any], dict[str, Any], dict[str, Any]]
"""What a statement says beyond its ids: of the object, its result, its context."""
Make: TypeAlias = Callable[[Unit, Verb, End], Made]


def session_samples(units: Sequence[Unit], target: str, home_page: str) -> list[Sample]:
    """Samples of every unit, in the order of a session; none where the LMS hears of it in another way."""
    if target not in ("cmi5", "xapi"):
        return []
    make = _cmi5 if target == "cmi5" else _tin_can
    return [
        Sample(SESSION, EVENTS[verb], 0, end, _statement(make, unit, verb, end, home_page))
        for unit in units
        for verb in _verbs(unit, target)
        for end in ENDS
    ]


def _verbs(unit: Unit, target: str) -> Iterator[Verb]:
    whole = target == "cmi5"
    if whole:
        yield "initialized"
    yield "completed"
    if unit.mark is not None:
        yield "passed"
        yield "failed"
    if whole:
        yield "terminated"


def _statement(make: Make, unit: Unit, verb: Verb, end: End, home_page: str) -> dict[str, Any]:
    about, result, context = make(unit, verb, end)
    if verb != "initialized":
        result["duration"] = "PT0S" if end == "least" else f"PT{LONGEST}S"
    if make is _cmi5 and verb in ("passed", "failed"):
        result["extensions"] = {EXTENSIONS["progress"]: 0 if end == "least" else 99}
    return {
        "id": str(uuid5(NAMESPACE, f"{SESSION} {unit.id} {verb} {end}")),
        "actor": {"account": {"homePage": home_page, "name": "learner-1"}},
        "verb": {"id": VERBS[verb], "display": {"en": verb}},
        "object": {"objectType": "Activity", "id": unit.id, **about},
        **({"result": result} if result else {}),
        "context": {**context, "registration": str(uuid5(NAMESPACE, f"registration {SESSION} {end}"))},
        "timestamp": "2026-01-31T12:00:00.000Z",
    }


def _outcome(verb: Verb) -> dict[str, Any]:
    if verb == "completed":
        return {"completion": True}
    return {"success": verb == "passed"} if verb in ("passed", "failed") else {}


def _share(unit: Unit, verb: Verb, end: End) -> float:
    """The score at one end: of passed from the mark on, of failed below it."""
    mark = float(unit.mark or 0)
    if verb == "passed":
        return mark if end == "least" else 1
    return 0 if end == "least" else max(0, round(mark - 0.0001, 4))


def _cmi5(unit: Unit, verb: Verb, end: End) -> Made:
    result = _outcome(verb)
    own: dict[str, Any] = {
        f"{CMI5}context/extensions/sessionid": str(uuid5(NAMESPACE, f"session {SESSION} {end}"))
    }
    categories = [f"{CMI5}context/categories/cmi5"]
    if result:
        categories.append(f"{CMI5}context/categories/moveon")
    if "success" in result:
        result["score"] = {"scaled": _share(unit, verb, end)}
        own[f"{CMI5}context/extensions/masteryscore"] = float(unit.mark or 0)
    around = {"grouping": _ids([unit.id]), "category": _ids(categories)}
    return {}, result, {"contextActivities": around, "extensions": own}


def _tin_can(unit: Unit, verb: Verb, end: End) -> Made:
    result = _outcome(verb)
    if "success" in result:
        share = _share(unit, verb, end)
        result["score"] = {"scaled": share, "raw": round(share * 100, 2), "min": 0, "max": 100}
    return {"definition": {"type": TYPES["course"]}}, result, {}


def _ids(iris: Iterable[str]) -> list[dict[str, str]]:
    return [{"id": iri} for iri in iris]
