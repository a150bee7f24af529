import assert from 'node:assert/strict'
import test from 'node:test'
import { seconds } from '../../src/coursepack/runtime/xapi/client.js'
import { resolve } from '../../src/coursepack/runtime/xapi/resolver.js'

const IRI = 'https://courses.example.org/tea'
const MINE = { actor: { account: { homePage: 'https://lms.example.org/', name: 'p-1' } }, registration: '2c1c2f6e-6f1d-5f2e-8d3e-0b1b6b7a9c10', session: 's' }
const LRS = 'https://lrs.example.org/xapi'
const settle = () => new Promise((done) => setTimeout(done, 5))

/** A window that notes what is posted and fetched. */
function view({ url = 'https://lms.example.org/sco/index.html', parent, opener = null, own = {} } = {}) {
  const page = new EventTarget()
  const posted = []
  const fetched = []
  const location = new URL(url)
  const history = { state: null, replaceState(state, _, address) { Object.assign(history, { state: structuredClone(state) }); location.href = address } }
  Object.assign(page, {
    location, history, opener, performance, posted, fetched,
    fetch: async (address, options) => {
      fetched.push({ address, ...options })
      return { status: 200, headers: new Headers(), text: async () => '' }
    },
    say: (data, { origin = 'https://lms.example.org', source = page.parent } = {}) =>
      page.dispatchEvent(Object.assign(new Event('message'), { data: { ns: 'coursepack.xapi', v: 1, ...data }, origin, source })),
    ...own
  })
  page.parent = page
  if (parent) page.parent = Object.defineProperties({ postMessage: (message, origin) => posted.push([origin, message]) }, Object.getOwnPropertyDescriptors(parent))
  return page
}

function begin(page, { table = {}, kit = {} } = {}) {
  const ways = []
  const leave = resolve(
    { opening: { mode: 'normal', learner: { id: 'p-1' } }, outlet: null, fingerprint: (text) => text, ...kit },
    { course: { iri: IRI }, relay: null, origins: [], ...table }, MINE, (way) => ways.push(way), page)
  return { ways, leave }
}

const sample = JSON.stringify({ id: 'x', context: { registration: 'r' } })
const around = { location: { origin: 'https://lms.example.org' } }
const foreign = { get location() { throw new Error('cross-origin') } }

test('a driver with a record store of its own is asked no more', () => {
  const outlet = { key: 'cmi5', registration: 'r', actor: {} }
  const { ways } = begin(view({ url: `https://lms.example.org/?endpoint=${LRS}&auth=x` }), { kit: { outlet } })
  assert.deepEqual(ways, [outlet])
})

test('an LRS of the launch: the address is clean, the header whole, a reload knows whose statements wait', async () => {
  const actor = JSON.stringify({ name: ['Robin'], mbox: ['mailto:robin@example.org'] })
  const query = new URLSearchParams({ endpoint: LRS, auth: 'abc', actor, activity_id: `${IRI}/sco`, keep: 'me' })
  const page = view({ url: `https://lms.example.org/sco/index.html?${query}#two` })
  const [way] = begin(page).ways
  assert.equal(page.location.href, 'https://lms.example.org/sco/index.html?keep=me#two')
  assert.deepEqual(way.actor, { mbox: 'mailto:robin@example.org' })
  assert.equal(way.registration, MINE.registration)
  assert.deepEqual(way.context.contextActivities.grouping, [{ id: `${IRI}/sco` }])
  await way.send([sample, sample])
  const [{ address, headers, credentials, body }] = page.fetched
  assert.deepEqual([address, headers.Authorization, credentials, body], [`${LRS}/statements`, 'Basic abc', 'omit', `[${sample},${sample}]`])
  assert.ok(!JSON.stringify(page.history.state).includes('abc'))
  const [again] = begin(page).ways
  assert.equal(again.key, way.key)
  assert.deepEqual(again.actor, way.actor)
  assert.equal(again.open(), false)
})

test('what only looks like a launch is none', async () => {
  for (const query of ['endpoint=https://lrs.example.org', 'endpoint=javascript:x&auth=y', `endpoint=${LRS}&auth=x&fetch=https://x.example`]) {
    const { ways, leave } = begin(view({ url: `https://lms.example.org/?${query}` }))
    leave()
    assert.ok(ways[0].offer, query)
  }
})

test('an object on a page around is found; one behind a wall is left alone', () => {
  const given = { endpoint: LRS, auth: 'Bearer t', actor: { account: { homePage: 'https://x.example', name: 'n' } }, registration: 'no uuid' }
  const [way] = begin(view({ parent: { ...around, parent: { __XAPI__: given } } })).ways
  assert.deepEqual(way.actor, given.actor)
  assert.equal(way.registration, MINE.registration)
  const walled = begin(view({ parent: { get __XAPI__() { throw new Error('cross-origin') } } }))
  walled.leave()
  assert.ok(walled.ways[0].offer)
})

test('a relay is all that a course with a relay speaks to, without the credentials of others', async () => {
  const page = view({ url: `https://lms.example.org/?endpoint=${LRS}&auth=secret`, parent: around, own: { __XAPI__: { endpoint: LRS } } })
  const { ways: [way] } = begin(page, { table: { relay: 'https://relay.example.org/v1/' } })
  await way.send([sample])
  assert.equal(page.fetched[0].address, 'https://relay.example.org/v1/statements')
  assert.equal(page.fetched[0].headers.Authorization, undefined)
  assert.equal(page.location.search, '')
  assert.deepEqual(page.posted, [])
})

test('statements are offered to a page around of the same origin, and to no other unless the course names it', async () => {
  const offered = async (parent, table, own) => {
    const page = view({ parent, own })
    const { ways, leave } = begin(page, { table })
    leave()
    ways[0].offer(sample)
    return page.posted.map(([origin, { type }]) => [origin, type])
  }
  const both = (origin) => [[origin, 'xapi.hello'], [origin, 'xapi.statement']]
  assert.deepEqual(await offered(around), both('https://lms.example.org'))
  assert.deepEqual(await offered(foreign), [])
  assert.deepEqual(await offered({ location: { origin: 'https://elsewhere.example' } }), [])
  const origins = ['https://portal.example.org']
  assert.deepEqual(await offered(foreign, { origins }), both(origins[0]))
  assert.deepEqual(await offered(around, { origins }), [])
  assert.deepEqual(await offered(foreign, { origins: ['*'] }), [])
  assert.deepEqual(await offered(foreign, { origins: ['null'] }), [])
  assert.deepEqual(await offered({ location: { origin: 'null' } }), [])
  assert.deepEqual(await offered(undefined), [])
})

test('only the page around, from its own origin and in our words, is listened to', async () => {
  const page = view({ parent: around })
  const { ways } = begin(page)
  page.say({ type: 'xapi.config', endpoint: LRS }, { origin: 'https://evil.example' })
  page.say({ type: 'xapi.config', endpoint: LRS }, { source: {} })
  page.say({ type: 'xapi.config', endpoint: LRS, ns: 'other' })
  page.say({ type: 'xapi.config', endpoint: LRS, v: 2 })
  assert.equal(ways.length, 0)
  page.say({ type: 'xapi.config', endpoint: LRS, token: 't', registration: MINE.registration.toUpperCase() })
  assert.equal(ways.length, 1)
  assert.equal(ways[0].registration, MINE.registration)
  await ways[0].send([sample])
  assert.equal(page.fetched[0].headers.Authorization, 'Basic t')
})

test('a page that takes statements confirms each; until then nothing counts as told', async () => {
  const page = view({ parent: around })
  const { ways: [, ...none], ways } = begin(page)
  page.say({ type: 'xapi.config' })
  assert.equal(none.length, 0)
  const [way] = ways
  let told = null
  way.send([sample, sample]).then(({ status }) => (told = status))
  const numbers = page.posted.filter(([, { type }]) => type === 'xapi.statement').map(([, { seq }]) => seq)
  assert.deepEqual(numbers, [1, 2])
  page.say({ type: 'xapi.ack', seq: 1 })
  await settle()
  assert.equal(told, null)
  page.say({ type: 'xapi.ack', seq: 2 })
  await settle()
  assert.equal(told, 200)
  assert.equal(way.open(), true)
  page.say({ type: 'xapi.stop' })
  assert.equal(way.open(), false)
})

test('what is too large for the bridge is refused, not cut', async () => {
  const page = view({ parent: around })
  const { ways } = begin(page)
  page.say({ type: 'xapi.config' })
  assert.equal((await ways[0].send([JSON.stringify({ big: 'x'.repeat(64000), context: {} })])).status, 413)
})

test('a fresh token takes the place of one that ends, and is asked for in time', async () => {
  const page = view({ parent: around })
  const { ways } = begin(page)
  const greetings = () => page.posted.filter(([, { type }]) => type === 'xapi.hello').length
  const say = (more) => page.say({ type: 'xapi.config', endpoint: LRS, ...more })
  say({ token: 'one', expires: new Date(Date.now() + 30).toISOString() })
  assert.equal(ways[0].open(), true)
  await new Promise((done) => setTimeout(done, 60))
  assert.deepEqual([ways[0].open(), greetings()], [false, 2])
  say({ token: 'one' })
  assert.equal(ways.length, 1)
  say({ token: 'two', expires: (Date.now() + 5000) / 1000 })
  assert.deepEqual([ways.length, ways[1].open(), ways[1].key], [2, true, ways[0].key])
  await ways[1].send([sample])
  assert.equal(page.fetched[0].headers.Authorization, 'Basic two')
  say({ token: 'three', expires: Date.now() - 1000 })
  assert.equal(ways[2].open(), true)
})

test('refused credentials are asked for anew, not for ever', async () => {
  const own = { fetch: async () => ({ status: 401, headers: new Headers(), text: async () => '' }) }
  const page = view({ parent: around, own })
  const { ways } = begin(page)
  page.say({ type: 'xapi.config', endpoint: LRS, token: 't' })
  for (let k = 0; k < 50; k++) await ways[0].send([sample])
  const greetings = page.posted.filter(([, { type }]) => type === 'xapi.hello').length
  assert.ok(greetings > 1 && greetings < 30)
})

test('a page around that said stop may go on later', () => {
  const page = view({ parent: around })
  const { ways } = begin(page)
  page.say({ type: 'xapi.config' })
  page.say({ type: 'xapi.stop' })
  page.say({ type: 'xapi.config' })
  page.say({ type: 'xapi.config' })
  assert.deepEqual([ways.length, ways.at(-1).open()], [2, true])
})

test('a clock that is far off follows the record store, where it tells the time', async () => {
  for (const [off, followed] of [[7200_000, true], [60_000, false]]) {
    const date = new Date(Date.now() + off).toUTCString()
    const own = { __XAPI__: { endpoint: LRS }, fetch: async () => ({ status: 200, headers: new Headers({ Date: date }), text: async () => '' }) }
    const { ways: [way] } = begin(view({ own }))
    const before = Date.parse(way.timestamp())
    await way.send([sample])
    assert.equal(Date.parse(way.timestamp()) - before > off - 2000, followed)
  }
})

test('a store may say when to come back as a moment', () => {
  const date = 'Mon, 23 Nov 2026 10:00:00 GMT'
  assert.equal(seconds('Mon, 23 Nov 2026 10:00:30 GMT', date), 30)
  assert.equal(seconds('Mon, 23 Nov 2026 09:00:00 GMT', date), 0)
  assert.equal(seconds('12', null), 12)
  assert.equal(seconds('soon', date), 0)
  assert.equal(seconds(null, null), 0)
  const inAMinute = seconds(new Date(Date.now() + 60_000).toUTCString(), null)
  assert.ok(inAMinute > 57 && inAMinute < 61)
})

test('times never go back, and are of the moment of the event', () => {
  const { ways: [way] } = begin(view({ own: { __XAPI__: { endpoint: LRS } } }))
  const now = performance.now()
  const [later, earlier] = [way.timestamp(now), way.timestamp(now - 5000)]
  assert.match(later, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  assert.equal(earlier, later)
  assert.ok(Math.abs(Date.parse(later) - Date.now()) < 1000)
})
