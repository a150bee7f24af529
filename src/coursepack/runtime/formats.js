// @ts-check
/** How SCORM spells numbers, times and text. Every limit is the strictest that any LMS is known to hold. */

/** @param {number} value */
const two = (value) => String(value).padStart(2, '0')

/**
 * A finite decimal without exponent, sign of zero or needless zeros.
 * @param {number} value
 * @param {number} digits most digits after the point
 */
export function decimal(value, digits) {
  const text = (Number.isFinite(value) ? value : 0).toFixed(digits)
  const bare = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return bare === '-0' ? '0' : bare
}

/**
 * Other valid spellings of one number (80, 80.0, 80.00; 66.67, 066.67): an LMS that drops what it believes
 * to have sent takes them for news. At most two digits after the point are added, at most three before.
 * @param {string} number
 * @param {number} turn 0 is the number as it is
 */
export function respelled(number, turn) {
  const [whole, part = ''] = number.split('.')
  const all = [number]
  for (let more = part.length + 1; more <= 2; more++) all.push(`${whole}.${part.padEnd(more, '0')}`)
  if (part.length >= 2) {
    for (let more = whole.length + 1; more <= 3; more++) all.push(`${whole.padStart(more, '0')}.${part}`)
  }
  return all[turn % all.length]
}

/**
 * CMITimespan of SCORM 1.2 (HHHH:MM:SS.SS), cut to hundredths.
 * @param {number} seconds
 */
export function timespan(seconds) {
  const cents = Math.min(Math.max(0, Math.floor(seconds * 100 + 1e-6)), 9999 * 360000 + 359999)
  const whole = Math.floor(cents / 100)
  const text = `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
  return cents % 100 ? `${text}.${two(cents % 100)}` : text
}

/**
 * timeinterval of SCORM 2004 (PT#H#M#S), cut to hundredths; never days, so that no LMS has to count them.
 * @param {number} seconds
 */
export function interval(seconds) {
  const cents = Math.max(0, Math.floor(seconds * 100 + 1e-6))
  const whole = Math.floor(cents / 100)
  const rest = cents % 100 ? `.${two(cents % 100)}` : ''
  return `PT${Math.floor(whole / 3600)}H${Math.floor(whole / 60) % 60}M${whole % 60}${rest}S`
}

/**
 * CMITime of SCORM 1.2: the time of day.
 * @param {Date} at
 */
export const timeOfDay = (at) => `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`

/**
 * Timestamp of SCORM 2004: local time without a zone, which all known LMSs take; '' outside 1970 to 2038.
 * @param {Date} at
 */
export function timestamp(at) {
  const year = at.getFullYear()
  if (!(year >= 1970 && year <= 2038)) return ''
  return `${year}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${timeOfDay(at)}`
}

/**
 * At most `max` UTF-16 units, never half a character.
 * @param {string} text
 * @param {number} max
 */
export function cut(text, max) {
  const short = text.slice(0, max)
  return /[\uD800-\uDBFF]$/.test(short) ? short.slice(0, -1) : short
}

/**
 * One line without control characters and lone surrogates, at most `max` units.
 * @param {string} text
 * @param {number} max
 */
export function line(text, max) {
  const flat = text.replace(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]+/g, ' ')
  return cut(flat.replace(/[\uD800-\uDFFF]/gu, '\uFFFD'), max)
}

/**
 * Free text where SCORM 2004 looks for delimiters and `{…=…}` prefixes: both are broken up by a blank.
 * @param {string} text
 * @param {number} max
 */
export function plain(text, max) {
  return line(line(text, max).replace(/\[([,.:])\]/g, '[ $1]').replace(/^\{/, ' {'), max)
}
