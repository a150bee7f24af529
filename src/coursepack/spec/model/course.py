"""The course: its settings, steps of blocks, banks of questions, and the files it links to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

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
