"""The facts of a package as one page to send on: no script, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from html import escape

from coursepack import __version__
from coursepack.inspection.facts import Facts
from coursepack.inspection.sections import Section, sections
from coursepack.snippet import visible

STYLE = """
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--quiet:#555;--line:#c4c4c4}
@media(prefers-color-scheme:dark){:root{--ink:#ececec;--paper:#161616;--quiet:#b4b4b4;--line:#4a4a4a}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink)}
body{font:1rem/1.5 system-ui,sans-serif;max-width:64rem;margin:0 auto;padding:1.5rem 1rem}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .5rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:2.5rem 0 .5rem;padding-bottom:.25rem;border-bottom:2px solid var(--line)}
ul{margin:.5rem 0;padding-inline-start:1.25rem}
li{margin:.25rem 0;overflow-wrap:anywhere}
code{font:.9em ui-monospace,monospace}
.lead{font-size:1.15rem;font-weight:600;margin:.5rem 0}
.aside{color:var(--quiet)}
.wide{overflow-x:auto}
.wide:focus-visible{outline:2px solid;outline-offset:2px}
table{border-collapse:collapse;margin:.5rem 0}
th,td{text-align:start;vertical-align:top;padding:.4rem 1rem .4rem 0;border-bottom:1px solid var(--line);
min-width:3rem}
th{font-weight:600}
thead th{color:var(--quiet);white-space:nowrap}
td.long{min-width:11rem;overflow-wrap:anywhere}
.tree{list-style:none;padding:0}
.tree li{border-inline-start:2px solid var(--line);padding-inline-start:.75rem}
.d1{margin-inline-start:1.25rem}.d2{margin-inline-start:2.5rem}.d3{margin-inline-start:3.75rem}
.d4{margin-inline-start:5rem}.d5{margin-inline-start:6.25rem}
footer{margin-top:3rem;font-size:.875rem;color:var(--quiet)}
@media print{.wide{overflow:visible}section{break-inside:avoid-page}}
"""
DEPTH_MAX = 5
"""Levels of the contents that are set in; deeper ones stay there."""
LONG = 30
"""Characters from which on a cell asks for more room."""


def to_html(facts: Facts) -> str:
    """A whole page in English; what the package says is escaped and steers nothing."""
    body = "\n".join(part for at, section in enumerate(sections(facts)) for part in _section(section, at))
    return page(facts.title, "what is in the package", body)


def page(title: str, what: str, body: str) -> str:
    """A page around a body of ours; `what` goes with the title into the tab's name."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode("ascii")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{digest}'">
<title>{text(title)}: {escape(what)}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{text(title)}</h1>
{body}
</main>
<footer>Written by coursepack {escape(__version__)}.</footer>
</body>
</html>
"""


def text(words: str) -> str:
    """Words of anyone, made harmless."""
    return escape(visible(words))


def prose(words: str) -> str:
    """Words with `code` in backticks set as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", text(words))


def _section(section: Section, at: int) -> Iterator[str]:
    yield f'<section><h2 id="h{at}">{text(section.title)}</h2>'
    if len(section.rows) > 1:
        yield from table(section.rows, f"h{at}")
    if section.title == "Contents":
        yield from _tree(section.lines)
    elif section.lines:
        yield items(section.lines)
    yield "</section>"


def items(lines: Sequence[str]) -> str:
    """A list."""
    return "<ul>" + "".join(f"<li>{prose(line)}</li>" for line in lines) + "</ul>"


def _tree(lines: Sequence[str]) -> Iterator[str]:
    """The indented lines of the contents, each at its depth; what a line says is its own element."""
    yield '<ul class="tree">'
    for line in lines:
        depth = min((len(line) - len(line.lstrip())) // 2, DEPTH_MAX)
        yield f"<li{f' class=d{depth}' if depth else ''}>{prose(line.strip())}</li>"
    yield "</ul>"


def table(rows: Sequence[Sequence[str]], named_by: str) -> Iterator[str]:
    """A table that scrolls by itself where it does not fit; the first row names the columns."""
    head, *rest = rows
    yield f'<div class="wide" tabindex="0" role="region" aria-labelledby="{named_by}"><table><thead><tr>'
    yield "".join(f'<th scope="col">{text(cell)}</th>' for cell in head) + "</tr></thead><tbody>"
    wide = [any(len(row[at]) > LONG for row in rest) for at in range(len(head))]
    for first, *cells in rest:
        made = "".join(_cell(cell, long) for cell, long in zip(cells, wide[1:], strict=True))
        yield f'<tr><th scope="row">{text(first)}</th>{made}</tr>'
    yield "</tbody></table></div>"


def _cell(words: str, long: bool) -> str:
    return f'<td class="long">{prose(words)}</td>' if long else f"<td>{prose(words)}</td>"
