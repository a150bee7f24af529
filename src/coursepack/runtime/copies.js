// @ts-check
/** The copy of the saved state in this browser: kept until a launch reads back as much from the LMS. */

import { fingerprint } from './storage.js'

/**
 * @typedef {{ state: string, token: number, counter: number, status: string, score: number | null, at: number }} Copy
 */

/** A copy that no launch has confirmed is of no use to anyone after so many milliseconds: 30 days. */
const LIFE = 30 * 24 * 3600 * 1000

/**
 * @param {{ storage: import('./storage.js').Storage, peek: import('./contract').Peek, course: string, learner: string | null,
 *   wall: () => number }} where `learner: null` when there is no LMS, and one copy is all there is
 */
export function createCopies({ storage, peek, course, learner, wall }) {
  const prefix = `coursepack ${fingerprint(course)} ${learner === null ? 'alone' : fingerprint(learner)} `
  const keyOf = (/** @type {number} */ token) => prefix + (learner === null ? '' : token)

  /** @returns {{ key: string, copy: Copy }[]} newest first; what is too old or not ours to read is removed */
  function all() {
    const found = storage.keys(prefix).flatMap((key) => {
      const copy = parse(storage.get(key))
      if (copy && (learner === null || wall() - copy.at < LIFE)) return [{ key, copy }]
      storage.remove(key)
      return []
    })
    return found.sort((a, b) => b.copy.at - a.copy.at)
  }

  /** @param {string | null} text @returns {Copy | null} */
  function parse(text) {
    try {
      const copy = JSON.parse(text ?? '')
      const header = peek(copy.state)
      return header && Number.isFinite(copy.at) ? { ...copy, ...header } : null
    } catch {
      return null
    }
  }

  return {
    prefix,

    /**
     * The copy that knows more than the LMS, or null. Same attempt: by the counter. No or unreadable
     * state in the LMS: only if it knows of the attempt, so that a new attempt starts empty.
     * @param {{ state: string, begun: boolean }} lms
     * @returns {Copy | null}
     */
    better({ state, begun }) {
      const copies = all()
      if (learner === null) return copies[0]?.copy ?? null
      const header = peek(state)
      if (!header) return begun ? (copies[0]?.copy ?? null) : null
      const same = copies.find(({ copy }) => copy.token === header.token)
      if (!same) return null
      if (same.copy.counter > header.counter) return same.copy
      storage.remove(same.key)
      return null
    },

    /**
     * @param {string} state
     * @param {import('./contract').LmsRecord} record
     * @returns {boolean} false when this browser keeps nothing
     */
    keep(state, record) {
      const header = peek(state)
      if (!header) return false
      const status = `${record.completion} ${record.success}`
      const copy = { state, ...header, status, score: record.score && record.score.raw, at: wall() }
      return storage.set(keyOf(header.token), JSON.stringify(copy))
    },

    /** @param {number} token */
    forget: (token) => storage.remove(keyOf(token))
  }
}
