"""The key sheet says in words what the LMS's report says in signs; the runtime's own grammar is asked."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from coursepack.answers import to_question_data
from coursepack.keysheet import COLUMNS, key_sheet, sheet_rows
from coursepack.lock import Register, assign
from coursepack.proofs import right_response
from coursepack.source import Sources
from coursepack.spec.load import load_course
from coursepack.spec.model import Course
from coursepack.spec.outline import outline
from small_courses import choice, load_small, quiz, step

ROOT = Path(__file__).parent.parent
INTERACTIONS = ROOT / "src" / "coursepack" / "runtime" / "interactions.js"
REPORT = """
import { scorm12Entry, scorm2004Entry } from %s
const text = await new Promise((done) => {
  let all = ''
  process.stdin.on('data', (more) => (all += more)).on('end', () => done(all))
})
const told = (entry, name) => Object.fromEntries(entry.changing)[name] ?? ''
const rows = JSON.parse(text).map(([question, response]) => {
  const one = { n: 1, question, reflection: null, response, verdict: null, shown: new Date(0), latency: 1 }
  return [told(scorm12Entry(one), 'student_response'), told(scorm2004Entry(one), 'learner_response')]
})
console.log(JSON.stringify(rows))
"""


def rows_of(sheet: str) -> list[dict[str, str]]:
    assert sheet.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(sheet[1:], newline="")))


def _every_block() -> tuple[Course, Register, Sources]:
    loaded = load_course(ROOT / "tests" / "courses" / "every-block")
    assert loaded.course is not None
    return loaded.course, assign(loaded.course, Register()), loaded.sources


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_a_right_answer_is_written_as_the_runtime_reports_it() -> None:
    course, register, sources = _every_block()
    slots = outline(course).slots
    asked = []
    for slot in slots:
        n = register.n("question", slot.id)
        data = to_question_data(slot, n, register.parts(slot.id), 1, language="en")
        asked.append([data, right_response(data)])
    script = REPORT % json.dumps(INTERACTIONS.as_uri())
    run = subprocess.run(
        ["node", "--input-type=module", "-e", script], input=json.dumps(asked), capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    rows = {row["interaction"]: row for row in rows_of(key_sheet(sheet_rows(course, register, sources)))}
    typed = {"fill-in", "cloze", "numeric", "likert"}
    seen = set()
    for (data, _), (in_12, in_2004) in zip(asked, json.loads(run.stdout), strict=True):
        row = rows[data["id"]]
        seen.add(data["type"])
        if data["type"] not in typed:
            assert row["right answer in SCORM 1.2"] == in_12
            assert row["right answer in other formats"] == in_2004
            assert in_12
    assert seen - typed == {"choice", "multiple", "true-false", "matching", "order"}


def test_every_question_and_reflection_has_a_row_with_its_place() -> None:
    course, register, sources = _every_block()
    rows = rows_of(key_sheet(sheet_rows(course, register, sources)))
    plan = outline(course)
    expected = {slot.id for slot in plan.slots} | {one.id for _, one, _ in plan.reflections}
    assert {row["interaction"] for row in rows} == expected
    for row in rows:
        file, _, line = row["source"].rpartition(":")
        text = (ROOT / "tests" / "courses" / "every-block" / file).read_text("utf-8").split("\n")
        own = row["interaction"].rpartition(".")[2]
        assert own in text[int(line) - 1]


def test_a_choice_in_words_and_signs(tmp_path: Path) -> None:
    options = "- [ ] Red, blue\n- [x] =Green {#the-green}\n"
    question = f"::: question {{#red-one points=2.5}}\nWhich, if any?\n\n{options}:::\n"
    loaded = load_small(
        tmp_path, "", step("one", quiz("check", question), "::: reflection {#why}\nWhy?\n:::\n")
    )
    assert loaded.course is not None
    register = assign(loaded.course, Register())
    sheet = key_sheet(sheet_rows(loaded.course, register, loaded.sources))
    first, second = rows_of(sheet)
    assert first == {
        "interaction": "red-one",
        "type": "choice",
        "step": "one",
        "quiz": "check",
        "question": "Which, if any?",
        "parts in SCORM 1.2": "0 = Red, blue\n1 = =Green",
        "parts in other formats": "o1 = Red, blue\nthe_green = =Green",
        "right answer": "'=Green",
        "right answer in SCORM 1.2": "1",
        "right answer in other formats": "the_green",
        "points": "2.5",
        "reported": "yes",
        "source": "steps/001-step-1.md:8",
    }
    assert (second["interaction"], second["type"], second["points"]) == ("why", "reflection", "0")
    assert sheet[1:].split("\r\n")[0] == ",".join(COLUMNS)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(tmp_path: Path, start: str) -> None:
    question = f"::: question {{#sum}}\n\\{start}SUM(1)|cmd\n\n= {start}1+1\n:::\n"
    loaded = load_small(tmp_path, "", step("one", quiz("check", question)))
    assert loaded.course is not None
    (row,) = rows_of(key_sheet(sheet_rows(loaded.course, assign(loaded.course, Register()), loaded.sources)))
    assert row["question"] == f"'{start}SUM(1)|cmd"
    assert row["right answer"].startswith("'")


@pytest.mark.parametrize(("accepted", "cell"), [("-5", "-5"), ("-2.5", "-2.5"), ("-5..5", "'-5 to 5")])
def test_a_number_below_zero_stays_a_number(tmp_path: Path, accepted: str, cell: str) -> None:
    question = f"::: question {{#cold}}\nHow cold?\n\n= {accepted}\n:::\n"
    loaded = load_small(tmp_path, "", step("one", quiz("check", question)))
    assert loaded.course is not None
    (row,) = rows_of(key_sheet(sheet_rows(loaded.course, assign(loaded.course, Register()), loaded.sources)))
    assert row["right answer"] == cell


def test_what_is_beyond_the_limit_is_not_reported(tmp_path: Path) -> None:
    practice = [choice(f"p{n}") for n in range(3)]
    scored = quiz("check", *(choice(f"s{n}") for n in range(249)))
    loaded = load_small(tmp_path, "", step("one", *practice, scored))
    assert loaded.course is not None
    rows = rows_of(key_sheet(sheet_rows(loaded.course, assign(loaded.course, Register()), loaded.sources)))
    assert [row["interaction"] for row in rows if row["reported"] == "no"] == ["p1", "p2"]
