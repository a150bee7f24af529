"""What a learner can reach, proven when the course is built: by a perfect learner, and by counting points.

`check` finds what is impossible and assumes a course in which no other rule found an error; `prove` says in
sentences what the rules of the course come to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, field

from coursepack.answers import Kind, part_count, to_question_data, utf16
from coursepack.consequences import Sentence, consequences
from coursepack.diagnostics import Finding, Severity, define
from coursepack.latest import keep_latest
from coursepack.launch import QuestionData
from coursepack.policy import to_rules
from coursepack.scoring import Response, Verdict, judge, total
from coursepack.source import Route
from coursepack.spec.model import Course
from coursepack.spec.outline import Slot, outline
from coursepack.standing import Rules, Standing, standing

COMPLETION = define(
    "PRF-001",
    "completed-out-of-reach",
    Severity.ERROR,
    """
    No learner can complete the course, whatever they do.

    The build takes a learner who sees every step, answers all questions right and writes all reflections,
    and asks the course's own rules whether that is enough. It is not.

    How to fix: look at what the message names as still open, and at `completion` in course.yaml.
    """,
)
PASSING = define(
    "PRF-002",
    "passed-out-of-reach",
    Severity.ERROR,
    """
    No learner can pass the course, whatever they answer.

    The build adds up the most points that right answers can earn, and they stay below `pass.score`.

    How to fix: make sure that each question of the quizzes that count has a right answer that can be given,
    or lower the pass mark.
    """,
)


def check(course: Course) -> Iterator[Finding]:
    """Findings where completion or passing is impossible."""
    if not course.steps:
        return
    perfect = _perfect(course)
    reached = perfect.standing
    if not reached.completed:
        names = " and ".join(f"the {todo.kind} `{perfect.names[todo.kind, todo.n]}`" for todo in reached.todo)
        message = f"no learner can complete this course: {names} cannot be done"
        yield COMPLETION.finding(("settings", "completion"), message, "change what completion asks for")
    if course.settings.pass_ and reached.success != "passed":
        most = "no point" if reached.score is None else f"at most {reached.score / 100:g} % of the points"
        message = f"no learner can pass this course: right answers earn {most}"
        advice = "give each question a right answer that can be given, or lower the mark"
        yield PASSING.finding(("settings", "pass", "score"), message, advice)


def prove(course: Course) -> tuple[Sentence, ...]:
    """What the rules come to, in sentences, for the build's output."""
    if not course.steps:
        return ()
    reached = _perfect(course).standing
    words = ["completes the course"] if reached.completed else []
    words += ["passes it"] if reached.success == "passed" else []
    words += [f"scores {reached.score / 100:g} %"] if reached.score is not None else []
    at: Route = ("settings", "completion")
    best = [Sentence(at, f"A learner who does everything right {_joined(words)}.")] if words else []
    return (*best, *consequences(course))


def _joined(words: list[str]) -> str:
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else words[0]


class _Quiz(Struct, frozen=True, dict=True):
    attempt: int
    phase: Literal["new", "running", "finished"]
    score: int | None
    passed: bool


class _Done(Struct, frozen=True, dict=True):
    submitted: bool = True


class _State(Struct, frozen=True, dict=True):
    seen: frozenset[int]
    questions: dict[int, _Done]
    quizzes: dict[int, _Quiz]
    reflections: dict[int, _Done]
    completed: bool = False
    success: Literal["unknown", "passed", "failed"] = "unknown"


class _Numbers(Struct, dict=True):
    """Numbers in the order of asking: proofs need no permanent ones."""

    known: dict[tuple[str, str], int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def n(self, kind: Kind, id: str) -> int:  # noqa: A002
        return self.known.setdefault((kind, id), len(self.known) + 1)

    def parts(self, slot_id: str) -> tuple[int, ...]:
        return tuple(range(1, self.counts[slot_id] + 1))

    def answer(self, slot_id: str) -> int:
        return 1 if self.counts[slot_id] else 0


class _Perfect:
    """A learner who does everything, and where that leads."""

    def __init__(self, course: Course) -> None:
        plan = outline(course)
        numbers = _Numbers(counts={slot.id: part_count(slot.question.answer) for slot in plan.slots})
        rules = to_rules(course, numbers)
        verdicts = {slot.id: _best(slot, numbers, course.settings.language) for slot in plan.slots}
        quizzes = {}
        for config, (_, quiz, _route) in zip(rules.quizzes, plan.quizzes, strict=True):
            slots = plan.of(quiz)
            if slots:
                earned = [_counted(slot, verdicts[slot.id]) for slot in slots]
                quizzes[config["n"]] = _attempted(config["passScore"], total(earned))
        written = [one for _, one, _ in plan.reflections if 2 * one.min_words - 1 <= one.max_length]
        state = _State(
            seen=frozenset(step.n for step in rules.steps),
            questions={numbers.n("question", slot.id): _Done() for slot in plan.slots},
            quizzes=quizzes,
            reflections={numbers.n("reflection", one.id): _Done() for one in written},
        )
        self.rules: Rules = rules
        self.standing: Standing = standing(rules, state)
        self.names = {(kind, n): name for (kind, name), n in numbers.known.items()}


@keep_latest
def _perfect(course: Course) -> _Perfect:
    return _Perfect(course)


def _attempted(mark: int | None, score: int) -> _Quiz:
    return _Quiz(1, "finished", score, mark is not None and (score + 50) // 100 >= mark)


def _counted(slot: Slot, verdict: Verdict) -> tuple[float, int, int]:
    return (verdict.points if slot.question.scored else 0, verdict.right, verdict.of)


def _best(slot: Slot, numbers: _Numbers, language: str) -> Verdict:
    n = numbers.n("question", slot.id)
    data = to_question_data(slot, n, numbers.parts(slot.id), int(slot.quiz is not None), language=language)
    return judge(data, right_response(data))


def right_response(question: QuestionData) -> Response:
    """A response with everything right that a learner can give, as the question's data has it."""
    match question["type"]:
        case "choice":
            return next((option["n"] for option in question["options"] if option["right"]), None)
        case "multiple":
            return [option["n"] for option in question["options"] if option["right"]]
        case "true-false":
            return question["truth"]
        case "fill-in":
            return _typed(question["accept"], question["max"])
        case "cloze":
            return [_typed(gap["accept"], question["max"]) for gap in question["gaps"]]
        case "numeric":
            return _typed([end for ends in question["ranges"] for end in ends], question["max"])
        case "matching":
            return [pair["to"] for pair in question["pairs"]]
        case "order":
            return [item["n"] for item in question["items"]]
    return None


def _typed(accepted: list[str], room: int) -> str:
    return next((text for text in accepted if text.strip() and utf16(text) <= room), "")
