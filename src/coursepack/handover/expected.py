"""What an LMS will have on record of learners who do typical things, by the course's own rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from coursepack.answers import Register
from coursepack.launch import QuizConfig
from coursepack.policy import to_rules
from coursepack.scoring import MILLION, rounded
from coursepack.spec.model import Course
from coursepack.standing import Rules, Standing, possible_points, standing
from coursepack.state import CourseState, QuestionState, QuizState, ReflectionState


class Expected(Struct, frozen=True):
    """A learner who `who` completes the sentence of, and where the rules leave them."""

    who: str
    stands: Standing


def typical(course: Course, register: Register) -> tuple[Expected, ...]:
    """Who does all right, who fails once and for good, who leaves out the quizzes, who stops half way."""
    rules = to_rules(course, register)
    return tuple(_learners(rules))


def _learners(rules: Rules) -> Iterator[Expected]:
    steps = [step.n for step in rules.steps]
    quizzes = rules.quizzes
    yield _learner(rules, "does everything, all answers right", steps, quizzes)
    if quizzes:
        which = "the quiz" if len(quizzes) == 1 else "every quiz"
        last = all(quiz["attempts"] for quiz in quizzes)
        if any(quiz["attempts"] != 1 for quiz in quizzes):
            who = f"does everything and answers {which} wrong, with attempts left"
            yield _learner(rules, who, steps, quizzes, right=False)
        if last:
            who = f"does everything and answers {which} wrong in the last attempt too"
            yield _learner(rules, who, steps, quizzes, right=False, last=True)
        who = f"does everything but {'the quiz' if len(quizzes) == 1 else 'the quizzes'}"
        yield _learner(rules, who, steps, ())
    if len(steps) > 1:
        half = steps[: (len(steps) + 1) // 2]
        done = [quiz for quiz in quizzes if quiz["step"] in half]
        count = f"{len(half)} of {len(steps)} steps"
        yield _learner(rules, f"stops half way ({count}, all right)", half, done)


def _learner(
    rules: Rules,
    who: str,
    steps: Collection[int],
    quizzes: Sequence[QuizConfig],
    *,
    right: bool = True,
    last: bool = False,
) -> Expected:
    done = [one["n"] for one in rules.activities if one["step"] in steps]
    state = CourseState(
        seen=frozenset(steps),
        questions={n: QuestionState(submitted=True) for n in done},
        reflections={n: ReflectionState(submitted=True) for n in done},
        quizzes={quiz["n"]: _finished(quiz, right, last) for quiz in quizzes},
    )
    return Expected(who, standing(rules, state))


def _finished(quiz: QuizConfig, right: bool, last: bool) -> QuizState:
    score = MILLION if right or not possible_points(quiz) else 0
    mark = quiz["passScore"]
    passed = mark is not None and rounded(score) >= mark
    return QuizState(quiz["attempts"] if last else 1, "finished", score, passed)


def lesson_status(stands: Standing, *, graded: bool) -> str:
    """SCORM 1.2's one field for completion and success; the same as in `runtime/drivers/scorm12.js`."""
    if not stands.completed:
        return "incomplete"
    if stands.success == "passed":
        return "passed"
    if not graded:
        return "completed"
    return "failed" if stands.success == "failed" else "incomplete"


def mastered(status: str, stands: Standing, mark: int) -> str:
    """The status when the LMS applies a mastery score itself (SCORM 1.2 RTE 3.4.4, lesson_status).

    `mark` in ten-thousandths; without a score the course's word stands.
    """
    if stands.score is None:
        return status
    return "passed" if stands.score >= mark else "failed"


def points(stands: Standing) -> str:
    """`score.raw`, 0 to 100; empty where none is sent."""
    return "" if stands.score is None else f"{stands.score / 100:g}"


def share(ten_thousandths: int) -> str:
    """A scaled score or a progress measure, 0 to 1."""
    return f"{ten_thousandths / 10000:g}"
