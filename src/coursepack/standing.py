"""Where a learner stands, by the course's rules and a saved state. `runtime/standing.js` holds the same;
`tests/vectors/standing.json` holds them together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Literal, NamedTuple, Protocol

from msgspec import Struct

from coursepack.launch import ActivityConfig, CompletionConfig, PassConfig, QuizConfig
from coursepack.scoring import MILLION, rounded

Success = Literal["unknown", "passed", "failed"]


class StepRule(NamedTuple):
    """A step's number, and whether completion may ask for it."""

    n: int
    required: bool


class Rules(Struct, frozen=True):
    """What decides: the parts of `LaunchConfig` that `standing` reads, steps in order."""

    steps: tuple[StepRule, ...]
    quizzes: tuple[QuizConfig, ...]
    activities: tuple[ActivityConfig, ...]
    completion: CompletionConfig
    pass_rule: PassConfig | None


class QuizProgress(Protocol):
    """As `QuizState` of `runtime/contract.d.ts`."""

    @property
    def attempt(self) -> int: ...
    @property
    def phase(self) -> Literal["new", "running", "finished"]: ...
    @property
    def score(self) -> int | None: ...
    @property
    def passed(self) -> bool: ...


class Submitted(Protocol):
    """A question's or a reflection's state."""

    @property
    def submitted(self) -> bool: ...


class Progress(Protocol):
    """As `CourseState` of `runtime/contract.d.ts`, as far as standing goes."""

    @property
    def completed(self) -> bool: ...
    @property
    def success(self) -> Success: ...
    @property
    def seen(self) -> Collection[int]: ...
    @property
    def questions(self) -> Mapping[int, Submitted]: ...
    @property
    def quizzes(self) -> Mapping[int, QuizProgress]: ...
    @property
    def reflections(self) -> Mapping[int, Submitted]: ...


class Todo(NamedTuple):
    kind: Literal["step", "quiz", "reflection"]
    n: int
    step: int


class Standing(Struct, frozen=True):
    """`score` in ten-thousandths, None before an attempt that counts has ended; `progress` likewise."""

    steps_done: frozenset[int]
    steps_required_done: int
    completed: bool
    success: Success
    score: int | None
    progress: int
    todo: tuple[Todo, ...]


def standing(rules: Rules, state: Progress) -> Standing:
    """A step is done when it was seen, its practice questions are answered, and the quizzes and reflections
    in it that completion asks for are done. Completion asks for none in an optional step, unless the author
    listed that step. What was once completed or passed stays so."""
    counting, at_least = rules.completion["steps"], rules.completion["atLeast"]
    open_ = [item for step in rules.steps for item in _open_in(rules, state, step.n)]
    done = frozenset(step.n for step in rules.steps) - {item.step for item in open_}
    required_done = sum(n in done for n in counting)
    more = required_done < at_least
    todo = [item for item in open_ if item.kind != "step" or (more and item.n in counting)]
    completed = state.completed or not todo
    score = _course_score(rules, state)
    return Standing(
        steps_done=done,
        steps_required_done=required_done,
        completed=completed,
        success=_success(rules, state, score),
        score=score,
        progress=10000 if completed else _progress(rules, min(required_done, at_least), todo),
        todo=() if completed else tuple(todo),
    )


def _open_in(rules: Rules, state: Progress, step: int) -> list[Todo]:
    practised = all(
        _submitted(state.questions, one["n"])
        for one in rules.activities
        if one["kind"] == "practice" and one["step"] == step
    )
    found = [] if step in state.seen and practised else [Todo("step", step, step)]
    for quiz in _asked_quizzes(rules):
        now = state.quizzes.get(quiz["n"])
        met = now and (now.passed if rules.completion["quizzes"] == "passed" else now.score is not None)
        if quiz["step"] == step and not met:
            found.append(Todo("quiz", quiz["n"], step))
    written = [one for one in _asked_reflections(rules) if one["step"] == step]
    open_ = [one["n"] for one in written if not _submitted(state.reflections, one["n"])]
    return found + [Todo("reflection", n, step) for n in open_]


def _submitted(states: Mapping[int, Submitted], n: int) -> bool:
    return n in states and states[n].submitted


def _asked_quizzes(rules: Rules) -> list[QuizConfig]:
    if rules.completion["quizzes"] == "none":
        return []
    return [quiz for quiz in rules.quizzes if _asks_of(rules, quiz["step"])]


def _asked_reflections(rules: Rules) -> list[ActivityConfig]:
    if rules.completion["reflections"] == "optional":
        return []
    return [one for one in rules.activities if one["kind"] == "reflection" and _asks_of(rules, one["step"])]


def _asks_of(rules: Rules, n: int) -> bool:
    return n in rules.completion["steps"] or any(step.n == n and step.required for step in rules.steps)


def _progress(rules: Rules, steps: int, todo: list[Todo]) -> int:
    others = len(_asked_quizzes(rules)) + len(_asked_reflections(rules))
    met = others - sum(item.kind != "step" for item in todo)
    return (steps + met) * 10000 // (rules.completion["atLeast"] + others)


def _course_score(rules: Rules, state: Progress) -> int | None:
    earned = possible = Fraction(0)
    begun = False
    for quiz in rules.quizzes:
        if quiz["counted"]:
            now = state.quizzes.get(quiz["n"])
            score = now.score if now else None
            begun = begun or score is not None
            possible += possible_points(quiz)
            earned += possible_points(quiz) * (score or 0)
    return rounded(int(earned / possible)) if begun and possible else None


def possible_points(quiz: QuizConfig) -> Fraction:
    """The points that an attempt can earn; of a pool with unequal points, the mean of a draw."""
    pool = set(quiz["pool"])
    share = Fraction(quiz["draw"], len(pool)) if pool else Fraction(0)
    pairs = zip(quiz["questions"], quiz["points"], strict=True)
    return sum((Fraction(repr(points)) * (share if n in pool else 1) for n, points in pairs), Fraction(0))


def _success(rules: Rules, state: Progress, score: int | None) -> Success:
    if state.success == "passed":
        return "passed"
    if rules.pass_rule is None or score is None:
        return "unknown"
    if score >= rules.pass_rule["score"]:
        return "passed"
    counted = [quiz for quiz in rules.quizzes if quiz["counted"] and possible_points(quiz)]
    return "unknown" if any(_can_raise(quiz, state.quizzes.get(quiz["n"])) for quiz in counted) else "failed"


def _can_raise(quiz: QuizConfig, state: QuizProgress | None) -> bool:
    if state is None or state.score is None:
        return True
    if quiz["counts"] == "first" or state.score == MILLION:
        return False
    return state.phase == "running" or quiz["attempts"] == 0 or state.attempt < quiz["attempts"]


def next_quiz_score(quiz: QuizConfig, before: int | None, attempt: int) -> int:
    """The score that counts after one more attempt, in millionths."""
    if before is None or quiz["counts"] == "last":
        return attempt
    return max(before, attempt) if quiz["counts"] == "best" else before
