"""Statement hooks in SCORM packages before a strict LRS: LMS record and statements agree."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Frame, expect

from coursepack import lock, site, state
from coursepack.lock import Register
from coursepack.spec.load import load_course
from lms import ENDS, LMS_HOST, OTHER_HOST, Lms
from lrs.server import Fault, TrialLrs
from xapi.judges import learning_locker, ralph

pytestmark = pytest.mark.browser
COURSE = Path(__file__).parent.parent / "courses" / "answers"
IRI = "https://learning.example.org/courses/answers"
RELAY = "https://relay.example.org/v1/"
EDITIONS = {"scorm12": "scorm12", "scorm2004": "scorm2004-4"}
AUTH = "Basic c2VjcmV0OmtleQ=="
ACTOR = {"account": {"homePage": "https://lms.example.org", "name": "p-7f3a91c2"}}
REGISTRATION = "2c1c2f6e-6f1d-4f2e-8d3e-0b1b6b7a9c10"
XAPI = {
    "free": "xapi:\n  privacy: {free-text-allowed: true}\n",
    "open": "xapi:\n  owned-domains: [learning.example.org]\n",
    "relay": f"xapi:\n  relay: {RELAY}\n  owned-domains: [learning.example.org, relay.example.org]\n",
}

LISTEN = """
if (location.pathname.startsWith('/lms/parent')) {
  window.heard = []
  addEventListener('message', ({data, source, origin}) => {
    if (data?.ns !== 'coursepack.xapi') return
    heard.push({...data, origin})
    const answer = (message) => source.postMessage({ns: 'coursepack.xapi', v: 1, ...message}, origin)
    if (data.type === 'xapi.hello' && window.greets !== false) answer({type: 'xapi.config'})
    if (data.type === 'xapi.statement') answer({type: 'xapi.ack', seq: data.seq})
  })
}
"""

DEED = "({type, statement}) => type === 'xapi.statement' && !statement.verb.id.endsWith('/experienced')"

STORED = """
async () => {
  const done = (request) => new Promise((yes) => { request.onsuccess = () => yes(request.result) })
  const all = []
  for (const {name} of await indexedDB.databases()) {
    const base = await done(indexedDB.open(name))
    for (const one of base.objectStoreNames) {
      all.push(await done(base.transaction(one).objectStore(one).getAll()))
    }
  }
  return JSON.stringify([all, {...localStorage}, {...sessionStorage}, history.state])
}
"""


class Hooked(Lms):
    """An LMS whose launch may name an LRS; what that LRS was told to refuse is no fault of the page."""

    query: str = ""
    rough: bool = False
    home: str = LMS_HOST

    def url(self, path: str, host: str = LMS_HOST) -> str:
        more = f"?{self.query}" if path == "/course/index.html" and self.query else ""
        return super().url(path, self.home if host == LMS_HOST else host) + more

    def note_console(self, kind: str, text: str) -> None:
        if not (self.rough and ("status of" in text or "was refused with" in text)):
            super().note_console(kind, text)


@pytest.fixture
def lrs() -> Iterator[TrialLrs]:
    with TrialLrs(authorization=AUTH) as lrs:
        yield lrs


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The course with `xapi:` settings, as a folder for an edition; `""` is the course without them."""
    made: dict[tuple[str, str], Path] = {}

    def make(edition: str, settings: str) -> Path:
        if (edition, settings) not in made:
            made[edition, settings] = write(tmp_path_factory.mktemp("hooks"), edition, settings)
        return made[edition, settings]

    return make


def write(folder: Path, edition: str, settings: str) -> Path:
    source, package = folder / "course", folder / "package"
    shutil.copytree(COURSE, source)
    with (source / "course.yaml").open("a", encoding="utf-8") as file:
        file.write(settings)
    loaded = load_course(source)
    assert loaded.course, loaded.findings
    register, layout = state.settle(loaded.course, lock.assign(loaded.course, Register()))
    page = site.render(loaded.course, register, state.to_json(layout), state.older_json(register))
    for part in site.to_parts(page, EDITIONS[edition], edition):
        path = package / part.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(part.data)
    return package


def toward(package: Path, relay: str) -> Path:
    """The package with its relay at another address."""
    target = package.with_name(f"relay-{hash(relay)}")
    if not target.exists():
        shutil.copytree(package, target)
        for path in [target / "index.html", *target.glob("hooks-*.js")]:
            text = path.read_text("utf-8").replace(RELAY, relay)
            path.write_text(text.replace("https://relay.example.org", relay.removesuffix("/xapi/")), "utf-8")
    return target


@pytest.fixture
def host(context: BrowserContext, build: Callable[..., Path]) -> Iterator[Callable[..., Hooked]]:
    made: list[Hooked] = []

    def make(edition: str = "scorm2004", way: str = "open", relay: str = "", query: str = "") -> Hooked:
        package = build(edition, XAPI.get(way, ""))
        made.append(Hooked(context, edition, toward(package, relay) if relay else package))  # type: ignore[arg-type]
        made[-1].query = query
        return made[-1]

    try:
        yield make
        for one in made:
            assert one.errors() == []
    finally:
        for one in made:
            one.stop()


def launch_query(lrs: TrialLrs) -> str:
    """What a TinCan launch adds to the address."""
    return urlencode(
        {
            "endpoint": lrs.url(OTHER_HOST),
            "auth": AUTH,
            "actor": json.dumps(ACTOR),
            "registration": REGISTRATION,
            "activity_id": IRI,
        }
    )


def ready(frame: Frame) -> Frame:
    expect(frame.locator("#print-course")).to_be_visible()
    expect(frame.locator("main article")).to_have_count(3)
    return frame


def answer(frame: Frame, words: str, label: str) -> None:
    form = frame.locator("form.question:visible").filter(has=frame.get_by_text(words))
    form.locator("label", has_text=label).click()
    form.locator("[type=submit]").click()


def play(frame: Frame) -> None:
    """A right answer, a wrong one, typed words, and a quiz that is passed."""
    answer(frame, "Which reply calls them in?", "What did you mean by that?")
    answer(frame, "The sky is blue.", "False")
    form = frame.locator("form.question:visible").filter(has=frame.get_by_text("capital of France"))
    form.get_by_role("textbox").fill("Paris")
    form.locator("[type=submit]").click()
    frame.get_by_role("button", name="Next").click()
    answer(frame, "First?", "yes")
    answer(frame, "Second?", "yes")
    expect(frame.locator(".quiz-result:visible")).to_be_visible()


def flush(frame: Frame) -> None:
    """Makes the queue send what it holds."""
    frame.evaluate("dispatchEvent(new Event('online'))")


def deeds(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All but `experienced`: whether a step was seen for a second is up to the machine's speed."""
    return [one for one in statements if not one["verb"]["id"].endswith("/experienced")]


def arrive(
    lrs: TrialLrs, count: int, frame: Frame | None = None, seconds: float = 30
) -> list[dict[str, Any]]:
    """The statements held once `count` deeds are among them; a page that is still there is made to send."""
    end = time.monotonic() + seconds
    while True:
        held = list(lrs.statements.all())
        if len(deeds(held)) >= count:
            return held
        assert time.monotonic() < end, f"of {count} only {verbs(held)}"
        if frame:
            flush(frame)
        time.sleep(0.1)


def same_bytes(lrs: TrialLrs) -> bool:
    """Whether each statement was the same text in every request that held it."""
    bodies = [request.body for request, _ in list(lrs.seen) if request.path == "statements"]
    texts = [(one["id"], json.dumps(one)) for body in bodies for one in json.loads(body)]
    return len(set(texts)) == len(dict(texts))


def answered(statements: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        one["object"]["id"].rsplit("/", 1)[-1]: one["result"]
        for one in statements
        if one["verb"]["id"].endswith("/answered")
    }


def recorded(host: Hooked) -> dict[str, tuple[str, str]]:
    """Response and result of each interaction that the LMS holds, by its id."""
    model, name = host.model(), "student_response" if host.edition == "scorm12" else "learner_response"
    count = len({key.split(".")[2] for key in model if key.startswith("cmi.interactions.")})
    rows = [
        {part: model.get(f"cmi.interactions.{k}.{part}", "") for part in ("id", name, "result")}
        for k in range(count)
    ]
    return {row["id"].rsplit(".", 1)[-1]: (row[name], row["result"]) for row in rows}


def agree(host: Hooked, statements: list[dict[str, Any]]) -> None:
    """The same questions, the same verdicts, and with 2004 the same responses (typed words need consent)."""
    said, kept = answered(statements), recorded(host)
    assert {name.rsplit(".", 1)[-1] for name in said} == kept.keys()
    assert len(said) == 5
    for name, (response, result) in kept.items():
        assert said[name]["success"] == (result == "correct"), name
        if name == "capital":
            assert "response" not in said[name]
        elif host.edition == "scorm2004":
            assert said[name]["response"] == response, name


def verbs(statements: list[dict[str, Any]]) -> list[str]:
    return [one["verb"]["id"].rsplit("/", 1)[-1] for one in statements]


def everything(statements: list[dict[str, Any]]) -> None:
    """What `play` and leaving cause, each of it once."""
    said = verbs(deeds(statements))
    assert len(said) == 9
    assert said.count("initialized") == said.count("suspended") == 1
    assert said.count("answered") == 5
    assert said.count("passed") == 2  # the quiz, and the course
    assert verbs(statements).count("experienced") <= 2
    assert len({one["id"] for one in statements}) == len(statements)
    assert len({one["context"]["registration"] for one in statements}) == 1


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("way", ["query", "relay"])
def test_an_lrs_of_the_launch_or_a_relay_hears_what_the_lms_records(
    host: Callable[..., Hooked], lrs: TrialLrs, edition: str, way: str
) -> None:
    if way == "query":
        lms = host(edition, query=launch_query(lrs))
    else:
        lrs.authorization = ""
        lms = host(edition, "relay", relay=lrs.url(OTHER_HOST))
    frame = ready(lms.launch())
    play(frame)
    arrive(lrs, 8, frame)
    lms.navigate_away()
    statements = arrive(lrs, 9)
    everything(statements)
    agree(lms, statements)
    assert lrs.complaints == []
    one = statements[0]
    assert one["actor"]["account"]["name"] == ("learner-1" if way == "relay" else ACTOR["account"]["name"])
    assert list(one["actor"]) == ["account"]
    assert (one["context"]["registration"] == REGISTRATION) == (way == "query")


def test_credentials_leave_the_address_at_once_and_are_kept_nowhere(
    host: Callable[..., Hooked], lrs: TrialLrs
) -> None:
    lms = host(query=launch_query(lrs))
    frame = ready(lms.launch())
    play(frame)
    address = frame.evaluate("location.href")
    assert "auth" not in address and "actor" not in address and "endpoint" not in address
    kept = frame.evaluate(STORED)
    assert "answered" in kept
    assert AUTH not in kept and AUTH.split()[1] not in kept
    arrive(lrs, 8, frame)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("greets", [True, False])
def test_a_listening_page_around_hears_each_statement_once(
    context: BrowserContext, host: Callable[..., Hooked], edition: str, greets: bool
) -> None:
    context.add_init_script(LISTEN + f"\nwindow.greets = {str(greets).lower()}")
    lms = host(edition)
    frame = ready(lms.launch())
    play(frame)
    assert lms.page
    parent = lms.page.main_frame
    if greets:
        flush(frame)
    parent.wait_for_function(f"heard.filter({DEED}).length >= 8", timeout=30000)
    parent.wait_for_timeout(300)
    heard = [one for one in parent.evaluate("heard") if one["type"] == "xapi.statement"]
    statements = [one["statement"] for one in heard]
    lms.take_calls()
    assert verbs(statements).count("answered") == 5
    assert len({one["id"] for one in statements}) == len(statements)
    lms.navigate_away()
    agree(lms, statements)


@pytest.mark.parametrize("edition", EDITIONS)
def test_nobody_listens_and_the_course_is_none_the_worse(host: Callable[..., Hooked], edition: str) -> None:
    lms = host(edition)
    frame = ready(lms.launch())
    play(frame)
    expect(frame.locator("#saving")).to_have_text("Saved")
    assert frame.locator("#sending").count() == 0 or frame.locator("#sending").inner_text() == ""
    lms.navigate_away()
    assert len(recorded(lms)) == 5


def test_a_package_without_hooks_holds_no_word_of_xapi(build: Callable[..., Path]) -> None:
    for edition in EDITIONS:
        with_hooks, without = build(edition, XAPI["open"]), build(edition, "")
        assert list(with_hooks.glob("hooks-*.js"))
        assert not list(without.glob("hooks-*.js"))
        scripts = [path.read_text("utf-8") for path in without.glob("*.js") if "course" not in path.name]
        for mark in ("xapi.hello", "X-Experience-API", "expapi", "coursepack-statements"):
            assert not any(mark in text for text in scripts), mark
        assert "connect-src 'none'" in unescape((without / "index.html").read_text("utf-8"))


def test_statements_outlive_a_network_that_goes_in_the_middle(
    context: BrowserContext, host: Callable[..., Hooked], lrs: TrialLrs
) -> None:
    lms = host(query=launch_query(lrs))
    frame = ready(lms.launch())
    answer(frame, "Which reply calls them in?", "What did you mean by that?")
    assert len(answered(arrive(lrs, 2, frame))) == 1
    lrs.down = True
    answer(frame, "The sky is blue.", "False")
    flush(frame)
    expect(frame.locator("#sending")).to_contain_text("waiting to be sent", timeout=20000)
    assert len(answered(lrs.statements.all())) == 1
    lrs.down = False
    assert len(answered(arrive(lrs, 3, frame))) == 2
    expect(frame.locator("#sending")).to_be_empty()
    assert lrs.complaints == [] and lrs.statements.conflicts == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=503, times=2),
        Fault(status=429, headers={"Retry-After": "1"}),
        Fault(status=500, after=True),
        Fault(status=0, after=True),
    ],
    ids=["503", "429", "500-after", "cut-after"],
)
def test_a_store_that_fails_gets_the_same_bytes_again(
    host: Callable[..., Hooked], lrs: TrialLrs, fault: Fault
) -> None:
    lrs.fail(fault)
    lms = host(query=launch_query(lrs))
    lms.rough = True
    frame = ready(lms.launch())
    play(frame)
    statements = arrive(lrs, 8, frame)
    assert verbs(statements).count("answered") == 5
    bodies = [request.body for request, _ in lrs.seen if request.path == "statements"]
    assert len(bodies) > len(lrs.statements.posts) or fault.after
    assert same_bytes(lrs)
    assert lrs.complaints == [] and lrs.statements.conflicts == []


def test_what_was_written_down_before_a_crash_arrives_with_the_next_visit(
    host: Callable[..., Hooked], lrs: TrialLrs
) -> None:
    lms = host(query=launch_query(lrs))
    frame = ready(lms.launch())
    lrs.down = True
    play(frame)
    frame.page.wait_for_timeout(1500)
    assert lrs.statements.all() == []
    lms.kill()
    lrs.down = False
    frame = ready(lms.launch())
    statements = arrive(lrs, 9, frame)
    assert verbs(statements).count("answered") == 5
    assert verbs(statements).count("initialized") == verbs(statements).count("resumed") == 1
    assert len({one["context"]["registration"] for one in statements}) == 1
    times = [one["timestamp"] for one in statements]
    assert times == sorted(times)
    assert lrs.statements.conflicts == []


@pytest.mark.parametrize("known", [False, True], ids=["unsent", "sent-and-not-known"])
def test_a_crash_between_writing_down_and_knowing(
    host: Callable[..., Hooked], lrs: TrialLrs, known: bool
) -> None:
    lms = host(query=launch_query(lrs))
    lms.rough = True
    frame = ready(lms.launch())
    arrive(lrs, 1, frame)
    if known:
        lrs.fail(Fault(status=0, after=True, delay=0.2, times=9))
    answer(frame, "The sky is blue.", "False")
    for _ in range(100):
        if "answered" in frame.evaluate(STORED):
            break
        frame.page.wait_for_timeout(20)
    if known:
        arrive(lrs, 2, frame)
    assert len(answered(lrs.statements.all())) == known
    lms.kill()
    lrs.faults.clear()
    frame = ready(lms.launch())
    statements = arrive(lrs, 3, frame)
    assert verbs(deeds(statements)) == ["initialized", "answered", "resumed"]
    assert bool(lrs.statements.again) == known
    assert same_bytes(lrs)
    assert lrs.statements.conflicts == []


@pytest.mark.parametrize("home", ["localhost", LMS_HOST], ids=["locks", "lease"])
def test_two_tabs_send_each_statement_once(host: Callable[..., Hooked], lrs: TrialLrs, home: str) -> None:
    lms = host(query=launch_query(lrs))
    lms.home = home
    first = ready(lms.launch())
    assert first.evaluate("!!navigator.locks") == (home == "localhost")
    lrs.down = True
    answer(first, "The sky is blue.", "False")
    answer(first, "Which reply calls them in?", "What did you mean by that?")
    first.page.wait_for_timeout(300)
    second = ready(lms.launch())
    second.page.wait_for_timeout(300)
    lrs.down = False
    flush(first)
    statements = arrive(lrs, 4, second)
    assert sorted(verbs(deeds(statements))) == ["answered", "answered", "initialized", "resumed"]
    for _ in range(100):  # until the page knows that they have arrived
        if "answered" not in second.evaluate(STORED):
            break
        second.page.wait_for_timeout(50)
    lms.navigate_away()
    first.page.wait_for_timeout(500)
    first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    flush(first)
    statements = arrive(lrs, 5, first)
    first.page.wait_for_timeout(500)
    again = [one for one in statements if one["id"] in lrs.statements.again]
    assert set(verbs(deeds(again))) <= {"suspended"}  # no page was left to hear that it had arrived
    assert same_bytes(lrs) and lrs.statements.conflicts == []
    assert len({one["context"]["registration"] for one in lrs.statements.all()}) == 1


@pytest.mark.parametrize("hours", [2, -2])
def test_a_clock_that_is_hours_off_follows_the_store_that_tells(
    context: BrowserContext, host: Callable[..., Hooked], lrs: TrialLrs, hours: int
) -> None:
    lrs.exposed = "Date"
    context.add_init_script(f"const real = Date.now; Date.now = () => real() + {hours * 3600000}")
    lms = host(query=launch_query(lrs))
    lms.rough = True  # a time in the future is refused, then made right
    frame = ready(lms.launch())
    arrive(lrs, 1, frame)
    play(frame)
    later = answered_at(arrive(lrs, 8, frame))
    assert len(later) == 5
    assert all(abs(time.time() - moment) < 60 for moment in later)


def answered_at(statements: list[dict[str, Any]]) -> list[float]:
    told = [one for one in statements if one["verb"]["id"].endswith("/answered")]
    return [datetime.fromisoformat(one["timestamp"]).timestamp() for one in told]


def test_a_reload_sends_nothing_twice_and_keeps_the_registration(
    host: Callable[..., Hooked], lrs: TrialLrs
) -> None:
    lrs.authorization = ""
    lms = host("scorm12", "relay", relay=lrs.url(OTHER_HOST))
    frame = ready(lms.launch())
    play(frame)
    arrive(lrs, 8, frame)
    for count in (10, 12):
        lms.navigate_away()
        frame = ready(lms.launch())
        arrive(lrs, count, frame)
    lms.navigate_away()
    statements = arrive(lrs, 13)
    said = verbs(statements)
    assert said.count("answered") == 5
    assert said.count("passed") == 2
    assert said.count("initialized") == 1 and said.count("resumed") == 2
    assert len({one["context"]["registration"] for one in statements}) == 1
    extensions = [one["context"]["extensions"] for one in statements]
    sessions = {value for one in extensions for name, value in one.items() if "session" in name}
    assert len(sessions) == 3
    assert lrs.complaints == [] and lrs.statements.conflicts == []


@pytest.mark.parametrize("status", [401, 403])
def test_a_store_that_wants_nothing_stops_the_sending_and_not_the_course(
    host: Callable[..., Hooked], lrs: TrialLrs, status: int
) -> None:
    lrs.fail(Fault(status=status, times=99))
    lms = host(query=launch_query(lrs))
    lms.rough = True
    frame = ready(lms.launch())
    answer(frame, "The sky is blue.", "False")
    flush(frame)
    expect(frame.locator("#sending")).to_contain_text("waiting to be sent")
    flush(frame)
    frame.page.wait_for_timeout(500)
    assert len(lrs.seen) == 1
    expect(frame.locator("#saving")).to_have_text("Saved")
    lrs.faults.clear()
    lms.close()
    frame = ready(lms.launch())
    assert len(answered(arrive(lrs, 3, frame))) == 1


def test_one_bad_statement_is_put_aside_and_the_others_arrive(
    host: Callable[..., Hooked], lrs: TrialLrs
) -> None:
    take = lrs.statements.take
    bad = f"{IRI}/question/sky"

    def picky(batch: list[Any]) -> tuple[int, str]:
        return (400, "not that one") if any(one["object"]["id"] == bad for one in batch) else take(batch)

    lrs.statements.take = picky  # type: ignore[method-assign]
    lms = host(query=launch_query(lrs))
    lms.rough = True
    frame = ready(lms.launch())
    play(frame)
    statements = arrive(lrs, 7, frame)
    assert answered(statements).keys() >= {"reply", "capital"}
    assert "sky" not in answered(statements)
    assert len(answered(statements)) == 4


def test_typed_words_leave_only_when_the_learner_says_so(host: Callable[..., Hooked], lrs: TrialLrs) -> None:
    lms = host("scorm12", "free", query=launch_query(lrs))
    frame = ready(lms.launch())
    boxes = frame.locator(".consent input")
    expect(boxes.first).to_be_visible()
    assert not any(box.is_checked() for box in boxes.all())
    forms = frame.locator("form.question:visible")
    capital = forms.filter(has=frame.get_by_text("capital of France"))
    capital.get_by_role("textbox").fill("Paris")
    capital.locator("[type=submit]").click()
    cloze = forms.filter(has=frame.locator(".cloze"))
    cloze.get_by_role("checkbox").check()
    assert all(box.is_checked() for box in boxes.all())
    cloze.get_by_role("textbox").nth(0).fill("cat")
    cloze.get_by_role("textbox").nth(1).fill("robin@example.org")
    cloze.locator("[type=submit]").click()
    said = answered(arrive(lrs, 3, frame))
    assert "response" not in said["capital"]
    assert said["cat"]["response"] == "cat[,][e-mail]"
    lms.close()
    frame = ready(lms.launch())
    expect(frame.locator(".consent input").first).to_be_checked()


def was_heard(lms: Hooked, seconds: float) -> bool:
    """Whether the LMS hears the end of the session in that time: the page could speak."""
    end = time.monotonic() + seconds
    while not (heard := any(call.method in ENDS for call in lms.calls())) and time.monotonic() < end:
        time.sleep(0.05)
    return heard


@pytest.mark.parametrize("answering", [0.0, 0.5])
@pytest.mark.parametrize("closing", [False, True], ids=["goes-on", "closes"])
def test_leaving_at_once_loses_nothing(
    host: Callable[..., Hooked], lrs: TrialLrs, answering: float, closing: bool
) -> None:
    """A busy browser may end a closed tab before the page can speak: what was done until then comes later."""
    lrs.fail(Fault(status=200, delay=answering, times=99))
    lms = host(query=launch_query(lrs))
    play(ready(lms.launch()))
    if closing:
        lms.close()
    else:
        lms.navigate_away()
    heard = was_heard(lms, 3 if closing else 20)
    assert heard or closing
    if heard:
        everything(arrive(lrs, 9))
    else:
        frame = ready(lms.launch())
        assert verbs(arrive(lrs, 9, frame)).count("answered") == 5
    assert same_bytes(lrs)  # the browser gives up what is under way, so that is sent again
    assert lrs.complaints == [] and lrs.statements.conflicts == []


def test_other_judges_find_nothing_wrong_with_what_was_sent(
    host: Callable[..., Hooked], lrs: TrialLrs
) -> None:
    lms = host(query=launch_query(lrs))
    frame = ready(lms.launch())
    frame.page.wait_for_timeout(1200)
    play(frame)
    lms.navigate_away()
    statements = arrive(lrs, 9)
    assert "experienced" in verbs(statements)
    assert [fault for one in statements for fault in ralph(one)] == []
    assert learning_locker(statements) == []
