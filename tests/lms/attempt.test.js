// @ts-check
/** What is kept between launches, what is lost, and what the record says: strict SCORM and Moodle as measured. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLms, summarise } from '../../src/coursepack/lms/index.js'

/** @typedef {import('../../src/coursepack/lms/contract').Session} Session */
/** @typedef {import('../../src/coursepack/lms/contract').Commit} Commit */

/** @param {Session} session @param {Record<string, string>} values */
const put = (session, values) => {
  const set = session.api.SetValue ?? session.api.LMSSetValue
  for (const [name, value] of Object.entries(values)) assert.equal(set(name, value), 'true', `${name} = ${value}`)
}
/** @param {Session} session */
const error = (session) => (session.api.GetLastError ?? session.api.LMSGetLastError)()
/** @param {import('../../src/coursepack/lms/contract').LmsOptions} options */
const opened = (options, launch = {}) => {
  const lms = createLms(options)
  const session = lms.launch(launch)
  assert.equal((session.api.Initialize ?? session.api.LMSInitialize)(''), 'true')
  return { lms, session }
}

test('1.2: what is not committed dies with the page, what is committed comes back', () => {
  const { lms, session } = opened({ edition: 'scorm12' })
  put(session, { 'cmi.core.lesson_location': 'one', 'cmi.core.exit': 'suspend', 'cmi.core.session_time': '00:01:00' })
  assert.equal(session.api.LMSCommit(''), 'true')
  put(session, { 'cmi.core.lesson_location': 'two' })
  assert.deepEqual(session.unsaved(), { 'cmi.core.lesson_location': 'two' })
  session.kill()
  assert.equal(session.api.LMSGetValue('cmi.core.lesson_location'), '')
  const again = lms.launch()
  again.api.LMSInitialize('')
  assert.equal(again.api.LMSGetValue('cmi.core.lesson_location'), 'one')
  assert.equal(again.api.LMSGetValue('cmi.core.entry'), 'resume')
  assert.equal(again.api.LMSGetValue('cmi.core.total_time'), '0000:01:00.00')
})

test('an attempt is plain JSON and goes on in another LMS object', () => {
  const { lms, session } = opened({ edition: 'scorm2004-4' })
  put(session, { 'cmi.suspend_data': 'abc', 'cmi.exit': 'suspend', 'cmi.session_time': 'PT1M0.5S' })
  session.api.Terminate('')
  const stored = JSON.parse(JSON.stringify(lms.attempt))
  const { lms: other, session: later } = opened({ edition: 'scorm2004-4', attempt: stored })
  assert.equal(later.api.GetValue('cmi.suspend_data'), 'abc')
  assert.equal(later.api.GetValue('cmi.total_time'), 'PT0H1M0.50S')
  put(later, { 'cmi.session_time': 'PT30S' })
  later.api.Commit('')
  put(later, { 'cmi.session_time': 'PT1M' })
  later.api.Terminate('')
  assert.equal(other.attempt.total, 12050)
  assert.deepEqual(other.attempt.values, { 'cmi.suspend_data': 'abc' })
  assert.equal(other.attempt.ended, true, 'exit does not last: this session never wrote one')
  assert.throws(() => createLms({ edition: 'scorm12', attempt: stored }), RangeError)
})

test('2004 strict: any exit but suspend ends the attempt, a death without one too', () => {
  for (const exit of ['normal', '', 'logout', 'time-out', null]) {
    const { lms, session } = opened({ edition: 'scorm2004-3' })
    put(session, { 'cmi.location': 'x', ...(exit === null ? {} : { 'cmi.exit': exit }) })
    assert.equal(session.api.Commit(''), 'true')
    const again = lms.launch()
    again.api.Initialize('')
    assert.deepEqual([again.api.GetValue('cmi.location'), error(again), lms.attempt.number], ['', '403', 2], String(exit))
    assert.equal(again.api.GetValue('cmi.entry'), 'ab-initio')
  }
})

test('a session that committed nothing leaves the earlier one as it was', () => {
  const { lms, session } = opened({ edition: 'scorm2004-4' })
  put(session, { 'cmi.location': 'x', 'cmi.exit': 'suspend' })
  session.api.Terminate('')
  lms.launch().api.Initialize('')
  const third = lms.launch()
  third.api.Initialize('')
  assert.equal(third.api.GetValue('cmi.location'), 'x')
})

test('1.2: the mastery score decides at Finish, with credit alone', () => {
  const facts = { masteryScore: '80' }
  for (const [raw, status] of [['80', 'passed'], ['79.99', 'failed']]) {
    const { lms, session } = opened({ edition: 'scorm12', facts })
    put(session, { 'cmi.core.lesson_status': 'incomplete', 'cmi.core.score.raw': raw })
    session.api.LMSCommit('')
    assert.equal(lms.record().status.completion, 'incomplete')
    session.api.LMSFinish('')
    assert.equal(lms.record().status.completion, status)
  }
  const { lms, session } = opened({ edition: 'scorm12', facts }, { credit: 'no-credit' })
  put(session, { 'cmi.core.lesson_status': 'incomplete', 'cmi.core.score.raw': '90' })
  session.api.LMSFinish('')
  assert.deepEqual([lms.record().status.completion, lms.record().score.raw], ['incomplete', null])
})

test('1.2: without a status the course is completed at Finish, browsed in browse mode', () => {
  const { lms, session } = opened({ edition: 'scorm12' })
  session.api.LMSFinish('')
  assert.equal(lms.record().status.completion, 'completed')
  const browse = opened({ edition: 'scorm12' }, { mode: 'browse' })
  browse.session.api.LMSFinish('')
  assert.equal(browse.lms.record().status.completion, 'browsed')
})

test('2004 strict: threshold and passing score decide, not the course', () => {
  const { lms, session } = opened({ edition: 'scorm2004-4', facts: { completionThreshold: '0.8', passingScore: '0.7' } })
  put(session, { 'cmi.completion_status': 'completed', 'cmi.success_status': 'passed' })
  const status = () => [session.api.GetValue('cmi.completion_status'), session.api.GetValue('cmi.success_status')]
  assert.deepEqual(status(), ['unknown', 'unknown'])
  put(session, { 'cmi.progress_measure': '0.79', 'cmi.score.scaled': '0.69' })
  assert.deepEqual(status(), ['incomplete', 'failed'])
  put(session, { 'cmi.progress_measure': '0.8', 'cmi.score.scaled': '0.7' })
  assert.deepEqual(status(), ['completed', 'passed'])
  session.api.Terminate('')
  assert.deepEqual(lms.record().status, { completion: 'completed', success: 'passed' })
})

test('trouble: fail, lie, lost and slow commits', () => {
  for (const [edition, code, end] of /** @type {const} */ ([['scorm12', '101', '101'], ['scorm2004-4', '391', '111']])) {
    /** @type {Commit[]} */
    const commits = []
    let waited = 0
    const { lms, session } = opened({ edition }, { onCommit: (/** @type {Commit} */ commit) => commits.push(commit), wait: (/** @type {number} */ ms) => { waited += ms } })
    const commit = session.api.Commit ?? session.api.LMSCommit
    const terminate = session.api.Terminate ?? session.api.LMSFinish
    put(session, { 'cmi.suspend_data': 'x' })
    for (const commits of /** @type {const} */ (['fail', 'lost'])) {
      session.trouble.commits = commits
      assert.deepEqual([commit(''), error(session)], ['false', code])
      assert.deepEqual([terminate(''), error(session), session.state], ['false', end, 'running'])
    }
    session.trouble.commits = 'lie'
    assert.deepEqual([commit(''), error(session)], ['true', '0'])
    assert.equal(lms.attempt.values['cmi.suspend_data'], undefined)
    session.trouble.commits = 'ok'
    session.trouble.delay = 700
    assert.equal(commit(''), 'true')
    assert.equal(lms.attempt.values['cmi.suspend_data'], 'x')
    assert.equal(waited, 700)
    assert.deepEqual(commits.map(({ by, answer, kept }) => `${by} ${answer} ${kept}`), [
      'Commit false false', 'Terminate false false', 'Commit false false', 'Terminate false false', 'Commit true false', 'Commit true true'
    ])
  }
})

test('4th edition: shared data by its maps, over attempts; none in the 3rd', () => {
  const facts = { sharedData: [{ id: 'notes', read: true, write: true }, { id: 'secret', read: false, write: true }, { id: 'fixed', read: true, write: false }] }
  const { lms, session } = opened({ edition: 'scorm2004-4', facts })
  assert.equal(session.api.GetValue('adl.data._count'), '3')
  assert.equal(session.api.GetValue('adl.data.0.id'), 'notes')
  put(session, { 'adl.data.0.store': 'kept', 'adl.data.1.store': 'hidden' })
  const results = [session.api.GetValue('adl.data.1.store'), error(session), session.api.SetValue('adl.data.2.store', 'x'), error(session), session.api.SetValue('adl.data.3.id', 'x'), error(session), session.api.SetValue('adl.data.3.store', 'x'), error(session)]
  assert.deepEqual(results, ['', '405', 'false', '404', 'false', '404', 'false', '351'])
  session.api.Terminate('')
  lms.newAttempt()
  const next = lms.launch()
  next.api.Initialize('')
  assert.equal(next.api.GetValue('adl.data.0.store'), 'kept')
  const third = opened({ edition: 'scorm2004-3', facts }).session
  assert.deepEqual([third.api.GetValue('adl.data._count'), error(third)], ['', '401'])
})

test('the error functions leave the error alone, and the diagnostic says what was wrong', () => {
  const { session } = opened({ edition: 'scorm2004-4' })
  session.api.SetValue('cmi.score.scaled', '1.5')
  assert.equal(session.api.GetErrorString('407'), 'Data Model Element Value Out Of Range')
  assert.equal(session.api.GetErrorString('999'), '')
  assert.match(session.api.GetDiagnostic(''), /cmi\.score\.scaled: must be from -1 to 1/)
  assert.equal(session.api.GetLastError(), '407')
  assert.equal(session.api.GetValue('cmi.mode'), 'normal')
  assert.equal(session.api.GetLastError(), '0')
})

test('Moodle 1.2: offline Commit says true and never sends those values again (5)', () => {
  const { lms, session } = opened({ edition: 'scorm12', profile: 'moodle-4.5' })
  put(session, { 'cmi.suspend_data': 'a', 'cmi.core.lesson_location': 'p1' })
  session.trouble.commits = 'fail'
  assert.equal(session.api.LMSCommit(''), 'true')
  session.trouble.commits = 'ok'
  put(session, { 'cmi.suspend_data': 'a', 'cmi.core.lesson_location': 'p2' })
  session.api.LMSCommit('')
  assert.deepEqual([lms.attempt.values['cmi.suspend_data'], lms.attempt.values['cmi.core.lesson_location']], [undefined, 'p2'])
})

test('Moodle: session lost is false and 101 (7); Initialize after Finish in 1.2 alone (10)', () => {
  for (const edition of /** @type {const} */ (['scorm12', 'scorm2004-3'])) {
    const { session } = opened({ edition, profile: 'moodle-4.5' })
    session.trouble.commits = 'lost'
    const [commit, terminate, initialize] = edition === 'scorm12' ? ['LMSCommit', 'LMSFinish', 'LMSInitialize'] : ['Commit', 'Terminate', 'Initialize']
    assert.deepEqual([session.api[commit](''), error(session)], ['false', '101'])
    session.trouble.commits = 'ok'
    session.api[terminate]('')
    assert.deepEqual([session.api[initialize](''), error(session)], edition === 'scorm12' ? ['true', '0'] : ['false', '104'])
  }
})

test('Moodle: last words hold about 64 KiB; an early Commit cures 1.2, not 2004 (3), LF becomes CRLF (4)', () => {
  for (const [edition, kept] of /** @type {const} */ ([['scorm12', true], ['scorm2004-4', false]])) {
    const { lms, session } = opened({ edition, profile: 'moodle-4.5' })
    const [score, commit, terminate] = edition === 'scorm12' ? ['cmi.core.score.raw', 'LMSCommit', 'LMSFinish'] : ['cmi.score.raw', 'Commit', 'Terminate']
    put(session, { 'cmi.suspend_data': 'x'.repeat(64000), [edition === 'scorm12' ? 'cmi.comments' : 'cmi.comments_from_learner.0.comment']: 'y'.repeat(3000) })
    session.api[commit]('')
    session.trouble.leaving = true
    put(session, { [score]: '80' })
    assert.equal(session.api[terminate](''), String(kept))
    assert.equal(lms.attempt.values[score], kept ? '80' : undefined)
  }
  const { lms, session } = opened({ edition: 'scorm12', profile: 'moodle-4.5' })
  put(session, { 'cmi.suspend_data': 'x'.repeat(60000), 'cmi.core.lesson_location': 'a\nb' })
  session.trouble.leaving = true
  assert.equal(session.api.LMSFinish(''), 'true')
  assert.equal(lms.attempt.values['cmi.core.lesson_location'], 'a\r\nb')
})

test('Moodle 2004: a value set back to that of the launch stays as it was stored (6); blank unless suspended (21)', () => {
  const { lms, session } = opened({ edition: 'scorm2004-4', profile: 'moodle-4.5' })
  put(session, { 'cmi.suspend_data': 'first', 'cmi.exit': 'suspend' })
  session.api.Terminate('')
  const again = lms.launch()
  again.api.Initialize('')
  put(again, { 'cmi.suspend_data': 'second', 'cmi.exit': 'normal' })
  again.api.Commit('')
  put(again, { 'cmi.suspend_data': 'first' })
  again.api.Terminate('')
  assert.equal(lms.attempt.values['cmi.suspend_data'], 'second')
  const blank = lms.launch()
  blank.api.Initialize('')
  assert.deepEqual([blank.api.GetValue('cmi.suspend_data'), error(blank), lms.attempt.number], ['', '403', 1])
})

test('Moodle: an exit that a session does not set stays as it was stored; the standard forgets it', () => {
  for (const [profile, resumes] of /** @type {const} */ ([['moodle-4.5', true], ['strict', false]])) {
    const { lms, session } = opened({ edition: 'scorm2004-4', profile })
    put(session, { 'cmi.location': 'p1', 'cmi.exit': 'suspend', 'cmi.completion_status': 'completed' })
    session.api.Terminate('')
    const again = lms.launch()
    again.api.Initialize('')
    assert.equal(again.api.GetValue('cmi.mode'), profile === 'strict' ? 'normal' : 'review')
    put(again, { 'cmi.session_time': 'PT5S' })
    again.api.Terminate('')
    assert.deepEqual(lms.record().next, { entry: resumes ? 'resume' : 'ab-initio', data: resumes })
    const third = lms.launch()
    third.api.Initialize('')
    assert.equal(third.api.GetValue('cmi.location'), resumes ? 'p1' : '')
  }
})

test('Moodle: exit set back to that of the launch is not sent either (6); a 1.2 exit stays too', () => {
  const { lms, session } = opened({ edition: 'scorm2004-4', profile: 'moodle-4.5' })
  put(session, { 'cmi.exit': 'suspend' })
  session.api.Terminate('')
  const again = lms.launch()
  again.api.Initialize('')
  put(again, { 'cmi.exit': 'normal' })
  again.api.Commit('')
  put(again, { 'cmi.exit': 'suspend' })
  again.api.Terminate('')
  assert.equal(lms.attempt.exit, 'normal')
  const first = opened({ edition: 'scorm12', profile: 'moodle-4.5' })
  put(first.session, { 'cmi.core.exit': 'suspend' })
  first.session.api.LMSFinish('')
  const later = first.lms.launch()
  later.api.LMSInitialize('')
  put(later, { 'cmi.core.lesson_location': 'p2' })
  later.api.LMSFinish('')
  assert.equal(first.lms.record().next.entry, 'resume')
})

test('Moodle 2004: the threshold decides at Terminate, but not in review (17)', () => {
  const { lms, session } = opened({ edition: 'scorm2004-4', profile: 'moodle-4.5', facts: { completionThreshold: '0.8' } })
  put(session, { 'cmi.completion_status': 'completed', 'cmi.progress_measure': '0.5', 'cmi.exit': 'suspend' })
  session.api.Commit('')
  assert.equal(lms.record().status.completion, 'completed')
  const review = lms.launch()
  review.api.Initialize('')
  assert.equal(review.api.GetValue('cmi.mode'), 'review')
  review.api.Terminate('')
  assert.equal(lms.record().status.completion, 'completed')
  const normal = lms.launch({ mode: 'normal', credit: 'credit' })
  normal.api.Initialize('')
  normal.api.Terminate('')
  assert.equal(lms.record().status.completion, 'incomplete')
})

test('Moodle: limits and formats as measured (11, 12, 13)', () => {
  const first = opened({ edition: 'scorm12', profile: 'moodle-4.5' }).session
  put(first, { 'cmi.suspend_data': 'x'.repeat(64000), 'cmi.core.lesson_location': 'x'.repeat(300), 'cmi.comments': 'a' })
  put(first, { 'cmi.comments': 'b' })
  assert.equal(first.api.LMSGetValue('cmi.comments'), 'ab')
  assert.equal(first.api.LMSSetValue('cmi.suspend_data', 'x'.repeat(64001)), 'false')
  const second = opened({ edition: 'scorm2004-4', profile: 'moodle-4.5' }).session
  put(second, { 'cmi.interactions.0.id': 'q', 'cmi.interactions.0.type': 'choice', 'cmi.interactions.0.learner_response': 'a_1[,]b.2', 'cmi.score.raw': '99999' })
  for (const [name, value] of [['cmi.interactions.0.learner_response', 'a-1'], ['cmi.interactions.0.learner_response', ''], ['cmi.interactions.0.description', 'a\nb'], ['cmi.score.raw', '100000']]) {
    assert.deepEqual([second.api.SetValue(name, value), error(second)], ['false', '406'], name)
  }
})

test('Moodle: gradebook and tick, with reasons (15, 16, 18, 19, 20, 22, 23)', () => {
  const { lms, session } = opened({ edition: 'scorm12', profile: 'moodle-4.5', facts: { masteryScore: '80' } })
  put(session, { 'cmi.core.score.raw': '90', 'cmi.core.score.max': '100' })
  session.api.LMSFinish('')
  const record = lms.record()
  assert.deepEqual(record.gradebook, { known: true, text: '90 / 100', points: 90, outOf: 100 })
  assert.deepEqual([record.status.completion, record.completion.ticked], ['passed', false])
  assert.deepEqual(record.reasons.filter(({ line }) => ['mastery', 'completion-rule', 'grade'].includes(line)).map(({ evidence }) => evidence), ['15', '16', '19'])
  assert.ok(!record.reasons.some(({ line }) => line === 'review-after-completion'))
  assert.equal(lms.launch().values()['cmi.core.lesson_mode'], 'review')
  assert.ok(lms.record().reasons.some(({ line }) => line === 'review-after-completion'))

  const second = opened({ edition: 'scorm2004-4', profile: 'moodle-4.5', facts: { passingScore: '0.5' } })
  put(second.session, { 'cmi.score.scaled': '0.9' })
  second.session.api.Terminate('')
  const later = second.lms.record()
  assert.deepEqual([later.gradebook.points, later.status, later.time.text], [0, { completion: 'unknown', success: 'unknown' }, 'P'])
  second.lms.newAttempt()
  const third = second.lms.launch()
  third.api.Initialize('')
  put(third, { 'cmi.completion_status': 'completed', 'cmi.score.raw': '500', 'cmi.score.max': '1000' })
  third.api.Terminate('')
  assert.deepEqual([second.lms.record().gradebook.points, second.lms.record().gradebook.text], [100, '100 / 100 in this attempt'])
  second.lms.newAttempt()
  assert.equal(second.lms.record().completion.ticked, true)
})

test('strict claims nothing about gradebooks, and every reason names its evidence', () => {
  const { lms, session } = opened({ edition: 'scorm2004-4' })
  put(session, { 'cmi.score.raw': '90' })
  session.api.Terminate('')
  const record = lms.record()
  assert.deepEqual([record.gradebook.known, record.completion.known, record.completion.ticked], [false, false, null])
  assert.ok(record.reasons.length > 0 && record.reasons.every(({ evidence, says }) => evidence && says))
  assert.deepEqual(record, summarise(lms.edition, lms.attempt, lms.profile))
})

test('a record holds interactions, objectives and comments in their order', () => {
  const { lms, session } = opened({ edition: 'scorm2004-4' })
  for (let index = 0; index < 11; index++) put(session, { [`cmi.interactions.${index}.id`]: `q${index}`, [`cmi.interactions.${index}.type`]: 'choice' })
  put(session, {
    'cmi.interactions.10.correct_responses.0.pattern': 'a', 'cmi.interactions.10.correct_responses.1.pattern': 'b', 'cmi.interactions.10.learner_response': 'b',
    'cmi.interactions.10.result': 'correct', 'cmi.objectives.0.id': 'o1', 'cmi.objectives.0.success_status': 'passed', 'cmi.comments_from_learner.0.comment': 'Hello'
  })
  session.api.Terminate('')
  const { interactions, objectives, comments } = lms.record()
  assert.deepEqual(interactions.map(({ id }) => id), [...Array(11).keys()].map((index) => `q${index}`))
  assert.deepEqual([interactions[10].correct, interactions[10].response, interactions[10].result], [['a', 'b'], 'b', 'correct'])
  assert.deepEqual(objectives, [{ id: 'o1', status: 'unknown', success: 'passed', score: null }])
  assert.deepEqual(comments, [{ text: 'Hello', location: '', time: '' }])
})
