"""Virtual learners: each is a plain function that acts on the page of a course of ours, or only opens it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from msgspec import Struct

from coursepack.rehearsal.contents import Script
from coursepack.rehearsal.replies import longest, reply, words
from coursepack.rehearsal.visit import Stuck, Visit

Text = Callable[[dict[str, Any]], str]
Act = Callable[[Visit, Script], Awaitable[None]]
ATTEMPTS = 20
"""Attempts at a quiz after which a learner without a limit gives up."""
UNTOLD = 12_000
"""Milliseconds in which statements that wait for others go out too; what a crash takes earlier is chance. It
takes twice that where a store has one of them from another device, so that they go out one by one."""
READING = 4000
"""Milliseconds that a learner stays with a step, beside what their hands need."""


class Learner(Struct, frozen=True):
    """`about` says in a sentence what they do, in `visits` visits. `act` is None for those that any vendor's
    package can have."""

    name: str
    about: str
    act: Act | None = None
    visits: int = 1
    phone: bool = False


# ---- what they do ----------------------------------------------------------------------------------------


async def work(
    visit: Visit,
    script: Script,
    first: int = 0,
    end: int | None = None,
    *,
    results: tuple[bool, ...] = (True,),
    quizzes: bool = True,
    text: Text = words,
) -> None:
    """Works through the steps from `first` up to `end` (exclusive), and on to the step after them.

    `results`: right or wrong, per attempt at a quiz. In a course that the LMS opens in review, they read.
    """
    steps, reads = script.steps, await visit.call("reviewing")
    for index in range(first, len(steps) if end is None else end):
        if not reads:
            await _step(visit, script, steps[index], results if quizzes else (), text)
        await visit.spend(READING)
        if index + 1 < len(steps):
            await visit.call("next")
    if end is None:
        await _look_at_the_end(visit, steps[-1]["n"], quizzes and all(results) and not reads)


async def _step(
    visit: Visit, script: Script, step: dict[str, Any], results: tuple[bool, ...], text: Text
) -> None:
    for question in step["questions"]:
        if not question["quiz"]:
            await visit.call("answer", question["n"], reply(question, right=True))
    for reflection in step["reflections"]:
        await visit.call("reflect", reflection["n"], text(reflection))
    for quiz in script.config["quizzes"]:
        if quiz["step"] == step["n"]:
            await _quiz(visit, quiz, step["questions"], results)


async def _quiz(
    visit: Visit, quiz: dict[str, Any], questions: list[dict[str, Any]], results: tuple[bool, ...]
) -> None:
    n = quiz["n"]
    for attempt, right in enumerate(results):
        if attempt and not await visit.call("again", n):
            if results[-1] and quiz["attempts"] != 1:
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
    if whole and not await visit.sees("done", step):
        raise Stuck("the last step is not ticked")


async def find_all(
    visit: Visit, script: Script, end: int | None = None, *, text: Text = words, elsewhere: bool = False
) -> None:
    """Looks whether everything that was answered before step `end` is there again.

    `elsewhere`: on another device, where texts that are kept on one cannot be.
    """
    quizzes = script.config["quizzes"]
    wanted = [
        {"id": one["id"], "selector": f"#{kind}{one['n']}", "text": text(one) if kind == "r" else None}
        for step in script.steps[:end]
        for kind, ones in (
            ("q", [one for one in step["questions"] if not one["quiz"]]),
            ("r", [one for one in step["reflections"] if one["keep"] == "lms" or not elsewhere]),
            ("z", [one for one in quizzes if one["step"] == step["n"]]),
        )
        for one in ones
    ]
    if not await visit.comes("found", wanted):
        gone = ", ".join(await visit.call("gone", wanted))
        visit.note(f"the learner came back and did not find {gone}")


async def _return_to(visit: Visit, step: dict[str, Any]) -> None:
    await visit.arrive()
    if await visit.call("here") != step["n"]:
        visit.note("the course did not come back to the step where the learner stopped")


# ---- who they are ----------------------------------------------------------------------------------------


async def all_right(visit: Visit, script: Script, **how: Any) -> None:
    """`how`: see `work`."""
    await visit.arrive()
    await work(visit, script, **how)
    await visit.saved()
    await visit.leave()


async def fails_then_passes(visit: Visit, script: Script) -> None:
    await all_right(visit, script, results=(False, True))


async def fails(visit: Visit, script: Script) -> None:
    await all_right(visit, script, results=(False,) * ATTEMPTS)


async def skips_quiz(visit: Visit, script: Script) -> None:
    await all_right(visit, script, quizzes=False)


async def stops_and_returns(visit: Visit, script: Script) -> None:
    half = len(script.steps) // 2
    await visit.arrive()
    await work(visit, script, 0, half)
    await visit.saved()
    await visit.leave()
    await _return_to(visit, script.steps[half])
    await find_all(visit, script, half)
    await work(visit, script, half)
    await visit.saved()
    await visit.leave()


async def kills_tab(visit: Visit, script: Script) -> None:
    """After the first crash, on another device, only what the LMS has can come back.

    After the second nobody does: the record is what was committed on the way.
    """
    half = len(script.steps) // 2
    await visit.arrive()
    await work(visit, script, 0, half)
    await visit.saved()
    await visit.spend(UNTOLD)
    await visit.kill()
    await visit.arrive(elsewhere=True)
    await find_all(visit, script, half, elsewhere=True)
    await work(visit, script, half)
    await visit.saved()
    await visit.spend(UNTOLD)
    await visit.kill()


async def loses_line(visit: Visit, script: Script) -> None:
    """The line is gone from within the first step to within the last; each has an answer given without it."""
    last = len(script.steps) - 1
    await visit.arrive()
    await visit.line(up=False)
    await work(visit, script, 0, last)
    await visit.line(up=True)
    await visit.saved()
    await work(visit, script, last)
    await visit.saved()
    await visit.leave()


async def longest_text(visit: Visit, script: Script) -> None:
    """What is written is read again on another device, before the course goes on."""
    end = max((at for at, step in enumerate(script.steps, 1) if step["reflections"]), default=1)
    await visit.arrive()
    await work(visit, script, 0, end, text=longest)
    await visit.saved()
    await visit.leave()
    await visit.arrive(elsewhere=True)
    await find_all(visit, script, end, text=longest, elsewhere=True)
    await work(visit, script, end)
    await visit.saved()
    await visit.spend(2 * UNTOLD)
    await visit.leave()


async def reopens(visit: Visit, script: Script) -> None:
    await all_right(visit, script)
    before = await visit.standing()
    await visit.arrive()
    await find_all(visit, script)
    await visit.spend(READING)
    await visit.leave()
    after = await visit.standing()
    if after != before:
        visit.note(f"opening the finished course once more changed the record from {before} to {after}")


async def play(visit: Visit, learner: Learner) -> None:
    """Runs a learner to the end; raises Stuck where they can go no further."""
    script = visit.stage.script
    if learner.act is not None:
        assert script is not None
        await learner.act(visit, script)
        return
    for _ in range(learner.visits):
        await visit.arrive()
        await visit.spend(2000)
        await visit.leave()


OURS: Mapping[str, Learner] = {
    one.name: one
    for one in (
        Learner("all-right", "answers everything right", all_right),
        Learner(
            "fails-then-passes",
            "fails the quiz, then passes at the next attempt if there is one",
            fails_then_passes,
        ),
        Learner("fails", "answers the quiz wrong in every attempt", fails),
        Learner("skips-quiz", "does everything but the quiz", skips_quiz),
        Learner("stops-and-returns", "leaves half-way, comes back and finishes", stops_and_returns, 2),
        Learner(
            "kills-tab",
            "the tab crashes half-way, they go on on another device, and at the end it crashes again",
            kills_tab,
            2,
        ),
        Learner("phone", "answers everything right on a phone of 390 × 844", all_right, phone=True),
        Learner("loses-line", "works without a line up to the last step, then has it again", loses_line),
        Learner(
            "longest-text",
            "fills reflections to the brim, with right-to-left and emoji, and reads them on another device",
            longest_text,
            2,
        ),
        Learner("reopens", "finishes, and opens the course once more", reopens, 2),
    )
}
ANYONES: Mapping[str, Learner] = {
    one.name: one
    for one in (
        Learner("opens", "opens the course, looks and leaves"),
        Learner("opens-and-returns", "opens the course, leaves and comes back", visits=2),
    )
}
"""Whoever wrote the package, these can play it: of its questions nothing is known."""
