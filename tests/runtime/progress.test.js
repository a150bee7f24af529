import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { carry } from '../../src/coursepack/runtime/changes.js'
import { blank, decode, encode, peek, whyNot } from '../../src/coursepack/runtime/progress.js'

const vectors = JSON.parse(readFileSync(new URL('../vectors/state.json', import.meta.url), 'utf8'))
const MAPS = ['questions', 'quizzes', 'reflections', 'entries']

/** The state of plain JSON. */
const toState = (plain) => ({
  ...plain,
  seen: new Set(plain.seen),
  ...Object.fromEntries(MAPS.map((key) => [key, new Map(plain[key])])),
})

/** Plain JSON of a state. */
const toPlain = (state) => ({
  ...state,
  seen: [...state.seen].sort((a, b) => a - b),
  ...Object.fromEntries(MAPS.map((key) => [key, [...state[key]].sort((a, b) => a[0] - b[0])])),
})

test('encodes as Python does, never longer than the bound', () => {
  for (const { on, state, text } of vectors.encode) {
    const { layout, bound } = vectors.known[on]
    assert.equal(encode(toState(state), layout), text)
    assert.ok(text.length <= bound)
  }
})

test('the bound is reached', () => {
  for (const on of [0, 1, 2]) {
    const longest = Math.max(...vectors.encode.filter((one) => one.on === on).map(({ text }) => text.length))
    assert.equal(longest, vectors.known[on].bound)
  }
})

test('what is decoded encodes to the same text', () => {
  for (const { on, text } of vectors.encode) {
    const { layout } = vectors.known[on]
    const { state, changes } = decode(text, layout)
    assert.equal(changes, null)
    assert.equal(encode(state, layout), text)
    assert.deepEqual(peek(text), { token: state.token, counter: state.counter })
    assert.equal(whyNot(text, layout), '')
  }
})

test('carries earlier states over, and refuses broken ones, as Python does', () => {
  for (const { on, text, policy, state, changes, reason } of vectors.decode) {
    const { layout, older } = vectors.known[on]
    const found = decode(text, layout, older, policy, carry)
    assert.equal(whyNot(text, layout, older), reason ?? '')
    if (reason) assert.equal(found, null)
    else assert.deepEqual({ state: toPlain(found.state), changes: found.changes }, { state, changes })
  }
})

test('an earlier state is not read without the earlier layouts', () => {
  const { on, text } = vectors.decode.find(({ changes }) => changes)
  assert.equal(decode(text, vectors.known[on].layout), null)
  assert.equal(whyNot(text, vectors.known[on].layout), 'future')
})

test('no text makes decode throw', () => {
  const { layout, older } = vectors.known[4]
  const { text } = vectors.decode.find((one) => one.on === 4 && one.state)
  let seed = 7
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below
  for (let round = 0; round < 3000; round++) {
    const at = random(text.length)
    const broken = [
      () => text.slice(0, at) + String.fromCharCode(random(0xffff)) + text.slice(at + 1),
      () => text.slice(0, at),
      () => text.slice(0, at) + text.slice(at + 1 + random(9)),
      () => String.fromCharCode(...Array.from({ length: random(60) }, () => random(0xffff))),
    ][round % 4]()
    if (broken === text) continue
    assert.equal(decode(broken, layout, older, 'retry', carry), null)
    assert.notEqual(whyNot(broken, layout, older), '')
    assert.equal(peek(broken), null)
  }
  for (const odd of [null, undefined, 0, 1, {}, []]) {
    assert.equal(decode(odd, layout, older, 'retry', carry), null)
    assert.equal(peek(odd), null)
  }
})

test('what a state has no room for is left out, not an error', () => {
  const { layout } = vectors.known[0]
  const state = blank(1)
  for (let n = 0; n < 80; n++) {
    const response = [undefined, {}, [{}], [null], NaN, 'x'.repeat(999), [1, 1, 1], true, -1, ['a', 2]][n % 10]
    state.questions.set(n, { response, submitted: n % 2 > 0, tries: -4 + n, share: n % 3 ? 1e9 : NaN })
    state.reflections.set(n, { text: 'y'.repeat(5000), submitted: true })
    state.entries.set(n, [n * 1000, -1, 1.5, NaN][n % 4])
    state.seen.add(n)
  }
  const text = encode(state, layout)
  assert.ok(text.length <= vectors.known[0].bound)
  assert.equal(encode(decode(text, layout).state, layout), text)
})

test('a blank state has a token of 24 bits and fits every layout', () => {
  for (const { layout } of vectors.known) {
    const state = blank()
    assert.ok(Number.isInteger(state.token) && state.token >= 0 && state.token < 2 ** 24)
    assert.deepEqual(decode(encode(state, layout), layout).state, state)
  }
})

test('a thousand questions are quick', () => {
  const rows = [[1, 's']]
  for (let n = 2; n < 1002; n++) rows.push([n, 'f', n < 252 ? 1 : 0, 0, 1, 1, 0, 20])
  const layout = [1, 5, 0, [], rows]
  const state = blank(3)
  for (let n = 2; n < 1002; n++) state.questions.set(n, { response: '日'.repeat(20), submitted: true, tries: 1, share: 1 })
  const text = encode(state, layout)
  assert.ok(text.length > 50000)
  const start = performance.now()
  for (let round = 0; round < 5; round++) assert.equal(encode(decode(text, layout).state, layout), text)
  assert.ok((performance.now() - start) / 5 < 1000, 'one round trip takes less than a second')
})
