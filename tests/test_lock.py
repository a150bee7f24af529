"""course.lock: numbers that stay, a text that survives git, words for what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from coursepack.lock import (
    Register,
    RenameError,
    assign,
    check_lock,
    load_lock,
    parse_lock,
    rename,
    to_text,
)
from coursepack.spec.model import Answer
from coursepack.state import number, settle
from state_courses import (
    ANSWERS,
    Bank,
    Choice,
    Course,
    Draw,
    FillIn,
    Likert,
    Matching,
    Order,
    Quiz,
    Reflection,
    banked,
    course,
    items,
    mixed,
    options,
    pairs,
    prose,
    question,
    step,
)


def asking(answer: Answer) -> Course:
    return course(step("one", question("q", answer)))


def after(*answers: Answer) -> Register:
    """The register after a build with each of the answers to one question."""
    register = Register()
    for answer in answers:
        register = assign(asking(answer), register)
    return register


def written(made: Course) -> str:
    register, findings = number(made, None)
    assert register is not None and findings == []
    return to_text(register)


def codes(text: str) -> list[str]:
    return [finding.code for finding in parse_lock(text)[1]]


# --- numbers ------------------------------------------------------------------------------------------


def test_numbers_rise_in_reading_order_and_parts_count_from_one() -> None:
    made = course(
        step(
            "one",
            question("a", ANSWERS["choice"](0)),
            Reflection("r", prose("Why?")),
            question("b", ANSWERS["order"](0)),
        ),
        step("two", Quiz("z", (question("c", ANSWERS["true-false"](0)),))),
    )
    register = assign(made, Register())
    ids = [
        ("step", "one"),
        ("question", "a"),
        ("reflection", "r"),
        ("question", "b"),
        ("step", "two"),
        ("quiz", "z"),
    ]
    assert [register.n(kind, id_) for kind, id_ in ids] == [1, 2, 3, 4, 5, 6]  # type: ignore[arg-type]
    assert register.n("question", "c") == 7
    assert register.parts("a") == (1, 2, 3, 4)
    assert register.parts("c") == ()


def test_what_comes_back_gets_its_number_back_and_no_number_is_given_twice() -> None:
    with_a = course(step("one", question("a", ANSWERS["choice"](0))))
    with_b = course(step("one", question("b", ANSWERS["choice"](0))))
    register = assign(with_b, assign(with_a, Register()))
    assert (register.n("question", "a"), register.n("question", "b")) == (2, 3)
    assert [thing.id for thing in register.things if thing.retired] == ["a"]
    assert assign(with_a, register).n("question", "a") == 2


def test_a_bank_question_has_a_number_in_each_quiz_that_draws_it() -> None:
    register = assign(banked(), Register())
    assert register.n("question", "first.b0") != register.n("question", "second.b0")
    assert register.parts("first.b0") == register.parts("second.b0") == (1, 2, 3, 4)


def test_parts_are_found_by_id_by_words_or_as_the_only_one_left() -> None:
    first = Choice(options("Yes", "No", "Maybe"))
    assert after(first, Choice(options("Maybe", "Yes", "No"))).parts("q") == (3, 1, 2)
    assert after(first, Choice(options("Yes", "Never", "Maybe"))).parts("q") == (1, 2, 3)
    assert after(first, Choice(options("yes=Yes", "No", "Maybe"))).parts("q") == (1, 2, 3)
    assert after(
        first, Choice(options("yes=Yes", "No", "Maybe")), Choice(options("No", "yes=Sure", "Maybe"))
    ).parts("q") == (2, 1, 3)
    assert after(first, Choice(options("Yes", "No", "Maybe", "Always"))).parts("q") == (1, 2, 3, 4)
    assert after(first, Choice(options("Yes", "Maybe")), Choice(options("Yes", "Maybe", "Ever"))).parts(
        "q"
    ) == (1, 3, 4)
    assert after(first, Choice(options("Yes", "Maybe")), first).parts("q") == (1, 2, 3)
    assert after(Choice(options("x=Yes", "y=No")), Choice(options("y=No", "z=Yes"))).parts("q") == (2, 1)
    assert after(Choice(options("x=Yes", "y=No")), Choice(options("y=No", "z=Oui"))).parts("q") == (2, 3)
    assert after(Choice(options("Same", "Same")), Choice(options("New", "Same", "Same"))).parts("q") == (
        3,
        1,
        2,
    )


def test_two_candidates_are_new_and_said_so() -> None:
    before = after(Choice(options("Yes", "No", "Maybe")))
    now = asking(Choice(options("Sure", "Never", "Maybe")))
    assert assign(now, before).parts("q") == (4, 5, 3)
    findings = check_lock(now, before)
    assert [(finding.code, finding.at) for finding in findings] == [
        ("LCK-005", ("steps", 0, "blocks", 1, "answer"))
    ]
    assert check_lock(asking(Choice(options("Yes", "Maybe"))), before) == []
    assert check_lock(asking(Choice(options("Yes", "No", "Maybe", "A", "B"))), before) == []


def test_right_sides_keep_their_numbers_when_pairs_swap_them() -> None:
    first = Matching(pairs("a=A", "b=B", "c=A"))
    assert after(first).rights("q") == (1, 2, 1)
    swapped = after(first, Matching(pairs("a=B", "b=A", "c=A")))
    assert (swapped.parts("q"), swapped.rights("q")) == ((1, 2, 3), (2, 1, 1))
    assert swapped.answer("q") == 2
    parted = after(first, Matching(pairs("a=A", "b=B", "c=C")))
    assert (parted.rights("q"), parted.answer("q")) == ((1, 2, 3), 2)
    reworded = after(first, Matching(pairs("a=A", "b=Bee", "c=A")))
    assert (reworded.rights("q"), reworded.answer("q")) == ((1, 2, 1), 1)


@pytest.mark.parametrize(
    ("first", "then", "version"),
    [
        (Choice(options("a", "b")), Choice(options("a", "b", right=[1])), 2),
        (Choice(options("a", "b")), Choice(options("A!", "b")), 1),
        (Choice(options("a", "b")), Choice(options("b", "a", right=[1])), 1),
        (Choice(options("a", "b", "c")), Choice(options("a", "b", "c", right=[0, 1]), True), 2),
        (FillIn(("yes",)), FillIn(("yes", "yeah")), 2),
        (FillIn(("yes", "yeah")), FillIn(("yeah", " yes")), 1),
        (Order(items("a", "b", "c")), Order(items("b", "a", "c")), 2),
        (Order(items("a", "b", "c")), Order(items("a", "b", "sea")), 1),
        (Likert(options("1", "2", right=[])), Likert(options("1", "2", "3", right=[])), 1),
        (ANSWERS["numeric"](0), ANSWERS["true-false"](0), 2),
    ],
)
def test_only_another_right_answer_is_a_new_version(first: Answer, then: Answer, version: int) -> None:
    assert after(first, then).answer("q") == version
    assert after(first, then, first).answer("q") == 1


# --- text ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [mixed(), banked(), course(step("only"))], ids=["mixed", "banked", "small"])
def test_text_and_back(made: Course) -> None:
    register, _ = settle(made, assign(made, Register()))
    assert parse_lock(to_text(register)) == (register, [])
    assert parse_lock("\ufeff" + to_text(register).replace("\n", "\r\n")) == (register, [])


def test_one_thing_a_line_and_nothing_moves_when_something_is_added() -> None:
    before = written(course(step("one"), step("two")))
    register, _ = number(course(step("one"), step("zero"), step("two")), before)
    assert register is not None
    now = to_text(register).splitlines()
    assert now[:3] == before.splitlines()[:3]
    assert [json.loads(line).get("step") for line in now[1:4]] == ["one", "two", "zero"]
    assert "Commit this file" in now[0]


def test_equal_layouts_have_one_id_and_the_lock_does_not_grow() -> None:
    with_a, with_b = asking(Choice(options("a", "b"))), asking(Choice(options("a", "b", "c")))
    register, ids = Register(), []
    for made in (with_a, with_b, with_a, replace(with_b, steps=tuple(reversed(with_b.steps))), with_a):
        register, layout = settle(made, assign(made, register))
        ids.append(layout.id)
    assert ids == [1, 2, 1, 2, 1]
    assert len(register.editions) == 2


def test_a_typo_adds_no_layout_and_many_versions_of_a_large_course_stay_small() -> None:
    made = mixed(30, 600, 5, 50)
    register, _ = settle(made, assign(made, Register()))
    first = len(to_text(register))
    for at in range(1, 9):
        extra = step(f"more{at}", question(f"m{at}", ANSWERS["choice"](0)))
        made = replace(made, steps=(replace(made.steps[0], title=f"Typo {at}"), *made.steps[1:], extra))
        register, layout = settle(made, assign(made, register))
        typo = replace(made, steps=(replace(made.steps[0], title="Mended"), *made.steps[1:]))
        assert settle(typo, assign(typo, register))[1].id == layout.id == at + 1
    assert first < 150_000
    assert (len(to_text(register)) - first) / 8 < 500


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "LCK-002"),
        ("\n\n", "LCK-002"),
        ("hello", "LCK-001"),
        ("[1]\n", "LCK-001"),
        ('{"name":"package-lock"}\n', "LCK-001"),
        ('{"course.lock":true}\n', "LCK-001"),
        ('{"course.lock":2}\n', "LCK-003"),
        ('{"course.lock":1}\n{"n":1,"step":"a","text":""}\n{"n":1,"step":"b","text":""}', "LCK-004"),
        ('{"course.lock":1}\n{"n":1,"step":"a","text":""}\n{"n":2,"step":"a","text":""}', "LCK-004"),
        ('{"course.lock":1}\n<<<<<<< HEAD\n{"n":1,"step":"a","text":""}\n', "LCK-002"),
        *(
            ('{"course.lock":1}\n' + line, "LCK-002")
            for line in (
                "x",
                "1",
                "{}",
                '{"n":0,"step":"a","text":""}',
                '{"n":true,"step":"a","text":""}',
                '{"n":1,"step":3,"text":""}',
                '{"n":1,"step":"a"}',
                '{"n":1,"step":"a","text":"","more":1}',
                '{"n":1,"question":"a","text":"","answers":[1]}',
                '{"n":1,"question":"a","text":"","answers":["x"],"answer":2}',
                '{"n":1,"question":"a","text":"","parts":[[1,"",""],[1,"",""]]}',
                '{"n":1,"question":"a","text":"","parts":[[1,""]]}',
                '{"n":1,"step":"\ufffd","text":""}',
                '{"layout":1,"mark":1,"drop":[],"put":[[1,"s"]]}',
                '{"layout":1,"mark":1,"drop":[],"put":[[1,"s"]],"sum":"x"}',
                "[" * 5000,
            )
        ),
    ],
)
def test_a_text_that_is_not_ours_is_told_in_words(text: str, code: str) -> None:
    register, findings = parse_lock(text)
    assert register == Register()
    assert {finding.code for finding in findings} == {code}
    assert all(finding.help and finding.at.file == "course.lock" for finding in findings)  # type: ignore[union-attr]


def test_a_line_that_is_lost_changed_or_doubled_shows() -> None:
    register = Register()
    for made in (banked(9), banked(10), banked(11)):
        register, _ = settle(made, assign(made, register))
    lines = to_text(register).splitlines()
    for at in range(1, len(lines)):
        gone = "\n".join(lines[:at] + lines[at + 1 :])
        last = at == len(lines) - 1
        assert codes(gone) == ([] if last else ["LCK-002"]) or "layout" in lines[at], lines[at]
        assert "LCK-004" in codes("\n".join([*lines[: at + 1], *lines[at:]]))
    edited = to_text(register).replace('"put":[[1,"s"]', '"put":[[1,"z"]', 1)
    assert edited != to_text(register) and "LCK-002" in codes(edited)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_text_makes_the_reader_fail(data: st.DataObject) -> None:
    text = written(banked(9))
    at = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(at, min(len(text), at + 40)))
    broken = text[:at] + data.draw(st.text(max_size=10)) + text[end:]
    register, findings = parse_lock(broken)
    assert register == Register() if findings else isinstance(register, Register)


def test_the_file_is_read_as_bytes(tmp_path: Path) -> None:
    assert load_lock(tmp_path) is None
    (tmp_path / "course.lock").write_bytes(b'{"course.lock":1}\n{"n":1,"step":"\xff","text":""}\n')
    assert codes(load_lock(tmp_path) or "") == ["LCK-002"]


# --- building -----------------------------------------------------------------------------------------


def test_locked_says_what_would_change() -> None:
    made = course(step("one"), step("two", question("q", ANSWERS["choice"](0))))
    text = written(made)
    assert number(made, text, locked=True)[1] == []
    _, findings = number(course(step("one"), step("three")), text, locked=True)
    assert [finding.code for finding in findings] == ["LCK-007"]
    for word in ("new: the step three", "gone: the step two", "the question q", "a new layout"):
        assert word in findings[0].message
    retitled = replace(made, steps=(replace(made.steps[0], title="Other"), made.steps[1]))
    assert "other words or answers: one" in number(retitled, text, locked=True)[1][0].message
    assert "--locked" in findings[0].help


def test_a_lock_that_cannot_be_used_gives_no_register() -> None:
    register, findings = number(banked(), "hello")
    assert register is None and [finding.code for finding in findings] == ["LCK-001"]


# --- renaming -----------------------------------------------------------------------------------------


def test_an_id_that_vanished_while_its_words_stayed_is_named_with_its_command() -> None:
    before = assign(course(step("one", question("a", ANSWERS["choice"](0)))), Register())
    now = course(step("one", replace(question("a", ANSWERS["choice"](0)), id="b")))
    findings = check_lock(now, before)
    assert [finding.code for finding in findings] == ["LCK-006"]
    assert "`coursepack rename a b`" in findings[0].help
    renamed = rename(before, "a", "b")
    assert check_lock(now, renamed) == []
    assert assign(now, renamed).n("question", "b") == before.n("question", "a")


def test_a_build_in_between_does_not_spoil_the_renaming() -> None:
    before = assign(course(step("old")), Register())
    now = course(replace(step("old"), id="new"))
    built = assign(now, before)
    assert built.n("step", "new") == 2
    renamed = assign(now, rename(built, "old", "new"))
    assert renamed.n("step", "new") == 1
    assert [(thing.n, thing.id, thing.retired) for thing in renamed.things] == [
        (1, "new", False),
        (2, "", True),
    ]
    assert parse_lock(to_text(renamed)) == (renamed, [])
    assert assign(course(step("new"), step("other")), renamed).n("step", "other") == 3


def test_a_quiz_takes_its_drawn_questions_along() -> None:
    made = banked(4, 2)
    before = assign(made, Register())
    quiz = replace(made.steps[1].blocks[1], id="final")  # type: ignore[type-var]
    now = replace(made, steps=(made.steps[0], replace(made.steps[1], blocks=(quiz,))))  # type: ignore[arg-type]
    assert [finding.help for finding in check_lock(now, before) if "rename" in finding.help] == [
        "if it was renamed, run `coursepack rename second final`"
    ]
    after_ = rename(before, "second", "final")
    assert after_.n("question", "final.b1") == before.n("question", "second.b1")


def test_a_bank_question_is_renamed_in_every_quiz() -> None:
    bank = Bank("pool", "p", (question("x", ANSWERS["choice"](0)),))
    made = course(
        step("one", Quiz("a", (), draw=Draw(1, "pool")), Quiz("b", (), draw=Draw(1, "pool"))), banks=[bank]
    )
    before = assign(made, Register())
    now = replace(made, banks=(replace(bank, questions=(replace(bank.questions[0], id="y"),)),))
    findings = check_lock(now, before)
    assert [finding.help for finding in findings] == ["if it was renamed, run `coursepack rename x y`"]
    renamed = rename(before, "x", "y")
    for quiz in "ab":
        assert renamed.n("question", f"{quiz}.y") == before.n("question", f"{quiz}.x")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("nothing", "b", "knows no id nothing"),
        ("step-on", "b", "did you mean step-one"),
        ("step-one", "step-two", "are both in the course"),
        ("step-one", "step-one", "the old and the new"),
    ],
)
def test_a_renaming_that_cannot_be_is_told_why(old: str, new: str, words: str) -> None:
    register = assign(course(step("step-one"), step("step-two")), Register())
    with pytest.raises(RenameError, match=words):
        rename(register, old, new)


def both(step_id: str, quiz_id: str) -> Course:
    return course(step(step_id, Quiz(quiz_id, (question("q", ANSWERS["true-false"](0)),))))


@pytest.mark.parametrize(("step_id", "quiz_id"), [("check", "final"), ("final", "check"), ("final", "final")])
@pytest.mark.parametrize("built", [False, True])
def test_of_a_step_and_a_quiz_with_one_id_the_course_tells_which_was_renamed(
    step_id: str, quiz_id: str, built: bool
) -> None:
    before = assign(both("check", "check"), Register())
    now = both(step_id, quiz_id)
    renamed = rename(assign(now, before) if built else before, "check", "final", assign(now, Register()))
    after_ = assign(now, renamed)
    assert (after_.n("step", step_id), after_.n("quiz", quiz_id)) == (1, 2)
    assert check_lock(now, renamed) == []


def test_an_id_of_two_things_is_not_renamed_before_the_course_says_which() -> None:
    register = assign(both("check", "check"), Register())
    with pytest.raises(RenameError, match="the id of a quiz and of a step"):
        rename(register, "check", "final", register)


def test_an_id_that_something_else_has_is_not_given_again() -> None:
    made = course(step("one", question("q", ANSWERS["choice"](0)), Reflection("r", prose("Why?"))))
    register = assign(made, Register())
    with pytest.raises(RenameError, match="r is the id of a reflection"):
        rename(register, "q", "r", register)
    assert rename(register, "q", "one", register).n("question", "one") == 2


def named(*names: str) -> Course:
    return asking(Choice(options(*(f"{name}=Is {name}" for name in names))))


@pytest.mark.parametrize("old", ["b", "q.b"])
@pytest.mark.parametrize("built", [False, True])
def test_an_option_keeps_its_number_though_its_id_and_its_words_change(old: str, built: bool) -> None:
    before = assign(named("a", "b", "c"), Register())
    now = named("a", "x", "c")
    assert assign(now, before).parts("q") == (1, 4, 3)
    renamed = rename(assign(now, before) if built else before, old, "x", assign(now, Register()))
    assert parse_lock(to_text(renamed)) == (renamed, [])
    after_ = assign(now, renamed)
    assert after_.parts("q") == (1, 2, 3)
    assert after_.answer("q") == before.answer("q")
    back = assign(named("a", "x", "c", "new"), after_)
    assert back.parts("q") == (1, 2, 3, 5 if built else 4)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("yes", "x", "yes is in one and in two; say which, as in one.yes"),
        ("one.yes", "no", "yes and no are both in one"),
        ("one.yes", "two.x", "one.yes stays in one; write x"),
        ("one.yse", "x", "did you mean one.yes"),
    ],
)
def test_an_option_that_cannot_be_renamed_is_told_why(old: str, new: str, words: str) -> None:
    marked = Choice(options("yes=Yes", "no=No"))
    register = assign(course(step("s", question("one", marked), question("two", marked))), Register())
    with pytest.raises(RenameError, match=words):
        rename(register, old, new, register)
