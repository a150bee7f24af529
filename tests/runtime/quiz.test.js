import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needed, percent, showResult, tally } from '../../src/coursepack/runtime/result.js'
import { rounded } from '../../src/coursepack/runtime/score.js'

/** @param {number} n @param {number} points @param {object} [more] @returns {any} */
const question = (n, points, more = {}) => ({ n, type: 'choice', points, ...more })
/** @param {Record<number, number | null>} shares @returns {any} */
const answered = (shares) => new Map(Object.entries(shares).map(([n, share]) => [Number(n), { share }]))

test('a tally counts points of right units; unanswered is nothing, a scale does not count', () => {
  const cloze = question(2, 2, { type: 'cloze', partial: true, gaps: [1, 2, 3, 4].map((n) => ({ n, id: '', accept: [] })) })
  const scale = question(3, 5, { type: 'likert' })
  const sum = tally([question(1, 1), cloze, scale, question(4, 1)], answered({ 1: 1, 2: 3, 3: 0, 4: null }))
  assert.deepEqual(sum, { earned: 2.5, possible: 4, grain: 100, score: 625000 })
})

test('all of nothing is all', () => {
  assert.equal(tally([question(1, 0)], answered({ 1: 0 })).score, 1000000)
})

test('percent is whole, but never claims a mark that was missed', () => {
  assert.equal(percent(666666, 8000), 67)
  assert.equal(percent(796000, 8000), 79.6)
  assert.equal(percent(799900, 8000), 79.99)
  assert.equal(percent(800000, 8000), 80)
  assert.equal(percent(796000, null), 80)
})

test('needed are the fewest points whose rounded score reaches the mark', () => {
  for (const possible of [1, 2, 3, 6, 7, 9, 12, 30, 250]) {
    for (const mark of [1, 3333, 3334, 5000, 6666, 6667, 7500, 8000, 9999, 10000]) {
      const reaches = (/** @type {number} */ points) => rounded(Math.floor((points * 1e6) / possible)) >= mark
      const least = [...Array(possible + 1).keys()].find(reaches)
      assert.equal(needed(mark, possible, 1), least, `${mark} of ${possible}`)
    }
  }
  assert.equal(needed(8000, 2.5, 100), 2)
  assert.equal(needed(8000, 7, 100), 5.6)
})

/** The keys of the words that a result shows after the first attempt, of three unless more is said. */
function said(counts, passed, more = {}) {
  const keys = []
  const element = () => ({ dataset: {}, append() {} })
  globalThis.document = /** @type {any} */ ({ createElement: element })
  const page = { say: (key) => (keys.push(key), key), frozen: () => false, config: { steps: [] }, state: {} }
  const quiz = { passScore: 8000, attempts: 3, counts, feedback: 'now', reveal: 'never', retry: 'all', ...more }
  showResult(page, quiz, { attempt: 1, passed, score: 500000 }, { earned: 1, possible: 2, score: 500000 }, element(), () => {})
  delete globalThis.document
  return keys
}

test('where only the first attempt counts, nobody is told that another could pass or better it', () => {
  assert.ok(['result.failed-title', 'result.retry'].every((key) => said('best', false).includes(key)))
  assert.ok(['result.last-title', 'result.practice'].every((key) => said('first', false).includes(key)))
  assert.ok(said('best', true).includes('result.retry-better'))
  assert.ok(said('first', true).includes('result.practice'))
  assert.ok(!said('first', false).some((key) => /retry|failed-title/.test(key)))
})

test('right answers are promised for later only where later can come', () => {
  const last = (counts, more) => said(counts, false, more).filter((key) => key.startsWith('result.hidden')).at(-1)
  assert.equal(last('best', { reveal: 'after-pass' }), 'result.hidden-until-pass')
  assert.equal(last('best', { reveal: 'after-pass', attempts: 1 }), 'result.hidden')
  assert.equal(last('first', { reveal: 'after-pass' }), 'result.hidden')
  assert.equal(last('best', { reveal: 'after-pass', passScore: null }), 'result.hidden')
  assert.equal(last('first', { reveal: 'after-last' }), 'result.hidden-until-last')
  assert.equal(last('best', { reveal: 'after-last', attempts: 0 }), 'result.hidden')
})
