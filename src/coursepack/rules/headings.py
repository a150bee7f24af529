"""ACC: headings, the map by which people move who do not see the page."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.diagnostics import Finding, Severity, rule
from coursepack.rules.places import clip, in_order, places
from coursepack.spec.model import Course, Heading, Question, Quiz, Step, plain

WARNING = Severity.WARNING


@rule("ACC-003", "heading-skipped")
def heading_skipped(course: Course) -> Iterator[Finding]:
    """A heading is more than one level below the heading before it.

    Headings are the map by which screen-reader users move. The step's title is the first level, so the
    first heading in a step is `##`, and under it `###`. Inside a quiz with a title they start at `###`.

    How to fix: use the next level down; do not choose a level for its size.
    Clause: WCAG 2.2, 1.3.1, technique G141.
    """
    level, written, quiz = 1, 1, None
    for route, node in in_order(course, Step, Quiz, Heading):
        if isinstance(node, Step):
            level, written, quiz = 1, 1, None
        elif isinstance(node, Quiz) and node.title:
            level, written, quiz = 2, 2, route
        elif isinstance(node, Heading):
            least = 2 if quiz and route[: len(quiz)] == quiz else 1
            level, written = max(level, least), max(written, least)
            if node.level > level + 1:
                words = f"{'#' * (level + 1)} {clip(plain(node.children), 30)}"
                message = f"a heading of level {node.level} follows one of level {written}"
                yield Finding(route, message, f"write `{words}`")
            level, written = min(node.level, level + 1), node.level


@rule("ACC-007", "empty-heading")
def empty_heading(course: Course) -> Iterator[Finding]:
    """A heading has no words.

    It is read out as "heading" and leads nowhere in a list of headings.

    How to fix: write the heading, or remove the line.
    Clause: WCAG 2.2, 2.4.6.
    """
    for route, heading in places(course, Heading):
        if not plain(heading.children):
            yield Finding(route, "the heading has no words", "write them, or remove the line")


@rule("ACC-012", "top-level-heading", WARNING)
def top_level_heading(course: Course) -> Iterator[Finding]:
    """A heading in the text of a step has the first level, `#`.

    The first level is the title of the step; a page should have one.

    How to fix: write `##`. The title stands at the top of the file: `title: …`.
    Clause: WCAG 2.2, 1.3.1, technique G141.
    """
    for route, heading in places(course, Heading):
        if heading.level == 1:
            message = "this heading has the level of the step's title"
            yield Finding(route, message, f"write `## {clip(plain(heading.children), 30)}`")


@rule("ACC-014", "heading-in-answer", WARNING)
def heading_in_answer(course: Course) -> Iterator[Finding]:
    """A heading stands inside a question.

    The words of a question become the name of a group of fields; a heading in it is read out as part of
    the name, and the list of headings leads into the middle of a form.

    How to fix: put the heading above the question, or make it plain words.
    Clause: WCAG 2.2, 1.3.1.
    """
    questions = {route for route, _ in places(course, Question)}
    for route, _ in places(course, Heading):
        if any(route[:end] in questions for end in range(len(route))):
            yield Finding(route, "a heading stands inside a question", "put it above the question")
