"""`questions/<name>.yaml` as models: what an author may write for each question of a bank."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from coursepack.spec.fields import WHOLE, Identifier, Part, Text, number

_FROM_ZERO = Annotated[float, Field(ge=0, le=999999)]
Points = Annotated[Decimal, Field(ge=0, le=999999, max_digits=10, decimal_places=4), number(_FROM_ZERO)]


class BankOption(Part):
    """One option of a choice, or one point of a scale."""

    text: Text
    right: StrictBool = False
    id: Identifier | None = None
    feedback: Text | None = None


class BankPair(Part):
    """Two sides that belong together."""

    left: Text
    right: Text
    id: Identifier | None = None


class BankItem(Part):
    """One thing to put in order."""

    text: Text
    id: Identifier | None = None


class BankQuestion(Part):
    """A question of a bank. The key that holds the answers gives the type, as their shape does in a step."""

    id: Identifier
    question: Text
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
    attempts: Annotated[int, Field(ge=1, le=9999), WHOLE] | None = None
    shuffle: StrictBool | None = None
    max_length: Annotated[int, Field(ge=1, le=65535), WHOLE] | None = None
    case: StrictBool | None = None
    scoring: Literal["all", "partial"] | None = None
    feedback: Text | None = None
    correct: Text | None = None
    incorrect: Text | None = None
    hint: Text | None = None
