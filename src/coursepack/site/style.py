"""The style sheet as it is put into the page."""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup

from coursepack.resources import templates

_STRING = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""


@cache
def stylesheet() -> Markup:
    """`templates/style.css` without comments and idle blanks."""
    css = minify((templates() / "style.css").read_text(encoding="utf-8"))
    if "</" in css:
        raise ValueError("templates/style.css holds `</`, which would end the style element")
    return Markup(css)  # noqa: S704 - a file of the templates, not of the course


def minify(css: str) -> str:
    """Comments and idle blanks removed, strings as they are."""
    bare = re.sub(_STRING + r"|/\*.*?\*/", lambda found: found[1] or " ", css, flags=re.DOTALL)
    signs = r"[{};,>~]|\+(?= ?[*:a-z]| ?\.[a-z])|!(?=important)"  # a plus between selectors, not in a sum
    tight = re.sub(_STRING + rf"|\s*({signs})\s*|(?<=[a-z]):\s+|\s+", _tighten, bare)
    return tight.replace(";}", "}").strip()


def _tighten(found: re.Match[str]) -> str:
    return found[1] or found[2] or (":" if found[0].startswith(":") else " ")
