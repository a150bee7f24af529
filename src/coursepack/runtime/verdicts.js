/** What a question shows follows from its state: verdict, marks, feedback, right answer, what may be pressed. */

import { solution } from './answers.js'
import { showMark } from './controls.js'
import { all, attribute, make, one, sign, write } from './dom.js'
import { units } from './score.js'

/** @typedef {import('./contract.d.ts').QuestionData} QuestionData */
/** @typedef {import('./contract.d.ts').QuestionState} QuestionState */
/** @typedef {import('./player.js').Page} Page */
/**
 * What a question's quiz, or practice, decides about it.
 * @typedef {object} Owner
 * @property {boolean} own each question has its own Submit
 * @property {() => number[]} seed what the shuffle is derived from, besides the question
 * @property {() => boolean} open answers are taken
 * @property {() => boolean} tells right and wrong may be said
 * @property {(final: boolean) => boolean} reveals the right answer may be shown
 * @property {() => void} begin something was answered
 * @property {() => string} answered a Submit of this question's own was judged; what there is to say about it
 */
/**
 * @typedef {object} View
 * @property {QuestionData} data
 * @property {any} form
 * @property {import('./controls.js').Controls} controls
 * @property {Owner} owner
 * @property {boolean} locked
 * @property {number} shown when it was first seen in this session, 0 before
 */

/** @type {Owner} */
export const PRACTICE = {
  own: true,
  seed: () => [0, 0],
  open: () => true,
  tells: () => true,
  reveals: (final) => final,
  begin() {},
  answered: () => '',
}

/** @returns {QuestionState} */
export const unanswered = () => ({ response: null, submitted: false, tries: 0, share: null })

/** @param {Page} page @param {number} n @returns {QuestionState} */
export const stateOf = (page, n) => page.state.questions.get(n) ?? unanswered()

/**
 * How a stored answer counts: what was judged then, not what an edited key would say now.
 * @param {QuestionData} data
 * @param {QuestionState} state
 * @returns {'correct' | 'incorrect' | 'partial' | 'neutral'}
 */
export function resultOf(data, { share }) {
  const of = units(data)
  if (!of) return 'neutral'
  return share === of ? 'correct' : share ? 'partial' : 'incorrect'
}

/** Tries left at this question. @param {QuestionData} data @param {QuestionState} state */
const triesLeft = (data, state) => (data.attempts ? Math.max(0, data.attempts - state.tries) : Infinity)

/** Whether the learner may try a submitted question again. @param {Page} page @param {View} view */
export function canRetry(page, { data, owner }) {
  const state = stateOf(page, data.n)
  return owner.own && owner.open() && !page.frozen() && state.submitted && state.share !== units(data) && triesLeft(data, state) > 0
}

/** Shows a question as its state says. @param {Page} page @param {View} view */
export function paint(page, view) {
  const { data, form, owner } = view
  const state = stateOf(page, data.n)
  const again = canRetry(page, view)
  const told = state.submitted && owner.tells()
  const result = resultOf(data, state)
  const right = result === 'correct' || result === 'neutral'
  const revealed = told && owner.reveals(right || !triesLeft(data, state))
  lock(view, page.frozen() || state.submitted || !owner.open())
  one(form, '[type=submit]').hidden = !owner.own || view.locked
  one(form, '.retry').hidden = !again
  const left = triesLeft(data, state)
  const tries = one(form, '.attempts')
  tries.hidden = !owner.own || left === Infinity || (data.quiz > 0 && data.attempts === 1) || (state.submitted && !again)
  write(tries, page.say('attempts', { count: left }))
  if (state.submitted) form.dataset.result = told ? result : 'saved'
  else delete form.dataset.result
  paintMarks(page, view, told, revealed)
  paintVerdict(page, view, form.dataset.result, again)
  one(form, '.solution')?.remove()
  if (revealed && !right && !data.options) one(form, '.verdict').after(solution(page, data))
  for (const block of all(form, '.feedback')) {
    const when = block.dataset.when
    block.hidden = !told || !(when === 'always' || (when === 'correct' ? result === 'correct' : !right))
  }
}

/** @param {Page} page @param {View} view @param {boolean} told @param {boolean} revealed */
function paintMarks(page, { controls, data }, told, revealed) {
  for (const [element, mark] of controls.marks(controls.read(), revealed)) {
    /** @type {string} */
    const shown = told ? mark : ''
    const words = data.options || data.truth !== undefined ? shown : { 'chosen-right': 'right', 'chosen-wrong': 'wrong' }[shown]
    showMark(element, shown, page.spoken(make('span', { className: 'mark-words' }, page.say('mark.' + words))))
    const feedback = one(element, '.option-feedback')
    const chosen = told && !!one(element, 'input')?.checked
    if (feedback) feedback.hidden = !(chosen || shown === 'missed')
  }
}

/** @param {Page} page @param {View} view @param {string | undefined} result @param {boolean} again */
function paintVerdict(page, { form, data, owner }, result, again) {
  const verdict = one(form, '.verdict')
  const share = (stateOf(page, data.n).share ?? 0) / units(data)
  let words = page.renewed.has(data.n) ? page.say('verdict.changed') : ''
  if (result === 'saved') words = page.say('verdict.recorded')
  else if (result) words = page.say('verdict.' + result + (again && result !== 'neutral' ? '-retry' : ''))
  if (result === 'partial' && data.scored) words += ' ' + page.say('verdict.points', { earned: share * data.points, count: data.points })
  verdict.setAttribute('aria-live', owner.own ? 'polite' : 'off')
  if (one(verdict, '.verdict-words')?.lastChild.data === words) return
  verdict.replaceChildren()
  if (!words) return
  const signs = /** @type {Record<string, string>} */ ({ correct: '✓', incorrect: '✗', partial: '◐' })
  verdict.append(make('p', { className: 'verdict-words' }, sign(signs[result ?? ''] ?? ''), ' ', words))
}

/** Reads out the feedback that has just come into sight. @param {Page} page @param {View} view */
export function announceFeedback(page, { form }) {
  const shown = all(form, '.option-feedback:not([hidden]),.feedback:not([hidden])')
  page.announce('', shown.map((block) => block.textContent.trim()).join(' '))
}

/** Keeps answers readable and in the tab order, but not changeable. @param {View} view @param {boolean} on */
function lock(view, on) {
  view.locked = on
  view.form.toggleAttribute('data-locked', on)
  for (const input of view.controls.inputs) {
    if (input.type === 'text') input.readOnly = on
    else if (input.options) for (const option of input.options) option.disabled = on && !option.selected
    else attribute(input, 'aria-disabled', on ? 'true' : '')
  }
}
