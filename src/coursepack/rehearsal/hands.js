// @ts-check
/** The hands and eyes of a virtual learner in a course of ours: what cannot be seen, they cannot press. */

/** @type {any} the frame that the course is in */
let frame = null

/** @param {any} next */
export const workIn = (next) => void (frame = next)

const page = () => frame.contentDocument
/** @param {any} scope @param {string} selector */
const find = (scope, selector) => scope.querySelector(selector)
/** @param {any} scope @param {string} selector @returns {any[]} */
const every = (scope, selector) => [...scope.querySelectorAll(selector)]
/** @param {any} element */
const seen = (element) => element !== null && element.getClientRects().length > 0 && frame.contentWindow.getComputedStyle(element).visibility !== 'hidden'
/** @param {any} element @param {string} type */
const tell = (element, type) => element.dispatchEvent(new frame.contentWindow.Event(type, { bubbles: true }))

/** @param {any} element @param {string} name what a person would call it */
function press(element, name) {
  if (!seen(element)) throw new Error(`${name} cannot be seen`)
  if (element.disabled) throw new Error(`${name} cannot be pressed`)
  element.scrollIntoView({ block: 'center' })
  const { left, right } = element.getBoundingClientRect()
  const { innerWidth } = frame.contentWindow
  if (right < 1 || left > innerWidth - 1) throw new Error(`${name} is outside of the window`)
  element.click()
}

/** @param {any} input @param {string} text */
function type(input, text) {
  input.focus()
  input.value = text
  tell(input, 'input')
  tell(input, 'change')
}

/** @param {any} form @param {number[]} wanted the items from first to last */
function sort(form, wanted) {
  const numbers = () => every(form, 'ol.order > li').map((row) => Number(row.dataset.item))
  for (const [place, n] of wanted.entries()) {
    for (let left = wanted.length; numbers()[place] !== n && left > 0; left -= 1) {
      press(find(form, `li[data-item="${n}"] [data-move=up]`), 'the button that moves an item up')
    }
  }
}

/** @param {any} form @param {{ type: string, value: any }} answer */
function fill(form, { type: kind, value }) {
  if (kind === 'order') return sort(form, value)
  if (kind === 'matching') {
    for (const [pair, to] of value) {
      const select = find(form, `select[data-pair="${pair}"]`)
      select.value = String(to)
      tell(select, 'input')
      tell(select, 'change')
    }
    return
  }
  if (kind === 'cloze') return value.forEach((/** @type {[number, string]} */ [gap, text]) => type(find(form, `input[data-gap="${gap}"]`), text))
  if (kind === 'fill-in' || kind === 'numeric') return type(find(form, 'input[type=text]'), value)
  for (const box of every(form, 'input')) {
    const wanted = value.includes(box.value)
    if (wanted !== box.checked && (box.type === 'checkbox' || wanted)) press(box.labels[0] ?? box, 'an option')
  }
}

/** Answers one question; false when it is not open to answers. @param {number} n @param {{ type: string, value: any }} answer */
export function answer(n, answer) {
  const form = find(page(), `#q${n}`)
  if (!seen(form) || form.hasAttribute('data-locked')) return false
  fill(form, answer)
  const button = find(form, '[type=submit]')
  if (seen(button) || !form.closest('.quiz')) press(button, 'Submit')
  const message = find(form, '.message')
  if (seen(message)) throw new Error(`the answer was not taken: “${message.textContent}”`)
  return true
}

/** @param {number} n @param {string} text */
export function reflect(n, text) {
  const form = find(page(), `#r${n}`)
  type(find(form, 'textarea'), text)
  press(find(form, '[type=submit]'), 'Submit of the reflection')
  const message = find(form, '.message')
  if (seen(message)) throw new Error(`the text was not taken: “${message.textContent}”`)
  if (find(form, 'textarea').value !== text) throw new Error('the text box did not keep the whole text')
}

/** Ends an attempt where that has a button. @param {number} n */
export function submitQuiz(n) {
  const button = find(page(), `#z${n} [data-quiz-submit]`)
  if (seen(button)) press(button, 'the button that submits the quiz')
  return find(page(), `#z${n}`).dataset.phase
}

/** Begins the next attempt; false when there is none. @param {number} n */
export function again(n) {
  const button = find(page(), `#z${n} .quiz-result .again`)
  if (!seen(button)) return false
  press(button, 'the button for another attempt')
  return true
}

export function next() {
  press(find(page(), '#next'), 'Next')
}

export const toEnd = () => find(page(), '#pager').scrollIntoView({ block: 'end' })
export const here = () => Number(find(page(), '#steps li:has([aria-current=step])')?.dataset.step ?? 0)
export const saving = () => page()?.documentElement?.dataset.saving ?? ''
export const kept = () => ['saved', 'readonly'].includes(saving())
/** The course says that it was opened to be read again. */
export const reviewing = () => seen(find(page(), '[data-notice=review]'))
/** A question that is there but not yet alive. @param {any} form */
const asleep = (form) => seen(form) && !form.closest('.quiz') && !form.dataset.result && !seen(find(form, '[type=submit]'))
/** @param {number} steps */
export const ready = (steps) => Boolean(page()) && !['', 'saving'].includes(saving()) && here() > 0
  && every(page(), 'main article.step:not(.waiting)').length === steps && !every(page(), 'form.question').some(asleep)
/** @param {number} step */
export const done = (step) => Boolean(page() && find(page(), `#steps li[data-step="${step}"][data-done]`))
export const loaded = () => page()?.readyState === 'complete' && page().location.href !== 'about:blank'

/**
 * Which of these the page does not show as answered: a question with its verdict, a quiz with its result, a reflection
 * with its text.
 * @param {{ id: string, selector: string, text: string | null }[]} wanted @returns {string[]} ids
 */
export function gone(wanted) {
  const there = (/** @type {any} */ element, /** @type {string | null} */ text) =>
    element && (text === null ? element.dataset.result || element.dataset.phase === 'finished' : find(element, 'textarea').value === text)
  return wanted.filter(({ selector, text }) => !there(find(page(), selector), text)).map(({ id }) => id)
}
/** @param {Parameters<typeof gone>[0]} wanted */
export const found = (wanted) => gone(wanted).length === 0

/** Leaves by the course's own button; false where it has none. */
export function exit() {
  const button = find(page(), '#exit')
  if (!seen(button)) return false
  press(button, 'the button that leaves the course')
  return true
}
