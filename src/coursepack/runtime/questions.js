/** Questions on the page: answer, message, verdict, feedback, another try. What is shown follows from the state. */

import { controls, moveRows, showMark } from './controls.js'
import { all, make, one, write } from './dom.js'
import { emit } from './events.js'
import { solution } from './answers.js'
import { isEmpty, isMalformed, judge, units } from './score.js'
import { order } from './shuffle.js'

/** @typedef {import('./contract.d.ts').QuestionData} QuestionData */
/** @typedef {import('./contract.d.ts').QuestionState} QuestionState */
/** @typedef {import('./contract.d.ts').Response} Response */
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
 * @param {Page} page
 * @param {QuestionData} data
 * @param {HTMLFormElement} form
 * @returns {View}
 */
export function question(page, data, form) {
  const isRight = (/** @type {QuestionData} */ part, /** @type {Response} */ response) => judge(part, response).result === 'correct'
  /** @type {View} */
  const view = { data, form, controls: controls(form, data, isRight), owner: PRACTICE, locked: false, shown: 0 }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (view.owner.own && !view.locked) submit(page, view)
  })
  one(form, '.retry').addEventListener('click', () => retry(page, view))
  form.addEventListener('click', (event) => {
    if (view.locked && /** @type {any} */ (event.target).matches('[type=radio],[type=checkbox]')) event.preventDefault()
  })
  form.addEventListener('input', () => draft(page, view))
  if (data.type === 'order') moveRows(form, (key, values) => page.announce(page.say(key, values)))
  return view
}

/**
 * Puts the question into its derived order and fills in what the state holds; what was typed before the page was
 * ready stays, unless an answer was submitted.
 * @param {Page} page
 * @param {View} view
 */
export function restore(page, view) {
  const { data, controls } = view
  const early = controls.read()
  controls.arrange((numbers) => order([page.state.token, ...view.owner.seed(), data.n], numbers))
  const state = stateOf(page, data.n)
  if (!state.submitted && data.type !== 'order' && !isEmpty(data, early)) draft(page, view)
  else if (state.response !== null) controls.write(state.response)
  else if (data.type !== 'order') controls.write(early)
  paint(page, view)
}

/** Empties a question for a new attempt at its quiz. @param {Page} page @param {View} view */
export function reset(page, view) {
  view.controls.write(view.data.type === 'cloze' || view.data.type === 'matching' || view.data.type === 'multiple' ? [] : null)
  view.shown = Date.now()
  restore(page, view)
}

/** @param {Page} page @param {View} view */
function draft(page, view) {
  if (view.locked) return view.controls.write(stateOf(page, view.data.n).response)
  page.state.questions.set(view.data.n, { ...stateOf(page, view.data.n), response: view.controls.read(), submitted: false, share: null })
  complain(view, '')
  if (page.renewed.delete(view.data.n)) paint(page, view)
  view.owner.begin()
  page.changed({})
}

/**
 * The message that keeps an answer from being submitted, or nothing.
 * @param {Page} page
 * @param {View} view
 */
export function problem(page, view) {
  const { data, controls } = view
  const response = controls.read()
  const count = controls.missing(response)
  if (count) {
    const keys = { multiple: 'choose-some', 'fill-in': 'type', numeric: 'type', cloze: 'gaps', matching: 'match' }
    return page.say('message.' + (/** @type {Record<string, string>} */ (keys)[data.type] ?? 'choose'), { count })
  }
  return isMalformed(data, response) ? page.say('message.number') : ''
}

/**
 * Shows a message at the question, or takes it away.
 * @param {View} view
 * @param {string} words
 */
export function complain({ form, controls, data }, words) {
  const message = one(form, '.message')
  if (message.hidden && !words) return
  message.hidden = !words
  write(message, words)
  form.toggleAttribute('data-invalid', !!words)
  for (const input of controls.inputs) {
    const wrong = words && !/radio|button/.test(input.type) && (data.type === 'numeric' || isOpen(input))
    attribute(input, 'aria-invalid', wrong ? 'true' : '')
    attribute(input, 'aria-describedby', words ? message.id : '')
  }
}

/** Whether a control holds no answer. @param {any} input */
const isOpen = (input) => (input.type === 'text' ? !input.value.trim() : input.options ? input.value === '0' : !input.checked)

/** @param {Element} element @param {string} name @param {string} value */
const attribute = (element, name, value) => (value ? element.setAttribute(name, value) : element.removeAttribute(name))

/** Moves the focus to where an answer is missing. @param {View} view */
export function focusOn({ form }) {
  const inputs = all(form, 'fieldset :is(input,select,button)')
  const first = one(form, '[aria-invalid]') ?? inputs.find(isOpen) ?? inputs[0]
  first.focus()
}

/** @param {Page} page @param {View} view */
function submit(page, view) {
  const words = problem(page, view)
  complain(view, words)
  if (words) return focusOn(view)
  view.owner.begin()
  record(page, view)
  const news = view.owner.answered()
  page.changed({ urgent: true })
  paint(page, view)
  announceFeedback(page, view)
  page.announce(news)
}

/**
 * Judges what the controls hold and keeps it: state, event, and the answer for the LMS.
 * @param {Page} page
 * @param {View} view
 */
export function record(page, view) {
  const { data } = view
  const response = view.controls.read()
  const verdict = judge(data, response)
  const tries = stateOf(page, data.n).tries + 1
  page.state.questions.set(data.n, { response, submitted: true, tries, share: verdict.right })
  const shown = view.shown || Date.now()
  const latency = Date.now() - shown
  page.answered({ n: data.n, question: data, reflection: null, response, verdict, shown: new Date(shown), latency })
  emit('question.answered', {
    question: {
      n: data.n, id: data.id, type: data.type, text: data.text, response, correct: verdict.result === 'correct',
      points: verdict.earned, max_points: data.points, duration_s: latency / 1000, try: tries,
    },
  })
}

/** @param {Page} page @param {View} view */
function retry(page, view) {
  const state = stateOf(page, view.data.n)
  const response = view.controls.keep(state.response)
  page.state.questions.set(view.data.n, { ...state, response, submitted: false, share: null })
  view.controls.write(response)
  view.shown = Date.now()
  page.changed({})
  paint(page, view)
  focusOn(view)
}

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
    showMark(element, shown, page.say('mark.' + words))
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
  const sign = make('span', { className: 'sign', textContent: { correct: '✓', incorrect: '✗', partial: '◐' }[result ?? ''] ?? '' })
  sign.setAttribute('aria-hidden', 'true')
  verdict.append(make('p', { className: 'verdict-words' }, sign, ' ', words))
}

/** Reads out the feedback that has just come into sight. @param {Page} page @param {View} view */
function announceFeedback(page, { form }) {
  const shown = all(form, '.option-feedback:not([hidden]),.feedback:not([hidden])')
  page.announce(shown.map((block) => block.textContent.trim()).join(' '))
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
