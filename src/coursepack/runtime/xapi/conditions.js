// @ts-check
/** When a hook speaks, and what `once` and `first` know its statements by. As in xapi/speaking.py. */

/** @typedef {import('../contract').Hook} Hook */
/** @typedef {import('./statement.js').Envelope} Envelope */

/** @param {any} scope @param {string} path */
export const valueAt = (scope, path) => path.split('.').reduce((/** @type {any} */ found, name) => found?.[name], scope) ?? undefined

/**
 * What `once` and `first` know a statement by.
 * @param {Hook} hook
 * @param {string} id of the object
 * @param {any} values where the path of `each` leads
 */
export const topic = (hook, id, values) => `|${hook.id}|${id}` + (hook.each ? `|${valueAt(values, hook.each)}` : '')

/** @type {Record<string, (value: any, wanted: any) => boolean>} */
const COMPARE = {
  eq: (value, wanted) => value === wanted,
  ne: (value, wanted) => value !== wanted,
  in: (value, wanted) => wanted.includes(value),
  lt: (value, wanted) => value < wanted,
  lte: (value, wanted) => value <= wanted,
  gt: (value, wanted) => value > wanted,
  gte: (value, wanted) => value >= wanted,
  'starts-with': (value, wanted) => String(value).startsWith(wanted),
}

/** @param {any[]} condition @param {any} scope @param {Envelope} envelope @param {string} about @returns {boolean} */
export function holds([op, ...rest], scope, envelope, about) {
  const inner = (/** @type {any[]} */ one) => holds(one, scope, envelope, about)
  if (op === 'all') return rest.every(inner)
  if (op === 'any') return rest.some(inner)
  if (op === 'not') return !inner(rest[0])
  if (op === 'first') return !envelope.spoken(rest[0] + about)
  if (op === 'mode') return rest[0].includes(envelope.mode)
  const value = valueAt(scope, rest[0])
  if (op === 'exists') return (value !== undefined) === rest[1]
  return value === undefined ? op === 'ne' : COMPARE[op](value, rest[1])
}
