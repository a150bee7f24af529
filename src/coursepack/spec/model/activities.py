"""What a learner does: questions of nine types, quizzes, reflections."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from coursepack.spec.model.inlines import Inlines

if TYPE_CHECKING:
    from coursepack.spec.model.course import Block


class Option(Struct, frozen=True):
    """One option of a choice or one point of a scale. `id` is empty when the author gave none."""

    label: Inlines
    correct: bool = False
    id: str = ""
    feedback: tuple[Block, ...] = ()


class Choice(Struct, frozen=True):
    """One right option, or, with `multiple`, all the ticked ones (`partial`: a share for some)."""

    options: tuple[Option, ...]
    multiple: bool = False
    partial: bool = False


class TrueFalse(Struct, frozen=True):
    correct: bool


class FillIn(Struct, frozen=True):
    accepted: tuple[str, ...]
    case: bool = False


class ClozeGap(Struct, frozen=True):
    accepted: tuple[str, ...]
    id: str = ""


class Cloze(Struct, frozen=True):
    """The gaps of the stem, in reading order; the stem holds a `Gap` for each."""

    gaps: tuple[ClozeGap, ...]
    case: bool = False
    partial: bool = False


class NumberRange(Struct, frozen=True):
    """An accepted range, both ends included; an exact value has equal ends."""

    low: Decimal
    high: Decimal


class Numeric(Struct, frozen=True):
    accepted: tuple[NumberRange, ...]


class Pair(Struct, frozen=True):
    left: Inlines
    right: Inlines
    id: str = ""


class Matching(Struct, frozen=True):
    """Each left belongs to its own right; rights with equal text are one choice."""

    pairs: tuple[Pair, ...]
    partial: bool = False


class OrderItem(Struct, frozen=True):
    label: Inlines
    id: str = ""


class Order(Struct, frozen=True):
    """The items in the right order."""

    items: tuple[OrderItem, ...]


class Likert(Struct, frozen=True):
    """A scale; never scored."""

    options: tuple[Option, ...]


Answer = Choice | TrueFalse | FillIn | Cloze | Numeric | Matching | Order | Likert


class Feedback(Struct, frozen=True):
    always: tuple[Block, ...] = ()
    correct: tuple[Block, ...] = ()
    incorrect: tuple[Block, ...] = ()


class Question(Struct, frozen=True):
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


class Draw(Struct, frozen=True):
    count: int
    bank: str


class Quiz(Struct, frozen=True):
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


class Reflection(Struct, frozen=True):
    """`max_length` counts UTF-16 units."""

    id: str
    prompt: tuple[Block, ...]
    min_words: int = 0
    max_length: int = 600
    private: bool = False
    keep: Literal["lms", "browser"] = "lms"
