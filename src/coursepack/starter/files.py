"""The files of a new course, from `templates/starter`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from coursepack import __version__
from coursepack.resources import templates
from coursepack.spec.schema import bank_schema, course_schema
from coursepack.starter.names import Choices
from coursepack.targets import TARGETS

_WRITTEN: Mapping[str, str] = {
    "README.md": "README.md.j2",
    "course.yaml": "course.yaml.j2",
    "steps/010-a-question-people-can-answer.md": "steps/010-a-question-people-can-answer.md",
    "steps/020-try-it-yourself.md": "steps/020-try-it-yourself.md",
    "media/two-questions.svg": "media/two-questions.svg",
    ".editorconfig": "editorconfig",
    ".github/workflows/course.yml": "workflows/course.yml.j2",
    ".gitignore": "gitignore",
    ".vscode/extensions.json": "vscode/extensions.json",
    ".vscode/settings.json": "vscode/settings.json",
}
"""Path in the course folder to its file in `templates/starter`; `.j2` files have places to fill."""
_MARKUP = re.compile(r"[\\`*_\[\]<>#|&~]")


def to_files(choices: Choices) -> dict[str, bytes]:
    """Every file of the course by its path, forward slashes, in alphabetical order."""
    folder = templates() / "starter"
    made = {"bank.schema.json": _json(bank_schema()), "course.schema.json": _json(course_schema())}
    environment = _environment(str(folder))
    for path, source in _WRITTEN.items():
        if source.endswith(".j2"):
            made[path] = _filled(environment, source, choices).encode("utf-8")
        else:
            made[path] = (folder / source).read_bytes()
    return dict(sorted(made.items()))


def _environment(folder: str) -> Environment:
    made = Environment(  # noqa: S701 - YAML and Markdown; each place is written by a filter of its own
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        comment_start_string="{##",  # `{#id}` is the author's
        comment_end_string="##}",
    )
    made.filters |= {"entry": to_entry, "prose": to_prose}
    return made


def _filled(environment: Environment, source: str, choices: Choices) -> str:
    return environment.get_template(source).render(
        title=choices.title,
        id=choices.id,
        language=choices.language,
        targets=choices.targets,
        slug=choices.slug,
        all_targets=list(TARGETS),
        version=__version__,
    )


def to_entry(value: str, key: str) -> str:
    """One line of YAML, the value in quotes where it needs them."""
    return yaml.safe_dump({key: value}, allow_unicode=True, width=10**9).rstrip("\n")


def to_prose(text: str) -> str:
    """Words as Markdown shows them: no sign in them is mark-up."""
    return _MARKUP.sub(lambda sign: "\\" + sign[0], text)


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8")
