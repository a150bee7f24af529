// @ts-check
/** Our LMS side against scorm-again, call by call; `differences.md` explains each difference. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compare } from './compare.js'
import { explains, TABLE } from './table.js'
import { randomTrace, RECORDED } from './traces.js'

const CALLS = 10000
/** @type {import('../../src/coursepack/lms/contract').Edition[]} */
const EDITIONS = ['scorm12', 'scorm2004-3', 'scorm2004-4']
/** Rows that explained something. */
const used = new Set()

/** @param {import('../../src/coursepack/lms/contract').Edition} edition @param {import('./traces.js').Step[]} steps @param {string} what */
function run(edition, steps, what) {
  const { compared, differences } = compare(edition, steps)
  for (const difference of differences) {
    const row = explains(edition, difference)
    const { call, value, ours, theirs } = difference
    assert.ok(row, `${edition}, ${what}: ${call} ${JSON.stringify(value.slice(0, 80))}: ours ${ours}, theirs ${theirs}`)
    used.add(row)
  }
  return compared
}

for (const edition of EDITIONS) {
  const first = edition === 'scorm12'
  for (const [what, steps] of Object.entries(RECORDED[first ? 'scorm12' : 'scorm2004'])) {
    test(`${edition}: ${what}`, () => {
      assert.ok(run(edition, steps, what) > 0)
    })
  }

  test(`${edition}: ${CALLS} random calls`, () => {
    let compared = 0
    for (let seed = 1; compared < CALLS; seed++) compared += run(edition, randomTrace(first, seed, 90), `seed ${seed}`)
  })
}

test('every row of the table explains something', () => {
  const idle = TABLE.filter((row) => !used.has(row)).map(({ edition, call, value, ours, theirs }) => `${edition} ${call} ${value}: ${ours} / ${theirs}`)
  assert.deepEqual(idle, [])
})
