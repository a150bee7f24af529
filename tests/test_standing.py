"""One table of cases for both languages: `tests/runtime/standing.test.js` reads the same file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

from coursepack.standing import Rules, StepRule, next_quiz_score, standing

TABLE: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "standing.json").read_text("utf-8"))


@dataclass(frozen=True)
class Done:
    submitted: bool


@dataclass(frozen=True)
class Attempted:
    attempt: int
    phase: Literal["new", "running", "finished"]
    score: int | None
    passed: bool


@dataclass(frozen=True)
class State:
    completed: bool
    success: Literal["unknown", "passed", "failed"]
    seen: set[int]
    questions: dict[int, Done]
    quizzes: dict[int, Attempted]
    reflections: dict[int, Done]


def _state(record: dict[str, Any]) -> State:
    return State(
        completed=record["completed"],
        success=record["success"],
        seen=set(record["seen"]),
        questions={int(n): Done(done) for n, done in record["questions"].items()},
        quizzes={int(n): Attempted(**quiz) for n, quiz in record["quizzes"].items()},
        reflections={int(n): Done(done) for n, done in record["reflections"].items()},
    )


def _rules(record: dict[str, Any]) -> Rules:
    return Rules(
        steps=tuple(StepRule(step["n"], step["required"]) for step in record["steps"]),
        quizzes=tuple(record["quizzes"]),
        activities=tuple(record["activities"]),
        completion=record["completion"],
        pass_rule=record["passRule"],
    )


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: f"{case[1]}: {case[0]}")
def test_standing(case: list[Any]) -> None:
    _, rules, state, expected = case
    found = standing(_rules(TABLE["rules"][rules]), _state(state))
    assert {
        "done": sorted(found.steps_done),
        "required": found.steps_required_done,
        "completed": found.completed,
        "success": found.success,
        "score": found.score,
        "progress": found.progress,
        "todo": [list(item) for item in found.todo],
    } == expected


@pytest.mark.parametrize("case", TABLE["next"], ids=str)
def test_which_attempt_counts(case: list[Any]) -> None:
    counts, before, attempt, expected = case
    quiz = {**TABLE["rules"]["graded"]["quizzes"][0], "counts": counts}
    assert next_quiz_score(quiz, before, attempt) == expected  # type: ignore[arg-type]
