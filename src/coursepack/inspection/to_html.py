"""The facts of a package as one page to send on: no script, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape

from coursepack import __version__
from coursepack.inspection.facts import Facts
from coursepack.inspection.sections import Section, sections
from coursepack.snippet import visible

STYLE = """
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{line-height:1.2}h2{margin-top:2rem;border-bottom:1px solid currentColor}
.wide{overflow-x:auto}
table{border-collapse:collapse}caption{text-align:start}
th,td{text-align:start;vertical-align:top;padding:.25rem .75rem .25rem 0;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:0}
footer{margin-top:3rem;font-size:.875rem}
"""


def to_html(facts: Facts) -> str:
    """A whole page in English; what the package says is escaped and steers nothing."""
    title = escape(visible(facts.title))
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode("ascii")
    body = "\n".join(part for at, section in enumerate(sections(facts)) for part in _section(section, at))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{digest}'">
<title>{title}: what is in the package</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
<footer>Written by coursepack {escape(__version__)}.</footer>
</body>
</html>
"""


def _section(section: Section, at: int) -> Iterator[str]:
    yield f'<section aria-labelledby="h{at}"><h2 id="h{at}">{escape(section.title)}</h2>'
    if section.rows:
        yield from _table(section, at)
    if section.title == "Contents":
        yield f"<pre>{escape(chr(10).join(visible(line) for line in section.lines))}</pre>"
    elif section.lines:
        yield "<ul>" + "".join(f"<li>{escape(visible(line))}</li>" for line in section.lines) + "</ul>"
    yield "</section>"


def _table(section: Section, at: int) -> Iterator[str]:
    head, *rows = section.rows
    yield f'<div class="wide" tabindex="0" role="region" aria-labelledby="h{at}"><table><thead><tr>'
    yield "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head) + "</tr></thead><tbody>"
    for first, *rest in rows:
        cells = "".join(f"<td>{escape(visible(cell))}</td>" for cell in rest)
        yield f'<tr><th scope="row">{escape(visible(first))}</th>{cells}</tr>'
    yield "</tbody></table></div>"
