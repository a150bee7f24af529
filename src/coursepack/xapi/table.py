"""The hooks of a course: the default set and the author's, and the table of them for one package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from coursepack.answers import Register
from coursepack.latest import keep_latest
from coursepack.source import Route
from coursepack.spec.hook_settings import Hook as HookSettings
from coursepack.spec.hook_settings import Xapi
from coursepack.spec.model import Course
from coursepack.spec.settings import Settings
from coursepack.xapi import activities
from coursepack.xapi.compiling import statement
from coursepack.xapi.conditions import PERCENT, condition, names_percents
from coursepack.xapi.contract import Hook, HookTable
from coursepack.xapi.defaults import DEFAULTS, LIFECYCLE
from coursepack.xapi.reading import Reader, Trouble
from coursepack.xapi.vocabulary import Vocabulary, vocabulary

LRS_TARGETS = frozenset({"cmi5", "xapi"})
"""Packages that always carry hooks: their launch names a place for statements."""


class Read(Struct, frozen=True):
    """One hook that sends: as settings, compiled, and where it was written (None: a default hook)."""

    settings: HookSettings
    hook: Hook
    at: Route | None
    free: frozenset[str] = frozenset()


class Reading(Struct, frozen=True):
    """All hooks of a course that send, and all that is wrong with them."""

    hooks: tuple[Read, ...]
    troubles: tuple[Trouble, ...]
    terms: Vocabulary


@keep_latest
def read_hooks(settings: Settings) -> Reading:
    """The default hooks, changed by the author's: many rules cost one reading."""
    xapi = settings.xapi or Xapi()
    terms = vocabulary(settings)
    own = {hook.id: (hook, ("settings", "xapi", "hooks", index)) for index, hook in enumerate(xapi.hooks)}
    names = {hook.id for hook in DEFAULTS}
    found: list[Read] = []
    troubles: list[Trouble] = []
    chosen: list[tuple[HookSettings, Route | None]] = [
        own.get(hook.id, (hook, None)) for hook in DEFAULTS if xapi.defaults == "on" or hook.id in own
    ]
    chosen += [own[hook.id] for hook in xapi.hooks if hook.id not in names and own[hook.id][0] is hook]
    for hook, at in chosen:
        if hook.enabled == "on":
            read = _read(hook, at, Reader(settings, xapi, terms), troubles)
            found += [read] if read else []
    return Reading(tuple(found), tuple(troubles), terms)


def _read(hook: HookSettings, at: Route | None, reader: Reader, troubles: list[Trouble]) -> Read | None:
    where: Route = at or ("settings", "xapi")
    missing = [name for name, there in (("event", hook.events), ("statement", hook.statement)) if not there]
    if hook.statement is None or missing:
        message = f"the hook `{hook.id}` has no {' and no '.join(missing)}"
        troubles.append(Trouble("hook-unfinished", where, message, f"add `{missing[0]}: …`"))
        return None
    reader.events = reader.events_of(hook.events, (*where, "event"))
    when = condition(hook.when, reader, (*where, "when"))
    template = statement(hook.statement, reader, (*where, "statement"))
    troubles += reader.troubles
    delivery = hook.delivery
    allowed = reader.xapi.privacy.free_text_allowed
    made: Hook = {
        "id": hook.id,
        "events": list(hook.events),
        "when": when,
        "statement": template,
        "once": delivery.once,
        "priority": delivery.priority,
        "offline": delivery.offline,
        "throttle": delivery.throttle_s,
        "max": delivery.max_per_session,
        "consent": allowed and hook.privacy.free_text == "consent",
    }
    if names_percents(when):
        made["each"] = PERCENT
    return Read(hook, made, at, frozenset(reader.free))


def hooks_for(settings: Settings, target: str) -> Sequence[Read]:
    """The hooks that a package of the target carries; none when it carries no hooks at all.

    SCORM and web packages carry them with an `xapi:` section only. In cmi5 and xAPI packages the session
    itself says what the default hooks on the course would say, so these are left out there.
    """
    if target not in LRS_TARGETS:
        return read_hooks(settings).hooks if settings.xapi is not None else ()
    return [
        read for read in read_hooks(settings).hooks if read.at is not None or read.hook["id"] not in LIFECYCLE
    ]


def hook_table(
    course: Course,
    register: Register,
    target: str,
    files: Mapping[str, str] | None = None,
    *,
    brief: bool = False,
) -> HookTable | None:
    """The table for a package of the target; None when it carries no hooks.

    `files` are the names of the course's files in the package, by the author's paths. `brief` as a page has
    it, whose own data holds the words of questions.
    """
    settings = course.settings
    hooks = [read.hook for read in hooks_for(settings, target)]
    if not hooks:
        return None
    xapi = settings.xapi or Xapi()
    terms = read_hooks(settings).terms
    session = terms.extension("session-id")
    told = {event for hook in hooks for event in hook["events"]}
    return {
        "v": 1,
        "course": {
            "iri": settings.id,
            "title": settings.title,
            "version": settings.version,
            "language": settings.language,
        },
        "activity": activities.course_activity(settings),
        "places": activities.places(course, register, brief=brief),
        "resources": activities.resources(course, files or {}) if "resource.opened" in told else {},
        "hooks": hooks,
        "session": session.iri if session and target != "cmi5" else "",
        "relay": _relay(xapi) if target not in LRS_TARGETS else None,
        "origins": list(xapi.bridge.origins),
        "homePage": home_page(settings),
    }


def _relay(xapi: Xapi) -> str | None:
    """The relay's address with exactly one slash at its end."""
    return xapi.relay.rstrip("/") + "/" if xapi.relay else None


def home_page(settings: Settings) -> str:
    """The account system of learners whom only the LMS's id names: as set, else the course id's origin."""
    if settings.xapi and settings.xapi.home_page:
        return settings.xapi.home_page
    scheme, mark, rest = settings.id.partition("://")
    return f"{scheme}://{rest.split('/')[0]}/" if mark else settings.id
