"""A strict LRS for tests: resources by path, CORS as a careful operator sets it, failures on order.

`TrialLrs` serves whatever is in `resources`: `documents.py` and `cmi5.py` add theirs to `statements.py`'s.
Everything it saw is in `seen`; what a client got wrong is in `complaints`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from lrs.statements import Statements

METHODS = "GET, PUT, POST, DELETE, HEAD"
ALLOWED = "Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match"
EXPOSED = "ETag, Last-Modified, Retry-After, X-Experience-API-Version, X-Experience-API-Consistent-Through"


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `path` is below the endpoint, header names are in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    at: float


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Fault:
    """What goes wrong, `times` times: for requests of this `method` (empty: any) to this `path`.

    `status` 0 cuts the connection instead of answering. `after`: the work is done first, only the answer is
    lost. `delay` in seconds comes before either; with `status` 200 the delay is all.
    """

    status: int = 503
    times: int = 1
    path: str = "statements"
    method: str = ""
    after: bool = False
    delay: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)

    def hits(self, request: Request) -> bool:
        return self.times > 0 and request.path == self.path and self.method in ("", request.method)


Resource = Callable[[Request], Answer]


@dataclass
class TrialLrs:
    """Runs on a port of its own between `with` and the end of it; `url` is the endpoint for that host name.

    `origins` are those that a browser may call from, `*` for all. `authorization` is the header that it asks
    for on every request; empty: none is looked at. `down` cuts every connection.
    `exposed` are the headers that a page of another origin may read.
    """

    origins: tuple[str, ...] = ("*",)
    authorization: str = ""
    down: bool = False
    exposed: str = EXPOSED
    faults: list[Fault] = field(default_factory=list)
    seen: list[tuple[Request, int]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    statements: Statements = field(default_factory=Statements)
    resources: dict[str, Resource] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lock = threading.RLock()
        self.resources.setdefault("statements", self.take_statements)
        handler = type("Handler", (Handler,), {"lrs": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def url(self, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server.server_address[1]}/xapi/"

    def fail(self, fault: Fault) -> None:
        with self.lock:
            self.faults.append(fault)

    def wait_for(self, count: int, seconds: float = 10.0) -> list[dict[str, Any]]:
        """The statements held, as soon as there are `count` of them, else after the time is up."""
        end = time.monotonic() + seconds
        while len(self.statements.held) < count and time.monotonic() < end:
            time.sleep(0.02)
        with self.lock:
            return self.statements.all()

    # ---- one request -----------------------------------------------------------------------------------

    def handle(self, request: Request) -> Answer | None:
        """The answer, None to cut the connection."""
        fault = self.next_fault(request)
        if fault and fault.delay:
            time.sleep(fault.delay)
        with self.lock:
            if self.down or (fault and not fault.after and fault.status == 0):
                self.seen.append((request, 0))
                return None
            if fault and not fault.after and fault.status != 200:
                answer = Answer(fault.status, b"as ordered", fault.headers)
            else:
                answer = self.work(request)
            self.seen.append((request, answer.status))
            if fault and fault.after:
                return Answer(fault.status, b"", fault.headers) if fault.status else None
            return answer

    def next_fault(self, request: Request) -> Fault | None:
        with self.lock:
            fault = next((fault for fault in self.faults if fault.hits(request)), None)
            if fault:
                fault.times -= 1
            return fault

    def work(self, request: Request) -> Answer:
        resource = self.resources.get(request.path)
        if resource is None:
            return self.refuse(404, f"no resource {request.path!r}")
        if self.authorization and request.headers.get("authorization") != self.authorization:
            return Answer(401, b"credentials refused")
        if not request.headers.get("x-experience-api-version", "").startswith("1.0"):
            return self.refuse(400, f"{request.method} {request.path} without a version header of 1.0.x")
        return resource(request)

    def take_statements(self, request: Request) -> Answer:
        status, body = self.statements.answer(request.method, request.query, request.headers, request.body)
        if status in (400, 404, 405):
            return self.refuse(status, body.decode())
        return Answer(status, body, {"Content-Type": "application/json"} if body else {})

    def refuse(self, status: int, why: str) -> Answer:
        """A refusal that the client brought about by a mistake of its own."""
        self.complaints.append(why)
        return Answer(status, why.encode())


class Handler(BaseHTTPRequestHandler):
    """HTTP and CORS around `TrialLrs.handle`."""

    lrs: TrialLrs
    protocol_version = "HTTP/1.1"

    def do_OPTIONS(self) -> None:
        if self.lrs.down:
            return self.cut()
        grants = {
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": ALLOWED,
            "Access-Control-Max-Age": "600",
        }
        return self.send(Answer(204, b"", grants))

    def do_any(self) -> None:
        parts = urlsplit(self.path)
        request = Request(
            self.command,
            parts.path.removeprefix("/xapi/"),
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(int(self.headers.get("Content-Length") or 0)),
            time.time(),
        )
        answer = self.lrs.handle(request)
        return self.send(answer) if answer else self.cut()

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name in ("do_GET", "do_PUT", "do_POST", "do_DELETE", "do_HEAD"):
            return self.do_any
        raise AttributeError(name)

    def send(self, answer: Answer) -> None:
        try:
            self.send_response(answer.status)
            for name, value in {**self.cors(), **answer.headers}.items():
                self.send_header(name, value)
            if answer.status != 204:
                self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("X-Experience-API-Version", "1.0.3")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def cors(self) -> dict[str, str]:
        """Credentials are never allowed: a course has no business with an LRS's cookies."""
        origin = self.headers.get("Origin")
        if not origin or not {"*", origin} & set(self.lrs.origins):
            return {}
        return {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Expose-Headers": self.lrs.exposed,
            "Vary": "Origin",
        }

    def cut(self) -> None:
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_args: Any) -> None:
        """Silence: the tests say what went wrong."""
