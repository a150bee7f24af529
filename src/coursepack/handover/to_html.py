"""An upload card as one page: no script, nothing from elsewhere; `templates/card.html.j2` is its shape."""

from __future__ import annotations

import base64
import hashlib
from functools import cache, lru_cache, partial

from markupsafe import Markup, escape

from coursepack import __version__
from coursepack.handover.card import Card, Cell, Exact
from coursepack.resources import templates
from coursepack.site.scope import environment
from coursepack.snippet import visible


def to_html(card: Card) -> str:
    """The whole page, in English; what the course says is escaped and has the course's language."""
    style, policy = _style()
    return (
        environment()
        .get_template("card.html.j2")
        .render(
            card=card,
            style=style,
            policy=policy,
            version=__version__,
            cell=partial(to_markup, language=card.language),
        )
    ) + "\n"


@cache
def _style() -> tuple[Markup, str]:
    """The style sheet, and the Content-Security-Policy that allows it and nothing else."""
    style = (templates() / "card.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return Markup(style), policy  # noqa: S704


@lru_cache(maxsize=2048)
def to_markup(cell: Cell, language: str) -> Markup:
    """A cell's or a sentence's mark-up; empty cells stay empty."""
    if not isinstance(cell, str):
        lines = [escape(visible(line)) for line in cell.text.split("\n") if line.strip()]
        if isinstance(cell, Exact):
            return Markup("<br>").join(Markup("<code class=long>{}</code>").format(line) for line in lines)
        words = Markup('<span lang="{}" dir="auto">{}</span>').format(language, Markup("<br>").join(lines))
        return words if lines else Markup("")
    parts = str(escape(cell)).split("`")
    return Markup("".join(f"<code>{one}</code>" if at % 2 else one for at, one in enumerate(parts)))  # noqa: S704
