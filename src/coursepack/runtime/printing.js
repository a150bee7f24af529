/** The whole course or the learner's answers on paper, and the answers as a file. */

import { given, right } from './answers.js'
import { all, listen, make, one } from './dom.js'
import { notice } from './notices.js'
import { quizState } from './quiz.js'
import { mayReveal, mayTell } from './standing.js'
import { resultOf, stateOf } from './verdicts.js'

/** @typedef {import('./player.js').Page} Page */

const PATIENCE = 15000

/**
 * @param {Page} page
 * @param {() => Promise<unknown>} complete resolves when all steps are on the page
 */
export function printing(page, complete) {
  const root = document.documentElement
  const main = one(document, '#main')

  /** @param {() => void} use */
  async function prepared(use) {
    notice('print', page.say('print.preparing'))
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, 'late'))
    const outcome = await Promise.race([complete(), late])
    notice('print', outcome === 'late' ? page.say('print.incomplete') : '')
    await Promise.allSettled(all(main, 'img').map((picture) => picture.decode()))
    use()
  }

  /** Prints with other things in sight than the screen has, and puts all back. @param {any[]} shown @param {string} what */
  function print(shown, what) {
    const articles = all(main, 'article.step')
    const before = articles.map((article) => article.hidden)
    const disclosures = all(main, 'details:not([open])')
    for (const article of articles) article.hidden = !shown.includes(article)
    for (const disclosure of disclosures) disclosure.open = what === 'course'
    root.dataset.print = what
    addEventListener('afterprint', () => {
      delete root.dataset.print
      articles.forEach((article, index) => (article.hidden = before[index]))
      for (const disclosure of disclosures) disclosure.open = false
      one(main, '.answers-sheet')?.remove()
    }, { once: true })
    window.print()
  }

  listen(one(document, '#print-course'), 'click', () =>
    prepared(() => print(all(main, 'article.step:not(.waiting)'), 'course')))
  listen(one(document, '#print-answers'), 'click', () =>
    prepared(() => {
      main.append(make('section', { className: 'answers-sheet' }, ...sheet(page)))
      print([], 'answers')
    }))
  listen(one(document, '#save-answers'), 'click', () => prepared(() => save(page)))
}

/** All answers in the order of the course. @param {Page} page @returns {HTMLElement[]} */
function sheet(page) {
  const { config, say } = page
  const date = new Date().toLocaleDateString(root().lang || undefined, { dateStyle: 'long' })
  const lines = [make('h1', {}, say('print.course', { course: config.course.title })), make('p', {}, say('print.date', { date }))]
  config.steps.forEach((step, index) => {
    const part = page.parts.get(step.n)
    const entries = part ? all(root(), `article[data-step="${step.n}"] form`).flatMap((form) => entry(page, part, form)) : []
    if (entries.length) lines.push(make('h2', {}, say('print.step', { n: index + 1, step: step.title })), ...entries)
  })
  if (lines.length === 2) lines.push(make('p', {}, say('print.nothing')))
  return lines
}

const root = () => document.documentElement

/** @param {Page} page @param {import('./player.js').Part} part @param {HTMLFormElement} form @returns {HTMLElement[]} */
function entry(page, part, form) {
  const { say } = page
  const view = part.questions.find((item) => item.form === form)
  if (!view) {
    const writing = part.reflections.find((item) => item.form === form)
    return writing ? [make('h3', {}, writing.data.text), make('p', { className: 'text' }, writing.text() || say('print.unanswered'))] : []
  }
  const { data } = view
  const state = stateOf(page, data.n)
  const config = page.config.quizzes.find((item) => item.n === data.quiz)
  const quiz = config && quizState(page, config.n)
  if (config?.pool.includes(data.n) && !quiz?.drawn.includes(data.n)) return []
  const answer = given(page, data, state.response)
  const list = make('dl', {}, make('dt', {}, say('print.your-answer')))
  for (const line of answer.length ? answer : [say('print.unanswered')]) list.append(make('dd', {}, line))
  if (state.submitted && (!config || mayTell(config, quiz))) {
    const result = resultOf(data, state)
    if (result !== 'neutral') list.append(make('dt', {}, say('print.result')), make('dd', {}, say('verdict.' + result)))
    if (result !== 'correct' && config && mayReveal(config, quiz)) {
      list.append(make('dt', {}, say('print.right-answer')), ...right(page, data).map((line) => make('dd', {}, line)))
    }
    const words = all(form, '.option-feedback:not([hidden]),.feedback:not([hidden])')
    if (words.length) list.append(make('dt', {}, say('print.feedback')), ...words.map((block) => make('dd', {}, block.textContent.trim())))
  }
  return [make('h3', {}, data.text), list]
}

/** The answers as a page of their own. @param {Page} page */
function save(page) {
  const { course } = page.config
  const style = 'body{font:1rem/1.5 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem}.text{white-space:pre-wrap}'
  const charset = make('meta')
  charset.setAttribute('charset', 'utf-8')
  const head = make('head', {}, charset, make('title', {}, page.say('print.course', { course: course.title })), make('style', {}, style))
  const file = make('html', { lang: course.language, dir: course.direction }, head, make('body', {}, ...sheet(page)))
  const url = URL.createObjectURL(new Blob(['<!doctype html>\n', file.outerHTML], { type: 'text/html' }))
  make('a', { href: url, download: `${course.slug}-${page.say('file.name')}.html` }).click()
  setTimeout(() => URL.revokeObjectURL(url), 60000)
}
