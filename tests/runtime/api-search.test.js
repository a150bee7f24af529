import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findApi } from '../../src/coursepack/runtime/api.js'
import { createView } from './lms.mjs'

const NAMES = { initialize: 'LMSInitialize', terminate: 'LMSFinish', get: 'LMSGetValue', set: 'LMSSetValue', commit: 'LMSCommit', error: 'LMSGetLastError' }
const SOME = { LMSInitialize() {} }
const find = (view) => findApi(view, 'API', NAMES.initialize)
const wall = { get: () => { throw new DOMException('cross-origin', 'SecurityError') } }

/** An ancestor of another origin: only `parent` and the like can be read. */
function foreign(above) {
  const view = createView({ above })
  Object.defineProperties(view, { API: wall, API_1484_11: wall })
  Object.defineProperty(view, 'opener', wall)
  return view
}

function nested(depth, top) {
  let view = top
  for (let k = 0; k < depth; k++) view = createView({ above: view })
  return view
}

for (const depth of [0, 1, 7, 30, 400]) {
  test(`the API is found ${depth} windows up`, () => {
    const API = SOME
    assert.equal(find(nested(depth, createView({ own: { API } }))).api, API)
  })
}

test('the API is found in the opener, above it, and in the opener of an ancestor', () => {
  const API = SOME
  const lms = nested(2, createView({ own: { API } }))
  assert.equal(find(createView({ opener: lms })).api, API)
  assert.equal(find(nested(3, createView({ opener: lms }))).api, API)
})

test('the nearest API wins, and the own window comes first', () => {
  const [near, far] = [{ ...SOME }, { ...SOME }]
  assert.equal(find(nested(1, createView({ above: createView({ own: { API: far } }), own: { API: near } }))).api, near)
})

test('a wall between origins hides one window, not those behind it', () => {
  const API = SOME
  assert.equal(find(nested(1, foreign(createView({ own: { API } })))).api, API)
  assert.equal(find(nested(1, foreign())), null)
})

test('a frame, an element or a global of another script that is called API hides no API above it', () => {
  for (const other of [{}, createView(), { Initialize() {} }, foreign(), 'API', () => {}]) {
    const between = createView({ above: createView({ own: { API: SOME } }), own: { API: other } })
    assert.equal(find(nested(1, between)).api, SOME)
  }
})

test('only the name of the own edition counts, a closed opener and a circle of parents do not', () => {
  assert.equal(find(createView({ own: { API_1484_11: { Initialize() {}, ...SOME } } })), null)
  const opener = createView({ own: { API: SOME } })
  opener.closed = true
  assert.equal(find(createView({ opener })), null)
  const [one, two] = [createView(), createView()]
  one.parent = two
  two.parent = one
  assert.equal(find(one), null)
})
