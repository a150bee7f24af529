"""Words in a line: text, emphasis, links, pictures; and the attributes that an author gives to things."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attributes:
    """`{#id .class key=value}`; only `lang` and `dir` reach the page as attributes of their own."""

    id: str = ""
    classes: tuple[str, ...] = ()
    lang: str = ""
    dir: str = ""


PLAIN = Attributes()


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class Spanned:
    """`[words]{lang=fr .class}`."""

    children: tuple[Inline, ...]
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A hard line break; a soft one is a blank in a `Text`."""


@dataclass(frozen=True, slots=True)
class StepTarget:
    """Another step of this course; `fragment` is an id in it or empty."""

    step: str
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class FileTarget:
    """A file of the course, by its path from the course folder with forward slashes."""

    path: str


@dataclass(frozen=True, slots=True)
class FragmentTarget:
    """An id on the same step."""

    id: str


@dataclass(frozen=True, slots=True)
class WebTarget:
    """An address outside the course (http, https, mailto, tel)."""

    url: str


@dataclass(frozen=True, slots=True)
class LostTarget:
    """A link that leads nowhere; `why` is the finding's message. The rules report it."""

    href: str
    why: str


Target = StepTarget | FileTarget | FragmentTarget | WebTarget | LostTarget


@dataclass(frozen=True, slots=True)
class Link:
    target: Target
    children: tuple[Inline, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture. `alt` is empty only when `decorative`, or when the author forgot it (a finding)."""

    source: FileTarget | LostTarget
    alt: str
    decorative: bool = False
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class FootnoteReference:
    """`number` is 1-based within the step, in order of first use."""

    number: int


@dataclass(frozen=True, slots=True)
class Gap:
    """`[[answer | other]]` in a cloze stem: an index into `Cloze.gaps`."""

    index: int


Inline = Text | Emphasis | Strong | Code | Spanned | LineBreak | Link | Image | FootnoteReference | Gap
Inlines = tuple[Inline, ...]
