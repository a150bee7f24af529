import { createQueue } from '../../src/coursepack/runtime/xapi/queue.js'
export const settle = async () => { for (let k = 0; k < 30; k++) await null }

/** A record store that answers as `reply` says, a clock that only the test moves. */
export function scene({ reply = () => 200, write = async () => {}, mine = () => true, kept = [], all = async (disk) => [...disk.values()], outlet: more = {} } = {}) {
  const at = { now: 1000, timers: [] }
  const schedule = (run, wait) => {
    const entry = { run, at: at.now + wait }
    at.timers.push(entry)
    return () => (at.timers = at.timers.filter((one) => one !== entry))
  }
  const move = async (ms) => {
    const end = at.now + ms
    for (;;) {
      const next = at.timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      at.now = Math.max(at.now, next.at)
      at.timers = at.timers.filter((one) => one !== next)
      next.run()
      await settle()
    }
    at.now = end
  }
  const [requests, told, lost, buried, disk] = [[], [], [], [], new Map(kept.map((item) => [item.id, item]))]
  const store = {
    all: () => all(disk),
    put: (item) => (disk.set(item.id, item), write(item.id)),
    remove: (items) => items.forEach(({ id }) => disk.delete(id)),
    bury: (item, why) => buried.push([item.id, why])
  }
  const outlet = {
    key: 'k', session: 's2', fleeting: false, ready: Promise.resolve(), open: () => true,
    send: async (texts, how) => {
      requests.push({ texts, at: at.now, ...how })
      const answer = reply(texts, requests.length)
      return typeof answer === 'number' ? { status: answer, retryAfter: 0 } : answer
    },
    ...more
  }
  let got = () => {}
  const queue = createQueue({
    outlet, store, schedule, now: () => at.now, random: () => 0.5, tell: (waits, count) => (told.push(waits), lost.push(count)),
    turn: (adopt) => ((got = adopt), adopt(), { mine })
  })
  const put = (id, more = {}) => queue.put({ id, text: `"${id}"`, low: false, soon: false, ...more })
  return { queue, put, move, requests, told, lost, buried, disk, at, got: () => got(), delivered: () => requests.flatMap(({ texts }) => texts) }
}
