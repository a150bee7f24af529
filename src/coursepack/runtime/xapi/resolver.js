// @ts-check
/**
 * Where statements go, decided in one place: the driver's own record store, the course's relay, an LRS named by the
 * launch's query or by the LMS's page, the page around. Credentials are kept in memory only.
 */

import { createBridge } from './bridge.js'
import { createClock, request } from './client.js'

/** @typedef {import('../contract').Kit} Kit */
/** @typedef {import('../contract').HookTable} HookTable */
/**
 * `offer`: nobody confirms; each statement is offered once, and nothing waits.
 * @typedef {Omit<import('../contract').Outlet, 'timestamp' | 'registration'> & { timestamp(at?: number): string,
 *   registration: string, offer?: (text: string) => void }} Way
 */
/**
 * What the course itself knows of the launch.
 * @typedef {{ actor: any, registration: string, session: string }} Identity
 */
/** @typedef {{ endpoint?: any, auth?: any, token?: any, expires?: any, resumed?: boolean, actor?: any, registration?: any, activity?: any, grouping?: any, platform?: any, lapsed?: boolean }} Launch */

/** What a launch by query adds to the address; it goes from the address bar at once. */
const QUERY = ['endpoint', 'auth', 'actor', 'registration', 'activity_id', 'activity_platform', 'grouping', 'Accept-Language', 'content_token', 'content_endpoint']
/** Milliseconds: a fresh token is asked for before the old one ends; no timer takes more. At most so many times. */
const EARLY = 60000
const LATEST = 2e9
const MOST = 20
const UUID = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i

/**
 * @param {Kit} kit
 * @param {HookTable} table
 * @param {Identity} mine
 * @param {(way: Way) => void} found called with the way, within three seconds, and again when the page around names another
 * @param {any} [view]
 * @returns {() => void} settles it at once, since the page goes away
 */
export function resolve(kit, table, mine, found, view = window) {
  const { opening, outlet, fingerprint } = kit
  const began = Date.now() - view.performance.now()
  const clock = createClock(() => began + view.performance.now())
  /** @type {ReturnType<typeof createBridge> | null} */
  let bridge = null
  let [settled, last, asked] = [false, '', 0]

  /** @param {Partial<Way> & Pick<Way, 'key' | 'send'>} parts @param {Launch} [launch] */
  function take(parts, { token, resumed, actor, registration, activity, grouping, platform } = {}) {
    const who = agent(actor) ?? mine.actor
    const around = [grouping, activity].filter((id) => id && id !== table.course.iri).map((id) => ({ id }))
    const context = { ...(platform && { platform }), ...(around.length && { contextActivities: { grouping: around } }) }
    const key = fingerprint([parts.key, table.course.iri, JSON.stringify(who)].join(' '))
    if (settled && last === key + token && !resumed && !parts.offer) return
    settled = true
    last = key + token
    found({
      actor: who, activity: activity || table.course.iri, session: mine.session, context, mode: opening.mode, fleeting: false,
      registration: UUID.test(registration) ? registration.toLowerCase() : mine.registration,
      ready: Promise.resolve(), open: () => true, timestamp: (at) => clock.timestamp(at === undefined ? at : began + at), beforeEnd() {}, ...parts, key,
    })
  }

  /** @param {Launch} launch @param {RequestCredentials} [credentials] */
  function lrs(launch, credentials = 'omit') {
    const endpoint = String(launch.endpoint).replace(/\/*$/, '/')
    const auth = launch.auth ?? launch.token
    const until = moment(launch.expires)
    const over = () => until < Date.now()
    if (until < Infinity) setTimeout(again, Math.min(Math.max(0, until - Date.now() - EARLY), LATEST))
    /** @type {Record<string, string>} */
    const headers = { 'X-Experience-API-Version': '1.0.3', 'Content-Type': 'application/json' }
    if (auth) headers.Authorization = String(auth).includes(' ') ? String(auth) : `Basic ${auth}`
    take({
      key: endpoint,
      open: () => !launch.lapsed && !over(),
      restamp,
      async send(texts, { keepalive } = {}) {
        const answer = await request(view, 'POST', endpoint + 'statements', { body: `[${texts.join(',')}]`, headers, keepalive, credentials })
        clock.learn(answer.date)
        if (answer.status === 401) again()
        return answer
      }
    }, launch)
  }

  /** A statement that was made before it was known that this clock runs ahead. @param {string} text */
  function restamp(text) {
    const [, stamp] = /"timestamp":"([^"]*)"}$/.exec(text) ?? []
    const at = Date.parse(stamp)
    return at > clock.now() + 1000 ? text.replace(/[^"]*"}$/, `${clock.timestamp(at)}"}`) : null
  }

  /** Asks the page around for a fresh token, a few times. */
  function again() {
    if (asked++ < MOST) bridge?.greet()
  }

  /** @param {import('./bridge.js').Config | null} config */
  function heard(config) {
    const near = /** @type {ReturnType<typeof createBridge>} */ (bridge)
    if (config && address(config.endpoint)) lrs(config)
    else if (config) take({ key: near.partner(), send: near.send, open: near.open }, config)
    else if (!settled) take({ key: '', send: near.send, offer: near.offer })
  }

  const query = launchQuery(view)
  const given = query ?? (table.relay ? null : named(view))
  if (outlet) found({ ...outlet, registration: outlet.registration ?? mine.registration })
  else if (table.relay) lrs({ ...query, endpoint: table.relay, auth: undefined }, 'same-origin')
  else if (given) lrs(given)
  else bridge = createBridge({ view, origins: table.origins, course: table.course.iri, found: heard })
  return () => bridge && heard(null)
}

/** Of one agent only what identifies it, by which older launches put lists. @param {any} given @returns {any} null if it is none */
function agent(given) {
  let actor = given
  try {
    if (typeof given === 'string') actor = JSON.parse(given)
  } catch {
    return null
  }
  if (!actor || typeof actor !== 'object') return null
  const first = (/** @type {any} */ value) => (Array.isArray(value) ? value[0] : value)
  const { accountName, accountServiceHomePage, homePage = accountServiceHomePage, name = accountName } = first(actor.account) ?? {}
  if (homePage && name) return { account: { homePage, name } }
  for (const way of ['mbox', 'mbox_sha1sum', 'openid']) if (actor[way]) return { [way]: first(actor[way]) }
  return null
}

/** @param {any} endpoint @returns {boolean} */
const address = (endpoint) => typeof endpoint === 'string' && /^https?:\/\/[^/]/i.test(endpoint)

/**
 * An LRS named in the query of the launch, as TinCan launches do it. All of it but the credentials stays with this entry of
 * the tab's history, so that a reload knows whose statements wait.
 * @param {any} view
 * @returns {Launch | null}
 */
function launchQuery({ location, history }) {
  const url = new URL(location.href)
  const read = (/** @type {string} */ name) => url.searchParams.get(name) ?? undefined
  const kept = history.state?.coursepackLaunch
  if (read('fetch') || !address(read('endpoint')) || !(read('auth') || read('actor') || read('activity_id'))) return kept ? { ...kept, lapsed: true } : null
  const [endpoint, actor, registration] = ['endpoint', 'actor', 'registration'].map(read)
  const [activity, grouping, platform, auth] = ['activity_id', 'grouping', 'activity_platform', 'auth'].map(read)
  const launch = { endpoint, actor, registration, activity, grouping, platform }
  for (const name of QUERY) url.searchParams.delete(name)
  history.replaceState({ ...history.state, coursepackLaunch: launch }, '', url.href)
  return { ...launch, auth }
}

/** What the LMS's page, or its own page around the course, says in `__XAPI__`. @param {any} view @returns {Launch | null} */
function named(view) {
  for (let [page, steps] = [view, 0]; page && steps < 10; steps++) {
    try {
      if (address(page.__XAPI__?.endpoint)) return page.__XAPI__
    } catch {
      return null
    }
    page = page.parent !== page ? page.parent : page.opener
  }
  return null
}

/**
 * When a token ends: ISO 8601, or seconds or milliseconds since 1970. What is past already counts as a clock that is wrong.
 * @param {any} expires
 */
function moment(expires) {
  const at = typeof expires === 'number' ? expires * (expires < 1e11 ? 1000 : 1) : Date.parse(expires)
  return at > Date.now() ? at : Infinity
}
