import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLms } from './lms.mjs'
import { clock, commits, createPage, held } from './session-page.mjs'

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
    await clock.pass(4000)
    page.leave()
    assert.deepEqual(lms.sets().at(-1), [time, edition === 'scorm12' ? '00:00:04' : 'PT0H0M4S'])
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
    await clock.pass(990)
    assert.equal(commits(lms), 1, 'the commit at the start counts')
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

  test(`${edition}: session time begins with the session, not with a page that waits for it`, async () => {
    const lms = createLms(edition)
    const page = createPage(null, { edition, own: { opener: {} } })
    const opened = page.session.open()
    await clock.pass(4000)
    page.view[lms.name] = lms.bridge
    await clock.pass(200)
    await opened
    await clock.pass(3000)
    page.leave()
    const [, value] = lms.sets().findLast(([name]) => name === time)
    assert.match(value, edition === 'scorm12' ? /^00:00:03/ : /^PT0H0M3(\.\d+)?S$/)
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
}

for (const [more, exit] of [[{ success: 'unknown' }, 'suspend'], [{ success: 'failed' }, 'normal'], [{ success: 'unknown', graded: false }, 'normal']]) {
  test(`a course with ${JSON.stringify(more)} is left with ${exit}: who may try again is not finished`, async () => {
    const lms = createLms('scorm2004')
    const page = await createPage(lms, { edition: 'scorm2004' }).open()
    page.change('bye', { completion: 'completed', exit: 'normal', ...more })
    page.leave()
    assert.equal(lms.sets().findLast(([name]) => name === 'cmi.exit')[1], exit)
  })
}

test('Exit: saved, ended once, gone back', async () => {
  const lms = createLms('scorm2004')
  const gone = []
  const page = createPage(lms, { edition: 'scorm2004', own: { close: () => gone.push('closed') } })
  await page.open()
  page.change('bye', { completion: 'completed', success: 'passed', exit: 'normal' })
  page.session.close()
  page.leave()
  assert.match(held(lms), /bye/)
  assert.equal(lms.count('terminate'), 1)
  assert.deepEqual(lms.sets().filter(([name]) => name === 'cmi.exit').at(-1), ['cmi.exit', 'normal'])
})
