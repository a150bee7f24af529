// @ts-check
/** The State document `bookmark`: what was saved, and what the LRS was told. Written by one session at a time. */

import { fine, parsed, passing } from './client.js'
import { digest } from './uuid.js'

/**
 * `session` wrote it, which began at `opened` (milliseconds); `sent` are the verbs that the LRS holds for this
 * registration; `failed` is the score that the last `failed` told.
 * @typedef {{ v: 1, state: string, session: string, opened: number, completion: import('../contract').Completion,
 *   success: import('../contract').Success, score: import('../contract').Score | null, sent: string[], failed: number | null }} Bookmark
 * @typedef {'kept' | 'later' | 'over'} Outcome
 */

const RESOURCE = 'activities/state'

/**
 * @param {ReturnType<typeof import('./client.js').createClient>} client
 * @param {Record<string, string>} about activityId, agent, registration
 */
export function createBookmark(client, about) {
  const query = { stateId: 'bookmark', ...about }
  /** The document's tag, '' where there is no document, null where the LRS does not let the page read it. */
  let etag = /** @type {string | null} */ ('')
  /** Whether tags are what xAPI 1.0.3 makes them, the digest of the document: found out at the first writing. */
  let digests = false

  /** @returns {Promise<{ status: number, held: Bookmark | null }>} */
  async function load() {
    const answer = await client.send('GET', RESOURCE, query)
    etag = answer.status === 200 ? answer.etag : ''
    const held = answer.status === 200 ? parsed(answer.text) : null
    return { status: answer.status, held: held?.v === 1 ? held : null }
  }

  /**
   * Without a tag the document is not replaced but merged, which asks for none. Where the answer brings no tag, it is
   * asked for, so that the next writing, which may be the last of the page, has the right one.
   * @param {Bookmark} mark
   * @param {boolean} [keepalive]
   */
  async function put(mark, keepalive) {
    const body = JSON.stringify(mark)
    /** @type {Record<string, string> | undefined} */
    const headers = etag === null ? undefined : etag ? { 'If-Match': etag } : { 'If-None-Match': '*' }
    const answer = await client.send(headers ? 'PUT' : 'POST', RESOURCE, query, { body, headers, keepalive })
    if (!fine(answer.status)) return answer.status
    const made = `"${digest(body)}"`
    if (answer.etag || digests) etag = answer.etag ?? made
    else if (headers) {
      const { held } = await load()
      digests = etag === made
      if (held && held.session !== mark.session) etag = made
    }
    return answer.status
  }

  return {
    load,

    /**
     * @param {Bookmark} mark
     * @param {boolean} [keepalive]
     * @returns {Promise<Outcome>}
     */
    async save(mark, keepalive) {
      let status = await put(mark, keepalive)
      if (status === 409 || status === 412) {
        const { held } = await load()
        if (held && held.session !== mark.session && held.opened > mark.opened) return 'over'
        status = await put(mark, keepalive)
      }
      if (fine(status)) return 'kept'
      if (status === 401 || status === 403) return 'over'
      if (!passing(status)) console.error(`the LRS refuses to keep progress: ${status}`)
      return 'later'
    }
  }
}
