"""Courses and states made of plain dataclasses, for the tests of course.lock and the saved state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from msgspec.structs import asdict

from coursepack.spec.model import (
    Answer,
    Bank,
    Block,
    Choice,
    Cloze,
    ClozeGap,
    Course,
    Draw,
    FillIn,
    Likert,
    Matching,
    NumberRange,
    Numeric,
    Option,
    Order,
    OrderItem,
    Pair,
    Paragraph,
    Question,
    Quiz,
    Reflection,
    Step,
    Text,
    TrueFalse,
)
from coursepack.spec.settings import Settings
from coursepack.state import (
    CourseState,
    Layout,
    QuestionState,
    QuizState,
    Record,
    ReflectionState,
)
from coursepack.state.progress import Response


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def prose(text: str) -> tuple[Block, ...]:
    return (Paragraph(words(text)),)


def options(*texts: str, right: Iterable[int] = (0,)) -> tuple[Option, ...]:
    """Options; a text `id=words` has an id."""
    found = []
    for at, text in enumerate(texts):
        id_, _, label = text.rpartition("=")
        found.append(Option(words(label), at in set(right), id_))
    return tuple(found)


def pairs(*texts: str) -> tuple[Pair, ...]:
    """`left=right` or `id=left=right`."""
    found = []
    for text in texts:
        *id_, left, right = text.split("=")
        found.append(Pair(words(left), words(right), id_[0] if id_ else ""))
    return tuple(found)


def items(*texts: str) -> tuple[OrderItem, ...]:
    found = []
    for text in texts:
        id_, _, label = text.rpartition("=")
        found.append(OrderItem(words(label), id_))
    return tuple(found)


def question(id: str, answer: Answer, **more: Any) -> Question:  # noqa: A002
    return Question(id, prose(f"About {id}?"), answer, **more)


def step(id: str, *blocks: Block) -> Step:  # noqa: A002
    return Step(id, f"Step {id}", f"steps/{id}.md", (*prose(f"Read {id}."), *blocks))


def course(*steps: Step, banks: Sequence[Bank] = (), **settings: Any) -> Course:
    made = Settings.model_validate(
        {"spec": 1, "id": "https://example.org/c", "title": "C", "language": "en"} | settings
    )
    return Course(made, steps, tuple(banks))


def number(low: str, high: str | None = None) -> Numeric:
    return Numeric((NumberRange(Decimal(low), Decimal(high or low)),))


ANSWERS: dict[str, Callable[[int], Answer]] = {
    "choice": lambda at: Choice(options("one", "two", "three", "four", right=[at % 4])),
    "multiple": lambda at: Choice(options("a", "b", "c", "d", "e", right=[0, 2, 3]), True, at % 2 == 0),
    "true-false": lambda at: TrueFalse(at % 2 == 0),
    "matching": lambda at: Matching(pairs("a=A", "b=B", "c=C", "d=D"), at % 2 == 0),
    "order": lambda at: Order(items("first", "second", "third", "fourth", "fifth")),
    "likert": lambda at: Likert(options("1", "2", "3", "4", "5", right=[])),
    "fill-in": lambda at: FillIn(("yes", "yeah")),
    "cloze": lambda at: Cloze((ClozeGap(("one",)), ClozeGap(("two", "deux"))), partial=at % 2 == 0),
    "numeric": lambda at: number("42"),
}
TYPED = ("fill-in", "cloze", "numeric")


def mixed(
    steps: int = 30, questions: int = 120, reflections: int = 5, typed: int = 10, units: int = 200
) -> Course:
    """A realistic course: a quiz in every third step, practice in between, all nine types in turn."""
    closed = [kind for kind in ANSWERS if kind not in TYPED]
    kinds = [TYPED[at % 3] if at < typed else closed[at % len(closed)] for at in range(questions)]
    kinds = [kinds[(at * 7) % questions] for at in range(questions)]
    made = [question(f"q{at}", ANSWERS[kind](at)) for at, kind in enumerate(kinds)]
    blocks: list[list[Block]] = [[] for _ in range(steps)]
    for at, item in enumerate(made):
        blocks[at % steps].append(item)
    for at in range(0, steps, 3):
        blocks[at] = [Quiz(f"quiz{at}", tuple(blocks[at]))]
    for at in range(reflections):
        blocks[at * steps // reflections].append(
            Reflection(f"r{at}", prose(f"Think {at}."), max_length=units)
        )
    return course(*(step(f"s{at}", *own) for at, own in enumerate(blocks)))


def banked(pool: int = 12, draw: int = 4) -> Course:
    """A course with a bank of all types that two quizzes draw from."""
    kinds = list(ANSWERS)
    bank = Bank(
        "pool",
        "questions/pool.yaml",
        tuple(question(f"b{at}", ANSWERS[kinds[at % 9]](at)) for at in range(pool)),
    )
    own = question("own", ANSWERS["choice"](0), attempts=3)
    return course(
        step(
            "one", Quiz("first", (own,), draw=Draw(draw, "pool")), question("practice", ANSWERS["order"](0))
        ),
        step("two", Quiz("second", (), draw=Draw(2, "pool"), attempts=2), Reflection("r", prose("Think."))),
        banks=[bank],
    )


# --- states -------------------------------------------------------------------------------------------


def fullest(layout: Layout, unit: str = "\U0001f600") -> CourseState:
    """A learner who filled in everything, in characters that take the most room."""
    drawn: dict[int, tuple[int, ...]] = {}
    for n, pool in layout.pools.items():
        widest = sorted(pool, key=lambda record: -_weight(record))
        drawn[n] = tuple(sorted(record.n for record in widest[: layout.by_n[n].size]))
    questions = {}
    for record in layout.records:
        if record.is_question and (not record.drawn or record.n in drawn[record.quiz]):
            questions[record.n] = QuestionState(_full(record, unit), True, record.tries or 1, record.units)
    runs = list(reversed(layout.reported))[:16]
    return CourseState(
        token=2**24 - 1,
        counter=2**24 - 1,
        location=layout.steps[-1],
        completed=True,
        success="failed",
        seen=frozenset(layout.steps),
        questions=questions,
        quizzes={
            record.n: QuizState(record.tries or 63, "finished", 1_000_000, True, drawn.get(record.n, ()))
            for record in layout.records
            if record.kind == "z"
        },
        reflections={
            record.n: ReflectionState(fill(unit, record.size), True)
            for record in layout.records
            if record.kind == "r"
        },
        entries={n: 900 + 7 * at for at, n in enumerate(runs)},
    )


def _weight(record: Record) -> int:
    from coursepack.state.bound import drawn_bits

    return drawn_bits(record)


def fill(unit: str, limit: int) -> str:
    """The unit as often as it fits in that many UTF-16 units, then blanks of two bytes."""
    size = len(unit.encode("utf-16-le")) // 2
    return unit * (limit // size) + "\u2003" * (limit % size)


def _full(record: Record, unit: str) -> Response:
    match record.kind:
        case "c" | "l":
            return record.parts[-1]
        case "m":
            return record.parts
        case "t":
            return True
        case "f":
            return fill(unit, record.size)
        case "n":
            return "9" * record.size
        case "g":
            return tuple(fill(unit, record.size) for _ in record.parts)
        case "p":
            return tuple(record.sides[-1] for _ in record.parts)
    return tuple(reversed(record.parts))


SCRIPTS = (
    "plain words",
    "42",
    "-1,5",
    "naïve façade",
    "Привет",
    "日本語",
    "\U0001f600\U0001f680",
    "\ud800 alone",
    "٤٢",
    "",
    " ",
)


def some_state(layout: Layout, random: Random) -> CourseState:
    """What some learner may have done; now and then more than a state has room for."""
    quizzes = {}
    for record in layout.records:
        if record.kind == "z" and random.random() < 0.8:
            pool = [one.n for one in layout.pools.get(record.n, ())]
            drawn = tuple(sorted(random.sample(pool, min(record.size, len(pool)))))
            score = random.choice([None, 0, 333_333, 1_000_000])
            phase = random.choice(["new", "running", "finished"])
            quizzes[record.n] = QuizState(random.randrange(4), phase, score, random.random() < 0.5, drawn)
    questions = {}
    for record in layout.records:
        if record.is_question and random.random() < 0.7:
            submitted = random.random() < 0.6
            share = random.randrange(record.units + 1) if submitted else None
            questions[record.n] = QuestionState(_some(record, random), submitted, random.randrange(4), share)
    told = [n for n in layout.reported if random.random() < 0.6]
    random.shuffle(told)
    return CourseState(
        token=random.randrange(2**24),
        counter=random.randrange(2**24),
        location=random.choice([0, *layout.steps]),
        completed=random.random() < 0.5,
        success=random.choice(["unknown", "passed", "failed"]),
        seen=frozenset(n for n in layout.steps if random.random() < 0.5),
        questions=questions,
        quizzes=quizzes,
        reflections={
            record.n: ReflectionState(random.choice(SCRIPTS) * random.randrange(3), random.random() < 0.5)
            for record in layout.records
            if record.kind == "r" and random.random() < 0.7
        },
        entries={n: random.randrange(3) + at for at, n in enumerate(told)}
        if random.random() < 0.5
        else {n: at for at, n in enumerate(sorted(told))},
    )


def _some(record: Record, random: Random) -> Response:
    if random.random() < 0.1:
        return None
    match record.kind:
        case "c" | "l":
            return random.choice(record.parts)
        case "m":
            return tuple(n for n in record.parts if random.random() < 0.5)
        case "t":
            return random.random() < 0.5
        case "f" | "n":
            return random.choice(SCRIPTS) * random.randrange(8)
        case "g":
            return tuple(random.choice(SCRIPTS) for _ in record.parts)
        case "p":
            return tuple(random.choice((0, *record.sides)) for _ in record.parts)
    return tuple(random.sample(record.parts, len(record.parts)))


def plain_state(state: CourseState) -> dict[str, Any]:
    """The state as JSON, maps as sorted pairs."""
    return {
        "token": state.token,
        "counter": state.counter,
        "location": state.location,
        "completed": state.completed,
        "success": state.success,
        "seen": sorted(state.seen),
        "questions": [[n, _plain(item)] for n, item in sorted(state.questions.items())],
        "quizzes": [[n, _plain(item)] for n, item in sorted(state.quizzes.items())],
        "reflections": [[n, _plain(item)] for n, item in sorted(state.reflections.items())],
        "entries": [[n, index] for n, index in sorted(state.entries.items())],
    }


def _plain(item: Any) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(item).items()}
