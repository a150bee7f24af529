/** A SCORM driver in a page below an LMS, and the records that it is given. */

import { scorm12 } from '../../src/coursepack/runtime/drivers/scorm12.js'
import { scorm2004 } from '../../src/coursepack/runtime/drivers/scorm2004.js'
import { createView } from './lms.mjs'

const DRIVERS = { scorm12, scorm2004 }
/** The elements of both editions by what they hold. */
export const ELEMENTS = {
  scorm12: { status: 'cmi.core.lesson_status', exit: 'cmi.core.exit', mode: 'cmi.core.lesson_mode', raw: 'cmi.core.score.raw', time: 'cmi.core.session_time' },
  scorm2004: { status: 'cmi.completion_status', exit: 'cmi.exit', mode: 'cmi.mode', raw: 'cmi.score.raw', time: 'cmi.session_time' }
}

export function launch(edition, lms) {
  const view = createView({ above: createView({ own: { [lms.name]: lms.bridge } }) })
  return DRIVERS[edition]({ view })
}

export const question = (n) => ({
  n, id: `q${n}`, type: 'choice', text: 'Which?', points: 1, attempts: 1, shuffle: false, quiz: 1, max: 40, scored: true,
  options: [{ n: 1, id: 'a', text: 'a' }, { n: 2, id: 'b', text: 'b', right: true }]
})
export const answered = (n, response, at = new Date(2026, 10, 3, 9, 0, n)) => ({
  n, question: question(n), reflection: null, response, shown: at, latency: 1500,
  verdict: response === 2 ? { result: 'correct', share: 1, earned: 1 } : { result: 'incorrect', share: 0, earned: 0 }
})
export const record = (more = {}) => ({
  encode: (counter, entries) => `1state-${counter}-${[...entries].join('_')}`, location: 'intro', completion: 'incomplete', success: 'unknown',
  score: null, progress: 0.25, graded: true, entries: new Map(), interactions: [], ...more
})
export const how = (more = {}) => ({ counter: 1, seconds: 12.5, resend: false, ...more })
