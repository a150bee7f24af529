"""What a well-shaped course can still get wrong. Importing this room registers its rules."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from coursepack.diagnostics import RULES, Finding
from coursepack.rules import (
    accessibility,
    banks,
    delivery,
    files,
    headings,
    limits,
    names,
    questions,
    quizzes,
    references,
    statements,
    terms,
    written,
)
from coursepack.rules.allow import apply_allow
from coursepack.rules.echoes import without_echoes
from coursepack.spec.model import Course

__all__ = ["apply_allow", "check_course", "without_echoes"]

MODULES = (
    references,
    banks,
    files,
    questions,
    written,
    quizzes,
    accessibility,
    headings,
    limits,
    names,
    statements,
    terms,
    delivery,
)
"""The modules of rules, in the order in which their findings are made."""


def check_course(course: Course, *, late: bool = False) -> Iterator[Finding]:
    """The findings of every rule that has a check: of the late ones, or of all others."""
    for rule in tuple(RULES.values()):
        if rule.check is not None and rule.late is late:
            for finding in rule.check(course):
                yield replace(finding, code=rule.code)
