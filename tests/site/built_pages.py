"""A rendered course, as tests look at it: its parts, the data of its scripts, and its pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from every_block import numbers
from lxml import html

from coursepack import site, state
from coursepack.launch import StepData
from coursepack.package import Part
from coursepack.spec.model import Course


@dataclass(frozen=True)
class Built:
    course: Course
    parts: tuple[Part, ...]
    steps: tuple[StepData, ...]
    config: dict[str, Any]
    index: str

    def page(self, number: int) -> str:
        """The page as it looks when step `number` (from 0) is shown."""
        shown = self.steps[number]["html"]
        if shown is None:
            return self.index
        start, end = self.index.index("<article"), self.index.index("</article>") + len("</article>")
        return self.index[:start] + shown + self.index[end:]

    def tree(self, number: int) -> html.HtmlElement:
        return html.document_fromstring(self.page(number).encode(), parser=html.HTMLParser(encoding="utf-8"))


def argument(data: bytes) -> Any:
    """What a script of the package hands to the runtime."""
    return json.loads(data.decode("ascii").partition("(")[2].removesuffix(");\n"))


def build(given: Course, target: str = "web", driver: str = "web") -> Built:
    register = numbers(given)
    layout = state.to_json(state.layout(given, register))
    rendered = site.render(given, register, layout, {"7": layout})
    parts = tuple(site.to_parts(rendered, target, driver))
    named = {part.name.split("-")[0]: part.data for part in parts}
    steps = tuple(argument(part.data) for part in parts if part.name.startswith("steps/"))
    return Built(given, parts, steps, argument(named["course"]), parts[0].data.decode())


@contextmanager
def written(built: Built, folder: Path) -> Iterator[list[Path]]:
    """The pages of all steps as files, one per step, beside their media, as they are without any script."""
    for part in built.parts:
        if part.name.endswith(".js"):
            continue
        file = folder / part.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(part.data)
    pages = [folder / f"page-{number}.html" for number in range(len(built.steps))]
    for number, file in enumerate(pages):
        file.write_text(built.page(number), encoding="utf-8")
    yield pages
