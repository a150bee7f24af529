import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { cmi5Launch, stripped, tinCanLaunch } from '../../src/coursepack/runtime/cmi5/parameters.js'
import { cmi5 } from '../../src/coursepack/runtime/drivers/cmi5.js'
import { SESSION, builder } from '../../src/coursepack/runtime/cmi5/statement.js'
import { createBookmark } from '../../src/coursepack/runtime/xapi/bookmark.js'
import { createClient, createClock } from '../../src/coursepack/runtime/xapi/client.js'
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

/** A page that was launched, with what it had noted before it was reloaded; `asked` holds its requests. */
function reloaded(notes, answers = () => ({})) {
  const asked = []
  const view = {
    location: { search: query({}) }, document: { addEventListener() {} },
    sessionStorage: { getItem: () => JSON.stringify(notes), setItem: (_, text) => Object.assign(notes, JSON.parse(text)) },
    fetch: async (url, { method, body }) => {
      const path = new URL(url).pathname.split('/').slice(2).join('/')
      asked.push({ method, path, body })
      const { status = 404, text = '' } = answers({ method, path, url })
      return { status, text: async () => text, headers: { get: () => null } }
    }
  }
  return { asked, driver: cmi5({ view, pause: async () => {} }) }
}

test('a session whose end was written down is over after a reload, and nothing is asked', async () => {
  const pending = [{ id: 'i', verb: 'terminated', text: '{}', check: false }]
  const { asked, driver } = reloaded({ token: 't', journal: { pending, done: ['initialized', 'terminated'], elapsed: 9 } })
  assert.equal((await driver.open('https://course.test')).ended, true)
  assert.deepEqual(asked, [])
})

for (const hours of [1, -1]) {
  test(`a clock that is ${hours} hours off and was corrected stays so after a reload`, async () => {
    const data = JSON.stringify({ contextTemplate: { extensions: { [SESSION]: 's' } }, launchMode: 'Normal' })
    const offset = hours * 3_600_000
    const { asked, driver } = reloaded({ token: 't', offset, journal: { pending: [], done: ['initialized'], elapsed: 9 } },
      ({ url, method }) => method !== 'GET' ? { status: 200 } : url.includes('LaunchData') ? { status: 200, text: data } : {})
    await driver.open('https://course.test')
    driver.write(record({ completion: 'completed' }), { counter: 1, seconds: 1 })
    await driver.commit()
    const sent = asked.find(({ method, path }) => method === 'POST' && path === 'statements')
    assert.ok(Math.abs(Date.parse(JSON.parse(sent.body).timestamp) - Date.now() - offset) < 60_000)
  })
}

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
const record = (more) => ({ encode: (counter) => `s${counter}`, completion: 'incomplete', success: 'unknown', score: null, progress: 0.5, graded: true, taken: true, entries: new Map(), interactions: [], ...more })
const courierFor = (store, more = {}) => createCourier({ client: store.client, clock: createClock(() => 1000), about: { activity: 'a:b', actor: ACTOR, registration: REGISTRATION }, session: 'now',
  build: (id, verb, seconds, outcomes) => ({ id, verb, seconds, result: outcomes }), journal: { pending: [], done: [], elapsed: 0 }, remember() {}, mastery: 0.8, oneJudgement: true, ...more })

test('passed only from the pass mark on; failed when it is final, or at the end, once', async () => {
  const store = lrs()
  const courier = courierFor(store)
  const low = { scaled: 0.5, raw: 50 }
  courier.conclude(record({ score: low, taken: false }))
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
    const put = store.asked.find(({ method }) => method === 'PUT')
    assert.deepEqual(JSON.parse(put.body).sent, ['completed'])
    assert.deepEqual(put.headers, { 'If-Match': '"1"' })
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

test('a store that asks for patience gets it, whatever it was asked', async () => {
  const store = lrs(({ resource }) => (resource === 'activities/state' ? { status: 429, retryAfter: 60 } : {}))
  const courier = courierFor(store)
  courier.take(record(), { counter: 1, seconds: 1 })
  assert.equal(await courier.commit(), false)
  assert.equal(await courier.commit(), false)
  assert.equal(store.asked.length, 1)
})

test('when the page goes, the bookmark does not wait for the answer to a statement', async () => {
  let answer = () => {}
  const store = lrs(({ method }) => (method === 'PUT' ? { etag: '"1"' } : {}))
  const { send } = store.client
  store.client.send = async (...request) => {
    const said = await send(...request)
    if (request[1] === 'statements') await new Promise((resolve) => (answer = resolve))
    return said
  }
  const courier = courierFor(store)
  courier.take(record({ completion: 'completed' }), { counter: 1, seconds: 1 })
  courier.lastWords()
  await new Promise((resolve) => setTimeout(resolve))
  assert.deepEqual(store.asked.map(({ method, resource, keepalive }) => [method, resource, keepalive]),
    [['PUT', 'activities/state', true], ['POST', 'statements', true]])
  assert.deepEqual(JSON.parse(store.asked[0].body).sent, [], 'what is not known to have arrived is asked for in the next session')
  answer()
})

test('a newer session keeps the bookmark', async () => {
  const newer = { v: 1, session: 'other', opened: 9 }
  const store = lrs(({ method }) => (method === 'PUT' ? { status: 412 } : { status: 200, text: JSON.stringify(newer), etag: '"2"' }))
  const bookmark = createBookmark(store.client, { activityId: 'a:b', agent: '{}' })
  assert.equal(await bookmark.save({ v: 1, session: 'mine', opened: 5 }), 'over')
  assert.deepEqual(store.asked.map(({ method }) => method), ['PUT', 'GET'])
})

for (const [kind, tag, asked] of [
  ['the digest of the document', (body) => `"${createHash('sha1').update(body).digest('hex')}"`, ['PUT', 'GET', 'PUT', 'PUT']],
  ['something else', (body) => `W/"${body.length}-${body.slice(-12)}"`, ['PUT', 'GET', 'PUT', 'GET', 'PUT', 'GET']],
  ['not to be read', () => null, ['PUT', 'GET', 'POST', 'POST']]
]) {
  test(`a writing that brings no tag, where tags are ${kind}: never refused, asked for no more than needed`, async () => {
    let text = ''
    const store = lrs(({ method, body, headers }) => {
      if (method === 'GET') return { status: text ? 200 : 404, text, etag: text && tag(text) }
      if (headers?.['If-Match'] && headers['If-Match'] !== tag(text)) return { status: 412 }
      text = body
      return {}
    })
    const bookmark = createBookmark(store.client, { activityId: 'a:b', agent: '{}' })
    for (const state of ['a', 'b', 'c']) assert.equal(await bookmark.save({ v: 1, session: 'mine', opened: 5, state }), 'kept')
    assert.deepEqual(store.asked.map(({ method }) => method), asked)
    assert.equal(JSON.parse(text).state, 'c')
  })
}

test('a space in a query is written so that every server reads it', async () => {
  const urls = []
  const view = { fetch: async (url) => (urls.push(url), { status: 404, text: async () => '', headers: { get: () => null } }) }
  await createClient({ view, endpoint: 'https://lrs.test/', authorization: 'Basic x', clock: createClock() }).send('GET', 'agents/profile', { agent: '{"name":"A B+C"}' })
  assert.deepEqual(urls, ['https://lrs.test/agents/profile?agent=%7B%22name%22%3A%22A%20B%2BC%22%7D'])
})
