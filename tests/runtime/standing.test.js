/** The table of `tests/vectors/standing.json`, which `tests/test_standing.py` runs too; and a quiz's policies. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import {
  asked, asksAgain, attemptsLeft, ended, mayReveal, mayTell, nextQuizScore, standing,
} from '../../src/coursepack/runtime/standing.js'

const table = JSON.parse(readFileSync(new URL('../vectors/standing.json', import.meta.url), 'utf8'))
const quiz = table.rules.graded.quizzes[0]
const numbered = (record, value) => new Map(Object.entries(record).map(([n, one]) => [Number(n), value(one)]))

function stateOf(record) {
  return {
    token: 1,
    counter: 0,
    location: 0,
    completed: record.completed,
    success: record.success,
    seen: new Set(record.seen),
    questions: numbered(record.questions, (submitted) => ({ response: null, submitted, tries: 0, share: null })),
    quizzes: numbered(record.quizzes, (one) => ({ ...one, drawn: [] })),
    reflections: numbered(record.reflections, (submitted) => ({ text: '', submitted })),
    entries: new Map(),
  }
}

for (const [why, rules, state, expected] of table.cases) {
  test(`${rules}: ${why}`, () => {
    const found = standing(table.rules[rules], stateOf(state))
    assert.deepEqual(
      {
        done: [...found.stepsDone].sort((a, b) => a - b),
        required: found.stepsRequiredDone,
        completed: found.completed,
        success: found.success,
        score: found.score && Math.round(found.score.scaled * 10000),
        progress: Math.round(found.progress * 10000),
        todo: found.todo.map(({ kind, n, step }) => [kind, n, step]),
      },
      expected,
    )
    assert.equal(found.progress === 1, found.completed)
    if (found.score) assert.equal(found.score.raw.toFixed(2), (found.score.scaled * 100).toFixed(2))
  })
}

test('the state is left as it was', () => {
  const before = stateOf(table.cases[7][2])
  standing(table.rules.graded, before)
  assert.deepEqual(before, stateOf(table.cases[7][2]))
})

for (const [counts, before, attempt, expected] of table.next) {
  test(`${counts} of ${before} and ${attempt}`, () => {
    assert.equal(nextQuizScore({ ...quiz, counts }, before, attempt), expected)
  })
}

const running = { attempt: 1, phase: 'running', score: null, passed: false, drawn: [] }

test('an attempt that ends sets the score that counts, and passed for good', () => {
  const low = ended(quiz, running, 500000)
  assert.deepEqual(low, { ...running, phase: 'finished', score: 500000 })
  const high = ended(quiz, { ...low, attempt: 2, phase: 'running' }, 799950)
  assert.deepEqual([high.score, high.passed], [799950, true])
  const last = ended({ ...quiz, counts: 'last' }, { ...high, phase: 'running' }, 0)
  assert.deepEqual([last.score, last.passed], [0, true])
  assert.equal(ended({ ...quiz, counts: 'first' }, { ...low, phase: 'running' }, 1000000).passed, false)
  assert.equal(ended({ ...quiz, passScore: null }, running, 1000000).passed, false)
})

test('attempts left', () => {
  assert.equal(attemptsLeft(quiz, undefined), 2)
  assert.equal(attemptsLeft(quiz, running), 1)
  assert.equal(attemptsLeft(quiz, { ...running, attempt: 5 }), 0)
  assert.equal(attemptsLeft({ ...quiz, attempts: 0 }, { ...running, attempt: 5 }), Infinity)
})

test('an attempt asks the own questions and those drawn', () => {
  const drawing = table.rules.draw.quizzes[0]
  assert.deepEqual(asked(drawing, { ...running, drawn: [213, 211] }), [210, 211, 213])
  assert.deepEqual(asked(drawing, undefined), [210])
})

test('a retry asks all again, or only what is not fully right', () => {
  assert.deepEqual([asksAgain(quiz, 1, 1), asksAgain(quiz, 0, 1)], [true, true])
  const wrong = { ...quiz, retry: 'wrong' }
  assert.deepEqual([asksAgain(wrong, 1, 1), asksAgain(wrong, 2, 3), asksAgain(wrong, null, 1)], [false, true, true])
})

test('feedback now, at the end or never', () => {
  const finished = { ...running, phase: 'finished' }
  const when = (feedback) => [undefined, running, finished].map((state) => mayTell({ ...quiz, feedback }, state))
  assert.deepEqual(when('now'), [true, true, true])
  assert.deepEqual(when('end'), [false, false, true])
  assert.deepEqual(when('never'), [false, false, false])
})

test('right answers after passing, after the last attempt, always or never', () => {
  const failedOnce = { ...running, phase: 'finished' }
  const lastRunning = { ...running, attempt: 2 }
  const failedLast = { ...failedOnce, attempt: 2 }
  const passed = { ...failedOnce, passed: true }
  const when = (reveal) => [undefined, failedOnce, lastRunning, failedLast, passed].map((s) => mayReveal({ ...quiz, reveal }, s))
  assert.deepEqual(when('after-pass'), [false, false, false, false, true])
  assert.deepEqual(when('after-last'), [false, false, false, true, false])
  assert.deepEqual(when('always'), [true, true, true, true, true])
  assert.deepEqual(when('never'), [false, false, false, false, false])
  assert.equal(mayReveal({ ...quiz, attempts: 0 }, failedLast), false)
})
