"""One learner's browser: the LMS's window, served from memory, and what can be done in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from coursepack import resources
from coursepack.preview.contents import DamagedError, media_type
from coursepack.rehearsal.contents import Stage

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page, Route

ORIGIN = "https://lms.test"
"""Nothing of it leaves the browser: every request is answered from memory."""
PATIENCE = 20_000
"""Milliseconds that a learner waits for anything."""
LMS_PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>LMS</title><style>html,body{margin:0;height:100%}iframe{border:0;width:100%;height:100%;display:block}</style>"
    '<body><script src="/lms.js"></script><script src="/stage.js"></script>'
)


class Stuck(Exception):  # noqa: N818
    """What a learner cannot do, as a finding."""


class Visit:
    """A browser profile of its own, in which a learner may come back as often as they like."""

    def __init__(
        self, context: BrowserContext, stage: Stage, profile: str, shadow: str | None = None
    ) -> None:
        """`shadow` is a second LMS that hears the same calls and answers nobody."""
        self.context, self.stage, self.profile, self.shadow = context, stage, profile, shadow
        self.findings: list[str] = []
        self.quarrel = False
        self._page: Page | None = None
        self._attempts: list[Any] = [None, None]
        self._agreed = True

    async def arrive(self) -> None:
        """Opens the LMS, with what it has kept, and the course in it."""
        if self._page is None:
            self._page = await self.context.new_page()
            self._page.on(
                "pageerror", lambda error: self.note(f"a script of the course failed: {error.message}")
            )
            self._page.on("console", lambda said: self._heard(said.type, said.text))
            await self._page.goto(f"{ORIGIN}/")
            await self._begin()
        await self.call("launch", f"/package/{self.stage.href}")
        script = self.stage.script
        if script is None:
            await self.until("loaded", "the course's page did not load")
        else:
            await self.until("ready", "the course did not get ready", len(script.steps))

    async def _begin(self) -> None:
        how = {"edition": self.stage.target, "facts": self.stage.facts, "profile": self.profile}
        learner = {"id": "learner-1", "name": "Muster, Kim"}
        kept, other = self._attempts
        await self.call("begin", {**how, "learner": learner, "attempt": kept}, self.shadow, other)

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

    async def until(self, name: str, otherwise: str, *args: Any) -> None:
        """Waits until a question of `stage.js` is answered with yes."""
        from playwright.async_api import TimeoutError as TooLate

        assert self._page
        ask = "([name, args]) => stage[name](...args)"
        try:
            await self._page.wait_for_function(ask, arg=[name, list(args)], timeout=PATIENCE, polling=50)
        except TooLate:
            raise Stuck(f"{otherwise} within {PATIENCE // 1000} seconds") from None

    async def saved(self) -> None:
        """Waits until the course says that all is saved."""
        from playwright.async_api import TimeoutError as TooLate

        assert self._page
        ask = "() => ['saved', 'readonly'].includes(stage.saving())"
        try:
            await self._page.wait_for_function(ask, timeout=PATIENCE, polling=50)
        except TooLate:
            self.note(f"after {PATIENCE // 1000} seconds the course still says “{await self.call('saving')}”")

    async def pause(self, milliseconds: int) -> None:
        assert self._page
        await self._page.wait_for_timeout(milliseconds)

    async def line(self, *, up: bool) -> None:
        """The line to the LMS goes down or comes back."""
        await self.call("trouble", "ok" if up else "fail")
        self.quarrel = not up
        await self.context.set_offline(not up)

    async def leave(self) -> None:
        """The learner goes elsewhere; the course should have ended its session by then."""
        state = await self.call("leave")
        if state == "running":
            self.note("the course never ended its session with the LMS")

    async def kill(self) -> None:
        """The tab crashes: nothing of the page runs any more, and what was not committed is gone."""
        from playwright.async_api import Error

        assert self._page
        self._attempts = await self.call("attempts")
        self._agreed = (await self.call("records"))[1] is not None
        page, self._page = self._page, None
        try:
            await page.goto("chrome://crash", timeout=2000)
        except Error:
            await page.close()

    async def summaries(self) -> tuple[list[dict[str, Any] | None], dict[str, Any]]:
        """The LMS's record and the shadow's, and what is known of all LMSs.

        The shadow's is None where it ever answered otherwise: the course might act otherwise there.
        """
        if self._page is None:
            self._page = await self.context.new_page()
            await self._page.goto(f"{ORIGIN}/")
            await self._begin()
        for fault in await self.call("taken"):
            self.note(str(fault))
        own, other = await self.call("records")
        return [own, other if self._agreed else None], await self.call("profiles")

    def note(self, finding: str) -> None:
        if finding not in self.findings:
            self.findings.append(finding)

    def _heard(self, kind: str, text: str) -> None:
        if kind == "error" and not self.quarrel:
            self.note(f"the browser's console says: {text[:300]}")


async def serve(route: Route, stage: Stage) -> None:
    """Answers a request of the page: the package's files and the LMS's own two scripts, nothing else."""
    url = urlsplit(route.request.url)
    if f"{url.scheme}://{url.netloc}" != ORIGIN:
        await route.abort("blockedbyclient")
        return
    path = unquote(url.path)
    own = {
        "/": ("text/html", LMS_PAGE.encode()),
        "/lms.js": ("text/javascript", resources.lms_bundle()),
        "/stage.js": ("text/javascript", (Path(__file__).parent / "stage.js").read_bytes()),
        "/favicon.ico": ("image/x-icon", b""),
    }
    kind, data = own.get(path, ("", None))
    if data is None and path.startswith("/package/"):
        name = path.removeprefix("/package/")
        try:
            kind, data = media_type(name), stage.contents.read(name)
        except DamagedError:
            data = None
    if data is None:
        await route.fulfill(status=404, content_type="text/plain", body="there is no such file")
        return
    text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
    await route.fulfill(status=200, content_type=f"{kind}; charset=utf-8" if text else kind, body=data)
