"""The learning time follows from what is there, and from what the author set."""

from __future__ import annotations

from pathlib import Path

from coursepack.handover.learning_time import LearningTime, learning_time
from small_courses import choice, load_small, quiz, step


def time_of(folder: Path, *steps: str, **banks: str) -> LearningTime:
    course = load_small(folder, "", *steps, **banks).course
    assert course
    return learning_time(course)


def test_words_are_read_at_two_hundred_a_minute(tmp_path: Path) -> None:
    found = time_of(tmp_path, "---\nid: one\ntitle: One\n---\n" + "word " * 601)
    assert (found.words, found.minutes, found.computed) == (601, 4, 4)


def test_marks_are_no_words(tmp_path: Path) -> None:
    found = time_of(
        tmp_path, "---\nid: one\ntitle: One\n---\nA – *b*, “c’s” – (d)! 1,000 well-known … `not this`\n"
    )
    assert found.words == 6


def test_signs_of_scripts_without_blanks_count_half(tmp_path: Path) -> None:
    found = time_of(tmp_path, "---\nid: one\ntitle: One\n---\n" + "学习" * 400 + "\n")
    assert (found.words, found.minutes) == (400, 2)


def test_a_question_takes_its_words_and_a_while(tmp_path: Path) -> None:
    bare = time_of(tmp_path, step("one", *(choice(f"q-{n}") for n in range(30))))
    assert bare.questions == 30
    assert bare.minutes == -(-(bare.words * 60 // 200 + 30 * 20) // 60)


def test_a_reflection_takes_as_long_as_its_words_are_written(tmp_path: Path) -> None:
    asks = "::: reflection {#r min-words=150 max-length=2000}\nWhat now?\n:::\n"
    assert time_of(tmp_path, step("one", asks)).minutes == 11


def test_the_author_knows_better(tmp_path: Path) -> None:
    found = time_of(tmp_path, step("one", front="minutes: 25\n"), step("two"))
    assert (found.minutes, found.computed, found.own) == (26, 1, 1)


def bank(count: int) -> str:
    return "".join(
        f"- id: b-{n}\n  question: {'word ' * 9}{n}?\n  options: [{{text: yes, right: true}}, no]\n"
        for n in range(count)
    )


def test_of_a_bank_what_is_drawn_counts(tmp_path: Path) -> None:
    found = time_of(tmp_path, step("one", quiz("check", attributes="draw=3 from=pool")), pool=bank(12))
    assert found.questions == 3
    assert found.words == 3 * 12 + 2
