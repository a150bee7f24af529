/** The LMS's side for tests: scorm-again behind a recorder, and a window for the page to live in. */

import { Scorm12API } from 'scorm-again/scorm12'
import { Scorm2004API } from 'scorm-again/scorm2004'

const NAMES = {
  scorm12: ['API', 'LMSSetValue', 'LMSGetValue', 'LMSCommit', 'LMSGetLastError', 'LMSInitialize', 'LMSFinish'],
  scorm2004: ['API_1484_11', 'SetValue', 'GetValue', 'Commit', 'GetLastError', 'Initialize', 'Terminate']
}

/**
 * An LMS with one learner and one attempt. `answer(method, args, real)` may lie or fail; `trace` holds every call that
 * changes something as [method, element, value, answer, error].
 */
export function createLms(edition, { model = {}, answer = (method, args, real) => real() } = {}) {
  const [name, set, , commit, error, initialize, terminate] = NAMES[edition]
  const settings = { autocommit: false, logLevel: 5, mastery_override: false }
  const api = edition === 'scorm12' ? new Scorm12API(settings) : new Scorm2004API(settings)
  if (Object.keys(model).length) api.loadFromFlattenedJSON(model)
  const trace = []
  const bridge = {}
  for (const method of Object.values(NAMES[edition]).slice(1)) {
    bridge[method] = function (...args) {
      if (this !== bridge) throw new Error('called detached')
      const result = answer(method, args, () => api[method](...args))
      if ([set, commit, initialize, terminate].includes(method)) trace.push([method, ...args, String(result), api[error]()])
      return result
    }
  }
  return {
    api, bridge, trace, name,
    sets: () => trace.filter(([method]) => method === set).map(([, element, value]) => [element, value]),
    refusals: () => trace.filter((call) => call[0] === set && (call[3] !== 'true' || call[4] !== '0')),
    count: (method) => trace.filter((call) => call[0] === { initialize, terminate, commit, set }[method]).length,
    get: (element) => (edition === 'scorm12' ? api.getCMIValue(element) : api.getCMIValue(element))
  }
}

/** A window: `above` is its parent, else its own. */
export function createView({ above, opener = null, url = 'https://lms.test/course/index.html', own = {} } = {}) {
  const view = new EventTarget()
  const page = new EventTarget()
  page.visibilityState = 'visible'
  Object.assign(view, { document: page, opener, closed: false, navigator: { onLine: true }, location: new URL(url), localStorage: createDisk() }, own)
  view.parent = above ?? view
  return view
}

export function createDisk() {
  const disk = Object.create({
    getItem(key) { return Object.hasOwn(this, key) ? this[key] : null },
    setItem(key, value) { this[key] = String(value) },
    removeItem(key) { delete this[key] }
  })
  return disk
}

/** A clock that tests move by hand; timers run in their order while it moves. */
export function createClock(start = Date.UTC(2026, 10, 3, 9)) {
  let now = 1000
  let timers = []
  return {
    now: () => now,
    wall: () => start + now,
    schedule(run, ms) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => void (timers = timers.filter((one) => one !== timer))
    },
    async pass(ms) {
      const end = now + ms
      for (;;) {
        const next = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((timer) => timer !== next)
        now = Math.max(now, next.at)
        next.run()
        await new Promise((resolve) => setImmediate(resolve))
      }
      now = end
    },
    sleep(ms) { now += ms }
  }
}
