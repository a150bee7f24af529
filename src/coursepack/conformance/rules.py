"""Package rules: what a check is, what it finds, and running all that apply to a package."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from coursepack.diagnostics import Diagnostic, Rule, Severity, define
from coursepack.source import Span

if TYPE_CHECKING:
    from coursepack.conformance.view import PackageView

Level = Literal["error", "warning", "note"]
Needs = Literal["any", "zip", "scorm", "cmi5", "tincan"]

SHOWN_MAX = 20
"""Findings of one rule that are listed; the rest are counted."""


class Found(Struct, frozen=True):
    """What a check yields: a sentence, what to do, the place; `level` and `breaks` if not the rule's own."""

    message: str
    help: str = ""
    entry: str = ""
    line: int = 0
    level: Level | None = None
    breaks: tuple[str, ...] | None = None


class PackageFinding(Struct, frozen=True):
    """One thing that is wrong with a package.

    `entry` is a name in the zip (empty: the zip as a whole), `line` 1-based (0: the whole entry).
    `breaks` names LMSs that are known to fail, and how.
    """

    code: str
    level: Level
    message: str
    help: str
    entry: str = ""
    line: int = 0
    breaks: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        return self.level == "error"


Check = Callable[["PackageView"], Iterable[Found]]


class PackageRule(Struct, frozen=True):
    """A rule with the packages it applies to: `needs` a part that could be read, in one of `editions`."""

    rule: Rule
    level: Level
    needs: Needs
    editions: frozenset[str]
    breaks: tuple[str, ...]
    check: Check

    def applies(self, view: PackageView) -> bool:
        if self.needs == "any":
            return True
        if self.needs == "zip":
            return not view.is_bare
        if self.needs == "scorm":
            return view.manifest is not None and view.edition in self.editions
        return (view.cmi5 if self.needs == "cmi5" else view.tincan) is not None


PACKAGE_RULES: dict[str, PackageRule] = {}
"""All package rules by code. `PKG-0nn` is the package check Pnn; higher numbers are our own."""

SCORM = "12 3 4"


def package_rule(
    code: str,
    name: str,
    level: Level = "error",
    *,
    needs: Needs = "scorm",
    editions: str = SCORM,
    breaks: tuple[str, ...] = (),
) -> Callable[[Check], PackageRule]:
    """Register a generator over the package as a rule; its docstring is the page that `explain` prints."""

    def register(check: Check) -> PackageRule:
        severity = Severity.ERROR if level == "error" else Severity.WARNING
        page = check.__doc__ or ""
        if breaks:
            page = page.rstrip() + "\n\n    Known to break: " + "; ".join(breaks) + "."
        rule = define(code, name, severity, page)
        made = PackageRule(rule, level, needs, frozenset(editions.split()), breaks, check)
        PACKAGE_RULES[code] = made
        return made

    return register


def run(view: PackageView) -> list[PackageFinding]:
    """The findings of all rules that apply, errors first, in the order of the codes."""
    found: list[PackageFinding] = []
    for rule in PACKAGE_RULES.values():
        if rule.applies(view):
            found += _limited(rule, rule.check(view))
    rank = {"error": 0, "warning": 1, "note": 2}
    return sorted(found, key=lambda item: (rank[item.level], item.code))


def finding(rule: PackageRule, found: Found) -> PackageFinding:
    """A finding of this rule."""
    return PackageFinding(
        rule.rule.code,
        found.level or rule.level,
        found.message,
        found.help,
        found.entry,
        found.line,
        rule.breaks if found.breaks is None else found.breaks,
    )


def _limited(rule: PackageRule, items: Iterable[Found]) -> Iterator[PackageFinding]:
    """At most `SHOWN_MAX` findings; a last one says how many more there are."""
    more = 0
    for index, item in enumerate(dict.fromkeys(items)):
        if index < SHOWN_MAX:
            yield finding(rule, item)
        else:
            more += 1
    if more:
        yield finding(rule, Found(f"{more} more places like these", level="note"))


def to_diagnostics(findings: Iterable[PackageFinding]) -> list[Diagnostic]:
    """Errors and warnings as diagnostics, at their entry and line in the zip; notes are left out."""
    from coursepack.diagnostics import RULES

    return [
        Diagnostic(
            RULES[item.code],
            Severity(item.level),
            item.message,
            _with_breaks(item),
            Span(item.entry, max(1, item.line)) if item.entry else None,
        )
        for item in findings
        if item.level != "note"
    ]


def _with_breaks(item: PackageFinding) -> str:
    return "; ".join(part for part in (item.help, *(f"breaks {name}" for name in item.breaks[:2])) if part)
