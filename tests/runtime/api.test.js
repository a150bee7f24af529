import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApi } from '../../src/coursepack/runtime/api.js'
import { createView } from './lms.mjs'

const NAMES = { initialize: 'LMSInitialize', terminate: 'LMSFinish', get: 'LMSGetValue', set: 'LMSSetValue', commit: 'LMSCommit', error: 'LMSGetLastError' }
const SOME = { LMSInitialize() {} }

/** An API that answers what it is told to; `codes` maps an element to the error of its SetValue. */
function createFake({ codes = {}, yes = 'true', values = {} } = {}) {
  let error = '0'
  const calls = []
  const API = {
    LMSInitialize: () => yes,
    LMSFinish: () => yes,
    LMSCommit: () => (calls.push(['commit']), yes),
    LMSGetValue: (element) => values[element] ?? '',
    LMSGetLastError: () => error,
    LMSSetValue(element, value) {
      calls.push([element, value])
      error = codes[element] ?? '0'
      if (element in codes) return 'false'
      return yes
    }
  }
  return { API, calls, codes, view: createView({ own: { API } }) }
}

async function opened(fake, more = {}) {
  const api = createApi({ view: fake.view, name: 'API', names: NAMES, unsupported: ['401'], dead: ['101'], offline: () => false, ...more })
  assert.equal(await api.find(), true)
  assert.equal(api.initialize('cmi.core.lesson_status'), 'open')
  return api
}

for (const yes of ['true', 'True', true, 1, '1']) {
  test(`${typeof yes} ${yes} means yes`, async () => {
    const api = await opened(createFake({ yes }))
    assert.equal(api.put('a', '1'), true)
    assert.equal(api.commit(), true)
  })
}

for (const no of ['false', false, 0, null, undefined, '']) {
  test(`a commit that answers ${no} has failed`, async () => {
    const fake = createFake()
    const api = await opened(fake)
    fake.API.LMSCommit = () => no
    assert.equal(api.commit(), false)
  })
}

test('an unsupported element is told once and never again, whatever its index', async () => {
  const fake = createFake({ codes: { 'cmi.interactions.0.id': '401' } })
  const api = await opened(fake)
  assert.equal(api.put('cmi.interactions.0.id', 'a'), true)
  assert.equal(api.put('cmi.interactions.1.id', 'b'), true)
  assert.equal(api.supports('cmi.interactions.9.id'), false)
  assert.deepEqual(fake.calls, [['cmi.interactions.0.id', 'a']])
})

test('a refused value is never sent again, another one is', async (t) => {
  t.mock.method(console, 'error', () => {})
  const fake = createFake({ codes: { x: '405' } })
  const api = await opened(fake)
  api.put('x', 'bad')
  api.put('x', 'bad')
  api.again()
  delete fake.codes.x
  api.put('x', 'good')
  assert.deepEqual(fake.calls, [['x', 'bad'], ['x', 'good']])
  assert.equal(console.error.mock.callCount(), 1)
})

test('false with error 0: what can be read back decides', async () => {
  const values = { same: 'v', other: 'old' }
  const api = await opened(createFake({ codes: { same: '0', other: '0', blank: '0' }, values }))
  assert.equal(api.put('same', 'v'), true)
  assert.equal(api.put('other', 'v'), false)
  assert.equal(api.put('blank', 'v'), true)
})

test('what was not committed is told again, numbers in another spelling', async () => {
  const fake = createFake()
  const api = await opened(fake)
  api.put('old', 'gone')
  api.commit()
  fake.API.LMSCommit = () => 'false'
  api.put('cmi.core.score.raw', '80')
  api.put('state', 's')
  api.commit()
  fake.calls.length = 0
  api.again()
  assert.deepEqual(fake.calls, [['cmi.core.score.raw', '80.0'], ['state', 's']])
})

test('a value that did not arrive is sent again, even when it is set back meanwhile', async () => {
  const fake = createFake()
  const api = await opened(fake)
  api.put('x', 'a')
  fake.codes.x = '101'
  assert.equal(api.put('x', 'b'), false)
  delete fake.codes.x
  api.put('x', 'a')
  api.again()
  assert.deepEqual(fake.calls.at(-1), ['x', 'a'])
})

test('without a network nothing counts as kept; what was kept a moment before is told again', async () => {
  let [off, now] = [false, 0]
  const fake = createFake()
  const api = await opened(fake, { offline: () => off, now: () => now })
  api.put('x', 'a')
  assert.equal(api.commit(), true)
  assert.equal(api.doubt(), true)
  now = 60000
  assert.equal(api.commit(), true)
  now = 120000
  assert.equal(api.doubt(), false)
  off = true
  assert.equal(api.commit(), false)
})

test('a number set back to what it was at launch is spelled anew: an LMS may take it for no news', async () => {
  const fake = createFake({ values: { 'cmi.score.raw': '80' } })
  const api = await opened(fake)
  api.read('cmi.score.raw')
  api.put('cmi.score.raw', '60')
  api.put('cmi.score.raw', '80')
  assert.deepEqual(fake.calls, [['cmi.score.raw', '60'], ['cmi.score.raw', '80.0']])
})

test('an API that throws or whose window closed answers no and never throws', async () => {
  const fake = createFake()
  const api = await opened(fake)
  for (const method of Object.keys(fake.API)) fake.API[method] = () => { throw new Error('gone') }
  assert.equal(api.put('x', '1'), false)
  assert.equal(api.commit(), false)
  assert.equal(api.read('x'), '')
  const other = createFake()
  const second = await opened(other)
  other.view.closed = true
  assert.equal(second.put('x', '1'), false)
  assert.equal(second.commit(), false)
  assert.equal(second.terminate(), false)
})

test('an already open session is used; a dead one is not', async () => {
  const fake = createFake()
  const again = createApi({ view: fake.view, name: 'API', names: NAMES, unsupported: [], dead: [], offline: () => false })
  fake.API.LMSInitialize = () => 'false'
  await again.find()
  assert.equal(again.initialize('cmi.core.lesson_status'), 'open')
  const ended = createApi({ view: fake.view, name: 'API', names: NAMES, unsupported: [], dead: [], offline: () => false })
  fake.API.LMSGetLastError = () => '104'
  await ended.find()
  assert.equal(ended.initialize('cmi.core.lesson_status'), 'over')
  assert.equal(ended.put('x', '1'), false)
})

test('a late API is waited for in a frame, but not by a page that stands alone', async () => {
  let now = 0
  const top = createView()
  const later = (run, ms) => {
    now += ms
    if (now === 4900) top.API = SOME
    queueMicrotask(run)
  }
  const settings = { name: 'API', names: NAMES, unsupported: [], dead: [], offline: () => false, later, now: () => now }
  assert.equal(await createApi({ ...settings, view: createView({ above: top }) }).find(), true)
  delete top.API
  now = 10000
  assert.equal(await createApi({ ...settings, view: createView({ above: top }) }).find(), false)
  assert.ok(now >= 15000)
  assert.equal(await createApi({ ...settings, view: top }).find(), false)
  assert.ok(now < 15200)
})

test('Terminate is called once, and nothing after it', async () => {
  const fake = createFake()
  const api = await opened(fake)
  assert.equal(api.terminate(), true)
  assert.equal(api.terminate(), false)
  assert.equal(api.put('x', '1'), false)
  assert.equal(api.commit(), false)
  assert.deepEqual(fake.calls, [])
})

test('what did not arrive waits for the next turn, even if the LMS commits the rest', async () => {
  const fake = createFake({ codes: { x: '101' } })
  const api = await opened(fake)
  assert.equal(api.put('x', 'a'), false)
  assert.equal(api.commit(), true)
  delete fake.codes.x
  assert.equal(api.again(), true)
  assert.deepEqual(fake.calls.at(-1), ['x', 'a'])
})
