"""What can be wrong: a rule has a code and a page; a finding is a place where it does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from coursepack.source import Route, Sources, Span

if TYPE_CHECKING:
    from coursepack.spec.model import Course


class Severity(StrEnum):
    """An error stops the package, a warning does not (unless `--strict`)."""

    ERROR = "error"
    WARNING = "warning"


class Finding(Struct, frozen=True):
    """One place where a rule does not hold.

    `at` is a route into the model, or a span where there is no model yet (text that cannot be parsed).
    `message` is one lower-case sentence saying what is; `help` says what to do. `secrets` are shown by no
    report, whichever finding they would be seen in: each as written, with its place if that is known.
    """

    at: Route | Span
    message: str
    help: str = ""
    code: str = ""
    secrets: tuple[tuple[Span | None, str], ...] = ()


class Rule(Struct, frozen=True):
    """A code, a kebab-case name, a severity, the page that `coursepack explain` prints, and a check.

    Rules that parsing itself enforces have no check; the parser calls `rule.finding(...)`. A `late` check
    tries the course out, so it is asked of courses in which nothing else is an error.
    """

    code: str
    name: str
    severity: Severity
    doc: str
    check: Callable[[Course], Iterable[Finding]] | None = None
    late: bool = False

    def finding(self, at: Route | Span, message: str, help: str = "") -> Finding:  # noqa: A002
        """A finding of this rule."""
        return Finding(at, message, help, self.code)


class Diagnostic(Struct, frozen=True):
    """A finding with its rule's severity and its place in the author's files; ready to be shown."""

    rule: Rule
    severity: Severity
    message: str
    help: str
    span: Span | None
    source: str = ""
    """The text of the line at the span."""

    @property
    def stops(self) -> bool:
        return self.severity is Severity.ERROR


RULES: dict[str, Rule] = {}
"""All rules by code, in the order of their definition. Importing a rules module fills it."""


def define(code: str, name: str, severity: Severity, doc: str) -> Rule:
    """Register a rule that a parser enforces itself."""
    return _register(Rule(code, name, severity, _page(doc)))


def rule(
    code: str, name: str, severity: Severity = Severity.ERROR, *, late: bool = False
) -> Callable[[Callable[[Course], Iterator[Finding]]], Rule]:
    """Register a generator over the course as a rule; its docstring is the rule's page."""

    def register(check: Callable[[Course], Iterator[Finding]]) -> Rule:
        return _register(Rule(code, name, severity, _page(check.__doc__ or ""), check, late))

    return register


def _register(new: Rule) -> Rule:
    if new.code in RULES:
        raise ValueError(f"{new.code} is taken by {RULES[new.code].name}")
    RULES[new.code] = new
    return new


def _page(doc: str) -> str:
    import inspect

    return inspect.cleandoc(doc)


MASK = "*"
SHORTEST = 6
"""Characters of a secret that are known again in another text; what is shorter may be any word."""


def to_diagnostics(findings: Iterable[Finding], sources: Sources) -> list[Diagnostic]:
    """Turn findings into diagnostics with spans, in file order, course.yaml first; secrets are masked."""
    given = [*findings]
    secrets = [secret for finding in given for secret in finding.secrets]
    found = [_to_diagnostic(finding, sources, secrets) for finding in given]
    return sorted(dict.fromkeys(found), key=_file_order)


def _to_diagnostic(finding: Finding, sources: Sources, secrets: list[tuple[Span | None, str]]) -> Diagnostic:
    at = finding.at
    span = at if isinstance(at, Span) else sources.span(at)
    owner = RULES[finding.code]
    source = sources.line(span) if span else ""
    message, advice = finding.message, finding.help
    for place, secret in secrets:
        if place and span and (place.file, place.line) == (span.file, span.line):
            start, end = place.column - 1, place.column - 1 + place.width
            source = source[:start] + MASK * len(source[start:end]) + source[end:]
            if place == span and not finding.secrets:
                advice = ""  # it may be made from the secret's own words
        for text in secret.splitlines():
            message, advice, source = (_masked(one, text) for one in (message, advice, source))
    return Diagnostic(owner, owner.severity, message, advice, span, source)


def _masked(text: str, secret: str) -> str:
    """The text without the secret, also where a message has cut it short."""
    for length in range(len(secret), SHORTEST - 1, -1):
        seen = secret if length == len(secret) else f"{secret[:length]}…"
        if seen in text:
            return text.replace(seen, MASK * length)
    return text


def _file_order(diagnostic: Diagnostic) -> tuple[bool, str, int, int, str]:
    span = diagnostic.span
    if span is None:
        return (False, "", 0, 0, diagnostic.rule.code)
    return ("/" in span.file, span.file, span.line, span.column, diagnostic.rule.code)
