"""The commands about finished packages, anyone's: validate, inspect, diff."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from coursepack.cli.options import (
    Format,
    FormatOption,
    JsonOption,
    colorful,
    fail,
    files_may_fail,
    print_json,
    progress,
)

app = typer.Typer()


@app.command()
def validate(
    packages: Annotated[
        list[Path], typer.Argument(metavar="ZIP…", help="Packages of any vendor, or a bare cmi5.xml.")
    ],
    strict: Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")] = False,
    reference: Annotated[
        Path | None,
        typer.Option(metavar="ZIP", help="Warn of identifiers that this earlier package had (PKG-041)."),
    ] = None,
    format_: FormatOption = Format.TEXT,
    json: JsonOption = False,
) -> None:
    """Check packages of any vendor.

    What is wrong with them and where, which LMSs it breaks, how to mend it.
    """
    from coursepack.inspection import batch, verdicts

    for path in [*packages, *([reference] if reference else [])]:
        _require_file(path)
    try:
        with progress() as tick:
            found = batch.judge_all(packages, tick, reference)
    except RuntimeError as error:
        fail(str(error), 1)
    bad = any(one.stops or (strict and one.count("warning")) for one in found)
    if json:
        print_json(verdicts.to_data(found), ok=not bad)
        raise typer.Exit(1 if bad else 0)
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
    raise typer.Exit(1 if bad else 0)


def _require_file(path: Path) -> None:
    if path.is_dir():
        fail(f"{path} is a folder, not a package; `coursepack check` takes course folders")
    if not path.is_file():
        fail(f"there is no file {path}")


@app.command()
def inspect(
    package: Annotated[Path, typer.Argument(metavar="ZIP", help="A package of any vendor.")],
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a page to send on instead.", show_default=False),
    ] = None,
    json: JsonOption = False,
    extract: Annotated[
        Path | None,
        typer.Option("--extract", help="Give the course folder back, into a new folder.", show_default=False),
    ] = None,
) -> None:
    """Tell what a package is, any vendor's.

    Its contents, rules and sizes, the tool that made it, what the LMS will show.
    """
    _require_file(package)
    with files_may_fail():
        if extract is not None:
            _extract(package, extract, json)
            return
        from coursepack.inspection import to_html, to_text
        from coursepack.inspection.facts import inspect as read_facts

        with progress():
            facts = read_facts(package)
        if html is not None:
            from coursepack.package import write_file

            write_file(html, to_html.to_html(facts).encode("utf-8"))
    if json:
        written = {"html": str(html)} if html is not None else {}
        print_json({**to_text.to_data(facts), **written}, ok=not facts.broken)
    elif html is not None:
        print(f"Written: {html}")
    else:
        print(to_text.to_text(facts))
    raise typer.Exit(1 if facts.broken else 0)


@app.command()
def diff(
    old: Annotated[
        str,
        typer.Argument(metavar="OLD", help="What is in the LMS: a package, a course folder, a git revision."),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="What is to take its place.")],
    lms: Annotated[
        list[str] | None,
        typer.Option(
            "--lms", metavar="LMS", help="Let this LMS decide; moodle and the open standards if left out."
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with 1 unless the verdict is SAFE (for CI).")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a page to send on instead.", show_default=False),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Tell whether a new version is safe to upload.

    What changes for learners, and whether the new package may take the place of the old one.
    """
    from coursepack.difference import arguments, to_text
    from coursepack.difference.profiles import DEFAULT, PROFILES
    from coursepack.difference.sides import SideError

    known = [profile.key for profile in PROFILES]
    for key in lms or ():
        if key not in known:
            fail(f"there is no LMS profile {key}; there are {', '.join(known)}")
    with files_may_fail():
        try:
            with progress():
                found = arguments.difference(old, new, tuple(lms) if lms else DEFAULT)
        except SideError as error:
            fail(str(error))
        if html is not None:
            from coursepack.difference import to_html
            from coursepack.package import write_file

            write_file(html, to_html.to_html(found).encode("utf-8"))
    bad = check and found.verdict != "SAFE"
    written = {"html": str(html)} if html is not None else {}
    if json:
        print_json({**to_text.to_data(found), **written}, ok=not bad)
    elif html is not None:
        print(f"Written: {html} ({found.verdict})")
    else:
        print(to_text.to_text(found))
    raise typer.Exit(1 if bad else 0)


def _extract(package: Path, folder: Path, json: bool) -> None:
    from coursepack.inspection import extract

    try:
        paths = extract.extract(package, folder)
    except extract.ExtractError as error:
        fail(str(error), 1)
    if json:
        print_json({"folder": str(folder), "files": [str(path) for path in paths]})
    else:
        print(f"{len(paths)} files written to {folder}")
