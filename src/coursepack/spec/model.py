"""A course as frozen data: steps of blocks, blocks of inlines. Every format and every page is made from it.

Field names are routes: `("steps", 0, "blocks", 2, "answer", "options", 1)` leads to an option, and
`walk` yields each node with its route.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal, TypeVar

from coursepack.source import Route
from coursepack.spec.settings import Settings


@dataclass(frozen=True, slots=True)
class Attributes:
    """`{#id .class key=value}`; only `lang` and `dir` reach the page as attributes of their own."""

    id: str = ""
    classes: tuple[str, ...] = ()
    lang: str = ""
    dir: str = ""


PLAIN = Attributes()

# --- inlines ------------------------------------------------------------------------------------------


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

# --- prose blocks -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    children: Inlines
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class Paragraph:
    children: Inlines
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class ListItem:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class List:
    """`tight` items hold one paragraph each that is shown without paragraph spacing."""

    ordered: bool
    items: tuple[ListItem, ...]
    start: int = 1
    tight: bool = True


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]
    attribution: Inlines = ()


@dataclass(frozen=True, slots=True)
class CodeBlock:
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class ThematicBreak:
    pass


@dataclass(frozen=True, slots=True)
class Definition:
    terms: tuple[Inlines, ...]
    details: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell after merging: cells covered by `^^` and `<<` are not in the row."""

    children: Inlines
    rowspan: int = 1
    colspan: int = 1
    align: Literal["", "left", "center", "right"] = ""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`header` is one row of column headers; with `header_column` the first cell of a row heads it."""

    header: Row
    rows: tuple[Row, ...]
    caption: Inlines = ()
    header_column: bool = False
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class Figure:
    """A paragraph that holds only a picture; the picture's title is its caption."""

    image: Image
    caption: Inlines = ()


@dataclass(frozen=True, slots=True)
class Callout:
    kind: Literal["note", "tip", "warning", "key-point"]
    blocks: tuple[Block, ...]
    title: Inlines = ()
    attributes: Attributes = PLAIN


@dataclass(frozen=True, slots=True)
class Details:
    """A disclosure. `summary` comes from `summary="…"`, else from the first paragraph or heading."""

    summary: Inlines
    blocks: tuple[Block, ...]
    attributes: Attributes = PLAIN


# --- activities ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice or one point of a scale. `id` is empty when the author gave none."""

    label: Inlines
    correct: bool = False
    id: str = ""
    feedback: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One right option, or, with `multiple`, all the ticked ones (`partial`: a share for some)."""

    options: tuple[Option, ...]
    multiple: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class TrueFalse:
    correct: bool


@dataclass(frozen=True, slots=True)
class FillIn:
    accepted: tuple[str, ...]
    case: bool = False


@dataclass(frozen=True, slots=True)
class ClozeGap:
    accepted: tuple[str, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Cloze:
    """The gaps of the stem, in reading order; the stem holds a `Gap` for each."""

    gaps: tuple[ClozeGap, ...]
    case: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class NumberRange:
    """An accepted range, both ends included; an exact value has equal ends."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Numeric:
    accepted: tuple[NumberRange, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    left: Inlines
    right: Inlines
    id: str = ""


@dataclass(frozen=True, slots=True)
class Matching:
    """Each left belongs to its own right; rights with equal text are one choice."""

    pairs: tuple[Pair, ...]
    partial: bool = False


@dataclass(frozen=True, slots=True)
class OrderItem:
    label: Inlines
    id: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """The items in the right order."""

    items: tuple[OrderItem, ...]


@dataclass(frozen=True, slots=True)
class Likert:
    """A scale; never scored."""

    options: tuple[Option, ...]


Answer = Choice | TrueFalse | FillIn | Cloze | Numeric | Matching | Order | Likert


@dataclass(frozen=True, slots=True)
class Feedback:
    always: tuple[Block, ...] = ()
    correct: tuple[Block, ...] = ()
    incorrect: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """`attempts` is None where the author set none: 1 inside a quiz, unlimited outside."""

    id: str
    stem: tuple[Block, ...]
    answer: Answer
    points: Decimal = Decimal(1)
    attempts: int | None = None
    shuffle: bool = False
    max_length: int = 40
    feedback: Feedback = Feedback()
    hint: tuple[Block, ...] = ()

    @property
    def scored(self) -> bool:
        return not isinstance(self.answer, Likert) and self.points > 0


@dataclass(frozen=True, slots=True)
class Draw:
    count: int
    bank: str


@dataclass(frozen=True, slots=True)
class Quiz:
    """`blocks` holds its questions and the prose between them. None means: as the course sets it."""

    id: str
    blocks: tuple[Block, ...]
    title: str = ""
    pass_score: Decimal | None = None
    attempts: int | None = None
    shuffle: bool = False
    draw: Draw | None = None
    feedback: Literal["now", "end", "never"] = "now"
    retry: Literal["all", "wrong"] = "all"
    counts: Literal["best", "last", "first"] = "best"
    reveal: Literal["after-pass", "after-last", "always", "never"] = "after-last"


@dataclass(frozen=True, slots=True)
class Reflection:
    """`max_length` counts UTF-16 units."""

    id: str
    prompt: tuple[Block, ...]
    min_words: int = 0
    max_length: int = 600
    private: bool = False
    keep: Literal["lms", "browser"] = "lms"


Block = (
    Heading
    | Paragraph
    | List
    | Quote
    | CodeBlock
    | ThematicBreak
    | DefinitionList
    | Table
    | Figure
    | Callout
    | Details
    | Question
    | Quiz
    | Reflection
)
Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """`path` is the step's file, from the course folder; `minutes` is None where the author set none."""

    id: str
    title: str
    path: str
    blocks: Blocks
    footnotes: tuple[Blocks, ...] = ()
    minutes: int | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class Bank:
    """`questions/<name>.yaml`."""

    name: str
    path: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class CourseFile:
    """A file that the course links to, as it is on disk."""

    path: str
    """From the course folder, forward slashes, in the author's spelling."""
    file: Path
    size: int


@dataclass(frozen=True, slots=True)
class Course:
    """A whole course. `files` holds every linked file that exists, by its path."""

    settings: Settings
    steps: tuple[Step, ...]
    banks: tuple[Bank, ...] = ()
    files: Mapping[str, CourseFile] = field(default_factory=dict)


Node = TypeVar("Node")


def walk(node: object, route: Route = ()) -> Iterator[tuple[Route, object]]:
    """Every dataclass below `node`, itself first, in reading order, with the route from `node`."""
    if isinstance(node, tuple):
        for index, child in enumerate(node):
            if isinstance(child, tuple) or _field_names(type(child)):
                yield from walk(child, (*route, index))
    elif names := _field_names(type(node)):
        yield route, node
        for name in names:
            child = getattr(node, name)
            if isinstance(child, tuple) or _field_names(type(child)):
                yield from walk(child, (*route, name))


_FIELDS: dict[type, tuple[str, ...]] = {}


def _field_names(kind: type) -> tuple[str, ...]:
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(item.name for item in fields(kind)) if is_dataclass(kind) else ()
    return _FIELDS[kind]


def each(node: object, kind: type[Node], route: Route = ()) -> Iterator[tuple[Route, Node]]:
    """The nodes of one class below `node`, with their routes."""
    for at, found in walk(node, route):
        if isinstance(found, kind):
            yield at, found


def plain(node: object) -> str:
    """The words of inlines or blocks as one line of text: no mark-up, single blanks."""
    return " ".join("".join(_words(node)).split())


def _words(node: object) -> Iterator[str]:
    if isinstance(node, tuple):
        for child in node:
            yield from _words(child)
    elif isinstance(node, Text | Code):
        yield node.text
    elif isinstance(node, Image):
        yield node.alt
    elif isinstance(node, LineBreak):
        yield " "
    elif isinstance(node, Gap):
        yield "___"
    elif isinstance(node, CodeBlock):
        yield node.text + " "
    elif is_dataclass(node) and not isinstance(node, type):
        for item in fields(node):
            value = getattr(node, item.name)
            if isinstance(value, tuple) or is_dataclass(value):
                yield from _words(value)
        if isinstance(node, Paragraph | Heading | ListItem | Cell | Option):
            yield " "
