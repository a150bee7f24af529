"""docs/xapi.md tells every key, event, path, filter and term that there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from coursepack.compiler import check
from coursepack.spec.hook_settings import Xapi
from coursepack.spec.known_keys import models_in
from coursepack.xapi.defaults import DEFAULTS
from coursepack.xapi.events import EVENTS
from coursepack.xapi.templates import ARGUMENTS
from coursepack.xapi.vocabulary import EXTENSIONS, OWN, TYPES, VERBS

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "xapi.md").read_text("utf-8")
CODE = " ".join(re.findall(r"`[^`]+`|```.*?```", DOCS, re.DOTALL))


def keys(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    seen.add(model)
    for name, info in model.model_fields.items():
        yield info.alias or name
        for inner in models_in(info.annotation):
            if inner not in seen:
                yield from keys(inner, seen)


@pytest.mark.parametrize(
    "name",
    sorted(
        {
            *keys(Xapi, set()),
            *EVENTS,
            *ARGUMENTS,
            *VERBS,
            *TYPES,
            *EXTENSIONS,
            *OWN,
            *(h.id for h in DEFAULTS),
        }
        | {path for event in EVENTS.values() for path in event.paths}
    ),
)
def test_it_is_told(name: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", CODE), name


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL))
def test_every_example_is_silent(block: str, tmp_path: Path) -> None:
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps" / "010-one.md").write_text("---\ntitle: One\n---\nText.\n", "utf-8")
    head = "spec: 1\nid: https://example.org/courses/tea\ntitle: Tea\nlanguage: en\n"
    (tmp_path / "course.yaml").write_text(head + block, "utf-8")
    assert [(item.rule.code, item.message) for item in check(tmp_path).diagnostics] == []
