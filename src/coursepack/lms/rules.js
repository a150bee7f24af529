// @ts-check
/** What the LMS decides by itself: statuses, mode and credit, how a launch begins. */

import { line } from './profiles.js'

/** @typedef {import('./contract').Attempt} Attempt */
/** @typedef {import('./contract').Edition} Edition */
/** @typedef {import('./contract').Facts} Facts */
/** @typedef {import('./contract').Profile} Profile */
/** @typedef {import('./contract').Values} Values */

/** @param {Values} values @param {boolean} first */
export const statusOf = (values, first) => values[first ? 'cmi.core.lesson_status' : 'cmi.completion_status'] ?? (first ? 'not attempted' : 'unknown')

/**
 * What a Get of a 2004 status answers where the manifest has a threshold or a passing score.
 * @param {Facts} facts @param {string} name @param {string | null} value @param {(name: string) => string | undefined} read
 */
export function evaluated(facts, name, value, read) {
  if (name === 'cmi.completion_status' && facts.completionThreshold !== undefined) {
    const measure = read('cmi.progress_measure')
    if (measure === undefined) return 'unknown'
    return Number(measure) >= Number(facts.completionThreshold) ? 'completed' : 'incomplete'
  }
  if (name === 'cmi.success_status' && facts.passingScore !== undefined) {
    const scaled = read('cmi.score.scaled')
    if (scaled === undefined) return 'unknown'
    return Number(scaled) >= Number(facts.passingScore) ? 'passed' : 'failed'
  }
  return value
}

/**
 * What the LMS writes itself at Terminate.
 * @param {Profile} profile @param {Edition} edition @param {Facts} facts @param {Values} now @returns {Values}
 */
export function closing(profile, edition, facts, now) {
  if (edition === 'scorm12') {
    const raw = now['cmi.core.score.raw'] ?? ''
    const credit = !line(profile, edition, 'no-credit') || now['cmi.core.credit'] !== 'no-credit'
    if (facts.masteryScore && raw !== '' && credit) {
      return { 'cmi.core.lesson_status': Number(raw) >= Number(facts.masteryScore) ? 'passed' : 'failed' }
    }
    const browsed = now['cmi.core.lesson_mode'] === 'browse' ? 'browsed' : 'completed'
    return statusOf(now, true) === 'not attempted' ? { 'cmi.core.lesson_status': browsed } : {}
  }
  const counts = now['cmi.mode'] === 'normal' && now['cmi.credit'] === 'credit'
  const known = facts.completionThreshold !== undefined && now['cmi.progress_measure'] !== undefined
  if (!line(profile, edition, 'threshold-at-end') || !counts || !known) return {}
  return { 'cmi.completion_status': evaluated(facts, 'cmi.completion_status', statusOf(now, false), (name) => now[name]) ?? 'unknown' }
}

/** @param {Profile} profile @param {Attempt} attempt @returns {{ mode: import('./contract').Mode, credit: 'credit' | 'no-credit' }} */
export function usual(profile, attempt) {
  const done = ['completed', 'passed'].includes(statusOf(attempt.values, attempt.edition === 'scorm12'))
  const review = done && line(profile, attempt.edition, 'review-after-completion')
  return review ? { mode: 'review', credit: 'no-credit' } : { mode: 'normal', credit: 'credit' }
}

/** How the next launch would begin. @param {Attempt} attempt @returns {{ entry: '' | 'ab-initio' | 'resume', data: boolean }} */
export function nextLaunch(attempt) {
  if (attempt.exit === null) return { entry: 'ab-initio', data: false }
  if (attempt.exit === 'suspend') return { entry: 'resume', data: true }
  return attempt.edition === 'scorm12' ? { entry: '', data: true } : { entry: 'ab-initio', data: false }
}
