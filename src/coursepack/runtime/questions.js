/** Questions on the page: an answer, a message, another try. */

import { controls, moveRows } from './controls.js'
import { all, attribute, listen, one, write } from './dom.js'
import { isEmpty, isMalformed, judge, numberOf, units } from './score.js'
import { order } from './shuffle.js'
import { painter } from './verdicts.js'

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
 * @property {number} shown when it was first seen in this session, 0 before
 * @property {() => QuestionState} state
 * @property {() => number} triesLeft
 * @property {() => boolean} canRetry whether the learner may try a submitted question again
 * @property {() => boolean} locked nothing may be answered now
 * @property {() => void} paint shows it as its state says
 * @property {() => void} restore fills in what the state holds; what was typed before the page was ready stays
 * @property {() => void} reset empties it for a new attempt at its quiz
 * @property {() => string} problem what keeps the answer from being submitted, or nothing
 * @property {(words: string) => void} complain shows a message at the question, or takes it away
 * @property {() => void} focus moves the focus to where an answer is missing
 * @property {() => void} record judges what the controls hold and keeps it: state, event, the answer for the LMS
 */

/** @type {Owner} */
const PRACTICE = {
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

/** The message for what is missing, by type. @type {Record<string, string>} */
const MISSING = { multiple: 'choose-some', 'fill-in': 'type', numeric: 'type', cloze: 'gaps', matching: 'match' }

/** Whether a control holds no answer. @param {any} input */
const isOpen = (input) => (input.type === 'text' ? !input.value.trim() : input.options ? input.value === '0' : !input.checked)

/**
 * @param {Page} page
 * @param {QuestionData} data
 * @param {any} form
 * @returns {View}
 */
export function question(page, data, form) {
  const { n, id, type, text, points } = data
  const { say } = page
  const ways = controls(form, data)
  const answers = page.state.questions
  const message = one(form, '.message')
  /** @type {View} */
  const view = {
    data, form, controls: ways, owner: PRACTICE, shown: 0, paint() {}, restore, reset, problem, complain, focus, record,
    state: () => answers.get(n) ?? unanswered(),
    triesLeft: () => (data.attempts ? Math.max(0, data.attempts - view.state().tries) : Infinity),
    canRetry() {
      const { submitted, share } = view.state()
      const wanted = units(data) ? share !== units(data) : !data.quiz
      return wanted && view.owner.own && view.owner.open() && !page.frozen() && submitted && view.triesLeft() > 0
    },
    locked: () => page.frozen() || view.state().submitted || !view.owner.open(),
  }
  const announceFeedback = painter(page, view)
  /** @param {Partial<QuestionState>} news */
  const change = (news) => void answers.set(n, { ...view.state(), ...news })

  function restore() {
    const early = ways.read()
    ways.arrange((numbers) => order([page.state.token, ...view.owner.seed(), n], numbers))
    const { submitted, response } = view.state()
    if (!submitted && type !== 'order' && !isEmpty(data, early)) draft()
    else if (response !== null) ways.write(response)
    else if (type !== 'order') ways.write(early)
    view.paint()
  }

  function reset() {
    ways.write(null)
    view.shown = Date.now()
    restore()
  }

  function draft() {
    if (view.locked()) return ways.write(view.state().response)
    change({ response: ways.read() })
    complain('')
    if (page.renewed.delete(n)) view.paint()
    view.owner.begin()
    page.changed({})
  }

  function problem() {
    const response = ways.read()
    const count = ways.missing(response)
    if (count) return say('message.' + (MISSING[type] ?? 'choose'), { count })
    return isMalformed(data, response) ? say('message.number') : ''
  }

  /** @param {string} words */
  function complain(words) {
    if (message.hidden && !words) return
    message.hidden = !words
    write(message, words)
    form.toggleAttribute('data-invalid', !!words)
    for (const input of ways.inputs) {
      const wrong = words && !/radio|button/.test(input.type) && (type === 'numeric' || isOpen(input))
      attribute(input, 'aria-invalid', wrong ? 'true' : '')
      attribute(input, 'aria-describedby', words && message.id)
    }
  }

  function focus() {
    const inputs = all(form, 'fieldset :is(input,select,button)')
    const first = one(form, '[aria-invalid]') ?? inputs.find(isOpen) ?? inputs[0]
    first.focus()
  }

  function submit() {
    const words = problem()
    complain(words)
    if (words) {
      const before = document.activeElement
      focus()
      if (document.activeElement === before) page.announce(words)
      return
    }
    view.owner.begin()
    record()
    const news = view.owner.answered()
    page.changed({ urgent: true })
    view.paint()
    announceFeedback()
    page.announce(news)
  }

  function record() {
    const response = ways.read()
    const verdict = judge(data, response)
    const tries = view.state().tries + 1
    change({ response, submitted: true, tries, share: verdict.right })
    const shown = view.shown || Date.now()
    const latency = Date.now() - shown
    page.answered({
      n, question: data, reflection: null, response, number: numberOf(data, response), verdict, shown: new Date(shown), latency,
    })
    page.emit('question.answered', {
      question: {
        n, id, type, text, response, correct: verdict.result === 'correct', points: verdict.earned, max_points: points,
        duration_s: latency / 1000, try: tries,
      },
      asked: { data, number: numberOf(data, response) },
    })
  }

  listen(form, 'submit', (event) => {
    event.preventDefault()
    if (view.owner.own && !view.locked()) submit()
  })
  listen(form, 'input', draft)
  listen(one(form, '.retry'), 'click', () => {
    const response = ways.keep(view.state().response)
    change({ response, submitted: false, share: null })
    ways.write(response)
    view.shown = Date.now()
    page.changed({})
    view.paint()
    focus()
  })
  if (type === 'order') moveRows(form, (key, values) => page.announce(say(key, values)))
  return view
}
