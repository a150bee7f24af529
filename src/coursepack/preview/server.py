"""The application: the page, its scripts, the feed of what is on show, the files of packages."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from coursepack.preview.contents import DamagedError, media_type

if TYPE_CHECKING:
    from starlette.requests import Request

    from coursepack.preview.hub import Hub

STATIC = Path(__file__).parent / "static"
BEAT = 15.0
"""Seconds between signs of life in the feed."""
SLOW = 1.0
"""Seconds before each file of a package on a slow line."""

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")


@cache
def _static() -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(STATIC.iterdir()) if path.is_file()}


def application(hub: Hub) -> Starlette:
    """The routes. `hub` holds what is on show."""

    async def page(_: Request) -> Response:
        return Response(
            _static()["index.html"],
            media_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": PAGE_POLICY},
        )

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name == "lms.js":
            from coursepack import resources

            return Response(resources.lms_bundle(), media_type="text/javascript; charset=utf-8")
        data = _static().get(name)
        if data is None or name == "index.html":
            return _missing()
        return Response(data, media_type=f"{media_type(name)}; charset=utf-8")

    async def show(_: Request) -> Response:
        return Response(_to_json(hub.workshop.show.to_data()), media_type="application/json")

    async def feed(request: Request) -> Response:
        wanted = request.query_params.get("target", "")
        return StreamingResponse(
            _events(hub, wanted), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
        )

    from coursepack.preview.session.store_routes import routes as store_routes

    app = Starlette(
        routes=[
            Route("/", page),
            Route("/assets/{name}", asset),
            Route("/show", show),
            Route("/feed", feed),
            *_package_routes(hub),
            *store_routes(hub.store),
        ]
    )
    app.router.redirect_slashes = False
    return app


def _package_routes(hub: Hub) -> list[Route]:
    """The files of the packages on show, at once and as on a slow line."""

    async def package_file(request: Request) -> Response:
        package = hub.workshop.package(request.path_params["digest"])
        name = request.path_params["name"]
        if package is None:
            return _missing()
        try:
            data = await run_in_threadpool(package.read, name)
        except DamagedError as error:
            return PlainTextResponse(f"this file {error}\n", 500)
        if data is None:
            hub.missed(request.path_params["digest"], name)
            return _missing()
        return _file(data, name, request.headers.get("range", ""))

    async def slow_file(request: Request) -> Response:
        await asyncio.sleep(SLOW)
        return await package_file(request)

    return [
        Route("/package/{digest}/{name:path}", package_file),
        Route("/slow/{digest}/{name:path}", slow_file),
    ]


async def _events(hub: Hub, wanted: str) -> AsyncIterator[str]:
    """Server-Sent Events: `show` at once and after each build, `missing` for files asked for in vain."""
    async with hub.listening(wanted) as queue:
        yield "retry: 700\n\n"
        while not hub.closed:
            try:
                name, data = await asyncio.wait_for(queue.get(), BEAT)
            except TimeoutError:
                yield ": alive\n\n"
                continue
            if name:
                yield f"event: {name}\ndata: {_to_json(data)}\n\n"


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _missing() -> Response:
    return PlainTextResponse("there is no such file\n", 404)


def _file(data: bytes, name: str, wanted: str) -> Response:
    """The file, or the range of it that a player of sound or video asks for (RFC 9110 §14.2).

    No charset is added: a page keeps the encoding that it declares itself.
    """
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Type": media_type(name),
        "Content-Security-Policy": "frame-ancestors 'self'",
    }
    found = _RANGE.match(wanted)
    if not found or found[0] == "bytes=-":
        return Response(data, headers=headers)
    first, last = found.groups()
    start = int(first) if first else max(0, len(data) - int(last))
    end = min(int(last), len(data) - 1) if first and last else len(data) - 1
    if start > end:
        return Response(b"", 416, {**headers, "Content-Range": f"bytes */{len(data)}"})
    headers["Content-Range"] = f"bytes {start}-{end}/{len(data)}"
    return Response(data[start : end + 1], 206, headers)
