"""An upload card as the two files that go beside the package."""

from __future__ import annotations

from coursepack.handover.card import Card, file_names
from coursepack.handover.to_html import to_html
from coursepack.handover.to_markdown import to_markdown
from coursepack.package import Part


def to_files(card: Card) -> tuple[Part, Part]:
    """The card as HTML and as Markdown."""
    html, markdown = file_names(card.zip)
    return Part(html, to_html(card).encode("utf-8")), Part(markdown, to_markdown(card).encode("utf-8"))
