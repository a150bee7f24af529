// @ts-check
/** One trace through our LMS side and through scorm-again, call by call. */

import { Scorm12API } from 'scorm-again/scorm12'
import { Scorm2004API } from 'scorm-again/scorm2004'
import { createLms } from '../../src/coursepack/lms/index.js'
import { FUNCTIONS } from '../../src/coursepack/lms/errors.js'

/** @typedef {import('./traces.js').Step} Step */
/** @typedef {import('../../src/coursepack/lms/contract').Edition} Edition */
/**
 * `ours` and `theirs`: the error code, or what was answered without one. `value` of a response starts with the type.
 * @typedef {{ call: string, value: string, ours: string, theirs: string }} Difference
 */

const LEARNER = { id: 'learner-1', name: 'Muster, Kim' }
const QUIET = { autocommit: false, logLevel: 5, onLogMessage() {}, mastery_override: false, autoCompleteLessonStatus: true }
/** What an LMS tells at the first launch; ours comes to the same by itself. */
const TOLD12 = {
  'cmi.core.student_id': LEARNER.id, 'cmi.core.student_name': LEARNER.name, 'cmi.core.entry': 'ab-initio', 'cmi.core.credit': 'credit',
  'cmi.core.total_time': '0000:00:00.00'
}
const TOLD2004 = { 'cmi.learner_id': LEARNER.id, 'cmi.learner_name': LEARNER.name, 'cmi.entry': 'ab-initio', 'cmi.total_time': 'PT0H0M0S' }

/** @param {boolean} first @returns {any} */
function theirApi(first) {
  const api = first ? new Scorm12API(QUIET) : new Scorm2004API(QUIET)
  api.loadFromFlattenedJSON(first ? TOLD12 : TOLD2004)
  return api
}

/**
 * What a difference makes incomparable: an entry with another type or id is another entry, and ids of objectives have to differ
 * from each other.
 * @param {string} name
 */
const reach = (name) => name.replace(/(?<=objectives)\.\d+\.id$|\.(type|id|_count)$/, '')
/** @param {string} text */
const sorted = (text) => text.split(',').sort().join(',')
/** The lists around an entry, the outer one first. @param {string} name */
const lists = (name) => [...name.matchAll(/\.\d+(?=\.|$)/g)].map((match) => name.slice(0, match.index))

// scorm-again tells of odd values on the console, whatever its log level
console.warn = () => {}

/**
 * After a Set that is refused or differs, the counts of the lists around it are compared too. What differs is left alone for
 * the rest of the trace, and a trace ends where the two are no longer in the same state.
 * @param {Edition} edition @param {Step[]} steps
 * @returns {{ compared: number, differences: Difference[] }}
 */
export function compare(edition, steps) {
  const first = edition === 'scorm12'
  const names = FUNCTIONS[first ? 'scorm12' : 'scorm2004']
  const ours = createLms({ edition, learner: LEARNER }).launch().api
  const theirs = theirApi(first)
  const apart = new Set()
  /** @type {Difference[]} */
  const differences = []
  /** @type {Map<string, string>} */
  const types = new Map()
  let compared = 0

  /** @param {Record<string, any>} api @param {Step} step */
  const ask = (api, [verb, ...args]) => {
    const result = String(api[names[verb]](...args))
    const code = String(api[names.lastError]())
    const text = verb === 'get' && args[0].endsWith('._children') ? sorted(result) : result
    return { text: code === '0' ? text : code, done: result === 'true' }
  }

  /** @param {string} name */
  const leftAlone = (name) => name.split('.').some((_, at, parts) => apart.has(parts.slice(0, at + 1).join('.')))

  /** @param {Step} step @returns {'same' | 'refused' | 'differs' | 'over'} */
  function take(step) {
    const [verb, name = '', value = ''] = step
    const [one, other] = [ask(ours, step), ask(theirs, step)]
    compared++
    if (name.endsWith('.type') && one.done) types.set(name.slice(0, -5), value)
    if (one.text === other.text && (verb === 'get' || one.done === other.done)) return verb === 'set' && !one.done ? 'refused' : 'same'
    const named = verb === 'get' || verb === 'set'
    const target = named ? ` ${name.replace(/\.(0|[1-9]\d*)(?=\.|$)/g, '.n') || '(empty)'}` : ''
    const type = /respons/.test(name) && types.get(name.split('.').slice(0, 3).join('.'))
    differences.push({ call: names[verb] + target, value: type ? `${type}: ${value}` : named ? value : name, ours: one.text, theirs: other.text })
    const branch = one.text === '401' && verb === 'set' && other.done
    if (branch || one.text === '301' && first || !named && one.done !== other.done) return 'over'
    if (named && (verb === 'get' || one.done !== other.done)) apart.add(reach(name))
    return verb === 'set' ? 'refused' : 'differs'
  }

  for (const step of steps) {
    const [verb, name = ''] = step
    if ((verb === 'get' || verb === 'set') && leftAlone(name)) continue
    const outcome = take(step)
    if (outcome === 'over') break
    if (outcome === 'refused') lists(name).every((list) => take(['get', `${list}._count`]) === 'same')
  }
  return { compared, differences }
}
