import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scorm12Entry, scorm2004Entry } from '../../src/coursepack/runtime/interactions.js'
import { numberOf } from '../../src/coursepack/runtime/score.js'

const SHOWN = new Date(2026, 10, 3, 4, 5, 6)
const right = { result: 'correct', share: 1, earned: 1 }
const wrong = { result: 'incorrect', share: 0, earned: 0 }

const common = { n: 7, id: 'first-response', text: 'Which reply calls them in?', points: 2, attempts: 1, shuffle: false, quiz: 3, max: 40, scored: true }
const options = (rights, ids = ['one', 'two', 'three']) => ids.map((id, k) => ({ n: k + 1, id, text: id, right: rights.includes(k + 1) }))
const say = (question, response, verdict = right) => ({ n: 7, question: { ...common, ...question }, reflection: null, response, number: numberOf(question, response), verdict, shown: SHOWN, latency: 4250 })
const fields = (entry) => Object.fromEntries([...entry.fixed, ...entry.changing])
const patterns = (entry) => entry.fixed.filter(([name]) => name.startsWith('correct')).map(([, value]) => value)

const pairs = [{ n: 1, id: 'p1', left: 'a', right: 'x', to: 1 }, { n: 2, id: 'p2', left: 'b', right: 'y', to: 2 }, { n: 3, id: 'p3', left: 'c', right: 'x', to: 1 }]
const items = [{ n: 2, id: 'i2', text: '' }, { n: 1, id: 'i1', text: '' }]
const gaps = [{ n: 1, id: 'g1', accept: ['red', 'crimson'] }, { n: 2, id: 'g2', accept: ['blue'] }]

/** question, response, then type, response and patterns in 1.2, the same in 2004 */
const CASES = [
  [{ type: 'choice', options: options([2]) }, 2, ['choice', '1', ['1']], ['choice', 'two', ['two']]],
  [{ type: 'multiple', options: options([1, 3]) }, [1, 2], ['choice', '0,1', ['{0,2}']], ['choice', 'one[,]two', ['one[,]three']]],
  [{ type: 'true-false', truth: false }, true, ['true-false', 't', ['f']], ['true-false', 'true', ['false']]],
  [{ type: 'fill-in', accept: ['Paris', 'Lutetia'], case: true }, ' Pa[,]ris', ['fill-in', ' Pa[,]ris', ['Paris', 'Lutetia']],
    ['fill-in', ' Pa[ ,]ris', ['{case_matters=true}Paris', '{case_matters=true}Lutetia']]],
  [{ type: 'cloze', gaps }, ['red', '{x}'], ['fill-in', 'red | {x}', ['red | blue', 'crimson | blue']],
    ['fill-in', 'red[,] {x}', ['{case_matters=false}{order_matters=true}red[,]blue', '{case_matters=false}{order_matters=true}crimson[,]blue']]],
  [{ type: 'numeric', ranges: [['41.5', '42.5']] }, '42,0', ['numeric', '42', []], ['numeric', '42', ['41.5[:]42.5']]],
  [{ type: 'numeric', ranges: [['3', '3']] }, '-3', ['numeric', '-3', ['3']], ['numeric', '-3', ['3[:]3']]],
  [{ type: 'numeric', ranges: [['3', '3']] }, '1234', ['fill-in', '1234', ['3']], ['numeric', '1234', ['3[:]3']]],
  [{ type: 'numeric', ranges: [['3', '3']] }, '123456', ['fill-in', '123456', ['3']], ['fill-in', '123456', []]],
  [{ type: 'matching', pairs }, [2, 0, 1], ['matching', '0.1,2.0', ['{0.0,1.1,2.0}']],
    ['matching', 'p1[.]p2[,]p3[.]p1', ['p1[.]p1[,]p2[.]p2[,]p3[.]p1']]],
  [{ type: 'order', items }, [1, 2], ['sequencing', '0,1', ['1,0']], ['sequencing', 'i1[,]i2', ['i2[,]i1']]],
  [{ type: 'likert', options: options([]) }, 3, ['likert', '2', []], ['likert', 'three', []]]
]

for (const [question, response, in12, in2004] of CASES) {
  test(`${question.type} ${JSON.stringify(response)} in both grammars`, () => {
    const one = scorm12Entry(say(question, response))
    assert.deepEqual([one.type, fields(one).student_response, patterns(one)], in12)
    const two = scorm2004Entry(say(question, response))
    assert.deepEqual([two.type, fields(two).learner_response, patterns(two)], in2004)
  })
}

test('the other fields, in each edition', () => {
  const one = scorm12Entry(say({ type: 'choice', options: options([2]) }, 1, wrong))
  assert.equal(one.id, 'first-response')
  assert.deepEqual(one.fixed, [['correct_responses.0.pattern', '1'], ['weighting', '2']])
  assert.deepEqual(one.changing, [['time', '04:05:10'], ['student_response', '0'], ['result', 'wrong'], ['latency', '00:00:04.25']])
  const two = scorm2004Entry(say({ type: 'choice', options: options([2]) }, 1, wrong))
  assert.deepEqual(two.fixed, [['correct_responses.0.pattern', 'two'], ['weighting', '2'], ['description', common.text]])
  assert.deepEqual(two.changing, [['timestamp', '2026-11-03T04:05:06'], ['learner_response', 'one'], ['result', 'incorrect'], ['latency', 'PT0H0M4.25S']])
})

test('part right is the share as a number; a scale is neutral; practice weighs nothing', () => {
  const part = say({ type: 'multiple', options: options([1, 3]) }, [1], { result: 'partial', share: 1 / 3, earned: 2 / 3 })
  assert.equal(fields(scorm12Entry(part)).result, '0.33')
  assert.equal(fields(scorm2004Entry(part)).result, '0.3333')
  const scale = say({ type: 'likert', options: options([]), scored: false }, 1, { result: 'neutral', share: 0, earned: 0 })
  assert.equal(fields(scorm12Entry(scale)).result, 'neutral')
  assert.equal(fields(scorm12Entry(scale)).weighting, '0')
})

test('more options than 1.2 has characters become a performance with their numbers', () => {
  const many = options([40], Array.from({ length: 40 }, (_, k) => `o${k + 1}`))
  const one = scorm12Entry(say({ type: 'multiple', options: many }, [2, 40]))
  assert.deepEqual([one.type, fields(one).student_response], ['performance', '2,40'])
})

test('an unanswered question leaves the response out: some LMSs refuse an empty one', () => {
  for (const entry of [scorm12Entry, scorm2004Entry]) {
    const names = entry(say({ type: 'choice', options: options([2]) }, null, wrong)).changing.map(([name]) => name)
    assert.ok(!names.some((name) => name.endsWith('response')))
  }
})

test('long text keeps to each edition: 255, 250 or 4000 units, one line, no half character', () => {
  const long = '😀\n'.repeat(3000)
  const question = { type: 'fill-in', accept: ['a'], max: 5000 }
  assert.ok(fields(scorm12Entry(say(question, long))).student_response.length <= 255)
  const two = scorm2004Entry(say(question, long))
  assert.equal(two.type, 'long-fill-in')
  assert.ok(fields(two).learner_response.length <= 4000 && !/\n/.test(fields(two).learner_response))
  const cloze = { type: 'cloze', gaps: Array.from({ length: 11 }, (_, k) => ({ n: k + 1, id: `g${k}`, accept: ['x'] })) }
  assert.equal(scorm2004Entry(say(cloze, Array(11).fill('x'))).type, 'long-fill-in')
})

test('a reflection reports its words, and only counts when they are private or stay in the browser', () => {
  const reflection = { n: 9, id: 'a-time', text: 'Think of a time', minWords: 0, max: 600, private: false, keep: 'lms' }
  const about = (more) => ({ n: 9, question: null, reflection: { ...reflection, ...more }, response: 'I spoke\nup {once}', verdict: null, shown: SHOWN, latency: 1000 })
  assert.deepEqual([scorm12Entry(about({})).type, fields(scorm12Entry(about({}))).student_response], ['fill-in', 'I spoke up {once}'])
  assert.deepEqual([scorm2004Entry(about({})).type, fields(scorm2004Entry(about({}))).learner_response], ['long-fill-in', 'I spoke up {once}'])
  assert.equal(fields(scorm2004Entry(about({}))).result, 'neutral')
  for (const secret of [{ private: true }, { keep: 'browser' }]) {
    for (const entry of [scorm12Entry, scorm2004Entry]) {
      const text = JSON.stringify(entry(about(secret)))
      assert.ok(!text.includes('spoke'))
      assert.ok(text.includes('submitted; words=4; characters=17'))
    }
  }
})
