"""Findings that only repeat others: what cannot be read or named is missing somewhere else as well."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.diagnostics import RULES, Finding, Severity
from coursepack.source import Sources, Span

Causes = tuple[str, ...]

UNREAD_LINE: Causes = ("SPC-019", "SPC-020", "SPC-021", "SPC-026")
"""Errors in a line that rules on its content would judge as if the faulty part had never been written."""
JUDGING = ("QST-", "ACC-002", "ACC-004")
SETTINGS: Causes = ("SPC-005", "SPC-006", "SPC-007")
UNREAD_QUIZ: Causes = ("REF-010", "SPC-013", "SPC-019", "SPC-020", "SPC-021", "SPC-023")
UNREAD_BANK = "SPC in a bank"
ANYWHERE: dict[str, Causes] = {
    "QST-017": ("SPC-001",),
    "QST-020": SETTINGS,
    "QST-021": ("SPC-001",),
    "REF-007": ("SPC-001",),
    "REF-008": ("SPC-001",),
    "REF-011": (UNREAD_BANK,),
    "REF-012": ("SPC-001", *UNREAD_QUIZ),
}
"""Findings that wait until the errors on the right are mended, wherever those stand."""


def without_echoes(findings: Sequence[Finding], sources: Sources) -> list[Finding]:
    """The findings without those that would be gone, or be others, once an error among them is mended.

    What causes an echo is an error always, so that leaving the echo out never lets a package be made.
    """
    codes = {finding.code for finding in findings}
    if any(_is_unread_bank(one, sources) for one in findings):
        codes.add(UNREAD_BANK)
    unread = {_line(one, sources) for one in findings if one.code == "SPC-003"}
    lines = {_line(one, sources) for one in findings if one.code in UNREAD_LINE}
    return [
        one
        for one in findings
        if not codes.intersection(ANYWHERE.get(one.code, ()))
        and not (one.code.startswith(JUDGING) and _line(one, sources) in lines)
        and not (one.code == "SPC-006" and _line(one, sources) in unread)
    ]


def _is_unread_bank(finding: Finding, sources: Sources) -> bool:
    rule, at = RULES[finding.code], _line(finding, sources)
    is_shape = rule.severity is Severity.ERROR and rule.code.startswith("SPC-")
    return is_shape and at is not None and at[0].startswith("questions/")


def _line(finding: Finding, sources: Sources) -> tuple[str, int] | None:
    span = finding.at if isinstance(finding.at, Span) else sources.span(finding.at)
    return (span.file, span.line) if span else None
