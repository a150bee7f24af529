"""Virtual learners: each is a plain function that acts on the page of a course of ours, or only opens it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from coursepack.rehearsal.contents import Script
from coursepack.rehearsal.replies import longest, reply, words
from coursepack.rehearsal.visit import Stuck, Visit

Text = Callable[[dict[str, Any]], str]
Act = Callable[[Visit, Script], Awaitable[None]]
ATTEMPTS = 20
"""Attempts at a quiz after which a learner without a limit gives up."""


@dataclass(frozen=True, slots=True)
class Learner:
    """`about` says in a sentence what they do. `act` is None for those that any vendor's package can have."""

    name: str
    about: str
    act: Act | None = None
    returns: bool = False
    phone: bool = False


# ---- what they do ----------------------------------------------------------------------------------------


async def work(
    visit: Visit,
    script: Script,
    *,
    first: int = 0,
    last: int | None = None,
    results: tuple[bool, ...] = (True,),
    quizzes: bool = True,
    text: Text = words,
) -> None:
    """Works through the steps from `first` up to `last` (exclusive), and on to the step after them.

    `results`: right or wrong, per attempt at a quiz.
    """
    steps = script.steps
    for index in range(first, len(steps) if last is None else last):
        step = steps[index]
        for question in step["questions"]:
            if not question["quiz"]:
                await visit.call("answer", question["n"], reply(question, right=True))
        for reflection in step["reflections"]:
            await visit.call("reflect", reflection["n"], text(reflection))
        if quizzes:
            for quiz in script.config["quizzes"]:
                if quiz["step"] == step["n"]:
                    await _quiz(visit, quiz["n"], step["questions"], results)
        if index + 1 < len(steps):
            await visit.call("next")
    if last is None:
        await _look_at_the_end(visit, steps[-1]["n"], quizzes)
    await visit.saved()


async def _quiz(visit: Visit, n: int, questions: list[dict[str, Any]], results: tuple[bool, ...]) -> None:
    for attempt, right in enumerate(results):
        if attempt and not await visit.call("again", n):
            if results[-1]:
                visit.note("there is no further attempt at the quiz")
            return
        for question in questions:
            if question["quiz"] == n:
                await visit.call("answer", question["n"], reply(question, right=right))
        if await visit.call("submitQuiz", n) != "finished":
            raise Stuck("the quiz is answered, and its attempt does not end")


async def _look_at_the_end(visit: Visit, step: int, whole: bool) -> None:
    """A step counts as seen when its end was in view for a second."""
    await visit.call("toEnd")
    if whole:
        await visit.until("done", "the last step is not ticked", step)
    else:
        await visit.pause(1600)


# ---- who they are ----------------------------------------------------------------------------------------


async def all_right(visit: Visit, script: Script) -> None:
    await visit.arrive()
    await work(visit, script)
    await visit.leave()


async def fails_then_passes(visit: Visit, script: Script) -> None:
    await visit.arrive()
    await work(visit, script, results=(False, True))
    await visit.leave()


async def fails(visit: Visit, script: Script) -> None:
    await visit.arrive()
    await work(visit, script, results=(False,) * ATTEMPTS)
    await visit.leave()


async def skips_quiz(visit: Visit, script: Script) -> None:
    await visit.arrive()
    await work(visit, script, quizzes=False)
    await visit.leave()


async def stops_and_returns(visit: Visit, script: Script) -> None:
    half = len(script.steps) // 2
    await visit.arrive()
    await work(visit, script, last=half)
    await visit.leave()
    await visit.arrive()
    if await visit.call("here") != script.steps[half]["n"]:
        visit.note("the course did not come back to the step where the learner stopped")
    await work(visit, script, first=half)
    await visit.leave()


async def kills_tab(visit: Visit, script: Script) -> None:
    await visit.arrive()
    await work(visit, script)
    await visit.kill()


async def loses_line(visit: Visit, script: Script) -> None:
    half = max(1, len(script.steps) // 2)
    await visit.arrive()
    await visit.line(up=False)
    first = script.steps[0]
    for question in first["questions"]:
        if not question["quiz"]:
            await visit.call("answer", question["n"], reply(question, right=True))
    await visit.pause(1500)
    await visit.line(up=True)
    await visit.saved()
    await work(visit, script, last=half)
    await work(visit, script, first=half)
    await visit.leave()


async def longest_text(visit: Visit, script: Script) -> None:
    await visit.arrive()
    await work(visit, script, text=longest)
    await visit.leave()


async def reopens(visit: Visit, script: Script) -> None:
    await all_right(visit, script)
    await visit.arrive()
    await visit.pause(300)
    await visit.leave()


async def play(visit: Visit, learner: Learner) -> None:
    """Runs a learner to the end; raises Stuck where they can go no further."""
    script = visit.stage.script
    if learner.act is not None:
        assert script is not None
        await learner.act(visit, script)
        return
    for _ in range(2 if learner.returns else 1):
        await visit.arrive()
        await visit.pause(1500)
        await visit.leave()


OURS: Mapping[str, Learner] = {
    one.name: one
    for one in (
        Learner("all-right", "answers everything right", all_right),
        Learner(
            "fails-then-passes", "answers the quiz wrong, then right at the next attempt", fails_then_passes
        ),
        Learner("fails", "answers the quiz wrong in every attempt", fails),
        Learner("skips-quiz", "does everything but the quiz", skips_quiz),
        Learner("stops-and-returns", "leaves half-way, comes back and finishes", stops_and_returns),
        Learner("kills-tab", "finishes, and the tab crashes before they leave", kills_tab),
        Learner("phone", "answers everything right on a phone of 390 × 844", all_right, phone=True),
        Learner("loses-line", "answers the first step without a line, then finishes", loses_line),
        Learner(
            "longest-text",
            "fills reflections to the last character, right-to-left and with emoji",
            longest_text,
        ),
        Learner("reopens", "finishes, and opens the course once more", reopens),
    )
}
ANYONES: Mapping[str, Learner] = {
    one.name: one
    for one in (
        Learner("opens", "opens the course, looks and leaves"),
        Learner("opens-and-returns", "opens the course, leaves and comes back", returns=True),
    )
}
"""Whoever wrote the package, these can play it: of its questions nothing is known."""
