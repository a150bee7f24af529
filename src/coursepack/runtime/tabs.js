// @ts-check
/** One writer per attempt: the tab that opened last. The others learn of it at once, or before they write. */

/**
 * @param {{ view: any, storage: import('./storage.js').Storage, name: string, lost: () => void }} how `name` is common
 *   to all tabs of the attempt; `lost` is called once, when a newer tab has taken over
 */
export function createClaim({ view, storage, name, lost }) {
  const me = Math.random().toString(36).slice(2)
  const key = `${name} writer`
  let mine = true
  /** @type {BroadcastChannel | null} */
  let channel = null

  function lose() {
    if (!mine) return
    mine = false
    stop()
    lost()
  }

  /** @param {{ key: string | null, newValue: string | null }} event */
  const onStorage = (event) => {
    if (event.key === key && event.newValue && event.newValue !== me) lose()
  }

  function stop() {
    view.removeEventListener('storage', onStorage)
    channel?.close()
    channel = null
  }

  try {
    channel = new view.BroadcastChannel(name)
    const open = /** @type {BroadcastChannel} */ (channel)
    open.onmessage = (/** @type {MessageEvent} */ event) => event.data !== me && lose()
    open.postMessage(me)
  } catch {
    channel = null
  }
  view.addEventListener('storage', onStorage)
  storage.set(key, me)

  return {
    /** Asked before each write: a message may be late, and a frozen page gets none. */
    holds() {
      const writer = storage.get(key)
      if (writer !== null && writer !== me) lose()
      return mine
    },
    stop
  }
}
