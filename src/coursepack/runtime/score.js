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
  const right = of === 0 || isEmpty(question, response) ? 0 : rightUnits(question, response)
  return {
    result: of === 0 ? 'neutral' : right === of ? 'correct' : right > 0 ? 'partial' : 'incorrect',
    share: of === 0 ? 0 : right / of,
    earned: of === 0 ? 0 : (question.points * right) / of,
    right,
    of,
  }
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
 * @returns {number}
 */
function rightUnits(question, response) {
  switch (question.type) {
    case 'choice':
      return Number(listed(question.options).some((option) => option.n === response && option.right === true))
    case 'multiple':
      return rightOptions(question, /** @type {number[]} */ (response))
    case 'true-false':
      return Number(response === question.truth)
    case 'fill-in':
      return Number(typeof response === 'string' && accepted(question, listed(question.accept), response))
    case 'cloze': {
      const texts = /** @type {string[]} */ (response)
      const gaps = listed(question.gaps)
      return sum(question, gaps, (gap, i) => accepted(question, gap.accept, texts[i] ?? ''))
    }
    case 'numeric': {
      const said = numberOf(question, response)
      if (said === null) return 0
      return Number(listed(question.ranges).some(([low, high]) => compare(low, said) <= 0 && compare(said, high) <= 0))
    }
    case 'matching': {
      const chosen = /** @type {number[]} */ (response)
      return sum(question, listed(question.pairs), (pair, i) => pair.to === chosen[i])
    }
    case 'order': {
      const order = /** @type {number[]} */ (response)
      const items = listed(question.items)
      return Number(order.length === items.length && items.every((item, i) => item.n === order[i]))
    }
    default:
      return 0
  }
}

/**
 * @param {QuestionData} question
 * @param {number[]} response
 */
function rightOptions(question, response) {
  const ticked = new Set(response)
  const right = new Set(listed(question.options).filter((option) => option.right).map((option) => option.n))
  const hits = [...ticked].filter((n) => right.has(n)).length
  const misses = ticked.size - hits
  return question.partial ? Math.max(0, hits - misses) : Number(misses === 0 && hits === right.size)
}

/**
 * @template T
 * @param {QuestionData} question
 * @param {T[]} parts
 * @param {(part: T, index: number) => boolean} isRight
 */
function sum(question, parts, isRight) {
  const right = parts.filter(isRight).length
  return question.partial ? right : Number(right === parts.length)
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

/**
 * @template T
 * @param {T[] | undefined} list
 * @returns {T[]}
 */
function listed(list) {
  return list ?? []
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
