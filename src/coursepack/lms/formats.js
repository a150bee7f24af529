// @ts-check
/**
 * The data types of both editions. A check takes a text and answers null, or what is wrong with it: `type` for another
 * type or a word outside the vocabulary, `range` for a number outside its range.
 */

/** @typedef {{ kind: 'type' | 'range' | 'duplicate' | 'order' | 'index', why: string }} Fault */
/**
 * What a check may ask of the model: values of the same entry (`own('type')`), and the texts of other entries.
 * @typedef {{ own: (member: string) => string | undefined, others: (member: string) => string[], index: number }} Context
 */
/** @typedef {(text: string, context: Context) => Fault | null} Check */

/** @param {string} why @returns {Fault} */
export const mismatch = (why) => ({ kind: 'type', why })

/** @param {RegExp} pattern @param {string} why @returns {Check} */
export const matching = (pattern, why) => (text) => (pattern.test(text) ? null : mismatch(why))

/** Up to so many UTF-16 units; the smallest permitted maximum is taken as the limit. @param {number} most @returns {Check} */
export const string = (most) => (text) =>
  (text.length <= most ? null : mismatch(`${text.length} characters where ${most} are sure to be kept`))

/** @param {string[]} words @returns {Check} */
export const oneOf = (...words) => (text) =>
  (words.includes(text) ? null : mismatch(`must be one of: ${words.map((word) => (word === '' ? '(empty)' : word)).join(' · ')}`))

/**
 * @param {RegExp} form @param {string} why @param {number} [least] @param {number} [most]
 * @returns {Check}
 */
const number = (form, why, least = -Infinity, most = Infinity) => (text) => {
  if (!form.test(text)) return mismatch(why)
  const value = Number(text)
  if (value >= least && value <= most) return null
  return { kind: 'range', why: `must be ${most === Infinity ? `at least ${least}` : `from ${least} to ${most}`}` }
}

/** Accepts the empty text too. @param {Check} check @returns {Check} */
export const orBlank = (check) => (text, context) => (text === '' ? null : check(text, context))

/** The first check that finds something. @param {Check[]} checks @returns {Check} */
export const all = (...checks) => (text, context) => {
  for (const check of checks) {
    const fault = check(text, context)
    if (fault) return fault
  }
  return null
}

/* ---- SCORM 1.2 ---------------------------------------------------------------------------------- */

/** CMIDecimal: digits, perhaps a minus, perhaps a point with digits on both sides. @param {number} [least] @param {number} [most] */
export const decimal12 = (least, most) =>
  number(/^-?\d+(\.\d+)?$/, 'must be a decimal number such as 80 or 66.67: no exponent, comma, blank or leading point', least, most)

/** @param {number} least @param {number} most */
export const integer = (least, most) => number(/^-?\d+$/, 'must be a whole number', least, most)

export const identifier12 = matching(/^[!-~]{1,255}$/, 'must be 1 to 255 printable ASCII characters without blanks')
export const timespan = matching(/^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/, 'must be HHHH:MM:SS.SS: 2 to 4 digits of hours, at most 2 decimals')
export const time12 = matching(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/, 'must be a time of day as HH:MM:SS.SS, at most 2 decimals')

/* ---- SCORM 2004 --------------------------------------------------------------------------------- */

/** @param {number} [least] @param {number} [most] */
export const real = (least, most) =>
  number(/^-?\d{1,10}(\.\d+)?$/, 'must be a decimal number such as 0.8 or 80: no exponent, comma, blank or leading point', least, most)

const LANGUAGE = '(?:[A-Za-z]{2,8}|i|x)(?:-[A-Za-z0-9]{1,8})*'
const PREFIX = new RegExp(`^\\{lang=${LANGUAGE}\\}`)

export const language = matching(new RegExp(`^(?:${LANGUAGE})?$`), 'must be a language tag such as en or pt-BR, or empty')

/** A text, perhaps after `{lang=xx}`, which does not count. @param {number} most @returns {Check} */
export const localized = (most) => (text, context) => {
  if (!text.startsWith('{lang=')) return string(most)(text, context)
  const prefix = PREFIX.exec(text)
  return prefix ? string(most)(text.slice(prefix[0].length), context) : mismatch('starts with {lang= but not with a valid language tag')
}

const URI = /^(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/

/** @param {number} most @returns {Check} */
export const longIdentifier = (most) => (text, context) => {
  if (!URI.test(text)) return mismatch('must be a URI: not empty, no blanks, only its characters')
  if (/^urn:/i.test(text) && !/^urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:.+$/i.test(text)) return mismatch('must be urn:namespace:name')
  return string(most)(text, context)
}
export const shortIdentifier = all(matching(URI, 'must be a short identifier: not empty, only the characters of a URI'), string(250))

export const interval = matching(
  /^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/,
  'must be a duration such as PT1H30M5.25S: no weeks, at most 2 decimals'
)
export const timestamp = matching(
  /^(19[7-9]\d|20[0-2]\d|203[0-8])(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d(\.\d{1,2}(Z|[+-]([01]\d|2[0-3])(:[0-5]\d)?)?)?)?)?)?)?)?$/,
  'must be a time such as 2026-11-23T09:30:00 or 2026-11-23T09:30:00.0Z: at most 2 decimals, a zone only after a fraction, years 1970 to 2038'
)
