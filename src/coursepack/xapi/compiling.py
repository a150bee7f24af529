"""A statement as written becomes the template that packages carry: terms resolved, paths checked."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from coursepack.source import Route
from coursepack.spec.hook_settings import ActivitySpec, Context, Extension, Result, Statement, Value, Words
from coursepack.xapi.reading import Reader
from coursepack.xapi.vocabulary import EXTENSIONS, NOT_FOR_COURSES, OWN, RESERVED, TYPES, VERBS

Template = dict[str, Any]


def statement(given: Statement, reader: Reader, at: Route) -> Template:
    """The compiled template of a whole statement."""
    made: Template = {
        "verb": verb(given.verb, reader, (*at, "verb")),
        "object": activity(given.object, reader, (*at, "object"), whole=True),
    }
    if given.result:
        made["result"] = _result(given.result, reader, (*at, "result"))
    made["context"] = _context(given, reader, (*at, "context"))
    return made


def verb(alias: str, reader: Reader, at: Route) -> Template:
    """The verb of an alias, with its words."""
    found = reader.terms.verb(alias)
    if found is None:
        known = [*reader.xapi.verbs, *VERBS]
        reader.say("unknown-term", at, f"there is no verb `{alias}`", _near(alias, known, "verbs"))
        return {"id": "", "display": {}}
    if found.id in NOT_FOR_COURSES:
        why = NOT_FOR_COURSES[found.id]
        reader.say("term-not-for-courses", at, f"`{found.id}` is not for courses", why)
    return {"id": found.id, "display": dict(found.display)}


def activity(given: ActivitySpec, reader: Reader, at: Route, *, whole: bool) -> Template:
    """A reference to an activity of the course, or an activity that the author describes."""
    described = [
        name
        for name in ("id", "type", "name", "description", "more_info")
        if getattr(given, name) is not None
    ]
    if given.ref is not None:
        if described or given.extensions:
            reader.say("activity-wrong", at, "`ref` names an activity that describes itself", "keep one")
        return _ref(given.ref, reader, at, whole=whole)
    if given.id is None:
        reader.say("activity-wrong", at, "the activity has neither `ref` nor `id`", "write `ref: page`")
        return {}
    ident = reader.value(given.id, (*at, "id"), "iri")
    if isinstance(ident, str) and ident in RESERVED:
        reader.say("term-not-for-courses", (*at, "id"), f"`{ident}` is cmi5's own", "name another")
    return {"id": ident, "definition": _definition(given, reader, at)}


def _definition(given: ActivitySpec, reader: Reader, at: Route) -> Template:
    made: Template = {}
    if given.type is not None:
        kind = reader.terms.type(given.type)
        if kind is None:
            known = [*reader.xapi.activity_types, *TYPES]
            message = f"there is no activity type `{given.type}`"
            reader.say("unknown-term", (*at, "type"), message, _near(given.type, known, "activity-types"))
        elif kind == TYPES["cmi.interaction"]:
            advice = "use `ref: question`, which says how it is answered"
            message = "a question that is not the course's own has no interaction type"
            reader.say("activity-wrong", (*at, "type"), message, advice)
        made["type"] = kind or ""
    for name in ("name", "description"):
        words = getattr(given, name)
        if words is not None:
            made[name] = _words(words, reader, (*at, name))
    if given.more_info is not None:
        made["moreInfo"] = reader.value(given.more_info, (*at, "more-info"), "iri")
    if given.extensions:
        made["extensions"] = extensions(given.extensions, "activity", reader, (*at, "extensions"))
    return made


def _words(given: Words, reader: Reader, at: Route) -> Any:
    """A language map: as written, or in the course's language."""
    if isinstance(given, dict):
        return {tag: reader.value(text, (*at, tag), "text") for tag, text in given.items()}
    made = reader.value(given, at, "words")
    if isinstance(made, dict) and any(one[0] == "langmap" for one in made.get("f", [])):
        return made
    return {reader.settings.language: made}


def _ref(name: str, reader: Reader, at: Route, *, whole: bool) -> Template:
    for event in reader.events:
        if name in event.refs:
            continue
        if name not in event.maybe:
            known = ", ".join(f"`{one}`" for one in (*event.refs, *event.maybe))
            message = f"`{event.name}` has no {name} at hand"
            reader.say("activity-wrong", (*at, "ref"), message, f"it has {known}")
            break
        if whole:
            message = f"at `{event.name}` there may be no {name}, and then nothing is sent"
            reader.say("value-may-be-absent", (*at, "ref"), message, "use `ref: parent`")
            break
    return {"@": name} if whole else {"#": name}


def _result(given: Result, reader: Reader, at: Route) -> Template:
    made: Template = {}
    for name, wants in (
        ("success", "boolean"),
        ("completion", "boolean"),
        ("response", "text"),
        ("duration", "duration"),
    ):
        value: Value | None = getattr(given, name)
        if value is not None:
            made[name] = reader.value(value, (*at, name), wants)
    if given.score:
        score = {
            name: reader.value(value, (*at, "score", name), "number")
            for name in ("scaled", "raw", "min", "max")
            if (value := getattr(given.score, name)) is not None
        }
        _check_score(score, reader, (*at, "score"))
        made["score"] = score
    if given.extensions:
        made["extensions"] = extensions(given.extensions, "result", reader, (*at, "extensions"))
    return made


def _check_score(score: Template, reader: Reader, at: Route) -> None:
    """What can be told of a score without a value: literals in range, raw with both its ends."""
    scaled, low, high = (score.get(name) for name in ("scaled", "min", "max"))
    if isinstance(scaled, int | float) and not -1 <= scaled <= 1:
        reader.say("value-unfit", (*at, "scaled"), f"{scaled} is not from -1 to 1", "divide by the maximum")
    if isinstance(scaled, dict) and scaled.get("f", [[""]])[-1][0] == "percent":
        reader.say("value-unfit", (*at, "scaled"), "a percentage is not from -1 to 1", "take `percent` out")
    if isinstance(scaled, dict) and scaled["$"] not in ("score.scaled", "question.scaled", "quiz.pass_mark"):
        message = f"`{scaled['$']}` is not from -1 to 1"
        reader.say("value-unfit", (*at, "scaled"), message, "use `score.scaled` or `question.scaled`")
    if isinstance(low, int | float) and isinstance(high, int | float) and low >= high:
        reader.say("value-unfit", at, f"`min` {low} is not below `max` {high}", "correct one of them")


def extensions(given: dict[str, Value], scope: str, reader: Reader, at: Route) -> Template:
    """Values under the IRIs of their extensions."""
    made: Template = {}
    for alias, value in given.items():
        place = (*at, alias)
        found: Extension | None = reader.terms.extension(alias)
        if found is None:
            known = [*reader.xapi.extensions, *OWN, *EXTENSIONS]
            message = f"there is no extension `{alias}`"
            reader.say("unknown-term", place, message, _near(alias, known, "extensions"))
            continue
        if found.iri in RESERVED:
            reader.say("term-not-for-courses", place, f"`{found.iri}` is cmi5's own", "name another")
        if found.scope and found.scope != scope:
            message = f"`{alias}` belongs into {found.scope}, not into {scope}"
            reader.say("value-unfit", place, message, f"move it to `{found.scope}`")
        made[found.iri] = reader.value(
            value, place, {"string": "text"}.get(str(found.type), found.type or "")
        )
        beyond = isinstance(value, int | float) and not isinstance(value, bool)
        if beyond and not (_low(found) <= float(value) <= _high(found)):
            reader.say("value-unfit", place, f"{value} is out of the range of `{alias}`", "correct one")
    return made


def _low(found: Extension) -> float:
    return found.min if found.min is not None else float("-inf")


def _high(found: Extension) -> float:
    return found.max if found.max is not None else float("inf")


def _context(given: Statement, reader: Reader, at: Route) -> Template:
    context: Context = given.context
    of_course = given.object.ref == "course"
    grouping: Sequence[ActivitySpec] = context.grouping if context.grouping is not None else ()
    if context.grouping is None and not of_course:
        grouping = (ActivitySpec(ref="course"),)
    around: Template = {}
    for name, items in (
        ("parent", context.parent),
        ("grouping", grouping),
        ("category", context.category),
        ("other", context.other),
    ):
        if items:
            around[name] = [
                activity(one, reader, (*at, name, index), whole=False) for index, one in enumerate(items)
            ]
    made: Template = {
        "language": reader.settings.language,
        "revision": reader.settings.version,
    }
    if reader.xapi.platform:
        made["platform"] = reader.xapi.platform
    for name in ("language", "revision", "platform"):
        text = getattr(context, name)
        if text is not None:
            made[name] = reader.value(text, (*at, name), "text")
    if around:
        made["contextActivities"] = around
    if context.extensions:
        made["extensions"] = extensions(context.extensions, "context", reader, (*at, "extensions"))
    return made


def _near(alias: str, known: list[str], section: str) -> str:
    near = get_close_matches(alias, known, 1, 0.6)
    return f"did you mean `{near[0]}`?" if near else f"add it to `{section}`, with its IRI"
