/** Questions on the page: an answer, a message, another try. */

import { controls, moveRows } from './controls.js'
import { all, attribute, listen, one, write } from './dom.js'
import { isEmpty, isMalformed, judge, numberOf } from './score.js'
import { order } from './shuffle.js'
import { PRACTICE, announceFeedback, paint, stateOf } from './verdicts.js'

/** @typedef {import('./contract.d.ts').QuestionData} QuestionData */
/** @typedef {import('./contract.d.ts').Response} Response */
/** @typedef {import('./player.js').Page} Page */
/** @typedef {import('./verdicts.js').View} View */

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
  listen(form, 'submit', (event) => {
    event.preventDefault()
    if (view.owner.own && !view.locked) submit(page, view)
  })
  listen(one(form, '.retry'), 'click', () => retry(page, view))
  listen(form, 'input', () => draft(page, view))
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
  page.answered({ n: data.n, question: data, reflection: null, response, number: numberOf(data, response), verdict, shown: new Date(shown), latency })
  page.emit('question.answered', {
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
