/** Reflections: kept as they are written; Submit only marks them done. */

import { attribute, listen, one, write } from './dom.js'
import { countWords } from './words.js'

/** @typedef {import('./contract.d.ts').ReflectionData} ReflectionData */
/** @typedef {import('./player.js').Page} Page */
/** @typedef {{data: ReflectionData, form: any, text: () => string, keep: () => unknown, paint: () => void}} Writing */

const PAUSE = 1500

/**
 * @param {Page} page
 * @param {ReflectionData} data
 * @param {HTMLFormElement} form
 * @returns {Writing}
 */
export function reflection(page, data, form) {
  const area = one(form, 'textarea')
  const shown = Date.now()
  const own = data.keep === 'browser'
  const key = `coursepack-words-${page.fingerprint(page.config.course.id + ' ' + page.opening.learner.id)}-${data.n}`
  let blocked = false
  let warned = Infinity
  /** @type {number | undefined} */
  let timer
  const state = () => page.state.reflections.get(data.n) ?? { text: '', submitted: false }

  const keep = (urgent = false) => {
    clearTimeout(timer)
    timer = undefined
    if (page.frozen()) return
    if (own) blocked = !page.storage.set(key, area.value)
    page.state.reflections.set(data.n, { ...state(), text: own ? '' : area.value })
    if (state().submitted) hand()
    page.changed({ urgent })
  }

  /** The answer for the LMS; of words that are not for others the driver reports counts only. */
  const hand = () => {
    page.answered({ n: data.n, question: null, reflection: data, response: area.value, verdict: null, shown: new Date(shown), latency: Date.now() - shown })
  }

  const paint = () => {
    area.readOnly = page.frozen()
    one(form, '[type=submit]').hidden = page.frozen()
    const words = [state().submitted ? page.say('reflection.submitted') : '']
    if (own && blocked) words.push(page.say('reflection.browser-blocked'))
    else if (own && state().submitted && !area.value) words.push(page.say('reflection.elsewhere'))
    write(one(form, '.verdict'), words.filter(Boolean).join(' '))
    form.toggleAttribute('data-submitted', state().submitted)
    grow(area)
    room()
  }

  const room = () => {
    const left = data.max - area.value.length
    const near = left <= Math.max(20, data.max / 10)
    const words = !near ? '' : page.say(left > 0 ? 'reflection.room' : 'reflection.full', { count: left })
    write(one(form, '.room'), words)
    const level = !near ? Infinity : left > 20 ? 2 : left > 0 ? 1 : 0
    if (level < warned && document.activeElement === area) page.announce(words)
    warned = level
  }

  const complain = (/** @type {string} */ words) => {
    const message = one(form, '.message')
    message.id = `r${data.n}-message`
    message.hidden = !words
    write(message, words)
    attribute(area, 'aria-invalid', words && 'true')
    attribute(area, 'aria-describedby', `r${data.n}-who r${data.n}-room` + (words && ' ' + message.id))
    if (words) area.focus()
  }

  const submit = () => {
    const count = countWords(area.value, page.config.course.language)
    const missing = Math.max(data.minWords - count, 0)
    const over = area.value.length - data.max
    if (!area.value.trim()) return complain(page.say('message.write'))
    if (missing) return complain(page.say('message.words', { count: missing }))
    if (over > 0) return complain(page.say('message.too-long', { count: over }))
    complain('')
    page.state.reflections.set(data.n, { text: own ? '' : area.value, submitted: true })
    page.emit('reflection.submitted', {
      reflection: { n: data.n, id: data.id, text: own || data.private ? '' : area.value, word_count: count, char_count: area.value.length },
    })
    keep(true)
    hand()
    paint()
  }

  listen(form, 'submit', (event) => {
    event.preventDefault()
    if (!page.frozen()) submit()
  })
  listen(area, 'input', () => {
    clearTimeout(timer)
    timer = setTimeout(keep, PAUSE)
    if (!own) page.state.reflections.set(data.n, { ...state(), text: area.value })
    if (one(form, '.message').hidden === false) complain('')
    grow(area)
    room()
  })
  listen(area, 'change', () => keep(true))

  if (!page.opening.connected && !own) write(one(form, '.who span'), page.say('who.local'))
  const early = area.value
  const before = own ? page.storage.get(key) ?? '' : state().text
  area.value = early && !before.endsWith(early) ? [before, early].filter(Boolean).join('\n').slice(0, data.max) : before
  if (area.value !== before) keep()
  paint()
  return { data, form, text: () => area.value, keep: () => timer && keep(true), paint }
}

/** Makes room for the whole text; browsers that size it themselves need no help. @param {any} area */
function grow(area) {
  while (area.scrollHeight > area.clientHeight + 4 && area.rows < 60) area.rows += 1
}
