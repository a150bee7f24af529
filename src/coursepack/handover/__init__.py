"""The upload card: what whoever uploads a package has to know of it, beside the zip as HTML and Markdown."""

from coursepack.handover.card import Card, file_names
from coursepack.handover.compose import cards
from coursepack.handover.to_html import to_html
from coursepack.handover.to_markdown import to_markdown
from coursepack.package import Part

__all__ = ["Card", "cards", "file_names", "to_files", "to_html", "to_markdown"]


def to_files(card: Card) -> tuple[Part, Part]:
    """The card as HTML and as Markdown."""
    html, markdown = file_names(card.zip)
    return Part(html, to_html(card).encode("utf-8")), Part(markdown, to_markdown(card).encode("utf-8"))
