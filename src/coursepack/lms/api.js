// @ts-check
/**
 * The object that content finds in the window: three states, eight functions, the last error. The whole interface of
 * this room is `contract.d.ts`; callers use `createLms` of `attempt.js`:
 *
 *   const lms = createLms({ edition, facts, learner, profile, attempt })
 *   const session = lms.launch({ mode, credit, entry, onCall, onCommit })
 *   window[session.name] = session.api
 *   session.trouble.commits = 'fail'; session.values(); session.unsaved(); session.kill()
 *   lms.attempt; lms.newAttempt(); lms.clear(); lms.record()
 */

import { createData } from './data.js'
import { errorString, FUNCTIONS } from './errors.js'

/** @typedef {import('./contract').Values} Values */
/** @typedef {import('./contract').Session} Session */
/** @typedef {'initialize' | 'terminate' | 'get' | 'set' | 'commit'} Verb */
/** @typedef {{ answer: 'true' | 'false', code: string, why: string }} Answer */
/**
 * What one commit has to go by: values now, as they were at the launch, and as last sent.
 * @typedef {{ by: 'Commit' | 'Terminate', now: Values, launched: Values, sent: Values, trouble: import('./contract').Trouble }} Sending
 */
/**
 * `store`: what reaches the LMS, null when nothing does; `sent`: what a later commit takes as sent, null for no change;
 * `changes`: what went out; `code`: "0", or the error.
 * @typedef {{ answer: 'true' | 'false', code: string, changes: Values, store: Values | null, sent: Values | null, reason: string }} Sent
 */

/** @param {Values} now @param {Values} before @returns {Values} */
export const difference = (now, before) => Object.fromEntries(Object.entries(now).filter(([name, value]) => before[name] !== value))

/**
 * `values`: the session's first values. `closing`: what the LMS itself sets at Terminate. `reopens`: Initialize is taken
 * again after Terminate. `keep`: stores, and tells.
 * @param {{
 *   first: boolean, model: import('./model12.js').Model, values: Values, facts: import('./contract').Facts,
 *   checks: Record<string, import('./formats.js').Check>, appends: string[],
 *   evaluate: (name: string, value: string | null, values: Map<string, string>) => string | null,
 *   closing: (values: Values) => Values, reopens: boolean, send: (sending: Sending) => Sent,
 *   keep: (store: Values | null, commit: import('./contract').Commit) => void,
 *   onCall: (call: import('./contract').Call) => void, now: () => number, wait: (ms: number) => void
 * }} options
 * @returns {Session}
 */
export function createApi({ first, model, values, facts, checks, appends, evaluate, closing, reopens, send, keep, onCall, now, wait }) {
  const names = FUNCTIONS[first ? 'scorm12' : 'scorm2004']
  const live = new Map(Object.entries(values))
  const launched = { ...values }
  const data = createData({ model, first, values: live, facts, checks, appends, evaluate: (name, value) => evaluate(name, value, live) })
  /** @type {import('./contract').Trouble} */
  const trouble = { commits: 'ok', delay: 0, leaving: false }
  /** @type {Session['state']} */
  let state = 'not initialized'
  let dead = false
  let code = '0'
  let why = ''
  /** as the LMS last heard */
  let sent = launched

  const snapshot = () => Object.fromEntries(live)

  /** @param {'Commit' | 'Terminate'} by @returns {Answer} */
  function transmit(by) {
    if (trouble.delay > 0) wait(trouble.delay)
    const result = send({ by, now: snapshot(), launched, sent, trouble: { ...trouble } })
    if (result.sent) sent = result.sent
    keep(result.store, { by, answer: result.answer, sent: result.changes, kept: result.store !== null, reason: result.reason })
    return { answer: result.answer, code: result.code, why: result.reason }
  }

  /** @param {Verb} verb @returns {Answer | null} why this is not the moment */
  function untimely(verb) {
    const [before, after] = names.wrong[verb]
    if (dead) return { answer: 'false', code: state === 'running' ? after : before, why: 'the page of this session is gone' }
    if (verb === 'initialize') {
      if (state === 'running') return { answer: 'false', code: before, why: 'this session is open already' }
      if (state === 'terminated' && !reopens) return { answer: 'false', code: after, why: 'this session is over; it opens again only by a new launch' }
      return null
    }
    if (state === 'not initialized') return { answer: 'false', code: before, why: `call ${names.initialize} first` }
    return state === 'terminated' ? { answer: 'false', code: after, why: `${names.terminate} has ended this session` } : null
  }

  /** @type {Record<Verb, (...args: string[]) => Answer>} */
  const verbs = {
    initialize() {
      state = 'running'
      return { answer: 'true', code: '0', why: '' }
    },
    terminate() {
      const before = snapshot()
      const forced = closing(before)
      for (const [name, value] of Object.entries(forced)) live.set(name, value)
      const answer = transmit('Terminate')
      if (answer.answer === 'true') state = 'terminated'
      else for (const name of Object.keys(forced)) restore(name, before[name])
      return answer
    },
    commit: () => transmit('Commit'),
    get(name) {
      const outcome = data.get(name)
      return { answer: /** @type {any} */ (outcome.value), code: outcome.code, why: outcome.why }
    },
    set(name, value) {
      const outcome = data.set(name, value)
      return { answer: outcome.code === '0' ? 'true' : 'false', code: outcome.code, why: outcome.why }
    }
  }

  /** What a Get answers for every element that is not an entry of a list. @returns {Values} */
  function readable() {
    const readable = Object.keys(model.elements).filter((name) => !name.includes('.n.') && model.elements[name].access !== 'w')
    return Object.fromEntries(readable.flatMap((name) => {
      const { value, code } = data.get(name)
      return code === '0' ? [[name, value]] : []
    }))
  }

  /** @param {string} name @param {string | undefined} value */
  function restore(name, value) {
    if (value === undefined) live.delete(name)
    else live.set(name, value)
  }

  /** @param {Verb} verb @param {unknown[]} args @returns {string} why the arguments are wrong, or '' */
  function misused(verb, args) {
    const wanted = { get: 1, set: 2 }[/** @type {string} */ (verb)] ?? 0
    if (wanted === 0) return args.length === 1 && args[0] === '' ? '' : 'the one argument must be the empty string'
    const given = args.slice(0, wanted)
    return given.length < wanted || given.some((arg) => arg === undefined || arg === null) ? `${wanted} argument${wanted > 1 ? 's' : ''} wanted` : ''
  }

  /** @param {string} method @param {unknown[]} args @param {() => string} run */
  function recorded(method, args, run) {
    const at = now()
    const result = run()
    onCall({ method, args: args.map(String), result, error: code, diagnostic: why, at, ms: now() - at })
    return result
  }

  /** @param {Verb} verb */
  const call = (verb) => (/** @type {unknown[]} */ ...args) => recorded(names[verb], args, () => {
    const bad = misused(verb, args)
    const answer = bad ? /** @type {Answer} */ ({ answer: 'false', code: '201', why: bad }) : untimely(verb) ?? verbs[verb](...args.map(String))
    code = answer.code
    why = answer.why
    return verb === 'get' && code !== '0' ? '' : answer.answer
  })
  /** The error functions leave the last error as it is. @param {string} method @param {(code: string) => string} run */
  const ask = (method, run) => (/** @type {unknown[]} */ ...args) => recorded(method, args, () => run(String(args[0] ?? '')).slice(0, 255))

  return {
    name: first ? 'API' : 'API_1484_11',
    api: {
      [names.initialize]: call('initialize'),
      [names.terminate]: call('terminate'),
      [names.get]: call('get'),
      [names.set]: call('set'),
      [names.commit]: call('commit'),
      [names.lastError]: ask(names.lastError, () => code),
      [names.errorString]: ask(names.errorString, (which) => errorString(first, which)),
      [names.diagnostic]: ask(names.diagnostic, (which) => (which === '' || which === code ? why || errorString(first, code) : errorString(first, which)))
    },
    get state() { return state },
    values: () => ({ ...snapshot(), ...readable() }),
    unsaved: () => difference(snapshot(), sent),
    trouble,
    kill() { dead = true }
  }
}
