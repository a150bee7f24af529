// @ts-check
/** The values of one session behind the rules of a data model: what may be read, written, and in which order. */

import { CODES } from './errors.js'

/** @typedef {import('./contract').Values} Values */
/** @typedef {import('./contract').Facts} Facts */
/** @typedef {import('./errors.js').Kind} Kind */
/** @typedef {import('./formats.js').Check} Check */
/** @typedef {import('./model12.js').Model} Model */
/** `value` of a successful Get; `code` is "0" then. @typedef {{ value: string, code: string, why: string }} Outcome */
/** Where a name leads: its pattern, and the entries it passes through. @typedef {{ pattern: string, steps: { collection: string, name: string, index: number }[] }} Place */

const INDEX = /^(0|[1-9]\d{0,5})$/

/** @param {string} name @returns {Place} */
export function place(name) {
  const steps = []
  const pattern = []
  const parts = name.split('.')
  for (const [at, part] of parts.entries()) {
    if (INDEX.test(part)) steps.push({ collection: pattern.join('.'), name: parts.slice(0, at).join('.'), index: Number(part) })
    pattern.push(INDEX.test(part) ? 'n' : part)
  }
  return { pattern: pattern.join('.'), steps }
}

/**
 * `values`: what is there at the start, changed in place. `checks` replaces the model's own, by pattern. `appends`: elements where a
 * new text follows the old one. `evaluate` has the
 * last word on what a Get answers.
 * @param {{ model: Model, first: boolean, values: Map<string, string>, facts?: Facts, checks?: Record<string, Check>, appends?: string[], evaluate?: (name: string, value: string | null) => string | null }} options
 */
export function createData({ model, first, values, facts = {}, checks = {}, appends = [], evaluate = (_, value) => value }) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  const containers = new Set(Object.keys(model.elements).flatMap((pattern) => pattern.split('.').map((_, at, parts) => parts.slice(0, at + 1).join('.'))))

  /** @param {Place} where */
  function grow(where) {
    for (const step of where.steps) counts.set(step.name, Math.max(counts.get(step.name) ?? 0, step.index + 1))
  }
  for (const name of values.keys()) grow(place(name))

  /** @param {'get' | 'set'} how @param {Kind} kind @param {string} why @returns {Outcome} */
  const fault = (how, kind, why) => ({ value: '', code: CODES[first ? 'scorm12' : how][kind], why })
  /** @param {string} value @returns {Outcome} */
  const fine = (value) => ({ value, code: '0', why: '' })
  /** @param {Place} where */
  const beyond = (where) => where.steps.find((step) => step.index >= (counts.get(step.name) ?? 0))

  /** @param {'get' | 'set'} how @param {string} name @returns {Outcome | null} */
  function keyword(how, name) {
    if (name === 'cmi._version') return how === 'get' ? fine(model.version) : fault(how, 'keyword', 'the version is read only')
    const match = /^(.+)\._(children|count|version)$/.exec(name)
    if (!match) return null
    const [, parent, word] = match
    const where = place(parent)
    if (how === 'get' && word === 'version') return fault(how, 'version', 'only cmi has a version')
    if (!containers.has(where.pattern)) return fault(how, 'unknown', `there is no element ${parent}`)
    const children = word === 'children'
    const has = children ? model.children[where.pattern] : model.collections[where.pattern]
    if (how === 'set' && has !== undefined) return fault(how, 'keyword', `${name} is a keyword: it cannot be written`)
    if (how === 'set') return fault(how, 'unknown', `there is no element ${name}`)
    if (has === undefined) return fault(how, children ? 'children' : 'count', `${parent} has no _${word}`)
    const step = beyond(where)
    const fresh = first && !children && step?.index === (counts.get(step?.name ?? '') ?? 0)
    if (step && !fresh) return fault(how, 'index', `${step.name} has ${counts.get(step.name) ?? 0} entries`)
    return fine(children ? String(has) : String(counts.get(parent) ?? 0))
  }

  /** adl.nav.request_valid for one target. @param {string} name @returns {string | null} */
  function target(name) {
    const match = /^adl\.nav\.request_valid\.(choice|jump)\.\{target=([^{}]+)\}$/.exec(name)
    if (!match || (match[1] === 'jump' && !model.elements['adl.data.n.id'])) return null
    if (!facts.items) return 'unknown'
    return String(facts.items.includes(match[2]))
  }

  /** What a map of the manifest allows for an entry of adl.data. @param {Place} where @param {'read' | 'write'} what */
  const barred = (where, what) => where.pattern === 'adl.data.n.store' && facts.sharedData?.[where.steps[0].index]?.[what] === false

  /** @param {string} name @returns {Outcome} */
  function get(name) {
    if (name === '') return fault('get', 'missing', 'no element is named')
    const known = keyword('get', name)
    if (known) return known
    const valid = first ? null : target(name)
    if (valid !== null) return fine(valid)
    const where = place(name)
    const element = Object.hasOwn(model.elements, where.pattern) ? model.elements[where.pattern] : null
    if (!element) return fault('get', 'unknown', `there is no element ${name}`)
    if (element.access === 'w') return fault('get', 'writeonly', `${name} can only be written`)
    const step = beyond(where)
    if (step) return fault('get', 'index', `${step.name} has ${counts.get(step.name) ?? 0} entries`)
    if (barred(where, 'read')) return fault('get', 'writeonly', 'the manifest does not let this SCO read this store')
    const value = evaluate(name, values.get(name) ?? element.first)
    return value === null ? fault('get', 'unset', `${name} has no value yet`) : fine(value)
  }

  /** @param {string} name @param {Place} where @returns {import('./formats.js').Context} */
  function context(name, where) {
    const last = where.steps.at(-1)
    const path = name.split('.')
    return {
      index: last?.index ?? 0,
      own(member) {
        for (let length = path.length - 1; length > 1; length--) {
          const value = INDEX.test(path[length - 1]) && values.get([...path.slice(0, length), member].join('.'))
          if (typeof value === 'string') return value
        }
        return undefined
      },
      others: (member) => {
        if (!last) return []
        const indices = [...Array(counts.get(last.name) ?? 0).keys()].filter((index) => index !== last.index)
        return indices.flatMap((index) => values.get(`${last.name}.${index}.${member}`) ?? [])
      }
    }
  }

  /** The member of `needs` that has no value; `^` means the entry around this one. @param {string[]} needs @param {Place} where */
  function lacking(needs, where) {
    return needs.find((need) => {
      const step = need.startsWith('^') ? where.steps[0] : where.steps[where.steps.length - 1]
      return !values.has(`${step.name}.${step.index}.${need.replace('^', '')}`)
    })
  }

  /** @param {Place} where @returns {string} why there can be no entry there, or '' */
  function noRoom(where) {
    for (const step of where.steps) {
      const count = counts.get(step.name) ?? 0
      const most = model.collections[step.collection] ?? 0
      if (step.index > count) return `${step.name} has ${count} entries: the next index is ${count}`
      if (step.index >= most) return `${most} entries of ${step.name} are sure to be kept`
      if (step.index === count && step.collection === 'adl.data') return 'only the manifest makes entries of adl.data'
    }
    return ''
  }

  /** @param {string} name @param {string} text @returns {Outcome} */
  function set(name, text) {
    if (name === '') return fault('set', 'missing', 'no element is named')
    const known = keyword('set', name)
    if (known) return known
    if (!first && target(name) !== null) return fault('set', 'readonly', `${name} can only be read`)
    const where = place(name)
    const element = Object.hasOwn(model.elements, where.pattern) ? model.elements[where.pattern] : null
    if (!element) return fault('set', 'unknown', `there is no element ${name}`)
    if (element.access === 'r' || barred(where, 'write')) return fault('set', 'readonly', `${name} can only be read`)
    const full = noRoom(where)
    if (full) return fault('set', 'index', full)
    const lacks = lacking(element.needs ?? [], where)
    if (lacks) return fault('set', 'order', `${lacks.replace('^', '')} of this entry must be written first`)
    const next = appends.includes(name) ? (values.get(name) ?? '') + text : text
    const wrong = (checks[where.pattern] ?? element.check)(next, context(name, where))
    if (wrong) return fault('set', wrong.kind, `${name}: ${wrong.why}`)
    values.set(name, next)
    grow(where)
    return fine('true')
  }

  return { get, set }
}
