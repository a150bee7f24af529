/** What a launch makes of a saved state and of the course's marks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { marked, restore } from '../../src/coursepack/runtime/arrival.js'
import { blank, encode } from '../../src/coursepack/runtime/progress.js'

/** A quiz of one question, taken once. */
const LAYOUT = /** @type {any} */ ([1, 7, 0, [], [[1, 's'], [2, 'z', 0, 0, 0, 0, 1], [3, 't', 1, 2, 1, 1]]])

/** @param {number | null} passScore @param {number | null} score @param {number | null} [mastery] */
async function passes(passScore, score, mastery = null) {
  const state = blank(5)
  state.quizzes.set(2, { attempt: 1, phase: 'finished', score, passed: false, drawn: [] })
  const config = marked(/** @type {any} */ ({ layout: LAYOUT, resume: {}, passRule: passScore && { score: passScore, quizzes: [2] }, quizzes: [{ n: 2, passScore, counted: true }] }), mastery)
  const found = await restore(config, encode(state, LAYOUT), async () => assert.fail())
  assert.ok(found.restored)
  return found.state.quizzes.get(2)?.passed
}

test('who has reached a pass mark that was lowered since has passed; nobody else has', async () => {
  assert.equal(await passes(8000, 799949), false)
  assert.equal(await passes(8000, 799950), true)
  assert.equal(await passes(7000, 750000), true)
  assert.equal(await passes(null, 1e6), false)
  assert.equal(await passes(0, null), false)
  assert.equal(await passes(8000, 750000, 0.7), true)
})

test('a launch without a state begins a new one', async () => {
  const found = await restore(/** @type {any} */ ({ layout: LAYOUT, resume: {}, quizzes: [{ n: 2, passScore: 0 }] }), '', async () => assert.fail())
  assert.deepEqual([found.restored, found.changes, found.state.quizzes.size], [false, null, 0])
})
