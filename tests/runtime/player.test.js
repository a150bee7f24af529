import assert from 'node:assert/strict'
import { test } from 'node:test'
import { given, right } from '../../src/coursepack/runtime/answers.js'
import { todoWords } from '../../src/coursepack/runtime/todo.js'
import { speaker } from '../../src/coursepack/runtime/words.js'

const words = {
  'todo.none': 'done', 'todo.pass': 'not passed', todo: 'to do: {list}', 'todo.step': 'step {n} {step}', 'todo.steps': '{count} more',
  'todo.quiz': 'quiz {n}', 'todo.quiz-pass': 'pass {n}', 'todo.question': 'question {n}', 'todo.questions': '{count} questions {n}',
  'todo.reflection': 'reflection {n}', 'todo.separator': '; ', 'answer.true': 'True', 'answer.false': 'False',
}
const say = speaker(words, 'en')

/** @param {number} count @param {object} [completion] @param {any[]} [activities] @returns {any} */
const config = (count, completion = {}, activities = []) => ({
  steps: [...Array(count).keys()].map((index) => ({ n: index + 11, id: `s${index}`, title: `T${index + 1}` })),
  completion: { steps: [], atLeast: count, quizzes: 'attempted', reflections: 'required', ...completion },
  activities,
})
/** @param {[string, number, number][]} todo @param {number} [done] @returns {any} */
const now = (todo, done = 0) => ({ stepsRequiredDone: done, todo: todo.map(([kind, n, step]) => ({ kind, n, step })) })
/** @param {number[]} seen @param {number[]} answered @returns {any} */
const state = (seen = [], answered = []) => ({ seen: new Set(seen), questions: new Map(answered.map((n) => [n, { submitted: true }])) })

test('nothing left to do; who may still pass is told so', () => {
  const graded = { ...config(2), passRule: { score: 8000, quizzes: [5] } }
  assert.equal(todoWords(config(2), state(), now([]), say), 'done')
  assert.equal(todoWords(graded, state(), { ...now([]), success: 'unknown' }, say), 'not passed')
  for (const success of ['passed', 'failed']) assert.equal(todoWords(graded, state(), { ...now([]), success }, say), 'done')
})

test('steps are named; one that is named for its quiz is not named again', () => {
  const left = now([['step', 12, 12], ['quiz', 5, 12], ['step', 13, 13]], 1)
  assert.equal(todoWords(config(3), state([11]), left, say), 'to do: quiz 2; step 3 T3')
})

test('two quizzes in a step are told once; passing is asked for where it is', () => {
  const left = now([['quiz', 5, 11], ['quiz', 6, 11], ['reflection', 7, 11]], 1)
  assert.equal(todoWords(config(1, { quizzes: 'passed' }), state([11]), left, say), 'to do: pass 1; reflection 1')
})

test('many steps become a number', () => {
  const left = now([11, 12, 13, 14, 15].map((n) => ['step', n, n]))
  assert.equal(todoWords(config(5), state(), left, say), 'to do: 5 more')
})

test('a free choice of steps says only how many', () => {
  const left = now([['step', 12, 12], ['step', 13, 13]], 1)
  assert.equal(todoWords(config(3, { atLeast: 2 }), state([11]), left, say), 'to do: 1 more')
})

test('a step that was seen lacks its questions', () => {
  const activities = [21, 22, 23].map((n) => ({ n, id: '', step: 11, kind: 'practice' }))
  const left = now([['step', 11, 11]])
  assert.equal(todoWords(config(1, {}, activities), state([11], [21]), left, say), 'to do: 2 questions 1')
  assert.equal(todoWords(config(1, {}, activities), state([11], [21, 22]), left, say), 'to do: question 1')
})

/** @type {any} */
const page = { say, config: { course: { language: 'de' } } }
const options = [{ n: 1, id: 'a', text: 'A', right: true }, { n: 2, id: 'b', text: 'B' }, { n: 3, id: 'c', text: 'C', right: true }]
const pairs = [{ n: 1, id: '', left: 'L1', right: 'R1', to: 1 }, { n: 2, id: '', left: 'L2', right: 'R2', to: 2 }]
const items = [{ n: 1, id: '', text: 'I1' }, { n: 2, id: '', text: 'I2' }]

test('answers and right answers in words, by type', () => {
  /** @type {[any, any, string[], string[]][]} */
  const cases = [
    [{ type: 'choice', options }, 2, ['B'], ['A', 'C']],
    [{ type: 'multiple', options }, [1, 2], ['A', 'B'], ['A', 'C']],
    [{ type: 'multiple', options }, [], [], ['A', 'C']],
    [{ type: 'true-false', truth: true }, false, ['False'], ['True']],
    [{ type: 'fill-in', accept: ['Paris', 'paree'] }, 'Rome', ['Rome'], ['Paris']],
    [{ type: 'numeric', ranges: [['3.5', '3.5']] }, '4', ['4'], ['3,5']],
    [{ type: 'numeric', ranges: [['3.5', '4']] }, '', [], ['3,5 – 4']],
    [{ type: 'cloze', gaps: [{ n: 1, id: '', accept: ['x'] }, { n: 2, id: '', accept: ['y'] }] }, ['x', ''], ['x', '–'], ['x', 'y']],
    [{ type: 'matching', pairs }, [2, 0], ['L1 → R2', 'L2 → –'], ['L1 → R1', 'L2 → R2']],
    [{ type: 'matching', pairs }, [0, 0], [], ['L1 → R1', 'L2 → R2']],
    [{ type: 'order', items }, [2, 1], ['I2', 'I1'], ['I1', 'I2']],
    [{ type: 'choice', options }, null, [], ['A', 'C']],
  ]
  for (const [data, response, said, solved] of cases) {
    assert.deepEqual(given(page, data, response), said, data.type)
    assert.deepEqual(right(page, data), solved, data.type)
  }
})
