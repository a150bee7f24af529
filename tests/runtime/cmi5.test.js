import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cmi5Launch, stripped, tinCanLaunch } from '../../src/coursepack/runtime/cmi5/parameters.js'
import { SESSION, builder } from '../../src/coursepack/runtime/cmi5/statement.js'
import { createBookmark } from '../../src/coursepack/runtime/xapi/bookmark.js'
import { createClock } from '../../src/coursepack/runtime/xapi/client.js'
import { createCourier } from '../../src/coursepack/runtime/xapi/courier.js'
import { extended } from '../../src/coursepack/runtime/xapi/terms.js'

const REGISTRATION = '2c1c2f6e-6f1d-4f2e-8d3e-0b1b6b7a9c10'
const ACTOR = { account: { homePage: 'https://lms.test', name: 'a%2Bb + ü' } }
const query = (more) => '?' + new URLSearchParams({ endpoint: 'https://lrs.test/x', fetch: 'https://lms.test/f?s=%20', actor: JSON.stringify(ACTOR),
  registration: REGISTRATION, activityId: 'https://lms.test/a?b=%C3%BC', ...more })

test('cmi5 parameters are decoded once, and all five are needed', () => {
  const launch = cmi5Launch(query({}))
  assert.deepEqual(launch, { endpoint: 'https://lrs.test/x/', fetch: 'https://lms.test/f?s=%20', actor: ACTOR, registration: REGISTRATION,
    activity: 'https://lms.test/a?b=%C3%BC' })
  for (const name of ['endpoint', 'fetch', 'actor', 'registration', 'activityId']) assert.equal(cmi5Launch(query({ [name]: '' })), null, name)
  assert.equal(cmi5Launch(query({ actor: '{' })), null)
  assert.equal(cmi5Launch(query({ registration: '17' })), null)
})

test('Tin Can launches: actors old and new, keys with and without their word', () => {
  const launch = (actor, auth = 'a2V5') => tinCanLaunch('?' + new URLSearchParams({ endpoint: 'e://x//', auth, actor: JSON.stringify(actor), activity_id: 'a:b' }))
  assert.deepEqual(launch({ mbox: ['mailto:a@b.test'], name: ['A'] }).actor, { objectType: 'Agent', mbox: 'mailto:a@b.test' })
  assert.deepEqual(launch({ account: [{ accountServiceHomePage: 'h:x', accountName: '7' }], mbox: 'mailto:a@b.test' }).actor,
    { objectType: 'Agent', account: { homePage: 'h:x', name: '7' } })
  assert.equal(launch({ name: 'nobody' }), null)
  assert.equal(launch(ACTOR).authorization, 'Basic a2V5')
  assert.equal(launch(ACTOR, 'Bearer x').authorization, 'Bearer x')
  assert.equal(launch(ACTOR).endpoint, 'e://x/')
  assert.equal(stripped({ pathname: '/c', search: '?auth=x&a=1&endpoint=y&actor=z', hash: '#s' }), '/c?a=1#s')
})

test("a context begins with the template's entries, each once", () => {
  const template = { contextActivities: { grouping: [{ id: 'a:1' }], category: { id: 'a:2' } }, extensions: { 'x:1': null } }
  assert.deepEqual(extended(template, { grouping: [{ id: 'a:1' }, { id: 'a:3' }], category: [{ id: 'a:4' }] }, { 'x:2': 1 }), {
    contextActivities: { grouping: [{ id: 'a:1' }, { id: 'a:3' }], category: [{ id: 'a:2' }, { id: 'a:4' }] }, extensions: { 'x:1': null, 'x:2': 1 }
  })
  assert.deepEqual(extended({}, {}), {})
})

const statement = (mastery, verb, outcomes) => builder({ actor: ACTOR, activity: 'a:b', registration: REGISTRATION, mastery,
  template: { extensions: { [SESSION]: 's' } }, timestamp: () => '2026-01-01T00:00:00.000Z' })('id', verb, 12.345, outcomes)

test('the results of the five statements', () => {
  const score = { scaled: 0.75, raw: 75 }
  const progress = { extensions: { 'https://w3id.org/xapi/cmi5/result/extensions/progress': 33 } }
  assert.equal('result' in statement(0.8, 'initialized', {}), false)
  assert.deepEqual(statement(0.8, 'completed', { completion: true, score }).result, { completion: true, duration: 'PT12.35S' })
  assert.deepEqual(statement(0.7, 'passed', { success: true, score, progress: 0.339 }).result, { success: true, score: { scaled: 0.75 }, duration: 'PT12.35S', ...progress })
  assert.deepEqual(statement(null, 'terminated', {}).result, { duration: 'PT12.35S' })
  const mastery = 'https://w3id.org/xapi/cmi5/context/extensions/masteryscore'
  assert.equal(statement(0.7, 'passed', { success: true, score }).context.extensions[mastery], 0.7)
  assert.equal(mastery in statement(null, 'passed', { success: true }).context.extensions, false)
  assert.equal(mastery in statement(0.7, 'completed', { completion: true }).context.extensions, false)
  assert.deepEqual(statement(0.7, 'completed', { completion: true }).context.contextActivities.category.map(({ id }) => id.split('/').at(-1)), ['cmi5', 'moveon'])
  assert.deepEqual(statement(0.7, 'terminated', {}).context.contextActivities.category.map(({ id }) => id.split('/').at(-1)), ['cmi5'])
})

test('a clock far off follows the server, and never runs back', () => {
  let wall = 5_000_000
  const clock = createClock(() => wall)
  clock.now()
  clock.learn(new Date(1_000_000).toUTCString())
  assert.equal(clock.now(), 1_000_000)
  wall -= 5000
  assert.equal(clock.now(), 1_000_000)
  clock.learn(null)
  wall += 9000
  assert.equal(clock.timestamp(), new Date(1_004_000).toISOString())
  const near = createClock(() => 5_000_000)
  near.learn(new Date(5_100_000).toUTCString())
  assert.equal(near.now(), 5_000_000)
})

/** An LRS that answers by script; `asked` holds method, resource, query, headers and body. */
function lrs(answers = () => ({})) {
  const asked = []
  return {
    asked,
    client: { async send(method, resource, query, how = {}) {
      asked.push({ method, resource, query, ...how })
      return { status: method === 'GET' ? 404 : 204, text: '', etag: null, retryAfter: 0, date: null, ...answers(asked.at(-1), asked.length) }
    } },
    verbs: () => asked.filter(({ resource, method }) => resource === 'statements' && method === 'POST').map(({ body }) => JSON.parse(body).verb)
  }
}
const record = (more) => ({ encode: (counter) => `s${counter}`, completion: 'incomplete', success: 'unknown', score: null, progress: 0.5, graded: true, entries: new Map(), interactions: [], ...more })
const courierFor = (store, more = {}) => createCourier({ client: store.client, clock: createClock(() => 1000), about: { activity: 'a:b', actor: ACTOR, registration: REGISTRATION }, session: 'now',
  build: (id, verb, seconds, outcomes) => ({ id, verb, seconds, result: outcomes }), journal: { pending: [], done: [], elapsed: 0 }, remember() {}, mastery: 0.8, oneJudgement: true, ...more })

test('passed only from the pass mark on; failed when it is final, or at the end, once', async () => {
  const store = lrs()
  const courier = courierFor(store)
  const low = { scaled: 0.5, raw: 50 }
  courier.take(record({ success: 'passed', score: low }), { counter: 1, seconds: 1 })
  courier.take(record({ score: low }), { counter: 2, seconds: 2 })
  await courier.commit()
  assert.deepEqual(store.verbs(), [])
  courier.conclude(record({ score: low }))
  courier.conclude(record({ score: low }))
  courier.take(record({ success: 'passed', score: { scaled: 0.8, raw: 80 } }), { counter: 3, seconds: 3 })
  await courier.commit()
  assert.deepEqual(store.verbs(), ['failed'])
})

test('what an earlier session reached and may have told is asked for before it is told', async () => {
  const held = { v: 1, state: 's', session: 'before', opened: 1, completion: 'completed', success: 'unknown', score: null, sent: [], failed: null }
  for (const there of [200, 404]) {
    const store = lrs(({ method, resource }) => method !== 'GET' ? {} : resource === 'statements' ? { status: there } : { status: 200, text: JSON.stringify(held), etag: '"1"' })
    const courier = courierFor(store)
    await courier.load()
    courier.take(record({ completion: 'completed' }), { counter: 1, seconds: 1 })
    assert.equal(await courier.commit(), true)
    assert.deepEqual(store.verbs(), there === 200 ? [] : ['completed'])
    assert.deepEqual(JSON.parse(store.asked.at(-1).body).sent, ['completed'])
    assert.deepEqual(store.asked.at(-1).headers, { 'If-Match': '"1"' })
  }
})

test('retries have the same bytes, initialized goes first, and nothing follows a closed session', async () => {
  let status = 503
  const store = lrs(({ resource }) => (resource === 'statements' ? { status } : {}))
  const courier = courierFor(store)
  courier.write('initialized')
  assert.equal(await courier.commit(), false)
  courier.take(record(), { counter: 1, seconds: 1 })
  assert.equal(await courier.commit(), false)
  assert.equal(store.asked[0].body, store.asked[1].body)
  assert.equal(store.asked.length, 2, 'nothing but initialized while it has not arrived')
  status = 403
  assert.equal(await courier.commit(), false)
  assert.equal(courier.over(), true)
  await courier.commit()
  assert.equal(store.asked.length, 3)
})

test('a newer session keeps the bookmark', async () => {
  const newer = { v: 1, session: 'other', opened: 9 }
  const store = lrs(({ method }) => (method === 'PUT' ? { status: 412 } : { status: 200, text: JSON.stringify(newer), etag: '"2"' }))
  const bookmark = createBookmark(store.client, { activityId: 'a:b', agent: '{}' })
  assert.equal(await bookmark.save({ v: 1, session: 'mine', opened: 5 }), 'over')
  assert.deepEqual(store.asked.map(({ method }) => method), ['PUT', 'GET'])
})
