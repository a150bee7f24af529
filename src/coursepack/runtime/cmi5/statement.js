// @ts-check
/** The five statements of a cmi5 assignable unit (cmi5 §9), word for word as the specification defines them. */

import { VERBS, duration, extended } from '../xapi/terms.js'

const CMI5 = 'https://w3id.org/xapi/cmi5/'
const CATEGORY = { id: `${CMI5}context/categories/cmi5` }
const MOVE_ON = { id: `${CMI5}context/categories/moveon` }
const MASTERY = `${CMI5}context/extensions/masteryscore`
const PROGRESS = `${CMI5}result/extensions/progress`
export const SESSION = `${CMI5}context/extensions/sessionid`

/**
 * @param {{ actor: Record<string, any>, activity: string, registration: string, template: any, mastery: number | null,
 *   timestamp: () => string }} launch
 * @returns {Parameters<typeof import('../xapi/courier.js').createCourier>[0]['build']}
 */
export function builder({ actor, activity, registration, template, mastery, timestamp }) {
  return (id, verb, seconds, { completion, success, score, progress }) => {
    const moves = completion !== undefined || success !== undefined
    const judged = success !== undefined && mastery !== null
    const far = progress !== undefined && progress < 1 && verb !== 'completed'
    const result = {
      ...(success !== undefined && { success }),
      ...(completion !== undefined && { completion }),
      ...(score && success !== undefined && { score: { scaled: score.scaled } }),
      ...(verb !== 'initialized' && { duration: duration(seconds) }),
      ...(far && { extensions: { [PROGRESS]: Math.floor(progress * 100) } })
    }
    const context = extended(template, { category: moves ? [CATEGORY, MOVE_ON] : [CATEGORY] }, judged ? { [MASTERY]: mastery } : {})
    return {
      id, actor, verb: { id: VERBS + verb, display: { en: verb } }, object: { objectType: 'Activity', id: activity },
      ...(Object.keys(result).length && { result }),
      context: { ...context, registration }, timestamp: timestamp()
    }
  }
}
