// @ts-check
/** What a launch with an LRS begins with, and what it must not forget when the page is reloaded. */

import { fingerprint } from '../storage.js'
import { parsed } from './client.js'

/** @type {import('../contract').Opening} */
export const NOTHING = {
  connected: false, mode: 'normal', credit: false, learner: { id: '', name: '' }, state: '', completion: 'incomplete',
  success: 'unknown', score: null, begun: false, committed: false
}

/**
 * Notes under a name that may be long; storage that is blocked keeps none.
 * @param {() => any} area
 * @param {string} name
 */
export function noteBox(area, name) {
  const key = `coursepack launch ${fingerprint(name)}`
  return {
    /** @returns {Record<string, any>} */
    read() {
      try {
        return parsed(area().getItem(key)) ?? {}
      } catch {
        return {}
      }
    },
    /** @param {Record<string, any>} notes */
    write(notes) {
      try {
        area().setItem(key, JSON.stringify(notes))
        return true
      } catch {
        return false
      }
    }
  }
}
