// @ts-check
/** Events of the course (opened, answered, completed …) for whoever listens, such as statement hooks. */

/** @type {Map<string, Set<(payload: any) => void>>} */
const listeners = new Map()

/**
 * @param {string} name
 * @param {(payload: any) => void} listener
 * @returns {() => void} takes the listener off again
 */
export function on(name, listener) {
  const all = listeners.get(name) ?? new Set()
  listeners.set(name, all.add(listener))
  return () => void all.delete(listener)
}

/** @type {{ push(event: [string, any, number]): unknown } | null} who hears everything; at first a list */
let witness = null

/**
 * Remembers all that is told from now on, and when by `performance.now()`, for one listener who comes late.
 * @returns {(listener: (event: [string, any, number]) => void) => void}
 */
export function remember() {
  /** @type {[string, any, number][]} */
  const past = []
  witness = past
  return (listener) => {
    const push = (/** @type {[string, any, number]} */ event) => {
      try {
        listener(event)
      } catch (error) {
        console.error(error)
      }
    }
    witness = { push }
    past.forEach(push)
  }
}

/**
 * A listener that fails is reported to the console and stops neither the others nor the course.
 * @param {string} name
 * @param {unknown} [payload]
 */
export function emit(name, payload) {
  witness?.push([name, payload, performance.now()])
  for (const listener of [...(listeners.get(name) ?? [])]) {
    try {
      listener(payload)
    } catch (error) {
      console.error(error)
    }
  }
}
