"""What a course's statements use and tell, for analytics teams and for those who answer for privacy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from coursepack.xapi.samples import Sample
from coursepack.xapi.sessions import SESSION
from coursepack.xapi.table import Read
from coursepack.xapi.vocabulary import is_iri

ONCE = {"course.completed": "once a registration", "course.passed": "once a registration"}
"""What the session tells more rarely than once a session."""
Row = tuple[str, ...]
Section = tuple[str, Row, list[Row]]


def vocabulary(hooks: Iterable[Read], found: Sequence[Sample]) -> list[Section]:
    """Hooks, verbs, activities and extensions that the samples use: heading, column names, rows."""
    verbs: dict[str, Row] = {}
    activities: dict[str, Row] = {}
    extensions: dict[str, Row] = {}
    for sample in found:
        statement = sample.statement
        verb = statement["verb"]
        verbs[verb["id"]] = (verb["id"], ", ".join(verb.get("display", {}).values()))
        for about in (statement["object"], *_around(statement)):
            definition = about.get("definition", {})
            name = next(iter(definition.get("name", {}).values()), "")
            activities[about["id"]] = (about["id"], definition.get("type", ""), name)
        for part in ("result", "context"):
            for iri, value in statement.get(part, {}).get("extensions", {}).items():
                extensions[iri] = (iri, part, _kind(value))
    rows: list[Row] = [
        (read.settings.id, ", ".join(read.hook["events"]), read.hook["statement"]["verb"]["id"], _once(read))
        for read in hooks
    ]
    by_session = {one.event: one.statement["verb"]["id"] for one in found if one.hook == SESSION}
    rows += [(SESSION, event, verb, ONCE.get(event, "once a session")) for event, verb in by_session.items()]
    return [
        ("Hooks", ("hook", "events", "verb", "sent"), rows),
        ("Verbs", ("IRI", "words"), sorted(verbs.values())),
        ("Activities", ("IRI", "type", "name"), sorted(activities.values())),
        ("Extensions", ("IRI", "where", "values"), sorted(extensions.values())),
    ]


def _around(statement: dict[str, Any]) -> list[dict[str, Any]]:
    groups = statement.get("context", {}).get("contextActivities", {})
    return [about for group in groups.values() for about in group]


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "yes or no"
    if isinstance(value, int | float):
        return "number"
    return "IRI" if is_iri(str(value)) else "text"


def _once(read: Read) -> str:
    return {"event": "each time", "session": "once a session", "attempt": "once an attempt"}[
        read.hook["once"]
    ]


def privacy(hooks: Iterable[Read], found: Sequence[Sample]) -> list[Section]:
    """Which personal data each hook sends, and what for."""
    always: list[Row] = [
        ("who", "the learner's account as the LMS or the launch names it: pseudonymous is still personal"),
        ("when", "the time to the millisecond, and how long things took"),
        ("which attempt", "the registration, and an id of the session"),
        ("never", "names, e-mail addresses, IP addresses, browsers or screens; they are no variables"),
    ]
    rows: list[Row] = []
    for read in hooks:
        own = [sample.statement for sample in found if sample.hook == read.settings.id]
        told = _told(own, free=read.hook["consent"])
        rows.append((read.settings.id, "; ".join(told) or "that it happened", _purpose(read)))
    if own := [sample.statement for sample in found if sample.hook == SESSION]:
        rows.append((SESSION, "; ".join(_told(own, free=False)), "the LMS's own record of the course"))
    return [
        ("In every statement", ("what", "which"), always),
        ("By hook", ("hook", "tells of the learner", "purpose"), rows),
    ]


def _told(statements: Sequence[dict[str, Any]], *, free: bool) -> list[str]:
    results = [one.get("result", {}) for one in statements]
    has = {key for result in results for key in result}
    told = ["whether it was right or passed"] if "success" in has else []
    told += ["the score"] if "score" in has else []
    told += ["that it is done"] if "completion" in has else []
    told += ["the answer" + (", typed words with consent" if free else ", but no typed words")] * (
        "response" in has
    )
    told += ["how long it took"] if "duration" in has else []
    extensions = {
        iri.rsplit("/", 1)[-1]
        for one in statements
        for part in ("result", "context")
        for iri in one.get(part, {}).get("extensions", {})
    }
    return told + sorted(extensions - {"session-id", "sessionid"})


def _purpose(read: Read) -> str:
    return read.settings.privacy.purpose or ("not said" if read.at else "learning records of the default set")


def to_markdown(title: str, sections: Sequence[Section]) -> str:
    """A heading and a table for each section."""
    lines = [f"# {title}"]
    for heading, columns, rows in sections:
        lines += ["", f"## {heading}", ""]
        lines += [_line(columns), _line(tuple("---" for _ in columns))] + [_line(row) for row in rows]
    return "\n".join(lines) + "\n"


def _line(cells: Row) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def to_html(title: str, language: str, sections: Sequence[Section]) -> str:
    """The same as a page of its own; names are in the course's language."""
    body = []
    spoken = f' lang="{escape(language)}"'
    for heading, columns, rows in sections:
        head = "".join(f"<th scope=col>{escape(cell)}</th>" for cell in columns)
        lines = "\n".join(
            "<tr>"
            + "".join(
                f"<td{spoken if column == 'name' else ''}>{escape(cell)}</td>"
                for column, cell in zip(columns, row, strict=True)
            )
            + "</tr>"
            for row in rows
        )
        table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table>"
        body.append(f"<h2>{escape(heading)}</h2>\n{table}")
    style = (
        "body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}"
        "table{border-collapse:collapse;width:100%}"
        "td,th{border:1px solid #999;padding:.3rem .5rem;text-align:start;overflow-wrap:anywhere}"
    )
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )
