import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answered, how, launch, question, record } from './driver-page.mjs'
import { createLms } from './lms.mjs'

for (const edition of ['scorm12', 'scorm2004']) {
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
    assert.deepEqual(lms.sets().map(([name]) => name).filter((name) => name.includes('interactions')), ['cmi.interactions.0.id'])
    assert.deepEqual([...entries], [])
  })
}

for (const [what, pattern, rewritten] of [['the same', 'b', []], ['another', 'a', ['type', 'pattern', 'weighting', 'description']]]) {
  test(`SCORM 2004: where the LMS holds ${what} right answer than the course has now, ${rewritten.length || 'nothing'} of the entry is told anew`, async () => {
    const about = { id: 'q1', type: 'choice', 'correct_responses.0.pattern': pattern, weighting: '1', description: 'Which?', learner_response: 'a' }
    const model = Object.fromEntries(Object.entries(about).map(([name, value]) => [`cmi.interactions.0.${name}`, value]))
    const lms = createLms('scorm2004', { model })
    const driver = launch('scorm2004', lms)
    await driver.open()
    for (const counter of [1, 2]) driver.write(record({ entries: new Map(), interactions: [answered(1, 2)] }), how({ counter }))
    assert.deepEqual(lms.refusals(), [])
    const told = lms.sets().map(([name]) => name.split('.').at(-1))
    assert.deepEqual(told.filter((name) => ['id', 'type', 'pattern', 'weighting', 'description'].includes(name)), rewritten)
    assert.equal(lms.get('cmi.interactions.0.correct_responses.0.pattern'), 'b')
    assert.equal(lms.get('cmi.interactions._count'), 1)
  })
}

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
