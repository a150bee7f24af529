"""The commands about finished packages, anyone's: validate, inspect, diff."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from coursepack.cli_options import Format, colorful, fail, files_may_fail, print_json

app = typer.Typer()


@app.command()
def validate(
    packages: Annotated[
        list[Path], typer.Argument(metavar="ZIP…", help="Packages of any vendor, or a bare cmi5.xml.")
    ],
    strict: Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to write findings.")] = Format.TEXT,
) -> None:
    """Check packages of any vendor: what is wrong with them, where, which LMSs it breaks, how to mend it."""
    from coursepack.inspection import batch, verdicts

    for path in packages:
        if not path.is_file():
            fail(f"there is no file {path}")
    try:
        found = batch.judge_all(packages, _progress(len(packages)))
    except RuntimeError as error:
        fail(str(error), 1)
    match format_:
        case Format.TEXT:
            text = verdicts.to_text(found, strict=strict, color=colorful(sys.stdout))
        case Format.JSON:
            text = verdicts.to_json(found)
        case Format.SARIF:
            text = verdicts.to_sarif(found, strict=strict)
        case Format.GITHUB:
            text = verdicts.to_github(found, strict=strict)
    if text:
        print(text)
    for one in found:
        if one.unread and format_ in (Format.SARIF, Format.GITHUB):
            print(f"error: {one.path}: {one.unread}", file=sys.stderr)
    bad = any(one.stops or (strict and one.count("warning")) for one in found)
    raise typer.Exit(1 if bad else 0)


@app.command()
def inspect(
    package: Annotated[Path, typer.Argument(metavar="ZIP", help="A package of any vendor.")],
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page to send on instead.", show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    extract: Annotated[
        Path | None,
        typer.Option("--extract", help="Give the course folder back, into a new folder.", show_default=False),
    ] = None,
) -> None:
    """Tell what a package is: its contents, rules, sizes, the tool that made it, what the LMS will show."""
    if not package.is_file():
        fail(f"there is no file {package}")
    with files_may_fail():
        if extract is not None:
            _extract(package, extract)
            return
        from coursepack.inspection import to_html, to_text
        from coursepack.inspection.facts import inspect as read_facts

        facts = read_facts(package)
        if html is not None:
            from coursepack.package import write_file

            write_file(html, to_html.to_html(facts).encode("utf-8"))
    if html is not None:
        print(f"Written: {html}")
    elif json:
        print_json(to_text.to_data(facts))
    else:
        print(to_text.to_text(facts))
    raise typer.Exit(1 if facts.broken else 0)


@app.command()
def diff(
    old: Annotated[
        str, typer.Argument(help="What is in the LMS: a package, a course folder, a git revision.")
    ],
    new: Annotated[str, typer.Argument(help="What is to take its place.")],
    lms: Annotated[
        list[str] | None,
        typer.Option("--lms", help="Let this LMS decide; moodle and the open standards if left out."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with 1 unless the verdict is SAFE (for CI).")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Tell what changes for learners, and whether a package may take the place of another."""
    from coursepack.difference import arguments, to_text
    from coursepack.difference.profiles import DEFAULT, PROFILES
    from coursepack.difference.sides import SideError

    known = [profile.key for profile in PROFILES]
    for key in lms or ():
        if key not in known:
            fail(f"there is no LMS profile {key}; there are {', '.join(known)}")
    with files_may_fail():
        try:
            found = arguments.difference(old, new, tuple(lms) if lms else DEFAULT)
        except SideError as error:
            fail(str(error))
    if json:
        print_json(to_text.to_data(found))
    else:
        print(to_text.to_text(found))
    raise typer.Exit(1 if check and found.verdict != "SAFE" else 0)


def _extract(package: Path, folder: Path) -> None:
    from coursepack.inspection import extract

    try:
        paths = extract.extract(package, folder)
    except extract.ExtractError as error:
        fail(str(error), 1)
    print(f"{len(paths)} files written to {folder}")


def _progress(total: int) -> Callable[[int, int], None] | None:
    """A bar on standard error while many packages are read, only where a person looks at it."""
    if total < 2 or not sys.stderr.isatty():
        return None

    def tick(done: int, total: int) -> None:
        filled = done * 30 // total
        end = "\n" if done == total else ""
        print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{total}", end=end, file=sys.stderr, flush=True)

    tick(0, total)
    return tick
