"""The command that lets virtual learners play a course."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from coursepack.cli.course import course_folder, show, target_names
from coursepack.cli.options import Format, JsonOption, fail, files_may_fail, print_json, progress

if TYPE_CHECKING:
    from coursepack.rehearsal.check import Expected
    from coursepack.rehearsal.contents import Stage
    from coursepack.rehearsal.record import Rehearsal

app = typer.Typer()


@app.command()
def rehearse(
    source: Annotated[
        Path | None,
        typer.Argument(
            metavar="COURSE_OR_ZIP",
            help="A course folder, or any package; course_spec if there is one, otherwise this folder.",
            show_default=False,
        ),
    ] = None,
    learner: Annotated[
        list[str] | None,
        typer.Option(
            "-l", "--learner", metavar="NAME", help="A learner to run, such as kills-tab; may be given again."
        ),
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            "-t", "--target", metavar="TARGET", help="A format to run; the course's own targets if left out."
        ),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the report as HTML too.")
    ] = None,
    json: JsonOption = False,
    record: Annotated[
        bool, typer.Option("--record", help="Print the records as `tests:` for course.yaml.")
    ] = False,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="With --record: save them in this file.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Compare with `tests:`; exit status 1 where a record differs.")
    ] = False,
    tests: Annotated[
        Path | None,
        typer.Option("--tests", metavar="FILE", help="With --check: a file that --write saved."),
    ] = None,
) -> None:
    """See what an LMS will record.

    Virtual learners play the course in a real browser; the record of each is shown.
    """
    path = _played(source)
    _fit(record, write, check, tests)
    names, targets = tuple(learner or ()), target_names(target)
    with files_may_fail():
        opened = _package(path, targets) if path.is_file() else _course(path, targets, json)
        expected = _expected(opened.tests, tests, names, targets) if check else None
        done = _run(opened, names, expected)
        well = not any(run.findings for run in done.runs)
        if html:
            _save(html, _html(done))
        if expected is not None:
            well = _compared(done, expected, json)
        elif record:
            _record(done, write, json, well)
        else:
            _told(done, html, json, well)
    raise typer.Exit(0 if well else 1)


def _played(source: Path | None) -> Path:
    path = course_folder(source)
    if not path.exists():
        fail(f"there is no file or folder {path}")
    return path


def _fit(record: bool, write: Path | None, check: bool, tests: Path | None) -> None:
    """Stop where options are given that do not go together."""
    if record and check:
        fail("--record and --check exclude each other")
    if (write and not record) or (tests and not check):
        fail("--write goes with --record, --tests with --check")


def _told(done: Rehearsal, html: Path | None, json: bool, well: bool) -> None:
    if json:
        from coursepack.rehearsal.record import to_data

        written = {"html": str(html)} if html else {}
        print_json({**to_data(done), **written}, ok=well)
    else:
        from coursepack.rehearsal.to_text import to_text

        print(to_text(done))


class _Source(NamedTuple):
    """What is to be played; of a package `tests` and `rules` are not known."""

    title: str
    stages: list[Stage]
    tests: Sequence[Any] = ()
    rules: tuple[str, ...] = ()


def _package(path: Path, targets: Sequence[str] | None) -> _Source:
    from coursepack.preview.contents import DamagedError
    from coursepack.rehearsal.contents import open_package

    try:
        stages = open_package(path.read_bytes())
    except DamagedError as error:
        fail(f"{path.name}: the zip {error}", 1)
    if not stages:
        fail(f"{path.name}: there is no page to open in it", 1)
    kept = [one for one in stages if not targets or one.target in targets]
    if not kept:
        fail(f"{path.name} can be opened as {', '.join(one.target for one in stages)} alone", 1)
    return _Source(path.name, kept)


def _course(path: Path, targets: Sequence[str] | None, json: bool) -> _Source:
    from coursepack import compiler, proofs, report
    from coursepack.rehearsal.contents import open_package

    built = compiler.build(path, targets)
    show(built.checked.diagnostics, Format.TEXT, path)
    course = built.checked.course
    if course is None or not built.packages:
        if json:
            print_json({"findings": report.to_data(built.checked.diagnostics)}, ok=False)
        raise typer.Exit(1)
    stages = [stage for package in built.packages for stage in open_package(package.data)]
    tests = [test.model_dump(mode="json", exclude_unset=True) for test in course.settings.tests]
    return _Source(course.settings.title, stages, tests, tuple(one.says for one in proofs.prove(course)))


def _run(source: _Source, names: Sequence[str], expected: Expected | None) -> Rehearsal:
    """All learners, or those that are named; with something to compare with, only those that it speaks of."""
    from msgspec.structs import replace

    from coursepack.rehearsal import run
    from coursepack.rehearsal.browser import NoBrowserError

    stages = source.stages
    known = list(dict.fromkeys(one.name for stage in stages for one in run.learners_for(stage)))
    if expected is not None:
        names = sorted({learner for learner, _ in expected})
        formats = {name.partition("/")[0] for _, name in expected}
        stages = [stage for stage in stages if stage.target in formats]
    for name in names:
        if name not in known:
            fail(f"there is no learner {name}; there are {', '.join(known)}")
    try:
        with progress() as tick:
            return replace(run.rehearse(source.title, stages, names=names, tick=tick), rules=source.rules)
    except NoBrowserError as error:
        fail(str(error), 1)


def _expected(
    entries: Sequence[Any], file: Path | None, names: Sequence[str], targets: Sequence[str] | None
) -> Expected:
    """`tests:` of the course, or of a file of their own, for the learners and targets that are wanted."""
    from coursepack.rehearsal import check

    if file is not None:
        from coursepack.spec.yaml import parse_yaml

        try:
            node, findings = parse_yaml(file.read_text("utf-8"), file.name)
        except UnicodeError:
            fail(f"{file} is not UTF-8", 1)
        if findings:
            fail(f"{file} cannot be read: {findings[0].message}", 1)
        held = node.value if node else None
        entries = check.entries_of(held)
    if not entries:
        fail("there are no `tests:` to compare with; `coursepack rehearse --record` writes them", 1)
    try:
        expected = check.read(entries)
    except check.TestsError as error:
        fail(str(error), 1)
    kept = check.chosen(expected, names, targets or ())
    if not kept:
        fail("no test is about these learners and targets", 1)
    return kept


def _compared(done: Rehearsal, expected: Expected, json: bool) -> bool:
    """Prints what differs, to standard error, or all of it as JSON; whether nothing does."""
    from coursepack.rehearsal import check

    differences = check.compare(done, expected)
    if json:
        told = {"compared": len(expected), "differences": check.to_data(differences)}
        print_json(told, ok=not differences)
    elif differences:
        print(check.to_diff(differences), file=sys.stderr)
    else:
        count = len(expected)
        print(f"{count} record{' is' if count == 1 else 's are'} as expected", file=sys.stderr)
    return not differences


def _record(done: Rehearsal, file: Path | None, json: bool, well: bool) -> None:
    from coursepack.rehearsal.check import to_entries, to_yaml

    if file is not None:
        _save(file, to_yaml(done))
    if json:
        written = {"written": str(file)} if file is not None else {}
        print_json({"tests": to_entries(done), **written}, ok=well)
    elif file is None:
        print(to_yaml(done), end="")
    else:
        print(f"{file}: put its `tests:` into course.yaml, or name it with --check --tests", file=sys.stderr)


def _html(done: Rehearsal) -> str:
    from coursepack.rehearsal.to_html import to_html

    return to_html(done)


def _save(path: Path, text: str) -> None:
    from coursepack.package import write_file

    write_file(path, text.encode("utf-8"))
