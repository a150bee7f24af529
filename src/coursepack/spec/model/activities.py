"""What a learner does: questions of nine types, quizzes, reflections."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from coursepack.spec.model.inlines import Inlines

if TYPE_CHECKING:
    from coursepack.spec.model.course import Block


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
