// @ts-check
/**
 * When to save, and what to do when saving fails. An answer that was submitted is in this browser's storage in the
 * same call and with the LMS within a second or two; nothing that matters is left for the last moment of the page.
 */

import { createCopies } from './copies.js'
import { browserClock, browserTimer, createStopwatch, createWayBack, neverLower } from './keeping.js'
import { browserStorage, offline } from './storage.js'
import { createClaim } from './tabs.js'

/** @typedef {import('./contract').SaveState} SaveState */

/** Milliseconds: an urgent saving lets the page paint first, and no two are closer than `BETWEEN`. */
const PAINT = 20
const BETWEEN = 1000
/** Writing is saved at each pause, and at the latest so long after the first change. */
const PAUSE = 2000
const LONGEST = 4500
/** The time alone is saved this often, while someone is there: it also keeps the LMS's own session alive. */
const BEAT = 55000
const IDLE = 20 * 60000
const BACK_OFF = [2000, 5000, 10000, 30000]

/**
 * @param {{ driver: import('./contract').Driver, courseId: string | Promise<string>, peek: import('./contract').Peek,
 *   clock?: typeof browserClock, schedule?: typeof browserTimer, view?: any }} edge `clock.now` is monotonic
 * @returns {import('./contract').Session}
 */
export function createSession({ driver, courseId, peek, clock = browserClock, schedule = browserTimer, view = window }) {
  const storage = browserStorage(view)
  let seconds = createStopwatch(clock)
  /** @type {((state: SaveState, detail: import('./contract').SaveDetail) => void)[]} */
  const listeners = []
  let state = /** @type {SaveState} */ ('saving')
  /** @type {(() => import('./contract').LmsRecord) | null} */
  let recorder = null
  /** @type {ReturnType<typeof neverLower>} */
  let lift = (record) => record
  /** @type {ReturnType<typeof createCopies> | null} */
  let copies = null
  /** @type {ReturnType<typeof createClaim> | null} */
  let claim = null
  let [token, counter] = [-1, 0]
  /** live: the LMS's session is open and ours to end; writable: changes are kept, there or here */
  let [live, writable, kept, sending] = [false, false, true, false]
  /** When it happened, by the monotonic clock; Infinity for not at all. */
  let [firstChange, lastChange, firstUrgent, uncopied, retryAt] = [Infinity, 0, Infinity, Infinity, 0]
  let [lastSent, lastActive, failures] = [0, clock.now(), 0]
  /** @type {Date | null} */
  let since = null
  let [cancelSend, cancelCopy] = [() => {}, () => {}]

  /** @param {SaveState} next */
  function tell(next) {
    state = next
    for (const listener of listeners) listener(state, { since, kept, lost: !!driver.over?.() })
  }

  /** @param {SaveState} why */
  function stop(why) {
    writable = live = false
    cancelSend()
    cancelCopy()
    tell(why)
  }

  const back = createWayBack({ driver, schedule, tell, pauses: BACK_OFF })
  const superseded = () => claim !== null && !claim.holds()

  /** Makes this tab the one that writes the attempt. @param {string} text a saved state of it */
  function claimFor(text) {
    const header = peek(text)
    if (!header || !copies || header.token === token) return
    token = header.token
    claim?.stop()
    claim = createClaim({ view, storage, name: `${copies.prefix}${live ? token : ''}`, lost: () => stop('readonly') })
  }

  /** The state into this browser's storage. */
  function copy() {
    cancelCopy()
    if (!recorder || !writable || !copies) return
    uncopied = Infinity
    const record = lift(recorder())
    counter += 1
    const text = record.encode(counter, record.entries)
    claimFor(text)
    kept = copies.keep(text, record)
    if (!live) tell('local')
  }

  /** Sets the timer for the next sending; the only place that decides when. */
  function plan() {
    cancelSend()
    if (!writable || !live || sending) return
    let at = lastSent + BEAT
    if (failures) at = retryAt
    else if (firstChange < Infinity) {
      at = Math.max(lastSent + BETWEEN, Math.min(firstUrgent + PAINT, lastChange + PAUSE, firstChange + LONGEST))
    }
    cancelSend = schedule(send, Math.max(0, at - clock.now()))
  }

  /** The timer's turn: what changed, or a sign of life while someone is there. */
  function send() {
    seconds()
    const idle = view.document.visibilityState === 'hidden' || clock.now() - lastActive > IDLE
    if (firstChange < Infinity || !idle) return flush()
    lastSent = clock.now()
    plan()
  }

  /** @returns {boolean} all that is not saved has been told to the LMS */
  function write() {
    const record = firstChange < Infinity && recorder ? lift(recorder()) : null
    if (record) counter += 1
    firstChange = firstUrgent = Infinity
    return driver.write(record, { counter, seconds: seconds(), resend: failures > 0 })
  }

  /** Tells the LMS now and has it kept. */
  function flush() {
    if (!writable || !live || sending || superseded()) return
    if (uncopied < Infinity) copy()
    const first = Math.min(firstChange, clock.now())
    lastSent = clock.now()
    if (offline(view)) return settle(false, first)
    const arrived = write()
    const answer = driver.commit()
    if (typeof answer === 'boolean') return settle(arrived && answer, first)
    sending = true
    answer.catch(() => false).then((yes) => {
      sending = false
      settle(arrived && yes, first)
    })
  }

  /** @param {boolean} saved @param {number} first when the first of the changes was made */
  function settle(saved, first) {
    if (!writable) return
    if (driver.over?.()) return stop('readonly')
    failures = saved ? 0 : failures + 1
    if (saved && firstChange === Infinity) since = null
    if (!saved) {
      firstChange = Math.min(firstChange, first)
      since = since ?? new Date(clock.wall())
      retryAt = clock.now() + BACK_OFF[Math.min(failures, BACK_OFF.length) - 1]
    }
    tell(!saved ? 'unsaved' : firstChange === Infinity ? 'saved' : 'saving')
    plan()
  }

  function save({ urgent = false } = {}) {
    if (!writable || !recorder) return
    const now = (lastActive = lastChange = clock.now())
    firstChange = Math.min(firstChange, now)
    since = since ?? new Date(clock.wall())
    if (urgent) {
      firstUrgent = Math.min(firstUrgent, now)
      retryAt = Math.min(retryAt, Math.max(now + PAINT, lastSent + BACK_OFF[1]))
      copy()
    } else if (uncopied === Infinity) {
      uncopied = now
      cancelCopy = schedule(copy, BETWEEN)
    }
    if (live && !failures && state !== 'saving') tell('saving')
    plan()
  }

  /** The end, once: what changed and the time, as little as can be, for the page may be on its way out. */
  function finish() {
    if (!live || superseded()) return
    if (uncopied < Infinity) copy()
    const record = recorder && lift(recorder())
    if (writable) write()
    const finished = record?.completion === 'completed' && !(record.graded && record.success === 'unknown')
    const exit = record?.exit ?? 'suspend'
    if (finished && exit === 'normal' && !failures) copies?.forget(token)
    claim?.stop()
    stop('closed')
    driver.close({ finished, exit })
  }

  function watchPage() {
    const active = () => void (lastActive = clock.now())
    view.addEventListener('pointerdown', active, { passive: true })
    view.addEventListener('keydown', active, { passive: true })
    view.document.addEventListener('visibilitychange', () => {
      if (view.document.visibilityState !== 'hidden') plan()
      else leaveForAWhile()
    })
    view.addEventListener('pagehide', (/** @type {PageTransitionEvent} */ event) => (event.persisted ? leaveForAWhile() : finish()))
    view.addEventListener('pageshow', () => superseded() || plan())
    view.addEventListener('online', () => failures && flush())
    view.addEventListener('offline', () => {
      if (writable && live && driver.doubt?.()) settle(false, clock.now())
    })
  }

  /** Nobody knows whether the page will ever run again. */
  function leaveForAWhile() {
    if (uncopied < Infinity) copy()
    if (firstChange < Infinity || clock.now() - lastSent > BETWEEN) flush()
  }

  return {
    get readonly() { return !writable },
    get leads() { return live && Boolean(driver.leave) },

    async open() {
      watchPage()
      const opening = await driver.open(courseId)
      ;[live, lastSent, seconds] = [opening.connected, clock.now(), createStopwatch(clock)]
      writable = opening.mode === 'normal' && !opening.ended
      const course = await courseId
      copies = createCopies({ storage, peek, course, learner: live ? opening.learner.id : null, wall: clock.wall })
      const better = opening.mode === 'normal' ? copies.better(opening) : null
      counter = Math.max(peek(opening.state)?.counter ?? 0, better?.counter ?? 0)
      lift = neverLower(opening)
      const text = better ? better.state : opening.state
      if (writable) claimFor(text)
      if (opening.ended) tell('closed')
      else if (!writable) tell('readonly')
      else if (!live) tell('local')
      else settle(opening.committed && !failures, clock.now())
      return { ...opening, state: text, local: better !== null }
    },

    setRecorder(next) {
      recorder = next
      save({ urgent: true })
    },
    save,
    retry: () => (back.waiting() ? back.go() : flush()),

    onState(listener) {
      listeners.push(listener)
      listener(state, { since, kept, lost: !!driver.over?.() })
    },

    close() {
      flush()
      finish()
      back.go()
    }
  }
}
