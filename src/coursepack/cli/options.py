"""What the modules of the command line share."""

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from threading import Lock, Timer
from typing import Annotated, Any, NoReturn, TextIO

import typer

PATIENCE = 1.0
"""Seconds of work after which a bar appears on a terminal."""
WIDTH = 30
"""Characters of the bar."""


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


def to_format(name: str) -> Format:
    """The format of that name; a usage error where there is none."""
    if name not in [*Format]:
        raise typer.BadParameter(f"there is no format {name}; there are {', '.join(Format)}")
    return Format(name)


FormatOption = Annotated[
    Format,
    typer.Option(
        "--format", help="How to write findings.", parser=to_format, metavar=f"<{'|'.join(Format)}>"
    ),
]
_COMMAND: ContextVar[tuple[str, bool]] = ContextVar("command", default=("", False))
"""The command that runs, and whether it is to answer in JSON."""


def _remember(context: typer.Context, value: bool) -> bool:
    names, at = [], context
    while at.parent is not None:
        names.append(str(at.info_name))
        at = at.parent  # type: ignore[assignment]
    _COMMAND.set((" ".join(reversed(names)), value))
    return value


JsonOption = Annotated[
    bool, typer.Option("--json", help="Print the result as one JSON document.", callback=_remember)
]


def colorful(stream: TextIO) -> bool:
    """Whether escape sequences are welcome there."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns(stream: TextIO) -> int:
    """How wide the terminal is that shows the stream; 0 where lines may be of any length."""
    return shutil.get_terminal_size().columns if stream.isatty() else 0


def fail(message: str, status: int = 2) -> NoReturn:
    """One line on standard error and an exit status; 2 is wrong usage. With `--json` a document as well."""
    from coursepack.snippet import visible

    if _COMMAND.get()[1]:
        print_json({"error": message}, ok=False)
    print(f"error: {visible(message)}", file=sys.stderr)
    raise typer.Exit(status)


@contextmanager
def files_may_fail() -> Iterator[None]:
    """A file that cannot be read or written ends the command with a sentence."""
    try:
        yield
    except OSError as error:
        words = str(error.strerror or error)
        fail(f"{error.filename or 'a file'}{' ' if words.startswith('is a') else ': '}{words}", 1)


@contextmanager
def output_may_fail() -> Iterator[None]:
    """A standard output that takes no more, such as a file on a full disk, ends the command with a sentence.

    Nothing is said where a reader has closed the pipe.
    """
    try:
        try:
            yield
        finally:
            if sys.stdout is not None:  # it is None where the caller has closed it
                sys.stdout.flush()
    except OSError as error:
        if error.filename is not None:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what Python writes when it ends
        if error.errno != errno.EPIPE:
            print(f"error: standard output: {error.strerror}", file=sys.stderr)
        sys.exit(1)


def print_json(data: Mapping[str, Any], *, ok: bool = True, line: bool = False) -> None:
    """The command's one document on standard output: `command`, `ok` (exit status 0), then the data.

    `line`: on one line, for commands that go on and print more of them.
    """
    import json

    document = {"command": _COMMAND.get()[0], "ok": ok, **data}
    layout: dict[str, Any] = {"separators": (",", ":")} if line else {"indent": 2}
    only_ascii = "utf" not in str(getattr(sys.stdout, "encoding", "")).lower()
    print(json.dumps(document, ensure_ascii=only_ascii, **layout), flush=line)


Tick = Callable[[int, int], None]
"""Called with how much is done and how much there is."""


@contextmanager
def progress() -> Iterator[Tick | None]:
    """A bar on standard error while the work inside takes longer than a second; gone when it is done.

    None, and no bar, where no person looks at it: in pipes, in files, on a terminal that can do nothing.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    bar = _Bar()
    timer = Timer(PATIENCE, bar.show)
    timer.daemon = True
    timer.start()
    try:
        yield bar.tick
    finally:
        timer.cancel()
        bar.clear()


class _Bar:
    def __init__(self) -> None:
        self.lock, self.shown, self.over = Lock(), False, False
        self.done, self.total = 0, 0

    def tick(self, done: int, total: int) -> None:
        with self.lock:
            self.done, self.total = done, total
            self._draw()

    def show(self) -> None:
        with self.lock:
            self.shown = not self.over
            self._draw()

    def clear(self) -> None:
        with self.lock:
            if self.shown:
                print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self.shown, self.over = False, True

    def _draw(self) -> None:
        if self.shown:
            filled = self.done * WIDTH // self.total if self.total else 0
            said = f"{self.done}/{self.total}" if self.total else "working"
            bar = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {said}"
            print(f"\r\x1b[K{bar}", end="", file=sys.stderr, flush=True)
