// @ts-check
/** What becomes of a commit: by the standard, by trouble that a tester makes, and by what was measured of an LMS. */

import { difference } from './api.js'
import { FUNCTIONS } from './errors.js'
import { line } from './profiles.js'

/** @typedef {import('./contract').Values} Values */
/** @typedef {import('./api.js').Sending} Sending */
/** @typedef {import('./api.js').Sent} Sent */

/** Bytes of the request, as a form encodes it: an estimate. @param {Values} changes */
const size = (changes) => Object.entries(changes).reduce((sum, [name, value]) => sum + weigh(name) + weigh(value) + 3, 0)
/** @param {string} text */
const weigh = (text) => encodeURIComponent(text.replace(/[\uD800-\uDFFF]/gu, '?')).length

/** @param {Values} values @returns {Values} */
const withCrlf = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.replace(/\r?\n/g, '\r\n')]))

/**
 * @param {import('./contract').Profile} profile @param {import('./contract').Edition} edition
 * @returns {(sending: Sending) => Sent}
 */
export function sender(profile, edition) {
  const first = edition === 'scorm12'
  const { failed } = FUNCTIONS[first ? 'scorm12' : 'scorm2004']
  const setBack = line(profile, edition, 'set-back')
  const beacon = line(profile, edition, 'beacon')
  const lies = line(profile, edition, 'failed-commit')
  const lost = line(profile, edition, 'session-lost')

  return ({ by, now, launched, sent, trouble }) => {
    const changes = difference(now, setBack ? launched : sent)
    /** @param {string} reason @param {string} [code] @returns {Sent} */
    const refused = (reason, code = by === 'Commit' ? failed.commit : failed.terminate) =>
      ({ answer: 'false', code, changes, store: null, sent: null, reason })
    /** @param {string} reason @param {Values | null} marked @returns {Sent} */
    const lied = (reason, marked) => ({ answer: 'true', code: '0', changes, store: null, sent: marked, reason })

    if (trouble.commits === 'lost') return refused('the learner\'s session on the server is gone', lost && by === 'Commit' ? '101' : undefined)
    if (trouble.commits === 'fail') return lies && by === 'Commit' ? lied(`the line is down: ${lies.says}`, now) : refused('the line to the LMS is down')
    if (trouble.commits === 'lie') return lied('the LMS said true but kept nothing', null)
    if (trouble.leaving && beacon && size(changes) > (beacon.limit ?? Infinity)) return refused(`${size(changes)} bytes: ${beacon.says}`)
    const store = trouble.leaving && line(profile, edition, 'beacon-newlines') ? withCrlf(changes) : changes
    return { answer: 'true', code: '0', changes, store, sent: now, reason: '' }
  }
}
