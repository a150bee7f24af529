"""The LMS's machine in a rehearsal: its page, the packages and a record store, all from memory.

The browser reaches it under a name of its own, and nothing else on any network; `isolation` says how.
"""

from __future__ import annotations

import asyncio
import socket
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from coursepack import resources
from coursepack.preview.contents import Contents, DamagedError, media_type
from coursepack.preview.guard import Guard
from coursepack.preview.server import STATIC
from coursepack.preview.session.store import Opened, Store
from coursepack.preview.session.store_routes import routes as store_routes

if TYPE_CHECKING:
    from starlette.requests import Request

    from coursepack.rehearsal.contents import Stage

HOST = "lms.localhost"
ORIGIN = f"http://{HOST}"
"""A name below `localhost` counts as secure in browsers, as the HTTPS of a real LMS does."""
OWN = sorted(Path(__file__).parent.glob("*.js"))
LMS_PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>LMS</title><style>html,body{margin:0;height:100%}iframe{border:0;width:100%;height:100%;display:block}</style>"
    '<body><script src="/lms.js"></script><script type="module" src="/rehearsal/stage.js"></script>'
)


def isolation(port: int) -> str:
    """The browser's switch: our name leads to the server, and no other name or number leads anywhere."""
    return f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{port}, MAP * ~NOTFOUND"


class House:
    """What the server has: packages by digest, a store, and what the store refused, by launch."""

    def __init__(self, stages: Iterable[Stage]) -> None:
        self.packages: dict[str, Contents] = {stage.contents.digest: stage.contents for stage in stages}
        self.refused: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self.store = Store(self._hear)

    def _hear(self, name: str, data: Any) -> None:
        if name == "refused":
            self.refused[data["launch"]].append((f"{data['request']}: {data['status']}", data["why"]))

    def launch(self, stage: Stage, learner: str) -> tuple[str, Opened]:
        """A launch of a cmi5 or xAPI package: the address to open, and what the store knows of it."""
        asked = {
            "kind": stage.target,
            "course": stage.contents.digest,
            "item": stage.id,
            "href": stage.href,
            "facts": stage.facts,
            "learner": {"id": learner, "name": "Muster, Kim"},
        }
        made = self.store.launch(asked, ORIGIN)
        return f"/package/{stage.contents.digest}/{made['url']}", self.store.opened(made["launch"])


def application(house: House) -> Starlette:
    async def page(_: Request) -> Response:
        return Response(LMS_PAGE, media_type="text/html; charset=utf-8")

    def script(data: bytes) -> Any:
        async def answer(_: Request) -> Response:
            return Response(data, media_type="text/javascript; charset=utf-8")

        return answer

    async def file(request: Request) -> Response:
        package, name = house.packages.get(request.path_params["digest"]), request.path_params["name"]
        try:
            data = None if package is None else package.read(name)
        except DamagedError:
            data = None
        if data is None:
            return PlainTextResponse("there is no such file\n", 404)
        return Response(data, headers={"Content-Type": media_type(name)})

    return Starlette(
        routes=[
            Route("/", page),
            Route("/lms.js", script(resources.lms_bundle())),
            *(Route(f"/rehearsal/{path.name}", script(path.read_bytes())) for path in OWN),
            Route("/preview/static/outbox.js", script((STATIC / "outbox.js").read_bytes())),
            Route("/favicon.ico", script(b"")),
            Route("/package/{digest}/{name:path}", file),
            *store_routes(house.store),
        ]
    )


class _Server(uvicorn.Server):
    def capture_signals(self) -> Any:
        """Ctrl-C belongs to the command, not to its server."""
        return nullcontext()


@asynccontextmanager
async def serving(house: House) -> AsyncIterator[int]:
    """The server runs in this event loop; yields its port, of this machine alone."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    config = uvicorn.Config(
        Guard(application(house), [HOST]),
        log_level="critical",
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=1,
        ws="none",
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield int(listener.getsockname()[1])
    finally:
        server.should_exit = True
        await running
