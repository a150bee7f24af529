"""A cmi5 LMS for tests: launches, one-time tokens, launch data, sessions that end and are abandoned.

It takes what an LRS takes, and writes down what a session did; `checker.py` judges that. What is refused here
is what an LMS of the strict kind refuses: everything after the end of a session.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit
from uuid import uuid4

from lrs.documents import Documents, profile_documents, state_documents
from lrs.server import Answer, Request, TrialLrs

CMI5 = "https://w3id.org/xapi/cmi5/"
SESSION = f"{CMI5}context/extensions/sessionid"
CATEGORY = f"{CMI5}context/categories/cmi5"
ACTOR = {"account": {"homePage": "https://lms.example.org", "name": "p-7f%3a+91 ü"}}
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".css": "text/css",
}
ACTIVITY = "https://lms.example.org/act/9f0?unit=1&x=ü"


@dataclass
class Session:
    """One launch: what the LMS told it, and all requests of it with their status."""

    id: str
    registration: str
    mode: str
    data: dict[str, Any]
    actor: dict[str, Any]
    activity: str
    token: str = field(default_factory=lambda: f"dG9r{uuid4().hex}==")
    fetches: list[str] = field(default_factory=list)
    entries: list[tuple[Request, int]] = field(default_factory=list)
    ended: str = ""

    def statements(self) -> list[dict[str, Any]]:
        """Those that the LMS took, in the order of arrival, each once."""
        taken: dict[str, dict[str, Any]] = {}
        for request, status in self.entries:
            if request.path == "statements" and request.method == "POST" and status == 200:
                body = json.loads(request.body)
                for statement in body if isinstance(body, list) else [body]:
                    taken.setdefault(statement["id"], statement)
        return list(taken.values())

    def verbs(self) -> list[str]:
        """The last parts of the verbs of defined statements."""
        return [verb(statement) for statement in self.statements() if is_defined(statement)]


@dataclass
class Cmi5Lms(TrialLrs):
    """The LMS of one learner. `files` is the package; `lrs_host` names the endpoint, to be another origin."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    host: str = "127.0.0.1"
    lrs_host: str = "127.0.0.1"
    registration: str = field(default_factory=lambda: str(uuid4()))
    sessions: list[Session] = field(default_factory=list)
    state: Documents = field(default_factory=state_documents)
    profiles: Documents = field(default_factory=profile_documents)

    def __post_init__(self) -> None:
        self.resources = {
            "statements": self.take_any_statements,
            "activities/state": self.take_state,
            "agents/profile": self.take_profile,
        }
        super().__post_init__()

    # ---- what the LMS does -----------------------------------------------------------------------------

    def launch(
        self, url: str = "index.html", *, mode: str = "Normal", activity: str = ACTIVITY, **data: Any
    ) -> str:
        """The address of a new session; an open one of the same registration is abandoned."""
        with self.lock:
            for session in self.sessions:
                if not session.ended and session.registration == self.registration:
                    session.ended = "abandoned"
            session = Session(str(uuid4()), self.registration, mode, {}, ACTOR, activity)
            template = {
                "contextActivities": {
                    "grouping": [
                        {"id": "https://courses.example.org/publisher/au"},
                        {"id": "https://lms.example.org/catalogue"},
                    ],
                    "category": [{"id": "https://lms.example.org/tracked"}],
                },
                "extensions": {SESSION: session.id, "https://lms.example.org/ext/unit": {"a": [1, None]}},
            }
            session.data = {
                "contextTemplate": template,
                "launchMode": mode,
                "moveOn": "CompletedAndPassed",
                "masteryScore": None,
                "vendor": {"more": True},
                **data,
            }
            self.sessions.append(session)
            key = {
                "stateId": "LMS.LaunchData",
                "activityId": activity,
                "agent": json.dumps(ACTOR),
                "registration": self.registration,
            }
            self.state.held[self.state.key(key)] = json.dumps(session.data).encode()
            self.state.versions[self.state.key(key)] = 1
        return self.address(url, session)

    def address(self, url: str, session: Session) -> str:
        path, _, query = url.partition("?")
        parameters = {
            "registration": session.registration,
            "fetch": f"http://{self.host}:{self.port}/fetch/{session.id}",
            "activityId": session.activity,
            "actor": json.dumps(session.actor),
            "endpoint": self.url(self.lrs_host).rstrip("/"),
        }
        merged = urlencode([*parse_qsl(query), *parameters.items()], quote_via=quote)
        return f"http://{self.host}:{self.port}/content/{path}?{merged}"

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def bookmark(self, activity: str = ACTIVITY) -> dict[str, Any] | None:
        """What the course saved in this registration."""
        query = {
            "stateId": "bookmark",
            "activityId": activity,
            "agent": json.dumps(ACTOR),
            "registration": self.registration,
        }
        held = self.state.held.get(self.state.key(query))
        return None if held is None else json.loads(held)

    # ---- one request -----------------------------------------------------------------------------------

    def handle(self, request: Request) -> Answer | None:
        if request.path.startswith("/"):
            with self.lock:
                return self.page(request)
        return super().handle(request)

    def page(self, request: Request) -> Answer:
        """Content, the fetch URL, and the page that a session returns to."""
        path = urlsplit(request.path).path
        if path.startswith("/fetch/"):
            return self.fetch(request, path.removeprefix("/fetch/"))
        if path == "/back.html":
            return Answer(200, b"<!doctype html><title>Back</title>", {"Content-Type": TYPES[".html"]})
        data = self.files.get(path.removeprefix("/content/"))
        kind = TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")
        return (
            Answer(404)
            if data is None
            else Answer(200, data, {"Content-Type": kind, "Cache-Control": "no-store"})
        )

    def fetch(self, request: Request, name: str) -> Answer:
        session = next(session for session in self.sessions if session.id == name)
        fault = self.next_fault(Request(request.method, "fetch", {}, {}, b"", 0))
        if fault and fault.status != 200:
            return Answer(fault.status, b"as ordered")
        session.fetches.append(request.method)
        if len(session.fetches) > 1 or request.method != "POST":
            body = {"error-code": "1", "error-text": "used"}
        else:
            body = {"auth-token": session.token}
        return Answer(200, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def work(self, request: Request) -> Answer:
        session = next(
            (s for s in self.sessions if request.headers.get("authorization") == f"Basic {s.token}"), None
        )
        if session is None:
            return Answer(401, b"no session")
        answer = Answer(403, b"the session is over") if session.ended else super().work(request)
        if session.ended != "abandoned":
            session.entries.append((request, answer.status))
        if request.path == "statements" and answer.status == 200 and "terminated" in session.verbs():
            session.ended = "terminated"
        return answer

    def take_any_statements(self, request: Request) -> Answer:
        """Asking for a statement that is not there is no mistake."""
        if request.method == "GET" and request.query.get("statementId") not in self.statements.held:
            return Answer(404)
        return self.take_statements(request)

    def take_state(self, request: Request) -> Answer:
        if request.query.get("stateId") == "LMS.LaunchData" and request.method != "GET":
            return self.refuse(403, "launch data are not the course's to change")
        return self.state.answer(request, self.refuse)

    def take_profile(self, request: Request) -> Answer:
        if request.method != "GET":
            return Answer(403)
        return self.profiles.answer(request, self.refuse)


def verb(statement: Mapping[str, Any]) -> str:
    return str(statement["verb"]["id"]).rpartition("/")[2]


def categories(statement: Mapping[str, Any]) -> list[str]:
    return [each["id"] for each in statement["context"].get("contextActivities", {}).get("category", [])]


def is_defined(statement: Mapping[str, Any]) -> bool:
    return CATEGORY in categories(statement)
