// @ts-check
/** What each type of value takes and refuses: the edges that a random call seldom meets. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLms } from '../../src/coursepack/lms/index.js'

/** @param {'scorm12' | 'scorm2004-3' | 'scorm2004-4'} edition @param {string} type */
function session(edition, type = '') {
  const { api } = createLms({ edition }).launch()
  const [initialize, set] = edition === 'scorm12' ? [api.LMSInitialize, api.LMSSetValue] : [api.Initialize, api.SetValue]
  initialize('')
  set('cmi.interactions.0.id', 'q')
  if (type) set('cmi.interactions.0.type', type)
  return { api, set }
}
const many = (/** @type {number} */ count, mark = '[,]') => [...Array(count).keys()].map((index) => `o${index}`).join(mark)
const steps = (/** @type {number} */ count) => [...Array(count).keys()].map((index) => `s${index}[.]a`).join('[,]')

/** @type {[element: string, taken: string[], type: string[], range: string[]][]} */
const SINGLE = [
  ['cmi.interactions.0.timestamp', ['2038-12-31T23:59:59.99Z', '1970', '2026-11', '2026-11-23T09', '2026-11-23T09:30:00.5-11:30'], ['2039', '1969', '2026-11-23T09:30:00Z', '2026-11-23T09:30:00+02:00', '2026-11-23T09:30:00.123Z', '2026-11-32', '2026-11-23T24'], []],
  ['cmi.session_time', ['P1Y2M3DT4H5M6.78S', 'PT0S', 'P1D'], ['P', 'PT', 'P1DT', 'PT1.5H', 'PT1.234S', 'P1W', '', '-PT1S'], []],
  ['cmi.score.scaled', ['-1', '1', '0', '0.3333333333333333'], ['', '.5', '1.', '1e0', '+1', '0,5', 'NaN'], ['1.0001', '-1.1']],
  ['cmi.progress_measure', ['0', '1', '0.5'], ['', 'half'], ['-0.1', '1.1']],
  ['cmi.learner_preference.audio_level', ['0', '2.5'], ['loud'], ['-1']],
  ['cmi.exit', ['suspend', 'normal', 'time-out', 'logout', ''], ['Suspend', 'exit'], []],
  ['cmi.completion_status', ['completed', 'incomplete', 'not attempted', 'unknown'], ['passed', 'browsed', ''], []],
  ['cmi.success_status', ['passed', 'failed', 'unknown'], ['completed', ''], []],
  ['cmi.objectives.0.id', ['urn:x:q'], ['urn:q', 'a b', '', 'ä', 'x'.repeat(4001)], []],
  ['cmi.interactions.0.description', ['{lang=de}' + 'x'.repeat(250), '{x}'], ['x'.repeat(251), '{lang=}x', '{lang=de}' + 'x'.repeat(251)], []],
  ['cmi.location', ['x'.repeat(1000), ''], ['x'.repeat(1001)], []],
  ['cmi.suspend_data', ['x'.repeat(64000)], ['x'.repeat(64001)], []],
  ['adl.nav.request', ['_none_', '{target=a}choice', '{target=a}jump'], ['jump', '{target=}choice', 'Exit'], []]
]

test('2004: values by type', () => {
  for (const [element, taken, type, range] of SINGLE) {
    for (const [codes, values] of /** @type {const} */ ([['0', taken], ['406', type], ['407', range]])) {
      for (const value of values) {
        const { api, set } = session('scorm2004-4')
        set(element, value)
        assert.equal(api.GetLastError(), codes, `${element} = ${value.slice(0, 40)}`)
      }
    }
  }
})

/** @type {[type: string, what: 'learner_response' | 'correct_responses.0.pattern', taken: string[], refused: string[]][]} */
const RESPONSES = [
  ['true-false', 'learner_response', ['true', 'false'], ['t', '', 'True']],
  ['choice', 'learner_response', ['', 'a', many(36)], [many(37), 'a[,]a', 'a b', 'a[,]', 'x'.repeat(251)]],
  ['fill-in', 'learner_response', [many(10), '{lang=de}eins[,]zwei'], [many(11), 'x'.repeat(251)]],
  ['fill-in', 'correct_responses.0.pattern', ['{case_matters=true}{order_matters=false}a', '{order_matters=true}{case_matters=false}a[,]b'], ['{case_matters=yes}a']],
  ['long-fill-in', 'learner_response', ['x'.repeat(4000)], ['x'.repeat(4001)]],
  ['likert', 'learner_response', ['often'], ['', 'a b']],
  ['matching', 'learner_response', ['', 'a[.]1[,]b[.]2', steps(36)], ['a', 'a[.]1[.]2', steps(37), 'a[.]']],
  ['performance', 'learner_response', ['s[.]', '[.]a', steps(250)], ['s', '[.]', steps(251), '']],
  ['performance', 'correct_responses.0.pattern', ['{order_matters=false}s[.]1[:]5', steps(125)], ['s[.]5[:]1', steps(126)]],
  ['sequencing', 'learner_response', [many(36), 'a[,]a'], [many(37), '']],
  ['numeric', 'learner_response', ['3', '-0.5'], ['', '1e2', '3[:]3']],
  ['numeric', 'correct_responses.0.pattern', ['3[:]3', '4[:]', '[:]10', '[:]'], ['3', '5[:]3', 'a[:]b']],
  ['other', 'learner_response', ['x'.repeat(4000), ''], ['x'.repeat(4001)]]
]

test('2004: responses and patterns by type of interaction', () => {
  for (const [type, what, taken, refused] of RESPONSES) {
    for (const [code, values] of /** @type {const} */ ([['0', taken], ['406', refused]])) {
      for (const value of values) {
        const { api, set } = session('scorm2004-4', type)
        set(`cmi.interactions.0.${what}`, value)
        assert.equal(api.GetLastError(), code, `${type} ${what} = ${value.slice(0, 60)}`)
      }
    }
  }
})

test('2004: how many patterns a type takes, and that they differ', () => {
  const counts = { 'true-false': 1, choice: 10, 'fill-in': 5, matching: 5, performance: 5, sequencing: 5, likert: 1, numeric: 1, other: 1 }
  /** @type {Record<string, (index: number) => string>} */
  const pattern = { 'true-false': () => 'true', matching: (index) => `a${index}[.]b`, performance: (index) => `a${index}[.]b`, numeric: () => '1[:]2' }
  for (const [type, most] of Object.entries(counts)) {
    const { api, set } = session('scorm2004-3', type)
    const at = pattern[type] ?? ((/** @type {number} */ index) => `a${index}`)
    for (let index = 0; index <= most; index++) {
      set(`cmi.interactions.0.correct_responses.${index}.pattern`, at(index))
      assert.equal(api.GetLastError(), index < most ? '0' : '351', `${type} ${index}`)
    }
  }
  const { api, set } = session('scorm2004-4', 'choice')
  set('cmi.interactions.0.correct_responses.0.pattern', 'a')
  set('cmi.interactions.0.correct_responses.1.pattern', 'a')
  assert.equal(api.GetLastError(), '351')
})

test('2004: as many entries as are sure to be kept', () => {
  const { api, set } = session('scorm2004-4', 'choice')
  for (const [list, most] of /** @type {const} */ ([['cmi.objectives', 100], ['cmi.interactions.0.objectives', 10]])) {
    for (let index = 0; index < most; index++) assert.equal(set(`${list}.${index}.id`, `o${index}`), 'true')
    assert.deepEqual([set(`${list}.${most}.id`, 'more'), api.GetLastError()], ['false', '351'])
  }
})

/** @type {[element: string, type: string, taken: string[], refused: string[]][]} */
const FIRST = [
  ['cmi.core.score.raw', '', ['', '0', '100', '66.67'], ['-1', '100.01', '.5', '1e1', '1,5']],
  ['cmi.core.lesson_status', '', ['passed', 'browsed'], ['not attempted', 'Passed', 'unknown', '']],
  ['cmi.core.exit', '', ['', 'suspend', 'logout', 'time-out'], ['normal']],
  ['cmi.core.session_time', '', ['00:00:00', '9999:59:59.99'], ['0:00:01', '00:00:01.234', '10000:00:00', '00:60:00']],
  ['cmi.core.lesson_location', '', ['x'.repeat(255)], ['x'.repeat(256)]],
  ['cmi.suspend_data', '', ['x'.repeat(4096)], ['x'.repeat(4097)]],
  ['cmi.student_preference.audio', '', ['-1', '100'], ['-2', '101', '0.5']],
  ['cmi.student_preference.text', '', ['-1', '0', '1'], ['2']],
  ['cmi.interactions.0.time', '', ['23:59:59', '00:00:00.5'], ['24:00:00', '9:00:00']],
  ['cmi.interactions.0.student_response', 'choice', ['a', 'a,c', '{a,c}'], ['ab', 'A', 'a,', '']],
  ['cmi.interactions.0.student_response', 'matching', ['1.a,2.b', '{1.a}'], ['1', '1.a.b']],
  ['cmi.interactions.0.student_response', 'true-false', ['0', 't', 'true'], ['yes', '']],
  ['cmi.interactions.0.student_response', 'likert', ['3', ''], ['10']],
  ['cmi.interactions.0.student_response', 'numeric', ['-1.5'], ['1e2', '']],
  ['cmi.interactions.0.result', '', ['wrong', 'neutral', '0.5'], ['incorrect', '']]
]

test('1.2: values by type', () => {
  for (const [element, type, taken, refused] of FIRST) {
    for (const [code, values] of /** @type {const} */ ([['0', taken], ['405', refused]])) {
      for (const value of values) {
        const { api, set } = session('scorm12', type)
        set(element, value)
        assert.equal(api.LMSGetLastError(), code, `${element} ${type} = ${value.slice(0, 40)}`)
      }
    }
  }
})
