// @ts-check
/** What this browser keeps: blocked, full or partitioned storage answers no and breaks nothing. */

/**
 * @typedef {{ get(key: string): string | null, set(key: string, value: string): boolean, remove(key: string): void,
 *   keys(prefix: string): string[] }} Storage
 */

/**
 * What the attempt gives, or `otherwise` when it throws.
 * @template T
 * @param {() => T} attempt
 * @param {T} otherwise
 */
export function safely(attempt, otherwise) {
  try {
    return attempt()
  } catch {
    return otherwise
  }
}

/** @param {any} view @returns {Storage} */
export function browserStorage(view) {
  const area = () => view.localStorage
  return {
    get: (key) => safely(() => area().getItem(key), null),
    set: (key, value) => safely(() => (area().setItem(key, value), true), false),
    remove: (key) => safely(() => area().removeItem(key), undefined),
    keys: (prefix) => safely(() => Object.keys(area()).filter((key) => key.startsWith(prefix)), [])
  }
}

/**
 * Surely without a network. A page from this machine (a desktop player, a preview) needs none.
 * @param {any} view
 */
export function offline(view) {
  return safely(() => {
    const local = !/^https?:$/.test(view.location.protocol) || /^(localhost|127\.[\d.]+|\[::1\])$/.test(view.location.hostname)
    return view.navigator.onLine === false && !local
  }, false)
}

/**
 * A short fingerprint, so that keys name neither course nor learner in plain text.
 * @param {string} text
 */
export function fingerprint(text) {
  let [one, two] = [0x811c9dc5, 0x1b873593]
  for (let k = 0; k < text.length; k++) {
    one = Math.imul(one ^ text.charCodeAt(k), 0x01000193)
    two = Math.imul(two ^ text.charCodeAt(k), 0x85ebca6b) ^ (two >>> 13)
  }
  return (one >>> 0).toString(36) + (two >>> 0).toString(36)
}
