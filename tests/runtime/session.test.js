import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { scorm12 } from '../../src/coursepack/runtime/drivers/scorm12.js'
import { scorm2004 } from '../../src/coursepack/runtime/drivers/scorm2004.js'
import { web } from '../../src/coursepack/runtime/drivers/web.js'
import { createSession } from '../../src/coursepack/runtime/session.js'
import { browserStorage } from '../../src/coursepack/runtime/storage.js'
import { createClock, createDisk, createLms, createView } from './lms.mjs'

const DRIVERS = { scorm12, scorm2004, web }
const COURSE = 'https://learning.example.org/courses/a'

/** A stand-in for the format of progress.js: token, counter and a text that changes. */
const peek = (text) => {
  const found = /^T(\d+)-(\d+)-/.exec(text)
  return found && { token: Number(found[1]), counter: Number(found[2]) }
}

let clock
beforeEach(() => (clock = createClock()))

/** One page of the course: `course.text` and `more` are what the player would change. */
function createPage(lms, { edition = 'scorm12', disk = createDisk(), url, token = 7, own = {}, courseId = COURSE } = {}) {
  const above = lms ? createView({ own: { [lms.name]: lms.bridge } }) : undefined
  const view = createView({ above, url, own: { localStorage: disk, BroadcastChannel: undefined, ...own } })
  const states = []
  const course = { text: 'new', token, more: {} }
  const driver = DRIVERS[edition]({ view, now: clock.now, later: (run, ms) => clock.schedule(run, ms) })
  const session = createSession({ driver, courseId, peek, clock, schedule: clock.schedule, view })
  session.onState((state, detail) => states.push([state, detail]))
  const record = () => ({
    encode: (counter) => `T${course.token}-${counter}-${course.text}`, location: 'intro', completion: 'incomplete', success: 'unknown', score: null,
    progress: 0, graded: true, entries: new Map(), interactions: [], ...course.more
  })
  const page = {
    view, session, course, disk,
    get state() { return states.at(-1)?.[0] },
    get detail() { return states.at(-1)?.[1] },
    states: () => states.map(([state]) => state),
    async open() {
      const opening = session.open()
      if (edition !== 'web' && !lms) await clock.pass(4000)
      page.opening = await opening
      const header = peek(page.opening.state)
      if (header) Object.assign(course, { token: header.token, text: page.opening.state.replace(/^T\d+-\d+-/, '') })
      session.setRecorder(record)
      return page
    },
    change(text, more = {}, how = { urgent: true }) {
      course.text = text
      Object.assign(course.more, more)
      session.save(how)
    },
    fire(name, more = {}) { view.dispatchEvent(Object.assign(new Event(name), more)) },
    hide() {
      view.document.visibilityState = 'hidden'
      view.document.dispatchEvent(new Event('visibilitychange'))
    },
    leave() { page.fire('pagehide', { persisted: false }) }
  }
  return page
}

/** The LMS of the next launch, holding what `lms` was told to keep. */
function relaunch(edition, held) {
  const model = edition === 'scorm12' ? { 'cmi.core.entry': 'resume', ...held } : { 'cmi.entry': 'resume', ...held }
  return createLms(edition, { model })
}

const commits = (lms) => lms.trace.filter(([method]) => method.endsWith('Commit')).length
const held = (lms) => lms.get('cmi.suspend_data')

for (const edition of ['scorm12', 'scorm2004']) {
  const status = edition === 'scorm12' ? 'cmi.core.lesson_status' : 'cmi.completion_status'
  const time = edition === 'scorm12' ? 'cmi.core.session_time' : 'cmi.session_time'

  test(`${edition}: Initialize, incomplete, suspend and a commit come before anything else is known`, async () => {
    const lms = createLms(edition)
    const page = createPage(lms, { edition, courseId: new Promise(() => {}) })
    page.session.open()
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(lms.count('initialize'), 1)
    assert.deepEqual(lms.sets().map(([, value]) => value), ['incomplete', 'suspend'])
    assert.equal(commits(lms), 1)
    page.leave()
    assert.equal(lms.count('terminate'), 1)
  })

  test(`${edition}: an answer is here at once, in the LMS within a second and a bit`, async () => {
    const lms = createLms(edition)
    const page = await createPage(lms, { edition }).open()
    await clock.pass(3000)
    page.change('answer')
    assert.ok(Object.values(page.disk).some((text) => text.includes('answer')))
    assert.equal(page.state, 'saving')
    await clock.pass(50)
    assert.match(held(lms), /answer/)
    assert.equal(page.state, 'saved')
    page.change('second')
    await clock.pass(1000)
    assert.match(held(lms), /second/)
    assert.deepEqual(lms.refusals(), [])
  })

  test(`${edition}: never more than one commit per second; writing on and on is saved within five`, async () => {
    const lms = createLms(edition)
    const page = await createPage(lms, { edition }).open()
    await clock.pass(2000)
    const before = commits(lms)
    for (let k = 0; k < 100; k++) {
      page.change(`urgent ${k}`)
      await clock.pass(100)
    }
    assert.ok(commits(lms) - before <= 11, `${commits(lms) - before} commits in 10 s`)
    await clock.pass(3000)
    for (let k = 0; k < 200; k++) {
      page.change(`key ${k}`, {}, {})
      await clock.pass(100)
      const saved = Number(/key (\d+)/.exec(held(lms))?.[1] ?? 0)
      assert.ok(k - saved <= 50, `${k - saved} tenths of a second not saved`)
    }
    await clock.pass(2500)
    assert.match(held(lms), /key 199/)
  })

  test(`${edition}: the time alone is saved each minute while someone is there, and no longer than that`, async () => {
    const lms = createLms(edition)
    const page = await createPage(lms, { edition }).open()
    await clock.pass(2000)
    lms.trace.length = 0
    await clock.pass(120000)
    assert.deepEqual(lms.sets().map(([name]) => name), [time, time])
    await clock.pass(3600000)
    const count = lms.trace.length
    await clock.pass(600000)
    assert.equal(lms.trace.length, count)
    page.fire('keydown')
    await clock.pass(60000)
    assert.ok(lms.trace.length > count)
  })

  test(`${edition}: session time is the whole of this session, without the sleep of the machine`, async () => {
    const lms = createLms(edition)
    const page = await createPage(lms, { edition }).open()
    await clock.pass(30000)
    clock.sleep(8 * 3600000)
    page.hide()
    const [, value] = lms.sets().findLast(([name]) => name === time)
    assert.match(value, edition === 'scorm12' ? /^00:02:0\d/ : /^PT0H2M\d(\.\d+)?S$/)
  })

  test(`${edition}: hidden saves at once; leaving ends the session once and writes little`, async () => {
    const lms = createLms(edition)
    const page = await createPage(lms, { edition }).open()
    await clock.pass(5000)
    page.change('written while leaving', {}, {})
    page.hide()
    assert.match(held(lms), /leaving/)
    lms.trace.length = 0
    await clock.pass(500)
    page.leave()
    assert.deepEqual(lms.sets().map(([name]) => name), [time])
    assert.equal(lms.count('terminate'), 1)
    page.hide()
    page.leave()
    page.session.save({ urgent: true })
    page.session.close()
    await clock.pass(100000)
    assert.equal(lms.count('terminate'), 1)
    assert.equal(lms.trace.at(-1)[0], edition === 'scorm12' ? 'LMSFinish' : 'Terminate')
    assert.equal(page.state, 'closed')
  })

  test(`${edition}: the last key strokes go out with the page`, async () => {
    const lms = createLms(edition)
    const page = await createPage(lms, { edition }).open()
    await clock.pass(5000)
    page.change('last words', {}, {})
    page.leave()
    assert.match(held(lms), /last words/)
    assert.ok(Object.values(page.disk).some((text) => text.includes('last words')))
  })

  test(`${edition}: a page that may come back is saved and goes on`, async () => {
    const lms = createLms(edition)
    const page = await createPage(lms, { edition }).open()
    await clock.pass(5000)
    page.change('before', {}, {})
    page.fire('pagehide', { persisted: true })
    assert.match(held(lms), /before/)
    assert.equal(lms.count('terminate'), 0)
    page.fire('pageshow', { persisted: true })
    page.change('after')
    await clock.pass(3000)
    assert.match(held(lms), /after/)
    assert.equal(page.session.readonly, false)
  })

  test(`${edition}: failing commits are told, retried with patience, and all is sent in the end`, async () => {
    let failing = false
    const lms = createLms(edition, { answer: (method, args, real) => (failing && /Commit/.test(method) ? 'false' : real()) })
    const page = await createPage(lms, { edition }).open()
    await clock.pass(5000)
    failing = true
    page.change('unsaved', { score: { raw: 80, scaled: 0.8 } })
    await clock.pass(100)
    assert.equal(page.state, 'unsaved')
    assert.equal(page.detail.since.getTime(), clock.wall() - 100)
    const before = commits(lms)
    await clock.pass(77000)
    assert.equal(commits(lms) - before, 5)
    page.change('more')
    failing = false
    lms.trace.length = 0
    await clock.pass(10000)
    assert.equal(page.state, 'saved')
    assert.match(held(lms), /more/)
    assert.ok(lms.sets().some(([name, value]) => name.endsWith('score.raw') && Number(value) === 80))
    assert.deepEqual(lms.refusals(), [])
    const settled = commits(lms)
    await clock.pass(40000)
    assert.equal(commits(lms), settled)
  })

  test(`${edition}: a start that the LMS did not keep is told and sent again`, async () => {
    let failing = true
    const lms = createLms(edition, { answer: (method, args, real) => (failing && /Commit/.test(method) ? 'false' : real()) })
    const page = await createPage(lms, { edition }).open()
    assert.equal(page.state, 'unsaved')
    failing = false
    lms.trace.length = 0
    await clock.pass(6000)
    assert.equal(page.state, 'saved')
    assert.ok(lms.sets().some(([name, value]) => name === status && value === 'incomplete'))
  })

  test(`${edition}: without a network nothing is sent, so nothing is forgotten; back on line it goes at once`, async () => {
    const lms = createLms(edition)
    const page = await createPage(lms, { edition }).open()
    await clock.pass(60000)
    page.view.navigator.onLine = false
    page.fire('offline')
    lms.trace.length = 0
    page.change('off line')
    await clock.pass(100000)
    assert.equal(page.state, 'unsaved')
    assert.deepEqual(lms.trace, [])
    page.view.navigator.onLine = true
    page.fire('online')
    assert.match(held(lms), /off line/)
    assert.equal(page.state, 'saved')
  })

  test(`${edition}: what was committed just before the network went is sent again`, async () => {
    const lms = createLms(edition)
    const page = await createPage(lms, { edition }).open()
    await clock.pass(5000)
    page.change('on the way', { score: { raw: 50, scaled: 0.5 } })
    await clock.pass(2000)
    page.view.navigator.onLine = false
    page.fire('offline')
    assert.equal(page.state, 'unsaved')
    page.view.navigator.onLine = true
    lms.trace.length = 0
    page.fire('online')
    const sent = new Map(lms.sets())
    assert.match(sent.get('cmi.suspend_data'), /on the way/)
    assert.ok([...sent].some(([name, value]) => name.endsWith('score.raw') && value === '50.0'))
  })

  test(`${edition}: a page from this machine needs no network`, async () => {
    const lms = createLms(edition)
    const page = await createPage(lms, { edition, url: 'http://127.0.0.1:8000/index.html' }).open()
    page.view.navigator.onLine = false
    page.change('local player')
    await clock.pass(3000)
    assert.equal(page.state, 'saved')
  })

  test(`${edition}: an API that dies never throws; the learner is told and the copy stays`, async () => {
    const lms = createLms(edition)
    const page = await createPage(lms, { edition }).open()
    await clock.pass(5000)
    for (const method of Object.keys(lms.bridge)) lms.bridge[method] = () => { throw new Error('closed') }
    page.change('orphan')
    await clock.pass(100000)
    page.hide()
    assert.equal(page.state, 'unsaved')
    assert.ok(Object.values(page.disk).some((text) => text.includes('orphan')))
    page.leave()
  })

  test(`${edition}: a lost session is healed at the next launch from the copy in this browser`, async () => {
    const disk = createDisk()
    const lms = createLms(edition)
    const page = await createPage(lms, { edition, disk }).open()
    await clock.pass(5000)
    const before = held(lms)
    for (const method of Object.keys(lms.bridge)) lms.bridge[method] = () => 'false'
    page.change('unheard', { completion: 'completed', success: 'passed', score: { raw: 90, scaled: 0.9 } })
    await clock.pass(5000)
    page.leave()

    const next = relaunch(edition, { 'cmi.suspend_data': before, [status]: 'incomplete' })
    const again = createPage(next, { edition, disk })
    Object.assign(again.course.more, page.course.more)
    await again.open()
    assert.equal(again.opening.local, true)
    assert.match(again.opening.state, /unheard/)
    await clock.pass(3000)
    assert.match(held(next), /unheard/)
    assert.equal(next.get(status), edition === 'scorm12' ? 'passed' : 'completed')
    again.leave()

    const third = createPage(relaunch(edition, { 'cmi.suspend_data': held(next), [status]: 'incomplete' }), { edition, disk })
    await third.open()
    assert.equal(third.opening.local, false)
    assert.match(third.opening.state, /unheard/)
  })

  test(`${edition}: the copy never overrules newer data, another attempt or a new one`, async () => {
    const disk = createDisk()
    const first = await createPage(createLms(edition), { edition, disk }).open()
    first.change('old copy')
    await clock.pass(3000)
    first.leave()
    const newer = await createPage(relaunch(edition, { 'cmi.suspend_data': 'T7-900-newer' }), { edition, disk }).open()
    assert.deepEqual([newer.opening.local, newer.opening.state], [false, 'T7-900-newer'])
    newer.leave()
    const other = await createPage(relaunch(edition, { 'cmi.suspend_data': 'T8-1-other' }), { edition, disk }).open()
    assert.deepEqual([other.opening.local, other.opening.state], [false, 'T8-1-other'])
    other.leave()
    const fresh = await createPage(createLms(edition), { edition, disk, token: 9 }).open()
    assert.deepEqual([fresh.opening.local, fresh.opening.state], [false, ''])
  })

  test(`${edition}: a state that cannot be read is replaced by the copy; one of a stranger never is`, async () => {
    const disk = createDisk()
    const person = (id) => (edition === 'scorm12' ? { 'cmi.core.student_id': id } : { 'cmi.learner_id': id })
    const first = await createPage(createLms(edition, { model: person('ann') }), { edition, disk }).open()
    first.change('mine')
    await clock.pass(3000)
    first.leave()
    assert.ok(!JSON.stringify(disk).includes('ann'))
    const garbled = { 'cmi.suspend_data': 'T7-garb' }
    const hers = await createPage(relaunch(edition, { ...person('ann'), ...garbled }), { edition, disk }).open()
    assert.match(hers.opening.state, /mine/)
    hers.leave()
    const his = await createPage(relaunch(edition, { ...person('ben'), ...garbled }), { edition, disk }).open()
    assert.equal(his.opening.local, false)
  })

  test(`${edition}: of two tabs the newer writes; the older says so and calls nothing more`, async () => {
    const disk = createDisk()
    const lms = createLms(edition)
    const older = await createPage(lms, { edition, disk }).open()
    await clock.pass(3000)
    const second = relaunch(edition, { 'cmi.suspend_data': held(lms) })
    const newer = await createPage(second, { edition, disk }).open()
    lms.trace.length = 0
    older.change('too late')
    await clock.pass(5000)
    older.hide()
    older.leave()
    assert.equal(older.state, 'readonly')
    assert.equal(older.session.readonly, true)
    assert.deepEqual(lms.trace, [])
    newer.change('wins')
    await clock.pass(3000)
    assert.match(held(second), /wins/)
    assert.equal(newer.state, 'saved')
  })

  test(`${edition}: the newer tab takes over as soon as it opens; the older one leaves without a word`, async () => {
    const disk = createDisk()
    const lms = createLms(edition)
    const older = await createPage(lms, { edition, disk }).open()
    await clock.pass(3000)
    const state = held(lms)
    await createPage(relaunch(edition, { 'cmi.suspend_data': state }), { edition, disk }).session.open()
    lms.trace.length = 0
    older.leave()
    assert.deepEqual(lms.trace, [])
    assert.equal(older.state, 'readonly')
  })

  test(`${edition}: the counter goes on where the LMS or the copy was`, async () => {
    const lms = relaunch(edition, { 'cmi.suspend_data': 'T7-41-before' })
    const page = await createPage(lms, { edition }).open()
    page.change('after')
    await clock.pass(3000)
    assert.ok(peek(held(lms)).counter > 41)
  })

  test(`${edition}: review and browse keep nothing, here or there`, async () => {
    for (const mode of ['review', 'browse']) {
      const lms = createLms(edition, { model: { [edition === 'scorm12' ? 'cmi.core.lesson_mode' : 'cmi.mode']: mode } })
      const page = await createPage(lms, { edition }).open()
      page.change('not for keeping')
      await clock.pass(100000)
      page.hide()
      page.leave()
      assert.ok(lms.sets().every(([, value]) => value === 'browsed'))
      assert.deepEqual(Object.keys(page.disk), [])
      assert.equal(lms.count('terminate'), 1)
    }
  })

  test(`${edition}: what was reached is never taken back, and only a score that may fall falls`, async () => {
    const lms = createLms(edition)
    const raw = edition === 'scorm12' ? 'cmi.core.score.raw' : 'cmi.score.raw'
    const page = await createPage(lms, { edition }).open()
    page.change('a', { completion: 'completed', success: 'passed', score: { raw: 90, scaled: 0.9 } })
    await clock.pass(3000)
    page.change('b', { completion: 'incomplete', success: 'failed', score: { raw: 20, scaled: 0.2 } })
    await clock.pass(3000)
    assert.equal(lms.get(raw), '90')
    assert.equal(lms.get(status), edition === 'scorm12' ? 'passed' : 'completed')
    page.change('c', { mayFall: true })
    await clock.pass(3000)
    assert.equal(lms.get(raw), '20')
  })

  test(`${edition}: without an LMS everything stays in this browser, and is there again`, async () => {
    const disk = createDisk()
    const page = await createPage(null, { edition, disk }).open()
    assert.equal(page.state, 'local')
    page.change('mine')
    assert.deepEqual([page.state, page.detail.kept], ['local', true])
    page.leave()
    const again = await createPage(null, { edition, disk }).open()
    assert.match(again.opening.state, /mine/)
  })
}

test('web: kept here, in one tab at a time, and said so when the browser keeps nothing', async () => {
  const disk = createDisk()
  const older = await createPage(null, { edition: 'web', disk }).open()
  older.change('one')
  const newer = await createPage(null, { edition: 'web', disk }).open()
  assert.match(newer.opening.state, /one/)
  older.change('two')
  newer.change('three')
  const third = await createPage(null, { edition: 'web', disk }).open()
  assert.match(third.opening.state, /three/)
  const blocked = { get localStorage() { throw new DOMException('denied', 'SecurityError') } }
  const view = createView()
  Object.defineProperty(view, 'localStorage', Object.getOwnPropertyDescriptor(blocked, 'localStorage'))
  const session = createSession({ driver: web(), courseId: COURSE, peek, clock, schedule: clock.schedule, view })
  await session.open()
  const states = []
  session.onState((state, detail) => states.push([state, detail.kept]))
  session.setRecorder(() => ({ encode: (counter) => `T1-${counter}-x`, completion: 'incomplete', success: 'unknown', score: null, entries: new Map(), interactions: [] }))
  assert.deepEqual(states.at(-1), ['local', false])
})

test('a browser channel turns the older tab read-only at once, also without storage', async () => {
  const channels = []
  class BroadcastChannel {
    constructor(name) { channels.push(Object.assign(this, { name })) }
    postMessage(data) { for (const other of channels) if (other !== this && other.name === this.name) other.onmessage?.({ data }) }
    close() { channels.splice(channels.indexOf(this), 1) }
  }
  const blocked = { getItem() { throw new Error('blocked') }, setItem() { throw new Error('blocked') } }
  const lms = createLms('scorm12')
  const older = await createPage(lms, { own: { BroadcastChannel }, disk: blocked }).open()
  await clock.pass(2000)
  await createPage(relaunch('scorm12', { 'cmi.suspend_data': held(lms) }), { own: { BroadcastChannel }, disk: blocked }).open()
  assert.equal(older.state, 'readonly')
})

test('Exit: saved, ended once, gone back', async () => {
  const lms = createLms('scorm2004')
  const gone = []
  const page = createPage(lms, { edition: 'scorm2004', own: { close: () => gone.push('closed') } })
  await page.open()
  page.change('bye', { completion: 'completed', exit: 'normal' })
  page.session.close()
  page.leave()
  assert.match(held(lms), /bye/)
  assert.equal(lms.count('terminate'), 1)
  assert.deepEqual(lms.sets().filter(([name]) => name === 'cmi.exit').at(-1), ['cmi.exit', 'normal'])
})

test('full or blocked storage is no error', () => {
  const full = browserStorage({ localStorage: { getItem: () => null, setItem() { throw new DOMException('full', 'QuotaExceededError') }, removeItem() {} } })
  assert.equal(full.set('a', 'b'), false)
  const none = browserStorage({ get localStorage() { throw new Error('denied') } })
  assert.deepEqual([none.get('a'), none.set('a', 'b'), none.keys('a')], [null, false, []])
  none.remove('a')
})
