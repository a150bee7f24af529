"""XAP on statement hooks as written: events, paths, values, conditions, what learners wrote."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.diagnostics import Finding, Severity, rule
from coursepack.rules import hook_places as hooks
from coursepack.rules.places import clip
from coursepack.source import Route
from coursepack.spec.model import Course
from coursepack.xapi.defaults import DEFAULTS
from coursepack.xapi.statements import EMAIL, PHONE

WARNING = Severity.WARNING
XAPI: Route = ("settings", "xapi")


@rule("XAP-004", "hook-twice")
def hook_twice(course: Course) -> Iterator[Finding]:
    """Two hooks have one id.

    The id is part of what makes a statement the same statement when it is sent again, so it must name one
    hook. A hook with the id of a default hook stands in its place; that is fine, once.

    How to fix: give one of them another id.
    """
    seen: set[str] = set()
    for at, hook in hooks.own(course):
        if hook.id in seen:
            yield Finding((*at, "id"), f"there is a hook `{hook.id}` already", "give this one another id")
        seen.add(hook.id)


@rule("XAP-005", "hook-unfinished")
def hook_unfinished(course: Course) -> Iterator[Finding]:
    """A hook does not say when, or not what; or it switches off what is not there.

    A hook needs `event` and `statement`. Only `enabled: off` stands alone: it takes a default hook away by
    its id.

    How to fix: add what is missing, or correct the id. docs/xapi.md lists the default hooks.
    """
    yield from hooks.told(course, "hook-unfinished")
    names = [hook.id for hook in DEFAULTS]
    for at, hook in hooks.own(course):
        if hook.enabled == "off" and not hook.statement and hook.id not in names:
            message = f"there is no default hook `{hook.id}` to switch off"
            yield Finding((*at, "id"), message, hooks.did_you_mean(hook.id, names))


@rule("XAP-006", "unknown-event")
def unknown_event(course: Course) -> Iterator[Finding]:
    """A hook names an event that never fires.

    How to fix: correct the name. docs/xapi.md lists all events and what they tell.
    """
    yield from hooks.told(course, "unknown-event")


@rule("XAP-007", "unknown-path")
def unknown_path(course: Course) -> Iterator[Finding]:
    """A placeholder or a condition names a value that the event does not tell.

    With several events every one of them must tell it. There is deliberately nothing about the learner:
    who it was is said by whoever receives the statement.

    How to fix: correct the path, or give the events hooks of their own.
    """
    yield from hooks.told(course, "unknown-path")


@rule("XAP-008", "template-wrong")
def template_wrong(course: Course) -> Iterator[Finding]:
    """A placeholder cannot be read, or a filter does not fit what it is given.

    Placeholders are `{{path}}` or `{{path | filter | filter}}`. There are no expressions.

    How to fix: correct the braces, the filter, or its value in brackets.
    """
    yield from hooks.told(course, "template-wrong")


@rule("XAP-009", "value-may-be-absent")
def value_may_be_absent(course: Course) -> Iterator[Finding]:
    """A placeholder's value is not always there, and the hook does not say what happens then.

    A question outside any quiz has no quiz, a scale has nothing right, typed words stay away without consent.

    How to fix: write `| omit` to leave the key out, or `| default(0)` to put something in its place.
    """
    yield from hooks.told(course, "value-may-be-absent")


@rule("XAP-010", "value-unfit")
def value_unfit(course: Course) -> Iterator[Finding]:
    """A value is not what its place in a statement takes; a record store would refuse the statement.

    `success` and `completion` are yes or no, scores are numbers, `scaled` from -1 to 1, `response` is text,
    and a duration comes from the filter `duration`.

    How to fix: take another path, add the filter, or put it where it belongs.
    """
    yield from hooks.told(course, "value-unfit")


@rule("XAP-011", "condition-wrong")
def condition_wrong(course: Course) -> Iterator[Finding]:
    """A condition says nothing, says two things at once, or compares what cannot be compared.

    How to fix: say one thing for each condition: `all`, `any`, `not`, `first`, `mode-in`, or a `path` with
    its `op` and a `value` of the path's own kind.
    """
    yield from hooks.told(course, "condition-wrong")


@rule("XAP-012", "condition-constant", WARNING)
def condition_constant(course: Course) -> Iterator[Finding]:
    """A condition is always true or never, so it decides nothing.

    Usually a value is misspelt. A hook whose condition is never true never sends.

    How to fix: correct the value, or take the condition out.
    """
    yield from hooks.told(course, "condition-constant")


@rule("XAP-013", "unknown-term")
def unknown_term(course: Course) -> Iterator[Finding]:
    """A verb, activity type or extension is not known by this name.

    How to fix: correct the name, or add it to `verbs`, `activity-types` or `extensions` with its IRI.
    `coursepack xapi --vocabulary md` lists those in use, docs/xapi.md all that are known.
    """
    yield from hooks.told(course, "unknown-term")


@rule("XAP-014", "activity-wrong")
def activity_wrong(course: Course) -> Iterator[Finding]:
    """An activity is named in two ways or in none, or is not at hand when the event fires.

    `ref` names the course, page, quiz, question, reflection or resource that the event is about, or `parent`,
    the nearest one around it. Any other activity needs an `id`.

    How to fix: keep `ref` or `id`, and name what the event has.
    """
    yield from hooks.told(course, "activity-wrong")


@rule("XAP-015", "term-not-for-courses")
def term_not_for_courses(course: Course) -> Iterator[Finding]:
    """A hook uses a verb, category or extension that only an LMS or a cmi5 session may use.

    A course that says `launched` or `voided`, or puts cmi5's own category on a statement, misleads reports
    and breaks the session of a strict LMS.

    How to fix: choose another term.
    """
    yield from hooks.told(course, "term-not-for-courses")


@rule("XAP-020", "free-text-not-allowed")
def free_text_not_allowed(course: Course) -> Iterator[Finding]:
    """A hook sends what learners wrote, without all three permissions that this needs.

    `xapi.privacy.free-text-allowed: true` allows it for the course, `privacy.free-text: consent` for the
    hook, and `privacy.purpose` tells learners what it is for. Then each learner is asked, and may say no.

    How to fix: add what is missing, or take the words out and send `reflection.word_count`.
    """
    allowed = bool(course.settings.xapi and course.settings.xapi.privacy.free_text_allowed)
    for read in hooks.reading(course):
        privacy = read.settings.privacy
        if read.at is None or not (read.free or privacy.free_text == "consent"):
            continue
        missing = [] if allowed else ["`xapi.privacy.free-text-allowed: true`"]
        missing += [] if privacy.free_text == "consent" else ["`privacy.free-text: consent`"]
        missing += [] if privacy.purpose else ["`privacy.purpose`"]
        if missing:
            message = f"the hook `{read.settings.id}` sends what learners wrote"
            yield Finding(read.at, message, f"add {' and '.join(missing)}, or take it out")


@rule("XAP-021", "personal-data-in-template", WARNING)
def personal_data(course: Course) -> Iterator[Finding]:
    """A hook has an e-mail address or a phone number written into it.

    Every statement would carry it, for good: record stores do not forget.

    How to fix: take it out. Name people by a role, and keep contact details in the course.
    """
    for at, hook in hooks.own(course):
        for route, text in hooks.texts(hook.model_dump(by_alias=True, exclude_none=True), at):
            found = EMAIL.search(text) or (None if "://" in text else PHONE.search(text))
            if found:
                yield Finding(route, f"`{clip(found[0])}` would be in every statement", "take it out")
