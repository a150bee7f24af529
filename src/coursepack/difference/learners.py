"""Learners as they may stand in a course of ours: states such as the player would have saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from coursepack.inspection.ours import Built
from coursepack.launch import QuestionData, QuizConfig
from coursepack.standing import Rules, Standing, StepRule, standing
from coursepack.state import (
    CourseState,
    Layout,
    QuestionState,
    QuizState,
    Record,
    ReflectionState,
    Response,
)

MILLION = 1_000_000
TOKEN, COUNTER = 123_456, 7
WORDS = "What I take with me: listen first, then ask. "


class Learner(Struct, frozen=True):
    """`who` completes the sentence “a learner who …”."""

    who: str
    state: CourseState
    stands: Standing


def rules_of(built: Built) -> Rules:
    """What decides where a learner stands."""
    config = built.config
    return Rules(
        tuple(StepRule(step["n"], step["required"]) for step in config["steps"]),
        tuple(config["quizzes"]),
        tuple(config["activities"]),
        config["completion"],
        config["passRule"],
    )


def learners(built: Built) -> Iterator[Learner]:
    """Representative learners of a course, each with a state that its player could have saved."""
    steps = [step["n"] for step in built.config["steps"]]
    quizzes = built.config["quizzes"]
    yield settled(built, "has just opened it", CourseState(TOKEN, 1, steps[0] if steps else 0))
    half = steps[: (len(steps) + 1) // 2]
    yield _learner(built, "did the first half, all right", half, MILLION)
    if len(steps) > 1:
        yield _learner(built, "did all but the last step, all right", steps[:-1], MILLION)
    if quizzes:
        yield _in_the_middle(built, steps)
        yield _learner(built, "did everything and got nothing right", steps, 0)
        yield _learner(built, "used up every attempt and got nothing right", steps, 0, last=True)
        marks = [quiz["passScore"] for quiz in quizzes if quiz["passScore"]]
        if marks:
            yield _learner(built, "just reached the pass mark", steps, max(marks) * 100)
            yield _learner(built, "just missed the pass mark", steps, max(0, min(marks) * 100 - 10_000))
    for n in steps if len(steps) > 2 else ():
        rest = [each for each in steps if each != n]
        if n != steps[-1] and len(steps) <= 40:
            yield _learner(built, f"did everything but the step “{_title(built, n)}”", rest, MILLION)
    yield _learner(built, "did everything, all right", steps, MILLION)


def _title(built: Built, n: int) -> str:
    return next(step["title"] for step in built.config["steps"] if step["n"] == n)[:60]


def _learner(built: Built, who: str, steps: Sequence[int], score: int, last: bool = False) -> Learner:
    """Who did these steps; quizzes end with that score in millionths, in the last attempt if asked."""
    questions: dict[int, QuestionState] = {}
    quizzes: dict[int, QuizState] = {}
    texts: dict[int, ReflectionState] = {}
    by_n = built.layout.by_n
    for quiz in built.config["quizzes"]:
        if quiz["step"] in steps and quiz["n"] in by_n:
            quizzes[quiz["n"]] = _finished(quiz, built.layout, score, last)
    for step in steps:
        data = built.steps[step]
        for question in data["questions"]:
            record = by_n.get(question["n"])
            drawn = quizzes.get(question["quiz"], QuizState()).drawn
            if record is not None and (not record.drawn or question["n"] in drawn):
                questions[question["n"]] = _answered(question, record, score > 0)
        for one in data["reflections"]:
            record = by_n.get(one["n"])
            text = (WORDS * 20)[: record.size] if record is not None else ""
            texts[one["n"]] = ReflectionState(text, True)
    return settled(
        built,
        who,
        CourseState(
            TOKEN,
            COUNTER,
            steps[-1] if steps else 0,
            seen=frozenset(steps),
            questions=questions,
            quizzes=quizzes,
            reflections=texts,
        ),
    )


def settled(built: Built, who: str, state: CourseState) -> Learner:
    """The learner with the standing that the player has saved for them."""
    stands = standing(rules_of(built), state)
    reported = {n: at for at, n in enumerate(built.layout.reported) if n in state.questions}
    state = replace(state, completed=stands.completed, success=stands.success, entries=reported)
    return Learner(who, state, stands)


def _finished(quiz: QuizConfig, layout: Layout, score: int, last: bool) -> QuizState:
    mark = quiz["passScore"]
    passed = mark is not None and score >= mark * 100
    attempt = (quiz["attempts"] or 3) if last else 1
    return QuizState(attempt, "finished", score, passed, _drawn(quiz, layout))


def _drawn(quiz: QuizConfig, layout: Layout) -> tuple[int, ...]:
    pool = [record.n for record in layout.pools.get(quiz["n"], ())]
    return tuple(pool[: layout.by_n[quiz["n"]].size])


def _in_the_middle(built: Built, steps: Sequence[int]) -> Learner:
    """Who has begun the first quiz and not handed it in."""
    quiz = built.config["quizzes"][0]
    before = list(steps[: steps.index(quiz["step"]) + 1]) if quiz["step"] in steps else list(steps)
    made = _learner(built, "", before, MILLION).state
    drawn = _drawn(quiz, built.layout) if quiz["n"] in built.layout.by_n else ()
    questions = dict(made.questions)
    asked = [n for n in quiz["questions"] if n in questions]
    for n in asked[: (len(asked) + 1) // 2]:
        questions[n] = replace(questions[n], submitted=False, tries=0, share=None)
    for n in asked[(len(asked) + 1) // 2 :]:
        del questions[n]
    quizzes = {**made.quizzes, quiz["n"]: QuizState(1, "running", None, False, drawn)}
    state = replace(made, questions=questions, quizzes=quizzes, completed=False, success="unknown")
    return settled(built, f"is in the middle of the quiz {quiz['id']}", state)


# --- answers ------------------------------------------------------------------------------------------


def _answered(question: QuestionData, record: Record, right: bool) -> QuestionState:
    share = record.units if right else 0
    return QuestionState(_response(question, record, right), True, 1, share)


def _response(question: QuestionData, record: Record, right: bool) -> Response:
    """A right or a wrong answer that the layout has room for."""
    match record.kind:
        case "c" | "l" | "m":
            return _chosen(question, record, right)
        case "t":
            return bool(question.get("truth")) == right
        case "f":
            return (str(question.get("accept", ["yes"])[0]) if right else "?")[: max(record.size, 1)]
        case "n":
            return "1"
        case "g":
            typed = [str((gap.get("accept") or ["?"])[0]) for gap in question.get("gaps", [])]
            return tuple((one if right else "?")[: record.size] or "?" for one in typed)
        case "p":
            sides = record.sides
            own = {pair["n"]: pair["to"] for pair in question.get("pairs", [])}
            return tuple(own.get(n, sides[0]) if right else sides[-1] for n in record.parts)
    order = [item["n"] for item in question.get("items", [])]
    return tuple(order if right else reversed(order))


def _chosen(question: QuestionData, record: Record, right: bool) -> Response:
    options = question.get("options", [])
    fits = [option["n"] for option in options if option.get("right", right) == right]
    numbers = fits or [option["n"] for option in options]
    return numbers[0] if record.kind in "cl" else tuple(sorted(numbers))
