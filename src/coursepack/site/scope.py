"""What every page of a course shares: its words, its media, the ids that links lead to, the templates."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from msgspec import Struct

from coursepack import home
from coursepack.resources import templates
from coursepack.site.media import Medium
from coursepack.spec.model import Course, Step
from coursepack.words import Words

_PAGE_IDS = frozenset(
    {
        *("main", "steps", "steps-disclosure", "progress-words", "progress-bar", "notices", "unsaved"),
        *("todo", "pager", "back", "next", "saving", "exit", "credits"),
        *("print-course", "print-answers", "save-answers"),
    }
)


class Anchors(Struct, frozen=True):
    """The ids of one step: its article's, and those of its questions, quizzes and reflections."""

    n: int
    article: str
    activities: Mapping[str, str]

    def fragment(self, author_id: str) -> str:
        """The id on the page of what the author calls `author_id` in this step; empty is the step."""
        return self.activities.get(author_id) or (f"s{self.n}-{author_id}" if author_id else self.article)


class Scope(Struct, frozen=True):
    """Shared by all steps of one course."""

    course: Course
    words: Words
    media: Mapping[str, Medium]
    anchors: Mapping[str, Anchors]

    @property
    def foreign(self) -> Markup:
        """Attributes for what is written in the player's language, where that is not the course's."""
        if self.words.speaks(self.course.settings.language):
            return Markup("")
        return Markup(' lang="{}" data-foreign').format(self.words.language)

    def say(self, key: str, **places: object) -> Markup:
        """A sentence of the player's words, escaped."""
        return escape(self.words.say(key, **places))


def _compiled() -> FileSystemBytecodeCache | None:
    """Keeps compiled templates from one build to the next; None where the user's cache cannot be written."""
    folder = home.cache() / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder), "%s") if os.access(folder, os.W_OK) else None


@cache
def environment() -> Environment:
    """The templates, compiled once; an unknown name in one is an error."""
    return Environment(
        loader=FileSystemLoader(templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        bytecode_cache=_compiled(),
    )


def article_id(step_id: str, taken: frozenset[str]) -> str:
    """The step's id, or `step-<id>` where the page needs that id itself."""
    free = step_id
    while free in _PAGE_IDS or re.fullmatch(r"[qrzs]\d+(-.*)?", free) or (free != step_id and free in taken):
        free = f"step-{free}"
    return free


def anchors(step: Step, n: int, taken: frozenset[str], activities: Mapping[str, str]) -> Anchors:
    """The step's anchors; `activities` maps the ids of its questions, quizzes and reflections."""
    article = article_id(step.id, taken)
    return Anchors(n, article, {step.id: article, **activities})
