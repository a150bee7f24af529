/** The table of `tests/vectors/scoring.json`, which `tests/test_scoring.py` explains and runs too. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { compare, toDecimal } from '../../src/coursepack/runtime/numbers.js'
import { isEmpty, isMalformed, judge, normalise, rounded, total, units } from '../../src/coursepack/runtime/score.js'

const table = JSON.parse(readFileSync(new URL('../vectors/scoring.json', import.meta.url), 'utf8'))

for (const [why, name, response, result, right, of, earned] of table.judge) {
  test(`${name}: ${why}`, () => {
    const share = of ? right / of : 0
    assert.deepEqual(judge(table.questions[name], response), { result, share, earned, right, of })
    assert.equal(units(table.questions[name]), of)
  })
}

for (const [name, response, empty, malformed] of table.blank) {
  test(`${name} with ${JSON.stringify(response)}`, () => {
    assert.equal(isEmpty(table.questions[name], response), empty)
    assert.equal(isMalformed(table.questions[name], response), malformed)
  })
}

for (const [one, other, equal, withCase] of table.same) {
  test(`${JSON.stringify(one)} and ${JSON.stringify(other)} are ${equal ? 'the same' : 'not the same'}`, () => {
    assert.equal(normalise(one, withCase) === normalise(other, withCase), equal)
  })
}

for (const [typed, sign, expected] of table.numbers) {
  test(`${JSON.stringify(typed)} with ${sign} is ${expected}`, () => assert.equal(toDecimal(typed, sign), expected))
}

for (const [why, parts, millionths, tenThousandths] of table.totals) {
  test(`total: ${why}`, () => {
    const found = total(parts.map(([points, right, of]) => ({ points, right, of })))
    assert.equal(found, millionths)
    assert.equal(rounded(found), tenThousandths)
  })
}

test('decimals are compared exactly', () => {
  assert.equal(compare('0.30', '0.3'), 0)
  assert.equal(compare('-1', '-0.999999999999999999999'), -1)
  assert.equal(compare('10', '9.99'), 1)
  assert.equal(compare('-0.5', '-0.5'), 0)
})

test('a score in ten-thousandths is the number that is shown, for every fraction up to 60', () => {
  for (let of = 1; of <= 60; of++) {
    for (let right = 0; right <= of; right++) {
      const exact = Number((BigInt(right) * 20000n + BigInt(of)) / (2n * BigInt(of)))
      assert.equal(rounded(total([{ points: 1, right, of }])), exact)
      assert.equal(String(exact / 10000), (exact / 10000).toFixed(4).replace(/\.?0+$/, ''))
      assert.equal(String(exact / 100), (exact / 100).toFixed(2).replace(/\.?0+$/, ''))
    }
  }
})
