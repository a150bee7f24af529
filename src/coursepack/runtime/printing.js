/** The whole course or the learner's answers on paper, and the answers as a file. A script of its own. */

/** @typedef {import('./player.js').Page} Page */

const PATIENCE = 15000
/** Milliseconds that tables take to find out how wide they are in steps not seen before. */
const SETTLING = 100

/**
 * What the buttons do, by their ids.
 * @param {Page} page
 * @param {() => Promise<unknown>} complete resolves when all steps are on the page
 * @param {import('./begin.js').Tools} tools
 */
export function printing(page, complete, tools) {
  const { all, make, one } = tools
  const root = document.documentElement
  const main = one(document, '#main')

  async function prepare() {
    page.notice('print', page.say('print.preparing'))
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, 'late'))
    const outcome = await Promise.race([complete(), late])
    page.notice('print', outcome === 'late' ? page.say('print.incomplete') : '')
    await Promise.allSettled(all(main, 'img').map((picture) => picture.decode()))
  }

  /** Prints with other things in sight than the screen has, and puts all back. @param {any[]} shown @param {string} what */
  function print(shown, what) {
    const articles = all(main, 'article.step')
    const before = articles.map((article) => article.hidden)
    const disclosures = all(main, 'details:not([open])')
    const unanswered = all(main, 'select').filter((list) => list.value === '0')
    for (const list of unanswered) list.size = list.length
    for (const article of articles) article.hidden = !shown.includes(article)
    for (const disclosure of disclosures) disclosure.open = what === 'course'
    for (const { reflections } of page.parts.values()) reflections.forEach((writing) => writing.paint())
    root.dataset.print = what
    addEventListener('afterprint', () => {
      delete root.dataset.print
      articles.forEach((article, index) => (article.hidden = before[index]))
      for (const disclosure of disclosures) disclosure.open = false
      for (const list of unanswered) list.size = 0
      one(main, '.answers-sheet')?.remove()
    }, { once: true })
    setTimeout(() => window.print(), SETTLING)
  }

  return {
    async 'print-course'() {
      await prepare()
      print(all(main, 'article.step:not(.waiting)'), 'course')
    },
    async 'print-answers'() {
      await prepare()
      main.append(make('section', { className: 'answers-sheet' }, ...sheet(page, tools)))
      print([], 'answers')
    },
    async 'save-answers'() {
      await prepare()
      save(page, tools)
    },
  }
}

/** All answers in the order of the course. @param {Page} page @param {import('./begin.js').Tools} tools @returns {HTMLElement[]} */
function sheet(page, tools) {
  const { all, make } = tools
  const { config, say, spoken, phrase } = page
  const date = new Date().toLocaleDateString(page.language, { dateStyle: 'long' })
  const lines = [
    phrase('h1', 'print.course', { course: config.course.title }, 'course'),
    spoken(make('p', {}, say('print.date', { date }))),
  ]
  config.steps.forEach((step, index) => {
    const forms = all(document, `article[data-step="${step.n}"] form`)
    const entries = page.parts.has(step.n) ? forms.flatMap((form) => entry(page, tools, step.n, form)) : []
    if (entries.length) lines.push(phrase('h2', 'print.step', { n: index + 1, step: step.title }, 'step'), ...entries)
  })
  if (lines.length === 2) lines.push(spoken(make('p', {}, say('print.nothing'))))
  return lines
}

/**
 * @param {Page} page
 * @param {import('./begin.js').Tools} tools
 * @param {number} step
 * @param {HTMLFormElement} form
 * @returns {HTMLElement[]}
 */
function entry(page, { all, make, given, right, mayReveal, mayTell, quizState, resultOf, units }, step, form) {
  const { say, spoken } = page
  const { questions, reflections } = /** @type {import('./player.js').Part} */ (page.parts.get(step))
  const nothing = () => spoken(make('span', {}, say('print.unanswered')))
  const view = questions.find((item) => item.form === form)
  if (!view) {
    const writing = reflections.find((item) => item.form === form)
    return writing ? [make('h3', {}, writing.data.text), make('p', { className: 'text' }, writing.text() || nothing())] : []
  }
  const { data } = view
  const state = view.state()
  const config = page.config.quizzes.find((item) => item.n === data.quiz)
  const quiz = config && quizState(page, config.n)
  if (config?.pool.includes(data.n) && !quiz?.drawn.includes(data.n)) return []
  const list = make('dl')
  const add = (/** @type {string} */ key, /** @type {any[]} */ lines) =>
    list.append(spoken(make('dt', {}, say(key))), ...lines.map((line) => make('dd', {}, line)))
  const answer = given(page, data, state.response)
  add('print.your-answer', answer.length ? answer : [nothing()])
  if (state.submitted && (!config || mayTell(config, quiz))) {
    const result = resultOf(state.share, units(data))
    if (result !== 'neutral') add('print.result', [spoken(make('span', {}, say('verdict.' + result)))])
    if (result !== 'correct' && config && mayReveal(config, quiz)) add('print.right-answer', right(page, data))
    const words = all(form, '.option-feedback:not([hidden]),.feedback:not([hidden])')
    if (words.length) add('print.feedback', words.map((block) => block.textContent.trim()))
  }
  return [make('h3', {}, data.text), list]
}

/** The answers as a page of their own. @param {Page} page @param {import('./begin.js').Tools} tools */
function save(page, tools) {
  const { make } = tools
  const { course } = page.config
  const style = 'body{font:1rem/1.5 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem}.text{white-space:pre-wrap}'
  const charset = make('meta')
  charset.setAttribute('charset', 'utf-8')
  const viewport = make('meta', { name: 'viewport', content: 'width=device-width' })
  const head = make('head', {}, charset, viewport, make('title', {}, page.say('print.course', { course: course.title })), make('style', {}, style))
  const file = make('html', { lang: course.language, dir: course.direction }, head, make('body', {}, ...sheet(page, tools)))
  const url = URL.createObjectURL(new Blob(['<!doctype html>\n', file.outerHTML], { type: 'text/html' }))
  make('a', { href: url, download: `${course.slug}-${page.say('file.name')}.html` }).click()
  setTimeout(() => URL.revokeObjectURL(url), 60000)
}
