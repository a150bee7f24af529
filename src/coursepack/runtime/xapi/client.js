// @ts-check
/** Requests to an LRS, and the clock that goes with them. xAPI 1.0.3 in all; nothing that only a later version knows. */

/** Milliseconds after which nobody waits for an answer any more. */
const PATIENCE = 20000
/** A request that may outlive the page must be smaller, all of them together. */
const SMALL = 48000

/** @typedef {{ status: number, text: string, etag: string | null, retryAfter: number, date: string | null }} Answer */
/** @typedef {{ body?: string, headers?: Record<string, string>, keepalive?: boolean, credentials?: RequestCredentials }} How */

/** Whether the same request may succeed later. @param {number} status */
export const passing = (status) => status === 0 || status === 408 || status === 425 || status === 429 || status >= 500
/** @param {number} status */
export const fine = (status) => status >= 200 && status < 300

/** @param {string | null} text @returns {any} null for what is no JSON */
export function parsed(text) {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}

/**
 * What `Retry-After` asks for: a number, or a moment, by the server's clock where it tells.
 * @param {string | null} after
 * @param {string | null} date
 */
export const seconds = (after, date) =>
  Number(after) || Math.max(0, Date.parse(after ?? '') - (Date.parse(date ?? '') || Date.now())) / 1000 || 0

/**
 * One HTTP request. Status 0: nobody knows whether it arrived.
 * @param {any} view
 * @param {string} method
 * @param {string} url
 * @param {How} [how]
 * @returns {Promise<Answer>}
 */
export async function request(view, method, url, { body, headers, keepalive, credentials = 'omit' } = {}) {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), PATIENCE)
  try {
    const answer = await view.fetch(url, {
      method, body, headers, signal: abort.signal, credentials, cache: 'no-store', referrerPolicy: 'no-referrer',
      keepalive: !!keepalive && (body ?? '').length < SMALL
    })
    const told = (/** @type {string} */ name) => answer.headers.get(name)
    return { status: answer.status, text: await answer.text(), etag: told('ETag'), retryAfter: seconds(told('Retry-After'), told('Date')), date: told('Date') }
  } catch {
    return { status: 0, text: '', etag: null, retryAfter: 0, date: null }
  } finally {
    clearTimeout(timer)
  }
}

/** Milliseconds between tries at what a session cannot begin without. */
const PAUSES = [1000, 2000, 4000]

/**
 * Asks again while the trouble is a passing one.
 * @template {{ status: number }} T
 * @param {() => Promise<T>} attempt
 * @param {(ms: number) => Promise<unknown>} pause
 */
export async function insist(attempt, pause) {
  let answer = await attempt()
  for (const ms of PAUSES) {
    if (!passing(answer.status)) break
    await pause(ms)
    answer = await attempt()
  }
  return answer
}

/**
 * @param {{ view: any, endpoint: string, authorization: string, clock: ReturnType<typeof createClock> }} where
 *   `endpoint` ends in a slash
 */
export function createClient({ view, endpoint, authorization, clock }) {
  return {
    /**
     * @param {string} method
     * @param {string} resource below the endpoint
     * @param {Record<string, string>} [query]
     * @param {How} [how]
     */
    async send(method, resource, query = {}, { body, headers, keepalive } = {}) {
      const search = new URLSearchParams(query).toString().replaceAll('+', '%20')
      /** @type {Record<string, string>} */
      const type = body === undefined ? {} : { 'Content-Type': 'application/json' }
      const answer = await request(view, method, endpoint + resource + (search && `?${search}`), {
        body, keepalive, headers: { 'X-Experience-API-Version': '1.0.3', Authorization: authorization, ...type, ...headers }
      })
      clock.learn(answer.date)
      return answer
    }
  }
}

/** A clock that is so far off is corrected; milliseconds. */
const SKEW = 120000

/**
 * Times for statements: never before an earlier one, and by the LMS's clock where it tells and this one is far off.
 * @param {() => number} [wall]
 */
export function createClock(wall = Date.now) {
  let [offset, last] = [0, 0]
  return {
    offset: () => offset,
    /** What this page knew before it was reloaded. @param {number} [known] */
    correct(known = 0) {
      if (known) [offset, last] = [known, 0]
    },
    /** @param {string | null} date an HTTP date */
    learn(date) {
      const off = Date.parse(date ?? '') - wall()
      if (Math.abs(off) > SKEW && !offset) [offset, last] = [off, 0]
    },
    now: (at = wall()) => (last = Math.max(last, at + offset)),
    /** ISO 8601, UTC, milliseconds. @param {number} [at] a moment by this machine's clock */
    timestamp(at) {
      return new Date(this.now(at)).toISOString()
    }
  }
}
