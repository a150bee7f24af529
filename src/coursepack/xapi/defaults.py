"""The hooks of every course that carries hooks, unless its author replaces them or switches them off."""

from __future__ import annotations

from typing import Any

from coursepack.spec.hook_settings import Hook

SCORE = {key: "{{score." + key + " | omit}}" for key in ("raw", "min", "max")}
COURSE_SCORE = {"scaled": "{{score.scaled | round(4) | omit}}", **SCORE}
QUIZ_SCORE = {"scaled": "{{score.scaled | round(4)}}", "raw": "{{score.raw}}", "min": "{{score.min}}",
              "max": "{{score.max}}"}  # fmt: skip


def _hook(name: str, event: str | list[str], verb: str, ref: str, **more: Any) -> dict[str, Any]:
    statement: dict[str, Any] = {"verb": verb, "object": {"ref": ref}}
    statement |= {key: more.pop(key) for key in ("result", "context") if key in more}
    return {"id": name, "event": event, "statement": statement, **more}


def _quiz(name: str, passed: bool | None) -> dict[str, Any]:
    result: dict[str, Any] = {"completion": True, "score": QUIZ_SCORE}
    result["duration"] = "{{quiz.duration_s | duration}}"
    if passed is not None:
        result["success"] = passed
    verb = {True: "passed", False: "failed", None: "scored"}[passed]
    return _hook(
        f"quiz-{verb}",
        name,
        verb,
        "quiz",
        result=result,
        context={"parent": [{"ref": "page"}], "extensions": {"attempt-number": "{{quiz.attempt}}"}},
        delivery={"priority": "critical"},
    )


_ANSWER = {
    "response": "{{question.response | omit}}",
    "success": "{{question.correct | omit}}",
    "score": {
        "scaled": "{{question.scaled | omit}}",
        "raw": "{{question.points | omit}}",
        "min": 0,
        "max": "{{question.max_points | omit}}",
    },
    "duration": "{{question.duration_s | duration}}",
}
_HOOKS: tuple[dict[str, Any], ...] = (
    _hook("course-opened", "course.opened", "initialized", "course", delivery={"priority": "critical"}),
    _hook("course-resumed", "course.resumed", "resumed", "course"),
    _hook(
        "page-viewed",
        "page.viewed",
        "experienced",
        "page",
        context={"parent": [{"ref": "parent"}]},
        delivery={"priority": "low", "once": "session"},
    ),
    _hook(
        "question-answered",
        "question.answered",
        "answered",
        "question",
        result=_ANSWER,
        context={
            "parent": [{"ref": "parent"}],
            "extensions": {"try": "{{question.try}}", "attempt-number": "{{quiz.attempt | omit}}"},
        },
        privacy={"free-text": "consent", "purpose": "Shows how each question is answered."},
    ),
    _quiz("quiz.passed", True),
    _quiz("quiz.failed", False),
    {
        **_quiz("quiz.submitted", None),
        "when": {"not": {"path": "quiz.pass_mark", "op": "exists", "value": True}},
    },
    _hook(
        "reflection-submitted",
        "reflection.submitted",
        "submitted",
        "reflection",
        result={
            "completion": True,
            "extensions": {"word-count": "{{reflection.word_count}}"},
        },
        context={"parent": [{"ref": "page"}]},
    ),
    _hook(
        "course-completed",
        "course.completed",
        "completed",
        "course",
        result={"completion": True, "duration": "{{session.elapsed_s | duration}}"},
        delivery={"priority": "critical", "once": "attempt"},
    ),
    _hook(
        "course-passed",
        "course.passed",
        "passed",
        "course",
        result={"success": True, "score": COURSE_SCORE, "duration": "{{session.elapsed_s | duration}}"},
        delivery={"priority": "critical", "once": "attempt"},
    ),
    _hook(
        "course-failed",
        "course.failed",
        "failed",
        "course",
        result={"success": False, "score": COURSE_SCORE, "duration": "{{session.elapsed_s | duration}}"},
        delivery={"priority": "critical", "once": "attempt"},
    ),
    _hook(
        "course-suspended",
        "course.suspended",
        "suspended",
        "course",
        result={"duration": "{{session.elapsed_s | duration}}"},
        delivery={"priority": "critical"},
    ),
    _hook(
        "course-left",
        "course.exited",
        "terminated",
        "course",
        result={"duration": "{{session.elapsed_s | duration}}"},
        delivery={"priority": "critical"},
    ),
)
DEFAULTS: tuple[Hook, ...] = tuple(Hook.model_validate(hook) for hook in _HOOKS)
"""Opened, viewed, answered, quizzes, reflected, completed, passed and failed, left."""

LIFECYCLE = frozenset(
    {"course-opened", "course-resumed", "course-completed", "course-passed", "course-failed",
     "course-suspended", "course-left"}
)  # fmt: skip
"""Default hooks that a cmi5 or xAPI package does without: there the session itself says the same."""
