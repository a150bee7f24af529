import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDisk, createLms } from './lms.mjs'
import { clock, createPage, held, peek, relaunch } from './session-page.mjs'

for (const edition of ['scorm12', 'scorm2004']) {
  const status = edition === 'scorm12' ? 'cmi.core.lesson_status' : 'cmi.completion_status'

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

  test(`${edition}: the counter goes on where the LMS or the copy was`, async () => {
    const lms = relaunch(edition, { 'cmi.suspend_data': 'T7-41-before' })
    const page = await createPage(lms, { edition }).open()
    page.change('after')
    await clock.pass(3000)
    assert.ok(peek(held(lms)).counter > 41)
  })
}
