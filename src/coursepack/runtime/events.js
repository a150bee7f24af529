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

/**
 * A listener that fails is reported to the console and stops neither the others nor the course.
 * @param {string} name
 * @param {unknown} [payload]
 */
export function emit(name, payload) {
  for (const listener of [...(listeners.get(name) ?? [])]) {
    try {
      listener(payload)
    } catch (error) {
      console.error(error)
    }
  }
}
