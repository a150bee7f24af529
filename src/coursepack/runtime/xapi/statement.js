// @ts-check
/** What a hook sends for an event: values at hand, templates. The twin of xapi/statements.py. */

import { holds, topic, valueAt } from './conditions.js'
import { response } from './responses.js'
import { namedId } from './uuid.js'

/** @typedef {import('../contract').HookTable} HookTable */
/** @typedef {import('../contract').Hook} Hook */
/**
 * What the launch and the moment give. `spoken` knows `<session|attempt>` and `topic` of what was sent before.
 * @typedef {{ actor: any, registration: string, session: string, time: string, id: string, mode: string, seq: number,
 *   elapsed: number, consent: boolean, spoken: (key: string) => boolean }} Envelope
 */

const LINK = 'http://adlnet.gov/expapi/activities/link'
const EMAIL = /[^\s@<>(),;:[\]]+@[^\s@<>(),;:[\]]+\.[A-Za-z]{2,}/g
const PHONE = /\+?[0-9](?:[ ()./-]{0,2}[0-9]){6,14}/g
/** The thing that an event is about, and where its parent is looked for. */
const AROUND = /** @type {[string, string[]][]} */ ([
  ['question', ['quiz', 'page']], ['reflection', ['page']], ['resource', ['page']], ['quiz', ['page']],
])

/** Free text without e-mail addresses and phone numbers. @param {string} text */
export const masked = (text) => text.replace(EMAIL, '[e-mail]').replace(PHONE, '[phone]')

/** @param {any} activity @returns {string} */
const named = (activity) => /** @type {any} */ (Object.values(activity.definition.name)[0])

/**
 * The whole statement, or null when the condition does not hold or there is nothing to speak of.
 * @param {HookTable} table
 * @param {Hook} hook
 * @param {string} event
 * @param {any} payload `asked` beside the rest: a question's data, and the number if one was typed
 * @param {Envelope} envelope
 */
export function render(table, hook, event, payload, envelope) {
  const { registration, session } = envelope
  const view = look(table, event, payload, envelope, hook.consent && envelope.consent)
  const body = fill(hook.statement, view, false) ?? {}
  const about = topic(hook, body.object?.id, view.scope)
  if (!body.object?.id || !holds(hook.when, view.scope, envelope, about)) return null
  const { once } = hook
  if (once !== 'event' && envelope.spoken(once + about)) return null
  tidy(body.result)
  if (body.result && !Object.keys(body.result).length) delete body.result
  const { context = {}, ...rest } = body
  if (table.session) context.extensions = { ...context.extensions, [table.session]: session }
  return {
    id: once === 'event' ? envelope.id : namedId((once === 'attempt' ? registration : session) + about),
    actor: envelope.actor,
    ...rest,
    context: { registration, ...context },
    timestamp: envelope.time,
  }
}

/**
 * The values that templates see (`scope`), and the activities at hand (`here`).
 * @param {HookTable} table
 * @param {string} event
 * @param {any} payload
 * @param {Envelope} envelope
 * @param {boolean} free whether what a learner typed may be told
 */
function look(table, event, payload, envelope, free) {
  const { asked, ...told } = payload ?? {}
  /** @type {any} */
  const scope = {}
  for (const name of Object.keys(told)) if (told[name]) scope[name] = { ...told[name] }
  /** @type {any} */
  const here = { course: table.activity }
  const placeOf = (/** @type {string} */ name) => table.places[scope[name]?.n]
  for (const name of ['question', 'reflection', 'quiz']) {
    for (const n of placeOf(name)?.within ?? []) scope[table.places[n].kind] ??= { n }
  }
  for (const name of ['page', 'quiz', 'question', 'reflection']) {
    const place = placeOf(name)
    if (!place) continue
    here[name] = asked?.data && name === 'question' ? spelt(place.activity, asked.data, table.course.language) : place.activity
    Object.assign(scope[name], { iri: place.activity.id, title: named(here[name]) })
    if (name === 'question') answer(scope.question, asked, place.free, free)
  }
  if (scope.reflection) scope.reflection.text = free && scope.reflection.text ? masked(scope.reflection.text) : undefined
  resource(table, scope, here)
  const around = (AROUND.find(([name]) => scope[name]) ?? ['', []])[1]
  here.parent = here[around.find((name) => here[name]) ?? 'course']
  Object.assign(scope, {
    course: table.course,
    event: { name: event, time: envelope.time, seq: envelope.seq },
    session: { id: envelope.session, elapsed_s: envelope.elapsed },
    attempt: { registration: envelope.registration },
  })
  return { scope, here, language: table.course.language }
}

/**
 * A question's activity with the words that the page's own data has.
 * @param {import('../contract').Activity} activity
 * @param {import('../contract').QuestionData} data
 * @param {string} language
 */
function spelt({ id, definition }, { text, options, items, pairs = [] }, language) {
  const listed = (/** @type {any[]} */ things) => things.map((one) => (one.text ? { id: one.id, description: { [language]: one.text } } : { id: one.id }))
  /** @type {any} */
  const whole = { name: { [language]: text }, ...definition }
  if (whole.choices === 0) whole.choices = listed(options ?? items ?? [])
  if (whole.scale === 0) whole.scale = listed(options ?? [])
  if (whole.source === 0) whole.source = listed(pairs.map((pair) => ({ id: pair.id, text: pair.left })))
  if (whole.target === 0) {
    const rights = [...new Set(pairs.map(({ to }) => to))]
    whole.target = listed(rights.map((n) => ({ id: pairs.find((pair) => pair.n === n)?.id, text: pairs.find(({ to }) => to === n)?.right })))
  }
  return { id, definition: whole }
}

/**
 * @param {any} question
 * @param {{data: import('../contract').QuestionData, number?: string | null}} asked
 * @param {boolean | undefined} typed
 * @param {boolean} free
 */
function answer(question, { data, number }, typed, free) {
  const text = response(data, question.response, number)
  question.response = !typed ? text : free ? masked(text) : undefined
  const scale = data.type === 'likert'
  if (scale) delete question.correct
  if (scale || !question.max_points) delete question.points, delete question.max_points
  else question.scaled = rounded(question.points / question.max_points, 4)
}

/** @param {HookTable} table @param {any} scope @param {any} here */
function resource(table, scope, here) {
  const { file, ...about } = scope.resource ?? {}
  if (!scope.resource) return
  const known = table.resources[file]
  if (!known && !/^https?:\/\//i.test(about.iri)) return void delete scope.resource
  const name = { [table.course.language]: about.title || about.iri }
  here.resource = known ?? { id: about.iri, definition: { type: LINK, name } }
  scope.resource = { ...about, iri: here.resource.id, title: about.title || named(here.resource) }
}

/** A score without bounds that make sense is told as a share alone. @param {any} result */
function tidy(result) {
  const score = result?.score
  if (!score || (score.min < score.max && !(score.raw < score.min || score.raw > score.max))) return
  for (const name of ['raw', 'min', 'max']) delete score[name]
  if (!Object.keys(score).length) delete result.score
}

/* ---- templates ------------------------------------------------------------------------------------ */

/**
 * The value of a template, undefined when it is absent. `inside` extensions empty text stays.
 * @param {any} template
 * @param {{scope: any, here: any, language: string}} view
 * @param {boolean} inside
 * @returns {any}
 */
function fill(template, view, inside) {
  const some = (/** @type {any} */ value) => (value === '' && !inside ? undefined : (value ?? undefined))
  if (Array.isArray(template)) {
    const list = template.map((part) => fill(part, view, inside)).filter((part) => part !== undefined)
    return list.length ? list : undefined
  }
  if (typeof template !== 'object' || !template) return some(template)
  if ('$' in template) {
    let value = valueAt(view.scope, template.$)
    for (const [name, argument] of template.f ?? []) value = apply(name, value, argument, view.language)
    return some(value)
  }
  if ('+' in template) {
    const parts = template['+'].map((/** @type {any} */ part) => fill(part, view, true))
    return parts.includes(undefined) ? undefined : parts.join('') || undefined
  }
  if ('@' in template) return view.here[template['@']]
  if ('#' in template) return brief(view.here[template['#']])
  /** @type {any} */
  const made = {}
  for (const key of Object.keys(template)) {
    const value = fill(template[key], view, inside || key === 'extensions')
    if (value !== undefined) made[key] = value
  }
  return Object.keys(made).length ? made : undefined
}

/** @param {any} activity */
const brief = (activity) =>
  activity && { id: activity.id, definition: { type: activity.definition.type, name: activity.definition.name } }

/** Half up. @param {number} value @param {number} digits */
const rounded = (value, digits) => Math.floor(value * 10 ** digits + 0.5) / 10 ** digits

/** @param {string} name @param {any} value @param {any} argument @param {string} language @returns {any} */
function apply(name, value, argument, language) {
  if (name === 'default') return value === undefined || value === '' ? argument : value
  if (value === undefined) return value
  switch (name) {
    case 'duration':
      return `PT${(Math.floor(Math.max(0, Number.isFinite(value) ? value : 0) * 100 + 1e-6) / 100).toFixed(2).replace(/\.?0+$/, '')}S`
    case 'int':
      return Math.trunc(value)
    case 'round':
      return rounded(value, argument)
    case 'percent':
      return rounded(value * 100, 2)
    case 'langmap':
      return { [language]: String(value) }
    case 'truncate': {
      const signs = [...String(value)]
      return signs.length > argument ? signs.slice(0, Math.max(argument - 1, 0)).join('') + '…' : String(value)
    }
    case 'plain':
      return String(value).replace(/<[^>]*>/g, ' ').split(/\s+/).filter(Boolean).join(' ')
    default:
      return String(value).replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '')
  }
}
