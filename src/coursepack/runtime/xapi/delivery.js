// @ts-check
/** From a rendered statement to wherever this launch sends statements, and what the learner is told of it. */

import { createQueue } from './queue.js'
import { resolve } from './resolver.js'
import { openStore } from './store.js'
import { takeTurn } from './turn.js'

/** @typedef {import('../contract').Kit} Kit */
/** @typedef {import('./resolver.js').Way} Way */
/**
 * `then` is called once the statement is written down, or offered.
 * @typedef {{ id: string, text: string, low: boolean, soon: boolean, then: () => void }} Parcel
 */
/** @typedef {{ way: Way, put(parcel: Parcel): void, failing(): boolean }} Outward */

/**
 * @param {Kit} kit
 * @param {import('../contract').HookTable} table
 * @param {import('./resolver.js').Identity} mine
 * @param {(out: Outward) => void} found called once it is known where statements go, within three seconds
 * @returns {() => void} sends what there is: the learner leaves
 */
export function delivery(kit, table, mine, found) {
  /** @type {ReturnType<typeof outward> | null} */
  let out = null
  const settle = resolve(kit, table, mine, (way) => found((out = outward(kit, way))))
  const leave = () => {
    settle()
    out?.leave()
  }
  addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && out?.leave())
  addEventListener('online', () => out?.retry())
  return leave
}

/** @param {Kit} kit @param {Way} way */
function outward(kit, way) {
  /** @type {ReturnType<typeof createQueue> | null} */
  let queue = null
  /** @type {Parcel[]} */
  let line = []
  const { offer } = way

  function hand() {
    if (!queue) return
    for (const parcel of line) queue.put(parcel)?.then(parcel.then)
    line = []
  }

  if (!offer) {
    openStore(window, kit.storage).then((store) => {
      const name = `coursepack-statements ${way.key}`
      const turn = (/** @type {() => void} */ got) => takeTurn({ view: window, storage: kit.storage, name, got })
      queue = createQueue({ outlet: way, store, turn, tell: told(kit) })
      way.beforeEnd(queue.flush)
      hand()
    })
  }
  return {
    way,
    failing: () => !!queue?.failing(),
    /** @param {Parcel} parcel */
    put(parcel) {
      if (offer) {
        offer(parcel.text)
        return parcel.then()
      }
      line.push(parcel)
      hand()
    },
    leave() {
      if (queue) queue.leave()
      else if (line.length && !way.fleeting && !offer) void way.send(line.map(({ text }) => text), { keepalive: true })
    },
    retry: () => queue?.retry(),
  }
}

/** One calm line beside the one that tells of saving. @param {Kit} kit */
function told({ config }) {
  const saving = document.querySelector('#saving')
  const line = /** @type {HTMLElement | null} */ (document.querySelector('#sending') ?? saving?.cloneNode(false) ?? null)
  if (saving && line) {
    line.id = 'sending'
    saving.after(line)
  }
  let told = 0
  return (/** @type {boolean} */ waits, /** @type {number} */ lost) => {
    const words = [waits && 'statements.waiting', lost && 'statements.lost'].map((name) => (name ? String(config.words[name]) : ''))
    const text = words.join(' ').trim()
    if (line && line.textContent !== text) line.textContent = text
    if (lost > told) console.warn(`statements that found no room: ${(told = lost)}`)
  }
}
