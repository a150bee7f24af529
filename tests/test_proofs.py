"""What can be reached: findings where nothing can, sentences about the rest, pass marks in points."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursepack.consequences import mark_in_words
from coursepack.lock import Register, assign
from coursepack.passmark import pass_mark_in_points
from coursepack.policy import to_rules
from coursepack.proofs import check, prove
from coursepack.scoring import MILLION, rounded, total
from coursepack.spec.load import load_course
from coursepack.spec.model import Course, Quiz, TrueFalse
from coursepack.standing import standing
from coursepack.state import CourseState, QuizState
from small_courses import choice, load_small, quiz, step
from state_courses import course as plain_course
from state_courses import question
from state_courses import step as plain_step

PASS_80 = "pass: {score: 80%}\n"
COURSES = Path(__file__).parent / "courses"
BANK = "".join(f"- id: b{n}\n  question: What is {n}?\n  points: {n}\n  answer: true\n" for n in (1, 2, 3))


def small(folder: Path, settings: str = "", *steps: str, **banks: str) -> Course:
    loaded = load_small(folder, settings, *steps, **banks)
    assert loaded.course is not None
    assert not loaded.findings
    return loaded.course


def says(course: Course) -> list[str]:
    return [sentence.says for sentence in prove(course)]


# --- findings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["minimal", "every-block"])
def test_good_courses_can_be_completed_and_passed(name: str) -> None:
    course = load_course(COURSES / name).course
    assert course is not None
    assert list(check(course)) == []


def test_a_quiz_that_cannot_be_passed_stops_completion(tmp_path: Path) -> None:
    course = small(tmp_path, "completion: {quizzes: passed}\n", step("one", quiz("check", choice("first"))))
    (finding,) = check(course)
    assert finding.code == "PRF-001"
    assert finding.at == ("settings", "completion")
    assert "the quiz `check`" in finding.message


def test_a_reflection_without_room_stops_completion(tmp_path: Path) -> None:
    reflection = "::: reflection {#why min-words=20 max-length=38}\nWhy?\n:::\n"
    course = small(tmp_path, "completion: {reflections: required}\n", step("one", reflection))
    (finding,) = check(course)
    assert finding.code == "PRF-001"
    assert "the reflection `why`" in finding.message


def test_an_answer_that_does_not_fit_its_field_stops_passing(tmp_path: Path) -> None:
    question = "::: question {#long max-length=3}\nWhich?\n\n= four\n:::\n"
    course = small(tmp_path, PASS_80, step("one", quiz("check", choice("first"), question)))
    (finding,) = check(course)
    assert finding.code == "PRF-002"
    assert "at most 50 %" in finding.message


def test_another_accepted_answer_that_fits_is_enough(tmp_path: Path) -> None:
    question = "::: question {#long max-length=3}\nWhich?\n\n= four\n= 4\n:::\n"
    course = small(tmp_path, PASS_80, step("one", quiz("check", question)))
    assert list(check(course)) == []


# --- sentences ----------------------------------------------------------------------------------------


def test_a_course_without_quizzes(tmp_path: Path) -> None:
    assert says(small(tmp_path, "", step("one"), step("two"))) == [
        "A learner who does everything right completes the course.",
        "To complete the course a learner must do all 2 steps.",
    ]


def test_completion_in_words(tmp_path: Path) -> None:
    settings = "completion: {steps: 60%, quizzes: attempted, reflections: required}\n"
    bonus = step("bonus", "::: reflection {#more}\nMore?\n:::\n", front="required: false\n")
    written = "::: reflection {#why}\nWhy?\n:::\n"
    course = small(tmp_path, settings, step("one", written), step("two", quiz("check", choice("a"))), bonus)
    found = says(course)
    expected = "To complete the course a learner must do all 2 steps, hand in the quiz `check` and "
    assert expected + "hand in the reflection `why`." in found
    assert "Never needed for completion: the step `bonus`." in found


def test_a_share_of_the_steps(tmp_path: Path) -> None:
    steps = [step(f"s{n}") for n in range(7)]
    found = says(small(tmp_path, "completion: {steps: 80%}\n", *steps))
    assert "To complete the course a learner must do any 6 of 7 steps." in found


def test_a_list_of_steps_leaves_no_other_out_of_quizzes(tmp_path: Path) -> None:
    settings = "completion: {steps: [two], quizzes: attempted}\n"
    found = says(small(tmp_path, settings, step("one", quiz("check", choice("a"))), step("two")))
    expected = "To complete the course a learner must do the step `two` and hand in the quiz `check`."
    assert expected in found


def test_the_pass_mark_of_three_questions_is_all_three(tmp_path: Path) -> None:
    course = small(
        tmp_path, PASS_80, step("one", quiz("check", *map(choice, "abc"), attributes="attempts=2"))
    )
    assert says(course) == [
        "A learner who does everything right completes the course, passes it and scores 100 %.",
        "To complete the course a learner must do its one step and hand in the quiz `check`.",
        "To pass the course: 80 % of 3 questions of 1 point each means all 3.",
        "Not having passed after the last of 2 attempts at `check` is final: the LMS hears failed.",
    ]


@pytest.mark.parametrize(
    ("targets", "hears"),
    [
        ("scorm12, web", ", in SCORM 1.2 only if the course is completed all the same"),
        ("scorm2004-4", ""),
    ],
)
def test_who_fails_a_quiz_that_completion_waits_for(tmp_path: Path, targets: str, hears: str) -> None:
    settings = f"targets: [{targets}]\ncompletion: {{quizzes: passed}}\n{PASS_80}"
    one = quiz("check", choice("a"), attributes="attempts=1")
    end = f"Not having passed after the only attempt at `check` is final: the LMS hears failed{hears}."
    assert end in says(small(tmp_path, settings, step("one", one)))


def test_unlimited_attempts(tmp_path: Path) -> None:
    found = says(small(tmp_path, PASS_80, step("one", quiz("check", choice("a")))))
    assert "Nobody fails for good: the quiz `check` can be tried without limit." in found
    assert "The right answers of `check` are never shown: attempts are unlimited." in found


def test_only_the_first_attempt_counts(tmp_path: Path) -> None:
    course = small(tmp_path, PASS_80, step("one", quiz("check", choice("a"), attributes="counts=first")))
    found = says(course)
    assert "Only the first attempt at `check` counts: later ones cannot change the score." in found
    assert "Not having passed after the first attempt at `check` is final: the LMS hears failed." in found


def test_a_failed_last_attempt_ends_completion(tmp_path: Path) -> None:
    settings = PASS_80 + "completion: {quizzes: passed}\n"
    course = small(tmp_path, settings, step("one", quiz("check", choice("a"), attributes="attempts=1")))
    assert "Who has not passed `check` after the only attempt can never complete the course." in says(course)


def test_a_survey_without_points_decides_nothing(tmp_path: Path) -> None:
    survey = quiz("survey", "::: question {#how type=likert}\nHow was it?\n\n- Bad\n- Good\n:::\n")
    final = quiz("final", choice("a"), attributes="attempts=2")
    said = says(small(tmp_path, PASS_80 + "completion: {quizzes: passed}\n", step("one", survey, final)))
    failing = next(one for one in said if one.startswith("Not having passed"))
    assert failing.startswith(
        "Not having passed after the last of 2 attempts at `final` is final: the LMS hears"
    )
    assert [one for one in said if "survey" in one] == [
        "To complete the course a learner must do its one step and pass the quizzes `survey` and `final`."
    ]


def test_a_quiz_without_limit_that_is_worth_too_little(tmp_path: Path) -> None:
    little, final = (
        quiz("little", choice("a")),
        quiz("final", choice("b", "points=4"), attributes="attempts=2"),
    )
    said = says(small(tmp_path, PASS_80, step("one", little, final)))
    assert not any("Nobody fails" in one for one in said)
    assert any(
        one.startswith("Who has too few points after the last of 2 attempts at `final` can no longer pass: ")
        for one in said
    )


def test_a_step_that_is_not_listed_or_a_share_of_none_is_never_needed(tmp_path: Path) -> None:
    steps = [step("one"), step("two"), step("three", quiz("check", choice("a")))]
    for name, rule, left in (("list", "[one]", "step `two`"), ("none", "0%", "steps `one` and `two`")):
        (tmp_path / name).mkdir()
        said = says(small(tmp_path / name, f"completion: {{steps: {rule}}}\n", *steps))
        assert f"Never needed for completion: the {left}." in said


def test_right_answers_that_nobody_sees(tmp_path: Path) -> None:
    course = small(
        tmp_path, "", step("one", quiz("check", choice("a"), attributes="attempts=1 feedback=never"))
    )
    assert "The right answers of `check` are never shown: it gives no feedback but the score." in says(course)


def test_wrong_ones_again_are_not_drawn_anew(tmp_path: Path) -> None:
    drawing = quiz("check", attributes="draw=2 from=bank retry=wrong attempts=3")
    said = says(small(tmp_path, "", step("one", drawing), bank=BANK))
    first = (
        "The first attempt at `check` draws 2 of 3 questions; later ones ask the wrong ones of these again."
    )
    assert first in said


@given(
    quizzes=st.lists(
        st.tuples(
            st.sampled_from([0, 1, 2, 5]),
            st.sampled_from([None, 1, 2]),
            st.sampled_from(["best", "last", "first"]),
        ),
        min_size=1,
        max_size=3,
    ),
    mark=st.sampled_from(["20%", "50%", "80%", "100%"]),
)
@settings(max_examples=60, deadline=None)
def test_what_is_said_of_failure_is_so_for_every_learner(
    quizzes: list[tuple[int, int | None, str]], mark: str
) -> None:
    """Of all learners who get a quiz right or wrong until nothing can be raised any more."""
    made = []
    for at, (points, attempts, policy) in enumerate(quizzes):
        asked = question(f"q{at}", TrueFalse(True), points=Decimal(points))
        made.append(Quiz(f"z{at}", (asked,), attempts=attempts, counts=policy))  # type: ignore[arg-type]
    course = plain_course(plain_step("only", *made), **{"pass": {"score": mark}})
    rules = to_rules(course, assign(course, Register()))
    # Without a limit only full points leave nothing to raise.
    ends = [[MILLION] if quiz.attempts is None and quiz.counts != "first" else [0, MILLION] for quiz in made]
    reached = set()
    for scores in product(*ends):
        taken = {
            quiz["n"]: QuizState(quiz["attempts"] or 1, "finished", score)
            for quiz, score in zip(rules.quizzes, scores, strict=True)
        }
        reached.add(standing(rules, CourseState(quizzes=taken)).success)
    said = " ".join(sentence.says for sentence in prove(course))
    if any(points for points, _, _ in quizzes):
        assert "Nobody fails for good" in said if reached == {"passed"} else "Nobody fails" not in said
        assert ("is final" in said or "no longer pass" in said) == ("failed" in reached)
    else:
        assert "final" not in said
        assert "Nobody fails" not in said


def test_a_quiz_that_passing_needs_and_completion_does_not(tmp_path: Path) -> None:
    settings = PASS_80 + "completion: {quizzes: none}\n"
    found = says(small(tmp_path, settings, step("one", quiz("check", choice("a")))))
    assert any("completed and neither passed nor failed" in sentence for sentence in found)


def test_two_quizzes_of_which_one_decides(tmp_path: Path) -> None:
    big, little = quiz("big", choice("a", "points=4")), quiz("little", choice("b"))
    found = says(small(tmp_path, PASS_80, step("one", big, little)))
    assert "Who earns nothing at `big` cannot pass the course with the other quizzes alone." in found
    assert not any("Who earns nothing at `little`" in sentence for sentence in found)
    assert "To pass `little`: 80 % of 1 question of 1 point means that it is right." in found


def test_a_draw_of_unequal_questions(tmp_path: Path) -> None:
    drawing = quiz("check", choice("own"), attributes="draw=2 from=bank")
    found = says(small(tmp_path, PASS_80, step("one", drawing), bank=BANK))
    assert "Each attempt at `check` draws 2 of 3 questions." in found
    assert any("how many are possible, 4 to 6 points" in sentence for sentence in found)
    assert not any("To pass the course" in sentence for sentence in found)


def test_a_draw_of_equal_questions_has_a_mark(tmp_path: Path) -> None:
    bank = "".join(f"- id: b{n}\n  question: Is {n} a number?\n  answer: true\n" for n in range(6))
    drawing = quiz("check", attributes="draw=5 from=bank")
    found = says(small(tmp_path, PASS_80, step("one", drawing), bank=bank))
    assert "To pass the course: 80 % of 5 questions of 1 point each means at least 4 right." in found


# --- pass marks in points -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "questions", "words"),
    [
        (8000, [(1, 1)] * 3, "80 % of 3 questions of 1 point each means all 3"),
        (6667, [(1, 1)] * 3, "66.67 % of 3 questions of 1 point each means at least 2 right"),
        (6668, [(1, 1)] * 3, "66.68 % of 3 questions of 1 point each means all 3"),
        (5000, [(2, 1)] * 5, "50 % of 5 questions of 2 points each means at least 3 right"),
        (8000, [(1, 1)], "80 % of 1 question of 1 point means that it is right"),
        (0, [(1, 1)] * 3, "0 % means any attempt"),
        (8000, [(1, 1), (2, 1), (2, 1)], "80 % of 5 points means at least 4 points (3 is not enough)"),
        (9900, [(1, 1), (2, 1), (2, 1)], "99 % of 5 points means all of them"),
        (5000, [("0.5", 1), (1, 2)], "50 % of 1.5 points means at least 1 point (0.5 is not enough)"),
        (8000, [(0, 1), (1, 1), (1, 1)], "80 % of 2 questions of 1 point each means all 2"),
        (8000, [(0, 1)], ""),
        (8000, [], ""),
    ],
)
def test_marks_in_words(mark: int, questions: list[tuple[str | int, int]], words: str) -> None:
    assert mark_in_words(mark, [(Fraction(points), of) for points, of in questions]) == words


worths = st.lists(
    st.tuples(st.sampled_from([Decimal("0.5"), 1, 2, 3]), st.integers(1, 3)), min_size=1, max_size=4
)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10000), worths)
def test_the_least_total_that_passes_by_trying_all(mark: int, worth: list[tuple[Decimal | int, int]]) -> None:
    found = pass_mark_in_points(mark, [(Fraction(points), of) for points, of in worth])
    assert found is not None
    passing: list[Fraction] = []
    failing: list[Fraction] = []
    for shares in product(*(range(of + 1) for _, of in worth)):
        parts = [(float(points), right, of) for (points, of), right in zip(worth, shares, strict=True)]
        points = sum((Fraction(p) * Fraction(right, of) for p, right, of in parts), Fraction(0))
        (passing if rounded(total(parts)) >= mark else failing).append(points)
    assert found.needed == min(passing)
    assert found.below == (max(failing) if failing else None)


def test_a_thousand_mixed_questions_are_quick() -> None:
    found = pass_mark_in_points(8000, [(Fraction(1), 1 + n % 10) for n in range(1000)])
    assert found is not None
    assert not found.exact
    assert 799 < found.needed <= 800
