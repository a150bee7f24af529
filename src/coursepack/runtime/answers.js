/** Answers in words: what the learner gave and what would have been right, as lines of text. */

import { make } from './dom.js'
import { localNumber } from './words.js'

/** @typedef {import('./contract.d.ts').QuestionData} QuestionData */
/** @typedef {import('./contract.d.ts').Response} Response */
/** @typedef {import('./player.js').Page} Page */

/**
 * What the learner answered, a line for each part; none when nothing was answered.
 * @param {Page} page
 * @param {QuestionData} data
 * @param {Response} response
 * @returns {string[]}
 */
export function given(page, data, response) {
  if (response === null || response === '') return []
  if (typeof response === 'boolean') return [truth(page, response)]
  if (typeof response === 'string') return [response]
  const parts = Array.isArray(response) ? response : [response]
  if (data.gaps) return parts.map((part) => String(part) || '–')
  const { pairs, items, options } = data
  if (pairs) {
    if (!parts.some(Boolean)) return []
    return pairs.map((pair, index) => `${pair.left} → ${pairs.find((other) => other.to === parts[index])?.right ?? '–'}`)
  }
  const texts = items ?? options ?? []
  return parts.map((part) => texts.find((item) => item.n === part)?.text ?? '–')
}

/** @param {Page} page @param {QuestionData} data @returns {string[]} */
export function right(page, data) {
  const { options, accept, ranges, gaps, pairs, items } = data
  const number = (/** @type {string} */ text) => localNumber(text, page.config.course.language)
  if (data.truth !== undefined) return [truth(page, data.truth)]
  if (options) return options.filter((item) => item.right).map((item) => item.text)
  if (accept) return accept.slice(0, 1)
  if (ranges) return ranges.slice(0, 1).map(([low, high]) => (low === high ? number(low) : `${number(low)} – ${number(high)}`))
  if (gaps) return gaps.map((gap) => gap.accept[0])
  if (pairs) return pairs.map((pair) => `${pair.left} → ${pair.right}`)
  return (items ?? []).map((item) => item.text)
}

/** The right answer as an element: one line, or a list. @param {Page} page @param {QuestionData} data */
export function solution(page, data) {
  const lines = right(page, data)
  const many = lines.length > 1
  const words = page.phrase('p', many ? 'verdict.right-answers' : 'verdict.right-answer', { answer: many ? '' : lines[0] }, 'answer')
  const box = make('div', { className: 'solution' }, words)
  if (many) box.append(make(data.items ? 'ol' : 'ul', {}, ...lines.map((line) => make('li', {}, line))))
  return box
}

/** @param {Page} page @param {boolean} value */
const truth = (page, value) => page.say(value ? 'answer.true' : 'answer.false')
