import assert from 'node:assert/strict'
import { test } from 'node:test'
import { web } from '../../src/coursepack/runtime/drivers/web.js'
import { createSession } from '../../src/coursepack/runtime/session.js'
import { createDisk, createLms, createView } from './lms.mjs'
import { clock, COURSE, createPage, held, peek, relaunch } from './session-page.mjs'

for (const edition of ['scorm12', 'scorm2004']) {
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
