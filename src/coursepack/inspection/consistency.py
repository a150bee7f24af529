"""Whether the parts of a finished course fit each other: what a zip holds is not trusted to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from coursepack.launch import LaunchConfig, QuestionData, QuizConfig, StepData
from coursepack.state import Layout, Record

KINDS: Mapping[str, str] = {
    "choice": "c",
    "multiple": "m",
    "likert": "l",
    "true-false": "t",
    "fill-in": "f",
    "cloze": "g",
    "numeric": "n",
    "matching": "p",
    "order": "o",
}
"""The kind of a question's record in the layout, by the question's type."""
PARTS: Mapping[str, str] = {
    "c": "options",
    "m": "options",
    "l": "options",
    "g": "gaps",
    "p": "pairs",
    "o": "items",
}


def misfit(config: LaunchConfig, steps: Mapping[int, StepData], layout: Layout) -> str:
    """The first place where one part contradicts another, as a path; empty when all fit.

    The three have their shapes already (`coursepack.inspection.shapes`).
    """
    by_n = layout.by_n
    numbers = {step["n"] for step in config["steps"]}
    if len(numbers) != len(config["steps"]):
        return "course.steps"
    if len(by_n) != len(layout.records):
        return "course.layout"
    if not layout.pools.keys() <= {quiz["n"] for quiz in config["quizzes"]}:
        return "course.layout"
    for at, quiz in enumerate(config["quizzes"]):
        wrong = _misfit_of_quiz(quiz, numbers, layout)
        if wrong:
            return f"course.quizzes[{at}].{wrong}"
    for name in ("steps", "atLeast"):
        counted = config["completion"]["steps"]
        if not numbers.issuperset(counted) or config["completion"]["atLeast"] > len(counted):
            return f"course.completion.{name}"
    for n, step in steps.items():
        for question in step["questions"]:
            record = by_n.get(question["n"])
            if record is None or _misfits_record(question, record):
                return f"step {n}, question {question['id'][:60]}"
        for reflection in step["reflections"]:
            record = by_n.get(reflection["n"])
            if record is None or record.kind != "r":
                return f"step {n}, reflection {reflection['id'][:60]}"
    return ""


def _misfit_of_quiz(quiz: QuizConfig, steps: Collection[int], layout: Layout) -> str:
    record = layout.by_n.get(quiz["n"])
    if record is None or record.kind != "z":
        return "n"
    if quiz["step"] not in steps:
        return "step"
    if len(quiz["points"]) != len(quiz["questions"]) or any(not 0 <= each < 1e9 for each in quiz["points"]):
        return "points"
    pool = {one.n for one in layout.pools.get(quiz["n"], ())}
    if pool != set(quiz["pool"]) or not pool <= set(quiz["questions"]):
        return "pool"
    return "draw" if quiz["draw"] != record.size or record.size > len(pool) else ""


def _misfits_record(question: QuestionData, record: Record) -> bool:
    """Whether the question is saved in another way than its type needs, or with other parts."""
    if record.kind != KINDS[question["type"]]:
        return True
    name = PARTS.get(record.kind)
    if name is None:
        return False
    parts: list[dict[str, Any]] = question[name]  # type: ignore[literal-required]
    numbers = {part["n"] for part in parts}
    if len(numbers) != len(parts) or numbers != set(record.parts):
        return True
    return record.kind == "p" and not {part["to"] for part in parts} <= set(record.sides)
