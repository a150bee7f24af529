"""What validating found, as text with a closing table, as JSON, SARIF and GitHub annotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import to_builtins

from coursepack.conformance import PackageFinding
from coursepack.diagnostics import RULES, Diagnostic, Severity
from coursepack.inspection.batch import Judged
from coursepack.snippet import on_one_line
from coursepack.source import Span

VERSION = 1
KINDS_SHOWN = 6
PLACE_MAX, MESSAGE_MAX = 300, 1000
"""Characters of a name in the zip and of a sentence that are shown; JSON has them whole."""


def to_diagnostics(judged: Judged, *, strict: bool = False, inside: bool = True) -> list[Diagnostic]:
    """Errors and warnings; notes are left out.

    The place is the entry in the zip; `inside` leads it with the zip's own path, for tools that open files.
    """
    lines = {(entry, line): text for entry, line, text in judged.lines}
    return [
        _diagnostic(judged, item, lines, strict, inside) for item in judged.findings if item.level != "note"
    ]


def _diagnostic(
    judged: Judged, item: PackageFinding, lines: dict[tuple[str, int], str], strict: bool, inside: bool
) -> Diagnostic:
    whole = f"{judged.path}/{item.entry}" if item.entry and inside else item.entry or judged.path
    place = on_one_line(whole, PLACE_MAX)
    text = lines.get((item.entry, item.line), "")
    column = len(text) - len(text.lstrip()) + 1
    return Diagnostic(
        RULES[item.code],
        Severity.ERROR if strict else Severity(item.level),
        on_one_line(item.message, MESSAGE_MAX),
        "\n".join(on_one_line(line, MESSAGE_MAX) for line in _help(item)),
        Span(place, max(1, item.line), column if text.strip() else 1, max(1, len(text.strip()))),
        text,
    )


def _help(item: PackageFinding) -> list[str]:
    return [*([item.help] if item.help else []), *(f"breaks {name}" for name in item.breaks)]


def to_text(every: Sequence[Judged], *, strict: bool = False, color: bool = False) -> str:
    """Each package with its findings; after more than one a table of all."""
    blocks = []
    for one in every:
        head = [_head(one)]
        head += [f"  {_sizes(one)}"] if one.kinds else []
        head += [f"  {one.disagreement}"] if one.disagreement else []
        found = to_diagnostics(one, strict=strict, inside=False)
        blocks.append("\n".join(head))
        blocks += [_found(found, color)] if found else []
        notes = [item for item in one.findings if item.level == "note"]
        blocks += ["\n".join(_note(item) for item in notes)] if notes else []
    if len(every) > 1:
        blocks.append(table(every))
    return "\n\n".join(blocks)


def _found(diagnostics: Sequence[Diagnostic], color: bool) -> str:
    from coursepack import report

    return report.to_text(diagnostics, color=color)


def _head(one: Judged) -> str:
    name = on_one_line(one.path)
    if one.unread:
        return f"{name}: cannot be opened ({one.unread})"
    strange = one.stops or any(item.code == "PKG-002" for item in one.findings)
    kind = " + ".join(one.formats) or ("no format that is known here" if strange else "web site")
    clean = "" if one.findings else ": nothing to mend"
    return f"{name}: {kind}, {in_megabytes(one.size)}, {_plural(one.files, 'file')}{clean}"


def _sizes(one: Judged) -> str:
    """What takes most of the zip, by the endings of the files."""
    told = [f"{on_one_line(kind.ending)} {in_megabytes(kind.packed)}" for kind in one.kinds[:KINDS_SHOWN]]
    more = len(one.kinds) - KINDS_SHOWN
    return ", ".join(told) + (f" and {more} more endings" if more > 0 else "")


def _note(item: PackageFinding) -> str:
    place = f" ({on_one_line(item.entry, PLACE_MAX)}:{max(1, item.line)})" if item.entry else ""
    return f"note[{item.code}]: {on_one_line(item.message, MESSAGE_MAX)}{place}"


def in_megabytes(size: int) -> str:
    """Such as `0.3 MB`, or `812 bytes`."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1e3:.1f} KB" if size < 100_000 else f"{size / 1e6:.1f} MB"


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")


def table(every: Sequence[Judged]) -> str:
    """One row a package, and a last line that sums up."""
    rows: list[tuple[str, ...]] = [("package", "format", "errors", "warnings", "notes", "verdict")]
    for one in every:
        counts = [str(one.count(level)) for level in ("error", "warning", "note")]
        verdict = "cannot be opened" if one.unread else "broken" if one.stops else "ok"
        rows.append((on_one_line(one.path), " + ".join(one.formats) or "-", *counts, verdict))
    widths = [max(len(row[at]) for row in rows) for at in range(6)]
    lines = [
        "  ".join(
            cell.rjust(width) if 1 < at < 5 else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    bad = sum(one.stops for one in every)
    return "\n".join([*lines, "", f"{_plural(len(every), 'package')}, {bad} with errors"])


def to_data(every: Iterable[Judged]) -> dict[str, Any]:
    """`{"version": 1, "packages": […]}`; a finding with `line` 0 is about all of its `entry`."""
    return {"version": VERSION, "packages": [_package(one) for one in every]}


def _package(one: Judged) -> dict[str, Any]:
    if one.unread:
        return {"package": one.path, "unread": one.unread}
    return {
        "package": one.path,
        "formats": list(one.formats),
        "bytes": one.size,
        "files": one.files,
        "disagreement": one.disagreement,
        "errors": one.count("error"),
        "warnings": one.count("warning"),
        "types": to_builtins(one.kinds),
        "largest": [{"entry": name, "packed": packed, "size": size} for name, packed, size in one.largest],
        "findings": [
            {
                "code": item.code,
                "name": RULES[item.code].name,
                "level": item.level,
                "message": item.message,
                "help": item.help,
                "entry": item.entry,
                "line": item.line,
                "breaks": list(item.breaks),
            }
            for item in one.findings
        ],
    }


def to_json(every: Iterable[Judged]) -> str:
    import json

    return json.dumps(to_data(every), indent=2)


def to_sarif(every: Sequence[Judged], *, strict: bool = False) -> str:
    """One SARIF log for all; a place is the zip's path, then the name in the zip."""
    from coursepack import report

    return report.to_sarif([item for one in every for item in to_diagnostics(one, strict=strict)])


def to_github(every: Sequence[Judged], *, strict: bool = False) -> str:
    from coursepack import report

    return report.to_github([item for one in every for item in to_diagnostics(one, strict=strict)])
