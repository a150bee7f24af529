"""Old states in an edited course: which answers are asked anew, and what the verdict says of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coursepack.difference.compare import Difference, compare
from coursepack.difference.learners import learners, rules_of
from coursepack.difference.sides import Side, from_folder
from coursepack.difference.to_text import to_text
from coursepack.difference.trial import Trial, trial
from coursepack.standing import standing
from coursepack.state import Decoded, decode, encode
from difference.edits import COURSE, ONE, THREE, Edit, both, swap, write_course

KEEP = swap(COURSE, "targets:", "resume: {changed-answers: keep}\ntargets:")
NUMBER = swap(THREE, "= 4", "= 5")
PRACTICE = both(swap(ONE, "- [x] Camellia", "- [ ] Camellia"), swap(ONE, "- [ ] Sage", "- [x] Sage"))


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_course(tmp_path_factory.mktemp("tea"))


def edited(old: Path, folder: Path, edit: Edit) -> tuple[Side, Side, Difference]:
    shutil.copytree(old, folder / "new")
    edit(folder / "new")
    sides = from_folder(old, "old", ""), from_folder(folder / "new", "new", "")
    return (*sides, compare(*sides))


def who(found: Difference, words: str) -> Trial:
    return next(one for one in found.trials if one.who == words)


@pytest.mark.parametrize(
    ("edit", "id_"), [(NUMBER, "minutes"), (PRACTICE, "plant")], ids=["quiz", "practice"]
)
def test_retry_asks_again_and_keep_does_not(edit: Edit, id_: str, old: Path, tmp_path: Path) -> None:
    for policy, change, again in (("retry", edit, 1), ("keep", both(edit, KEEP), 0)):
        was, now, found = edited(old, tmp_path / policy, change)
        assert was.built is not None
        assert now.built is not None
        finished = who(found, "did everything, all right")
        assert (found.verdict, finished.again) == ("SAFE, BUT", again)
        assert ("1 answer to give again" in finished.says) == bool(again)
        text = to_text(found)
        assert ("is asked again" in text) == bool(again)
        assert ("answers are kept" in text) == (not again)
        learner = next(one for one in learners(was.built) if one.who == finished.who)
        carried = decode(encode(learner.state, was.built.layout), now.built.layout, now.built.older, policy)  # type: ignore[arg-type]
        assert isinstance(carried, Decoded)
        n = next(q["n"] for step in now.built.steps.values() for q in step["questions"] if q["id"] == id_)
        state = carried.state.questions.get(n)
        assert (state is None or not state.submitted) == bool(again)


def test_a_quiz_that_is_over_keeps_its_result(old: Path, tmp_path: Path) -> None:
    _, _, found = edited(old, tmp_path, NUMBER)
    finished = who(found, "did everything, all right")
    assert finished.after is not None
    assert (finished.after.completed, finished.after.success, finished.after.score) == (True, "passed", 10000)


def test_who_never_answered_it_is_asked_nothing_again(old: Path, tmp_path: Path) -> None:
    _, _, found = edited(old, tmp_path, NUMBER)
    assert who(found, "has just opened it").again == 0


def test_a_practice_question_opens_its_step_again_but_no_status_falls(old: Path, tmp_path: Path) -> None:
    _, _, found = edited(old, tmp_path, PRACTICE)
    half = who(found, "did the first half, all right")
    assert half.after is not None
    assert len(half.after.steps_done) == len(half.before.steps_done) - 1
    assert {"1 answer to give again", "1 more to do"} <= set(half.says)
    assert half.effect == "notice"
    finished = who(found, "did everything, all right")
    assert finished.after is not None
    assert finished.after.completed


def test_a_saved_text_is_tried_as_an_lms_holds_it(old: Path, tmp_path: Path) -> None:
    was, now, _ = edited(old, tmp_path, NUMBER)
    assert was.built is not None
    assert now.built is not None
    learner = list(learners(was.built))[-1]
    text = encode(learner.state, was.built.layout)
    assert standing(rules_of(was.built), learner.state) == learner.stands
    assert trial(now.built, "x", learner.stands, text).again == 1
    damaged = trial(now.built, "x", learner.stands, text[:-3])
    assert (damaged.after, damaged.effect) == (None, "lost")


def test_a_lowered_pass_mark_passes_who_has_reached_it_and_completes_the_course(tmp_path: Path) -> None:
    old = write_course(tmp_path / "old")
    swap(COURSE, "quizzes: attempted", "quizzes: passed")(old)
    _, _, found = edited(old, tmp_path, swap(COURSE, "60%", "30%"))
    missed = who(found, "just missed the pass mark")
    assert not missed.before.completed
    assert missed.after is not None
    assert (missed.after.completed, missed.after.success, missed.after.todo) == (True, "passed", ())
