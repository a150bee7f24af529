// @ts-check
/** The data model of SCORM 2004: 3rd edition, and 4th with its shared data ([4-RTE] 4.2, 4.3; [4-SN] 5.6). */

import { all, interval, language, localized, matching, oneOf, real, string, timestamp } from './formats.js'
import { identifier2004, pattern2004, response2004 } from './responses.js'

/** @typedef {import('./formats.js').Check} Check */
/** @typedef {import('./model12.js').Element} Element */
/** @typedef {import('./model12.js').Model} Model */

/** @type {Check} */
const anything = () => null
/** @param {string | null} [first] @returns {Element} */
const r = (first = null) => ({ access: 'r', check: anything, first })
/** @param {Check} check @param {string | null} [first] @returns {Element} */
const rw = (check, first = null) => ({ access: 'rw', check, first })
/** @param {Check} check @returns {Element} */
const w = (check) => ({ access: 'w', check, first: null, fleeting: true })
/** @param {Element} element @param {string[]} needs @returns {Element} */
const after = (element, ...needs) => ({ ...element, needs })

const completion = oneOf('completed', 'incomplete', 'not attempted', 'unknown')
const success = oneOf('passed', 'failed', 'unknown')
const ANSWER = ['correct', 'incorrect', 'unanticipated', 'neutral']
/** @type {Check} */
const result = (text, context) => (ANSWER.includes(text) ? null : real()(text, context) && oneOf(...ANSWER, 'a number')(text, context))
/** @type {Check} */
const unique = (text, context) => (context.others('id').includes(text) ? { kind: 'duplicate', why: 'another entry has this id' } : null)
/** @type {Check} */
const unchanged = (text, context) => {
  const was = context.own('id')
  return was === undefined || was === text ? null : { kind: 'duplicate', why: `the id is "${was}" already; an id never changes` }
}
const TYPES = ['true-false', 'choice', 'fill-in', 'long-fill-in', 'matching', 'performance', 'sequencing', 'likert', 'numeric', 'other']
/** @param {string} targeted */
const request = (targeted) => matching(
  new RegExp(`^(continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|_none_|\\{target=[^{}\\s]+\\}(${targeted}))$`),
  'must be a navigation request such as exitAll or {target=ID}choice'
)

/** @param {'comments_from_learner' | 'comments_from_lms'} name @param {boolean} writable @returns {Record<string, Element>} */
const comments = (name, writable) => ({
  [`cmi.${name}.n.comment`]: writable ? rw(localized(4000)) : r(),
  [`cmi.${name}.n.location`]: writable ? rw(string(250)) : r(),
  [`cmi.${name}.n.timestamp`]: writable ? rw(timestamp) : r()
})

/** @type {Record<string, Element>} */
const elements = {
  ...comments('comments_from_learner', true),
  ...comments('comments_from_lms', false),
  'cmi.completion_status': rw(completion, 'unknown'),
  'cmi.completion_threshold': r(),
  'cmi.credit': r('credit'),
  'cmi.entry': r('ab-initio'),
  'cmi.exit': w(oneOf('time-out', 'suspend', 'logout', 'normal', '')),
  'cmi.interactions.n.id': rw(all(identifier2004, unchanged)),
  'cmi.interactions.n.type': after(rw(oneOf(...TYPES)), 'id'),
  'cmi.interactions.n.objectives.n.id': after(rw(all(identifier2004, unique)), '^id'),
  'cmi.interactions.n.timestamp': after(rw(timestamp), 'id'),
  'cmi.interactions.n.correct_responses.n.pattern': after(rw(pattern2004), '^id', '^type'),
  'cmi.interactions.n.weighting': after(rw(real()), 'id'),
  'cmi.interactions.n.learner_response': after(rw(response2004), 'id', 'type'),
  'cmi.interactions.n.result': after(rw(result), 'id'),
  'cmi.interactions.n.latency': after(rw(interval), 'id'),
  'cmi.interactions.n.description': after(rw(localized(250)), 'id'),
  'cmi.launch_data': r(),
  'cmi.learner_id': r(),
  'cmi.learner_name': r(),
  'cmi.learner_preference.audio_level': rw(real(0), '1'),
  'cmi.learner_preference.language': rw(all(language, string(250)), ''),
  'cmi.learner_preference.delivery_speed': rw(real(0), '1'),
  'cmi.learner_preference.audio_captioning': rw(oneOf('-1', '0', '1'), '0'),
  'cmi.location': rw(string(1000)),
  'cmi.max_time_allowed': r(),
  'cmi.mode': r('normal'),
  'cmi.objectives.n.id': rw(all(identifier2004, unchanged, unique)),
  'cmi.objectives.n.score.scaled': after(rw(real(-1, 1)), 'id'),
  'cmi.objectives.n.score.raw': after(rw(real()), 'id'),
  'cmi.objectives.n.score.min': after(rw(real()), 'id'),
  'cmi.objectives.n.score.max': after(rw(real()), 'id'),
  'cmi.objectives.n.success_status': after(rw(success, 'unknown'), 'id'),
  'cmi.objectives.n.completion_status': after(rw(completion, 'unknown'), 'id'),
  'cmi.objectives.n.progress_measure': after(rw(real(0, 1)), 'id'),
  'cmi.objectives.n.description': after(rw(localized(250)), 'id'),
  'cmi.progress_measure': rw(real(0, 1)),
  'cmi.scaled_passing_score': r(),
  'cmi.score.scaled': rw(real(-1, 1)),
  'cmi.score.raw': rw(real()),
  'cmi.score.min': rw(real()),
  'cmi.score.max': rw(real()),
  'cmi.session_time': w(interval),
  'cmi.success_status': rw(success, 'unknown'),
  'cmi.suspend_data': rw(string(64000)),
  'cmi.time_limit_action': r('continue,no message'),
  'cmi.total_time': r('PT0H0M0S'),
  'adl.nav.request': { ...rw(request('choice'), '_none_'), fleeting: true },
  'adl.nav.request_valid.continue': r('unknown'),
  'adl.nav.request_valid.previous': r('unknown')
}

/** @type {Model} */
export const MODEL2004_3 = {
  version: '1.0',
  elements,
  collections: {
    'cmi.comments_from_learner': 250,
    'cmi.comments_from_lms': 100,
    'cmi.interactions': 250,
    'cmi.interactions.n.objectives': 10,
    'cmi.interactions.n.correct_responses': Infinity,
    'cmi.objectives': 100
  },
  children: {
    'cmi.comments_from_learner': 'comment,location,timestamp',
    'cmi.comments_from_lms': 'comment,location,timestamp',
    'cmi.interactions': 'id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,description',
    'cmi.learner_preference': 'audio_level,language,delivery_speed,audio_captioning',
    'cmi.objectives': 'id,score,success_status,completion_status,progress_measure,description',
    'cmi.objectives.n.score': 'scaled,raw,min,max',
    'cmi.score': 'scaled,raw,min,max'
  }
}

/** @type {Model} */
export const MODEL2004_4 = {
  version: '1.0',
  elements: {
    ...elements,
    'adl.nav.request': { ...rw(request('choice|jump'), '_none_'), fleeting: true },
    'adl.data.n.id': r(),
    'adl.data.n.store': rw(string(64000))
  },
  collections: { ...MODEL2004_3.collections, 'adl.data': Infinity },
  children: { ...MODEL2004_3.children, 'adl.data': 'id,store' }
}
