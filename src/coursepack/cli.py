"""The command line: arguments, printing, exit status. Everything heavy is imported where it is used."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from coursepack import __version__, cli_new, cli_packages, cli_preview, cli_rehearse, cli_statements
from coursepack.cli_course import CoursePath, course_folder, show, target_names
from coursepack.cli_options import Format

if TYPE_CHECKING:
    from coursepack.compiler import Build

app = typer.Typer(
    name="coursepack",
    help="Compile a course written in Markdown into SCORM, cmi5, xAPI and web packages.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
schemas = typer.Typer(help="Official schema files that packages may carry.", no_args_is_help=True)
app.add_typer(schemas, name="schemas")


FormatOption = Annotated[Format, typer.Option("--format", help="How to write findings.")]
StrictOption = Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.callback(invoke_without_command=True)
def main(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)
    ] = False,
) -> None:
    if version:
        print(f"coursepack {__version__}")
        raise typer.Exit


@app.command()
def build(
    course: CoursePath = None,
    target: Annotated[
        list[str] | None,
        typer.Option("-t", "--target", help="A format to build; the course's own targets if left out."),
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Where packages go.")] = Path("dist"),
    strict: StrictOption = False,
    locked: Annotated[
        bool, typer.Option("--locked", help="Fail if course.lock would change (for CI).")
    ] = False,
    control_files: Annotated[
        bool, typer.Option("--control-files", help="Include the official schema files added before.")
    ] = False,
    format_: FormatOption = Format.TEXT,
    json: JsonOption = False,
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Build again after each save, until Ctrl-C.")
    ] = False,
) -> None:
    """Build the packages of a course."""
    from coursepack import compiler, summary

    root = course_folder(course)
    names = target_names(target)

    def once() -> bool:
        with _files():
            built = compiler.build(root, names, strict=strict, locked=locked, control_files=control_files)
            show(built.checked.diagnostics, format_, root)
            if built.packages:
                _write(root, output, built)
        if json:
            _print_json(summary.to_data(built))
        elif built.packages:
            print(summary.to_words(built, output))
        return bool(built.packages)

    if watch:
        cli_preview.keep_building(root, output, once)
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
    checked = compiler.check(root, strict=strict)
    show(checked.diagnostics, format_, root)
    if json:
        _print_json({"findings": report.to_data(checked.diagnostics)})
    elif not checked.diagnostics and checked.course:
        print(f"{checked.course.settings.title}: nothing to mend")
    raise typer.Exit(1 if checked.stops else 0)


@app.command()
def explain(
    code: Annotated[
        str | None,
        typer.Argument(help="A code such as QST-001, or a setting such as quiz.retry.", show_default=False),
    ] = None,
) -> None:
    """Explain a finding or a policy: what it means, why it matters, what to do."""
    from coursepack import explain as pages

    if code is None:
        print(pages.all_topics())
        return
    page = pages.explain(code)
    if page is None:
        _usage(f"there is nothing called {code}{pages.near(code)}")
    print(page)


@app.command()
def schema(
    bank: Annotated[bool, typer.Option("--bank", help="The schema of a question bank instead.")] = False,
) -> None:
    """Print the JSON Schema (draft-07) of course.yaml, for editors."""
    from coursepack.spec.schema import bank_schema, course_schema

    _print_json(bank_schema() if bank else course_schema())


@schemas.command("add")
def schemas_add(
    source: Annotated[
        Path, typer.Argument(metavar="ZIP_OR_DIR", help="Any package or folder that holds them.")
    ],
) -> None:
    """Keep the official schema files found in a package, for `build --control-files`."""
    from coursepack import schemas as store

    if not source.exists():
        _usage(f"{source} does not exist")
    report = store.add(source)
    print(report.to_text(), file=sys.stdout if report.added else sys.stderr)
    raise typer.Exit(0 if report.added else 1)


@app.command()
def rename(
    old: Annotated[str, typer.Argument(help="The id as it was.")],
    new: Annotated[str, typer.Argument(help="The id as it is now.")],
    course: CoursePath = None,
) -> None:
    """Tell course.lock that an id was renamed, so that learners keep what they did."""
    from coursepack import compiler, lock
    from coursepack.package import write_file

    root = course_folder(course)
    try:
        text = compiler.rename(root, old, new)
    except lock.RenameError as error:
        print(f"error: {error}", file=sys.stderr)
        raise typer.Exit(1) from None
    with _files():
        write_file(root / "course.lock", text.encode("utf-8"))
    print(f"{old} is now {new}")


@app.command()
def state(
    data: Annotated[
        str | None,
        typer.Argument(
            metavar="[DATA]", help="A learner's suspend_data; - reads it from input.", show_default=False
        ),
    ] = None,
    course: Annotated[
        Path | None, typer.Option("--course", help="The course folder.", show_default=False)
    ] = None,
) -> None:
    """Explain a learner's saved state in words, for the help desk; without one, what the state can cost."""
    from coursepack import budget, compiler, helpdesk

    root = course_folder(course)
    checked = compiler.check(root)
    if checked.course is None or checked.register is None:
        show(checked.diagnostics, Format.TEXT, root)
        raise typer.Exit(1)
    if data is None:
        print(budget.full_table(checked.course, checked.register))
        return
    text = sys.stdin.read() if data == "-" else data
    words = helpdesk.describe(text.strip(), checked.course, checked.register)
    print(words.text, file=sys.stdout if words.readable else sys.stderr)
    raise typer.Exit(0 if words.readable else 1)


app.add_typer(cli_new.app)
app.add_typer(cli_packages.app)
app.add_typer(cli_preview.app)
app.add_typer(cli_rehearse.app)
app.add_typer(cli_statements.app)


@contextmanager
def _files() -> Iterator[None]:
    """A file that cannot be read or written ends the command with a sentence."""
    try:
        yield
    except OSError as error:
        print(f"error: {error.filename or 'a file'}: {error.strerror or error}", file=sys.stderr)
        raise typer.Exit(1) from None


def _write(root: Path, output: Path, built: Build) -> None:
    """The lock first: numbers that no package uses do no harm, a package with unwritten numbers would."""
    from coursepack.package import write_file

    if built.lock_text is not None:
        write_file(root / "course.lock", built.lock_text.encode("utf-8"))
    for package in built.packages:
        write_file(output / package.name, package.data)
    for sheet in built.sheets:
        write_file(output / sheet.name, sheet.data)


def _print_json(value: Any) -> None:
    import json

    print(json.dumps(value, indent=2, ensure_ascii=False))


def _usage(message: str) -> NoReturn:
    """Wrong usage: one line, exit status 2."""
    print(f"error: {message}", file=sys.stderr)
    raise typer.Exit(2)
