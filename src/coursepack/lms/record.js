// @ts-check
/** What the LMS has on record for an attempt, what its gradebook and completion tick show, and why. */

import { line } from './profiles.js'
import { evaluated, nextLaunch, statusOf } from './rules.js'
import { toInterval, toTimespan } from './times.js'

/** @typedef {import('./contract').Attempt} Attempt */
/** @typedef {import('./contract').Edition} Edition */
/** @typedef {import('./contract').Facts} Facts */
/** @typedef {import('./contract').Profile} Profile */
/** @typedef {import('./contract').Reason} Reason */
/** @typedef {import('./contract').Summary} Summary */
/** @typedef {import('./contract').Values} Values */

/** The activity's maximum grade in Moodle unless somebody changes it. */
const MAXIMUM = 100

/** @param {Values} values @param {string} collection @returns {number} */
function count(values, collection) {
  const prefix = `${collection}.`
  const indices = Object.keys(values).filter((name) => name.startsWith(prefix)).map((name) => Number.parseInt(name.slice(prefix.length), 10))
  return Math.max(-1, ...indices) + 1
}

/** @param {Values} values @param {string} collection @returns {((member: string) => string)[]} a reader per entry */
const entries = (values, collection) =>
  [...Array(count(values, collection)).keys()].map((index) => (member) => values[`${collection}.${index}.${member}`] ?? '')

/** @param {Values} values @param {boolean} first @returns {Summary['interactions']} */
const interactions = (values, first) => entries(values, 'cmi.interactions').map((read, index) => ({
  id: read('id'),
  type: read('type'),
  time: read(first ? 'time' : 'timestamp'),
  response: read(first ? 'student_response' : 'learner_response'),
  correct: entries(values, `cmi.interactions.${index}.correct_responses`).map((one) => one('pattern')),
  result: read('result'),
  weighting: read('weighting'),
  latency: read('latency'),
  description: read('description')
}))

/** @param {Values} values @param {boolean} first @returns {Summary['objectives']} */
const objectives = (values, first) => entries(values, 'cmi.objectives').map((read) => ({
  id: read('id'),
  status: first ? read('status') || 'not attempted' : read('completion_status') || 'unknown',
  success: first ? '' : read('success_status') || 'unknown',
  score: read('score.raw') || read('score.scaled') || null
}))

/** @param {Values} values @param {boolean} first @returns {Summary['comments']} */
function comments(values, first) {
  if (!first) return entries(values, 'cmi.comments_from_learner').map((read) => ({ text: read('comment'), location: read('location'), time: read('timestamp') }))
  return values['cmi.comments'] ? [{ text: values['cmi.comments'], location: '', time: '' }] : []
}

/** @param {Profile} profile @param {Edition} edition @param {string} key @returns {Reason[]} */
function because(profile, edition, key) {
  const found = line(profile, edition, key)
  return found ? [{ line: key, evidence: found.evidence, says: found.says }] : []
}

/** @param {Profile} profile @param {Attempt} attempt @param {Facts} facts */
function status(profile, attempt, facts) {
  const { edition, values } = attempt
  if (edition === 'scorm12') {
    const completion = statusOf(values, true)
    const forced = facts.masteryScore && (values['cmi.core.score.raw'] ?? '') !== '' && /^(passed|failed)$/.test(completion)
    return { completion, success: null, reasons: forced ? because(profile, edition, 'mastery') : [] }
  }
  const rules = line(profile, edition, 'threshold') !== null
  /** @param {string} name */
  const read = (name) => values[name]
  const completion = statusOf(values, false)
  const success = values['cmi.success_status'] ?? 'unknown'
  return {
    completion: rules ? evaluated(facts, 'cmi.completion_status', completion, read) ?? 'unknown' : completion,
    success: rules ? evaluated(facts, 'cmi.success_status', success, read) ?? 'unknown' : success,
    reasons: [
      ...(facts.completionThreshold === undefined ? [] : [...because(profile, edition, 'threshold'), ...because(profile, edition, 'threshold-at-end')]),
      ...(facts.passingScore === undefined ? [] : [...because(profile, edition, 'passing'), ...because(profile, edition, 'passing-ignored')]),
      ...(attempt.exit !== null && values['cmi.completion_status'] === undefined ? because(profile, edition, 'no-status-2004') : [])
    ]
  }
}

/** @param {Profile} profile @param {Attempt} attempt @returns {Summary['gradebook']} */
function gradebook(profile, attempt) {
  const first = attempt.edition === 'scorm12'
  if (!line(profile, attempt.edition, 'grade')) return { known: false, text: 'depends on the LMS', points: null, outOf: null }
  const raw = attempt.values[first ? 'cmi.core.score.raw' : 'cmi.score.raw']
  const scaled = attempt.values['cmi.score.scaled'] !== undefined
  const points = raw !== undefined ? Math.min(Number(raw), MAXIMUM) : scaled ? 0 : null
  const text = points === null ? 'no grade' : `${points} / ${MAXIMUM}`
  return { known: true, text: attempt.number > 1 ? `${text} in this attempt` : text, points, outOf: MAXIMUM }
}

/** @param {Profile} profile @param {Attempt} attempt @param {string} completion @returns {Summary['completion']} */
function tick(profile, attempt, completion) {
  if (!line(profile, attempt.edition, 'completion-rule')) return { known: false, text: 'depends on the LMS', ticked: null, rule: '' }
  const rule = 'status = completed, as the form preselects it'
  const ticked = [completion, ...attempt.earlier].includes('completed')
  const text = ticked
    ? 'complete'
    : completion === 'passed' ? 'not complete: the status is "passed", and only "completed" is asked for' : `not complete: the status is "${completion}"`
  return { known: true, text, ticked, rule }
}

/** @param {Profile} profile @param {Attempt} attempt @param {Facts} facts @returns {Reason[]} */
function assumed(profile, attempt, facts) {
  const { edition, values } = attempt
  if (!attempt.ended || !line(profile, edition, 'assumed')) return []
  const silent = (values['cmi.completion_status'] === undefined && !facts.completionSetByContent)
    || ((values['cmi.success_status'] ?? 'unknown') === 'unknown' && !facts.objectiveSetByContent)
  return silent ? because(profile, edition, 'assumed') : []
}

/**
 * What the LMS shows for an attempt as it was last committed.
 * @param {Edition} edition @param {Attempt} attempt @param {Profile} profile @param {Facts} [facts] @returns {Summary}
 */
export function summarise(edition, attempt, profile, facts = {}) {
  const { values } = attempt
  const first = edition === 'scorm12'
  const { completion, success, reasons } = status(profile, attempt, facts)
  const score = first ? 'cmi.core.score.' : 'cmi.score.'
  /** @param {string} member */
  const scored = (member) => values[score + member] ?? null
  const untimed = !first && attempt.exit !== null && attempt.total === 0 && line(profile, edition, 'no-time')
  const state = values['cmi.suspend_data'] ?? ''
  const longer = line(profile, edition, 'limits-12')
  const next = nextLaunch(attempt)
  return {
    edition,
    profile: profile.id,
    attempt: attempt.number,
    status: { completion, success },
    score: { scaled: first ? null : scored('scaled'), raw: scored('raw'), min: scored('min'), max: scored('max') },
    progress: values['cmi.progress_measure'] ?? null,
    time: { text: untimed ? 'P' : first ? toTimespan(attempt.total) : toInterval(attempt.total), seconds: attempt.total / 100 },
    location: values[first ? 'cmi.core.lesson_location' : 'cmi.location'] ?? '',
    state: { length: state.length, limit: longer?.limit ?? (first ? 4096 : 64000) },
    exit: attempt.exit,
    next,
    interactions: interactions(values, first),
    objectives: objectives(values, first),
    comments: comments(values, first),
    gradebook: gradebook(profile, attempt),
    completion: tick(profile, attempt, completion),
    reasons: [
      ...reasons,
      ...because(profile, edition, 'completion-rule'),
      ...(attempt.reviewed ? because(profile, edition, 'review-after-completion') : []),
      ...(attempt.earlier.length ? because(profile, edition, 'any-attempt') : []),
      ...because(profile, edition, 'grade'),
      ...(untimed ? because(profile, edition, 'no-time') : []),
      ...assumed(profile, attempt, facts),
      ...because(profile, edition, first ? 'resume-12' : 'resume-2004'),
      ...because(profile, edition, 'blank-unless-suspended')
    ]
  }
}

