"""Validating many packages: each in a process of its own turn, at most a few at the same time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from coursepack.conformance import PackageFinding, Validate, check_view, read_package
from coursepack.conformance.view import CMI5, PackageView
from coursepack.home import home
from coursepack.inspection.mark import is_ours
from coursepack.inspection.readings import disagreement
from coursepack.inspection.sizes import Kind, kinds, largest
from coursepack.inspection.zipped import reading

PROCESSES_MAX = 4
"""Packages that are read at the same time: each takes up to about 100 MB of memory."""
LINE_MAX = 400
KINDS_MAX = 50
Ticked = Callable[[int, int], None]
"""Called with how many packages are done, and how many there are."""


class Judged(Struct, frozen=True):
    """What was found in one package. `lines` is the text of the manifest's lines that findings name.

    `kinds` and `largest` tell what takes most of the zip. `unread` says why the file itself could not be
    opened; the rest is empty then.
    """

    path: str
    formats: tuple[str, ...] = ()
    size: int = 0
    files: int = 0
    disagreement: str = ""
    findings: tuple[PackageFinding, ...] = ()
    lines: tuple[tuple[str, int, str], ...] = ()
    unread: str = ""
    kinds: tuple[Kind, ...] = ()
    largest: tuple[tuple[str, int, int], ...] = ()

    def count(self, level: str) -> int:
        return sum(item.level == level for item in self.findings)

    @property
    def stops(self) -> bool:
        return bool(self.unread) or any(item.stops for item in self.findings)


def judge(path: Path, shown: str = "", reference: Path | None = None) -> Judged:
    """Read one package and check it against every rule, and against the official XSDs where they are kept.

    `reference` is an earlier package, whose identifiers must still be there.
    """
    shown = shown or path.as_posix()
    try:
        view = read_package(path, validate=_official())
    except OSError as error:
        return Judged(shown, unread=error.strerror or "it cannot be read")
    findings = tuple(check_view(view, reference=reference, our_site=is_our_site(path, view)))
    return Judged(
        shown,
        tuple(view.formats),
        view.size,
        len(view.files),
        disagreement(view),
        findings,
        tuple(_lines(view, findings)),
        kinds=kinds(view)[:KINDS_MAX],
        largest=largest(view),
    )


def _official() -> Validate | None:
    """What asks the official XSDs; None when the user keeps none."""
    if not (home() / "schemas").is_dir():
        return None
    from coursepack import schemas

    return schemas.validate


def is_our_site(path: Path, view: PackageView) -> bool:
    """A web site of ours needs no manifest; every other package is looked at as a stranger's."""
    if view.formats or view.broken or view.errors or "index.html" not in view.files:
        return False
    with reading(path) as (_, read):
        return is_ours(read)


def judge_all(
    paths: Sequence[Path], tick: Ticked | None = None, reference: Path | None = None
) -> list[Judged]:
    """Every package, in the order given, against the reference if any; `tick` hears of each that is done.

    More than one is read in parallel processes. Raises RuntimeError with a sentence when the system ends one
    of them (out of memory, as a rule).
    """
    tick = tick or (lambda done, total: None)
    workers = min(PROCESSES_MAX, os.cpu_count() or 1, len(paths))
    if workers < 2:
        found = []
        for path in paths:
            found.append(judge(path, reference=reference))
            tick(len(found), len(paths))
        return found
    return _in_parallel(paths, workers, tick, reference)


def _in_parallel(paths: Sequence[Path], workers: int, tick: Ticked, reference: Path | None) -> list[Judged]:
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(workers) as pool:
        jobs = {pool.submit(judge, path, reference=reference): index for index, path in enumerate(paths)}
        found: list[Judged | None] = [None] * len(paths)
        try:
            for done, job in enumerate(as_completed(jobs), 1):
                found[jobs[job]] = job.result()
                tick(done, len(paths))
        except BrokenProcessPool:
            left = [path.as_posix() for path, one in zip(paths, found, strict=True) if one is None]
            raise RuntimeError(f"the system ended the work on one of: {', '.join(left[:5])}") from None
    return [one for one in found if one is not None]


def _lines(view: PackageView, findings: Sequence[PackageFinding]) -> Iterator[tuple[str, int, str]]:
    """Entry, line and text of each line of a manifest that a finding names."""
    wanted = {(item.entry, item.line) for item in findings if item.line}
    for entry in sorted({entry for entry, _ in wanted}):
        data = view.texts.get(entry, view.texts.get(CMI5, b"") if view.is_bare else b"")
        if not data:
            continue
        texts = data.decode("utf-8", "replace").split("\n")
        for name, line in sorted(wanted):
            if name == entry and 0 < line <= len(texts):
                yield entry, line, texts[line - 1].rstrip("\r")[:LINE_MAX]
