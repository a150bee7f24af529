"""The command that makes a new course."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coursepack.cli.course import show, target_names
from coursepack.cli.options import Format, JsonOption, fail, files_may_fail, print_json

if TYPE_CHECKING:
    from coursepack.starter import Made

app = typer.Typer()


@app.command()
def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The folder to make; its name gives title and file names.")
    ],
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="What learners and the LMS see.")
    ] = None,
    language: Annotated[
        str,
        typer.Option("--language", metavar="TAG", help="The language of the course as a tag: en-GB, de, ar."),
    ] = "en",
    target: Annotated[
        list[str] | None,
        typer.Option("-t", "--target", metavar="TARGET", help="A format to build; may be given again."),
    ] = None,
    id_: Annotated[
        str | None,
        typer.Option(
            "--id", metavar="IRI", help="The permanent address (IRI) of the course; made if left out."
        ),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Make a new course: a folder with a small course to start from."""
    from coursepack import report, starter

    targets = target_names(target)
    with files_may_fail():
        try:
            folder = starter.free_place(name)
        except starter.TakenError as error:
            fail(str(error), 1)
        choices = starter.choose(folder.name, title=title, id=id_, language=language, targets=targets)
        made = starter.make(folder, choices)
    show(made.diagnostics, Format.TEXT, Path())
    if json:
        data = {**_to_data(made, name), "findings": report.to_data(made.diagnostics)}
        print_json(data, ok=bool(made.files))
    elif made.files:
        print(_to_words(made, name))
    raise typer.Exit(0 if made.files else 1)


def _to_data(made: Made, name: str) -> dict[str, object]:
    choices = made.choices
    return {
        "folder": name,
        "id": choices.id,
        "title": choices.title,
        "language": choices.language,
        "targets": list(choices.targets),
        "files": list(made.files),
        "notes": _notes(made),
    }


def _to_words(made: Made, name: str) -> str:
    lines = [f"{made.choices.title}: a new course in {name} ({len(made.files)} files)", *_notes(made), ""]
    if made.folder != Path.cwd():
        lines.append(f"  cd {_quoted(name)}")
    return "\n".join(
        [
            *lines,
            "  coursepack preview    see it in your browser while you write",
            "  coursepack build      make the packages",
            "",
            "README.md tells the rest.",
        ]
    )


def _notes(made: Made) -> list[str]:
    if made.choices.language.lower().split("-")[0] == "en":
        return []
    return [f"The text to start from is English: write yours over it, in {made.choices.language}."]


def _quoted(name: str) -> str:
    """The name as a shell takes it."""
    if sys.platform == "win32":
        return subprocess.list2cmdline([name])
    return shlex.quote(f"./{name}" if name.startswith("-") else name)
