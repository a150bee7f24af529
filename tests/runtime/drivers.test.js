import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lessonStatus, scorm12 } from '../../src/coursepack/runtime/drivers/scorm12.js'
import { scorm2004 } from '../../src/coursepack/runtime/drivers/scorm2004.js'
import { web } from '../../src/coursepack/runtime/drivers/web.js'
import { createLms, createView } from './lms.mjs'

const DRIVERS = { scorm12, scorm2004 }
const E = {
  scorm12: { status: 'cmi.core.lesson_status', exit: 'cmi.core.exit', mode: 'cmi.core.lesson_mode', raw: 'cmi.core.score.raw', time: 'cmi.core.session_time' },
  scorm2004: { status: 'cmi.completion_status', exit: 'cmi.exit', mode: 'cmi.mode', raw: 'cmi.score.raw', time: 'cmi.session_time' }
}

function launch(edition, lms) {
  const view = createView({ above: createView({ own: { [lms.name]: lms.bridge } }) })
  return DRIVERS[edition]({ view })
}

const question = (n) => ({
  n, id: `q${n}`, type: 'choice', text: 'Which?', points: 1, attempts: 1, shuffle: false, quiz: 1, max: 40, scored: true,
  options: [{ n: 1, id: 'a', text: 'a' }, { n: 2, id: 'b', text: 'b', right: true }]
})
const answered = (n, response, at = new Date(2026, 10, 3, 9, 0, n)) => ({
  n, question: question(n), reflection: null, response, shown: at, latency: 1500,
  verdict: response === 2 ? { result: 'correct', share: 1, earned: 1 } : { result: 'incorrect', share: 0, earned: 0 }
})
const record = (more = {}) => ({
  encode: (counter, entries) => `1state-${counter}-${[...entries].join('_')}`, location: 'intro', completion: 'incomplete', success: 'unknown',
  score: null, progress: 0.25, graded: true, entries: new Map(), interactions: [], ...more
})
const how = (more = {}) => ({ counter: 1, seconds: 12.5, resend: false, ...more })

for (const edition of ['scorm12', 'scorm2004']) {
  const at = E[edition]

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

  test(`${edition}: an answer given again updates its entry and leaves id, type and patterns alone`, async () => {
    const lms = createLms(edition)
    const driver = launch(edition, lms)
    await driver.open()
    const entries = new Map()
    driver.write(record({ entries, interactions: [answered(1, 1), answered(2, 1)] }), how())
    lms.trace.length = 0
    driver.write(record({ entries, interactions: [answered(1, 2, new Date(2026, 10, 3, 9, 5)), answered(2, 1)] }), how({ counter: 2 }))
    assert.deepEqual(lms.refusals(), [])
    const names = lms.sets().map(([name]) => name).filter((name) => name.includes('interactions'))
    assert.ok(names.length >= 3 && names.every((name) => name.startsWith('cmi.interactions.0.')), names.join())
    assert.ok(!names.some((name) => /\.(id|type|pattern|weighting)$/.test(name)))
    assert.deepEqual([...entries], [[1, 0], [2, 1]])
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

  test(`${edition}: entries that the LMS did not keep are made anew, others found again`, async () => {
    const model = edition === 'scorm12' ? {} : { 'cmi.interactions.0.id': 'q2', 'cmi.interactions.0.type': 'choice' }
    const lms = createLms(edition, { model })
    const driver = launch(edition, lms)
    await driver.open()
    const entries = new Map([[1, 0], [2, 1]])
    driver.write(record({ entries, interactions: [answered(2, 2), answered(1, 2)] }), how())
    assert.deepEqual(lms.refusals(), [])
    assert.deepEqual([...entries].sort(), [[1, 1], [2, 0]])
  })

  test(`${edition}: when the LMS knows no interactions the course works without them`, async () => {
    const code = '401'
    let last = '0'
    const lms = createLms(edition, {
      answer(method, args, real) {
        if (/GetLastError/.test(method)) return last
        last = '0'
        if (!String(args[0]).includes('interactions')) return real()
        last = code
        return /Set/.test(method) ? 'false' : ''
      }
    })
    const driver = launch(edition, lms)
    await driver.open()
    const entries = new Map()
    assert.equal(driver.write(record({ entries, interactions: [answered(1, 2), answered(2, 2)] }), how()), true)
    driver.write(record({ entries, interactions: [answered(1, 1), answered(2, 1)] }), how({ counter: 2 }))
    assert.equal(lms.sets().filter(([name]) => name.endsWith('.id')).length, 1)
    assert.deepEqual([...entries], [])
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

test('all question types pass the LMS in both editions', async () => {
  const base = { ...question(1), options: undefined }
  const options = question(1).options
  const pairs = [{ n: 1, id: 'p1', left: 'a', right: 'x', to: 1 }, { n: 2, id: 'p2', left: 'b', right: 'y', to: 2 }]
  const all = [
    [{ type: 'choice', options }, 1], [{ type: 'multiple', options }, [1, 2]], [{ type: 'true-false', truth: true }, false],
    [{ type: 'fill-in', accept: ['a', 'b'] }, 'a b'], [{ type: 'cloze', gaps: [{ n: 1, id: 'g', accept: ['a'] }, { n: 2, id: 'h', accept: ['b', 'c'] }] }, ['x', '']],
    [{ type: 'numeric', ranges: [['1', '2.5']] }, '2'], [{ type: 'numeric', ranges: [['1', '1']] }, '-99999'], [{ type: 'matching', pairs }, [2, 1]],
    [{ type: 'order', items: [{ n: 1, id: 'i', text: '' }, { n: 2, id: 'j', text: '' }] }, [2, 1]], [{ type: 'likert', options }, 2]
  ]
  const interactions = all.map(([more, response], k) => ({ ...answered(k + 1, 2), question: { ...base, id: `q.${k}`, n: k + 1, ...more }, response }))
  const reflection = { n: 99, id: 'r-1', text: '{lang=en} Think', minWords: 0, max: 600, private: false, keep: 'lms' }
  interactions.push({ n: 99, question: null, reflection, response: 'Zeile\nzwei {x}[,]', verdict: null, shown: new Date(), latency: 0 })
  for (const edition of ['scorm12', 'scorm2004']) {
    const lms = createLms(edition)
    const driver = launch(edition, lms)
    await driver.open()
    assert.equal(driver.write(record({ interactions }), how()), true)
    assert.deepEqual(lms.refusals(), [])
    assert.equal(lms.api.cmi.interactions.childArray.length, 11)
  }
})

test('without an API, and on the web, nothing is connected and nothing breaks', async () => {
  for (const make of [scorm12, scorm2004, web]) {
    const driver = make({ view: createView() })
    const opening = await driver.open()
    assert.deepEqual([opening.connected, opening.mode, opening.state], [false, 'normal', ''])
    driver.close({ finished: false, exit: 'suspend' })
  }
})
