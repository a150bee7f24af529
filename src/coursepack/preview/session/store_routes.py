"""The record store over HTTP: launches for the page, xAPI 1.0.3 for the course; all in memory."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from coursepack.preview.session.shapes import RefusedError
from coursepack.preview.session.store import Opened, Store, etag

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = {"X-Experience-API-Version": "1.0.3"}
DELAY_MAX = 30.0
TROUBLES = ("ok", "fail", "lie", "lost")


def routes(store: Store) -> list[Route]:
    """Below `/lrs/`: `launches`, and for each launch `fetch`, `trouble` and `xapi/…`."""

    async def launches(request: Request) -> Response:
        asked = await _json(request)
        if not isinstance(asked, dict):
            raise RefusedError(400, "a launch is an object")
        return JSONResponse(store.launch(asked, f"http://{request.headers['host']}"))

    async def fetch(request: Request) -> Response:
        return JSONResponse(store.token(store.opened(request.path_params["launch"])))

    async def trouble(request: Request) -> Response:
        opened, asked = store.opened(request.path_params["launch"]), await _json(request)
        if not isinstance(asked, dict):
            raise RefusedError(400, "trouble is an object")
        commits, delay = asked.get("commits"), asked.get("delay")
        opened.trouble = commits if commits in TROUBLES else "ok"
        opened.delay = min(DELAY_MAX, delay / 1000) if isinstance(delay, (int, float)) and delay > 0 else 0.0
        return JSONResponse({"commits": opened.trouble, "delay": opened.delay * 1000})

    async def xapi(request: Request) -> Response:
        opened = store.opened(request.path_params["launch"])
        try:
            return await answered(opened, request)
        except RefusedError as error:
            if error.status != 404 or request.method != "GET":
                asked = f"{request.method} {request.path_params['resource']}"
                told = {"launch": opened.id, "request": asked, "status": error.status, "why": str(error)}
                store.tell("refused", told)
            raise

    async def answered(opened: Opened, request: Request) -> Response:
        _allowed(opened, request.headers)
        if opened.delay:
            await asyncio.sleep(opened.delay)
        resource = request.path_params["resource"].strip("/")
        handler = RESOURCES.get(resource)
        if handler is None:
            raise RefusedError(404, "this store has no such resource")
        answer = await handler(store, opened, request)
        answer.headers.update(VERSION)
        return answer

    return [
        Route("/lrs/launches", _guarded(launches), methods=["POST"]),
        Route("/lrs/{launch}/fetch", _guarded(fetch), methods=["POST"]),
        Route("/lrs/{launch}/trouble", _guarded(trouble), methods=["POST"]),
        Route(
            "/lrs/{launch}/xapi/{resource:path}",
            _guarded(xapi),
            methods=["GET", "PUT", "POST", "DELETE"],
        ),
    ]


def _guarded(work: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            return await work(request)
        except RefusedError as error:
            return PlainTextResponse(f"{error}\n", error.status, VERSION)

    return answer


def _allowed(opened: Opened, headers: Mapping[str, str]) -> None:
    if opened.trouble == "fail":
        raise RefusedError(503, "the line is down, as ordered")
    given = headers.get("authorization", "")
    right = {f"Basic {opened.token}", f"Basic {base64.b64encode(opened.token.encode()).decode()}"}
    if opened.trouble == "lost" or not opened.token or given not in right:
        raise RefusedError(401, "credentials refused")
    if not headers.get("x-experience-api-version", "").startswith("1.0"):
        raise RefusedError(400, "the header X-Experience-API-Version is missing")


async def _json(request: Request) -> Any:
    return _parsed(await request.body(), "this is no JSON")


def _parsed(text: str | bytes, otherwise: str) -> Any:
    """Raises RefusedError; JSON can also be nested too deeply to be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise RefusedError(400, otherwise) from None


async def _statements(store: Store, opened: Opened, request: Request) -> Response:
    named = request.query_params.get("statementId", "")
    if request.method == "POST":
        return JSONResponse(store.add(opened, await _json(request)))
    if request.method == "PUT":
        if not named:
            raise RefusedError(400, "PUT needs a statementId")
        store.add(opened, await _json(request), named)
        return Response(status_code=204)
    if request.method != "GET":
        raise RefusedError(405, "statements stay")
    held = opened.registration.statements
    if named:
        if named not in held:
            raise RefusedError(404, "there is no such statement")
        return JSONResponse(held[named])
    return JSONResponse({"statements": list(reversed(held.values())), "more": ""})


async def _state(store: Store, opened: Opened, request: Request) -> Response:
    query = request.query_params
    about = (query.get("activityId", ""), _same(query.get("agent", "")), query.get("registration", ""))
    if not about[0] or not about[1]:
        raise RefusedError(400, "activityId and agent are required")
    return await _document(store, opened, request, ("state", *about[:2], about[2]), query.get("stateId", ""))


async def _agent_profile(store: Store, opened: Opened, request: Request) -> Response:
    query = request.query_params
    about = ("agent profile", _same(query.get("agent", "")), "", "")
    return await _document(store, opened, request, about, query.get("profileId", ""))


async def _activity_profile(store: Store, opened: Opened, request: Request) -> Response:
    query = request.query_params
    about = ("activity profile", query.get("activityId", ""), "", "")
    return await _document(store, opened, request, about, query.get("profileId", ""))


def _same(agent: str) -> str:
    """An agent in one spelling, without its name."""
    value = _parsed(agent, "agent is no JSON")
    if isinstance(value, dict):
        value.pop("name", None)
        value.pop("objectType", None)
    return json.dumps(value, sort_keys=True)


async def _document(
    store: Store, opened: Opened, request: Request, about: tuple[str, ...], name: str
) -> Response:
    key = (*about, name)
    if request.method == "GET":
        return _read(store, opened, key)
    if request.method == "DELETE":
        store.remove(opened, key)
        return Response(status_code=204)
    if not name:
        raise RefusedError(400, "a document has a name")
    data, kind = await request.body(), request.headers.get("content-type", "application/octet-stream")
    if request.method == "POST":
        held = store.document(opened, key)
        data = _merged(held[0], data) if held else data
        store.put(opened, key, data, kind, ("", ""))
    else:
        tags = (request.headers.get("if-match", ""), request.headers.get("if-none-match", ""))
        store.put(opened, key, data, kind, tags)
    return Response(status_code=204, headers={"ETag": etag(data)})


def _read(store: Store, opened: Opened, key: tuple[str, ...]) -> Response:
    if not key[-1]:
        return JSONResponse(store.names(opened, key))
    held = store.document(opened, key)
    if held is None:
        raise RefusedError(404, "there is no such document")
    return Response(held[0], headers={"ETag": etag(held[0]), "Content-Type": held[1]})


def _merged(held: bytes, new: bytes) -> bytes:
    """Top-level keys of the new over those of the old, both JSON objects (xAPI 1.0.3, part 3, 2.2)."""
    old, more = (_parsed(data, "only JSON documents are merged") for data in (held, new))
    if not isinstance(old, dict) or not isinstance(more, dict):
        raise RefusedError(400, "only JSON objects are merged")
    return json.dumps({**old, **more}).encode("utf-8")


async def _about(store: Store, opened: Opened, request: Request) -> Response:
    return JSONResponse({"version": ["1.0.3"]})


async def _activity(store: Store, opened: Opened, request: Request) -> Response:
    return JSONResponse({"objectType": "Activity", "id": request.query_params.get("activityId", "")})


Resource = Callable[[Store, Opened, Request], Awaitable[Response]]
RESOURCES: dict[str, Resource] = {
    "statements": _statements,
    "activities/state": _state,
    "agents/profile": _agent_profile,
    "activities/profile": _activity_profile,
    "activities": _activity,
    "about": _about,
}
