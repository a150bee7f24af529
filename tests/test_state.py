"""The saved state: text and back, its exact bound, and every edit an author can make in between."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import state_vectors
from coursepack.answers import to_question_data
from coursepack.helpdesk import describe
from coursepack.lock import Register, assign
from coursepack.policy import to_reported
from coursepack.scoring import units
from coursepack.spec.outline import outline
from coursepack.state import (
    Changes,
    CourseState,
    Decoded,
    Layout,
    QuestionState,
    QuizState,
    ReflectionState,
    bound,
    costs,
    decode,
    encode,
    from_json,
    layout,
    layouts,
    older_json,
    settle,
    to_json,
    to_table,
)
from coursepack.state.walk import RUNS
from edit_histories import Known, begin, known, meant, survives
from state_courses import (
    ANSWERS,
    SCRIPTS,
    TYPED,
    Choice,
    Course,
    Quiz,
    Reflection,
    banked,
    course,
    fullest,
    mixed,
    options,
    plain_state,
    prose,
    question,
    some_state,
    step,
)

ROOT = Path(__file__).parent.parent
COURSES = {"mixed": mixed(6, 45, 2, 12, 30), "banked": banked(), "small": course(step("only"))}


def build(made: Course, register: Register | None = None) -> tuple[Register, Layout]:
    return settle(made, assign(made, register or Register()))


def back(text: str, now: Layout, register: Register | None = None, **policy: str) -> Decoded:
    result = decode(text, now, layouts(register) if register else None, **policy)  # type: ignore[arg-type]
    assert isinstance(result, Decoded), result
    return result


# --- text and back ------------------------------------------------------------------------------------


def test_the_vectors_are_fresh() -> None:
    assert state_vectors.FILE.read_text(encoding="utf-8") == state_vectors.to_text(), (
        "run `python tests/state_vectors.py`"
    )


@pytest.mark.parametrize("name", COURSES)
def test_what_was_done_comes_back(name: str) -> None:
    _, now = build(COURSES[name])
    for seed in range(40):
        text = encode(some_state(now, Random(seed)), now)
        found = back(text, now)
        assert found.changes is None
        assert encode(found.state, now) == text
        assert len(text) <= bound(now).characters


def test_everything_comes_back_as_it_was() -> None:
    for made in COURSES.values():
        _, now = build(made)
        for unit in ("a", "é", "日", "\U0001f600"):
            assert back(encode(fullest(now, unit), now), now).state == fullest(now, unit)
        assert back(encode(CourseState(), now), now).state == CourseState()


@pytest.mark.parametrize("text", SCRIPTS)
def test_texts_come_back_whole_and_lone_halves_do_not_crash(text: str) -> None:
    _, now = build(course(step("s", Reflection("r", prose("Why?"), max_length=20))))
    n = now.records[1].n
    state = CourseState(reflections={n: ReflectionState(text, True)})
    assert back(encode(state, now), now).state.reflections[n].text == text


def test_a_text_is_cut_between_characters() -> None:
    _, now = build(course(step("s", Reflection("r", prose("Why?"), max_length=3))))
    state = CourseState(reflections={2: ReflectionState("ab\U0001f600cd")})
    assert back(encode(state, now), now).state.reflections[2].text == "ab"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("42", "42"),
        ("-1.234,5", "-1.234,5"),
        ("−3", "-3"),
        ("1’000\u00a0000", "1'000 000"),
        ("٤٢٫٥", "42.5"),
        ("४२", "42"),
        ("４２", "42"),
        ("\u200e7", "7"),
        ("seven", None),
        ("1e9", None),
    ],
)
def test_a_typed_number_is_kept_in_sixteen_characters(typed: str, kept: str | None) -> None:
    _, now = build(course(step("s", question("q", ANSWERS["numeric"](0)))))
    state = CourseState(questions={2: QuestionState(typed, True, 1, 1)})
    assert back(encode(state, now), now).state.questions[2].response == kept


def test_only_the_questions_that_are_drawn_are_saved() -> None:
    _, now = build(banked())
    pool = next(iter(now.pools.values()))
    quiz = pool[0].quiz
    done = {record.n: QuestionState(None, True, 1, 0) for record in pool}
    state = CourseState(questions=done, quizzes={quiz: QuizState(1, "running", drawn=(pool[3].n, pool[1].n))})
    found = back(encode(state, now), now).state
    assert found.quizzes[quiz].drawn == (pool[1].n, pool[3].n)
    assert set(found.questions) == {pool[1].n, pool[3].n}


def test_entries_keep_their_indexes_and_of_too_many_runs_the_last_stay() -> None:
    made = course(*(step(f"s{at}", question(f"q{at}", ANSWERS["choice"](0))) for at in range(40)))
    _, now = build(made)
    told = now.reported
    for entries in (
        {n: at for at, n in enumerate(told)},
        {n: 500 + at for at, n in enumerate(told)},
        {n: at for at, n in enumerate(reversed(told[:RUNS]))},
        {told[0]: 0, told[2]: 1, told[5]: 8, told[6]: 9},
    ):
        assert back(encode(CourseState(entries=entries), now), now).state.entries == entries
    scattered = {n: at for at, n in enumerate(reversed(told))}
    kept = back(encode(CourseState(entries=scattered), now), now).state.entries
    assert kept == {n: at for n, at in scattered.items() if at >= 40 - RUNS}
    for index, kept in ((8, 2), (9, 1), (20, 1)):
        far = {told[0]: 0, told[1]: index}
        found = back(encode(CourseState(entries=far), now), now).state.entries
        assert found == dict(list(far.items())[-kept:])


# --- the bound ----------------------------------------------------------------------------------------


def test_the_bound_is_reached_and_its_table_adds_up() -> None:
    for made in (*COURSES.values(), mixed(3, 1, 0, 0), mixed(2, 30, 1, 30, 7)):
        register, now = build(made)
        worst, text = bound(now), encode(fullest(now), now)
        assert len(text) == len(text.encode()) == len(escape(text)) == worst.characters
        assert worst.utf8 == worst.escaped == worst.characters
        total = sum(cost.characters for cost in costs(made, register, now))
        assert total == pytest.approx(worst.characters)
        assert f"{worst.characters}  characters at most" in to_table(made, register, now)
        assert all(cost.characters > 0 for cost in costs(made, register, now))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_the_bound_is_never_exceeded(seed: int) -> None:
    random = Random(seed)
    draft = begin(random)
    for _ in range(random.randrange(5)):
        draft.edit()
    _, now = build(draft.build())
    worst = bound(now).characters
    assert len(encode(fullest(now), now)) == worst
    assert all(len(encode(some_state(now, random), now)) <= worst for _ in range(4))


def test_a_realistic_course_fits_scorm_12_with_room_left() -> None:
    """30 steps, 120 questions of all nine types, 10 of them typed in 13 fields, 10 quizzes, 5 reflections."""
    made = mixed(30, 120, 5, 10, 200)
    register, now = build(made)
    slots = outline(made).slots
    data = [to_question_data(slot, 1, register.parts(slot.id), 0, language="en") for slot in slots]
    kinds = [one["type"] for one in data]
    assert len(made.steps) == 30 and len(kinds) == 120 and set(kinds) == set(ANSWERS)
    assert sum(kind in TYPED for kind in kinds) == 10
    text = encode(fullest(now), now)
    assert len(text) == bound(now).characters <= 4096 - 20
    sixty = mixed(30, 120, 5, 60, 200)
    assert bound(build(sixty)[1]).characters > 4096


def test_units_and_reports_are_those_of_scoring_and_policy() -> None:
    for made in COURSES.values():
        register, now = build(made)
        assert sorted(to_reported(made, register)) == list(now.reported)
        for slot in outline(made).slots:
            data = to_question_data(slot, 1, register.parts(slot.id), 0, language="en")
            record = now.by_n[register.n("question", slot.id)]
            assert record.units == units(data)
            if record.kind == "p":
                assert record.sides == tuple(dict.fromkeys(pair["to"] for pair in data["pairs"]))
    many = mixed(3, 300, 2, 5)
    register, now = build(many)
    assert len(now.reported) == 250
    assert {n for n in now.reported if now.by_n[n].quiz} >= set(to_reported(many, register)[:100])


# --- layouts ------------------------------------------------------------------------------------------


def test_layouts_come_back_from_json_and_from_the_lock() -> None:
    register, history = Register(), []
    for made in (banked(9), banked(12, 3), mixed(3, 9, 1, 3, 20), banked(9)):
        register, now = build(made, register)
        history.append(now)
    older = json.loads(json.dumps(older_json(register)))
    for now in history[:3]:
        assert from_json(json.loads(json.dumps(to_json(now)))) == now
        assert from_json(older[str(now.id)], older) == now
        assert layouts(register)[now.id] == now
    assert history[3] == history[0]
    assert older_json(build(banked(9))[0]) == {}


def test_the_order_and_the_words_of_things_are_no_part_of_a_layout() -> None:
    made = mixed(4, 20, 2, 4, 30)
    register, now = build(made)
    first = replace(made.steps[0], title="Other words")
    moved = replace(made, steps=(*reversed(made.steps[1:]), first))
    assert layout(moved, assign(moved, register)) == now


# --- what cannot be read ------------------------------------------------------------------------------


def test_a_text_that_cannot_be_read_says_why() -> None:
    register, now = build(banked())
    other = build(mixed(3, 9, 1, 3, 20))[1]
    text = encode(fullest(now), now)
    later_register, later = build(mixed(3, 9, 1, 3, 20), register)
    cases = {
        "": "empty",
        text[:-1]: "damaged",
        text[:30]: "damaged",
        text[:50] + ("A" if text[50] != "A" else "B") + text[51:]: "damaged",
        text + "A": "damaged",
        "1": "damaged",
        "1;2;3": "foreign",
        "2abc": "foreign",
        '{"progress": 3}': "foreign",
        text + "\n": "foreign",
        encode(CourseState(), other): "foreign",
        encode(CourseState(), later): "future",
    }
    for broken, reason in cases.items():
        assert decode(broken, now, layouts(register)) == reason, broken[:40]
    assert isinstance(decode(text, later, layouts(later_register)), Decoded)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
@example("\ud800")
def test_no_text_makes_decode_fail(text: str) -> None:
    register, now = build(COURSES["banked"])
    assert decode(text, now, layouts(register)) in ("empty", "damaged", "foreign", "future")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 2))
def test_a_right_checksum_over_anything_does_not_make_decode_fail(data: bytes, which: int) -> None:
    from coursepack.state.bits import ALPHABET, checksum

    _, now = build(list(COURSES.values())[which])
    head = encode(CourseState(), now)[:14]
    body = head + "".join(ALPHABET[byte & 63] for byte in data)
    result = decode(body + checksum(body), now)
    assert result == "damaged" or isinstance(result, Decoded)


def test_more_drawn_than_a_quiz_draws_is_damage() -> None:
    _, now = build(banked(6, 3))
    pool = next(iter(now.pools.values()))
    state = CourseState(
        quizzes={pool[0].quiz: QuizState(1, "running", drawn=tuple(one.n for one in pool[:3]))}
    )
    fewer = tuple(replace(one, size=2) if one.n == pool[0].quiz else one for one in now.records)
    assert decode(encode(state, now), Layout(now.id, now.mark, fewer)) == "damaged"


# --- edits --------------------------------------------------------------------------------------------


def chain(first: Course, then: Course, state: CourseState, **policy: str) -> tuple[CourseState, Changes]:
    register, before = build(first)
    register, now = build(then, register)
    found = back(encode(state, before), now, register, **policy)
    assert found.changes is not None
    assert isinstance(decode(encode(found.state, now), now), Decoded)
    return found.state, found.changes


def quizzed(*labels: str, right: int = 0) -> Course:
    return course(step("s", Quiz("z", (question("q", Choice(options(*labels, right=[right]))),))))


def test_a_changed_right_answer_is_asked_anew_unless_the_author_keeps_it() -> None:
    first, then = quizzed("a", "b", "c"), quizzed("a", "b", "c", right=1)
    done = CourseState(
        completed=True,
        success="passed",
        questions={3: QuestionState(1, True, 1, 1)},
        quizzes={2: QuizState(1, "finished", 1_000_000, True)},
    )
    state, changes = chain(first, then, done)
    assert state.questions == {} and changes.answers == (3,)
    assert state.quizzes == {2: QuizState(1, "running", 1_000_000, True)}, "open again, nothing else changed"
    assert state.completed and state.success == "passed"
    state, changes = chain(first, then, done, policy="keep")
    assert state.questions == done.questions and changes.answers == ()


def test_a_report_that_no_longer_holds_is_made_anew_and_others_go_on() -> None:
    done = CourseState(entries={3: 7})
    as_numeric = course(step("s", Quiz("z", (question("q", ANSWERS["numeric"](0)),))))
    for then, kept in (
        (quizzed("a", "b", "c"), {3: 7}),
        (quizzed("a", "b", right=1), {}),
        (as_numeric, {}),
    ):
        assert chain(quizzed("a", "b"), then, done)[0].entries == kept


@pytest.mark.parametrize(("phase", "kept"), [("finished", True), ("running", False)])
def test_a_chosen_option_that_is_gone_is_asked_anew_unless_the_quiz_is_finished(
    phase: str, kept: bool
) -> None:
    done = CourseState(
        questions={3: QuestionState(2, True, 1, 0)},
        quizzes={2: QuizState(1, phase, 0 if kept else None)},  # type: ignore[arg-type]
    )
    state, changes = chain(quizzed("a", "b", "c"), quizzed("a", "c"), done)
    assert changes.answers == (() if kept else (3,))
    assert state.questions == ({3: QuestionState(None, True, 1, 0)} if kept else {})


def test_what_was_only_begun_stays_through_a_changed_right_answer() -> None:
    begun = CourseState(questions={3: QuestionState(1)})
    state, changes = chain(quizzed("a", "b"), quizzed("a", "b", right=1), begun)
    assert state.questions == begun.questions and changes.answers == ()


@pytest.mark.parametrize(("share", "then"), [(0, 0), (2, 0), (3, 1)])
def test_a_share_counted_in_other_units_never_rises_to_full(share: int, then: int) -> None:
    parts = options("a", "b", "c", "d", right=[0, 1, 2])
    first, whole = (
        course(step("s", question("q", Choice(parts, True, partial)))) for partial in (True, False)
    )
    state, _ = chain(first, whole, CourseState(questions={2: QuestionState((1, 2), True, 1, share)}))
    assert state.questions[2].share == then
    state, _ = chain(whole, first, CourseState(questions={2: QuestionState((1, 2), True, 1, then)}))
    assert state.questions[2].share == then * 3


def test_another_type_is_another_question() -> None:
    first = course(step("s", question("q", Choice(options("a", "b")))))
    then = course(step("s", question("q", Choice(options("a", "b", right=[0, 1]), True))))
    for policy in ("retry", "keep"):
        state, changes = chain(
            first, then, CourseState(questions={2: QuestionState(1, True, 1, 1)}), policy=policy
        )
        assert state.questions == {} and changes.answers == (2,)


def test_what_is_new_and_what_is_gone_is_named() -> None:
    first = course(step("a"), step("b", question("q", ANSWERS["fill-in"](0)), Reflection("r", prose("Why?"))))
    then = course(
        step("b", Reflection("r", prose("Why?"), max_length=4)),
        step("c", question("p", ANSWERS["choice"](0))),
    )
    done = CourseState(
        location=1,
        seen=frozenset({1, 2}),
        questions={3: QuestionState("yes", True, 1, 1)},
        reflections={4: ReflectionState("because", True)},
    )
    state, changes = chain(first, then, done)
    assert changes == Changes(1, steps=(5,), activities=(6,), removed=(1, 3), cut=(4,))
    assert (state.location, state.seen, state.questions) == (0, {2}, {})
    assert state.reflections == {4: ReflectionState("beca", True)}


def test_a_reflection_that_moves_to_the_browser_is_handed_over_once() -> None:
    first = course(step("a", Reflection("r", prose("Why?"))))
    then = course(step("a", Reflection("r", prose("Why?"), keep="browser")))
    state, changes = chain(first, then, CourseState(reflections={2: ReflectionState("words", True)}))
    assert state.reflections == {2: ReflectionState("words", True)} and changes.cut == ()
    register, _ = build(first)
    _, now = build(then, register)
    assert back(encode(state, now), now).state.reflections == {2: ReflectionState("", True)}


def test_a_draw_that_shrinks_keeps_no_more_than_fits() -> None:
    register, before = build(banked(6, 4))
    pool = next(iter(before.pools.values()))
    drawn = tuple(record.n for record in pool[:4])
    done = CourseState(quizzes={pool[0].quiz: QuizState(1, "running", drawn=drawn)})
    register, now = build(banked(6, 2), register)
    found = back(encode(done, before), now, register)
    assert found.state.quizzes[pool[0].quiz] == QuizState(1, "running", drawn=drawn[:2])


@pytest.mark.parametrize("start", range(0, 2000, 500))
def test_progress_survives_every_history_of_edits(start: int) -> None:
    """Random edits, points of saving and of resuming; what was meant by an answer is followed by identity."""
    kept = asked_anew = 0
    for seed in range(start, start + 500):
        try:
            result = history(seed)
        except Exception as error:
            raise AssertionError(f"history {seed}") from error
        kept, asked_anew = kept + result[0], asked_anew + result[1]
    assert kept > 1000 and asked_anew > 15, (kept, asked_anew)


def history(seed: int) -> tuple[int, int]:
    """One history; how many answers were kept and how many are to be given anew."""
    random = Random(seed)
    draft, register = begin(random), Register()
    policy = random.choice(["retry", "keep"])
    register, now = build(draft.build(), register)
    facts, numbers = known(draft, register), _numbers(register)
    text = encode(some_state(now, random), now)
    state = back(text, now).state
    kept = anew = 0
    for _ in range(random.randrange(1, 3)):
        for _ in range(random.choice([1, 1, 2])):
            draft.edit()
            register, later = build(draft.build(), register)
            assert numbers.items() <= (numbers := _numbers(register) | numbers).items()
            assert _numbers(register).items() == numbers.items()
        found = back(text, later, register, policy=policy)
        saved = back(encode(found.state, later), later).state.questions
        assert saved.items() <= found.state.questions.items()
        assert all(n in saved or later.by_n[n].drawn for n in found.state.questions)
        new_facts = known(draft, register)
        both = _compare(state, found, (now, facts), (later, new_facts), register, policy)
        kept, anew = kept + both[0], anew + both[1]
        now, facts, state = later, new_facts, found.state
        if random.random() < 0.5:
            state = replace(some_state(now, random), completed=state.completed, success=state.success)
        text = encode(state, now)
        assert len(text) <= bound(now).characters
        state = back(text, now).state
    return kept, anew


def _numbers(register: Register) -> dict[tuple[str, str], int]:
    return {(thing.kind, thing.id): thing.n for thing in register.things}


def _compare(
    state: CourseState,
    found: Decoded,
    before: tuple[Layout, dict[str, Known]],
    after: tuple[Layout, dict[str, Known]],
    register: Register,
    policy: str,
) -> tuple[int, int]:
    then, changes = found.state, found.changes
    assert (then.completed, then.success) == (state.completed, state.success)
    assert (then.token, then.counter) == (state.token, state.counter)
    for n, quiz in state.quizzes.items():
        if n in after[0].by_n:
            now_quiz = then.quizzes[n]
            asked_anew = () if changes is None else changes.answers
            own = {m for m in asked_anew if after[0].by_n[m].quiz == n and before[0].by_n[m].quiz == n}
            phase = "running" if own and quiz.phase == "finished" else quiz.phase
            assert (now_quiz.score, now_quiz.passed, now_quiz.phase) == (quiz.score, quiz.passed, phase)
            assert set(now_quiz.drawn) <= set(quiz.drawn)
    assert then.seen == state.seen & set(after[0].by_n)
    assert set(then.questions) <= set(state.questions) & set(after[0].by_n)
    for n, reflection in state.reflections.items():
        if n in after[0].by_n:
            assert then.reflections[n].submitted == reflection.submitted
            assert reflection.text.startswith(then.reflections[n].text)
    kept = anew = 0
    for slot, now in after[1].items():
        n = register.n("question", slot)
        if slot not in before[1] or n not in before[0].by_n:
            assert n not in then.questions
        elif n in state.questions:
            was = before[1][slot]
            stays = _check(state.questions[n], then.questions.get(n), was, now, policy)
            again = changes is not None and n in changes.answers
            lost = state.questions[n].submitted and not (n in then.questions and then.questions[n].submitted)
            assert again == lost
            kept, anew = kept + stays, anew + again
    return kept, anew


def _check(was: QuestionState, now: QuestionState | None, old: Known, new: Known, policy: str) -> bool:
    """Whether an answer stayed as it was, where it must; that it went, where it must."""
    changed = old.type != new.type or old.key != new.key
    if old.type != new.type or (changed and was.submitted and policy == "retry"):
        assert now is None
        return False
    if not survives(old, new, was.response):
        return False
    if was.response is None and not was.submitted:
        return False
    assert now is not None
    assert now.submitted == was.submitted
    assert meant(new, now.response) == meant(old, was.response)
    if old.units == new.units and len(old.order) == len(new.order):
        assert now.share == was.share
    return True


# --- Python and JavaScript ----------------------------------------------------------------------------

DIFFERENTIAL = """
import { readFileSync } from 'node:fs'
import { carry } from './src/coursepack/runtime/changes.js'
import { decode, encode, whyNot } from './src/coursepack/runtime/progress.js'
const sorted = (map) => [...map].sort((a, b) => a[0] - b[0])
const answers = []
for (const { text, layout, older, policy } of JSON.parse(readFileSync(0, 'utf8'))) {
  const found = decode(text, layout, older, policy, carry)
  if (!found) answers.push(whyNot(text, layout, older))
  else {
    const { state, changes } = found
    answers.push([{
      ...state,
      seen: [...state.seen].sort((a, b) => a - b),
      questions: sorted(state.questions),
      quizzes: sorted(state.quizzes),
      reflections: sorted(state.reflections),
      entries: sorted(state.entries),
    }, changes, encode(state, layout)])
  }
}
console.log(JSON.stringify(answers))
"""


def test_python_and_javascript_agree_on_random_histories() -> None:
    asked, expected = [], []
    for seed in range(120):
        random = Random(-seed - 1)
        draft, register, history_ = begin(random), Register(), []
        for _ in range(random.randrange(1, 4)):
            register, now = build(draft.build(), register)
            history_.append(now)
            draft.edit()
        older = older_json(register)
        text = encode(some_state(random.choice(history_), random), random.choice(history_))
        text = text[: random.randrange(len(text))] if random.random() < 0.1 else text
        policy = random.choice(["retry", "keep"])
        asked.append({"text": text, "layout": to_json(now), "older": older, "policy": policy})
        result = decode(text, now, layouts(register), policy)  # type: ignore[arg-type]
        if isinstance(result, Decoded):
            changes = result.changes and {
                name: list(value) if isinstance(value, tuple) else value
                for name, value in ((name, getattr(result.changes, name)) for name in Changes.__slots__)
            }
            expected.append([plain_state(result.state), changes, encode(result.state, now)])
        else:
            expected.append(result)
    run = subprocess.run(
        ["node", "--input-type=module", "-e", DIFFERENTIAL],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
        timeout=60,
    )
    answers = json.loads(run.stdout)
    for answer, wanted in zip(answers, expected, strict=True):
        assert answer == wanted
    assert sum(isinstance(wanted, list) for wanted in expected) > 80


# --- the help desk ------------------------------------------------------------------------------------


def test_the_help_desk_knows_that_a_lowered_mark_is_reached() -> None:
    for mark, words in (("80%", ""), ("70%", ", passed")):
        quiz = Quiz("final", (question("sum", ANSWERS["choice"](0)),), attempts=1)
        made = course(step("check", quiz), **{"pass": {"score": mark}, "completion": {"quizzes": "passed"}})
        register, now = build(made)
        state = CourseState(
            seen=frozenset({register.n("step", "check")}),
            quizzes={register.n("quiz", "final"): QuizState(1, "finished", 750_000)},
        )
        said = describe(encode(state, now), made, register).text.splitlines()
        assert f"quiz final: attempt 1 finished, score 75 %{words}" in said
        assert ("not completed" in said[0]) == (mark == "80%")


def test_the_help_desk_reads_it_in_words() -> None:
    made = course(
        *(step(f"s{at}") for at in range(6)),
        step(
            "asks",
            question("first-response", ANSWERS["choice"](0)),
            question("open", Choice(options("a", "b"))),
        ),
        step("check", Quiz("final", (question("sum", ANSWERS["multiple"](0)),))),
    )
    register, now = build(made)
    n = {slot.id: register.n("question", slot.id) for slot in outline(made).slots}
    state = CourseState(
        location=register.n("step", "s2"),
        seen=frozenset(register.n("step", f"s{at}") for at in range(3)),
        questions={n["first-response"]: QuestionState(2, True, 1, 0), n["open"]: QuestionState(1)},
        quizzes={register.n("quiz", "final"): QuizState(1, "running")},
    )
    words, readable = describe(f' "{encode(state, now)}"\n', made, register)
    assert readable
    assert words.splitlines() == [
        "3 of 8 steps; not completed",
        "question first-response wrong",
        "question open begun, not submitted",
        "quiz final: attempt 1 running",
        "is at step s2",
        "still needs step s3, step s4, step s5, step asks, step check, quiz final",
    ]
    text = encode(state, now)
    for broken, word in ((text[:-2], "cut off"), ("", "no saved state"), ("nonsense!", "not a saved state")):
        words, readable = describe(broken, made, register)
        assert not readable and word in words
    later = replace(made, steps=made.steps[1:])
    register, _ = build(later, register)
    assert "saved with an earlier build (layout 1)" in describe(text, later, register).text
