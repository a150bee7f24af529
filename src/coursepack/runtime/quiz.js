/** A quiz on the page: attempts, the draw, Submit of all, the result and what comes next. */

import { all, listen, make, one, rearrange, write } from './dom.js'
import { unanswered } from './questions.js'
import { showResult, tally } from './result.js'
import { rounded, units } from './score.js'
import { draw, order } from './shuffle.js'
import { asked, asksAgain, ended, mayReveal, mayTell } from './standing.js'

/** @typedef {import('./contract.d.ts').QuizConfig} QuizConfig */
/** @typedef {import('./contract.d.ts').QuizState} QuizState */
/** @typedef {import('./player.js').Page} Page */
/** @typedef {import('./questions.js').View} View */

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
  const { n, id, title, passScore, feedback, attempts } = config
  const { say, emit } = page
  const submit = one(section, '[data-quiz-submit]')
  const result = one(section, '.quiz-result')
  const own = feedback === 'now'
  const state = () => quizState(page, n)
  const seed = () => [n, state().attempt || 1]
  let begun = 0

  /** @param {Partial<QuizState>} news */
  const change = (news) => void page.state.quizzes.set(n, { ...state(), ...news })
  /** The questions that this attempt asks. */
  const present = () => views.filter((view) => asked(config, state()).includes(view.data.n))
  const sum = () => tally(present().map((view) => view.data), page.state.questions)
  /** What events tell. */
  const about = () => ({ n, id, title, attempt: state().attempt, pass_mark: passScore === null ? null : passScore / 1e4 })

  /** Draws if there is nothing drawn yet, shows what is asked, and sorts it. */
  function arrange() {
    const from = [page.state.token, ...seed()]
    change({ drawn: draw(from, config.pool, config.draw, state().drawn) })
    const shown = present()
    for (const view of views) view.form.hidden = !shown.includes(view)
    if (!config.shuffle) return
    const sorted = order(from, views.map((view) => view.data.n))
    rearrange(all(section, 'form.question'), sorted.map((item) => views.find((view) => view.data.n === item)?.form))
  }

  function begin() {
    begun ||= Date.now()
    if (state().phase !== 'new') return
    change({ attempt: state().attempt + 1, phase: 'running' })
    emit('quiz.started', { quiz: about() })
  }

  /** After one answer: the attempt ends by itself when nothing can be answered any more. */
  function settle() {
    if (!present().every((view) => view.state().submitted && !view.canRetry())) {
      paint()
      return ''
    }
    finish()
    const [heading, line] = result.children
    return heading.textContent + '. ' + line.textContent
  }

  function submitAll() {
    if (page.frozen()) return
    const open = present().filter((view) => {
      const words = view.state().submitted || view.data.type === 'likert' ? '' : view.problem()
      view.complain(words)
      return words
    })
    if (open.length) {
      page.announce(say('message.quiz', { count: open.length }))
      return open[0].focus()
    }
    begin()
    if (!own) for (const view of present()) if (!view.controls.missing(view.controls.read())) view.record()
    finish()
    page.changed({ urgent: true })
    result.focus()
  }

  function finish() {
    const { earned, possible, score } = sum()
    change(ended(config, state(), score))
    const payload = {
      quiz: { ...about(), duration_s: (Date.now() - begun) / 1000 },
      score: { raw: earned, min: 0, max: possible, scaled: rounded(score) / 1e4 },
    }
    emit('quiz.submitted', payload)
    if (passScore !== null) emit(state().passed ? 'quiz.passed' : 'quiz.failed', payload)
    begun = 0
    for (const view of views) view.paint()
    paint()
  }

  function again() {
    const wrongOnly = config.retry === 'wrong'
    const fresh = present().filter((view) => asksAgain(config, view.state().share, units(view.data)))
    for (const view of fresh) page.state.questions.set(view.data.n, unanswered())
    change({ attempt: state().attempt + 1, phase: 'running', drawn: wrongOnly ? state().drawn : [] })
    begun = Date.now()
    arrange()
    for (const view of views) fresh.includes(view) || !wrongOnly ? view.reset() : view.paint()
    paint()
    emit('quiz.retried', { quiz: about() })
    page.changed({ urgent: true })
    page.announce(say('quiz.restarted'))
    const forms = all(section, 'form.question:not([hidden])')
    forms.map((form) => fresh.find((view) => view.form === form)).find(Boolean)?.focus()
  }

  function paint() {
    const { phase } = state()
    submit.hidden = phase === 'finished' || page.frozen() || (own && !present().every((view) => view.state().submitted))
    if (own) submit.textContent = say('quiz.finish')
    section.dataset.phase = phase
    paintAttempt()
    result.hidden = phase !== 'finished'
    result.replaceChildren()
    if (!result.hidden) showResult(page, config, state(), sum(), result, again)
  }

  /** Says which attempt this is, where there is more than one. */
  function paintAttempt() {
    const attempt = state().attempt || 1
    const line = one(section, '.quiz-attempt') ?? make('p', { className: 'quiz-attempt' })
    line.hidden = attempts === 1 || (attempt === 1 && !attempts)
    write(line, say(attempts ? 'quiz.attempt-of' : 'quiz.attempt', { n: attempt, total: attempts }))
    if (!line.parentNode) one(section, '.quiz-intro').append(line)
  }

  listen(submit, 'click', submitAll)
  for (const view of views) {
    view.owner = {
      own, seed, begin,
      open: () => state().phase !== 'finished',
      tells: () => mayTell(config, state()),
      reveals: (final) => final && mayReveal(config, state()),
      answered: settle,
    }
  }
  arrange()
  for (const view of views) view.restore()
  paint()
  return { paint }
}
