"""QST on quizzes, the pass rule and the completion rule: can they do what they say?

What a learner can reach in the end is proven elsewhere; here are the plain contradictions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from coursepack.diagnostics import Finding, Severity, rule
from coursepack.policy import counts, pass_mark
from coursepack.rules.places import activities, own_questions, places
from coursepack.source import Route
from coursepack.spec.model import Choice, Course, Feedback, Likert, Question, Quiz

WARNING = Severity.WARNING


@rule("QST-016", "quiz-without-questions")
def quiz_without_questions(course: Course) -> Iterator[Finding]:
    """A quiz has no question.

    Learners would meet a result page for nothing, and `completion.quizzes` would wait for an attempt
    that cannot be made.

    How to fix: put questions between `::: quiz` and its closing `:::`, or draw them from a bank with
    `draw=5 from=bank-name`.
    """
    plan = activities(course)
    for _, quiz, route in plan.quizzes:
        if not plan.of(quiz) and quiz.draw is None:
            yield Finding(
                route, "the quiz has no questions", "put questions into it, or draw them from a bank"
            )


@rule("QST-017", "pass-without-points")
def pass_without_points(course: Course) -> Iterator[Finding]:
    """There is a pass mark, and no points to earn.

    `pass.score`, or the `pass` of a quiz, is a share of the points possible. Scales and questions with
    `points=0` give none, and questions outside a quiz are never scored. Nobody could pass. A quiz without any
    question, or whose bank cannot be read, is reported as that.

    How to fix: put scored questions into a quiz that counts, or remove the pass mark.
    """
    plan, rule_ = activities(course), course.settings.pass_
    at: Route = ("settings", "pass", "score")
    counting = [quiz for _, quiz, _ in plan.quizzes if counts(course, quiz)]
    if rule_ and not plan.quizzes:
        yield Finding(at, "there is a pass mark and no quiz", "add a quiz, or remove `pass`")
    elif rule_ and rule_.quizzes == ():
        message = "`pass.quizzes` is empty, so no quiz counts"
        advice = "name a quiz, or remove this line to count all"
        yield Finding(("settings", "pass", "quizzes"), message, advice)
    elif rule_ and counting and all(map(plan.of, counting)) and not _any_points(course, counting):
        message = "no quiz that counts has a scored question"
        yield Finding(at, message, "add scored questions to a quiz, or remove `pass`")
    for _, quiz, route in plan.quizzes:
        if quiz.pass_score is not None and plan.of(quiz) and not _has_points(course, quiz):
            message = "the quiz has a pass mark and no scored question"
            yield Finding((*route, "pass_score"), message, "add scored questions, or remove `pass`")


def _has_points(course: Course, quiz: Quiz) -> bool:
    return any(slot.question.scored for slot in activities(course).of(quiz))


def _any_points(course: Course, quizzes: Sequence[Quiz]) -> bool:
    return any(_has_points(course, quiz) for quiz in quizzes)


@rule("QST-018", "quiz-without-points", WARNING)
def quiz_without_points(course: Course) -> Iterator[Finding]:
    """A quiz has questions, and none of them is scored.

    Its result page would say 0 of 0.

    How to fix: leave the `::: quiz` away and let the questions stand in the step, or give them points.
    """
    plan = activities(course)
    for _, quiz, route in plan.quizzes:
        if plan.of(quiz) and quiz.pass_score is None and not _has_points(course, quiz):
            message = "no question of this quiz is scored"
            yield Finding(route, message, "give them points, or let them stand outside a quiz")


@rule("QST-019", "pass-mark-zero", WARNING)
def pass_mark_zero(course: Course) -> Iterator[Finding]:
    """The pass mark is 0%, so everyone passes, whatever they answer.

    How to fix: raise it, or remove it where the course has no grade.
    """
    if course.settings.pass_ and course.settings.pass_.score == 0:
        yield Finding(("settings", "pass", "score"), "the pass mark is 0%", "raise it, or remove `pass`")
    for route, quiz in places(course, Quiz):
        if quiz.pass_score == 0:
            yield Finding((*route, "pass_score"), "the pass mark is 0%", "raise it, or remove `pass`")


@rule("QST-020", "passed-without-pass-mark")
def passed_without_pass_mark(course: Course) -> Iterator[Finding]:
    """Completion asks that the quizzes are passed, and a quiz has no pass mark, or no points to reach it.

    Such a quiz is taken, never passed, so the course could not be completed.

    How to fix: write a `pass` section, give the quiz a `pass`, or write `quizzes: attempted`.
    """
    if course.settings.completion.quizzes == "passed":
        for _, quiz, route in activities(course).quizzes:
            if pass_mark(course, quiz) is None:
                message = f"completion waits until `{quiz.id}` is passed, and it has no pass mark"
                yield Finding(route, message, "give the quiz a `pass`, or write `quizzes: attempted`")
            elif quiz.pass_score is None and not counts(course, quiz) and not _has_points(course, quiz):
                message = f"completion waits until `{quiz.id}` is passed, and it has no scored question"
                yield Finding(route, message, "add scored questions, or write `quizzes: attempted`")


@rule("QST-021", "rule-asks-nothing", WARNING)
def rule_asks_nothing(course: Course) -> Iterator[Finding]:
    """A part of the completion rule asks for something that the course does not have.

    It holds for everyone from the first moment. Perhaps the quiz or the reflection is still to be
    written, or was removed.

    How to fix: add what the rule asks for, or remove the rule.
    """
    plan, done = activities(course), course.settings.completion
    at: Route = ("settings", "completion")
    if done.quizzes == "passed" and not plan.quizzes:
        message = "completion waits for quizzes, and there is none"
        yield Finding((*at, "quizzes"), message, "add a quiz, or remove this line")
    if done.reflections == "required" and not plan.reflections:
        message = "completion waits for reflections, and there is none"
        yield Finding((*at, "reflections"), message, "add a reflection, or remove this line")
    if done.steps == () or done.steps == Decimal(0):
        yield Finding(
            (*at, "steps"), "completion asks for no step", "write `all`, a share or a list of steps"
        )
    elif (
        not isinstance(done.steps, tuple) and course.steps and not any(step.required for step in course.steps)
    ):
        message = "every step says `required: false`, so completion asks for none"
        yield Finding((*at, "steps"), message, "take `required: false` from the steps that count")


@rule("QST-022", "required-and-not", WARNING)
def required_and_not(course: Course) -> Iterator[Finding]:
    """`completion.steps` lists a step that says `required: false`.

    The list wins: the step counts. One of the two says something that is not so.

    How to fix: take the step from the list, or `required: false` from the step.
    """
    if isinstance(course.settings.completion.steps, tuple):
        optional = {step.id for step in course.steps if not step.required}
        for index, name in enumerate(course.settings.completion.steps):
            if name in optional:
                message = f"`{name}` is listed here and says `required: false` itself"
                advice = "take it from the list, or `required: false` from the step"
                yield Finding(("settings", "completion", "steps", index), message, advice)


@rule("QST-023", "policy-without-effect", WARNING)
def policy_without_effect(course: Course) -> Iterator[Finding]:
    """A policy of a quiz can never come into effect.

    With `attempts=1` there is nothing to retry and only one attempt to count. `reveal=after-pass`
    without a pass mark never shows the right answers. `coursepack explain quiz.retry` and the like say
    what each policy does.

    How to fix: remove the policy, or the setting that stands against it.
    """
    for route, quiz in places(course, Quiz):
        for name, value, why in _idle(course, quiz):
            message = f"`{name}={value}` has no effect {why}"
            yield Finding((*route, name), message, f"remove `{name}`, or change what stands against it")


def _idle(course: Course, quiz: Quiz) -> Iterator[tuple[str, str, str]]:
    if quiz.attempts == 1 and quiz.retry != "all":
        yield "retry", quiz.retry, "with one attempt"
    if quiz.attempts == 1 and quiz.counts != "best":
        yield "counts", quiz.counts, "with one attempt"
    if quiz.reveal == "after-pass" and pass_mark(course, quiz) is None:
        yield "reveal", quiz.reveal, "without a pass mark"


@rule("QST-024", "feedback-never-shown", WARNING)
def feedback_never_shown(course: Course) -> Iterator[Finding]:
    """A question has feedback, and its quiz says `feedback=never`.

    Learners would not see a word of it.

    How to fix: write `feedback=now` or `feedback=end` at the quiz, or remove the feedback.
    """
    for route, quiz in places(course, Quiz):
        if quiz.feedback == "never":
            for at, question in own_questions(course, route):
                if _has_feedback(question):
                    message = f"this feedback is never shown: the quiz `{quiz.id}` says `feedback=never`"
                    yield Finding(at, message, "write `feedback=end` at the quiz, or remove the feedback")


@rule("QST-025", "right-answers-never-shown", WARNING)
def right_answers_never_shown(course: Course) -> Iterator[Finding]:
    """A quiz shows the right answers after the last attempt, and there is no last attempt.

    That is so for every quiz that says nothing: `reveal` is `after-last` and `attempts` is unlimited.
    Whoever does not find a right answer is never shown it, however often they try.

    How to fix: write `attempts=3`, or any other number, at the quiz. Or say when else the right answers are
    shown: `reveal=after-pass` once it is passed, `reveal=always` after each attempt, `reveal=never` if you
    want learners to find them all.
    """
    for route, quiz in places(course, Quiz):
        waits = quiz.reveal == "after-last" and not quiz.attempts and quiz.feedback != "never"
        if waits and any(_has_right_answer(slot.question) for slot in activities(course).of(quiz)):
            passing = ", `reveal=after-pass`" if pass_mark(course, quiz) is not None else ""
            message = f"learners never see the right answers of `{quiz.id}`: it has no last attempt"
            advice = f"write `attempts=3`{passing}, `reveal=always` or `reveal=never`"
            yield Finding((*route, "reveal"), message, advice)


def _has_right_answer(question: Question) -> bool:
    return not isinstance(question.answer, Likert)


def _has_feedback(question: Question) -> bool:
    answer = question.answer
    by_option = isinstance(answer, Choice | Likert) and any(option.feedback for option in answer.options)
    return question.feedback != Feedback() or by_option
