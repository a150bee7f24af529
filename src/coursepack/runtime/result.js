/** The result of a quiz in words: how it went, what counts, what to do next. */

import { make } from './dom.js'
import { rounded, total, units } from './score.js'
import { attemptsLeft, mayReveal } from './standing.js'

/** @typedef {import('./contract.d.ts').QuestionData} QuestionData */
/** @typedef {import('./contract.d.ts').QuestionState} QuestionState */
/** @typedef {import('./contract.d.ts').QuizConfig} QuizConfig */
/** @typedef {import('./contract.d.ts').QuizState} QuizState */
/** @typedef {import('./player.js').Page} Page */

/** @typedef {{earned: number, possible: number, grain: number, score: number}} Tally points, points, parts of a point, millionths */

/**
 * What an attempt has earned and could earn.
 * @param {QuestionData[]} data those of the attempt's questions
 * @param {Map<number, QuestionState>} questions
 * @returns {Tally}
 */
export function tally(data, questions) {
  let earned = 0
  let possible = 0
  const parts = data.map((question) => {
    const part = { points: question.points, right: questions.get(question.n)?.share ?? 0, of: units(question) }
    if (part.of) {
      possible += part.points
      earned += (part.points * part.right) / part.of
    }
    return part
  })
  const grain = Number.isInteger(possible) && !data.some(({ partial }) => partial) ? 1 : 100
  return { earned, possible, grain, score: total(parts) }
}

/**
 * Fills the result of a finished attempt.
 * @param {Page} page
 * @param {QuizConfig} config
 * @param {QuizState} state
 * @param {Tally} sum of the attempt just ended
 * @param {HTMLElement} box
 * @param {() => void} again
 */
export function showResult(page, config, state, sum, box, again) {
  const { say } = page
  const left = attemptsLeft(config, state)
  const mark = config.passScore
  const chance = mark !== null && config.counts !== 'first' && left
  const title = mark === null ? 'result.title' : state.passed ? 'result.passed-title' : chance ? 'result.failed-title' : 'result.last-title'
  const lines = [say('result.score', { ...sum, percent: percent(sum.score, mark) })]
  if (mark !== null) lines[0] += ' ' + say('result.pass-mark', { ...sum, percent: mark / 100, needed: needed(mark, sum.possible, sum.grain) })
  if (state.attempt > 1) lines.push(say('result.' + config.counts, { percent: percent(state.score ?? 0, mark) }))
  lines.push(...next(page, config, state, left, sum.score), afterword(page, config, state, sum.score, chance))
  box.append(make(config.title ? 'h3' : 'h2', {}, say(title)), ...lines.filter(Boolean).map((line) => make('p', {}, line)))
  box.dataset.result = mark === null ? 'done' : state.passed ? 'passed' : 'failed'
  if (!left || sum.score === 1e6 || page.frozen()) return
  const button = make('button', { type: 'button', className: 'again', onclick: again }, say(config.retry === 'wrong' ? 'quiz.again-wrong' : 'quiz.again'))
  box.append(make('div', { className: 'actions' }, button))
}

/**
 * @param {Page} page
 * @param {QuizConfig} config
 * @param {QuizState} state
 * @param {number} left
 * @param {number} score
 * @returns {string[]}
 */
function next(page, config, state, left, score) {
  const { say } = page
  if (config.passScore !== null && !state.passed) {
    if (!left) return [say('result.no-attempts')]
    if (config.counts === 'first') return [say('result.practice')]
    return [left === Infinity ? say('result.retry-unlimited') : say('result.retry', { count: left })]
  }
  const last = page.config.steps.at(-1)?.n === config.step
  const ways = score === 1e6 ? [say('result.all-right')] : left ? [say(config.counts === 'first' ? 'result.practice' : 'result.retry-better')] : []
  return [...ways, say(last ? (page.state.completed ? 'result.done' : '') : 'result.next')]
}

/** @param {Page} page @param {QuizConfig} config @param {QuizState} state @param {number} score @param {unknown} chance to pass yet */
function afterword(page, config, state, score, chance) {
  if (config.feedback === 'never' || config.reveal === 'never') return page.say('result.hidden')
  if (score === 1e6 || mayReveal(config, state)) return page.say('result.review')
  const until = config.reveal === 'after-pass' ? chance && '-until-pass' : config.attempts && '-until-last'
  return page.say('result.hidden' + (until || ''))
}

/**
 * A score in whole percent, with decimals where whole ones would say that a missed mark was reached.
 * @param {number} score in millionths
 * @param {number | null} mark in ten-thousandths
 */
export function percent(score, mark) {
  const exact = rounded(score)
  const whole = Math.floor((exact + 50) / 100)
  return mark !== null && exact < mark && whole * 100 >= mark ? exact / 100 : whole
}

/**
 * The fewest points that reach the mark, whose score is rounded half up to ten-thousandths.
 * @param {number} mark in ten-thousandths
 * @param {number} possible
 * @param {number} grain how many parts a point can come in
 */
export const needed = (mark, possible, grain) => Math.ceil(((mark - 0.5) / 1e4) * possible * grain - 1e-9) / grain
