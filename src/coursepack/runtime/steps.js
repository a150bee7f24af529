/** Moving through the course: one step at a time, what was seen, where Back and Next lead. */

import { all, attribute, listen, make, one, write } from './dom.js'
import { keepTables } from './tables.js'

/** @typedef {import('./contract.d.ts').StepConfig} StepConfig */
/** @typedef {import('./player.js').Page} Page */

const GLANCE = 1000

/**
 * @param {Page} page
 * @param {(n: number) => Promise<void>} need resolves when the step is on the page
 */
export function steps(page, need) {
  const { config, state, say, spoken, emit, retryNow } = page
  const main = one(document, '#main')
  const todo = one(main, '#todo')
  const back = one(main, '#back')
  const next = one(main, '#next')
  const disclosure = one(document, '#steps-disclosure')
  const narrow = matchMedia('(max-width: 48rem)')
  /** @type {StepConfig} */
  let here = config.steps[0]
  let since = Date.now()
  let viewed = false
  /** @type {number | undefined} */
  let glance
  const visited = new Set()
  /** @type {Set<number>} steps that could not be loaded yet */
  const missing = new Set()
  /** @type {Map<Element, number>} */
  const looks = new Map()
  const watcher = new IntersectionObserver((entries) => entries.forEach(look))

  const at = (/** @type {number} */ n) => config.steps.findIndex((step) => step.n === n)
  const article = (/** @type {number} */ n) => one(main, `article[data-step="${n}"]:not(.waiting)`)

  /** @param {IntersectionObserverEntry} entry */
  function look({ target, isIntersecting }) {
    clearTimeout(looks.get(target))
    if (isIntersecting) looks.set(target, setTimeout(() => lookedAt(target), GLANCE))
  }

  /** @param {any} end */
  function lookedAt(end) {
    if (document.hidden || end.closest('[hidden]')) return
    watcher.unobserve(end)
    see(Number(end.closest('article').dataset.step))
  }

  /** @param {number} n */
  function see(n) {
    if (state.seen.has(n) || page.frozen()) return
    state.seen.add(n)
    page.changed({ urgent: true })
  }

  /** @param {any} element */
  function watch(element) {
    const blocks = [...element.children].filter((child) => !child.matches('.footnotes'))
    const end = make('div', { className: 'step-end' })
    blocks[blocks.length - 1].after(end)
    watcher.observe(end)
    keepTables(element)
  }

  /** A step that is not there yet. */
  function waiting() {
    const failed = missing.has(here.n)
    one(main, '.waiting')?.remove()
    const line = spoken(make('p', {}, say(failed ? 'notice.missing' : 'notice.loading')))
    line.setAttribute('role', 'status')
    const box = make('article', { className: 'step waiting' }, make('header', {}, make('h1', { tabIndex: -1 }, here.title)), line)
    box.dataset.step = here.n
    if (failed) box.append(spoken(make('button', { type: 'button', onclick: retryNow }, say('notice.reload'))))
    todo.before(box)
  }

  function left() {
    clearTimeout(glance)
    if (viewed) emit('page.left', { page: { ...pageOf(here), dwell_s: (Date.now() - since) / 1000 } })
    viewed = false
  }

  function arrived() {
    since = Date.now()
    glance = setTimeout(() => {
      viewed = true
      emit('page.viewed', { page: { ...pageOf(here), first_time: !visited.has(here.n) } })
      visited.add(here.n)
    }, GLANCE)
  }

  /** @param {StepConfig} step */
  const pageOf = ({ n, id, title }) => ({ n, id, title, index: at(n) + 1, count: config.steps.length })

  /** @param {{focus: boolean, fragment?: string}} how */
  function show({ focus, fragment }) {
    const loaded = article(here.n)
    if (loaded) one(main, '.waiting')?.remove()
    else waiting()
    const shown = loaded ?? one(main, '.waiting')
    for (const other of all(main, 'article.step')) other.hidden = other !== shown
    document.title = here.title + ' — ' + config.course.title
    for (const item of all(document, '#steps li')) {
      attribute(one(item, 'a'), 'aria-current', Number(item.dataset.step) === here.n ? 'step' : '')
    }
    lead(back, at(here.n) - 1)
    lead(next, at(here.n) + 1)
    if (loaded) page.shown(here.n)
    if (!focus) return
    scrollTo(0, 0)
    reach((fragment && document.getElementById(fragment)) || one(shown, 'h1'))
  }

  /** @param {any} button @param {number} index */
  function lead(button, index) {
    const step = config.steps[index]
    button.hidden = !step
    write(one(button, '.where'), step?.title ?? '')
  }

  /** @param {number} n @param {{focus?: boolean, fragment?: string}} [how] */
  async function go(n, { focus = true, fragment = '' } = {}) {
    const step = config.steps[at(n)]
    if (!step) return
    left()
    here = step
    state.location = n
    if (narrow.matches) disclosure.open = false
    show({ focus, fragment })
    arrived()
    page.changed({})
    if (article(n)) return
    await need(n)
    if (here.n === n) show({ focus: focus && main.contains(document.activeElement), fragment })
  }

  /** @param {any} element */
  function reach(element) {
    if (!element.matches('a[href],button,input,select,textarea,[tabindex]')) element.tabIndex = -1
    element.focus()
    element.scrollIntoView?.({ block: element.matches('h1') ? 'nearest' : 'start' })
  }

  /** @param {MouseEvent} event */
  function follow(event) {
    const link = /** @type {any} */ (event.target).closest?.('a[href]')
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
    const href = link.getAttribute('href')
    if (!href.startsWith('#')) return open(link)
    event.preventDefault()
    const goal = Number(link.dataset.go ?? link.closest('#steps li')?.dataset.step)
    if (goal) return void go(goal, { fragment: link.dataset.fragment })
    const target = document.getElementById(decodeURIComponent(href.slice(1)))
    const owner = Number(target?.closest('article')?.dataset.step)
    if (owner && owner !== here.n) go(owner, { fragment: target?.id })
    else if (target) reach(target)
  }

  /** @param {any} link */
  function open(link) {
    if (!link.closest('main')) return
    const file = link.getAttribute('href')
    const external = /^[a-z]+:/i.test(file)
    emit('resource.opened', { resource: { iri: link.href, file, title: link.textContent, external }, page: pageOf(here) })
  }

  listen(document, 'click', follow)
  listen(back, 'click', () => go(config.steps[at(here.n) - 1].n))
  listen(next, 'click', () => {
    see(here.n)
    go(config.steps[at(here.n) + 1].n)
  })
  const unfold = () => (disclosure.open = !narrow.matches)
  listen(narrow, 'change', unfold)
  unfold()
  listen(document, 'visibilitychange', () => {
    if (document.hidden) return
    for (const end of all(main, '.step-end')) {
      watcher.unobserve(end)
      watcher.observe(end)
    }
  })
  for (const element of all(main, 'article.step')) watch(element)

  return {
    go,
    left,
    here: () => here,
    /** Puts a loaded step's article into the page, hidden. @param {string} html */
    add(html) {
      const template = make('template')
      template.innerHTML = html
      const element = one(template.content, 'article')
      element.hidden = true
      for (const picture of all(element, 'img')) picture.loading = 'eager'
      todo.before(element)
      watch(element)
    },
    /** A try at loading a step has failed. @param {number} n */
    failed(n) {
      missing.add(n)
      if (here.n !== n || article(n)) return
      const held = one(main, '.waiting')?.contains(document.activeElement)
      waiting()
      if (held) one(main, '.waiting h1').focus()
      emit('error.raised', { error: { code: 'step-not-loaded' } })
    },
    /** Ticks. @param {Set<number>} done */
    tick(done) {
      for (const item of all(document, '#steps li')) {
        const is = done.has(Number(item.dataset.step))
        item.toggleAttribute('data-done', is)
        write(one(item, '.state'), is ? say('step.done') : '')
      }
    },
    /** Shows the step that the page begins with; a link into the course comes before `n`. @param {number} n @param {boolean} moved */
    begin(n, moved) {
      const asked = all(document, '#steps li').find((item) => one(item, 'a').hash === location.hash)
      here = config.steps[at(Number(asked?.dataset.step ?? n))] ?? here
      return go(here.n, { focus: !!asked || (moved && document.hasFocus()) })
    },
  }
}
