"""Every learner with every package before every LMS, some at a time."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from coursepack.rehearsal import browser
from coursepack.rehearsal.contents import Stage
from coursepack.rehearsal.learners import ANYONES, OURS, Learner, play
from coursepack.rehearsal.record import Rehearsal, Run
from coursepack.rehearsal.visit import Stuck, Visit, serve

if TYPE_CHECKING:
    from playwright.async_api import Browser

PROFILES = ("strict", "moodle-4.5")
"""The first answers; the second hears the same calls, and gets its own run where it answers otherwise."""
EDITIONS = ("scorm12", "scorm2004-3", "scorm2004-4")
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
    path = browser.require()
    kept, notes = [], []
    for stage in stages:
        notes += [f"{stage.target}: {note}" for note in stage.notes]
        if stage.target in EDITIONS:
            kept.append(stage)
        else:
            notes.append(silent(stage.target))
    jobs: list[Job] = [
        (learner, stage)
        for stage in kept
        for learner in learners_for(stage)
        if not names or learner.name in names
    ]
    runs, profiles = asyncio.run(_all(path, jobs, tick, at_once or _at_once())) if jobs else ([], {})
    about = {learner.name: learner.about for learner, _ in jobs}
    return Rehearsal(title, tuple(runs), profiles, about, tuple(notes))


def silent(target: str) -> str:
    """Why a target has no record here."""
    if target == "web":
        return "web: nothing is recorded; progress stays in the learner's own browser"
    return f"{target}: not rehearsed; `coursepack preview` shows what it sends"


def _at_once() -> int:
    return max(2, min(8, 2 * (os.cpu_count() or 2)))


async def _all(
    path: str, jobs: Sequence[Job], tick: Tick | None, at_once: int
) -> tuple[list[Run], dict[str, Any]]:
    from playwright.async_api import async_playwright

    gate, known, done = asyncio.Semaphore(at_once), dict[str, Any](), 0
    async with async_playwright() as playwright:
        there = await browser.launch(playwright, path)

        async def one(job: Job) -> list[Run]:
            nonlocal done
            async with gate:
                runs = await _run(there, job, PROFILES[0], PROFILES[1], known)
                if len(runs) == 1:
                    runs += await _run(there, job, PROFILES[1], None, known)
            done += 1
            if tick:
                tick(done, len(jobs))
            return runs

        try:
            made = await asyncio.gather(*(one(job) for job in jobs))
            return [run for runs in made for run in runs], known
        finally:
            await there.close()


async def _run(
    there: Browser, job: Job, profile: str, shadow: str | None, known: dict[str, Any]
) -> list[Run]:
    """One run, and the shadow's when its LMS answered every call alike.

    Whatever goes wrong in it is a finding of the run, a time-out too.
    """
    from playwright.async_api import Error

    learner, stage = job
    size = PHONE if learner.phone else DESK
    context = await there.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        is_mobile=learner.phone,
        has_touch=learner.phone,
        service_workers="block",
    )
    visit = Visit(context, stage, profile, shadow)
    summaries: list[dict[str, Any] | None] = [None, None]
    try:
        await context.route("**/*", lambda route: serve(route, stage))
        async with asyncio.timeout(LONGEST):
            try:
                await play(visit, learner)
            except Stuck as stuck:
                visit.note(f"the learner is stuck: {stuck}")
            summaries, profiles = await visit.summaries()
            known.update(profiles)
    except TimeoutError:
        visit.note(f"the run was given up after {LONGEST:.0f} seconds")
    except (Error, Stuck) as error:
        visit.note(f"the browser gave up: {str(error).strip().splitlines()[0]}")
    finally:
        await context.close()
    findings = tuple(visit.findings)
    runs = [Run(learner.name, stage.target, profile, summaries[0], findings)]
    if shadow and summaries[1] is not None:
        runs.append(Run(learner.name, stage.target, shadow, summaries[1], findings))
    return runs
