"""A learner's progress as data, as `CourseState` of `runtime/contract.d.ts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct, field

Response: TypeAlias = int | bool | str | tuple[int, ...] | tuple[str, ...] | None
"""As `Response` of the contract; an answer without content is None whatever the type."""
Phase = Literal["new", "running", "finished"]
Success = Literal["unknown", "passed", "failed"]
PHASES: tuple[Phase, ...] = ("new", "running", "finished")
SUCCESS: tuple[Success, ...] = ("unknown", "passed", "failed")
MILLION = 1_000_000


class QuestionState(Struct, frozen=True):
    """`share`: how many units of the question are right; None while not submitted."""

    response: Response = None
    submitted: bool = False
    tries: int = 0
    share: int | None = None


class QuizState(Struct, frozen=True):
    """`attempt`: finished attempts plus the running one. `score`: of the one that counts, in millionths."""

    attempt: int = 0
    phase: Phase = "new"
    score: int | None = None
    passed: bool = False
    drawn: tuple[int, ...] = ()


class ReflectionState(Struct, frozen=True):
    text: str = ""
    submitted: bool = False


class CourseState(Struct, frozen=True):
    """`token`, `counter`: 24 bits. Things without an entry are as new. `entries`: n to the LMS's index."""

    token: int = 0
    counter: int = 0
    location: int = 0
    completed: bool = False
    success: Success = "unknown"
    seen: frozenset[int] = frozenset()
    questions: Mapping[int, QuestionState] = field(default_factory=dict)
    quizzes: Mapping[int, QuizState] = field(default_factory=dict)
    reflections: Mapping[int, ReflectionState] = field(default_factory=dict)
    entries: Mapping[int, int] = field(default_factory=dict)


UNANSWERED = QuestionState()
UNBEGUN = QuizState()
UNWRITTEN = ReflectionState()


class Changes(Struct, frozen=True):
    """What became of a state that an earlier layout wrote; all by number.

    `steps`, `activities`: what is new. `removed`: what is gone. `answers`: what was answered and is to be
    answered anew. `cut`: texts that no longer fit whole. `layout`: the id of the earlier layout.
    """

    layout: int
    steps: tuple[int, ...] = ()
    activities: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    answers: tuple[int, ...] = ()
    cut: tuple[int, ...] = ()
