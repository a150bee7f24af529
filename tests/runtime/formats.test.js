import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  cut, decimal, interval, line, plain, respelled, timeOfDay, timespan, timestamp
} from '../../src/coursepack/runtime/formats.js'

const TIMESPAN = /^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/
const INTERVAL = /^PT\d+H\d+M\d+(\.\d{1,2})?S$/
const DECIMAL = /^-?\d{1,3}(\.\d{1,2})?$/

test('decimals have no exponent, no needless zero and no sign of zero', () => {
  const cases = [[80, 2, '80'], [66.666, 2, '66.67'], [0.1 + 0.2, 4, '0.3'], [-0.00001, 2, '0'], [1e-9, 7, '0'],
    [100, 0, '100'], [0.6667, 4, '0.6667'], [NaN, 2, '0'], [Infinity, 2, '0'], [10, 2, '10']]
  for (const [value, digits, text] of cases) assert.equal(decimal(value, digits), text)
})

test('a number spelled anew is the same number, another text, and still valid', () => {
  for (let cents = 0; cents <= 10000; cents += 37) {
    const text = decimal(cents / 100, 2)
    const spellings = [0, 1, 2, 3].map((turn) => respelled(text, turn))
    assert.equal(spellings[0], text)
    for (const spelled of spellings) {
      assert.match(spelled, DECIMAL)
      assert.equal(Number(spelled), Number(text))
    }
    assert.notEqual(spellings[1], text, text)
  }
  assert.equal(respelled('80', 1), '80.0')
  assert.equal(respelled('66.67', 1), '066.67')
  assert.equal(respelled('0.6667', 1), '00.6667')
})

test('spans of time never round up, go negative or run over', () => {
  assert.equal(timespan(0), '00:00:00')
  assert.equal(timespan(5.05), '00:00:05.05')
  assert.equal(timespan(3599.999), '00:59:59.99')
  assert.equal(timespan(-3), '00:00:00')
  assert.equal(timespan(1e12), '9999:59:59.99')
  assert.equal(interval(0), 'PT0H0M0S')
  assert.equal(interval(3725.05), 'PT1H2M5.05S')
  assert.equal(interval(-1), 'PT0H0M0S')
  for (let seconds = 0; seconds < 4000; seconds += 0.77) {
    assert.match(timespan(seconds), TIMESPAN)
    assert.match(interval(seconds), INTERVAL)
  }
})

test('times are local, without a zone, and inside what an LMS can hold', () => {
  const at = new Date(2026, 10, 3, 4, 5, 6, 789)
  assert.equal(timeOfDay(at), '04:05:06')
  assert.equal(timestamp(at), '2026-11-03T04:05:06')
  assert.equal(timestamp(new Date(2039, 0, 1)), '')
  assert.equal(timestamp(new Date(NaN)), '')
})

test('text is cut and cleaned without breaking a character', () => {
  assert.equal(cut('ab😀', 3), 'ab')
  assert.equal(line('a\r\nb\u0000c\u2028d', 20), 'a b c d')
  assert.equal(line('x\uD800y\uDC00\uDC00z', 20), 'x\uFFFDy\uFFFD\uFFFDz')
  assert.equal(line('😀'.repeat(200), 255).length, 254)
  assert.equal(plain('{lang=en}a[,]b[.]c[:]d', 250), ' {lang=en}a[ ,]b[ .]c[ :]d')
  assert.equal(plain('[,]'.repeat(200), 250).length, 250)
})
