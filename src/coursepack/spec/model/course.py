"""The course: its settings, steps of blocks, banks of questions, and the files it links to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from coursepack.spec.model.activities import Question, Quiz, Reflection
from coursepack.spec.model.prose import (
    Callout,
    CodeBlock,
    DefinitionList,
    Details,
    Figure,
    Heading,
    List,
    Paragraph,
    Quote,
    Table,
    ThematicBreak,
)
from coursepack.spec.settings import Settings

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


class Step(Struct, frozen=True):
    """`path` is the step's file, from the course folder; `minutes` is None where the author set none."""

    id: str
    title: str
    path: str
    blocks: Blocks
    footnotes: tuple[Blocks, ...] = ()
    minutes: int | None = None
    required: bool = True


class Bank(Struct, frozen=True):
    """`questions/<name>.yaml`."""

    name: str
    path: str
    questions: tuple[Question, ...]


class CourseFile(Struct, frozen=True):
    """A file that the course links to, as it is on disk."""

    path: str
    """From the course folder, forward slashes, in the author's spelling."""
    file: Path
    size: int
    trouble: str = ""
    """Why it cannot be read, as the system says it; empty for a file that can."""
    concerns: tuple[str, ...] = ()
    """What in a picture does not work in a page."""
    kind: str = ""
    """What kind of picture it is, by its bytes; empty for SVG and for what is no picture."""


class Course(Struct, frozen=True):
    """A whole course. `files` holds every linked file that exists, by its path."""

    settings: Settings
    steps: tuple[Step, ...]
    banks: tuple[Bank, ...] = ()
    files: Mapping[str, CourseFile] = field(default_factory=dict)
