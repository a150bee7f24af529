// @ts-check
/**
 * Statements on their way to a record store: written down before they are sent, sent in order and in batches by one tab,
 * the same bytes again and again until the store has said that it has them.
 */

import { fine, passing } from './client.js'

/** @typedef {import('./store.js').Item} Item */
/** @typedef {import('../contract').Outlet} Outlet */
/** @typedef {Item & { written?: Promise<unknown> }} Waiting */

/** Milliseconds. */
const PERIOD = 10000
const SOON = 1000
const FULL = 10
/** Of one request: statements, and characters. */
const MOST = 25
const LARGE = 200000
/** What the browser carries on when the page is gone, all such requests together. */
const SMALL = 46000
/** Of all that waits: statements, and characters. */
const CAP = 5000
const ROOM = 5e6
const LONGEST = 60000
const timer = (/** @type {() => void} */ work, /** @type {number} */ wait) => {
  const id = setTimeout(work, wait)
  return () => clearTimeout(id)
}

/**
 * @param {object} how
 * @param {Outlet} how.outlet
 * @param {import('./store.js').Store} how.store
 * @param {(got: () => void) => { mine(): boolean }} how.turn
 * @param {(waits: boolean, lost: number) => void} how.tell whether statements wait because something is in the way, and how many
 *   found no room
 * @param {typeof timer} [how.schedule]
 * @param {() => number} [how.now]
 * @param {() => number} [how.random]
 */
export function createQueue({ outlet, store, turn, tell, schedule = timer, now = Date.now, random = Math.random }) {
  /** @type {Waiting[]} in the order in which they were put; those of earlier visits first */
  let line = []
  let [ready, sending, stopped] = [false, false, false]
  let [most, failures, dueAt, retryAt] = [MOST, 0, Infinity, 0]
  /** @type {WeakSet<Waiting>} written down: what is no longer there, another tab has sent */
  const kept = new WeakSet()
  /** @type {Set<Waiting>} in requests that outlive the page, and their characters */
  const away = new Set()
  let [load, lost] = [0, 0]
  /** @type {Promise<unknown>} */
  let work = Promise.resolve()
  let cancel = () => {}
  /** What the other tabs have sent is known. @type {Promise<unknown>} */
  let fresh = Promise.resolve()
  const sender = turn(() => void (fresh = adopt()))
  outlet.ready.then(() => {
    ready = true
    plan()
  })

  /** What an earlier visit or another tab has left. Of a session that is over, nothing may be sent. */
  async function adopt() {
    const known = line.filter((item) => kept.has(item))
    const found = await store.all(outlet.key).catch(() => known)
    const left = found.filter(({ id, session }) => !line.some((item) => item.id === id) && !(outlet.fleeting && session !== outlet.session))
    store.remove(found.filter(({ session }) => outlet.fleeting && session !== outlet.session))
    left.forEach((item) => kept.add(item))
    line = [...left, ...line.filter((item) => !known.includes(item) || found.some(({ id }) => id === item.id))]
    if (left.length) dueAt = now()
    plan()
  }

  /** What a session that is over has left is not sent later: nobody is told that it waits. */
  const waits = () => tell(line.length > 0 && (stopped ? !outlet.fleeting : failures > 1), lost)

  function plan() {
    cancel()
    waits()
    if (!line.length || !ready || sending || stopped) return
    const at = failures ? retryAt : line.length >= FULL ? Math.min(dueAt, now() + SOON) : dueAt
    cancel = schedule(() => void send(false), Math.max(0, at - now()))
  }

  /** The oldest that go into one request, of those that are in none. @param {number} room */
  function batch(room) {
    let size = 1
    const free = line.filter((item) => !away.has(item)).slice(0, most)
    const fits = free.findIndex((item) => (size += item.text.length + 1) > room)
    return fits < 0 ? free : free.slice(0, Math.max(1, fits))
  }

  /** @param {boolean} leaving the page may be gone before the answer comes */
  function send(leaving) {
    cancel()
    if (sending || stopped || !ready || !line.length) return work
    if (!sender.mine()) {
      cancel = schedule(plan, PERIOD)
      return work
    }
    const items = batch(leaving ? SMALL - load : LARGE)
    if (!items.length) return work
    sending = true
    return (work = Promise.all([work, deliver(items, leaving)]))
  }

  /** @param {Waiting[]} items @param {boolean} leaving */
  async function deliver(items, leaving) {
    if (!leaving) await Promise.all([fresh, ...items.map((item) => item.written)])
    if (!outlet.open()) return stop()
    const left = items.filter((item) => !away.has(item) && line.includes(item))
    const answer = left.length ? await post(left) : null
    sending = false
    if (answer) settle(left, answer.status, answer.retryAfter)
    else plan()
  }

  /** One request, which outlives the page if the browser carries that much. @param {Waiting[]} items */
  async function post(items) {
    const size = items.reduce((sum, { text }) => sum + text.length + 1, 1)
    const keepalive = load + size <= SMALL
    if (keepalive) {
      load += size
      items.forEach((item) => away.add(item))
    }
    const answer = await outlet.send(items.map((item) => item.text), { keepalive })
    if (keepalive) {
      load -= size
      items.forEach((item) => away.delete(item))
    }
    return answer
  }

  function stop() {
    sending = false
    stopped = true
    plan()
  }

  /** @param {Waiting[]} items @param {number} status @param {number} retryAfter seconds */
  function settle(items, status, retryAfter) {
    const shut = !outlet.open()
    if (fine(status) || (status === 409 && items.length === 1)) done(items)
    else if (shut || ![400, 409, 413].includes(status) && !passing(status)) return stop()
    else if (passing(status)) {
      failures += 1
      const wait = Math.min(LONGEST, 1000 * 2 ** Math.min(failures - 1, 6)) * (0.5 + random())
      retryAt = now() + Math.max(wait, retryAfter * 1000)
    } else if (items.length > 1) {
      most = items.length >> 1
      dueAt = now()
    } else if (status === 400 && outlet.restamp?.(items[0].text)) {
      items[0].text = outlet.restamp(items[0].text) ?? ''
      void store.put(items[0])
      dueAt = now()
    } else {
      console.error(`a statement was refused with ${status}: ${items[0].id}`)
      store.bury(items[0], String(status))
      done(items)
    }
    plan()
  }

  /** @param {Waiting[]} items */
  function done(items) {
    line = line.filter((item) => !items.includes(item))
    Promise.all(items.map((item) => item.written)).then(() => store.remove(items))
    failures = 0
    most = items.length === 1 ? MOST : Math.min(MOST, most * 2)
    dueAt = line.length ? now() : Infinity
  }

  return {
    /** @param {{ id: string, text: string, low: boolean, soon: boolean }} statement */
    put({ id, text, low, soon }) {
      while (line.length >= CAP || line.reduce((sum, item) => sum + item.text.length, text.length) > ROOM) {
        const victim = line.find((item) => item.low && !low)
        lost += 1
        if (!victim) return void waits()
        line = line.filter((item) => item !== victim)
        store.remove([victim])
      }
      /** @type {Waiting} */
      const item = { key: outlet.key, session: outlet.session, id, text, low }
      const written = store.put(item).then(() => kept.add(item), () => {})
      Object.defineProperty(item, 'written', { value: written })
      line.push(item)
      dueAt = Math.min(dueAt, now() + (soon ? SOON : PERIOD))
      plan()
      return written
    },

    /** Something is in the way: what may be dropped should be. */
    failing: () => stopped || failures > 0,

    /** Tries at once, such as when the network is back. */
    retry() {
      dueAt = retryAt = 0
      plan()
    },

    /** Sends what there is while there is time, beside what is on its way: what fits, by a request that outlives the page. */
    leave() {
      if (!sending) return void send(true)
      const items = batch(SMALL - load)
      if (!items.length || stopped || !ready || !outlet.open() || !sender.mine()) return
      work = Promise.all([work, post(items).then(({ status }) => fine(status) && done(items)).then(plan)])
    },

    /** Sends until nothing waits, or something is in the way. */
    async flush() {
      await work
      while (line.length && !stopped && !failures && ready && sender.mine()) await send(false)
    },
  }
}
