// @ts-check
/**
 * xAPI packages (Tin Can launch): the LRS is named in the address, progress is a State document, and completed, passed
 * and failed go to the very activity that the LMS launched. There are no sessions: what could not be sent is sent later.
 */

import { stripped, tinCanLaunch } from '../cmi5/parameters.js'
import { fingerprint } from '../storage.js'
import { createClient, createClock, insist } from '../xapi/client.js'
import { createCourier } from '../xapi/courier.js'
import { NOTHING, noteBox } from '../xapi/notes.js'
import { VERBS, duration, scored } from '../xapi/terms.js'
import { randomId } from '../xapi/uuid.js'

const COURSE = { type: 'http://adlnet.gov/expapi/activities/course' }

/**
 * @param {{ view?: any, pause?: (ms: number) => Promise<unknown> }} [edge]
 * @returns {import('../contract').Driver}
 */
export function xapi({ view = window, pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) } = {}) {
  const clock = createClock()
  /** @type {ReturnType<typeof createCourier> | null} */
  let courier = null
  /** @type {import('../contract').Outlet | null} */
  let outlet = null
  /** @type {import('../contract').LmsRecord | null} */
  let last = null

  /** The launch, out of the address bar at once: it holds credentials. A reload finds it in this tab's notes. */
  function takeLaunch() {
    const box = noteBox(() => view.sessionStorage, view.location.pathname)
    const launch = tinCanLaunch(view.location.search)
    const clean = stripped(view.location)
    if (clean !== view.location.pathname + view.location.search + view.location.hash) view.history.replaceState(null, '', clean)
    if (launch) box.write(launch)
    return launch ?? /** @type {ReturnType<typeof tinCanLaunch>} */ (box.read().endpoint ? box.read() : null)
  }

  return {
    name: 'xapi',
    over: () => !!courier?.over(),
    outlet: () => outlet,
    leave: view.opener ? () => view.close() : undefined,

    async open(courseId) {
      const launch = takeLaunch()
      if (!launch) return NOTHING
      const { endpoint, authorization, actor, registration, platform, grouping } = launch
      const activity = launch.activity || (await courseId)
      if (!activity) return NOTHING
      const client = createClient({ view, endpoint, authorization, clock })
      const who = JSON.stringify([endpoint, actor, registration, activity])
      const box = noteBox(() => view.localStorage, who)
      const session = randomId()
      const context = {
        ...(platform && { platform }), ...(grouping && { contextActivities: { grouping: [{ objectType: 'Activity', id: grouping }] } })
      }
      const whole = { ...context, ...(registration && { registration }) }
      const pending = (box.read().pending ?? []).filter((/** @type {any} */ item) => item.text)
      courier = createCourier({
        client, clock, session, mastery: null, oneJudgement: false, about: { activity, actor, registration },
        journal: { pending, done: [], elapsed: 0 },
        remember: ({ pending }) => box.write({ pending }),
        build: (id, verb, seconds, { completion, success, score }) => ({
          id, actor, verb: { id: VERBS + verb, display: { en: verb } }, object: { objectType: 'Activity', id: activity, definition: COURSE },
          result: {
            ...(completion !== undefined && { completion }), ...(success !== undefined && { success }),
            ...(score && { score: scored(score) }), duration: duration(seconds)
          },
          ...(Object.keys(whole).length && { context: whole }), timestamp: clock.timestamp()
        })
      })
      const { status, held } = await insist(courier.load, pause)
      if (status !== 200 && status !== 404) return { ...NOTHING, ended: true }
      courier.begin()
      outlet = courier.outlet({ key: fingerprint(who), context, mode: 'normal', fleeting: false })
      const committed = await courier.commit()
      return {
        connected: true, mode: 'normal', credit: true, committed,
        learner: { id: JSON.stringify([actor, registration, activity]), name: '' },
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
      courier?.conclude(last)
      courier?.lastWords()
    }
  }
}
