"""The key sheet of a finished package of ours: what an LMS's bare report means."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from coursepack.inspection.ours import Built
from coursepack.keysheet import right_as_reported, right_in_words


class KeyRow(Struct, frozen=True):
    """One interaction: its id in reports, what it asks, what is right, and how a right answer is reported."""

    id: str
    type: str
    step: str
    quiz: str
    text: str
    right: str
    reported: str
    told: bool


def keys(built: Built) -> Iterator[KeyRow]:
    """All questions and reflections, in the order of the course."""
    config = built.config
    grammar = "1.2" if config["target"] == "scorm12" else "2004"
    quizzes = {quiz["n"]: quiz["title"] or quiz["id"] for quiz in config["quizzes"]}
    told = set(config["reported"])
    for step in config["steps"]:
        data = built.steps[step["n"]]
        for question in data["questions"]:
            yield KeyRow(
                question["id"],
                question["type"],
                step["title"],
                quizzes.get(question["quiz"], ""),
                question["text"],
                right_in_words(question),
                right_as_reported(question, "1.2" if grammar == "1.2" else "2004"),
                question["n"] in told,
            )
        for reflection in data["reflections"]:
            yield KeyRow(
                reflection["id"],
                "reflection",
                step["title"],
                "",
                reflection["text"],
                "",
                "",
                reflection["n"] in told,
            )
