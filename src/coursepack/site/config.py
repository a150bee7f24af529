"""The launch configuration: the course as the runtime has to know it before any step is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coursepack import policy
from coursepack.answers import Register
from coursepack.launch import VERSION, CourseConfig, LaunchConfig, ResumeConfig, StepConfig
from coursepack.spec.model import Course
from coursepack.spec.settings import Settings
from coursepack.words import direction, words


def launch_config(
    course: Course, register: Register, scripts: Sequence[str], layout: Sequence[Any], older: str | None
) -> LaunchConfig:
    """The configuration for all targets, `target` left empty. `scripts` names the script of each step."""
    catalogue = words(course.settings.language)
    return {
        "v": VERSION,
        "target": "",
        "course": _course(course.settings),
        "steps": _steps(course, register, scripts),
        "quizzes": policy.to_quiz_configs(course, register),
        "activities": policy.to_activities(course, register),
        "completion": policy.to_completion(course, register),
        "passRule": policy.to_pass_rule(course, register),
        "resume": _resume(course.settings),
        "layout": list(layout),
        "older": older,
        "reported": policy.to_reported(course, register),
        "words": {"language": catalogue.language, **catalogue.player},
    }


def _course(settings: Settings) -> CourseConfig:
    return {
        "id": settings.id,
        "slug": settings.slug,
        "title": settings.title,
        "version": settings.version,
        "language": settings.language,
        "direction": direction(settings.language),
    }


def _resume(settings: Settings) -> ResumeConfig:
    return {"exit": settings.resume.exit_when_finished, "changed": settings.resume.changed_answers}


def _steps(course: Course, register: Register, scripts: Sequence[str]) -> list[StepConfig]:
    return [
        {
            "n": register.n("step", step.id),
            "id": step.id,
            "title": step.title,
            "src": script,
            "required": step.required,
        }
        for step, script in zip(course.steps, scripts, strict=True)
    ]
