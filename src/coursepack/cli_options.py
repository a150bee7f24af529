"""What the modules of the command line share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, NoReturn, TextIO

import typer


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


def colorful(stream: TextIO) -> bool:
    """Whether escape sequences are welcome there."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def fail(message: str, status: int = 2) -> NoReturn:
    """One line on standard error and an exit status; 2 is wrong usage."""
    print(f"error: {message}", file=sys.stderr)
    raise typer.Exit(status)


@contextmanager
def files_may_fail() -> Iterator[None]:
    """A file that cannot be read or written ends the command with a sentence."""
    try:
        yield
    except OSError as error:
        fail(f"{error.filename or 'a file'}: {error.strerror or error}", 1)


def print_json(value: Any) -> None:
    import json

    print(json.dumps(value, indent=2, ensure_ascii=False))
