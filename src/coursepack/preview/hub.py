"""Between the files that change and the pages that watch: one builder, any number of listeners."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from coursepack.preview.session.store import Store
from coursepack.preview.watch import Watched, changes
from coursepack.preview.workshop import Workshop

Event = tuple[str, Any]


class Hub:
    """All of it lives in one event loop; only the building itself runs in a thread."""

    def __init__(self, path: Path) -> None:
        self.workshop = Workshop(path)
        self.store = Store(self.tell)
        self.closed = False
        self.on_show: Callable[[], None] = lambda: None
        self._queues: set[asyncio.Queue[Event]] = set()
        self._wanted: Counter[str] = Counter()
        self._building = asyncio.Lock()
        self._stop = asyncio.Event()

    async def build(self) -> None:
        """Build what the pages show, and tell them."""
        async with self._building:
            show = await asyncio.to_thread(self.workshop.rebuild, list(+self._wanted))
        self.tell("show", show.to_data())
        self.on_show()

    async def watch(self) -> None:
        async for _ in changes(Watched(self.workshop.path), self._stop):
            await self.build()

    def tell(self, name: str, data: Any) -> None:
        for queue in self._queues:
            queue.put_nowait((name, data))

    def missed(self, digest: str, name: str) -> None:
        if name != "favicon.ico":
            self.tell("missing", {"base": f"/package/{digest}/", "name": name[:500]})

    def close(self) -> None:
        """Let the feeds end and the watching stop. To be called in the loop's thread."""
        self.closed = True
        self._stop.set()
        self.tell("", None)

    @asynccontextmanager
    async def listening(self, wanted: str) -> AsyncIterator[asyncio.Queue[Event]]:
        """A queue of events; it begins with what is on show. Builds first when `wanted` is not there yet."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._queues.add(queue)
        self._wanted[wanted] += bool(wanted)
        try:
            targets = self.workshop.show.targets
            if any(target.name == wanted and not target.base for target in targets):
                await self.build()
            else:
                queue.put_nowait(("show", self.workshop.show.to_data()))
            yield queue
        finally:
            self._queues.discard(queue)
            self._wanted[wanted] -= bool(wanted)
