"""The compact table that a package carries as `hooks-<hash>.js`: what the hook interpreter works by.

The script calls `coursepack.hooks(<HookTable>)`; the runtime's script tag names it as `data-hooks`. All that
an author wrote is resolved here: no `{{…}}`, no alias and no rule of defaults is left for the page. The twin
of the interpreter is `statements.py`; `tests/vectors/statements.json` holds the two together.
`runtime/contract.d.ts` says the same to the type checker.

**A template** is JSON in which four kinds of object stand for something; all else is itself:

* `{"$": path, "f": [[filter, argument…], …]}` the value at the path through the filters (`f` may be missing);
* `{"+": [template, …]}` the parts as one text; absent when one of them is;
* `{"@": ref}` the activity with its whole definition; `{"#": ref}` the activity by id, type and name.

What is absent (no value, null, empty text, empty list or map) takes its key or its place in the list with it,
except inside `extensions`, where only absent values go. A statement without object is not sent.

**A condition** is a list: `["all", c…]`, `["any", c…]`, `["not", c]`, `[op, path, value]` with the op `eq ne
lt lte gt gte in exists starts-with`, `["first", "session" | "attempt"]` (the hook has not spoken of this
object yet, with `each` not at this value), `["mode", [mode, …]]`. A comparison with an absent value is false
(`ne`, `exists: false`: true).

**The scope** is the event's payload, enriched: `course`, `event.{name,time,seq}`, `session.{id,elapsed_s}`,
`attempt.registration`; `page`, `quiz`, `question` and `reflection` by their `n` get `iri` and `title` from
`places`, and bring the quiz and the page around them (`within`). `question.response` becomes the text of
SCORM 2004's interaction, `question.scaled` is points through max points in four decimals; a scale (likert)
has no `correct`, `points`, `max_points`, `scaled`, nor has a question of no points the last three.
`resource.file` is the href of a file of the package and leads to `resources`; an address that is neither http
nor https is no resource, and the hook sends nothing. The refs at hand are `course`, those of the scope, and
`parent`: of a question its quiz, else its page; of a quiz, reflection or resource its page; else the course.

`course.progressed` fires once for each whole percent that was crossed, upwards only.

**Free text** (`reflection.text`, `question.response` where the place says `free`) is absent unless the hook
says `consent` and the learner agreed; then e-mail addresses and phone numbers in it are masked.

**A question's words** are in the page's own data of it, so the table of a package leaves them out: its
definition has no `name`, and 0 for a list of components. Both are made from the data of the question asked:
the text, and id and words of `options`, `items` or `pairs` (`target`: each right side once).

**After rendering** `result.score` loses `raw`, `min` and `max` unless `min < max` and `raw` is between them;
`context` gets `registration`, and `session.id` under the table's `session` extension when that is not empty.
The id is random, or with `once` a UUIDv5 of `NAMESPACE` and
`<registration or session id>|<hook>|<object id>`. What was sent is remembered as
`<session or attempt>|<hook>|<object id>`, for `once` and for `first`. Where the hook says `each`, `|` and the
value at that path follow.
"""

from typing import Any, Literal, NotRequired, TypedDict
from uuid import UUID

NAMESPACE = UUID("98a0f643-03f1-4b03-ba65-bad573a8e24b")
"""Of all ids that are made from what a statement is about."""

Template = Any
Condition = list[Any]


class Activity(TypedDict):
    """An activity as statements carry it."""

    id: str
    definition: dict[str, Any]


class Place(TypedDict):
    """A step, quiz, question or reflection. `within` are the numbers around it, nearest first.

    `free`: what the learner types here is free text. `kind` of a step is `page`.
    """

    kind: Literal["page", "quiz", "question", "reflection"]
    within: list[int]
    activity: Activity
    free: NotRequired[bool]


class Hook(TypedDict):
    """`throttle`: at least so many seconds apart; `max`: at most so many in a session; 0 is no limit.

    `each`: a path whose values are told apart by `once` and `first`, since the condition names them.
    """

    id: str
    events: list[str]
    when: Condition
    statement: Template
    once: Literal["event", "session", "attempt"]
    priority: Literal["critical", "normal", "low"]
    offline: Literal["keep", "drop"]
    throttle: float
    max: int
    consent: bool
    each: NotRequired[str]


class CourseFacts(TypedDict):
    iri: str
    title: str
    version: str
    language: str


class HookTable(TypedDict):
    """The argument of `coursepack.hooks(…)`: `places` by permanent number, `resources` by package name.

    `relay` is the address of a statement relay, `origins` the pages that the bridge may speak to, `homePage`
    the account system of a SCORM learner, `session` the extension that carries the session's id.
    """

    v: Literal[1]
    course: CourseFacts
    activity: Activity
    places: dict[str, Place]
    resources: dict[str, Activity]
    hooks: list[Hook]
    session: str
    relay: str | None
    origins: list[str]
    homePage: str
