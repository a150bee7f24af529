// @ts-check
/** What an LMS keeps between launches, what it tells the content at a launch, and what it decides by itself. */

import { createApi } from './api.js'
import { checksOf, modelOf } from './checks.js'
import { line, profiles } from './profiles.js'
import { summarise } from './record.js'
import { closing, evaluated, nextLaunch, statusOf, usual } from './rules.js'
import { sender } from './sending.js'
import { fromInterval, fromTimespan, toInterval, toTimespan } from './times.js'

/** @typedef {import('./contract').Attempt} Attempt */
/** @typedef {import('./contract').Edition} Edition */
/** @typedef {import('./contract').Facts} Facts */
/** @typedef {import('./contract').LaunchOptions} LaunchOptions */
/** @typedef {import('./contract').Lms} Lms */
/** @typedef {import('./contract').Profile} Profile */
/** @typedef {import('./contract').Values} Values */

const FLEETING = ['cmi.core.exit', 'cmi.core.session_time', 'cmi.exit', 'cmi.session_time', 'adl.nav.request']
const COUNTS_FOR_CREDIT = /^cmi\.(core\.)?score\.|^cmi\.success_status$/

/** @param {Edition} edition @param {number} [number] @returns {Attempt} */
const blank = (edition, number = 1) => ({ edition, number, launches: 0, values: {}, total: 0, exit: null, ended: false, earlier: [], shared: {} })

/** The next attempt of the same learner. @param {Attempt} attempt @returns {Attempt} */
function following(attempt) {
  const status = statusOf(attempt.values, attempt.edition === 'scorm12')
  const next = blank(attempt.edition, attempt.number + 1)
  return { ...next, earlier: [...new Set([...attempt.earlier, status])], shared: attempt.shared }
}

/** @param {Record<string, string | undefined>} texts @returns {Values} */
const given = (texts) => /** @type {Values} */ (Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)))

/**
 * What the LMS itself tells the content, over what it has kept.
 * @param {Attempt} attempt @param {Facts} facts @param {import('./contract').Learner} learner
 * @param {{ mode: string, credit: string, entry: string, fresh: boolean }} how
 * @returns {Values}
 */
function told(attempt, facts, learner, { mode, credit, entry, fresh }) {
  if (attempt.edition === 'scorm12') {
    return given({
      'cmi.core.student_id': learner.id, 'cmi.core.student_name': learner.name, 'cmi.core.credit': credit,
      'cmi.core.lesson_mode': mode, 'cmi.core.entry': entry, 'cmi.core.total_time': toTimespan(attempt.total),
      'cmi.launch_data': facts.launchData, 'cmi.student_data.mastery_score': facts.masteryScore,
      'cmi.student_data.max_time_allowed': facts.maxTimeAllowed, 'cmi.student_data.time_limit_action': facts.timeLimitAction,
      'cmi.student_preference.language': learner.language
    })
  }
  const objectives = (facts.objectives ?? []).map((id, index) => [`cmi.objectives.${index}.id`, id])
  const shared = attempt.edition === 'scorm2004-4' ? (facts.sharedData ?? []) : []
  return given({
    'cmi.learner_id': learner.id, 'cmi.learner_name': learner.name, 'cmi.credit': credit, 'cmi.mode': mode, 'cmi.entry': entry,
    'cmi.total_time': toInterval(attempt.total), 'cmi.launch_data': facts.launchData, 'cmi.max_time_allowed': facts.maxTimeAllowed,
    'cmi.time_limit_action': facts.timeLimitAction, 'cmi.scaled_passing_score': facts.passingScore,
    'cmi.completion_threshold': facts.completionThreshold, 'cmi.learner_preference.language': learner.language,
    ...(attempt.values['cmi.objectives.0.id'] && !fresh ? {} : Object.fromEntries(objectives)),
    ...Object.fromEntries(shared.flatMap(({ id }, index) => [
      [`adl.data.${index}.id`, id], [`adl.data.${index}.store`, attempt.shared[id]]
    ]))
  })
}

/** @param {import('./contract').LmsOptions} options @returns {Lms} */
export function createLms({ edition, facts = {}, learner = { id: 'learner-1', name: 'Muster, Kim' }, profile: id = 'strict', attempt: stored = null }) {
  const profile = profiles[id]
  if (!profile) throw new RangeError(`no profile "${id}"`)
  const first = edition === 'scorm12'
  /** @type {Attempt} */
  let attempt = stored ?? blank(edition)
  if (attempt.edition !== edition) throw new RangeError(`an attempt of ${attempt.edition} cannot go on as ${edition}`)
  /** @type {import('./contract').Session | null} */
  let session = null

  /** @param {Values} store @param {number} before total at the launch */
  function absorb(store, before) {
    const now = { ...store }
    const exit = now[first ? 'cmi.core.exit' : 'cmi.exit'] ?? attempt.exit ?? ''
    const time = now[first ? 'cmi.core.session_time' : 'cmi.session_time']
    const total = time === undefined ? attempt.total : before + (first ? fromTimespan(time) : fromInterval(time))
    for (const name of FLEETING) delete now[name]
    const shared = { ...attempt.shared }
    for (const name of Object.keys(now).filter((one) => one.startsWith('adl.data.'))) {
      const map = facts.sharedData?.[Number(name.split('.')[2])]
      if (map && name.endsWith('.store')) shared[map.id] = now[name]
      delete now[name]
    }
    if (now['cmi.core.score.raw'] === '' && line(profile, edition, 'blank-score')) now['cmi.core.score.raw'] = '0'
    attempt = { ...attempt, values: { ...attempt.values, ...now }, exit, total, ended: !first && exit !== 'suspend', shared }
  }

  /** @param {LaunchOptions} [options] */
  function launch(options = {}) {
    session?.kill()
    const next = nextLaunch(attempt)
    const blankStart = !first && !next.data && attempt.exit !== null
    if (blankStart && !line(profile, edition, 'blank-unless-suspended')) attempt = following(attempt)
    const how = { ...usual(profile, attempt), entry: next.entry, fresh: blankStart, ...given({ mode: options.mode, credit: options.credit, entry: options.entry }) }
    if (!first && how.mode !== 'normal') how.credit = 'no-credit'
    const before = attempt.total
    const reviewed = attempt.reviewed || usual(profile, attempt).mode === 'review'
    attempt = { ...attempt, launches: attempt.launches + 1, ...(reviewed && { reviewed }) }
    let heard = false
    session = createApi({
      first, facts,
      model: modelOf(profile, edition),
      checks: checksOf(profile, edition),
      appends: line(profile, edition, 'comments-append')?.elements ?? [],
      values: { ...(blankStart ? {} : attempt.values), ...exitLeft(blankStart), ...told(attempt, facts, learner, how) },
      evaluate: (name, value, live) => (line(profile, edition, 'threshold') ? evaluated(facts, name, value, (other) => live.get(other)) : value),
      closing: (now) => closing(profile, edition, facts, now),
      reopens: line(profile, edition, 'reopens') !== null,
      send: sender(profile, edition),
      keep(store, commit) {
        if (store) {
          if (!heard && !line(profile, edition, 'exit-stays')) attempt = { ...attempt, exit: '' }
          heard = true
          absorb(withoutCredit(store, how.credit), before)
        }
        options.onCommit?.(commit)
      },
      onCall: options.onCall ?? (() => {}),
      now: options.now ?? (() => performance.now()),
      wait: options.wait ?? block
    })
    return session
  }

  /** The exit as the last session left it, where an LMS counts it among the values of the launch. @param {boolean} blankStart @returns {Values} */
  function exitLeft(blankStart) {
    if (blankStart || !attempt.exit || !line(profile, edition, 'exit-stays')) return {}
    return { [first ? 'cmi.core.exit' : 'cmi.exit']: attempt.exit }
  }

  /** @param {Values} store @param {string} credit @returns {Values} */
  function withoutCredit(store, credit) {
    if (credit === 'credit' || !line(profile, edition, 'no-credit')) return store
    const kept = Object.entries(store).filter(([name, value]) => !COUNTS_FOR_CREDIT.test(name) && !(first && /^(passed|failed)$/.test(value) && name === 'cmi.core.lesson_status'))
    return Object.fromEntries(kept)
  }

  return {
    edition,
    profile,
    get attempt() { return attempt },
    launch,
    newAttempt() {
      session?.kill()
      attempt = following(attempt)
    },
    clear() {
      session?.kill()
      attempt = blank(edition)
    },
    record: () => summarise(edition, attempt, profile, facts)
  }
}

/** @param {number} ms */
function block(ms) {
  for (const end = performance.now() + ms; performance.now() < end;);
}
