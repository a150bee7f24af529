// @ts-check
/** What a launch says in its address: cmi5's five parameters, or those of Tin Can launchers. Each is decoded once. */

import { parsed } from '../xapi/client.js'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** @param {string} url @returns {string} with exactly one slash at the end */
const slashed = (url) => url.replace(/\/*$/, '/')

/**
 * The launch of a cmi5 assignable unit (cmi5 §8.1), null when a parameter is missing or malformed.
 * @param {string} search
 */
export function cmi5Launch(search) {
  const query = new URLSearchParams(search)
  const [endpoint, fetch, registration, activity] = ['endpoint', 'fetch', 'registration', 'activityId'].map((name) => query.get(name) ?? '')
  const actor = parsed(query.get('actor'))
  if (!endpoint || !fetch || !activity || !UUID.test(registration) || !actor?.account?.name) return null
  return { endpoint: slashed(endpoint), fetch, registration, activity, actor }
}

/** What leaves the address bar; whatever else the launcher has added stays, and goes nowhere. */
const SECRET = ['endpoint', 'auth', 'actor', 'registration', 'activity_id', 'activity_platform', 'grouping', 'Accept-Language',
  'content_token', 'content_endpoint']

/**
 * The launch of an xAPI activity, null when there is none.
 * @param {string} search
 */
export function tinCanLaunch(search) {
  const query = new URLSearchParams(search)
  const [endpoint, auth, id, activity, platform, grouping] =
    ['endpoint', 'auth', 'registration', 'activity_id', 'activity_platform', 'grouping'].map((name) => query.get(name) ?? '')
  const actor = agent(parsed(query.get('actor')))
  if (!endpoint || !auth || !actor) return null
  const registration = UUID.test(id) ? id : null
  return { endpoint: slashed(endpoint), authorization: auth.includes(' ') ? auth : `Basic ${auth}`, actor, registration, activity, platform, grouping }
}

/**
 * An agent with the one property that identifies it, and nothing else. Launchers of xAPI 0.9 send lists.
 * @param {any} said
 * @returns {Record<string, any> | null}
 */
function agent(said) {
  const first = (/** @type {any} */ value) => (Array.isArray(value) ? value[0] : value)
  const account = first(said?.account)
  const homePage = account?.homePage ?? account?.accountServiceHomePage
  const name = account?.name ?? account?.accountName
  if (homePage && name) return { objectType: 'Agent', account: { homePage, name: String(name) } }
  for (const key of ['mbox', 'mbox_sha1sum', 'openid']) {
    if (first(said?.[key])) return { objectType: 'Agent', [key]: first(said[key]) }
  }
  return null
}

/**
 * The address without what the launcher told in it.
 * @param {{ pathname: string, search: string, hash: string }} location
 */
export function stripped({ pathname, search, hash }) {
  const query = new URLSearchParams(search)
  for (const name of SECRET) query.delete(name)
  const rest = query.toString()
  return pathname + (rest && `?${rest}`) + hash
}
