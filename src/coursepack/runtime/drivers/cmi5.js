// @ts-check
/**
 * cmi5: an assignable unit. The order is the specification's: token, launch data, learner preferences, `initialized` alone,
 * then everything else; `terminated` last, and only when the learner leaves by the course's own button, since a page
 * that is hidden or reloaded comes back.
 */

import { cmi5Launch } from '../cmi5/parameters.js'
import { SESSION, builder } from '../cmi5/statement.js'
import { createClient, createClock, insist, parsed, request } from '../xapi/client.js'
import { createCourier } from '../xapi/courier.js'
import { NOTHING, noteBox } from '../xapi/notes.js'
import { fingerprint } from '../storage.js'

/**
 * @param {{ view?: any, pause?: (ms: number) => Promise<unknown> }} [edge]
 * @returns {import('../contract').Driver}
 */
export function cmi5({ view = window, pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) } = {}) {
  const clock = createClock()
  /** @type {ReturnType<typeof createCourier> | null} */
  let courier = null
  /** @type {import('../contract').Outlet | null} */
  let outlet = null
  /** @type {import('../contract').LmsRecord | null} */
  let last = null
  let [closing, ended, returnURL, began] = [false, false, '', clock.now()]
  let remember = (/** @type {Record<string, any>} */ _notes) => {}

  /** The token of this launch, asked for once and never again. @param {string} url @param {any} notes */
  async function tokenFrom(url, notes) {
    if (notes.token) return String(notes.token)
    const answer = await request(view, 'POST', url)
    clock.learn(answer.date)
    const token = parsed(answer.text)?.['auth-token']
    if (!token) console.error(`the LMS gave no token: ${answer.status} ${answer.text.slice(0, 200)}`)
    return token ? String(token) : ''
  }

  /** @param {any} preferences */
  function prefer(preferences) {
    if (preferences?.audioPreference !== 'off') return
    view.document.addEventListener('play', (/** @type {any} */ event) => (event.target.muted = true), true)
  }

  function goBack() {
    if (/^https?:/i.test(returnURL)) view.location.assign(returnURL)
    else view.close()
    return true
  }

  return {
    name: 'cmi5',
    over: () => !!courier?.over(),
    outlet: () => outlet,

    async open() {
      const launch = cmi5Launch(view.location.search)
      if (!launch) return NOTHING
      const { endpoint, activity, actor, registration } = launch
      const box = noteBox(() => view.sessionStorage, launch.fetch)
      const notes = box.read()
      if (notes.ended || notes.journal?.done.includes('terminated')) return { ...NOTHING, ended: true }
      clock.correct(notes.offset)
      const token = await tokenFrom(launch.fetch, notes)
      if (!token) return { ...NOTHING, ended: true }
      remember = (more) => box.write(Object.assign(notes, more))
      remember({ token, offset: clock.offset() })
      const client = createClient({ view, endpoint, authorization: `Basic ${token}`, clock })
      const agent = JSON.stringify(actor)
      const data = parsed((await insist(() => client.send('GET', 'activities/state', { stateId: 'LMS.LaunchData', activityId: activity, agent, registration }), pause)).text)
      const template = data?.contextTemplate
      if (!template?.extensions?.[SESSION]) return { ...NOTHING, ended: true }
      prefer(parsed((await insist(() => client.send('GET', 'agents/profile', { profileId: 'cmi5LearnerPreferences', agent }), pause)).text))

      returnURL = typeof data.returnURL === 'string' ? data.returnURL : ''
      const mode = data.launchMode === 'Browse' ? 'browse' : data.launchMode === 'Review' ? 'review' : 'normal'
      const mastery = typeof data.masteryScore === 'number' ? data.masteryScore : null
      const session = String(template.extensions[SESSION])
      const journal = notes.journal ?? { pending: [], done: [], elapsed: 0 }
      courier = createCourier({
        client, clock, session, journal, mastery, oneJudgement: true, about: { activity, actor, registration },
        build: builder({ actor, activity, registration, template, mastery, timestamp: () => clock.timestamp() }),
        remember: (journal) => remember({ journal })
      })
      began = clock.now() - journal.elapsed * 1000
      const key = fingerprint(JSON.stringify([endpoint, actor, registration, session]))
      outlet = courier.outlet({ key, context: template, mode, fleeting: true })
      const { status, held } = await insist(courier.load, pause)
      if (status !== 200 && status !== 404) return { ...NOTHING, ended: true }
      if (!courier.told('initialized')) courier.write('initialized')
      else if (!journal.pending.some((/** @type {any} */ item) => item.verb === 'initialized')) courier.begin()
      const committed = await courier.commit()
      if (mode !== 'normal' && !committed) void persist(courier)
      return {
        connected: true, mode, mastery, credit: mode === 'normal', committed,
        learner: { id: JSON.stringify([actor.account, registration, activity]), name: '' },
        state: held?.state ?? '', begun: held !== null, ended: courier.over(),
        completion: held?.completion ?? 'incomplete', success: held?.success ?? 'unknown', score: held?.score ?? null
      }
    },

    write(record, state) {
      if (!courier || courier.over()) return false
      courier.take(record, state)
      last = record ?? last
      return true
    },

    commit: () => (courier ? courier.commit() : false),

    close() {
      closing = true
      courier?.lastWords()
    },

    async leave() {
      if (!courier || !closing || ended || courier.over()) return goBack()
      courier.conclude(last)
      if (!courier.told('terminated') && !(await courier.settle()) && !courier.over()) return false
      const spent = outlet?.mode === 'normal' ? {} : { seconds: (clock.now() - began) / 1000 }
      if (!courier.told('terminated') && !courier.over()) courier.write('terminated', {}, spent)
      if (!(await courier.commit(true)) && !courier.over()) return false
      ended = true
      remember({ ended })
      return goBack()
    }
  }

  /** Where nothing is ever saved, `initialized` still has to arrive. @param {ReturnType<typeof createCourier>} courier */
  async function persist(courier) {
    do await pause(10000)
    while (!(await courier.commit()) && !courier.over())
  }
}
