/** Scripts of the package, loaded ahead of need and again and again until they are there. */

/** @type {Set<() => void>} */
const sleepers = new Set()

/** Tries at once whatever is waiting for its next try. */
export const retryNow = () => sleepers.forEach((wake) => wake())
addEventListener('online', retryNow)

/** @param {string} src @returns {Promise<boolean>} whether the browser could load it */
const inject = (src) =>
  new Promise((resolve) => {
    const script = document.createElement('script')
    script.src = src
    script.onload = () => resolve(true)
    script.onerror = () => resolve(false)
    document.head.append(script)
  })

/** @param {number} milliseconds @returns {Promise<void>} */
const pause = (milliseconds) =>
  new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      sleepers.delete(wake)
      resolve()
    }
    const timer = setTimeout(wake, milliseconds)
    sleepers.add(wake)
  })

/**
 * Resolves when the script has registered what it brings. A script that loads and brings nothing (a login page in
 * its place) counts as not loaded. Waits 1, 2, 4 … 30 seconds between tries.
 * @param {string} src
 * @param {() => boolean} arrived
 * @param {() => void} failed called after each failed try
 */
export async function load(src, arrived, failed) {
  for (let wait = 1000; !arrived(); wait = Math.min(wait * 2, 30000)) {
    if ((await inject(src)) && arrived()) return
    failed()
    await pause(wait)
  }
}

/**
 * What scripts bring by calling `coursepack.<name>(value)`, and how to send for one of them.
 * @param {string[]} names
 */
export function parcels(names) {
  /** @type {Record<string, any>} */
  const arrived = {}
  /** @type {Record<string, Promise<any>>} */
  const coming = {}
  return {
    takers: Object.fromEntries(names.map((name) => [name, (/** @type {any} */ value) => (arrived[name] = value)])),
    /** @type {import('./contract.d.ts').Kit['bring']} */
    bring: (name, src, failed) => (coming[name] ??= load(src, () => name in arrived, failed).then(() => arrived[name])),
  }
}
