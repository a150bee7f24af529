"""The commands that stay: `preview`, and what `build --watch` does."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from coursepack.cli.course import course_folder
from coursepack.cli.options import JsonOption, fail, print_json

app = typer.Typer()


@app.command()
def preview(
    source: Annotated[
        Path | None,
        typer.Argument(
            metavar="COURSE_OR_ZIP",
            help="A course folder, or any package; course_spec if there is one, otherwise this folder.",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help="Where to listen; the next free one if it is taken."),
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")] = False,
    json: JsonOption = False,
) -> None:
    """Play a course in a page that stands in for the LMS.

    The page shows what an LMS would record. It builds again whenever you save, in memory: it writes
    neither packages nor course.lock.
    """
    path = course_folder(source)
    if not path.exists():
        fail(f"there is no file or folder {path}")
    from coursepack.preview.run import serve

    try:
        if json:
            serve(path, port, _aside, browser=not no_open, ready=_address)
        else:
            serve(path, port, lambda line: print(line, flush=True), browser=not no_open)
    except OSError as error:
        fail(f"the preview cannot start: {error.strerror or error}", 1)


def _address(address: str) -> None:
    """The one document of `--json`: where the preview is, as soon as it answers."""
    print_json({"address": address}, line=True)


def _aside(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def keep_building(root: Path, output: Path, build: Callable[[], object]) -> None:
    """Call `build` now and after each save in the course folder, until Ctrl-C.

    A file that cannot be read or written ends one build, not the watching.
    """
    from coursepack.preview.watch import Watched, changes_until

    try:
        _survive(build)
        print("watching for changes; Ctrl-C stops", file=sys.stderr, flush=True)
        for _ in changes_until(Watched(root, output)):
            _survive(build)
    except KeyboardInterrupt:
        return


def _survive(build: Callable[[], object]) -> None:
    """A build that ends the command with a sentence has said all there is to say."""
    try:
        build()
    except typer.Exit:
        return
