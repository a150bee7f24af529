"""What a hook sends for an event: the Python twin of the page's interpreter, by `contract.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid5

from msgspec import Struct

from coursepack.launch import QuestionData
from coursepack.xapi.contract import NAMESPACE, Hook, HookTable
from coursepack.xapi.responses import response
from coursepack.xapi.speaking import Asked, holds, topic, value_at
from coursepack.xapi.templates import apply, rounded, to_text

EMAIL = re.compile(r"[^\s@<>(),;:\[\]]+@[^\s@<>(),;:\[\]]+\.[A-Za-z]{2,}")
PHONE = re.compile(r"\+?[0-9](?:[ ()./-]{0,2}[0-9]){6,14}")


class Envelope(Struct, frozen=True):
    """What the launch and the moment give. `id` is used where the hook asks for no id of its own.

    `time` as `2026-01-31T12:00:00.000Z`; `elapsed` seconds; `sent` holds `<scope>|<hook>|<object>`, with
    `each` also `|<value>`, of what was sent before with `first` or `once`; scope is `session` or `attempt`.
    """

    actor: Mapping[str, Any]
    registration: str
    session: str
    time: str
    id: str
    mode: str = "normal"
    seq: int = 1
    elapsed: float = 0
    consent: bool = False
    sent: frozenset[str] = frozenset()


def statements(
    table: HookTable,
    event: str,
    payload: Mapping[str, Any],
    envelope: Envelope,
    questions: Mapping[int, QuestionData],
) -> list[dict[str, Any]]:
    """All that the hooks of a table send for one event, in their order.

    `questions` by permanent number, for the words of responses.
    """
    made = []
    for hook in table["hooks"]:
        if event in hook["events"]:
            one = render(table, hook, event, payload, envelope, questions)
            made += [one] if one else []
    return made


def render(
    table: HookTable,
    hook: Hook,
    event: str,
    payload: Mapping[str, Any],
    envelope: Envelope,
    questions: Mapping[int, QuestionData],
) -> dict[str, Any] | None:
    """The whole statement, or None when the condition does not hold or there is nothing to speak of."""
    free = hook["consent"] and envelope.consent
    scope, here = _scope(table, event, payload, envelope, questions, free)
    language = table["course"]["language"]
    body = _render(hook["statement"], _Page(scope, here, language), False)
    body = body if isinstance(body, dict) else {}
    about = body.get("object", {}).get("id")
    known_by = topic(hook, about, scope)
    if not about or not holds(hook["when"], Asked(scope, envelope.mode, envelope.sent, known_by)):
        return None
    once = hook["once"]
    if once != "event" and f"{once}|{known_by}" in envelope.sent:
        return None
    key = {"attempt": envelope.registration, "session": envelope.session}.get(once)
    ident = str(uuid5(NAMESPACE, f"{key}|{known_by}")) if key else envelope.id
    _tidy(body)
    context = {"registration": envelope.registration, **body.pop("context", {})}
    if table["session"]:
        context["extensions"] = {**context.get("extensions", {}), table["session"]: envelope.session}
    return {
        "id": ident,
        "actor": dict(envelope.actor),
        **body,
        "context": context,
        "timestamp": envelope.time,
    }


def _scope(
    table: HookTable,
    event: str,
    payload: Mapping[str, Any],
    envelope: Envelope,
    questions: Mapping[int, QuestionData],
    free: bool,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that templates see, and the activities at hand."""
    scope: dict[str, Any] = {name: dict(value) for name, value in payload.items() if value is not None}
    here: dict[str, Any] = {"course": table["activity"]}
    _surround(table, scope)
    for name in ("page", "quiz", "question", "reflection"):
        place = table["places"].get(str(scope.get(name, {}).get("n")))
        if place:
            about = place["activity"]
            here[name] = about
            scope[name] |= {"iri": about["id"], "title": next(iter(about["definition"]["name"].values()))}
            if name == "question":
                _asked(
                    scope[name], questions[place_number(scope[name])], place.get("free", False) and not free
                )
    if "reflection" in scope and not free:
        scope["reflection"].pop("text", None)
    _resource(table, scope, here)
    _mask(table, scope)
    inner = next(
        (name for name in ("question", "reflection", "resource", "quiz", "page") if name in scope), ""
    )
    around = {"question": ("quiz", "page"), "page": ()}.get(inner, ("page",))
    here["parent"] = next((here[name] for name in around if name in here), here["course"])
    scope["course"] = dict(table["course"])
    scope["event"] = {"name": event, "time": envelope.time, "seq": envelope.seq}
    scope["session"] = {"id": envelope.session, "elapsed_s": envelope.elapsed}
    scope["attempt"] = {"registration": envelope.registration}
    return scope, here


def _mask(table: HookTable, scope: Mapping[str, Any]) -> None:
    for name, key in (("question", "response"), ("reflection", "text")):
        about = scope.get(name, {})
        place = table["places"].get(str(about.get("n")))
        if place and place.get("free") and about.get(key):
            about[key] = masked(about[key])


def place_number(about: Mapping[str, Any]) -> int:
    """The permanent number in a payload's part."""
    return int(about["n"])


def _surround(table: HookTable, scope: dict[str, Any]) -> None:
    for name in ("question", "reflection", "quiz"):
        place = table["places"].get(str(scope.get(name, {}).get("n")))
        for n in place["within"] if place else ():
            scope.setdefault(table["places"][str(n)]["kind"], {"n": n})


def _asked(asked: dict[str, Any], question: QuestionData, hidden: bool) -> None:
    given = response(question, asked.get("response"))
    asked["response"] = None if hidden else given
    if question["type"] == "likert":
        asked.pop("correct", None)
    if question["type"] == "likert" or not asked.get("max_points"):
        for name in ("points", "max_points"):
            asked.pop(name, None)
    else:
        asked["scaled"] = rounded(asked["points"] / asked["max_points"], 4)


def _resource(table: HookTable, scope: dict[str, Any], here: dict[str, Any]) -> None:
    resource = scope.get("resource")
    if resource is None:
        return
    known = table["resources"].get(resource.pop("file", ""))
    if known is None and not re.match(r"https?://", str(resource.get("iri")), re.IGNORECASE):
        del scope["resource"]
        return
    kind = "http://adlnet.gov/expapi/activities/link"
    named = {table["course"]["language"]: resource.get("title") or resource.get("iri", "")}
    here["resource"] = known or {"id": resource["iri"], "definition": {"type": kind, "name": named}}
    resource["iri"] = here["resource"]["id"]
    resource["title"] = resource.get("title") or next(iter(here["resource"]["definition"]["name"].values()))


def masked(text: str) -> str:
    """Free text without e-mail addresses and phone numbers."""
    return PHONE.sub("[phone]", EMAIL.sub("[e-mail]", text))


# --- templates and conditions ------------------------------------------------------------------------------


class _Page(Struct, frozen=True):
    scope: Mapping[str, Any]
    here: Mapping[str, Any]
    language: str


def _render(template: Any, page: _Page, inside: bool) -> Any:
    """The value of a template, None when it is absent. `inside` extensions nothing but that goes."""
    if isinstance(template, list):
        return [one for part in template if (one := _render(part, page, inside)) is not None] or None
    if not isinstance(template, dict):
        return None if template == "" and not inside else template
    if "$" in template:
        value = value_at(page.scope, template["$"])
        for name, *arguments in template.get("f", []):
            value = apply(name, value, arguments, page.language)
        return None if value == "" and not inside else value
    if "+" in template:
        parts = [_render(part, page, True) for part in template["+"]]
        return None if any(part is None for part in parts) else "".join(map(to_text, parts)) or None
    if "@" in template:
        return page.here.get(template["@"])
    if "#" in template:
        return _brief(page.here.get(template["#"]))
    made = {}
    for key, part in template.items():
        one = _render(part, page, inside or key == "extensions")
        if one is not None:
            made[key] = one
    return made or None


def _brief(activity: Any) -> Any:
    if activity is None:
        return None
    definition = activity["definition"]
    return {"id": activity["id"], "definition": {key: definition[key] for key in ("type", "name")}}


def _tidy(body: dict[str, Any]) -> None:
    score = body.get("result", {}).get("score")
    if score is None:
        return
    low, high = score.get("min"), score.get("max")
    if low is not None and high is not None and low < high and low <= score.get("raw", low) <= high:
        return
    for name in ("raw", "min", "max"):
        score.pop(name, None)
    if not score:
        del body["result"]["score"]
    if not body["result"]:
        del body["result"]
