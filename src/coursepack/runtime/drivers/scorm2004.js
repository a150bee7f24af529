// @ts-check
/** SCORM 2004, 3rd and 4th edition: the same calls and values serve both. */

import { createApi } from '../api.js'
import { cut, decimal, interval } from '../formats.js'
import { scorm2004Entry } from '../interactions.js'
import { offline } from '../storage.js'
import { createReporter } from './report.js'

const NAMES = {
  initialize: 'Initialize', terminate: 'Terminate', get: 'GetValue', set: 'SetValue', commit: 'Commit', error: 'GetLastError'
}
const COMPLETION = 'cmi.completion_status'
const DEAD = ['101', '102', '103', '104', '123', '132', '133', '391']

/** @param {string} text @returns {number | null} */
const number = (text) => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : null)

/**
 * @param {{ view?: any, later?: import('../api.js').Later, now?: () => number }} [edge]
 * @returns {import('../contract').Driver}
 */
export function scorm2004({ view = window, later, now } = {}) {
  const api = createApi({
    view, name: 'API_1484_11', names: NAMES, unsupported: ['401', '402', '404'], dead: DEAD, offline: () => offline(view), later, now
  })
  const report = createReporter(api, scorm2004Entry, true)
  let completion = ''
  let success = ''
  let writes = false

  /** @param {import('../contract').Completion} next */
  function complete(next) {
    if (completion === 'completed' || completion === next) return true
    const arrived = api.put(COMPLETION, next)
    if (arrived) completion = next
    return arrived
  }

  /** @param {import('../contract').Success} next */
  function succeed(next) {
    if (next === 'unknown' || success === 'passed' || success === next) return true
    const arrived = api.put('cmi.success_status', next)
    if (arrived) success = next
    return arrived
  }

  /** @returns {import('../contract').Score | null} */
  function score() {
    const raw = number(api.read('cmi.score.raw'))
    const scaled = number(api.read('cmi.score.scaled')) ?? (raw === null ? null : raw / 100)
    return scaled === null ? null : { scaled, raw: raw ?? scaled * 100 }
  }

  return {
    name: 'scorm2004',
    leave: view.opener ? () => view.close() : undefined,

    async open() {
      await api.find()
      const session = api.initialize(COMPLETION)
      const connected = session === 'open'
      const ended = session === 'over'
      const state = api.read('cmi.suspend_data')
      const said = api.read('cmi.mode').toLowerCase()
      const mode = said === 'browse' || said === 'review' ? said : 'normal'
      completion = api.read(COMPLETION).toLowerCase()
      success = api.read('cmi.success_status').toLowerCase()
      api.read('cmi.progress_measure')
      const held = score()
      const [was, done] = [completion, success]
      const begun = state !== '' || ['incomplete', 'completed'].includes(was) || api.read('cmi.entry').toLowerCase() === 'resume'
      let committed = connected
      if (connected && mode === 'normal') {
        writes = true
        if (was !== '' || state === '') complete('incomplete')
        api.put('cmi.exit', 'suspend')
        committed = api.commit()
      }
      return {
        connected, mode, begun, committed, state, ended,
        credit: api.read('cmi.credit').toLowerCase() !== 'no-credit',
        learner: { id: api.read('cmi.learner_id'), name: api.read('cmi.learner_name').replace(/^\{lang=[^}]*\}/, '') },
        completion: was === 'completed' ? 'completed' : 'incomplete',
        success: done === 'passed' || done === 'failed' ? done : 'unknown',
        score: held
      }
    },

    write(record, { counter, seconds, resend }) {
      if (!writes) return false
      let arrived = !resend || api.again()
      if (record) {
        api.put('cmi.location', cut(record.location, 1000))
        const plan = report.plan(record.interactions, record.entries)
        const state = record.encode(counter, record.entries)
        arrived = api.put('cmi.suspend_data', state) && !api.refuses('cmi.suspend_data', state) && arrived
        report.write(plan, record.entries)
        if (record.score) {
          arrived = api.put('cmi.score.scaled', decimal(record.score.scaled, 4)) && arrived
          arrived = api.put('cmi.score.raw', decimal(record.score.raw, 2)) && arrived
          api.put('cmi.score.min', '0')
          api.put('cmi.score.max', '100')
        }
        api.put('cmi.progress_measure', decimal(record.progress, 4))
        arrived = succeed(record.success) && arrived
        arrived = complete(record.completion) && arrived
      }
      return api.put('cmi.session_time', interval(seconds)) && arrived
    },

    commit: () => api.commit(),
    doubt: () => api.doubt(),

    close({ finished, exit }) {
      if (writes && finished && exit === 'normal') api.put('cmi.exit', 'normal')
      writes = false
      api.terminate()
    }
  }
}
