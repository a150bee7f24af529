// @ts-check
/** The LMS's window in a rehearsal: the session, and the course in a frame. Learners find all of it as `stage`. */

import { createOutbox } from '../preview/static/outbox.js'
import * as hands from './hands.js'

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

/** Statements that the course offers to the page around it; the last words of a page have no source any more. */
const outbox = createOutbox({ isSource: (source) => source === null || source === frame?.contentWindow, onChange() {} })

/** Milliseconds in which messages of a page that is gone still arrive. */
const LAST_WORDS = 60
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

/** A frame with the course in it. @param {string} href */
function open(href) {
  quarrel = false
  frame = document.createElement('iframe')
  frame.src = href
  hands.workIn(frame)
  document.body.replaceChildren(frame)
}

/** A session with the LMS, then the course. @param {string} href */
function launch(href) {
  const now = performance.now.bind(performance)
  session = lms.launch({ onCall: note, now })
  shadow = second?.launch({ now })
  host[session.name] = shadow ? both() : session.api
  open(href)
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
  await pause(LAST_WORDS)
  frame.remove()
  for (const one of [session, shadow]) one?.kill()
  if (session) delete host[session.name]
  return session?.state ?? 'none'
}

/** @param {'ok' | 'fail' | 'lie' | 'lost'} commits */
function trouble(commits) {
  quarrel = commits !== 'ok'
  for (const one of [session, shadow]) if (one) one.trouble.commits = commits
}

/** Another device: nothing of the course is on it. */
async function forget() {
  localStorage.clear()
  sessionStorage.clear()
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
}

/** What the LMSs have on record; the shadow's is null where it ever answered otherwise. */
const records = () => (lms ? [lms.record(), agreed && second ? second.record() : null] : [null, null])

function taken() {
  const found = faults
  faults = []
  return found
}

host.stage = {
  ...hands, begin, open, launch, leave, trouble, forget, taken, records,
  attempts: () => [lms?.attempt ?? null, second?.attempt ?? null],
  posted: () => outbox.statements,
  profiles: () => host.coursepackLms.profiles
}
