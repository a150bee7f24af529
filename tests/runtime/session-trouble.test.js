import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserStorage } from '../../src/coursepack/runtime/storage.js'
import { createDisk, createLms } from './lms.mjs'
import { clock, commits, createPage, held } from './session-page.mjs'

for (const edition of ['scorm12', 'scorm2004']) {
  const status = edition === 'scorm12' ? 'cmi.core.lesson_status' : 'cmi.completion_status'

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

test('full or blocked storage is no error', () => {
  const full = browserStorage({ localStorage: { getItem: () => null, setItem() { throw new DOMException('full', 'QuotaExceededError') }, removeItem() {} } })
  assert.equal(full.set('a', 'b'), false)
  const none = browserStorage({ get localStorage() { throw new Error('denied') } })
  assert.deepEqual([none.get('a'), none.set('a', 'b'), none.keys('a')], [null, false, []])
  none.remove('a')
})
