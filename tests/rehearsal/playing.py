"""Rehearsals in a thread of their own: the other browser tests keep an event loop in this one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from coursepack.cli import app
from coursepack.rehearsal import check, contents, run
from coursepack.rehearsal.record import Rehearsal
from coursepack.spec.yaml import parse_yaml

ROOT = Path(__file__).parent.parent.parent
EXPECTED = Path(__file__).parent / "expected.yaml"
Packages = dict[str, bytes]


def rehearse(*data: bytes, names: tuple[str, ...] = ()) -> Rehearsal:
    stages = [stage for one in data for stage in contents.open_package(one)]
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: run.rehearse("example", stages, names=names)).result()


def command(*words: object) -> Any:
    """`coursepack rehearse` with these words."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(CliRunner().invoke, app, ["rehearse", *map(str, words)]).result()


def expected() -> check.Expected:
    node, findings = parse_yaml(EXPECTED.read_text("utf-8"), EXPECTED.name)
    assert node and not findings
    return check.read(check.entries_of(node.value))
