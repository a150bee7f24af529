"""Findings as text, JSON, SARIF and GitHub annotations; and the pages that `coursepack explain` prints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from coursepack import __version__
from coursepack.diagnostics import Diagnostic, Rule, Severity
from coursepack.explain import all_topics, explain, near
from coursepack.snippet import on_one_line, visible, write_snippet
from coursepack.source import Span

__all__ = ["all_topics", "explain", "near", "to_data", "to_github", "to_json", "to_sarif", "to_text"]

BOLD, PLAIN = "\x1b[1m", "\x1b[0m"
COLORS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
GUTTER = "\x1b[1;34m"


def to_text(diagnostics: Sequence[Diagnostic], *, color: bool = False) -> str:
    """All findings with their lines from the author's files, and a line that counts them.

    Plain ASCII around what the author wrote; escape sequences only with `color`. Empty for no findings.
    """
    if not diagnostics:
        return ""
    blocks = [_block(item, color) for item in diagnostics]
    return "\n\n".join([*blocks, count(diagnostics)])


def count(diagnostics: Sequence[Diagnostic]) -> str:
    """Such as `2 errors, 1 warning`."""
    counted = []
    for severity in Severity:
        number = sum(item.severity is severity for item in diagnostics)
        if number:
            counted.append(f"{number} {severity}" + ("s" if number > 1 else ""))
    return ", ".join(counted) or "no findings"


def _block(item: Diagnostic, color: bool) -> str:
    paint = COLORS[item.severity] if color else ""
    bold, gutter, end = (BOLD, GUTTER, PLAIN) if color else ("", "", "")
    lines = [f"{paint}{item.severity}[{item.rule.code}]{end}{bold}: {_line(item.message)}{end}"]
    width = len(str(item.span.line)) if item.span else 1
    bar = f"{gutter}{' ' * width} |{end}"
    if item.span:
        at = f"{on_one_line(item.span.file)}:{item.span.line}:{item.span.column}"
        lines.append(f"{' ' * width}{gutter}-->{end} {at}")
        if item.source.strip():
            shown, marks = write_snippet(item.source, item.span)
            number = f"{gutter}{item.span.line} |{end}"
            lines += [bar, f"{number} {shown}".rstrip(), f"{bar} {_indented(marks, paint, end)}"]
    if item.help:
        first, *more = [visible(line.rstrip()) for line in item.help.splitlines()]
        lead = f"{' ' * width} {gutter}={end} "
        lines += [
            f"{lead}{bold}help:{end} {first}",
            *(f"{' ' * (width + 9)}{line}".rstrip() for line in more),
        ]
    return "\n".join(lines)


def _indented(marks: str, paint: str, end: str) -> str:
    carets = marks.lstrip(" ")
    return f"{' ' * (len(marks) - len(carets))}{paint}{carets}{end}"


def _line(text: str) -> str:
    return visible(" ".join(text.split()))


# --- for machines -------------------------------------------------------------------------------------


def to_data(diagnostics: Sequence[Diagnostic]) -> list[dict[str, Any]]:
    """Each finding as plain data; file, line, column and width are absent where there is no place."""
    return [
        {
            "code": item.rule.code,
            "name": item.rule.name,
            "severity": str(item.severity),
            "message": item.message,
            "help": item.help,
            **(_place(item.span) if item.span else {}),
        }
        for item in diagnostics
    ]


def _place(span: Span) -> dict[str, Any]:
    return {"file": span.file, "line": span.line, "column": span.column, "width": span.width}


def to_json(diagnostics: Sequence[Diagnostic]) -> str:
    """`{"version": 1, "errors": n, "warnings": n, "findings": […]}` in ASCII."""
    import json

    errors = sum(item.severity is Severity.ERROR for item in diagnostics)
    data = {
        "version": 1,
        "errors": errors,
        "warnings": len(diagnostics) - errors,
        "findings": to_data(diagnostics),
    }
    return json.dumps(data, indent=2)


def to_sarif(diagnostics: Sequence[Diagnostic], *, folder: str = "") -> str:
    """A SARIF 2.1.0 log. `folder` is the course folder from where the tool ran: it leads every path."""
    import json

    rules = list({item.rule.code: item.rule for item in diagnostics}.values())
    index = {rule.code: number for number, rule in enumerate(rules)}
    driver = {
        "name": "coursepack",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_sarif_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(item, index[item.rule.code], folder) for item in diagnostics],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2)


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    first = " ".join(rule.doc.split("\n\n")[0].split())
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": first or rule.name},
        "fullDescription": {"text": rule.doc or rule.name},
        "help": {"text": rule.doc or rule.name, "markdown": f"# {rule.code} {rule.name}\n\n{rule.doc}"},
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _sarif_result(item: Diagnostic, index: int, folder: str) -> dict[str, Any]:
    message = f"{item.message}\n{item.help}" if item.help else item.message
    result: dict[str, Any] = {
        "ruleId": item.rule.code,
        "ruleIndex": index,
        "level": str(item.severity),
        "message": {"text": message},
    }
    if item.span:
        region: dict[str, Any] = {
            "startLine": item.span.line,
            "startColumn": item.span.column,
            "endLine": item.span.line,
            "endColumn": item.span.column + item.span.width,
        }
        if item.source:
            region["snippet"] = {"text": item.source[:2000]}
        file = {"uri": quote(_path(folder, item.span.file), safe="/")}
        result["locations"] = [{"physicalLocation": {"artifactLocation": file, "region": region}}]
    return result


def to_github(diagnostics: Sequence[Diagnostic], *, folder: str = "") -> str:
    """One workflow command of GitHub Actions per finding. `folder` leads every path, as in `to_sarif`."""
    lines = []
    for item in diagnostics:
        properties = {}
        if item.span:
            properties = {
                "file": _path(folder, item.span.file),
                "line": str(item.span.line),
                "col": str(item.span.column),
                "endColumn": str(item.span.column + item.span.width),
            }
        properties["title"] = f"{item.rule.code} {item.rule.name}"
        settings = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        message = f"{item.message}\nhelp: {item.help}" if item.help else item.message
        lines.append(f"::{item.severity} {settings}::{_data(message)}")
    return "\n".join(lines)


def _data(text: str) -> str:
    """Escaped as GitHub's runner undoes it; `%` first."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _path(folder: str, file: str) -> str:
    lead = re.sub(r"^(?:\./)+", "", folder.replace("\\", "/")).strip()
    return file if lead in ("", ".") else f"{lead.rstrip('/')}/{file}"
