"""An LMS for tests: serves a package, keeps its data over launches as Moodle does, fails in many ways."""

from __future__ import annotations

import itertools
import json
import threading
import time
import zipfile
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, unquote, urlsplit

from grammar import faults
from playwright.sync_api import BrowserContext, Error, Frame, Page

Edition = Literal["scorm12", "scorm2004"]
Place = Literal["parent", "opener", "grandparent", "wall", "beyond", "absent"]

PAGES = Path(__file__).parent / "pages"
SCORM_AGAIN = Path(__file__).parent.parent.parent / "node_modules" / "scorm-again" / "dist"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".css": "text/css",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt",
    ".xml": "application/xml",
}
LMS_HOST = "lms.test"
OTHER_HOST = "other.test"
"""Both must lead to this machine, see `conftest.py`; a loopback name would count as needing no network."""

SESSION_ONLY = ("cmi.core.exit", "cmi.core.session_time", "cmi.exit", "cmi.session_time")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API: `forced` if the harness, not scorm-again, made it fail."""

    method: str
    args: tuple[Any, ...]
    answer: str
    error: str
    at: float
    launch: int
    forced: bool = False
    foreign: bool = False


@dataclass
class Lms:
    """One learner, one course, one attempt after another.

    `failing`: Commit answers false; `lying`: Commit answers true and nothing is kept; `lost`: the session is
    gone, Commit answers false with error 101 for the rest of the launch. All may be changed at any time.
    `forgets` (1.2): what a failed commit held counts as sent and is never sent again; for the next launch.
    """

    context: BrowserContext
    edition: Edition
    package: Path
    place: Place = "parent"
    mode: str = "normal"
    credit: str = "credit"
    late: int = 0
    learner_id: str = "learner-1"
    learner_name: str = "Muster, Robin"
    failing: bool = False
    lying: bool = False
    lost: bool = False
    forgets: bool = False
    store: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    launches: int = 0
    page: Page | None = None
    lms_page: Page | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    received: dict[tuple[int, int], Call] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.files = read_package(self.package)
        handler = type("Handler", (LmsHandler,), {"lms": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.lock = threading.Lock()
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def url(self, path: str, host: str = LMS_HOST) -> str:
        return f"http://{host}:{self.server.server_address[1]}{path}"

    def launch(self) -> Frame:
        """Opens the course in a new tab, as a new session of the LMS, and gives the frame it runs in."""
        self.launches += 1
        course = self.url("/course/index.html")
        page = self.context.new_page()
        page.on("console", lambda message: self.note_console(message.type, message.text))
        page.on("pageerror", lambda error: self.faults.append(f"uncaught: {error}"))
        self.page = self.lms_page = page
        match self.place:
            case "absent":
                page.goto(course)
                return page.main_frame
            case "opener":
                page.goto(self.url(f"/lms/opener.html#{quote(course)}"))
                with page.expect_popup() as popup:
                    page.get_by_role("button").click()
                self.page = popup.value
                self.page.on("console", lambda message: self.note_console(message.type, message.text))
                self.page.on("pageerror", lambda error: self.faults.append(f"uncaught: {error}"))
                return self.page.main_frame
            case "grandparent" | "wall":
                host = LMS_HOST if self.place == "grandparent" else OTHER_HOST
                course = self.url(f"/lms/frame.html#{quote(course)}", host)
        host = OTHER_HOST if self.place == "beyond" else LMS_HOST
        page.goto(self.url(f"/lms/parent.html#{quote(course)}", host))
        return self.course_frame()

    def course_frame(self) -> Frame:
        """The frame of the open launch that holds the course."""
        assert self.page
        frames = [frame for frame in self.page.frames if urlsplit(frame.url).path.startswith("/course/")]
        for _ in range(200):
            if frames:
                break
            self.page.wait_for_timeout(10)
            frames = [frame for frame in self.page.frames if urlsplit(frame.url).path.startswith("/course/")]
        frames[0].wait_for_load_state()
        return frames[0]

    def note_console(self, kind: str, text: str) -> None:
        offline = "ERR_INTERNET_DISCONNECTED" in text or "net::" in text
        refused = (self.failing or self.lost) and "status of 50" in text
        if kind in ("error", "warning") and not offline and not refused:
            self.faults.append(f"console: {text}")

    # ---- leaving -------------------------------------------------------------------------------------

    def close(self) -> None:
        """The learner closes the tab: the page hears of it."""
        self.take_calls()
        for page in {self.page, self.lms_page} - {None}:
            assert page
            page.close(run_before_unload=False)
        self.page = self.lms_page = None
        self.wait_for_the_end()

    def wait_for_the_end(self) -> None:
        """A beacon may still be on its way after the page is gone."""
        for _ in range(40):
            with self.lock:
                if any(
                    call.launch == self.launches and call.method in ENDS for call in self.received.values()
                ):
                    return
            time.sleep(0.02)

    def navigate_away(self) -> None:
        """The learner goes to another page of the LMS."""
        assert self.page
        self.take_calls()
        self.page.goto(self.url("/lms/elsewhere.html"))
        self.wait_for_the_end()

    def kill(self) -> None:
        """The browser crashes: nothing of the page runs any more."""
        assert self.page
        self.take_calls()
        try:
            self.page.goto("chrome://crash", timeout=3000)
        except Error:
            self.page.close()
        self.page = self.lms_page = None

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    # ---- what was told -------------------------------------------------------------------------------

    def model(self) -> dict[str, str]:
        """All that the LMS keeps now, by element; without what counts for one session only."""
        with self.lock:
            return {name: value for name, value in self.store.items() if name not in SESSION_ONLY}

    def kept(self, element: str) -> str:
        """What the LMS keeps of an element, exit and session time of the last session included."""
        with self.lock:
            return self.store.get(element, "")

    def calls(self) -> list[Call]:
        """Every call of all launches so far, in order. Calls that a crash cut off are missing."""
        self.take_calls()
        with self.lock:
            return [self.received[key] for key in sorted(self.received)]

    def sets(self) -> list[tuple[str, str]]:
        return [(call.args[0], call.args[1]) for call in self.calls() if call.method.endswith("SetValue")]

    def take_calls(self) -> None:
        """Fetches from the open page what it has not delivered yet."""
        frame = (
            next((f for f in self.lms_page.frames if "/lms/parent" in f.url or "/lms/opener" in f.url), None)
            if (self.lms_page and not self.lms_page.is_closed())
            else None
        )
        if not frame:
            return
        rest = frame.evaluate("() => { const rest = lms.rest(); return {calls: rest.calls, log: rest.log} }")
        with self.lock:
            self.note_calls(self.launches, rest)

    def note_calls(self, launch: int, body: dict[str, Any]) -> None:
        """Enters calls; what a page delivers a second time takes the place of the first."""
        self.received |= {(launch, item["k"]): to_call(item, launch) for item in body["calls"]}
        self.faults += [f"scorm-again: {text}" for text in body["log"]]

    def errors(self) -> list[str]:
        """All that went wrong so far and was not asked for; empty in a good run."""
        calls = self.calls()
        found = list(dict.fromkeys(self.faults))
        for launch in range(1, self.launches + 1):
            found += protocol_faults(self.edition, [call for call in calls if call.launch == launch])
        return found

    # ---- the server's side ---------------------------------------------------------------------------

    def begin(self) -> dict[str, Any]:
        """The launch data of a new session, by the rules of Moodle."""
        with self.lock:
            core = "cmi.core." if self.edition == "scorm12" else "cmi."
            suspended = self.store.get(f"{core}exit") == "suspend"
            if self.edition == "scorm2004" and not suspended:
                self.store.clear()
            entry = "resume" if suspended else "" if self.store else "ab-initio"
            model = {name: value for name, value in self.store.items() if name not in SESSION_ONLY}
            learner = (
                ("student_id", "student_name")
                if self.edition == "scorm12"
                else ("learner_id", "learner_name")
            )
            mode = "lesson_mode" if self.edition == "scorm12" else "mode"
            model |= {f"{core}entry": entry, f"{core}{mode}": self.mode, f"{core}credit": self.credit}
            model |= {core + learner[0]: self.learner_id, core + learner[1]: self.learner_name}
            options = {"late": self.late, "forgets": self.forgets}
            return {"edition": self.edition, "session": self.launches, "model": model, "options": options}

    def commit(self, body: dict[str, Any]) -> int:
        """Takes a commit; gives the HTTP status."""
        with self.lock:
            self.note_calls(body["session"], body)
            if self.failing or self.lost:
                return 503
            if not self.lying:
                self.store |= body["values"]
            return 200


def to_call(item: dict[str, Any], launch: int) -> Call:
    args = tuple(arg if isinstance(arg, str) else f"not a string: {arg}" for arg in item["args"])
    return Call(
        item["method"],
        args,
        str(item.get("answer")),
        str(item.get("error")),
        item.get("at", 0.0),
        launch,
        bool(item.get("forced")),
        bool(item.get("foreign")),
    )


def protocol_faults(edition: Edition, calls: list[Call]) -> list[str]:
    """What the calls of one session got wrong: errors, order, strings, grammar, lowered or doubled things."""
    prefix = "LMS" if edition == "scorm12" else ""
    end = "LMSFinish" if edition == "scorm12" else "Terminate"
    found = [f"{call.method} of the other edition's API" for call in calls if call.foreign]
    calls = [call for call in calls if not call.foreign]
    for call in calls:
        unset = call.method.endswith("GetValue") and call.error in (
            {"403"} if edition == "scorm2004" else {"401", "201"}
        )
        if call.error not in ("0", "None") and not call.forced and not unset:
            found.append(f"{call.method}{call.args}: error {call.error}")
        if any(arg.startswith("not a string") for arg in call.args):
            found.append(f"{call.method}: {call.args}")
    methods = [call.method for call in calls]
    if methods.count(f"{prefix}Initialize") > 1 or methods.count(end) > 1:
        found.append(f"opened or ended more than once: {methods}")
    if methods and methods[0] != f"{prefix}Initialize":
        found.append(f"{methods[0]} before Initialize")
    if end in methods and methods[-1] != end:
        found.append(f"{methods[-1]} after {end}")
    sets = [(call.args[0], call.args[1]) for call in calls if call.method == f"{prefix}SetValue"]
    found += faults(edition, sets)
    found += lowered(sets)
    return found


ENDS = ("LMSFinish", "Terminate")
RANKS = [
    ["browsed", "incomplete", "failed", "completed", "passed"],
    ["incomplete", "completed"],
    ["failed", "passed"],
]


def lowered(sets: list[tuple[str, str]]) -> list[str]:
    """Statuses that fell within a session."""
    names = ["cmi.core.lesson_status", "cmi.completion_status", "cmi.success_status"]
    found = []
    for name, ranks in zip(names, RANKS, strict=True):
        values = [value for element, value in sets if element == name and value in ranks]
        found += [
            f"{name}: {a} became {b}"
            for a, b in itertools.pairwise(values)
            if ranks.index(b) < ranks.index(a)
        ]
    return found


def read_package(package: Path) -> dict[str, bytes]:
    """The files of a folder or a zip, by name."""
    if package.is_dir():
        files = [path for path in package.rglob("*") if path.is_file()]
        return {path.relative_to(package).as_posix(): path.read_bytes() for path in files}
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class LmsHandler(BaseHTTPRequestHandler):
    """Serves the LMS's pages, the course, launch data and commits."""

    lms: Lms
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path == "/lms/launch.json":
            return self.answer(200, json.dumps(self.lms.begin()).encode(), ".json")
        if path == "/lms/scorm-again.js":
            return self.answer(200, (SCORM_AGAIN / f"{self.lms.edition}.min.js").read_bytes(), ".js")
        if path == "/lms/elsewhere.html":
            return self.answer(200, b"<!doctype html><title>Elsewhere</title>", ".html")
        if path == "/favicon.ico":
            return self.answer(204, b"", ".png")
        if path.startswith("/lms/") and (PAGES / Path(path).name).is_file():
            return self.answer(200, (PAGES / Path(path).name).read_bytes(), Path(path).suffix)
        data = self.lms.files.get(path.removeprefix("/course/"))
        return self.answer(404, b"", ".html") if data is None else self.answer(200, data, Path(path).suffix)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(self.lms.commit(body), b"", ".json")

    def answer(self, status: int, data: bytes, suffix: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", TYPES.get(suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args: Any) -> None:
        """Silence: the tests say what went wrong."""
