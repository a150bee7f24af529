"""The rehearsal as one HTML file that needs nothing else."""

from __future__ import annotations

from html import escape

from coursepack.rehearsal import to_text
from coursepack.rehearsal.record import Rehearsal, Run

STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 80rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
.wide { overflow-x: auto; margin-block: 1.5rem }
caption { text-align: start; font-weight: 600; font-size: 1.25rem; padding-block: .5rem }
th, td { text-align: start; vertical-align: top; padding: .35rem .7rem .35rem 0 }
th, td { border-block-end: 1px solid #8886 }
tbody th { font-weight: 600 }
.findings li { font-weight: 600 }
details { margin-block: .3rem }
""".strip()
HEAD = (*to_text.HEAD, "record")


def to_html(rehearsal: Rehearsal) -> str:
    title = escape(f"{rehearsal.title}: what the LMS will record")
    tables = "".join(
        _table(rehearsal, target) for target in dict.fromkeys(run.target for run in rehearsal.runs)
    )
    about = "".join(f"<dt>{escape(n)}</dt><dd>{escape(text)}</dd>" for n, text in rehearsal.about.items())
    notes = "".join(f"<p>{escape(note)}</p>" for note in rehearsal.notes)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"{_findings(rehearsal)}{tables}{notes}<h2>Learners</h2>\n<dl>{about}</dl>\n{_reasons(rehearsal)}"
        "</main>\n</body>\n</html>\n"
    )


def _table(rehearsal: Rehearsal, target: str) -> str:
    runs = [run for run in rehearsal.runs if run.target == target]
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in HEAD)
    body = "\n".join(_row(rehearsal, run) for run in runs)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{escape(target)}"><table>\n'
        f"<caption>{escape(target)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>\n"
    )


def _row(rehearsal: Rehearsal, run: Run) -> str:
    first, *rest = to_text.row(rehearsal, run)
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
    return f'<tr><th scope="row">{escape(first)}</th>{cells}<td>{_more(run)}</td></tr>'


def _more(run: Run) -> str:
    if run.summary is None:
        return "–"
    lines = [
        f"{one['id']}: {one['response']} ({one['type']}{', ' + one['result'] if one['result'] else ''})"
        for one in run.summary["interactions"]
    ]
    lines += [f"comment: {one['text']}" for one in run.summary["comments"]]
    if run.summary["progress"] is not None:
        lines.insert(0, f"progress {run.summary['progress']}")
    state, after = run.summary["state"], run.summary["next"]
    lines.insert(0, f"saved state: {state['length']} of {state['limit']} characters")
    kept = "with its data" if after["data"] else "empty"
    lines.insert(0, f"the next launch begins {kept}, entry “{after['entry']}”")
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<details><summary>all</summary><ul>{items}</ul></details>"


def _findings(rehearsal: Rehearsal) -> str:
    items = "".join(
        f"<li>{escape(f'{run.learner}, {run.name}: {text}')}</li>"
        for run in rehearsal.runs
        for text in run.findings
    )
    return f'<h2>Findings</h2>\n<ul class="findings">{items}</ul>\n' if items else ""


def _reasons(rehearsal: Rehearsal) -> str:
    names = to_text.titles(rehearsal)
    parts = []
    for profile, lines in to_text.reasons(rehearsal).items():
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        unknown = escape(str(rehearsal.profiles.get(profile, {}).get("unknown", "")))
        parts.append(
            f"<h2>Why, in {escape(names.get(profile, profile))}</h2>\n<ul>{items}</ul>\n<p>{unknown}</p>\n"
        )
    return "".join(parts)
