// @ts-check
/** The LMS's window in a rehearsal: the session, the course in a frame, and the hands of a virtual learner in it. */

/** @type {any} */
const host = window
/** @type {any} the LMS that answers the course */
let lms = null
/** @type {any} */
let session = null
/** @type {any} an LMS of another profile that hears the same calls; what it answers, the course never learns */
let second = null
/** @type {any} */
let shadow = null
let agreed = true
/** @type {any} */
let frame = null
/** @type {string[]} */
let faults = []
let quarrel = false

const UNSET = ['403', '401', '201']
const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** An error that the course should not have met. @param {any} call */
function note({ method, args, error, diagnostic }) {
  if (error === '0' || quarrel || (method.endsWith('GetValue') && UNSET.includes(error))) return
  faults.push(`${method}(${args.map((/** @type {string} */ arg) => JSON.stringify(String(arg).slice(0, 80))).join(', ')}) was refused: error ${error}${diagnostic ? `, ${diagnostic}` : ''}`)
}

/**
 * @param {any} how what `createLms` takes
 * @param {string} [other] a profile that hears it too
 * @param {any} [kept] its attempt
 */
function begin(how, other, kept) {
  lms = host.coursepackLms.createLms(how)
  second = other ? host.coursepackLms.createLms({ ...how, profile: other, attempt: kept }) : null
}

/** The session's functions, each called on the shadow too; as long as both answer alike, the course acts alike. */
function both() {
  return Object.fromEntries(Object.keys(session.api).map((name) => [name, (/** @type {any[]} */ ...args) => {
    const answer = session.api[name](...args)
    if (shadow.api[name](...args) !== answer) agreed = false
    return answer
  }]))
}

/** @param {string} href */
function launch(href) {
  const now = performance.now.bind(performance)
  session = lms.launch({ onCall: note, now })
  shadow = second?.launch({ now })
  host[session.name] = shadow ? both() : session.api
  quarrel = false
  frame = document.createElement('iframe')
  frame.src = href
  document.body.replaceChildren(frame)
}

/** The learner leaves: the page hears of it and may say its last words. */
async function leave() {
  for (const one of [session, shadow]) if (one) one.trouble.leaving = true
  frame.contentWindow.location.replace('about:blank')
  for (const end = performance.now() + 3000; performance.now() < end;) {
    const { location, document: there } = frame.contentWindow
    if (location.href === 'about:blank' && there.readyState === 'complete') break
    await pause(10)
  }
  frame.remove()
  const { state } = session
  for (const one of [session, shadow]) one?.kill()
  delete host[session.name]
  return state
}

/** @param {'ok' | 'fail' | 'lie' | 'lost'} commits */
function trouble(commits) {
  quarrel = commits !== 'ok'
  for (const one of [session, shadow]) if (one) one.trouble.commits = commits
}

function taken() {
  const found = faults
  faults = []
  return found
}

/* ---- the learner's hands ------------------------------------------------------------------------------ */

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
function answer(n, answer) {
  const form = find(page(), `#q${n}`)
  if (!seen(form) || form.hasAttribute('data-locked')) return false
  fill(form, answer)
  const button = find(form, '[type=submit]')
  if (seen(button)) press(button, 'Submit')
  const message = find(form, '.message')
  if (seen(message)) throw new Error(`the answer was not taken: “${message.textContent}”`)
  return true
}

/** @param {number} n @param {string} text */
function reflect(n, text) {
  const form = find(page(), `#r${n}`)
  type(find(form, 'textarea'), text)
  press(find(form, '[type=submit]'), 'Submit of the reflection')
  const message = find(form, '.message')
  if (seen(message)) throw new Error(`the text was not taken: “${message.textContent}”`)
  if (find(form, 'textarea').value !== text) throw new Error('the text box did not keep the whole text')
}

/** Ends an attempt where that has a button. @param {number} n */
function submitQuiz(n) {
  const button = find(page(), `#z${n} [data-quiz-submit]`)
  if (seen(button)) press(button, 'the button that submits the quiz')
  return find(page(), `#z${n}`).dataset.phase
}

/** Begins the next attempt; false when there is none. @param {number} n */
function again(n) {
  const button = find(page(), `#z${n} .quiz-result .again`)
  if (!seen(button)) return false
  press(button, 'the button for another attempt')
  return true
}

function next() {
  press(find(page(), '#next'), 'Next')
}

const toEnd = () => find(page(), '#pager').scrollIntoView({ block: 'end' })
const here = () => Number(find(page(), '#steps li:has([aria-current=step])')?.dataset.step ?? 0)
const saving = () => page()?.documentElement?.dataset.saving ?? ''
/** @param {number} steps */
const ready = (steps) => Boolean(page()) && !['', 'saving'].includes(saving()) && every(page(), 'main article.step:not(.waiting)').length === steps && here() > 0
/** @param {number} step */
const done = (step) => Boolean(page() && find(page(), `#steps li[data-step="${step}"][data-done]`))
const loaded = () => page()?.readyState === 'complete' && page().location.href !== 'about:blank'

host.stage = {
  begin, launch, leave, trouble, taken, answer, reflect, submitQuiz, again, next, toEnd, here, saving, ready, done, loaded,
  attempts: () => [lms.attempt, second?.attempt ?? null],
  records: () => [lms.record(), agreed && second ? second.record() : null],
  state: () => session.state,
  profiles: () => host.coursepackLms.profiles
}
