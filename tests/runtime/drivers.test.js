import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lessonStatus, scorm12 } from '../../src/coursepack/runtime/drivers/scorm12.js'
import { scorm2004 } from '../../src/coursepack/runtime/drivers/scorm2004.js'
import { web } from '../../src/coursepack/runtime/drivers/web.js'
import { answered, ELEMENTS, how, launch, record } from './driver-page.mjs'
import { createLms, createView } from './lms.mjs'

for (const edition of ['scorm12', 'scorm2004']) {
  const at = ELEMENTS[edition]

  test(`${edition}: a new attempt begins as incomplete, suspended, committed`, async () => {
    const lms = createLms(edition)
    const opening = await launch(edition, lms).open()
    assert.deepEqual(lms.sets(), [[at.status, 'incomplete'], [at.exit, 'suspend']])
    assert.equal(lms.trace.at(-1)[0].endsWith('Commit'), true)
    assert.deepEqual(lms.refusals(), [])
    assert.deepEqual([opening.connected, opening.mode, opening.begun, opening.committed, opening.state], [true, 'normal', false, true, ''])
    assert.deepEqual([opening.completion, opening.success, opening.score, opening.credit], ['incomplete', 'unknown', null, true])
  })

  test(`${edition}: one save writes all, score before status, and nothing is refused`, async () => {
    const lms = createLms(edition)
    const driver = launch(edition, lms)
    await driver.open()
    const done = record({ completion: 'completed', success: 'passed', score: { raw: 66.67, scaled: 0.6667 }, progress: 1, interactions: [answered(1, 2), answered(2, 1)] })
    assert.equal(driver.write(done, how()), true)
    assert.equal(driver.commit(), true)
    driver.close({ finished: true, exit: 'suspend' })
    assert.deepEqual(lms.refusals(), [])
    const sets = lms.sets()
    const place = (element) => sets.findIndex(([name]) => name === element)
    assert.ok(place('cmi.suspend_data') < place(at.raw) && place(at.raw) < sets.findLastIndex(([name]) => name === at.status))
    assert.equal(lms.get(at.raw), '66.67')
    assert.equal(lms.get('cmi.suspend_data'), '1state-1-1,0_2,1')
    assert.equal(lms.count('terminate'), 1)
    assert.equal(sets.filter(([name]) => name.endsWith('exit')).length, 1)
    if (edition === 'scorm2004') {
      assert.equal(lms.get('cmi.success_status'), 'passed')
      assert.equal(lms.get('cmi.completion_status'), 'completed')
      assert.equal(lms.get('cmi.interactions.1.learner_response'), 'a')
      assert.ok(place('cmi.success_status') < sets.findLastIndex(([name]) => name === at.status))
    } else assert.equal(lms.get('cmi.core.lesson_status'), 'passed')
  })

  test(`${edition}: what did not change is not written again`, async () => {
    const lms = createLms(edition)
    const driver = launch(edition, lms)
    await driver.open()
    const same = record({ score: { raw: 50, scaled: 0.5 }, interactions: [answered(1, 2)] })
    driver.write(same, how())
    lms.trace.length = 0
    driver.write(same, how({ counter: 2, seconds: 13 }))
    assert.deepEqual(lms.sets().map(([name]) => name), ['cmi.suspend_data', at.time])
  })

  test(`${edition}: no status is ever lowered, whatever the record says`, async () => {
    const model = edition === 'scorm12' ? { 'cmi.core.lesson_status': 'passed', 'cmi.core.entry': 'resume' }
      : { 'cmi.completion_status': 'completed', 'cmi.success_status': 'passed', 'cmi.entry': 'resume' }
    const lms = createLms(edition, { model })
    const driver = launch(edition, lms)
    const opening = await driver.open()
    assert.deepEqual([opening.completion, opening.success, opening.begun], ['completed', 'passed', true])
    driver.write(record({ completion: 'incomplete', success: 'failed' }), how())
    assert.ok(!lms.sets().some(([name]) => /status$/.test(name)), JSON.stringify(lms.sets()))
  })

  test(`${edition}: what a database has padded with blanks reads as it was written`, async () => {
    const model = { 'cmi.suspend_data': '1state-7', [at.status]: 'completed', [at.raw]: '50' }
    const lms = createLms(edition, { model, answer: (method, args, real) => (/GetValue/.test(method) ? ` ${real()}  \n` : real()) })
    const opening = await launch(edition, lms).open()
    assert.deepEqual([opening.state, opening.completion, opening.score?.raw, opening.mode], ['1state-7', 'completed', 50, 'normal'])
    assert.deepEqual(lms.sets(), [[at.exit, 'suspend']])
  })

  test(`${edition}: review writes nothing at all, browse at most that it was browsed`, async () => {
    for (const mode of ['review', 'browse']) {
      const lms = createLms(edition, { model: { [at.mode]: mode } })
      const driver = launch(edition, lms)
      assert.equal((await driver.open()).mode, mode)
      assert.equal(driver.write(record(), how()), false)
      driver.close({ finished: true, exit: 'normal' })
      assert.deepEqual(lms.sets(), edition === 'scorm12' && mode === 'browse' ? [[at.status, 'browsed']] : [])
      assert.equal(lms.count('terminate'), 1)
    }
  })

  test(`${edition}: exit is normal only when finished and asked for`, async () => {
    for (const [finished, exit, last] of [[true, 'normal', edition === 'scorm12' ? '' : 'normal'], [false, 'normal', 'suspend'], [true, 'suspend', 'suspend']]) {
      const lms = createLms(edition)
      const driver = launch(edition, lms)
      await driver.open()
      driver.close({ finished, exit })
      assert.deepEqual(lms.sets().filter(([name]) => name === at.exit).at(-1), [at.exit, last])
    }
  })
}

test('the one field of SCORM 1.2 says what completion and success say', () => {
  const cases = [
    ['incomplete', 'unknown', true, 'incomplete'], ['incomplete', 'passed', true, 'incomplete'], ['incomplete', 'failed', true, 'incomplete'],
    ['completed', 'unknown', false, 'completed'], ['completed', 'unknown', true, 'incomplete'], ['completed', 'failed', true, 'failed'],
    ['completed', 'passed', true, 'passed']
  ]
  for (const [completion, success, graded, status] of cases) assert.equal(lessonStatus({ completion, success, graded }), status)
})

test('SCORM 1.2: failed may become passed, not incomplete', async () => {
  const lms = createLms('scorm12', { model: { 'cmi.core.lesson_status': 'failed' } })
  const driver = launch('scorm12', lms)
  await driver.open()
  driver.write(record(), how())
  assert.equal(lms.get('cmi.core.lesson_status'), 'failed')
  driver.write(record({ completion: 'completed', success: 'passed' }), how({ counter: 2 }))
  assert.equal(lms.get('cmi.core.lesson_status'), 'passed')
})

test('SCORM 1.2: statuses in capitals are understood', async () => {
  const lms = createLms('scorm12', { answer: (method, args, real) => (method === 'LMSGetValue' && args[0].endsWith('lesson_status') ? 'Completed' : real()) })
  assert.equal((await launch('scorm12', lms).open()).completion, 'completed')
})

test('without an API, and on the web, nothing is connected and nothing breaks', async () => {
  for (const make of [scorm12, scorm2004, web]) {
    const driver = make({ view: createView() })
    const opening = await driver.open()
    assert.deepEqual([opening.connected, opening.mode, opening.state], [false, 'normal', ''])
    driver.close({ finished: false, exit: 'suspend' })
  }
})
