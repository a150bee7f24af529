"""Who may ask for what: this machine's own browser, from the preview's own pages, with small requests.

A page of any web site can send requests to a port of this machine, and with DNS rebinding even under a name
of its own. So the Host must be ours, a foreign Origin is refused, and so is whatever else a browser marks as
coming from another site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

READ = ("GET", "HEAD")
BODY_MAX = 1 << 20
"""Bytes of the largest body, and only what plays the record store takes one at all."""
STORE = "/lrs/"

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def loopback(port: int) -> list[str]:
    """The names under which a server of this machine is asked for."""
    return [f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")]


class Guard:
    """ASGI middleware. `hosts` are the server's own names, with the port where a browser says it."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)
        self.origins = {f"http://{host}" for host in self.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        refusal = self.refusal(scope["method"], scope["path"], headers)
        if refusal:
            await _answer(send, *refusal)
            return
        body = await _body(receive) if scope["method"] not in READ else b""
        if body is None:
            await _answer(send, 413, "that is too large")
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                extra = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message["headers"], *(pair for pair in extra if pair[0] not in own)]
            await send(message)

        await self.app(scope, _replayed(body, receive), dressed)

    def refusal(self, method: str, path: str, headers: Mapping[str, str]) -> tuple[int, str] | None:
        """Status and sentence for a request that is not answered."""
        host = headers.get("host", "")
        if host.lower() not in self.hosts:
            return 421, "this server is for this machine alone"
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host.lower()}":
            return 403, "this request comes from another site"
        site = headers.get("sec-fetch-site", "none")
        visit = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        if site not in ("none", "same-origin") and not (visit and path == "/"):
            return 403, "this request comes from another site"
        store = path.startswith(STORE)
        if method not in READ and not store:
            return 405, "this server can only be read"
        return _weight(headers, store)


def _weight(headers: Mapping[str, str], store: bool) -> tuple[int, str] | None:
    length = headers.get("content-length", "0")
    limit = BODY_MAX if store else 0
    if not length.isdigit() or int(length) > limit or ("transfer-encoding" in headers and not store):
        return 413, "that is too large"
    return None


async def _body(receive: Receive) -> bytes | None:
    """The whole body before anything else happens; None as soon as it is larger than its bound."""
    pieces: list[bytes] = []
    have = 0
    while True:
        message = await receive()
        pieces.append(message.get("body", b""))
        have += len(pieces[-1])
        if have > BODY_MAX:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return b"".join(pieces)


def _replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _answer(send: Send, status: int, sentence: str) -> None:
    body = f"{sentence}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
        *((name.lower().encode(), value.encode()) for name, value in HEADERS.items()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
