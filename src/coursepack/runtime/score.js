/**
 * The rules of scoring, pure. `scoring.py` holds the same; one table of cases holds them together.
 *
 * Everything that decides is an integer: a share is `right` of `of` units, a number as typed is an exact
 * decimal, and the score of an attempt is a fraction cut to millionths. Compared and reported is always
 * that score rounded half up to ten-thousandths.
 *
 * @typedef {import('./contract').QuestionData} QuestionData
 * @typedef {import('./contract').Response} Response
 * @typedef {import('./contract').Verdict} Verdict
 */

import { BLANKS, UNSEEN, compare, toDecimal } from './numbers.js'

export { rounded, total } from './numbers.js'

/**
 * The verdict on a response; an empty or malformed one has nothing right.
 * @param {QuestionData} question
 * @param {Response} response
 * @returns {Verdict}
 */
export function judge(question, response) {
  const of = units(question)
  const right = !of || isEmpty(question, response) ? 0 : rightUnits(question, response)
  return { result: resultOf(right, of), share: right / of || 0, earned: (question.points * right) / of || 0, right, of }
}

/**
 * What `right` of `of` units come to.
 * @param {number | null} right
 * @param {number} of
 */
export function resultOf(right, of) {
  if (!of) return 'neutral'
  return right === of ? 'correct' : right ? 'partial' : 'incorrect'
}

/**
 * In how many units the share is counted: the right options, gaps or pairs where parts score, else 1.
 * A scale has none.
 * @param {QuestionData} question
 */
export function units(question) {
  if (question.type === 'likert') return 0
  if (!question.partial) return 1
  const parts = { multiple: question.options?.filter((o) => o.right), cloze: question.gaps, matching: question.pairs }
  return parts[/** @type {'multiple'} */ (question.type)]?.length || 1
}

/**
 * Whether nothing was answered: no option, only blanks, every gap blank, every pair open.
 * @param {QuestionData} question
 * @param {Response} response
 */
export function isEmpty(question, response) {
  if (response === null || response === undefined) return true
  if (typeof response === 'string') return normalise(response) === ''
  if (!Array.isArray(response)) return false
  if (question.type === 'matching') return !response.some(Boolean)
  if (question.type === 'cloze') return response.every((text) => normalise(String(text)) === '')
  return response.length === 0
}

/**
 * Whether a numeric answer is not a number: a message at the question, not a try.
 * @param {QuestionData} question
 * @param {Response} response
 */
export function isMalformed(question, response) {
  return question.type === 'numeric' && !isEmpty(question, response) && numberOf(question, response) === null
}

/**
 * A numeric answer as plain decimal text, or null: what is compared, and what is reported.
 * @param {QuestionData} question
 * @param {Response} response
 */
export function numberOf(question, response) {
  return typeof response === 'string' ? toDecimal(response, question.decimal ?? '.') : null
}

/**
 * @param {QuestionData} question
 * @param {Response} response
 */
function rightUnits(question, response) {
  const whole = /** @type {Required<QuestionData>} */ (question)
  if (question.type === 'multiple') return rightOptions(whole, /** @type {number[]} */ (response))
  const parts = rightParts(whole, response)
  const right = parts.filter(Boolean).length
  return question.partial ? right : Number(right === parts.length)
}

/**
 * Each right tick counts one, each wrong one takes one away.
 * @param {Required<QuestionData>} question
 * @param {number[]} response
 */
function rightOptions({ options, partial }, response) {
  const ticked = [...new Set(response)]
  const rights = options.filter((option) => option.right).map((option) => option.n)
  const hits = ticked.filter((n) => rights.includes(n)).length
  return partial ? Math.max(0, 2 * hits - ticked.length) : Number(hits === ticked.length && hits === rights.length)
}

/**
 * Whether each part is right that is judged by itself.
 * @param {Required<QuestionData>} question
 * @param {any} response
 * @returns {boolean[]}
 */
function rightParts(question, response) {
  const { options, items, pairs, gaps } = question
  switch (question.type) {
    case 'choice':
      return [options.some((option) => option.n === response && option.right)]
    case 'true-false':
      return [response === question.truth]
    case 'fill-in':
      return [typeof response === 'string' && accepted(question, question.accept, response)]
    case 'cloze':
      return gaps.map((gap, i) => accepted(question, gap.accept, response[i] ?? ''))
    case 'numeric': {
      const said = numberOf(question, response)
      return [said !== null && question.ranges.some(([low, high]) => compare(low, said) <= 0 && compare(said, high) <= 0)]
    }
    case 'matching':
      return pairs.map((pair, i) => pair.to === response[i])
    default:
      return [response.length === items.length && items.every((item, i) => item.n === response[i])]
  }
}

/**
 * @param {QuestionData} question
 * @param {string[]} accept
 * @param {string} text
 */
function accepted(question, accept, text) {
  const said = normalise(text, question.case)
  return said !== '' && accept.some((one) => normalise(one, question.case) === said)
}

/* ---- words as typed ---------------------------------------------------------------------------- */

/**
 * The text as answers are compared: NFC, no unseen characters, single blanks, straight quotation marks,
 * apostrophes and dashes, an ellipsis as three dots; unless `withCase`, lower case without a locale, with
 * ß as ss, both small sigmas one, and the Turkish dotless and dotted i as i.
 * @param {string} text
 * @param {boolean} [withCase]
 */
export function normalise(text, withCase = false) {
  const plain = text
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(/[\u2018-\u201b\u2032\u02b9\u02bc\u00b4`]/g, "'")
    .replace(/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\u2026/g, '...')
    .replace(BLANKS, ' ')
    .replace(/^ | $/g, '')
  if (withCase) return plain
  return plain
    .toLowerCase()
    .replace(/i\u0307|\u0131/g, 'i')
    .replace(/\u00df/g, 'ss')
    .replace(/\u03c2/g, '\u03c3')
    .normalize('NFC')
}
