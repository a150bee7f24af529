"""Start the server on this machine alone, open the browser, and stop cleanly at Ctrl-C."""

from __future__ import annotations

import asyncio
import socket
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from coursepack.preview.guard import Guard, loopback
from coursepack.preview.hub import Hub
from coursepack.preview.server import application

HOST = "127.0.0.1"
PORT = 4173


class _Server(uvicorn.Server):
    """Ends the feeds first: a browser keeps one open as long as the page is."""

    hub: Hub

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.loop.call_soon_threadsafe(self.hub.close)
        super().handle_exit(sig, frame)

    loop: asyncio.AbstractEventLoop


def listen(port: int | None) -> socket.socket:
    """A listening socket of this machine: at `port`, else near it; any free one when those are taken."""
    first = PORT if port is None else port
    for number in [*range(first, min(first + 10, 65536)), 0]:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, number))
            listener.listen(128)
        except OSError:
            listener.close()
            continue
        return listener
    raise OSError("no port is free")


Say = Callable[[str], None]


def serve(path: Path, port: int | None, say: Say, *, browser: bool = True, ready: Say | None = None) -> None:
    """Serve until Ctrl-C. `say` gets the lines for the terminal, `ready` the address once it answers."""
    listener = listen(port)
    number = int(listener.getsockname()[1])
    address = f"http://{HOST}:{number}/"
    if port and number != port:
        say(f"port {port} is taken")
    try:
        asyncio.run(_serve(path, listener, number, address, say, browser, ready))
    except KeyboardInterrupt:
        pass
    finally:
        listener.close()
    say("stopped")


async def _serve(
    path: Path,
    listener: socket.socket,
    port: int,
    address: str,
    say: Say,
    browser: bool,
    ready: Say | None,
) -> None:
    hub = Hub(path)
    await hub.build()
    config = uvicorn.Config(
        Guard(application(hub), loopback(port)),
        log_level="critical",
        access_log=False,
        lifespan="off",
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=2,
        ws="none",
    )
    server = _Server(config)
    server.hub, server.loop = hub, asyncio.get_running_loop()
    if ready:
        ready(address)
    say(f"preview of {hub.workshop.show.title or hub.workshop.show.source}: {address}")
    hub.on_show = lambda: say(_line(hub))
    hub.on_show()
    watching = asyncio.create_task(hub.watch())
    if browser:
        await asyncio.to_thread(webbrowser.open, address)
    try:
        await server.serve(sockets=[listener])
    finally:
        hub.close()
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


def _line(hub: Hub) -> str:
    """What the last build came to, in a line."""
    show = hub.workshop.show
    if show.trouble:
        return f"  {show.trouble}"
    if any(one["severity"] == "error" for one in show.findings) and not show.targets:
        return f"  {show.counted}: the page has them"
    if show.stale:
        return f"  {show.counted}: the last good build stays on show"
    built = ", ".join(target.name for target in show.targets if target.base)
    extra = f", {show.counted}" if show.counted else ""
    verb = "built" if show.kind == "course" else "opened"
    return f"  {verb} {built} in {show.seconds:.2f} s{extra}"
