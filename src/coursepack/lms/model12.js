// @ts-check
/** The data model of SCORM 1.2, the optional elements included ([1.2-RTE] 3.4.4). */

import { decimal12, identifier12, integer, oneOf, orBlank, string, time12, timespan } from './formats.js'
import { feedback12 } from './responses.js'

/** @typedef {import('./formats.js').Check} Check */
/**
 * One element. `first`: its value before anybody wrote one; null where there is none. `fleeting`: starts anew with each
 * session. `needs`: members of the same entry that must be written before.
 * @typedef {{ access: 'r' | 'w' | 'rw', check: Check, first: string | null, fleeting?: boolean, needs?: string[] }} Element
 */
/**
 * `collections`: how many entries are sure to be kept. `children`: the answer to `_children`.
 * @typedef {{ version: string, elements: Record<string, Element>, collections: Record<string, number>, children: Record<string, string> }} Model
 */

/** @type {Check} */
const anything = () => null
/** @param {string} [first] @returns {Element} */
const r = (first = '') => ({ access: 'r', check: anything, first })
/** @param {Check} check @param {string} [first] @returns {Element} */
const rw = (check, first = '') => ({ access: 'rw', check, first })
/** @param {Check} check @returns {Element} */
const w = (check) => ({ access: 'w', check, first: '' })

const score = orBlank(decimal12(0, 100))
const STATUS = ['passed', 'completed', 'failed', 'incomplete', 'browsed']
const ANSWER = ['correct', 'wrong', 'unanticipated', 'neutral']
/** @type {Check} */
const result = (text, context) => (ANSWER.includes(text) ? null : decimal12()(text, context) && oneOf(...ANSWER, 'a number')(text, context))

/** @type {Record<string, Element>} */
const elements = {
  'cmi.core.student_id': r(),
  'cmi.core.student_name': r(),
  'cmi.core.lesson_location': rw(string(255)),
  'cmi.core.credit': r('credit'),
  'cmi.core.lesson_status': rw(oneOf(...STATUS), 'not attempted'),
  'cmi.core.entry': r(),
  'cmi.core.score.raw': rw(score),
  'cmi.core.score.max': rw(score),
  'cmi.core.score.min': rw(score),
  'cmi.core.total_time': r('0000:00:00.00'),
  'cmi.core.lesson_mode': r('normal'),
  'cmi.core.exit': { ...w(oneOf('time-out', 'suspend', 'logout', '')), fleeting: true },
  'cmi.core.session_time': { ...w(timespan), fleeting: true },
  'cmi.suspend_data': rw(string(4096)),
  'cmi.launch_data': r(),
  'cmi.comments': rw(string(4096)),
  'cmi.comments_from_lms': r(),
  'cmi.student_data.mastery_score': r(),
  'cmi.student_data.max_time_allowed': r(),
  'cmi.student_data.time_limit_action': r(),
  'cmi.student_preference.audio': rw(integer(-1, 100)),
  'cmi.student_preference.language': rw(string(255)),
  'cmi.student_preference.speed': rw(integer(-100, 100)),
  'cmi.student_preference.text': rw(integer(-1, 1)),
  'cmi.objectives.n.id': rw(identifier12),
  'cmi.objectives.n.score.raw': rw(score),
  'cmi.objectives.n.score.max': rw(score),
  'cmi.objectives.n.score.min': rw(score),
  'cmi.objectives.n.status': rw(oneOf(...STATUS, 'not attempted')),
  'cmi.interactions.n.id': w(identifier12),
  'cmi.interactions.n.objectives.n.id': w(identifier12),
  'cmi.interactions.n.time': w(time12),
  'cmi.interactions.n.type': w(oneOf('true-false', 'choice', 'fill-in', 'matching', 'performance', 'sequencing', 'likert', 'numeric')),
  'cmi.interactions.n.correct_responses.n.pattern': w(feedback12),
  'cmi.interactions.n.weighting': w(decimal12()),
  'cmi.interactions.n.student_response': w(feedback12),
  'cmi.interactions.n.result': w(result),
  'cmi.interactions.n.latency': w(timespan)
}

/** @type {Model} */
export const MODEL12 = {
  version: '3.4',
  elements,
  collections: {
    'cmi.objectives': Infinity,
    'cmi.interactions': Infinity,
    'cmi.interactions.n.objectives': Infinity,
    'cmi.interactions.n.correct_responses': Infinity
  },
  children: {
    'cmi.core': 'student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time',
    'cmi.core.score': 'raw,min,max',
    'cmi.student_data': 'mastery_score,max_time_allowed,time_limit_action',
    'cmi.student_preference': 'audio,language,speed,text',
    'cmi.objectives': 'id,score,status',
    'cmi.objectives.n.score': 'raw,min,max',
    'cmi.interactions': 'id,objectives,time,type,correct_responses,weighting,student_response,result,latency'
  }
}
