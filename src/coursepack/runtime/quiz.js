/** A quiz on the page: attempts, the draw, Submit of all, the result and what comes next. */

import { all, listen, make, one, rearrange, write } from './dom.js'
import { complain, focusOn, problem, record, reset, restore } from './questions.js'
import { showResult, tally } from './result.js'
import { rounded, units } from './score.js'
import { draw, order } from './shuffle.js'
import { asked, asksAgain, ended, mayReveal, mayTell } from './standing.js'
import { canRetry, paint, stateOf, unanswered } from './verdicts.js'

/** @typedef {import('./contract.d.ts').QuizConfig} QuizConfig */
/** @typedef {import('./contract.d.ts').QuizState} QuizState */
/** @typedef {import('./player.js').Page} Page */
/** @typedef {import('./verdicts.js').View} View */
/** @typedef {{config: QuizConfig, section: any, views: View[], begun: number}} Quiz */

/** @param {Page} page @param {number} n @returns {QuizState} */
export const quizState = (page, n) => page.state.quizzes.get(n) ?? { attempt: 0, phase: 'new', score: null, passed: false, drawn: [] }

/**
 * Brings a quiz to life with the questions of its step.
 * @param {Page} page
 * @param {QuizConfig} config
 * @param {HTMLElement} section
 * @param {View[]} views those of this quiz
 */
export function quiz(page, config, section, views) {
  /** @type {Quiz} */
  const quiz = { config, section, views, begun: 0 }
  const running = () => quizState(page, config.n).phase !== 'finished'
  /** @type {import('./verdicts.js').Owner} */
  const owner = {
    own: config.feedback === 'now',
    seed: () => [config.n, quizState(page, config.n).attempt || 1],
    open: running,
    tells: () => mayTell(config, quizState(page, config.n)),
    reveals: (final) => final && mayReveal(config, quizState(page, config.n)),
    begin: () => begin(page, quiz),
    answered: () => settle(page, quiz),
  }
  for (const view of views) view.owner = owner
  listen(one(section, '[data-quiz-submit]'), 'click', () => submitAll(page, quiz))
  arrange(page, quiz)
  for (const view of views) restore(page, view)
  paintQuiz(page, quiz)
  return { paint: () => paintQuiz(page, quiz) }
}

/** The views of the questions that this attempt asks. @param {Page} page @param {Quiz} quiz */
function present(page, { config, views }) {
  const numbers = asked(config, quizState(page, config.n))
  return views.filter((view) => numbers.includes(view.data.n))
}

/** @param {Page} page @param {Quiz} quiz */
const sumOf = (page, quiz) => tally(present(page, quiz).map((view) => view.data), page.state.questions)

/** Draws if there is nothing drawn yet, shows what is asked, and sorts it. @param {Page} page @param {Quiz} quiz */
function arrange(page, quiz) {
  const { config, section, views } = quiz
  const state = quizState(page, config.n)
  const seed = [page.state.token, config.n, state.attempt || 1]
  const drawn = draw(seed, config.pool, config.draw, state.drawn)
  page.state.quizzes.set(config.n, { ...state, drawn })
  const shown = present(page, quiz)
  for (const view of views) view.form.hidden = !shown.includes(view)
  if (!config.shuffle) return
  const sorted = order(seed, views.map((view) => view.data.n))
  const forms = all(section, 'form.question')
  rearrange(forms, sorted.map((n) => views.find((view) => view.data.n === n)?.form))
}

/** @param {Page} page @param {Quiz} quiz */
function begin(page, quiz) {
  const state = quizState(page, quiz.config.n)
  quiz.begun ||= Date.now()
  if (state.phase !== 'new') return
  page.state.quizzes.set(quiz.config.n, { ...state, attempt: state.attempt + 1, phase: 'running' })
  page.emit('quiz.started', { quiz: about(page, quiz) })
}

/** After one answer: the attempt ends by itself when nothing can be answered any more. @param {Page} page @param {Quiz} quiz */
function settle(page, quiz) {
  const views = present(page, quiz)
  if (views.every((view) => stateOf(page, view.data.n).submitted && !canRetry(page, view))) {
    finish(page, quiz)
    const title = one(quiz.section, '.quiz-result h3')
    return title.textContent + '. ' + title.nextElementSibling.textContent
  }
  paintQuiz(page, quiz)
  return ''
}

/** @param {Page} page @param {Quiz} quiz */
function submitAll(page, quiz) {
  if (page.frozen()) return
  const views = present(page, quiz)
  const { own } = quiz.views[0].owner
  const open = views.filter((view) => {
    const words = stateOf(page, view.data.n).submitted || view.data.type === 'likert' ? '' : problem(page, view)
    complain(view, words)
    return words
  })
  if (open.length) {
    page.announce(page.say('message.quiz', { count: open.length }))
    return focusOn(open[0])
  }
  begin(page, quiz)
  if (!own) for (const view of views) if (!view.controls.missing(view.controls.read())) record(page, view)
  finish(page, quiz)
  page.changed({ urgent: true })
  one(quiz.section, '.quiz-result').focus()
}

/** @param {Page} page @param {Quiz} quiz */
function finish(page, quiz) {
  const { config } = quiz
  const sum = sumOf(page, quiz)
  const state = ended(config, quizState(page, config.n), sum.score)
  page.state.quizzes.set(config.n, state)
  const payload = {
    quiz: { ...about(page, quiz), duration_s: (Date.now() - quiz.begun) / 1000 },
    score: { raw: sum.earned, min: 0, max: sum.possible, scaled: rounded(sum.score) / 1e4 },
  }
  page.emit('quiz.submitted', payload)
  if (config.passScore !== null) page.emit(state.passed ? 'quiz.passed' : 'quiz.failed', payload)
  quiz.begun = 0
  for (const view of quiz.views) paint(page, view)
  paintQuiz(page, quiz)
}

/** @param {Page} page @param {Quiz} quiz */
function again(page, quiz) {
  const { config, views } = quiz
  const state = quizState(page, config.n)
  const wrongOnly = config.retry === 'wrong'
  const fresh = present(page, quiz).filter((view) => asksAgain(config, stateOf(page, view.data.n).share, units(view.data)))
  for (const view of fresh) page.state.questions.set(view.data.n, unanswered())
  page.state.quizzes.set(config.n, { ...state, attempt: state.attempt + 1, phase: 'running', drawn: wrongOnly ? state.drawn : [] })
  quiz.begun = Date.now()
  arrange(page, quiz)
  for (const view of views) fresh.includes(view) || !wrongOnly ? reset(page, view) : paint(page, view)
  paintQuiz(page, quiz)
  page.emit('quiz.retried', { quiz: about(page, quiz) })
  page.changed({ urgent: true })
  page.announce(page.say('quiz.restarted'))
  const forms = all(quiz.section, 'form.question:not([hidden])')
  const first = forms.map((form) => fresh.find((view) => view.form === form)).find(Boolean)
  if (first) focusOn(first)
}

/** @param {Page} page @param {Quiz} quiz */
function paintQuiz(page, quiz) {
  const { config, section } = quiz
  const state = quizState(page, config.n)
  const views = present(page, quiz)
  const submit = one(section, '[data-quiz-submit]')
  const done = views.every((view) => stateOf(page, view.data.n).submitted)
  submit.hidden = state.phase === 'finished' || page.frozen() || (config.feedback === 'now' && !done)
  if (config.feedback === 'now') submit.textContent = page.say('quiz.finish')
  section.dataset.phase = state.phase
  paintAttempt(page, quiz, state)
  const result = one(section, '.quiz-result')
  result.hidden = state.phase !== 'finished'
  result.replaceChildren()
  if (result.hidden) return
  showResult(page, config, state, sumOf(page, quiz), result, () => again(page, quiz))
}

/** Says which attempt this is, where there is more than one. @param {Page} page @param {Quiz} quiz @param {QuizState} state */
function paintAttempt(page, { config, section }, state) {
  const n = state.attempt || 1
  const intro = one(section, '.quiz-intro')
  const line = one(intro, '.quiz-attempt') ?? make('p', { className: 'quiz-attempt' })
  line.hidden = config.attempts === 1 || (n === 1 && !config.attempts)
  write(line, page.say(config.attempts ? 'quiz.attempt-of' : 'quiz.attempt', { n, total: config.attempts }))
  if (!line.parentNode) intro.append(line)
}

/** What events tell about a quiz. @param {Page} page @param {Quiz} quiz */
function about(page, { config }) {
  const { n, id, title, passScore } = config
  return { n, id, title, attempt: quizState(page, n).attempt, pass_mark: passScore === null ? null : passScore / 1e4 }
}
