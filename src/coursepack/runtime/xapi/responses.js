// @ts-check
/** An answer as xAPI's response string: the text of SCORM 2004's interaction. The same as xapi/responses.py. */

import { plain } from '../formats.js'

const SHORT = 250
const LONG = 4000
const GAPS = 10

/**
 * @param {import('../contract').QuestionData} question
 * @param {any} given as the page holds it
 * @param {string | null | undefined} number a numeric answer as plain decimal text
 * @returns {string} empty when there is none
 */
export function response(question, given, number) {
  const { options, pairs = [], items, gaps = [] } = question
  const list = given === null || given === undefined ? [] : [given].flat()
  const id = (/** @type {number} */ n) => /** @type {{n: number, id: string}[]} */ (options ?? items ?? pairs).find((one) => one.n === n)?.id ?? n
  switch (question.type) {
    case 'true-false':
      return list.join()
    case 'matching':
      return pairs.flatMap((pair, k) => (list[k] > 0 ? [`${pair.id}[.]${id(list[k])}`] : [])).join('[,]')
    case 'numeric':
      return number || plain(list.join(), SHORT)
    case 'cloze':
      return gaps.length > GAPS ? plain(list.join(' | '), LONG) : list.map((text) => plain(text, SHORT)).join('[,]')
    case 'fill-in':
      return plain(list.join(), question.max > SHORT ? LONG : SHORT)
    default:
      return list.map(id).join('[,]')
  }
}
