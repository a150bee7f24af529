// @ts-check
/** What may only ever grow: the record's standing, and the time of the session. And the browser's clocks. */

/**
 * Lifts each record to what was reached before, in the LMS or in this session. Only a score that may fall falls.
 * @param {Pick<import('./contract').LmsRecord, 'completion' | 'success' | 'score'>} held
 * @returns {(record: import('./contract').LmsRecord) => import('./contract').LmsRecord}
 */
export function neverLower(held) {
  let { completion, success, score } = held
  const order = ['unknown', 'failed', 'passed']
  return (record) => {
    if (record.completion === 'completed') completion = 'completed'
    if (order.indexOf(record.success) > order.indexOf(success)) success = record.success
    if (record.score && (record.mayFall || !score || record.score.scaled > score.scaled)) score = record.score
    return { ...record, completion, success, score: record.score && score }
  }
}

/** The longest stretch that counts without a sign of life: a sleeping machine does not learn. Milliseconds. */
const GAP = 120000

/**
 * Seconds since it was made, without the time that the machine slept.
 * @param {{ now(): number }} clock monotonic
 * @returns {() => number}
 */
export function createStopwatch(clock) {
  let last = clock.now()
  let sum = 0
  return () => {
    const now = clock.now()
    sum += Math.min(Math.max(0, now - last), GAP)
    last = now
    return sum / 1000
  }
}

export const browserClock = { now: () => performance.now(), wall: () => Date.now() }

/**
 * @param {() => void} run
 * @param {number} ms
 * @returns {() => void} what cancels it
 */
export function browserTimer(run, ms) {
  const id = setTimeout(run, ms)
  return () => clearTimeout(id)
}

/**
 * Ends the session with the LMS and goes back there; where that takes several tries, the page stays.
 * @param {{ driver: Pick<import('./contract').Driver, 'leave'>, schedule: typeof browserTimer,
 *   tell: (state: import('./contract').SaveState) => void, pauses: number[] }} how `pauses` in milliseconds
 */
export function createWayBack({ driver, schedule, tell, pauses }) {
  let [tries, waits, cancel] = [0, false, () => {}]

  function go() {
    cancel()
    const left = driver.leave?.()
    if (!left) return
    tell('saving')
    left.catch(() => false).then((yes) => {
      waits = !yes
      tell(yes ? 'closed' : 'unsaved')
      if (waits) cancel = schedule(go, pauses[Math.min(tries++, pauses.length - 1)])
    })
  }
  return { go, waiting: () => waits }
}
