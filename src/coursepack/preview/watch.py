"""Waiting for the author to save, however the editor writes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

SETTLE, STEP = 60, 20
"""Milliseconds: what is saved within SETTLE is one change; nothing for STEP ends it."""
AGAIN = 1.0
"""Seconds between looks for a folder that is gone for now."""
_IGNORED_ENDS = ("~", ".swp", ".swx", ".tmp", ".part", ".bak")
_IGNORED_FOLDERS = {".git", ".hg", ".svn", "__pycache__", "node_modules", ".idea", ".vscode"}


class Watched:
    """What counts as a change of `path`, a folder or one file. `without` is a folder of output."""

    def __init__(self, path: Path, without: Path | None = None) -> None:
        self.path = path.absolute()
        self.without = without.absolute() if without else None
        self.is_folder = path.is_dir()
        self.folder = self.path if self.is_folder else self.path.parent

    def __call__(self, _: object, changed: str) -> bool:
        path = Path(changed)
        if not self.is_folder:
            return path.name == self.path.name
        if self.without and self.without != self.folder and self.without in (path, *path.parents):
            return False
        try:
            inner = path.relative_to(self.folder)
        except ValueError:
            return True
        if set(inner.parts) & _IGNORED_FOLDERS:
            return False
        return not inner.name.endswith(_IGNORED_ENDS) and not inner.name.startswith((".#", "._", "4913", "."))


async def changes(what: Watched, stop: asyncio.Event) -> AsyncIterator[None]:
    """One item for each time that something was saved, until `stop` is set."""
    from watchfiles import awatch

    while not stop.is_set():
        try:
            async for _ in awatch(
                what.folder,
                watch_filter=what,
                debounce=SETTLE,
                step=STEP,
                stop_event=stop,
                recursive=what.is_folder,
            ):
                yield None
        except (FileNotFoundError, RuntimeError):
            yield None
            await asyncio.sleep(AGAIN)


def changes_until(what: Watched) -> Iterator[None]:
    """The same for plain programs; Ctrl-C goes on to who asked."""
    from watchfiles import watch

    for _ in watch(
        what.folder,
        watch_filter=what,
        debounce=SETTLE,
        step=STEP,
        raise_interrupt=True,
        recursive=what.is_folder,
    ):
        yield None
