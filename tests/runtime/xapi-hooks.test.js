import assert from 'node:assert/strict'
import test, { before } from 'node:test'
import { hooks } from '../../src/coursepack/runtime/xapi/hooks.js'

const IRI = 'https://courses.example.org/tea'
const PLACES = { 1: { kind: 'page', within: [], activity: { id: `${IRI}/page/one`, definition: { type: 'https://example.org/page', name: { en: 'One' } } } } }
const HOOK = { id: 'hook', events: ['page.viewed'], when: ['mode', ['normal']], statement: { verb: { id: 'https://example.org/seen' }, object: { '@': 'page' } }, once: 'event', priority: 'normal', offline: 'keep', throttle: 0, max: 0, consent: false }
let launches = 0
const way = () => ({ actor: { account: { homePage: 'https://lms.example.org', name: 'p' } }, registration: 'r', session: `s${++launches}`, context: {}, timestamp: (at) => new Date(at).toISOString() })

before(() => {
  const notes = new Map()
  globalThis.document ??= { querySelector: () => null }
  globalThis.navigator ??= { onLine: true }
  globalThis.sessionStorage ??= { getItem: (key) => notes.get(key) ?? null, setItem: (key, value) => notes.set(key, value) }
})

/** A course with these hooks; `see(at)` is a page viewed so many milliseconds after the start. */
function course(...rules) {
  const [parcels, stored, WAY] = [[], new Map(), way()]
  const storage = { get: (key) => stored.get(key) ?? null, set: (key, value) => (stored.set(key, value), true) }
  const kit = {
    opening: { mode: 'normal', learner: { id: 'p' } }, state: { token: 1, quizzes: new Map() }, storage,
    config: { course: { id: IRI }, words: {} }, fingerprint: (text) => encodeURIComponent(text),
  }
  const table = {
    v: 1, course: { iri: IRI, title: 'Tea', version: '', language: 'en' }, activity: { id: IRI, definition: { name: { en: 'Tea' } } },
    places: PLACES, resources: {}, hooks: rules.map((rule) => ({ ...HOOK, ...rule })), session: '', relay: null, origins: [], homePage: 'https://lms.example.org/',
  }
  const at = { failing: false, open: () => {}, left: 0 }
  let tell = () => {}
  const deliver = (_kit, _table, _mine, found) => {
    at.open = () => found({ way: WAY, put: (parcel) => (parcels.push(parcel), parcel.then()), failing: () => at.failing })
    return () => (at.left += 1)
  }
  hooks(kit, table, (listener) => (tell = listener), deliver)
  const see = (ms) => tell(['page.viewed', { page: { n: 1 } }, ms])
  return { at, see, tell: (...event) => tell(event), said: () => parcels.map(({ text }) => JSON.parse(text)), parcels }
}

test('a hook with a throttle speaks again only after so many seconds', () => {
  const { at, see, said } = course({ throttle: 5 })
  at.open()
  for (const ms of [0, 4000, 4999, 5000, 6000, 9999, 10_000]) see(ms)
  assert.deepEqual(said().map(({ timestamp }) => Date.parse(timestamp)), [0, 5000, 10_000])
})

test('a hook with a most stays silent after that, another one does not', () => {
  const { at, see, said } = course({ id: 'two', max: 2 }, { id: 'all' })
  at.open()
  for (const ms of [0, 10, 20, 30]) see(ms)
  assert.equal(said().length, 2 + 4)
})

test('what did not speak uses up no turn of its hook', () => {
  const { at, see, tell, said } = course({ max: 1, throttle: 100 })
  at.open()
  tell('page.viewed', { page: { n: 99 } }, 0)
  see(1000)
  assert.equal(said().length, 1)
})

test('events that came before it was known where statements go are told, in order, with their own times', () => {
  const { at, see, said } = course({ throttle: 2 })
  for (const ms of [100, 1000, 2200]) see(ms)
  assert.equal(said().length, 0)
  at.open()
  see(5000)
  assert.deepEqual(said().map(({ timestamp }) => Date.parse(timestamp)), [100, 2200, 5000])
})

test('while something is in the way a hook that may be dropped is', () => {
  const { at, see, said } = course({ id: 'dropped', offline: 'drop' }, { id: 'kept' })
  at.open()
  at.failing = true
  see(0)
  at.failing = false
  see(10)
  assert.equal(said().length, 3)
})

test('once in an attempt is once, whatever happens', () => {
  const { at, see, said } = course({ once: 'attempt' }, { id: 'session', once: 'session' })
  at.open()
  for (const ms of [0, 10, 20]) see(ms)
  at.open()
  see(30)
  assert.equal(said().length, 2)
  assert.match(said()[0].id, /^[\da-f]{8}-[\da-f]{4}-5/)
})

test('progress that jumps is told percent by percent', () => {
  const { at, tell, said } = course({ events: ['course.progressed'], statement: { verb: { id: 'https://example.org/went' }, object: { '@': 'course' }, result: { extensions: { 'https://example.org/p': { $: 'progress.percent' } } } } })
  at.open()
  tell('course.progressed', { progress: { percent: 3, previous: 0 } }, 0)
  tell('course.progressed', { progress: { percent: 2, previous: 3 } }, 1)
  assert.deepEqual(said().map(({ result }) => result.extensions['https://example.org/p']), [1, 2, 3])
})

test('percents that a hook names are told once each, also over a later launch', () => {
  const { at, tell, said } = course({ events: ['course.progressed'], each: 'progress.percent', once: 'attempt', when: ['in', 'progress.percent', [25, 50, 75]],
    statement: { verb: { id: 'https://example.org/went' }, object: { '@': 'course' }, result: { extensions: { 'https://example.org/p': { $: 'progress.percent' } } } } })
  at.open()
  tell('course.progressed', { progress: { percent: 60, previous: 0 } }, 0)
  at.open()
  tell('course.progressed', { progress: { percent: 80, previous: 40 } }, 1)
  assert.deepEqual(said().map(({ result }) => result.extensions['https://example.org/p']), [25, 50, 75])
  assert.equal(new Set(said().map(({ id }) => id)).size, 3)
})

test('the end of the course sends what there is', () => {
  const { at, tell } = course({})
  at.open()
  tell('course.exited', {}, 0)
  assert.equal(at.left, 1)
})
