"""The command line: arguments, printing, exit status. Everything heavy is imported where it is used."""

import gc
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from coursepack import __version__
from coursepack.cli import new, packages, preview, rehearse, statements
from coursepack.cli.course import CoursePath, course_folder, show, target_names
from coursepack.cli.options import (
    Format,
    FormatOption,
    JsonOption,
    columns,
    fail,
    files_may_fail,
    output_may_fail,
    print_json,
    progress,
)


class _Program(typer.Typer):
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with output_may_fail():
            return super().__call__(*args, **kwargs)


app = _Program(
    name="coursepack",
    help="Compile a course written in Markdown into SCORM, cmi5, xAPI and web packages.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
schemas = typer.Typer(help="Official schema files that packages may carry.", no_args_is_help=True)
app.add_typer(schemas, name="schemas")


StrictOption = Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")]


@app.callback(invoke_without_command=True)
def main(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)
    ] = False,
) -> None:
    gc.set_threshold(100_000, 20, 50)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a stream of another encoding than the course's words
            stream.reconfigure(errors="backslashreplace")
    if version:
        print(f"coursepack {__version__}")
        raise typer.Exit


@app.command()
def build(
    course: CoursePath = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            "-t",
            "--target",
            metavar="TARGET",
            help="A format to build; the course's own targets if left out.",
        ),
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Where packages go.")] = Path(
        "dist"
    ),
    strict: StrictOption = False,
    locked: Annotated[
        bool, typer.Option("--locked", help="Fail if course.lock would change (for CI).")
    ] = False,
    control_files: Annotated[
        bool, typer.Option("--control-files", help="Include the official schema files added before.")
    ] = False,
    cards: Annotated[
        bool, typer.Option("--card/--no-card", help="Write an upload card beside each package.")
    ] = True,
    format_: FormatOption = Format.TEXT,
    json: JsonOption = False,
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Build again after each save, until Ctrl-C.")
    ] = False,
) -> None:
    """Build the packages of a course."""
    from coursepack import compiler
    from coursepack.cli import output as files
    from coursepack.cli import summary

    root = course_folder(course)
    names = target_names(target)
    if why := files.why_not(root, output):
        fail(why)

    def once() -> bool:
        with files_may_fail():
            with progress() as tick:
                built = compiler.build(
                    root, names, strict=strict, locked=locked, control_files=control_files, tick=tick
                )
            show(built.checked.diagnostics, format_, root)
            told = files.write(root, output, built, with_cards=cards) if built.packages else ()
        if json:
            print_json(summary.to_data(built, told), ok=bool(built.packages), line=watch)
        elif built.packages:
            print(summary.to_words(built, output, told, columns(sys.stdout)))
        return bool(built.packages)

    if watch:
        preview.keep_building(root, output, once)
        raise typer.Exit
    raise typer.Exit(0 if once() else 1)


@app.command()
def check(
    course: CoursePath = None,
    strict: StrictOption = False,
    format_: FormatOption = Format.TEXT,
    json: JsonOption = False,
) -> None:
    """Check a course without building or writing anything."""
    from coursepack import compiler, report

    root = course_folder(course)
    with progress():
        checked = compiler.check(root, strict=strict)
    show(checked.diagnostics, format_, root)
    if json:
        print_json({"findings": report.to_data(checked.diagnostics)}, ok=not checked.stops)
    elif not checked.diagnostics and checked.course:
        print(f"{checked.course.settings.title}: nothing to mend")
    raise typer.Exit(1 if checked.stops else 0)


@app.command()
def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE",
            help="A code such as QST-001, or a setting such as quiz.retry.",
            show_default=False,
        ),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Explain a finding or a policy.

    What it means, why it matters, what to do. Without a name: all there is to explain.
    """
    from coursepack import explain as pages

    page = pages.all_topics() if code is None else pages.explain(code)
    if page is None:
        fail(f"there is nothing called {code}{pages.near(code or '')}")
    if json:
        print_json(pages.to_data(code))
    else:
        print(page)


@app.command()
def schema(
    bank: Annotated[bool, typer.Option("--bank", help="The schema of a question bank instead.")] = False,
) -> None:
    """Print the JSON Schema (draft-07) of course.yaml, for editors."""
    import json

    from coursepack.spec.schema import bank_schema, course_schema

    print(json.dumps(bank_schema() if bank else course_schema(), indent=2))


@schemas.command("add")
def schemas_add(
    source: Annotated[
        Path, typer.Argument(metavar="ZIP_OR_DIR", help="Any package or folder that holds them.")
    ],
    json: JsonOption = False,
) -> None:
    """Keep the official schema files found in a package, for `build --control-files`."""
    from coursepack import schemas as store

    if not source.exists():
        fail(f"{source} does not exist")
    report = store.add(source)
    if json:
        print_json(report.to_data(), ok=bool(report.added))
    else:
        print(report.to_text(), file=sys.stdout if report.added else sys.stderr)
    raise typer.Exit(0 if report.added else 1)


@app.command()
def rename(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The id as it was.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The id as it is now.")],
    course: CoursePath = None,
    json: JsonOption = False,
) -> None:
    """Keep what learners did when you rename an id.

    Tells course.lock that the old and the new id are the same thing.
    """
    from coursepack import compiler, lock
    from coursepack.package import write_file

    root = course_folder(course)
    try:
        text = compiler.rename(root, old, new)
    except lock.RenameError as error:
        fail(str(error), 1)
    with files_may_fail():
        write_file(root / "course.lock", text.encode("utf-8"))
    written = compiler.is_in_course(root, new)
    if json:
        print_json({"old": old, "new": new, "written": written})
    else:
        print(f"{old} is now {new} in course.lock")
        if not written:
            print(f"The course does not say {new} yet: write it in place of {old} before you build.")


@app.command()
def state(
    data: Annotated[
        str | None,
        typer.Argument(
            metavar="DATA", help="A learner's suspend_data; - reads it from input.", show_default=False
        ),
    ] = None,
    course: Annotated[
        Path | None, typer.Option("--course", help="The course folder.", show_default=False)
    ] = None,
    json: JsonOption = False,
) -> None:
    """Explain a learner's saved state in words.

    For the help desk. Without one: the table of what the state can cost, step by step.
    """
    from coursepack import budget, compiler, helpdesk, report

    root = course_folder(course)
    checked = compiler.check(root)
    if checked.course is None or checked.register is None:
        show(checked.diagnostics, Format.TEXT, root)
        if json:
            print_json({"findings": report.to_data(checked.diagnostics)}, ok=False)
        raise typer.Exit(1)
    if data is None:
        if json:
            print_json(budget.to_data(checked.course, checked.register))
        else:
            print(budget.full_table(checked.course, checked.register))
        return
    text = sys.stdin.read() if data == "-" else data
    words = helpdesk.describe(text.strip(), checked.course, checked.register)
    if json:
        print_json({"readable": words.readable, "says": words.text.split("\n")}, ok=words.readable)
    else:
        print(words.text, file=sys.stdout if words.readable else sys.stderr)
    raise typer.Exit(0 if words.readable else 1)


app.add_typer(new.app)
app.add_typer(packages.app)
app.add_typer(preview.app)
app.add_typer(rehearse.app)
app.add_typer(statements.app)
