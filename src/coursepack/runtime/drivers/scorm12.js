// @ts-check
/** SCORM 1.2: one status for completion and success, whole words for little. */

import { createApi } from '../api.js'
import { cut, decimal, timespan } from '../formats.js'
import { scorm12Entry } from '../interactions.js'
import { offline } from '../storage.js'
import { createReporter } from './report.js'

/** @typedef {import('../contract').LmsRecord} LmsRecord */

const NAMES = {
  initialize: 'LMSInitialize', terminate: 'LMSFinish', get: 'LMSGetValue', set: 'LMSSetValue', commit: 'LMSCommit',
  error: 'LMSGetLastError'
}
const STATUS = 'cmi.core.lesson_status'
/** A status is only ever replaced by a later one of these; `unknown` is not a word of 1.2, but some LMSs say it. */
const RANKS = ['', 'unknown', 'not attempted', 'browsed', 'incomplete', 'failed', 'completed', 'passed']
const rank = (/** @type {string} */ status) => RANKS.indexOf(status)

/**
 * The one field's word for completion and success: failed and passed only count once the course is done.
 * @param {LmsRecord} record
 */
export function lessonStatus({ completion, success, graded }) {
  if (completion !== 'completed') return 'incomplete'
  if (success === 'passed') return 'passed'
  if (!graded) return 'completed'
  return success === 'failed' ? 'failed' : 'incomplete'
}

/**
 * @param {{ view?: any, later?: import('../api.js').Later, now?: () => number }} [edge]
 * @returns {import('../contract').Driver}
 */
export function scorm12({ view = window, later, now } = {}) {
  const api = createApi({
    view, name: 'API', names: NAMES, unsupported: ['401', '402', '403'], dead: ['101', '301'], offline: () => offline(view), later, now
  })
  const report = createReporter(api, scorm12Entry, false)
  let status = ''
  let writes = false

  /** @param {string} next */
  function raise(next) {
    if (rank(next) <= rank(status)) return true
    const arrived = api.put(STATUS, next)
    if (arrived) status = next
    return arrived
  }

  return {
    name: 'scorm12',
    leave: view.opener ? () => view.close() : undefined,

    async open() {
      await api.find()
      const session = api.initialize(STATUS)
      const connected = session === 'open'
      const ended = session === 'over'
      const state = api.read('cmi.suspend_data')
      const said = api.read('cmi.core.lesson_mode').toLowerCase()
      const mode = said === 'browse' || said === 'review' ? said : 'normal'
      status = api.read(STATUS).toLowerCase()
      if (rank(status) < 0) status = ''
      const initial = status
      const raw = api.read('cmi.core.score.raw')
      const begun = state !== '' || rank(status) > rank('not attempted') || api.read('cmi.core.entry').toLowerCase() === 'resume'
      let committed = connected
      if (mode === 'browse' && status === 'not attempted') {
        raise('browsed')
        api.commit()
      }
      if (connected && mode === 'normal') {
        writes = true
        if (status !== '' || state === '') raise('incomplete')
        api.put('cmi.core.exit', 'suspend')
        committed = api.commit()
      }
      return {
        connected, mode, begun, committed, state, ended,
        credit: api.read('cmi.core.credit').toLowerCase() !== 'no-credit',
        learner: { id: api.read('cmi.core.student_id'), name: api.read('cmi.core.student_name') },
        completion: initial === 'completed' || initial === 'passed' ? 'completed' : 'incomplete',
        success: initial === 'passed' || initial === 'failed' ? initial : 'unknown',
        score: raw !== '' && Number.isFinite(Number(raw)) ? { raw: Number(raw), scaled: Number(raw) / 100 } : null
      }
    },

    write(record, { counter, seconds, resend }) {
      if (!writes) return false
      let arrived = !resend || api.again()
      if (record) {
        api.put('cmi.core.lesson_location', cut(record.location, 255))
        const plan = report.plan(record.interactions, record.entries)
        const state = record.encode(counter, record.entries)
        arrived = api.put('cmi.suspend_data', state) && !api.refuses('cmi.suspend_data', state) && arrived
        report.write(plan, record.entries)
        if (record.score) {
          api.put('cmi.core.score.min', '0')
          api.put('cmi.core.score.max', '100')
          arrived = api.put('cmi.core.score.raw', decimal(record.score.raw, 2)) && arrived
        }
        arrived = raise(lessonStatus(record)) && arrived
      }
      return api.put('cmi.core.session_time', timespan(seconds)) && arrived
    },

    commit: () => api.commit(),
    doubt: () => api.doubt(),

    close({ finished, exit }) {
      if (writes && finished && exit === 'normal') api.put('cmi.core.exit', '')
      writes = false
      api.terminate()
    }
  }
}
