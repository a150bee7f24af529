/** What a question shows follows from its state: verdict, marks, feedback, right answer, what may be pressed. */

import { solution } from './answers.js'
import { showMark } from './controls.js'
import { all, attribute, make, one, sign, write } from './dom.js'
import { resultOf, units } from './score.js'

/** @typedef {import('./player.js').Page} Page */
/** @typedef {import('./questions.js').View} View */

/** @type {Record<string, string>} */
const SIGNS = { correct: '✓', incorrect: '✗', partial: '◐' }

/**
 * Gives a question its `paint`. A stored answer counts as it was judged then, not as an edited key would say now.
 * @param {Page} page
 * @param {View} view
 * @returns {() => void} reads out the feedback that has just come into sight
 */
export function painter(page, view) {
  const { data, form, controls } = view
  const { say, spoken } = page
  const verdict = one(form, '.verdict')
  const tries = one(form, '.attempts')
  const button = one(form, '[type=submit]')
  const retry = one(form, '.retry')

  view.paint = () => {
    const { owner } = view
    const held = document.activeElement === button
    const { submitted, share } = view.state()
    const left = view.triesLeft()
    const again = view.canRetry()
    const told = submitted && owner.tells()
    const result = resultOf(share, units(data))
    const right = result === 'correct' || result === 'neutral'
    const revealed = told && owner.reveals(right || !left)
    const shown = submitted ? (told ? result : 'saved') : ''
    lock(view.locked())
    button.hidden = !owner.own || view.locked()
    retry.hidden = !again
    tries.hidden = !owner.own || left === Infinity || (data.quiz > 0 && data.attempts === 1) || (submitted && !again)
    write(tries, say('attempts', { count: left }))
    attribute(form, 'data-result', shown)
    paintMarks(told, revealed)
    paintVerdict(shown, again)
    one(form, '.solution')?.remove()
    if (revealed && !right && !data.options && data.truth === undefined) verdict.after(solution(page, data))
    for (const block of all(form, '.feedback')) {
      const { when } = block.dataset
      block.hidden = !told || !(when === 'always' || (when === 'correct' ? result === when : !right))
    }
    if (held && button.hidden) (again ? retry : verdict).focus()
  }

  /** @param {boolean} told @param {boolean} revealed */
  function paintMarks(told, revealed) {
    for (const [element, mark] of controls.marks(controls.read(), revealed)) {
      const shown = told ? mark : ''
      const words = data.options || data.truth !== undefined ? shown : shown === 'chosen-right' ? 'right' : 'wrong'
      showMark(element, shown, spoken(make('span', { className: 'mark-words' }, say('mark.' + words))))
      const feedback = one(element, '.option-feedback')
      if (feedback) feedback.hidden = !(told && (one(element, 'input').checked || shown === 'missed'))
    }
  }

  /** @param {string} result @param {boolean} again */
  function paintVerdict(result, again) {
    let words = page.renewed.has(data.n) ? say('verdict.changed') : ''
    if (result === 'saved') words = say('verdict.recorded')
    else if (result) words = say('verdict.' + result + (again && result !== 'neutral' ? '-retry' : ''))
    if (result === 'partial' && data.scored) {
      const earned = ((view.state().share ?? 0) / units(data)) * data.points
      words += ' ' + say('verdict.points', { earned, count: data.points })
    }
    verdict.setAttribute('aria-live', view.owner.own ? 'polite' : 'off')
    if (one(verdict, '.verdict-words')?.lastChild.data === words) return
    verdict.replaceChildren()
    if (words) verdict.append(make('p', { className: 'verdict-words' }, sign(SIGNS[result] ?? ''), ' ', words))
  }

  /** Keeps answers readable and in the tab order, but not changeable. @param {boolean} on */
  function lock(on) {
    form.toggleAttribute('data-locked', on)
    for (const input of controls.inputs) {
      if (input.type === 'text') input.readOnly = on
      else if (input.options) for (const option of input.options) option.disabled = on && !option.selected
      else attribute(input, 'aria-disabled', on ? 'true' : '')
    }
  }

  return () => {
    const shown = all(form, '.option-feedback:not([hidden]),.feedback:not([hidden])')
    page.announce('', shown.map((block) => block.textContent.trim()).join(' '))
  }
}
