"""What commands about a course share: its folder, its targets, its findings."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coursepack.cli.options import Format, colorful, fail

if TYPE_CHECKING:
    from coursepack.diagnostics import Diagnostic

CoursePath = Annotated[
    Path | None,
    typer.Argument(
        metavar="COURSE",
        help="The course folder; course_spec if there is one, otherwise this folder.",
        show_default=False,
    ),
]


def course_folder(given: Path | None) -> Path:
    """The course folder: the one given, else course_spec, else the current folder if it is one."""
    if given is not None:
        return given
    found = [path for path in (Path("course_spec"), Path()) if (path / "course.yaml").is_file()]
    if not found:
        fail("there is no course here; name its folder, as in `coursepack build my-course`")
    return found[0]


def target_names(names: Sequence[str] | None) -> tuple[str, ...] | None:
    from difflib import get_close_matches

    from coursepack.targets import TARGETS

    for name in names or ():
        if name not in TARGETS:
            near = get_close_matches(name.lower(), TARGETS, 1)
            hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(TARGETS)}"
            fail(f"there is no target {name}{hint}")
    return tuple(dict.fromkeys(names)) if names else None


def show(diagnostics: Sequence[Diagnostic], form: Format, root: Path) -> None:
    """Findings, to standard error."""
    from coursepack import report

    folder = root.as_posix()
    if form is Format.JSON:
        text = report.to_json(diagnostics)
    elif form is Format.SARIF:
        text = report.to_sarif(diagnostics, folder=folder)
    elif form is Format.GITHUB:
        text = report.to_github(diagnostics, folder=folder)
    else:
        text = report.to_text(diagnostics, color=colorful(sys.stderr)) if diagnostics else ""
    if text:
        print(text.rstrip("\n"), file=sys.stderr)
