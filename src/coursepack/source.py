"""Where a value of the model was written: routes into the model, spans in the author's files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct, field

Route = tuple[str | int, ...]
"""Keys and indices that lead from the course to one value, e.g. `("steps", 0, "blocks", 3, "points")`."""


class Span(Struct, frozen=True, order=True):
    """A place in a file: 1-based line and column; `width` is how many characters to underline."""

    file: str
    """Path relative to the course folder, with forward slashes."""
    line: int
    column: int = 1
    width: int = 1


class Sources(Struct, frozen=True):
    """The author's texts and the span of every route, filled by `spec.load`."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """File path (relative, forward slashes) to its text."""
    spans: Mapping[Route, Span] = field(default_factory=dict)

    def span(self, route: Route) -> Span | None:
        """The span of the route, or of the nearest value around it that has one."""
        while True:
            if route in self.spans:
                return self.spans[route]
            if not route:
                return None
            route = route[:-1]

    def line(self, span: Span) -> str:
        """The text of the span's line; empty where the file has no such line."""
        lines = _lines(self.texts.get(span.file, ""))
        return lines[span.line - 1].rstrip("\r") if 0 < span.line <= len(lines) else ""


@lru_cache(maxsize=4)
def _lines(text: str) -> list[str]:
    """A file's lines, split once for all of its findings."""
    return text.split("\n")
