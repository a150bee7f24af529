"""`questions/<name>.yaml` as models: what an author may write for each question of a bank."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StringConstraints

from coursepack.spec.settings import Identifier, Part, Text

Markdown = Annotated[str, StringConstraints(min_length=1)]
Points = Annotated[Decimal, Field(ge=0, le=999999, max_digits=10, decimal_places=4)]


class BankOption(Part):
    """One option of a choice, or one point of a scale."""

    text: Markdown
    right: StrictBool = False
    id: Identifier | None = None
    feedback: Markdown | None = None


class BankPair(Part):
    """Two sides that belong together."""

    left: Markdown
    right: Markdown
    id: Identifier | None = None


class BankItem(Part):
    """One thing to put in order."""

    text: Markdown
    id: Identifier | None = None


class BankQuestion(Part):
    """A question of a bank. The key that holds the answers gives the type, as their shape does in a step."""

    id: Identifier
    question: Markdown
    type: (
        Literal[
            "choice", "multiple", "true-false", "fill-in", "cloze", "numeric", "matching", "order", "likert"
        ]
        | None
    ) = None
    options: tuple[Text | BankOption, ...] = ()
    answer: StrictBool | Text | None = None
    answers: tuple[Text, ...] = ()
    pairs: tuple[tuple[Text, Text] | BankPair, ...] = ()
    items: tuple[Text | BankItem, ...] = ()
    points: Points | None = None
    attempts: Annotated[int, Field(ge=1, le=9999)] | None = None
    shuffle: StrictBool | None = None
    max_length: Annotated[int, Field(ge=1, le=65535)] | None = None
    case: StrictBool | None = None
    scoring: Literal["all", "partial"] | None = None
    feedback: Markdown | None = None
    correct: Markdown | None = None
    incorrect: Markdown | None = None
    hint: Markdown | None = None
