// @ts-check
/** A SCORM session: the strict run-time environment in this window, where the course looks for it. */

const NAMES = ['API', 'API_1484_11']
const CALLS = 1000
const DELAY = 2000

/** @param {string} key @param {string} edition an attempt of this edition, or null */
function stored(key, edition) {
  try {
    const attempt = JSON.parse(localStorage.getItem(key) ?? 'null')
    return attempt?.edition === edition ? attempt : null
  } catch {
    return null
  }
}

/** @param {{ [name: string]: any }} lms what the LMS has kept in this browser @param {string} key */
function keep(lms, key) {
  try {
    localStorage.setItem(key, JSON.stringify(lms.attempt))
    return true
  } catch {
    return false
  }
}

/** Trouble of the line as the session takes it. @param {string} line */
const troubles = (line) => ({ commits: line === 'slow' ? 'ok' : line, delay: line === 'slow' ? DELAY : 0 })

/**
 * @param {{ edition: import('../../lms/contract').Edition, key: string, page: any, base: string, learner: any,
 *   profile: import('../../lms/contract').ProfileId, launch: any, line: string,
 *   onChange: () => void }} how
 */
export function createScorm({ edition, key, page, base, learner, profile, launch, line, onChange }) {
  const { createLms, profiles, summarise } = window.coursepackLms
  const facts = page.facts
  const lms = createLms({ edition, facts, learner, profile, attempt: stored(key, edition) })
  const calls = /** @type {any[]} */ ([])
  const commits = /** @type {any[]} */ ([])
  const entry = launch.entry === 'none' ? '' : launch.entry || undefined
  /** @type {any} */
  let session = null
  let dropped = 0

  return {
    kind: 'scorm',
    edition,

    /** Opens the session. @returns {Promise<string>} the address of the course's page */
    async begin() {
      session = lms.launch({
        mode: launch.mode || undefined,
        credit: launch.credit || undefined,
        ...(entry === undefined ? {} : { entry }),
        onCall(/** @type {any} */ call) {
          calls.push(call)
          if (calls.length > CALLS) dropped += calls.splice(0, calls.length - CALLS).length
          onChange()
        },
        onCommit(/** @type {any} */ commit) {
          commits.push(commit)
          keep(lms, key)
          onChange()
        }
      })
      keep(lms, key)
      Object.assign(session.trouble, troubles(line))
      for (const name of NAMES) Reflect.deleteProperty(window, name)
      window[session.name] = session.api
      onChange()
      return base + page.href
    },

    /** The page is about to go. */
    leaving() {
      if (session) session.trouble.leaving = true
    },

    /** The page is gone: what it has not said by now it never will. */
    end() {
      session?.kill()
      keep(lms, key)
      for (const name of NAMES) Reflect.deleteProperty(window, name)
    },

    kill: () => session?.kill(),
    /** @param {string} to */
    setLine: (to) => session && Object.assign(session.trouble, troubles(to)),
    newAttempt() {
      lms.newAttempt()
      keep(lms, key)
    },
    clear() {
      lms.clear()
      localStorage.removeItem(key)
    },

    over: () => session?.state === 'terminated',
    snapshot() {
      const values = session ? session.values() : {}
      return {
        values,
        unsaved: session ? session.unsaved() : {},
        calls,
        dropped,
        commits,
        attempt: lms.attempt,
        played: profile,
        saved: lms.attempt.values['cmi.suspend_data'] ?? '',
        now: values['cmi.suspend_data'] ?? '',
        records: Object.values(profiles).map((/** @type {any} */ one) => ({ profile: one, summary: summarise(edition, lms.attempt, one, facts) }))
      }
    }
  }
}
