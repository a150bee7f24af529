"""What the rules of a course come to, in sentences: what completes and passes it, which failure is final."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction

from msgspec import Struct

from coursepack.passmark import PassMark, pass_mark_in_points
from coursepack.policy import counts, pass_mark, ten_thousandths
from coursepack.source import Route
from coursepack.spec.model import Choice, Cloze, Course, Likert, Matching, Question, Quiz, Step
from coursepack.spec.outline import Outline, outline

Worth = tuple[Fraction, int]
"""Points of a question, and in how many units a share of them can be earned."""


class Sentence(Struct, frozen=True):
    """A true sentence about the course, and the place that makes it so."""

    at: Route
    says: str


def consequences(course: Course) -> Iterator[Sentence]:
    """All sentences, completion first, then the score, then each quiz."""
    plan = outline(course)
    yield from _completion(course, plan)
    if course.settings.pass_:
        yield from _passing(course, plan)
    for index, quiz, route in plan.quizzes:
        yield from _quiz(course, plan, index, quiz, route)


# --- completion ---------------------------------------------------------------------------------------


def _completion(course: Course, plan: Outline) -> Iterator[Sentence]:
    rule, at = course.settings.completion, ("settings", "completion")
    asked = [index for index in range(len(course.steps)) if _asks_of(course, index)]
    needs = [_steps_in_words(course)] if course.steps else []
    quizzes = [quiz.id for index, quiz, _ in plan.quizzes if index in asked]
    if quizzes and rule.quizzes != "none":
        needs.append(f"{'pass' if rule.quizzes == 'passed' else 'hand in'} {_named('quiz', quizzes)}")
    written = [one.id for index, one, _ in plan.reflections if index in asked]
    if written and rule.reflections == "required":
        needs.append(f"hand in {_named('reflection', written)}")
    needs = [need for need in needs if need]
    if needs:
        yield Sentence(at, f"To complete the course a learner must {_listed(needs)}.")
    needed = {index for index, step in enumerate(course.steps) if _counts_as_step(course, step)}
    if rule.quizzes != "none":
        needed |= {index for index, _, _ in plan.quizzes if index in asked}
    if rule.reflections == "required":
        needed |= {index for index, _, _ in plan.reflections if index in asked}
    left = [step.id for index, step in enumerate(course.steps) if index not in needed]
    if left:
        yield Sentence((*at, "steps"), f"Never needed for completion: {_named('step', left)}.")
    if quizzes and rule.quizzes == "passed":
        for index, quiz, route in plan.quizzes:
            if index in asked and quiz.attempts and _possible(plan, quiz):
                says = f"Who has not passed `{quiz.id}` after {_last(quiz)} can never complete the course."
                yield Sentence((*route, "attempts"), says)


def _asks_of(course: Course, index: int) -> bool:
    rule, step = course.settings.completion.steps, course.steps[index]
    return step.required or (isinstance(rule, tuple) and step.id in rule)


def _counts_as_step(course: Course, step: Step) -> bool:
    """Whether doing the step itself, whatever is in it, can bring completion nearer."""
    rule = course.settings.completion.steps
    if isinstance(rule, tuple):
        return step.id in rule
    return step.required and rule != 0


def _steps_in_words(course: Course) -> str:
    rule = course.settings.completion.steps
    if isinstance(rule, tuple):
        return f"do {_named('step', [step.id for step in course.steps if step.id in rule])}" if rule else ""
    count = sum(step.required for step in course.steps)
    need = count if rule == "all" else int((rule * count).to_integral_value(ROUND_CEILING))
    if need == 0:
        return ""
    if need < count:
        return f"do any {need} of {count} steps"
    return "do its one step" if count == 1 else f"do all {count} steps"


# --- passing ------------------------------------------------------------------------------------------


def _passing(course: Course, plan: Outline) -> Iterator[Sentence]:
    rule = course.settings.pass_
    weights = {quiz.id: _possible(plan, quiz) for _, quiz, _ in plan.quizzes if counts(course, quiz)}
    counted = [(quiz, index, at) for index, quiz, at in plan.quizzes if weights.get(quiz.id)]
    if rule is None or not counted:
        return
    at: Route = ("settings", "pass", "score")
    worth = [_worth(plan, quiz) for quiz, _, _ in counted]
    mark = ten_thousandths(rule.score)
    if all(one is not None for one in worth):
        words = mark_in_words(mark, [question for one in worth for question in one or ()])
        if words:
            yield Sentence(at, f"To pass the course: {words}.")
    possible = sum(weights.values(), Fraction(0))
    for quiz, index, route in counted:
        if len(counted) > 1 and not _reaches((possible - weights[quiz.id]) / possible, mark):
            says = f"Who earns nothing at `{quiz.id}` cannot pass the course with the other quizzes alone."
            yield Sentence(route, says)
        if course.settings.completion.quizzes == "none" or not _asks_of(course, index):
            says = f"`{quiz.id}` counts towards passing and completion does not ask for it: "
            yield Sentence(route, says + "a learner may end completed and neither passed nor failed.")
    yield Sentence(at, _finality(course, [quiz for quiz, _, _ in counted], weights, mark))


def _finality(course: Course, counted: Sequence[Quiz], weights: Mapping[str, Fraction], mark: int) -> str:
    """Which failure is final, if any is; `weights` are the points of each quiz that counts."""
    endless = [quiz.id for quiz in counted if not quiz.attempts and quiz.counts != "first"]
    ends = " and ".join(f"{_last(quiz)} at `{quiz.id}`" for quiz in counted if quiz.id not in endless)
    if not endless:
        return f"Not having passed after {ends} is final: {_failed(course)}."
    always = f"{_named('quiz', endless)} can be tried without limit"
    share = sum((weights[id_] for id_ in endless), Fraction(0)) / sum(weights.values(), Fraction(0))
    if _reaches(share, mark):
        return f"Nobody fails for good: {always}."
    alone = f"{'is' if len(endless) == 1 else 'are'} not worth enough alone"
    return f"Who has too few points after {ends} can no longer pass: {always}, but {alone}."


def _failed(course: Course) -> str:
    """What an LMS hears of who has failed for good: SCORM 1.2 has one status, and completion comes first."""
    if "scorm12" in course.settings.targets and course.settings.completion.quizzes == "passed":
        return "the LMS hears failed, in SCORM 1.2 only if the course is completed all the same"
    return "the LMS hears failed"


def _reaches(share: Fraction, mark: int) -> bool:
    """Whether a share of the points, rounded half up to ten-thousandths, passes."""
    return share * 20000 >= 2 * mark - 1


def mark_in_words(mark: int, questions: Sequence[Worth]) -> str:
    """A mark in ten-thousandths over questions, such as `80 % of 3 questions … means all 3`; or empty."""
    found = pass_mark_in_points(mark, questions)
    if found is None:
        return ""
    scored = [question for question in questions if question[0]]
    share = f"{mark / 100:g} %"
    if found.needed == 0:
        return f"{share} means any attempt"
    points, of = scored[0]
    if of == 1 and len(set(scored)) == 1:
        needed = _right(int(found.needed / points), len(scored))
        return f"{share} of {_questions(len(scored), points)} means {needed}"
    return f"{share} of {_points(found.possible)} means {_enough(found)}"


def _questions(count: int, points: Fraction) -> str:
    if count == 1:
        return f"1 question of {_points(points)}"
    return f"{count} questions of {_points(points)} each"


def _right(needed: int, count: int) -> str:
    if count == 1:
        return "that it is right"
    return f"all {count}" if needed == count else f"at least {needed} right"


def _enough(found: PassMark) -> str:
    if found.needed == found.possible:
        return "all of them"
    below = f" ({_number(found.below)} is not enough)" if found.below else ""
    return f"at least {_points(found.needed)}{below}"


# --- each quiz ----------------------------------------------------------------------------------------


def _quiz(course: Course, plan: Outline, index: int, quiz: Quiz, route: Route) -> Iterator[Sentence]:
    mark = pass_mark(course, quiz)
    worth = _worth(plan, quiz)
    alone = sum(counts(course, one) for _, one, _ in plan.quizzes) == 1 and counts(course, quiz)
    same = alone and course.settings.pass_ is not None and mark == course.settings.pass_.score
    if mark is not None and worth is not None and not same:
        words = mark_in_words(ten_thousandths(mark), worth)
        if words:
            yield Sentence(route, f"To pass `{quiz.id}`: {words}.")
    if quiz.draw:
        pool = [slot for slot in plan.of(quiz) if slot.drawn]
        drawn = f"draws {quiz.draw.count} of {len(pool)} questions"
        says = f"Each attempt at `{quiz.id}` {drawn}."
        if quiz.retry == "wrong" and quiz.attempts != 1:
            says = f"The first attempt at `{quiz.id}` {drawn}; later ones ask the wrong ones of these again."
        yield Sentence((*route, "draw"), says)
        low, high = _drawn_points(plan, quiz)
        if low != high:
            span = f"{_number(low)} to {_points(high)}"
            says = f"The draw at `{quiz.id}` decides how many are possible, {span}"
            yield Sentence((*route, "draw"), f"{says}; its weight in the course is always the mean.")
    judged = any(not isinstance(slot.question.answer, Likert) for slot in plan.of(quiz))
    hidden = f"The right answers of `{quiz.id}` are never shown:"
    if judged and quiz.feedback == "never" and quiz.reveal != "never":
        yield Sentence((*route, "feedback"), f"{hidden} it gives no feedback but the score.")
    elif judged and quiz.reveal == "after-last" and not quiz.attempts:
        yield Sentence((*route, "reveal"), f"{hidden} attempts are unlimited.")
    if quiz.counts == "first" and quiz.attempts != 1 and counts(course, quiz) and _possible(plan, quiz):
        says = f"Only the first attempt at `{quiz.id}` counts: later ones cannot change the score."
        yield Sentence((*route, "counts"), says)


def _worth(plan: Outline, quiz: Quiz) -> list[Worth] | None:
    """What the questions of an attempt are worth; None where that depends on the draw."""
    slots = plan.of(quiz)
    own = [_worth_of(slot.question) for slot in slots if not slot.drawn]
    pool = [_worth_of(slot.question) for slot in slots if slot.drawn]
    if quiz.draw is None or quiz.draw.count >= len(pool):
        return own + pool
    return own + pool[: quiz.draw.count] if len(set(pool)) <= 1 else None


def _worth_of(question: Question) -> Worth:
    points = Fraction(question.points) if question.scored else Fraction(0)
    match question.answer:
        case Choice(options, multiple=True, partial=True):
            return points, sum(option.correct for option in options) or 1
        case Cloze(parts, partial=True) | Matching(parts, partial=True):
            return points, len(parts) or 1
    return points, 1


def _drawn_points(plan: Outline, quiz: Quiz) -> tuple[Fraction, Fraction]:
    pool = sorted(_worth_of(slot.question)[0] for slot in plan.of(quiz) if slot.drawn)
    own = sum((_worth_of(slot.question)[0] for slot in plan.of(quiz) if not slot.drawn), Fraction(0))
    count = min(quiz.draw.count, len(pool)) if quiz.draw else 0
    return own + sum(pool[:count]), own + sum(pool[len(pool) - count :])


def _possible(plan: Outline, quiz: Quiz) -> Fraction:
    slots = plan.of(quiz)
    own = [_worth_of(slot.question)[0] for slot in slots if not slot.drawn]
    pool = [_worth_of(slot.question)[0] for slot in slots if slot.drawn]
    count = min(quiz.draw.count, len(pool)) if quiz.draw else 0
    return sum(own, Fraction(0)) + (sum(pool, Fraction(0)) * count / len(pool) if pool else 0)


# --- words --------------------------------------------------------------------------------------------


def _last(quiz: Quiz) -> str:
    if quiz.counts == "first":
        return "the first attempt"
    return "the only attempt" if quiz.attempts == 1 else f"the last of {quiz.attempts} attempts"


def _named(kind: str, ids: Sequence[str]) -> str:
    plural = {"quiz": "quizzes"}.get(kind, f"{kind}s")
    if len(ids) > 4:
        return f"{len(ids)} {plural}"
    return f"the {kind if len(ids) == 1 else plural} {_listed([f'`{one}`' for one in ids])}"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else words[0]


def _points(value: Fraction) -> str:
    return f"{_number(value)} {'point' if value == 1 else 'points'}"


def _number(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP).normalize():f}"
