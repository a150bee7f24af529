"""The rules of a finished course of ours in sentences, from its launch configuration alone."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.launch import LaunchConfig, QuizConfig


def percent(ten_thousandths: int) -> str:
    """Such as `80 %`."""
    return f"{ten_thousandths / 100:g} %"


def rules_in_words(config: LaunchConfig) -> Iterator[str]:
    """What completes the course, what passes it, then each quiz."""
    yield completion_in_words(config)
    rule = config["passRule"]
    if rule is None:
        yield "There is no pass mark: the LMS hears completed, and a score if a quiz counts."
    else:
        names = [quiz["id"] for quiz in config["quizzes"] if quiz["n"] in rule["quizzes"]]
        yield f"Passed from {percent(rule['score'])} of the points of: {', '.join(names) or 'no quiz'}."
    for quiz in config["quizzes"]:
        yield quiz_in_words(quiz)


def completion_in_words(config: LaunchConfig) -> str:
    """One sentence on what a learner must do."""
    rule = config["completion"]
    total, asked = len(rule["steps"]), rule["atLeast"]
    needs = []
    if asked:
        which = "all" if asked == total == len(config["steps"]) else f"{asked} of"
        needs.append(f"{which} {total} step{'' if total == 1 else 's'} done")
    if config["quizzes"] and rule["quizzes"] != "none":
        needs.append("every quiz passed" if rule["quizzes"] == "passed" else "every quiz handed in")
    if rule["reflections"] == "required" and any(one["kind"] == "reflection" for one in config["activities"]):
        needs.append("every reflection handed in")
    return f"Completed with: {', '.join(needs) or 'nothing, from the start'}."


def quiz_in_words(quiz: QuizConfig) -> str:
    """Questions, draw, attempts and mark of a quiz in one sentence."""
    number = len(quiz["questions"]) - len(quiz["pool"]) + quiz["draw"]
    parts = [f"{number} question{'' if number == 1 else 's'}"]
    if quiz["pool"]:
        parts.append(f"{quiz['draw']} of them drawn from {len(quiz['pool'])}")
    attempts = quiz["attempts"]
    parts.append(
        f"{attempts} attempt{'' if attempts == 1 else 's'}" if attempts else "any number of attempts"
    )
    if quiz["passScore"] is not None:
        parts.append(f"passed from {percent(quiz['passScore'])}")
    if not quiz["counted"]:
        parts.append("not part of the course's score")
    return f"Quiz {quiz['id']}: {', '.join(parts)}."
