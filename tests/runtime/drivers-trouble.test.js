import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answered, ELEMENTS, how, launch, record } from './driver-page.mjs'
import { createLms } from './lms.mjs'

for (const edition of ['scorm12', 'scorm2004']) {
  const at = ELEMENTS[edition]

  test(`${edition}: an LMS that answers nothing but true (XBlock) is used, and never lowered`, async () => {
    const lms = createLms(edition, { answer: (method, args) => (/Get/.test(method) ? (/LastError/.test(method) ? '0' : args[0] === 'cmi.suspend_data' ? 'saved' : '') : 'true') })
    const driver = launch(edition, lms)
    const opening = await driver.open()
    assert.deepEqual([opening.mode, opening.credit, opening.state, opening.begun], ['normal', true, 'saved', true])
    assert.ok(!lms.sets().some(([name]) => name === at.status))
    const entries = new Map([[5, 0]])
    driver.write(record({ completion: 'completed', success: 'passed', entries, interactions: [answered(5, 2), answered(6, 2)] }), how())
    assert.deepEqual([...entries], [[5, 0], [6, 1]])
    assert.ok(lms.sets().some(([name, value]) => name === at.status && value !== 'incomplete'))
  })

  test(`${edition}: after a failed commit all is told again, score spelled anew`, async () => {
    let failing = false
    const lms = createLms(edition, { answer: (method, args, real) => (failing && /Commit/.test(method) ? 'false' : real()) })
    const driver = launch(edition, lms)
    await driver.open()
    failing = true
    const one = record({ score: { raw: 80, scaled: 0.8 }, interactions: [answered(1, 2)] })
    driver.write(one, how())
    assert.equal(driver.commit(), false)
    failing = false
    lms.trace.length = 0
    assert.equal(driver.write(one, how({ counter: 2, resend: true })), true)
    assert.equal(driver.commit(), true)
    const sent = new Map(lms.sets())
    assert.equal(sent.get(at.raw), '80.0')
    assert.ok(sent.has('cmi.interactions.0.result') && sent.has('cmi.suspend_data'))
    assert.deepEqual(lms.refusals(), [])
  })

  test(`${edition}: a state that the LMS refuses is not called saved`, async (t) => {
    t.mock.method(console, 'error', () => {})
    const lms = createLms(edition)
    const driver = launch(edition, lms)
    await driver.open()
    assert.equal(driver.write(record({ encode: () => 'x'.repeat(70000) }), how()), false)
  })

  test(`${edition}: a dead API is no reason to stumble`, async () => {
    const lms = createLms(edition)
    const driver = launch(edition, lms)
    await driver.open()
    for (const method of Object.keys(lms.bridge)) lms.bridge[method] = () => { throw new Error('window closed') }
    assert.equal(driver.write(record({ interactions: [answered(1, 2)] }), how()), false)
    assert.equal(driver.commit(), false)
    driver.close({ finished: false, exit: 'suspend' })
  })

  test(`${edition}: a session that ended before it began is said to be over`, async () => {
    let over = false
    const lms = createLms(edition, { answer: (method, args, real) => (over && /Commit/.test(method) ? 'false' : real()) })
    const first = launch(edition, lms)
    await first.open()
    first.close({ finished: false, exit: 'suspend' })
    over = true
    const again = await launch(edition, lms).open()
    assert.deepEqual([again.connected, again.ended], [false, true])
    assert.equal(lms.count('terminate'), 1)
  })
}
