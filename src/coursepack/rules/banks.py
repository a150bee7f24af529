"""REF: question banks that are there, large enough, told apart by their names, and used."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.diagnostics import Finding, Severity, rule
from coursepack.rules.places import activities, did_you_mean, places
from coursepack.spec.model import Course, Quiz

WARNING = Severity.WARNING


def banks_of_one_name(course: Course) -> Iterator[Finding]:
    """The banks whose names another has already; a part of REF-001."""
    first: dict[str, str] = {}
    for position, bank in enumerate(course.banks):
        if bank.name in first:
            message = f"the bank is called `{bank.name}`, as `{first[bank.name]}` is"
            yield Finding(("banks", position), message, "rename one of the two files")
        first.setdefault(bank.name, bank.path)


@rule("REF-010", "unknown-bank")
def unknown_bank(course: Course) -> Iterator[Finding]:
    """A quiz draws from a question bank that is not there.

    `draw=5 from=basics` takes five questions from `questions/basics.yaml`.

    How to fix: use the name of the file in `questions/`, without its ending.
    """
    banks = [bank.name for bank in course.banks]
    for route, quiz in places(course, Quiz):
        if quiz.draw and quiz.draw.bank not in banks:
            advice = did_you_mean(quiz.draw.bank, banks) or f"write `questions/{quiz.draw.bank}.yaml`"
            yield Finding((*route, "draw"), f"there is no question bank `{quiz.draw.bank}`", advice)


@rule("REF-011", "draw-too-many")
def draw_too_many(course: Course) -> Iterator[Finding]:
    """A quiz draws more questions than the bank has.

    No attempt could be filled. Drawing as many as the bank has is fine: then each attempt asks them all.

    How to fix: draw fewer, or write more questions into the bank.
    """
    sizes = {bank.name: len(bank.questions) for bank in course.banks}
    for route, quiz in places(course, Quiz):
        if quiz.draw and quiz.draw.bank in sizes and quiz.draw.count > sizes[quiz.draw.bank]:
            have = sizes[quiz.draw.bank]
            message = f"the quiz draws {quiz.draw.count} questions and the bank `{quiz.draw.bank}` has {have}"
            yield Finding((*route, "draw"), message, f"draw {have} or fewer, or add questions to the bank")


@rule("REF-012", "bank-unused", WARNING)
def bank_unused(course: Course) -> Iterator[Finding]:
    """No quiz draws from this question bank, so no learner meets its questions.

    They are left out of the package.

    How to fix: draw from it, as in `::: quiz {#check draw=5 from=basics}`, or remove the file.
    """
    drawn = {quiz.draw.bank for _, quiz, _ in activities(course).quizzes if quiz.draw}
    for index, bank in enumerate(course.banks):
        if bank.name not in drawn:
            advice = f"add `draw=… from={bank.name}` to a quiz, or remove the file"
            yield Finding(("banks", index), f"no quiz draws from the bank `{bank.name}`", advice)
