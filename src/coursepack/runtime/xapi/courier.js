// @ts-check
/**
 * What a course tells an LRS about itself: the bookmark, and completed, passed and failed on the launched activity. A
 * statement's bytes are fixed and written down before they are sent; one request at a time, in the order of events.
 */

import { createBookmark } from './bookmark.js'
import { fine, passing } from './client.js'
import { namedId, randomId } from './uuid.js'

/** @typedef {import('./bookmark.js').Outcome} Outcome */
/** @typedef {import('./bookmark.js').Bookmark} Bookmark */
/**
 * What must survive a reload. `pending` is written down and not yet known to have arrived; `done` are the verbs of this
 * session; `elapsed` seconds.
 * @typedef {{ pending: { id: string, verb: string, text: string, check: boolean }[], done: string[], elapsed: number }} Journal
 * @typedef {{ completion?: boolean, success?: boolean, score?: import('../contract').Score, progress?: number }} Outcomes
 */

/** Milliseconds that the end of a session waits for statements of others. */
const LAST_WORDS = 8000

/**
 * @param {{
 *   client: ReturnType<typeof import('./client.js').createClient>,
 *   clock: ReturnType<typeof import('./client.js').createClock>,
 *   about: { activity: string, actor: Record<string, any>, registration: string | null },
 *   session: string,
 *   build: (id: string, verb: string, seconds: number, outcomes: Outcomes) => Record<string, any>,
 *   journal: Journal,
 *   remember: (journal: Journal) => void,
 *   mastery: number | null,
 *   oneJudgement: boolean,
 * }} how `oneJudgement`: passed or failed only once in a session, which is cmi5's rule
 */
export function createCourier({ client: line, clock, about, session, build, journal, remember, mastery, oneJudgement }) {
  const { activity, actor, registration } = about
  let notBefore = 0
  /** Whoever is asked to wait waits with everything. @type {Pick<typeof line, 'send'>} */
  const client = {
    async send(...request) {
      const answer = await line.send(...request)
      if (answer.retryAfter && passing(answer.status)) notBefore = Date.now() + answer.retryAfter * 1000
      return answer
    }
  }
  const bookmark = createBookmark(client, { activityId: activity, agent: JSON.stringify(actor), ...(registration && { registration }) })
  const opened = clock.now()
  /** @type {Bookmark | null} */
  let mark = null
  let [sent, failed] = [/** @type {string[]} */ ([]), /** @type {number | null} */ (null)]
  let [dirty, over, shut, busy] = [false, false, false, 0]
  /** @type {Set<Promise<unknown>>} */
  const pending = new Set()
  const base = journal.elapsed
  /** @type {Promise<unknown>} */
  let chain = Promise.resolve()
  /** @type {(() => Promise<unknown>)[]} */
  const flushers = []
  let begin = () => {}
  const ready = /** @type {Promise<void>} */ (new Promise((resolve) => (begin = resolve)))
  /** completed and passed are told once per registration, whoever finds it out: their id says so */
  const idOf = (/** @type {string} */ verb) => (registration ? namedId(`${registration}|${activity}|${verb}`) : randomId())
  const told = (/** @type {string} */ verb) => sent.includes(verb) || journal.done.includes(verb)

  /**
   * Writes a statement down; it goes out with the next `deliver`.
   * @param {string} verb
   * @param {Outcomes} [outcomes]
   * @param {{ id?: string, check?: boolean, seconds?: number }} [how] `check`: an earlier session may have sent it
   */
  function write(verb, outcomes = {}, { id = randomId(), check = false, seconds = journal.elapsed } = {}) {
    const text = JSON.stringify(build(id, verb, seconds, outcomes))
    journal.pending.push({ id, verb, text, check })
    journal.done.push(verb)
    remember(journal)
  }

  /** @param {import('../contract').LmsRecord} record @param {boolean} atEnd */
  function judge({ completion, success, score, progress, graded, taken }, atEnd) {
    const complete = completion === 'completed'
    const check = mark?.session !== session && mark !== null
    if (complete && !told('completed')) write('completed', { completion: true }, { id: idOf('completed'), check })
    const judged = oneJudgement ? journal.done.some((verb) => verb === 'passed' || verb === 'failed') : journal.pending.some(({ verb }) => verb === 'failed')
    if (judged || told('passed')) return
    const outcomes = { score: score ?? undefined, progress: complete ? undefined : progress }
    const enough = mastery === null || (score !== null && score.scaled >= mastery)
    if (success === 'passed' && enough) return write('passed', { success: true, ...outcomes }, { id: idOf('passed'), check })
    const short = score !== null && score.scaled !== failed && (mastery === null || score.scaled < mastery)
    if (short && (success === 'failed' || (atEnd && taken && (graded || mastery !== null) && success !== 'passed'))) {
      write('failed', { success: false, ...outcomes })
    }
  }
  /** @param {Journal['pending'][0]} item @param {boolean} keepalive @returns {Promise<Outcome>} */
  async function post({ id, text, check }, keepalive) {
    if (check) {
      const { status } = await client.send('GET', 'statements', { statementId: id })
      if (status === 200) return 'kept'
    }
    const { status } = await client.send('POST', 'statements', {}, { body: text, keepalive })
    if (fine(status) || status === 409) return 'kept'
    if (status === 401 || status === 403) return 'over'
    if (passing(status)) return 'later'
    console.error(`the LRS refuses a statement: ${status}`)
    return 'kept'
  }

  /** @param {Journal['pending'][0]} item */
  function arrived({ verb, text }) {
    if (verb === 'initialized') begin()
    else if (verb === 'failed') failed = JSON.parse(text).result.score.scaled
    else if (verb !== 'terminated') sent = [...new Set([...sent, verb])]
    if (verb !== 'initialized' && verb !== 'terminated' && mark) dirty = true
    journal.pending.shift()
    remember(journal)
  }

  /**
   * Sends what is written down, one by one. What is refused while the session lives is given up: the bookmark, which
   * is saved next, finds out whether it does.
   * @param {boolean} keepalive
   * @returns {Promise<boolean>}
   */
  async function deliver(keepalive) {
    while (journal.pending.length) {
      const item = journal.pending[0]
      const outcome = await post(item, keepalive)
      if (outcome === 'later') return false
      if (outcome === 'over' && (item.verb === 'initialized' || item.verb === 'terminated')) over = true
      if (over) return false
      arrived(item)
    }
    return true
  }

  /** @param {boolean} keepalive @returns {Promise<boolean>} all that was written is with the LRS */
  async function work(keepalive) {
    if (over || Date.now() < notBefore) return false
    const all = await deliver(keepalive)
    if (!markable()) return all && !over
    return (await keep(keepalive)) && all
  }

  const markable = () => !over && dirty && mark && !journal.pending.some(({ verb }) => verb === 'initialized') && !journal.done.includes('terminated')

  /** @param {boolean} keepalive @returns {Promise<boolean>} */
  async function keep(keepalive) {
    dirty = false
    const outcome = await bookmark.save({ .../** @type {Bookmark} */ (mark), sent, failed }, keepalive)
    if (outcome !== 'kept') dirty = true
    if (outcome === 'over') over = true
    return outcome === 'kept'
  }

  /** @param {boolean} [keepalive] @returns {Promise<boolean>} */
  function commit(keepalive = false) {
    const next = chain.then(() => work(keepalive))
    busy += 1
    chain = next.catch(() => {}).then(() => (busy -= 1))
    return next
  }

  /** The page may be gone before what is on its way is answered: then the bookmark goes beside it. */
  function lastWords() {
    if ((busy || journal.pending.length) && markable()) {
      const answer = keep(true)
      pending.add(answer)
      void answer.finally(() => pending.delete(answer))
    }
    void commit(true)
  }

  return {
    write, commit, ready, begin, lastWords,
    over: () => over,
    told,

    /** Reads what an earlier session has saved. */
    async load() {
      const { status, held } = await bookmark.load()
      if (held) [mark, sent, failed] = [held, held.sent ?? [], held.failed ?? null]
      return { status, held }
    },

    /**
     * @param {import('../contract').LmsRecord | null} record
     * @param {{ counter: number, seconds: number }} state
     */
    take(record, { counter, seconds }) {
      journal.elapsed = Math.max(journal.elapsed, base + seconds)
      if (!record) return remember(journal)
      const { completion, success, score } = record
      judge(record, false)
      mark = { v: 1, state: record.encode(counter, record.entries), session, opened, completion, success, score, sent, failed }
      dirty = true
      remember(journal)
    },

    /** The last record of a session: a score below the pass mark is told now, since no better one can follow. Who has
     * quizzes before them has not failed.
     * @param {import('../contract').LmsRecord | null} record */
    conclude(record) {
      if (record) judge(record, true)
    },

    /** @param {(() => Promise<unknown>)} flush */
    beforeEnd: (flush) => void flushers.push(flush),
    /** Lets the others send their last, waits for what is on its way, then sends its own. @returns {Promise<boolean>} */
    async settle() {
      await Promise.race([Promise.all(flushers.map((flush) => flush())), new Promise((resolve) => setTimeout(resolve, LAST_WORDS))])
      shut = true
      await Promise.all(pending)
      shut = await commit()
      return shut
    },

    /** @returns {import('../contract').Outlet} @param {Pick<import('../contract').Outlet, 'key' | 'context' | 'mode' | 'fleeting'>} facts */
    outlet: (facts) => ({
      ...facts, actor, activity, registration, session, ready,
      timestamp: (at = performance.now()) => clock.timestamp(Date.now() - (performance.now() - at)),
      open: () => !over && !shut,
      send: async (statements, { keepalive = false } = {}) => {
        if (over || shut) return { status: 403, retryAfter: 0 }
        const answer = client.send('POST', 'statements', {}, { body: `[${statements.join(',')}]`, keepalive })
        pending.add(answer)
        return answer.finally(() => pending.delete(answer))
      },
      beforeEnd: (flush) => void flushers.push(flush)
    })
  }
}
