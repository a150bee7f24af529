"""The words of questions are in a package once: the page makes whole definitions of them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from coursepack import lock
from coursepack.answers import to_question_data
from coursepack.lock import Register
from coursepack.spec.load import load_course
from coursepack.spec.outline import outline
from coursepack.xapi.table import hook_table

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "tests" / "courses" / "answers"
SPEAK = """
import { readFileSync } from 'node:fs'
import { render } from './src/coursepack/runtime/xapi/statement.js'
const { table, questions } = JSON.parse(readFileSync(0, 'utf8'))
const hook = table.hooks.find((one) => one.events.includes('question.answered'))
const launch = { actor: {}, registration: 'r', session: 's', mode: 'normal' }
const moment = { ...launch, time: 't', id: 'i', seq: 1, elapsed: 0, spoken: () => false }
const said = questions.map((data) => {
  const payload = { question: { n: data.n, response: null }, asked: { data } }
  return [data.n, render(table, hook, 'question.answered', payload, moment).object]
})
console.log(JSON.stringify(Object.fromEntries(said)))
"""


def test_the_page_makes_the_definitions_that_the_build_knows(tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(COURSE, root)
    with (root / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("xapi:\n")
    with sorted((root / "steps").glob("*.md"))[0].open("a", encoding="utf-8") as file:
        file.write("\n::: question {#long}\n" + "A long way to ask. " * 30 + "\n\n- [x] yes\n- [ ] no\n:::\n")
    course = load_course(root).course
    assert course
    register = lock.assign(course, Register())
    whole = hook_table(course, register, "scorm2004-4")
    brief = hook_table(course, register, "scorm2004-4", brief=True)
    assert whole and brief
    questions = []
    for slot in outline(course).slots:
        quiz = register.n("quiz", slot.quiz.id) if slot.quiz else 0
        n = register.n("question", slot.id)
        questions.append(
            to_question_data(slot, n, register.parts(slot.id), quiz, language=course.settings.language)
        )
    assert len({data["type"] for data in questions}) == 9
    told = json.dumps({"table": brief, "questions": questions})
    assert "What did you mean by that?" not in json.dumps(brief)
    run = subprocess.run(
        ["node", "--input-type=module", "-e", SPEAK],
        input=told, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    said = json.loads(run.stdout)
    assert said == {n: place["activity"] for n, place in whole["places"].items() if n in said}
    assert len(said) == len(questions)
