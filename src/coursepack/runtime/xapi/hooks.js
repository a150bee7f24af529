// @ts-check
/**
 * Statement hooks: hears every event of the course, renders what the package's table says, and hands it on. Nothing here
 * may reach the course: whatever fails is told to the console, and the page goes on.
 */

import { topic } from './conditions.js'
import { consent } from './consent.js'
import { render } from './statement.js'
import { extended } from './terms.js'
import { namedId, randomId } from './uuid.js'

/** @typedef {import('../contract').Kit} Kit */
/** @typedef {import('../contract').Hook} Hook */
/** @typedef {import('../contract').HookTable} HookTable */
/** @typedef {import('./delivery.js').Outward} Outward */
/** @typedef {[string, any, number]} Event name, payload, when by `performance.now()` */

/**
 * @param {Kit} kit
 * @param {HookTable} table
 * @param {(listener: (event: Event) => void) => void} hear
 * @param {typeof import('./delivery.js').delivery} delivery
 */
export function hooks(kit, table, hear, delivery) {
  const speaker = interpreter(kit, table)
  /** @type {Event[] | null} what happened before it was known where statements go */
  let early = []
  /** @type {{ out: Outward, spoken: ReturnType<typeof memory> } | null} */
  let open = null

  /** @param {Event} event */
  function speak(event) {
    try {
      if (open) for (const one of eachPercent(event)) speaker(one, open.out, open.spoken)
    } catch (error) {
      console.error(error)
    }
  }

  const leave = delivery(kit, table, identity(kit, table), (out) => {
    open = { out, spoken: memory(kit, out.way) }
    early?.forEach(speak)
    early = null
  })
  hear((event) => {
    if (early) early.push(event)
    else speak(event)
    if (event[0] === 'course.exited') leave()
  })
}

/**
 * The learner by the LMS's own id, which stays opaque: an e-mail address is told as a UUID made from it. The same attempt
 * has the same registration, made from course, learner and the attempt's token.
 * @param {Kit} kit
 * @param {HookTable} table
 * @returns {import('./resolver.js').Identity}
 */
function identity({ opening, state }, { course, homePage }) {
  const { id } = opening.learner
  const registration = namedId([course.iri, id, state.token].join('|'))
  const name = id.includes('@') ? namedId(`${homePage}|${id}`) : id || registration
  return { registration, session: randomId(), actor: { account: { homePage, name } } }
}

/** Progress that jumps is told percent by percent. @param {Event} event @returns {Event[]} */
function eachPercent([name, payload, at]) {
  if (name !== 'course.progressed') return [[name, payload, at]]
  const { percent, previous } = payload.progress
  return Array.from({ length: Math.max(0, percent - previous) }, (_, k) =>
    [name, { ...payload, progress: { percent: previous + k + 1, previous: previous + k } }, at])
}

/**
 * Decides which hooks speak of an event, and what they say.
 * @param {Kit} kit
 * @param {HookTable} table
 */
function interpreter(kit, table) {
  const { opening, state } = kit
  const agreed = consent(kit, table)
  /** @type {Map<Hook, { count: number, last: number }>} */
  const used = new Map()
  let seq = 0

  /** @param {Event} event @param {Outward} out @param {ReturnType<typeof memory>} spoken */
  return ([name, payload, at], { way, put, failing }, spoken) => {
    seq += 1
    const elapsed = at / 1000
    const attempt = state.quizzes.get(payload?.asked?.data.quiz)?.attempt
    const told = attempt ? { quiz: { n: payload.asked.data.quiz, attempt }, ...payload } : payload
    const time = way.timestamp(at)
    for (const hook of table.hooks.filter((one) => one.events.includes(name))) {
      const { count, last } = used.get(hook) ?? { count: 0, last: -Infinity }
      if ((hook.max && count >= hook.max) || elapsed - last < hook.throttle) continue
      if (hook.offline === 'drop' && (navigator.onLine === false || failing())) continue
      const { actor, registration, session } = way
      const statement = render(table, hook, name, told, {
        actor, registration, session, time, id: randomId(), mode: opening.mode, seq, elapsed, consent: agreed(), spoken: spoken.has,
      })
      if (!statement) continue
      used.set(hook, { count: count + 1, last: elapsed })
      const { contextActivities, extensions, ...context } = statement.context
      Object.assign(statement, { context: { ...context, ...extended(way.context, contextActivities ?? {}, extensions) } })
      put({
        id: statement.id, text: written(statement), low: hook.priority === 'low', soon: hook.priority === 'critical',
        then: spoken.add(topic(hook, statement.object.id, told)),
      })
    }
  }
}

/** ASCII, so that characters are bytes. @param {any} value */
const written = (value) => JSON.stringify(value).replace(/[^\0-\x7f]/g, (sign) => '\\u' + sign.charCodeAt(0).toString(16).padStart(4, '0'))

/**
 * What was spoken of: in this session by memory and the tab's storage, since a session may outlive a reload; in this
 * attempt by this browser's storage. Both are told once the statement is written down.
 * @param {Kit} kit
 * @param {{ registration: string, session: string }} way
 */
function memory({ storage, fingerprint }, { registration, session }) {
  const key = 'coursepack-spoken-' + fingerprint(registration)
  const before = new Set((storage.get(key) ?? '').split(' '))
  const tab = tabNotes('coursepack-spoken-' + fingerprint(session))
  const here = new Set()
  const known = (/** @type {string} */ name) => (name.startsWith('attempt') ? before : tab.held).has(fingerprint(name))
  return {
    has: (/** @type {string} */ name) => here.has(name) || known(name),
    add(/** @type {string} */ about) {
      here.add('session' + about).add('attempt' + about)
      return () => {
        before.add(fingerprint('attempt' + about))
        storage.set(key, [...before].join(' ').trim())
        tab.add(fingerprint('session' + about))
      }
    },
  }
}

/** A few words that a reload leaves; none where the tab's storage is blocked. @param {string} key */
function tabNotes(key) {
  const held = new Set()
  try {
    for (const word of (sessionStorage.getItem(key) ?? '').split(' ')) held.add(word)
  } catch {
    return { held, add() {} }
  }
  return { held, add: (/** @type {string} */ word) => sessionStorage.setItem(key, [...held.add(word)].join(' ').trim()) }
}
