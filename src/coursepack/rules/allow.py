"""`allow` in course.yaml: findings that the author accepts, each with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from coursepack.diagnostics import RULES, Finding, Severity, define
from coursepack.source import Route, Sources, Span
from coursepack.spec.model import Course
from coursepack.spec.settings import Allow

JUDGEMENTS = ("ACC",)
"""Families whose errors an author may accept: a package can be made that loses nothing."""
OF_PACKAGES = ("PKG", "CM5", "TIN")
"""Families whose findings are in a finished package, which `check` never sees."""

UNMATCHED = define(
    "REF-014",
    "allow-without-finding",
    Severity.WARNING,
    """An entry of `allow` accepts a finding that is not there.

    The place was mended, or `at` names another file or line. An entry that waits for nothing would hide
    the next finding of the kind, unread.

    How to fix: remove the entry, or correct its `rule` or `at`.
    """,
)
REFUSED = define(
    "REF-015",
    "allow-impossible",
    Severity.ERROR,
    """An entry of `allow` names a code that cannot be accepted, or that does not exist.

    Warnings can be accepted, and errors about accessibility (ACC): those are for you to judge. Without the
    other errors mended no package can be made, or none that keeps what learners do.

    How to fix: mend what the finding says, or correct the code.
    """,
)


def apply_allow(course: Course | None, findings: Iterable[Finding], sources: Sources) -> list[Finding]:
    """The findings without the accepted ones, and with new ones for entries that accept nothing.

    An entry matches by its code and, with `at`, by file or by file and line (`steps/020-check.md:14`).
    Give it all findings of a run at once. Entries for findings that only a finished package can have are
    not reported as unmatched.
    """
    found = list(findings)
    if course is None:
        return found
    entries = [entry for entry in course.settings.allow if _refusal(entry) is None]
    kept, used = [], set()
    for finding in found:
        accepting = [i for i, entry in enumerate(entries) if _matches(entry, finding, sources)]
        used.update(accepting)
        if not accepting:
            kept.append(finding)
    waiting = [entry for i, entry in enumerate(entries) if i not in used]
    return [*kept, *_complaints(course.settings.allow, waiting, found, sources)]


def _complaints(
    entries: Sequence[Allow], waiting: Sequence[Allow], found: Sequence[Finding], sources: Sources
) -> Iterator[Finding]:
    for index, entry in enumerate(entries):
        route: Route = ("settings", "allow", index)
        refusal = _refusal(entry)
        if refusal is not None:
            yield REFUSED.finding((*route, "rule"), *refusal)
        elif any(entry is one for one in waiting) and not entry.rule.startswith(OF_PACKAGES):
            places = dict.fromkeys(_place(one, sources) for one in found if one.code == entry.rule)
            message = f"{entry.rule} has no finding" + (f" at {entry.at}" if entry.at else "")
            advice = f"{entry.rule} is at {', '.join(places)}" if places else "remove the entry"
            yield UNMATCHED.finding((*route, "rule"), message, advice)


def _refusal(entry: Allow) -> tuple[str, str] | None:
    """Why the entry can never accept anything, and what to do; None where it can."""
    owner = RULES.get(entry.rule)
    if owner is None:
        near = get_close_matches(entry.rule, RULES, 1)
        advice = f"did you mean {near[0]}?" if near else "see `coursepack explain`"
        return f"there is no rule {entry.rule}", advice
    if owner.severity is Severity.ERROR and not owner.code.startswith(JUDGEMENTS):
        return (
            f"{entry.rule} cannot be accepted",
            "mend what it says; only warnings and ACC can be accepted",
        )
    if owner in (UNMATCHED, REFUSED):
        return f"{entry.rule} cannot be accepted", "it speaks of `allow` itself"
    return None


def _matches(entry: Allow, finding: Finding, sources: Sources) -> bool:
    if entry.rule != finding.code:
        return False
    if entry.at is None:
        return True
    span = _span(finding, sources)
    file, line = _split(entry.at)
    return span is not None and span.file == file and line in (None, span.line)


def _split(at: str) -> tuple[str, int | None]:
    """`file`, or `file:line`, or `file:line:column` as findings show it."""
    match = re.match(r"^(.*?):(\d+)(?::\d+)?$", at)
    file, line = (match[1], int(match[2])) if match else (at, None)
    return file.replace("\\", "/").removeprefix("./"), line


def _span(finding: Finding, sources: Sources) -> Span | None:
    return finding.at if isinstance(finding.at, Span) else sources.span(finding.at)


def _place(finding: Finding, sources: Sources) -> str:
    span = _span(finding, sources)
    return f"{span.file}:{span.line}" if span else "the course"
