// @ts-check
/** The SCORM API as one finds it in the wild: far up, late, behind walls, lying, or gone. Nothing here throws. */

import { respelled } from './formats.js'
import { safely } from './storage.js'

/**
 * @typedef {{ initialize: string, terminate: string, get: string, set: string, commit: string, error: string }} Names
 * @typedef {(run: () => void, ms: number) => void} Later
 */

/** As many windows up as ADL's own search goes. */
const STEPS = 500
/** How long an LMS may take to put its API into place, and how often to look. */
const PATIENCE = 5000
const PAUSE = 100
/** Values committed so shortly before the network went may have been lost on the way. */
const DOUBT = 15000

/** @param {any} view @returns {any[]} the window and its ancestors, nearest first */
function upwards(view) {
  const all = []
  while (view && all.length < STEPS) {
    all.push(view)
    const here = view
    const parent = safely(() => here.parent, null)
    view = parent === here ? null : parent
  }
  return all
}

/**
 * The API and the window that holds it: own window and ancestors, then the opener and its ancestors, then
 * the openers of each ancestor. A wall between origins hides one window, not those behind it; nor does a thing of
 * the same name that is no API, such as a frame or an element.
 * @param {any} view
 * @param {string} name only the name that belongs to the package's edition
 * @param {string} method what an API of that edition can do
 */
export function findApi(view, name, method) {
  const own = upwards(view)
  const openers = own.map((one) => safely(() => (one.opener && !one.opener.closed ? one.opener : null), null))
  for (const home of [...own, ...openers.filter(Boolean).flatMap(upwards)]) {
    const api = safely(() => home[name], null)
    if (api && safely(() => api[method], null)) return { api, home }
  }
  return null
}

/** The answer of an LMS that is not there: no, and nothing as text. */
const GONE = { toString: () => '' }

/** @param {unknown} answer what an LMS says for yes */
const yes = (answer) => answer === true || answer === 1 || /^(true|1)$/i.test(String(answer))

/** The same element whatever its indices. @param {string} element */
const kind = (element) => element.replace(/\.\d+(?=\.|$)/g, '.n')

const NUMBER = /(score\.(raw|min|max|scaled)|progress_measure)$/

/**
 * @param {{ view: any, name: string, names: Names, unsupported: string[], dead: string[], offline: () => boolean,
 *   later?: Later, now?: () => number }} how the error codes that say "not here, ever", and those of a lost session
 */
export function createApi({ view, name, names, unsupported, dead, offline, later = setTimeout, now = Date.now }) {
  /** @type {{ api: any, home: any } | null} */
  let found = null
  let open = false
  let turn = 0
  const missing = new Set()
  /** @type {Map<string, string>} what the LMS holds or was last told */
  const told = new Map()
  /** @type {Map<string, string>} what it held at launch */
  const initial = new Map()
  /** @type {Map<string, string>} refused for good, by element */
  const refused = new Map()
  /** @type {Map<string, string>} told, but not committed yet, in the order of the first telling */
  let pending = new Map()
  let recent = { at: -DOUBT, values: pending }

  /** @param {string} method @param {string[]} args @returns {unknown} what the LMS answers, or `GONE` */
  const call = (method, ...args) => safely(() => (found && !found.home.closed ? found.api[method](...args) : GONE), GONE)

  /** @param {string} method @param {string[]} args what the LMS answers as text, '' for nothing */
  const ask = (method, ...args) => String(call(method, ...args) ?? '')
  const error = () => ask(names.error)
  const get = (/** @type {string} */ element) => ask(names.get, element)

  /** @param {string} element @param {string} value @param {string} spelled @returns {boolean} false: it did not arrive */
  function send(element, value, spelled) {
    const answer = call(names.set, element, spelled)
    if (answer === GONE) return false
    if (!yes(answer)) {
      const code = error()
      if (unsupported.includes(code)) {
        missing.add(kind(element))
        pending.delete(element)
        return true
      }
      if (dead.includes(code)) return false
      if (code !== '0' && code !== '') {
        refused.set(element, value)
        pending.delete(element)
        console.error(`${name}: ${element} refused, error ${code}`)
        return true
      }
      const held = get(element)
      if (held !== '' && held !== spelled) return false
    }
    told.set(element, value)
    return true
  }

  /** @param {string} element @param {string} value */
  function spelling(element, value) {
    if (!NUMBER.test(element)) return value
    const back = told.has(element) && told.get(element) !== value && initial.get(element) === value
    return respelled(value, back && turn === 0 ? 1 : turn)
  }

  return {
    /** @returns {Promise<boolean>} the API was found; waits for a late one only where one can come from */
    find: () =>
      new Promise((resolve) => {
        const until = now() + PATIENCE
        const look = () => {
          found = findApi(view, name, names.initialize)
          const alone = safely(() => view.parent === view && !view.opener, false)
          if (found || alone || now() >= until) resolve(Boolean(found))
          else later(look, PAUSE)
        }
        look()
      }),

    /**
     * Opens the session, or takes over one that an earlier load of the page left open.
     * @param {string} probe an element that can be read once a session is open
     * @returns {'open' | 'over' | 'none'} over: there was a session, and it is closed for good
     */
    initialize(probe) {
      if (!found) return 'none'
      open = yes(call(names.initialize, ''))
      if (open) return 'open'
      const first = error()
      get(probe)
      const second = error()
      const readable = second === '0' || second === '403'
      open = readable && yes(call(names.commit, ''))
      if (open) return 'open'
      return readable || first === '104' || second === '123' ? 'over' : 'none'
    },

    /** What the LMS holds, without the blanks that databases pad with; '' when it holds nothing or does not say. @param {string} element */
    read(element) {
      const value = open ? get(element).trim() : ''
      if (NUMBER.test(element)) initial.set(element, value)
      return value
    },

    /** Whether writing this element has an effect. @param {string} element */
    supports: (element) => !missing.has(kind(element)),

    /** Whether the LMS refused this very value. @param {string} element @param {string} value */
    refuses: (element, value) => refused.get(element) === value,

    /**
     * Tells the LMS a value unless it was told the same before.
     * @param {string} element
     * @param {string} value
     * @returns {boolean} false: it did not arrive and waits for `again`
     */
    put(element, value) {
      if (!open) return false
      if (told.get(element) === value && (pending.get(element) ?? value) === value) return true
      if (missing.has(kind(element)) || refused.get(element) === value) return true
      pending.set(element, value)
      return send(element, value, spelling(element, value))
    },

    /** Tells everything again that was not committed, numbers spelled anew. @returns {boolean} */
    again() {
      turn += 1
      return [...pending].map(([element, value]) => send(element, value, spelling(element, value))).every(Boolean)
    },

    /** @returns {boolean} the LMS says that it kept everything, and there is a network to say it over */
    commit() {
      if (!open || offline()) return false
      if (!yes(call(names.commit, ''))) return false
      recent = { at: now(), values: pending }
      pending = new Map([...pending].filter(([element, value]) => told.get(element) !== value))
      return true
    },

    /** What was committed a moment ago waits for `again` once more. @returns {boolean} there is such */
    doubt() {
      if (!recent.values.size || now() - recent.at >= DOUBT) return false
      pending = new Map([...recent.values, ...pending])
      return true
    },

    /** The one Terminate. @returns {boolean} */
    terminate() {
      if (!open) return false
      open = false
      return yes(call(names.terminate, ''))
    }
  }
}
