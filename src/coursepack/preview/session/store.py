"""A small record store in memory, with the LMS's side of cmi5; all of it is gone when the preview ends.

It checks what a course would otherwise get wrong in silence (credentials, the order of a session, the shape
of statements) and is no conformance test.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import quote, urlencode

from msgspec import Struct, field

from coursepack.preview.session.shapes import RefusedError, bare, mapping, number, shaped, text

LAUNCHES_MAX, STATEMENTS_MAX, DOCUMENTS_MAX = 200, 5000, 400
VERBS = "http://adlnet.gov/expapi/verbs/"
CMI5 = "https://w3id.org/xapi/cmi5/context/"
HOME = "http://localhost/coursepack-preview"
SAID_BEFORE = "this was said before, in other words"
"""Of a statement whose id is taken by one with the same verb and object: what is said once came again."""
MODES = {"normal": "Normal", "browse": "Browse", "review": "Review"}

Kind = Literal["cmi5", "xapi"]


class Registration(Struct):
    """What stays of one learner in one activity: statements as sent, documents by what names them."""

    id: str
    statements: dict[str, dict[str, Any]] = field(default_factory=dict)
    documents: dict[tuple[str, ...], tuple[bytes, str]] = field(default_factory=dict)


class Opened(Struct):
    """One launch. `trouble` is `ok`, `fail` (503), `lie` (takes all, keeps nothing) or `lost` (401).

    `delay` is in seconds.
    """

    id: str
    kind: Kind
    activity: str
    registration: Registration
    session: str
    launch_data: dict[str, Any]
    actor: dict[str, Any]
    token: str = ""
    taken: bool = False
    ended: bool = False
    begun: bool = False
    trouble: str = "ok"
    delay: float = 0.0


class Store:
    """`tell(name, data)` hears of everything that arrives."""

    def __init__(self, tell: Callable[[str, Any], None]) -> None:
        self.tell = tell
        self._opened: dict[str, Opened] = {}
        self._registrations: dict[str, Registration] = {}

    # ---- launches --------------------------------------------------------------------------------------

    def launch(self, asked: Mapping[str, Any], origin: str) -> dict[str, Any]:
        """Open an activity: `{launch, url, registration, activity, statements, documents}`."""
        kind: Kind = "cmi5" if asked.get("kind") == "cmi5" else "xapi"
        item, learner = text(asked, "item"), mapping(asked.get("learner"))
        key = json.dumps([kind, text(asked, "course"), item, text(learner, "id")])
        if asked.get("fresh") or key not in self._registrations:
            self._registrations[key] = Registration(str(uuid.uuid4()))
        registration = self._registrations[key]
        opened = self._open(kind, item, registration, learner, asked)
        self._opened[opened.id] = opened
        while len(self._opened) > LAUNCHES_MAX:
            self._opened.pop(next(iter(self._opened)))
        if kind == "cmi5":
            self._keep(opened, self._launched(opened))
        href = text(asked, "href")
        return {
            "launch": opened.id,
            "url": _with_query(href, _parameters(opened, f"{origin}/lrs/{opened.id}/")),
            "registration": registration.id,
            "activity": opened.activity,
            "statements": list(registration.statements.values()),
            "documents": [_described(key, data) for key, (data, _) in registration.documents.items()],
        }

    def _open(
        self,
        kind: Kind,
        item: str,
        registration: Registration,
        learner: Mapping[str, Any],
        asked: Mapping[str, Any],
    ) -> Opened:
        session = str(uuid.uuid4())
        activity = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, item)}" if kind == "cmi5" else item
        name = text(learner, "name") or "Learner"
        account = {"homePage": HOME, "name": text(learner, "id") or "learner"}
        actor = {"objectType": "Agent", "name": name, "account": account}
        facts = mapping(asked.get("facts"))
        data: dict[str, Any] = {
            "contextTemplate": {
                "contextActivities": {"grouping": [{"objectType": "Activity", "id": item}]},
                "extensions": {f"{CMI5}extensions/sessionid": session},
            },
            "launchMode": MODES.get(text(asked, "mode"), "Normal"),
            "launchMethod": "AnyWindow",
            "moveOn": text(facts, "moveOn") or "NotApplicable",
            "launchParameters": text(facts, "launchParameters"),
        }
        mastery = number(text(facts, "masteryScore"))
        if mastery is not None:
            data["masteryScore"] = mastery
        made = Opened(secrets.token_urlsafe(16), kind, activity, registration, session, data, actor)
        if kind == "xapi":
            made.token = secrets.token_urlsafe(16)
        return made

    def opened(self, launch: str) -> Opened:
        if launch not in self._opened:
            raise RefusedError(404, "there is no such launch")
        return self._opened[launch]

    def token(self, opened: Opened) -> dict[str, str]:
        """The answer to the fetch address: a token once, an error after (cmi5 §8.2)."""
        if opened.taken:
            return {"error-code": "1", "error-text": "this address has given its token already"}
        opened.taken, opened.token = True, secrets.token_urlsafe(16)
        return {"auth-token": opened.token}

    def _launched(self, opened: Opened) -> dict[str, Any]:
        data = opened.launch_data
        extensions = {
            **data["contextTemplate"]["extensions"],
            f"{CMI5}extensions/launchmode": data["launchMode"],
            f"{CMI5}extensions/moveon": data["moveOn"],
        }
        return {
            "id": str(uuid.uuid4()),
            "actor": opened.actor,
            "verb": {"id": f"{VERBS}launched", "display": {"en": "launched"}},
            "object": {"objectType": "Activity", "id": opened.activity},
            "context": {
                "registration": opened.registration.id,
                "contextActivities": {"category": [{"id": f"{CMI5}categories/cmi5"}]},
                "extensions": extensions,
            },
            "timestamp": now(),
        }

    # ---- statements ------------------------------------------------------------------------------------

    def add(self, opened: Opened, given: Any, named: str = "") -> list[str]:
        """Take statements in; all or none. Raises RefusedError."""
        many = given if isinstance(given, list) else [given]
        ready = [shaped(statement, named) for statement in many]
        held = opened.registration.statements
        if len(held) + len(ready) > STATEMENTS_MAX:
            raise RefusedError(413, f"the preview keeps {STATEMENTS_MAX} statements")
        for statement in ready:
            known = held.get(statement["id"])
            if known and bare(known) != bare(statement):
                again = (
                    known["verb"]["id"] == statement["verb"]["id"] and known["object"] == statement["object"]
                )
                raise RefusedError(409, SAID_BEFORE if again else "there is another statement with this id")
        for statement in ready:
            self._in_order(opened, statement)
            if opened.trouble != "lie":
                self._keep(opened, statement)
        return [statement["id"] for statement in ready]

    def _in_order(self, opened: Opened, statement: Mapping[str, Any]) -> None:
        """cmi5 §9.3: `initialized` first, nothing after `terminated`."""
        verb = str(statement["verb"]["id"]).removeprefix(VERBS)
        if opened.kind != "cmi5":
            return
        if opened.ended:
            raise RefusedError(403, "this session was terminated")
        if verb == "initialized" and opened.begun:
            raise RefusedError(403, "this session was initialized before")
        if verb != "initialized" and not opened.begun:
            raise RefusedError(403, "the first statement of a session is initialized")
        opened.begun = True
        opened.ended = verb == "terminated"

    def _keep(self, opened: Opened, statement: dict[str, Any]) -> None:
        if statement["id"] in opened.registration.statements:
            return
        whole = {**statement, "stored": now()}
        whole.setdefault("timestamp", whole["stored"])
        opened.registration.statements[statement["id"]] = whole
        self.tell("statement", {"launch": opened.id, "statement": whole})

    # ---- documents -------------------------------------------------------------------------------------

    def document(self, opened: Opened, key: tuple[str, ...]) -> tuple[bytes, str] | None:
        """The document and its type; `LMS.LaunchData` is the LMS's own (cmi5 §10)."""
        if opened.kind == "cmi5" and key[0] == "state" and key[-1] == "LMS.LaunchData":
            return json.dumps(opened.launch_data).encode("utf-8"), "application/json"
        return opened.registration.documents.get(key)

    def names(self, opened: Opened, key: tuple[str, ...]) -> list[str]:
        return [held[-1] for held in opened.registration.documents if held[:-1] == key[:-1]]

    def put(
        self, opened: Opened, key: tuple[str, ...], data: bytes, kind: str, tags: tuple[str, str]
    ) -> None:
        """Replace a document. `tags` are If-Match and If-None-Match; 412 when they do not hold."""
        held = opened.registration.documents.get(key)
        wanted, unwanted = tags
        if (wanted and (held is None or etag(held[0]) != wanted)) or (unwanted == "*" and held is not None):
            raise RefusedError(412, "the document has changed")
        if held is None and len(opened.registration.documents) >= DOCUMENTS_MAX:
            raise RefusedError(413, f"the preview keeps {DOCUMENTS_MAX} documents")
        if opened.trouble == "lie":
            return
        opened.registration.documents[key] = (data, kind)
        self.tell("document", {"launch": opened.id, **_described(key, data)})

    def remove(self, opened: Opened, key: tuple[str, ...]) -> None:
        if opened.trouble == "lie":
            return
        for held in (
            [key] if key[-1] else [one for one in opened.registration.documents if one[:-1] == key[:-1]]
        ):
            opened.registration.documents.pop(held, None)


def etag(data: bytes) -> str:
    """The SHA-1 of the document in quotes (xAPI 1.0.3, part 3, 3.1)."""
    return f'"{hashlib.sha1(data, usedforsecurity=False).hexdigest()}"'


def now() -> str:
    return datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _described(key: tuple[str, ...], data: bytes) -> dict[str, Any]:
    return {"what": key[0], "name": key[-1], "text": data.decode("utf-8", "replace")[:70_000]}


def _parameters(opened: Opened, root: str) -> dict[str, str]:
    common = {
        "endpoint": f"{root}xapi/",
        "actor": json.dumps(opened.actor),
        "registration": opened.registration.id,
    }
    if opened.kind == "cmi5":
        return {**common, "fetch": f"{root}fetch", "activityId": opened.activity}
    return {**common, "auth": f"Basic {opened.token}", "activity_id": opened.activity}


def _with_query(href: str, parameters: Mapping[str, str]) -> str:
    page, mark, fragment = href.partition("#")
    return f"{page}{'&' if '?' in page else '?'}{urlencode(parameters, quote_via=quote)}{mark}{fragment}"
