"""XAP on delivery: where statements go, how many there are, what a session says itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from coursepack.diagnostics import Finding, Severity, rule
from coursepack.rules import hook_places as hooks
from coursepack.rules.places import clip
from coursepack.source import Route
from coursepack.spec.model import Course
from coursepack.xapi.activities import LONGEST, all_iris
from coursepack.xapi.events import EVENTS
from coursepack.xapi.table import Read
from coursepack.xapi.vocabulary import CMI5_VERBS

WARNING = Severity.WARNING
MANY, TOO_MANY = 200, 600
"""Statements of one learner in an hour: dear to keep, and more than record stores with limits take."""
XAPI: Route = ("settings", "xapi")


@rule("XAP-024", "place-unfit")
def place_unfit(course: Course) -> Iterator[Finding]:
    """The relay or the bridge leads where statements must not go.

    A relay is an https address on the web, neither this computer nor a bare number. A bridge speaks to exact
    origins, such as `https://lms.example.org`: no path, no `*`, no `null`.

    How to fix: correct the address. While you try things out, let the launch name the place.
    """
    xapi = course.settings.xapi
    if xapi is None:
        return
    if xapi.relay is not None and (why := _no_relay(xapi.relay)):
        yield Finding((*XAPI, "relay"), f"the relay {why}", "write `relay: https://relay.example.org/v1/`")
    for index, origin in enumerate(xapi.bridge.origins):
        if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?", origin):
            advice = "write it exactly, as in `https://lms.example.org`"
            yield Finding((*XAPI, "bridge", "origins", index), f"`{clip(origin)}` is not an origin", advice)


def _no_relay(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return "is not an address"
    if parts.scheme != "https" or not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host):
        return "is not an https address on the web"
    if re.fullmatch(r"[0-9.]+", host) or host.endswith((".localhost", ".local")):
        return "is not an https address on the web"
    return "has a query or a fragment" if parts.query or parts.fragment else ""


@rule("XAP-025", "many-statements", WARNING)
def many_statements(course: Course) -> Iterator[Finding]:
    """A hook on an event that fires often has no bound, or all hooks together send very much.

    Each statement costs the network of a phone and room in the record store. More than 200 an hour for each
    learner is hard to read and dear to keep.

    How to fix: add `delivery: {once: session}`, `throttle-s` or `max-per-session`, or a narrower `when`.
    """
    for read in hooks.reading(course):
        hourly = _unbounded(read)
        if read.at is not None and max(hourly, default=0) >= 100:
            message = f"`{read.settings.id}` may send {max(hourly)} statements an hour"
            yield Finding(read.at, message, "add `delivery: {once: attempt}` or a narrower `when`")
    if MANY < (rate := _rate(course)) <= TOO_MANY:
        yield Finding((*XAPI, "hooks"), f"a learner may cause {rate} statements an hour", "bound some hooks")


@rule("XAP-030", "too-many-statements")
def too_many_statements(course: Course) -> Iterator[Finding]:
    """All hooks together may send more than 600 statements an hour for each learner.

    Hooks without a bound count with all that their events may fire. A class of thirty would send five a
    second: record stores refuse that many, and the learners' own answers wait behind them.

    How to fix: add `delivery: {once: session}`, `throttle-s` or `max-per-session`, or a narrower `when`.
    """
    if (rate := _rate(course)) > TOO_MANY:
        yield Finding((*XAPI, "hooks"), f"a learner may cause {rate} statements an hour", "bound some hooks")


def _rate(course: Course) -> int:
    """Statements an hour of all hooks that nothing bounds; 0 for a course without `xapi`."""
    if course.settings.xapi is None:
        return 0
    return sum(sum(_unbounded(read)) for read in hooks.reading(course))


def _unbounded(read: Read) -> list[int]:
    """How often each event of the hook fires in an hour; empty when the hook is bounded."""
    delivery = read.settings.delivery
    bounded = delivery.once != "event" or delivery.throttle_s or delivery.max_per_session
    if bounded or read.settings.when is not None:
        return []
    return [EVENTS[name].per_hour for name in read.hook["events"] if name in EVENTS]


@rule("XAP-026", "leaving-unsure", WARNING)
def leaving_unsure(course: Course) -> Iterator[Finding]:
    """A hook on leaving the course may not get through: it is not critical, or there are more than three.

    When a page goes away the browser grants a moment. Critical statements go first; three fit.

    How to fix: write `delivery: {priority: critical}`, or say it at an earlier event.
    """
    leaving = [
        read
        for read in hooks.reading(course)
        if any(EVENTS[name].leaving for name in read.hook["events"] if name in EVENTS)
    ]
    for read in leaving:
        if read.at is not None and read.hook["priority"] != "critical":
            message = f"`{read.settings.id}` speaks while the page goes away, and is not critical"
            yield Finding(read.at, message, "write `delivery: {priority: critical}`")
    if len(leaving) > 3 and leaving[-1].at is not None:
        yield Finding(leaving[-1].at, f"{len(leaving)} hooks speak while the page goes away", "keep three")


@rule("XAP-027", "iri-too-long")
def iri_too_long(course: Course) -> Iterator[Finding]:
    """An activity's IRI is longer than 512 characters, which record stores and reports cut or refuse.

    It is made of the course's id and your own ids.

    How to fix: choose shorter ids, the course's above all.
    """
    if hooks.carries(course):
        for iri, at in all_iris(course):
            if len(iri) > LONGEST:
                yield Finding(at, f"its IRI has {len(iri)} characters", f"the limit is {LONGEST}")


@rule("XAP-028", "cmi5-says-so", WARNING)
def cmi5_says_so(course: Course) -> Iterator[Finding]:
    """A hook says of the course what a cmi5 session says already, such as `completed`.

    The session's own statements decide; a second one with the same verb on the course confuses reports and
    some LMSs.

    How to fix: choose another verb, or another object, or take `cmi5` out of the targets.
    """
    if "cmi5" not in course.settings.targets:
        return
    for read in hooks.reading(course):
        statement = read.hook["statement"]
        if (
            read.at is not None
            and statement["verb"]["id"] in CMI5_VERBS
            and hooks.about_course(course, statement)
        ):
            message = f"`{read.settings.id}` says what the cmi5 session says itself"
            yield Finding((*read.at, "statement", "verb"), message, "choose another verb or object")


@rule("XAP-029", "once-of-changing-things", WARNING)
def once_of_changing_things(course: Course) -> Iterator[Finding]:
    """A hook sends once for each object, and its object's id changes each time.

    What was sent is remembered by hook and object. With the time or a counter in the object's id it is always
    another object, so `once` does nothing.

    How to fix: take the changing value out of the object's id, or take `once` out.
    """
    for read in hooks.reading(course):
        if read.at is not None and read.hook["once"] != "event" and hooks.volatile(read.hook["statement"]):
            message = f"the object of `{read.settings.id}` is never the same twice"
            yield Finding((*read.at, "statement", "object"), message, "take the changing value out of its id")
