"""Blocks and inlines as HTML. Inlines are written here, for speed; blocks by `templates/blocks.html.j2`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape
from msgspec import Struct

from coursepack.launch import QuestionData
from coursepack.site.scope import Scope, environment
from coursepack.site.tables import table_rows
from coursepack.spec.model import (
    PLAIN,
    Attributes,
    Block,
    Blocks,
    Code,
    Emphasis,
    FileTarget,
    FootnoteReference,
    FragmentTarget,
    Gap,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Spanned,
    StepTarget,
    Strong,
    Text,
    WebTarget,
)
from coursepack.spec.model import Step as StepModel

_WEB = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
ActivityRenderer = Callable[[Any], Markup]


class Gaps(Struct, frozen=True):
    """The cloze question whose prose is rendered; `size` is the width of its inputs in characters."""

    question: QuestionData
    size: int


class Prose:
    """Renders the blocks of one step; counts how often a footnote was referred to."""

    def __init__(self, scope: Scope, step: StepModel, *, first: bool = False) -> None:
        self.scope = scope
        self.step = step
        self.anchors = scope.anchors[step.id]
        self.first = first
        self.activities: dict[str, ActivityRenderer] = {}
        self._gaps: Gaps | None = None
        self._shift = int(any(isinstance(block, Heading) and block.level == 1 for block in step.blocks))
        self._references: Counter[int] = Counter()
        self.names: dict[str, Any] = self._names()
        self._macros = environment().get_template("blocks.html.j2").make_module(self.names)

    def _names(self) -> dict[str, Any]:
        """What every template may use."""
        return {
            "blocks": self.blocks,
            "inlines": self.inlines,
            "attributes": self.attributes,
            "picture": self.picture,
            "table_rows": table_rows,
            "heading_level": self.heading_level,
            "say": self.scope.say,
            "foreign": self.scope.foreign,
            "step": self.step,
            "n": self.anchors.n,
        }

    def blocks(self, blocks: Blocks) -> Markup:
        """All blocks, one after the other."""
        return Markup("\n".join(map(self.block, blocks)))  # noqa: S704

    def blocks_with_gaps(self, blocks: Blocks, gaps: Gaps) -> Markup:
        """The prose of a cloze question."""
        self._gaps = gaps
        try:
            return self.blocks(blocks)
        finally:
            self._gaps = None

    def _gap(self, index: int) -> Markup:
        if self._gaps is None:
            raise ValueError("a gap outside a cloze question")
        known = self._gaps.question["gaps"]
        macro: Callable[..., Markup] = self._macros.gap  # type: ignore[attr-defined]
        return macro(self._gaps.question, known[index]["n"], index + 1, len(known), self._gaps.size)

    def block(self, block: Block) -> Markup:
        name = _macro_name(type(block))
        activity = self.activities.get(name)
        if activity:
            return activity(block)
        macro: Callable[[Block], Markup] = getattr(self._macros, name)
        return macro(block)

    def heading_level(self, level: int) -> int:
        """The step's title is the only `h1`: a step that starts at level 1 moves down as a whole."""
        return min(max(level + self._shift, 2), 6)

    def attributes(self, attributes: Attributes, *classes: str) -> Markup:
        """` id=… class=… lang=… dir=…`, or nothing."""
        if attributes is PLAIN and not classes:
            return Markup("")
        written = [
            (name, value)
            for name, value in (
                ("id", attributes.id and f"s{self.anchors.n}-{attributes.id}"),
                ("class", " ".join((*filter(None, classes), *attributes.classes))),
                ("lang", attributes.lang),
                ("dir", attributes.dir),
            )
            if value
        ]
        return Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in written)

    def inlines(self, inlines: Inlines) -> Markup:
        return Markup("".join(self._inline(inline) for inline in inlines))  # noqa: S704

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text():
                return escape(inline.text)
            case Emphasis():
                return f"<em>{self.inlines(inline.children)}</em>"
            case Strong():
                return f"<strong>{self.inlines(inline.children)}</strong>"
            case Code():
                return f"<code>{escape(inline.text)}</code>"
            case Spanned():
                return f"<span{self.attributes(inline.attributes)}>{self.inlines(inline.children)}</span>"
            case LineBreak():
                return "<br>"
            case Link():
                return self._link(inline)
            case Image():
                return self.picture(inline)
            case FootnoteReference():
                return self._reference(inline.number)
            case Gap():
                return self._gap(inline.index)

    def _link(self, link: Link) -> str:
        words = self.inlines(link.children)
        title = Markup(' title="{}"').format(link.title) if link.title else ""
        match link.target:
            case StepTarget(step, fragment) if step in self.scope.anchors:
                anchors = self.scope.anchors[step]
                at = Markup(' data-fragment="{}"').format(anchors.fragment(fragment)) if fragment else ""
                return f'<a href="#{escape(anchors.article)}" data-go="{anchors.n}"{at}{title}>{words}</a>'
            case FragmentTarget(author_id):
                return f'<a href="#{escape(self.anchors.fragment(author_id))}"{title}>{words}</a>'
            case FileTarget(path):
                medium = self.scope.media[path]
                about = f"{medium.kind}, {_size(len(medium.part.data))}".lstrip(", ")
                return (
                    f'<a href="{escape(medium.part.name)}" target="_blank" rel="noopener"{title}>{words}</a> '
                    f'<span class="file">({escape(about)})</span>'
                )
            case WebTarget(url) if _WEB.match(url):
                return self._web_link(url, title, words)
        return words

    def _web_link(self, url: str, title: str, words: str) -> str:
        if not url.lower().startswith("http"):
            return f'<a href="{escape(url)}"{title}>{words}</a>'
        note = f'<span class="vh"{self.scope.foreign}> ({self.scope.say("new-tab")})</span>'
        return (
            f'<a class="out" href="{escape(url)}" target="_blank" rel="noopener noreferrer"{title}>'
            f"{words}{note}</a>"
        )

    def picture(self, image: Image) -> Markup:
        """An `img` with its size; the words alone where the file is missing."""
        if not isinstance(image.source, FileTarget):
            return escape(image.alt)
        medium = self.scope.media[image.source.path]
        size = f' width="{medium.width}" height="{medium.height}"' if medium.width and medium.height else ""
        when = "" if self.first else ' loading="lazy"'
        more = self.attributes(image.attributes)
        return Markup(  # noqa: S704
            f'<img src="{escape(medium.part.name)}" alt="{escape(image.alt)}"{size}{when}{more}>'
        )

    def _reference(self, number: int) -> str:
        self._references[number] += 1
        here = reference_id(self.anchors.n, number, self._references[number])
        label = self.scope.say("footnote", n=number)
        return (
            f'<sup><a class="footnote" role="doc-noteref" id="{here}" href="#s{self.anchors.n}-fn{number}" '
            f'aria-label="{label}">{number}</a></sup>'
        )

    def back_links(self, number: int) -> tuple[str, ...]:
        """The ids of the places that refer to a footnote, in order."""
        times = range(1, self._references[number] + 1)
        return tuple(reference_id(self.anchors.n, number, time) for time in times)


def reference_id(n: int, number: int, time: int) -> str:
    return f"s{n}-fn{number}-ref" + (f"{time}" if time > 1 else "")


def _size(count: int) -> str:
    """A file's size for people: kB below a megabyte."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1000))} kB"


def _macro_name(kind: type) -> str:
    return _NAMES.get(kind) or _NAMES.setdefault(kind, re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower())


_NAMES: dict[type, str] = {}
