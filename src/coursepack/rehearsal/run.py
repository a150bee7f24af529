"""Every learner with every package before every LMS, some at a time."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from coursepack.rehearsal import browser
from coursepack.rehearsal.contents import EDITIONS, PLAYED, Stage
from coursepack.rehearsal.learners import ANYONES, OURS, Learner, play
from coursepack.rehearsal.record import Rehearsal, Run
from coursepack.rehearsal.server import House, isolation, serving
from coursepack.rehearsal.together import together
from coursepack.rehearsal.visit import Stuck, Visit

if TYPE_CHECKING:
    from playwright.async_api import Browser

PROFILES = ("strict", "moodle-4.5")
"""The first answers; the second hears the same calls, and gets its own run where it answers otherwise."""
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
LONGEST = 120.0
"""Seconds after which a run is given up."""
Job = tuple[Learner, Stage]
Tick = Callable[[int, int], None]


def learners_for(stage: Stage) -> list[Learner]:
    return list((OURS if stage.script else ANYONES).values())


def rehearse(
    title: str,
    stages: Iterable[Stage],
    *,
    names: Sequence[str] = (),
    tick: Tick | None = None,
    at_once: int | None = None,
) -> Rehearsal:
    """Runs the learners named, or all. What a course does wrong is a finding.

    Raises NoBrowserError with a sentence.
    """
    kept, notes = [], []
    for stage in stages:
        notes += [f"{stage.target}: {note}" for note in stage.notes]
        if stage.target in PLAYED:
            kept.append(stage)
        else:
            notes.append(silent(stage.target))
    jobs: list[Job] = [
        (learner, stage)
        for stage in kept
        for learner in learners_for(stage)
        if not names or learner.name in names
    ]
    runs, profiles = (
        asyncio.run(_all(browser.require(), jobs, tick, at_once or _at_once())) if jobs else ([], {})
    )
    about = {learner.name: learner.about for learner, _ in jobs}
    return Rehearsal(title, tuple(runs), profiles, about, tuple(notes))


def silent(target: str) -> str:
    """Why a target has no record here."""
    return f"{target}: nothing is recorded; progress stays in the learner's own browser"


def _at_once() -> int:
    return max(2, min(8, 2 * (os.cpu_count() or 2)))


async def _all(
    path: str, jobs: Sequence[Job], tick: Tick | None, at_once: int
) -> tuple[list[Run], dict[str, Any]]:
    """The runs in the order of the jobs. Those that take longest begin first."""
    from playwright.async_api import async_playwright

    asyncio.get_running_loop().set_exception_handler(_unless_stopped(asyncio.current_task()))
    gate, known = asyncio.Semaphore(at_once), dict[str, Any]()
    made: dict[int, list[Run]] = {}
    house = House(stage for _, stage in jobs)
    async with serving(house) as port, async_playwright() as playwright:
        there = await browser.launch(playwright, path, isolation(port))

        async def one(place: int) -> None:
            async with gate:
                made[place] = await _both(there, house, jobs[place], known)
            if tick:
                tick(len(made), len(jobs))

        try:
            longest_first = sorted(range(len(jobs)), key=lambda place: -jobs[place][0].visits)
            await asyncio.gather(*(one(place) for place in longest_first))
        finally:
            await there.close()
    return [run for place in range(len(jobs)) for run in made[place]], known


def _unless_stopped(work: asyncio.Task[Any] | None) -> Callable[[asyncio.AbstractEventLoop, Any], None]:
    """Ctrl-C reaches the browser's driver too; that its connection is lost then is no news."""

    def tell(loop: asyncio.AbstractEventLoop, context: Any) -> None:
        if work is None or not (work.cancelling() or work.cancelled()):
            loop.default_exception_handler(context)

    return tell


async def _both(there: Browser, house: House, job: Job, known: dict[str, Any]) -> list[Run]:
    """The runs before each LMS: SCORM has several, and one run gives the records of two that answer alike."""
    if job[1].target not in EDITIONS:
        return await _run(there, Visitor(house, job, PROFILES[0], None), known)
    runs = await _run(there, Visitor(house, job, PROFILES[0], PROFILES[1]), known)
    if len(runs) == 1:
        runs += await _run(there, Visitor(house, job, PROFILES[1], None), known)
    return runs


class Visitor(Struct, frozen=True):
    """Who comes to which LMS; `shadow` is the one that only hears."""

    house: House
    job: Job
    profile: str
    shadow: str | None


async def _run(there: Browser, who: Visitor, known: dict[str, Any]) -> list[Run]:
    """One run, and the shadow's when its LMS answered every call alike.

    Whatever goes wrong in it is a finding of the run, a time-out too.
    """
    from playwright.async_api import Error

    learner, stage = who.job
    size = PHONE if learner.phone else DESK
    context = await there.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        is_mobile=learner.phone,
        has_touch=learner.phone,
        service_workers="block",
    )
    units = (stage, *stage.others)
    visits = [Visit(context, unit, who.house, learner.name, who.profile, who.shadow) for unit in units]
    found: list[list[dict[str, Any] | None]] = []
    visit = visits[0]
    try:
        async with asyncio.timeout(LONGEST * len(units)):
            if stage.script:
                await context.clock.install()
            for visit in visits:
                try:
                    await play(visit, learner)
                except Stuck as stuck:
                    visit.note(f"the learner is stuck: {stuck}")
                found.append(await visit.summaries())
                known.update(await visit.profiles())
    except TimeoutError:
        visit.note(f"the run was given up after {LONGEST * len(units):.0f} seconds")
    except (Error, Stuck) as error:
        visit.note(f"the browser gave up: {str(error).strip().splitlines()[0]}")
    finally:
        await context.close()
    findings = tuple(chain.from_iterable(one.findings for one in visits))
    own, other = ([one[side] for one in found] if len(found) == len(units) else [] for side in (0, 1))
    runs = [Run(learner.name, stage.target, who.profile, _whole(units, own), findings)]
    if who.shadow and (heard := _whole(units, other)) is not None:
        runs.append(Run(learner.name, stage.target, who.shadow, heard, findings))
    return runs


def _whole(units: Sequence[Stage], summaries: Sequence[dict[str, Any] | None]) -> dict[str, Any] | None:
    """The record of all units; None where one has none."""
    kept = [one for one in summaries if one is not None]
    return together(units, kept) if len(kept) == len(units) else None
