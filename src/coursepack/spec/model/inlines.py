"""Words in a line: text, emphasis, links, pictures; and the attributes that an author gives to things."""

from __future__ import annotations

from msgspec import Struct


class Attributes(Struct, frozen=True):
    """`{#id .class key=value}`; only `lang` and `dir` reach the page as attributes of their own."""

    id: str = ""
    classes: tuple[str, ...] = ()
    lang: str = ""
    dir: str = ""


PLAIN = Attributes()


class Text(Struct, frozen=True):
    text: str


class Emphasis(Struct, frozen=True):
    children: tuple[Inline, ...]


class Strong(Struct, frozen=True):
    children: tuple[Inline, ...]


class Code(Struct, frozen=True):
    text: str


class Spanned(Struct, frozen=True):
    """`[words]{lang=fr .class}`."""

    children: tuple[Inline, ...]
    attributes: Attributes


class LineBreak(Struct, frozen=True):
    """A hard line break; a soft one is a blank in a `Text`."""


class StepTarget(Struct, frozen=True):
    """Another step of this course; `fragment` is an id in it or empty."""

    step: str
    fragment: str = ""


class FileTarget(Struct, frozen=True):
    """A file of the course, by its path from the course folder with forward slashes."""

    path: str


class FragmentTarget(Struct, frozen=True):
    """An id on the same step."""

    id: str


class WebTarget(Struct, frozen=True):
    """An address outside the course (http, https, mailto, tel)."""

    url: str


class LostTarget(Struct, frozen=True):
    """A link that leads nowhere; `why` and `advice` are the finding's words. The rules report it."""

    href: str
    why: str
    advice: str = ""


Target = StepTarget | FileTarget | FragmentTarget | WebTarget | LostTarget


class Link(Struct, frozen=True):
    target: Target
    children: tuple[Inline, ...]
    title: str = ""


class Image(Struct, frozen=True):
    """A picture. `alt` is empty only when `decorative`, or when the author forgot it (a finding)."""

    source: FileTarget | LostTarget
    alt: str
    decorative: bool = False
    attributes: Attributes = PLAIN


class FootnoteReference(Struct, frozen=True):
    """`number` is 1-based within the step, in order of first use."""

    number: int


class Gap(Struct, frozen=True):
    """`[[answer | other]]` in a cloze stem: an index into `Cloze.gaps`."""

    index: int


Inline = Text | Emphasis | Strong | Code | Spanned | LineBreak | Link | Image | FootnoteReference | Gap
Inlines = tuple[Inline, ...]
