"""One learner's browser: the LMS's window, and what can be done in it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from coursepack.preview.session.store import SAID_BEFORE
from coursepack.rehearsal.contents import EDITIONS, Stage
from coursepack.rehearsal.server import ORIGIN, House
from coursepack.rehearsal.statements import in_short, summary

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page

    from coursepack.preview.session.store import Opened

PATIENCE = 20_000
"""Milliseconds that a learner waits for anything."""
GLANCE = 5_000
"""Milliseconds after which what was there before is missed."""
REQUEST = 300
"""Milliseconds of real time in which what is on its way arrives."""
STRIDE, BREATH = 1_000, 20
"""Milliseconds that clocks move on at once, and real ones after that in which requests are answered."""
LEARNER = "Muster, Kim"
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"
"""A browser says so while the line is down by order; no other request of a rehearsal can meet that."""
STORE_SAYS = ("status of 404", "status of 409")
"""Answers of a record store that a browser takes for errors: nothing is there yet; the id is taken."""


class Stuck(Exception):  # noqa: N818
    """What a learner cannot do, as a finding."""


class Visit:
    """A browser profile of its own, in which a learner may come back as often as they like."""

    def __init__(
        self,
        context: BrowserContext,
        stage: Stage,
        house: House,
        learner: str,
        profile: str,
        shadow: str | None = None,
    ) -> None:
        """`shadow` is a second LMS that hears the same calls and answers nobody."""
        self.context, self.stage, self.house, self.learner = context, stage, house, learner
        self.profile, self.shadow = profile, shadow
        self.findings: list[str] = []
        self.quarrel = False
        self._page: Page | None = None
        self._attempts: list[Any] = [None, None]
        self._agreed = True
        self._opened: Opened | None = None
        self._posted: list[dict[str, Any]] = []
        self._asked: set[Any] = set()
        context.on("request", lambda one: self._asked.add(one))
        context.on("requestfinished", lambda one: self._asked.discard(one))
        context.on("requestfailed", lambda one: self._asked.discard(one))

    @property
    def scorm(self) -> bool:
        return self.stage.target in EDITIONS

    async def arrive(self, *, elsewhere: bool = False) -> None:
        """Opens the LMS, with what it has kept, and the course in it; `elsewhere` is another device."""
        if self._page is None:
            await self._open()
        if elsewhere:
            await self.call("forget")
        if self.scorm:
            await self.call("launch", f"/package/{self.stage.contents.digest}/{self.stage.href}")
        else:
            self._note_refusals()
            address, self._opened = self.house.launch(self.stage, self.learner)
            await self.call("open", address)
        script = self.stage.script
        if script is None:
            await self.until("loaded", "the course's page did not load")
        else:
            await self.until("ready", "the course did not get ready", len(script.steps))

    async def _open(self) -> None:
        self._page = await self.context.new_page()
        self._page.on("pageerror", lambda error: self.note(f"a script of the course failed: {error.message}"))
        self._page.on("console", lambda said: self._heard(said.type, said.text, said.location["url"]))
        await self._page.goto(f"{ORIGIN}/")
        if not self.scorm:
            return
        kept, other = self._attempts
        how = {
            "edition": self.stage.target,
            "facts": self.stage.facts,
            "profile": self.profile,
            "learner": {"id": self.learner, "name": LEARNER},
            "attempt": kept,
        }
        await self.call("begin", how, self.shadow, other)

    async def call(self, name: str, *args: Any) -> Any:
        """One of the functions of `stage.js`; what it cannot do is a Stuck."""
        from playwright.async_api import Error

        assert self._page
        try:
            return await self._page.evaluate("([name, args]) => stage[name](...args)", [name, list(args)])
        except Error as error:
            raise Stuck(
                error.message.strip().splitlines()[0].removeprefix("Page.evaluate: ").removeprefix("Error: ")
            ) from None

    async def comes(self, name: str, *args: Any, within: int = GLANCE) -> bool:
        """Whether a question of `stage.js` is answered with yes in so many milliseconds."""
        from playwright.async_api import TimeoutError as TooLate

        assert self._page
        ask = "([name, args]) => stage[name](...args)"
        try:
            await self._page.wait_for_function(ask, arg=[name, list(args)], timeout=within, polling=50)
        except TooLate:
            return False
        return True

    async def sees(self, name: str, *args: Any) -> bool:
        """The same, while the learner's own time goes on."""
        for _ in range(GLANCE // STRIDE):
            await self.spend(STRIDE)
            if await self.call(name, *args):
                return True
        return await self.comes(name, *args)

    async def until(self, name: str, otherwise: str, *args: Any) -> None:
        """Waits for a yes; `otherwise` is what a learner says who waits in vain."""
        if not await self.comes(name, *args, within=PATIENCE):
            raise Stuck(f"{otherwise} within {PATIENCE // 1000} seconds")

    async def saved(self) -> None:
        """Gives the course the seconds that it takes to save; then it should say that all is saved."""
        await self.spend(3 * STRIDE)
        if not await self.comes("kept", within=PATIENCE):
            self.note(f"after {PATIENCE // 1000} seconds the course still says “{await self.call('saving')}”")

    async def spend(self, milliseconds: int) -> None:
        """The learner takes their time.

        In a course of ours the page's clocks are moved on, timer by timer, so that nobody has to wait; any
        other page gets the real time.
        """
        if self.stage.script is None:
            await asyncio.sleep(milliseconds / 1000)
            return
        for _ in range(milliseconds // STRIDE):
            await self.context.clock.run_for(STRIDE)
            await self._answered()

    async def _answered(self) -> None:
        """Time for what the page has asked for: on a busy machine its clock would run ahead of answers."""
        for _ in range(REQUEST // BREATH):
            await asyncio.sleep(BREATH / 1000)
            if not self._asked:
                return
        self._asked.clear()

    async def line(self, *, up: bool) -> None:
        """The line to the LMS goes down or comes back."""
        await self.call("trouble", "ok" if up else "fail")
        self.quarrel = not up
        await self.context.set_offline(not up)

    async def leave(self) -> None:
        """The learner goes elsewhere; the course should have ended its session by then.

        In cmi5 they leave by the course's own button: only that ends a session.
        """
        if self._opened and self._opened.kind == "cmi5":
            await self._exit(self._opened)
        if await self.call("leave") == "running":
            self.note("the course never ended its session with the LMS")

    async def _exit(self, opened: Opened) -> None:
        if self.stage.script is None or not await self.call("exit"):
            return
        for _ in range(GLANCE // 50):
            if opened.ended:
                return
            await self.spend(STRIDE)
        self.note("the course's own button did not end the session")

    async def kill(self) -> None:
        """The tab crashes: nothing of the page runs any more, and what was not committed is gone."""
        from playwright.async_api import Error

        assert self._page
        await asyncio.sleep(REQUEST / 1000)
        self._attempts = await self.call("attempts")
        self._agreed = self._agreed and (await self.call("records"))[1] is not None
        self._posted += await self.call("posted")
        page, self._page = self._page, None
        try:
            await page.goto("chrome://crash", timeout=2000)
        except Error:
            await page.close()

    async def summaries(self) -> list[dict[str, Any] | None]:
        """The LMS's record and the shadow's, as they are now.

        The shadow's is None where it ever answered otherwise: the course might act otherwise there.
        """
        if self._page is None:
            await self._open()
        for fault in await self.call("taken"):
            self.note(str(fault))
        self._note_refusals()
        if self._opened:
            return [summary(self.stage, self._opened), None]
        own, other = await self.call("records")
        told = in_short([*self._posted, *await self.call("posted")])
        for one in (own, other):
            if one:
                one["statements"] = told
        return [own, other if self._agreed else None]

    async def standing(self) -> str:
        """Status and score as the LMS has them now, in a few words."""
        found = (await self.summaries())[0]
        if found is None:
            return "nothing"
        words = [found["status"]["completion"], found["status"]["success"], found["score"]["raw"]]
        return ", ".join(str(word) for word in words if word is not None)

    async def profiles(self) -> dict[str, Any]:
        """What is known of all SCORM LMSs, by id."""
        known: dict[str, Any] = await self.call("profiles")
        return known

    def _note_refusals(self) -> None:
        """A course of ours makes the id of what it says once from what it says: having it is no refusal."""
        known = SAID_BEFORE if self.stage.script else None
        for asked, why in self.house.refused.pop(self._opened.id, []) if self._opened else ():
            if why != known:
                self.note(f"the record store refused {asked}, {why}")

    def note(self, finding: str) -> None:
        if finding not in self.findings:
            self.findings.append(finding)

    def _heard(self, kind: str, text: str, url: str) -> None:
        expected = OFFLINE in text or (self._opened is not None and any(one in text for one in STORE_SAYS))
        if kind == "error" and not self.quarrel and not expected:
            file = url.partition(f"/package/{self.stage.contents.digest}/")[2].partition("?")[0]
            about = f": {file}" if text.startswith("Failed to load resource") and file else ""
            self.note(f"the browser's console says: {text[:300]}{about}")
