"""The rehearsal as one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from coursepack.preview.workshop import TITLES
from coursepack.rehearsal import to_text
from coursepack.rehearsal.record import Rehearsal, Run

COLUMNS = ("LMS", "status", "score", "gradebook", "completion tick", "time", "all that is kept")


UNKNOWN = f"“{to_text.NONE}” stands where there is nothing, or where a standard leaves it to the LMS."


def to_html(rehearsal: Rehearsal) -> str:
    title = escape(f"{rehearsal.title}: what the LMS will record")
    style = (Path(__file__).parent / "report.css").read_text("utf-8").strip()
    targets = dict.fromkeys(run.target for run in rehearsal.runs)
    body = [
        f"<h1>{title}</h1>",
        f"<p>{UNKNOWN}</p>",
        _findings(rehearsal),
        *(_table(rehearsal, target) for target in targets),
        *(f"<p>{escape(note)}</p>" for note in rehearsal.notes),
        *_reasons(rehearsal),
    ]
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n{style}\n</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(part for part in body if part)
        + "\n</main>\n</body>\n</html>\n"
    )


def _table(rehearsal: Rehearsal, target: str) -> str:
    learners: dict[str, list[Run]] = {}
    for run in rehearsal.runs:
        if run.target == target:
            learners.setdefault(run.learner, []).append(run)
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in COLUMNS)
    body = "\n".join(_rows(rehearsal, name, runs) for name, runs in learners.items())
    return (
        f'<h2 id="{escape(target)}">{escape(TITLES.get(target, target))}</h2>\n'
        f'<table aria-labelledby="{escape(target)}">\n<thead><tr>{head}</tr></thead>\n{body}\n</table>'
    )


def _rows(rehearsal: Rehearsal, learner: str, runs: list[Run]) -> str:
    """A learner with what they do, and below them a row for each LMS."""
    about = escape(rehearsal.about.get(learner, ""))
    who = f"<strong>{escape(learner)}</strong> <span>{about}</span>"
    rows = [
        f'<tr class="who"><th scope="rowgroup" colspan="{len(COLUMNS)}">{who}</th></tr>',
        *(f"<tr>{_cells(rehearsal, run)}</tr>" for run in runs),
    ]
    return "<tbody>\n" + "\n".join(rows) + "\n</tbody>"


def _cells(rehearsal: Rehearsal, run: Run) -> str:
    row = dict(zip(to_text.HEAD, to_text.row(rehearsal, run), strict=True))
    cells = "".join(
        f'<td data-label="{escape(name)}">{escape(row[name]).replace(": ", ": <wbr>", 1)}</td>'
        for name in COLUMNS[:-1]
    )
    return f'{cells}<td data-label="{COLUMNS[-1]}">{_more(rehearsal, run)}</td>'


def _more(rehearsal: Rehearsal, run: Run) -> str:
    if run.summary is None:
        return to_text.NONE
    found = run.summary
    answers, comments = len(found["interactions"]), len(found["comments"])
    said = sum(int(one.rpartition(" ")[2]) for one in found["statements"])
    parts = [(answers, "answer"), (comments, "comment"), (said, "statement")]
    told = [f"{count} {what}{'' if count == 1 else 's'}" for count, what in parts if count]
    words = ", ".join(told) or "no answers"
    return (
        f"<details><summary>{words}</summary>{_facts(found)}"
        f"{_list('Answers', map(_answer, found['interactions']))}"
        f"{_list('Comments', (one['text'] for one in found['comments']))}"
        f"{_list('Statements', [', '.join(found['statements'])] if said else [])}"
        f"{_list('Why', to_text.reasons_of(rehearsal, run))}</details>"
    )


def _facts(found: dict[str, Any]) -> str:
    state, after, score = found["state"], found["next"], found["score"]
    most = f" of {state['limit']:,}" if state["limit"] else ""
    facts = {
        "scaled score": score["scaled"],
        "progress": found["progress"],
        "saved state": f"{state['length']:,}{most} characters",
        "next launch": f"{'goes on' if after['data'] else 'begins anew'}, entry {after['entry'] or 'empty'}",
        "last place": found["location"] or None,
    }
    return (
        "<dl>"
        + "".join(
            f"<div><dt>{name}</dt><dd>{escape(str(value))}</dd></div>"
            for name, value in facts.items()
            if value is not None
        )
        + "</dl>"
    )


def _answer(one: dict[str, Any]) -> str:
    kind = f"{one['type']}, {one['result']}" if one["result"] else one["type"]
    return f"{one['id']} ({kind}): {one['response']}"


def _list(title: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<p>{title}</p><ul>{items}</ul>" if items else ""


def _findings(rehearsal: Rehearsal) -> str:
    items = "".join(
        f"<li>{escape(f'{run.learner}, {run.name}: {text}')}</li>"
        for run in rehearsal.runs
        for text in run.findings
    )
    return f'<h2>Findings</h2>\n<ul class="findings">{items}</ul>' if items else ""


def _reasons(rehearsal: Rehearsal) -> Iterable[str]:
    titles = {f"Why, in {title}": lines for title, lines in to_text.reasons(rehearsal).items()}
    for title, lines in {to_text.RULES: rehearsal.rules, **titles}.items():
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        yield f"<h2>{escape(title)}</h2>\n<ul>{items}</ul>" if items else ""
