"""The command about statements: what a course can send, its vocabulary, its privacy sheet."""

from enum import StrEnum
from typing import Annotated

import typer

from coursepack.cli.course import CoursePath, course_folder, show, target_names
from coursepack.cli.options import Format, JsonOption, fail, print_json

app = typer.Typer()


class Vocabulary(StrEnum):
    """How the vocabulary page is written."""

    MARKDOWN = "md"
    HTML = "html"


@app.command()
def xapi(
    course: CoursePath = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One statement a line, for machines.")] = False,
    vocabulary: Annotated[
        Vocabulary | None,
        typer.Option("--vocabulary", help="The vocabulary page instead.", show_default=False),
    ] = None,
    privacy: Annotated[bool, typer.Option("--privacy", help="The privacy sheet instead.")] = False,
    target: Annotated[
        str, typer.Option("-t", "--target", metavar="TARGET", help="The package whose statements to show.")
    ] = "scorm2004-4",
    json: JsonOption = False,
) -> None:
    """Print every xAPI statement a learner can cause.

    Each with the hook that sends it; `the session` is the launch itself, in cmi5 and xAPI packages.
    """
    from coursepack import compiler, report, units
    from coursepack.xapi import printing

    target_names([target])
    root = course_folder(course)
    checked = compiler.check(root)
    if checked.course is None or checked.register is None or checked.stops:
        show(checked.diagnostics, Format.TEXT, root)
        if json:
            print_json({"findings": report.to_data(checked.diagnostics)}, ok=False)
        raise typer.Exit(1)
    launched = units.launched(checked.course, checked.register, target)
    if json:
        data = printing.to_data(checked.course, checked.register, target, launched)
        print_json({"findings": report.to_data(checked.diagnostics), **data})
        return
    form: printing.Form = "privacy" if privacy else "jsonl" if jsonl else "samples"
    if vocabulary:
        form = "html" if vocabulary is Vocabulary.HTML else "md"
    text = printing.show(checked.course, checked.register, target, form, launched)
    if not text:
        fail(f"{target} packages of this course carry no hooks: write `xapi:` into course.yaml")
    print(text, end="")
