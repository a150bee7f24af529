/**
 * Numbers: read as learners type them, compared exactly, and summed into a score without rounding errors.
 * `scoring.py` holds the same.
 *
 * @typedef {[bigint, bigint]} Fraction numerator and positive denominator, not always in lowest terms
 */

export const UNSEEN = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]/g
export const BLANKS = /[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+/g

/**
 * The number that a learner typed, as plain decimal text, or null where it is none.
 *
 * `1.5`, `1,5` and `1.50` are the same number. A sign that can only part thousands (`1,234,567`, the first
 * of `1,234.5`) parts them; `1,234` alone is read with the decimal sign of the course's language, all other
 * single signs are decimal. Blanks and apostrophes may part thousands. Every kind of minus is one; digits
 * may be Arabic, Persian, Devanagari or full-width. No exponents, fractions, units or per cent.
 * @param {string} typed
 * @param {string} sign the decimal sign of the course's language
 */
export function toDecimal(typed, sign) {
  let text = typed
    .replace(UNSEEN, '')
    .replace(BLANKS, ' ')
    .replace(/^ | $/g, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g, asciiDigit)
    .replace(/^[\u2010-\u2015\u2212\ufe63\uff0d]/, '-')
    .replace(/\u066b/g, '.')
    .replace(/[\u066c\u2018\u2019]/g, "'")
    .replace(/^([+-]) /, '$1')
  text = joined(joined(text, ' '), "'")
  const found = text.replace(/[^,.]/g, '')
  const point = found.slice(-1)
  if (found.includes(',') && found.includes('.')) {
    const [whole, fraction, ...more] = text.split(point)
    if (more.length === 0) text = joined(whole, found[0]) + '.' + fraction
  } else if (found.length > 1 || isThousands(text, sign)) {
    text = joined(text, point)
  } else {
    text = text.replace(',', '.')
  }
  return /^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$/.test(text) ? canonical(text) : null
}

/** @param {string} digit */
function asciiDigit(digit) {
  const code = digit.charCodeAt(0)
  return String(code >= 0x966 && code <= 0x96f ? code - 0x966 : code & 15)
}

/**
 * The text without the signs that part its thousands, if they part them rightly.
 * @param {string} text
 * @param {string} parted
 */
function joined(text, parted) {
  const whole = text.match(new RegExp(`^[+-]?[0-9]{1,3}([${parted}][0-9]{3})+(?![0-9${parted}])`))
  return whole ? whole[0].split(parted).join('') + text.slice(whole[0].length) : text
}

/**
 * @param {string} text
 * @param {string} sign
 */
function isThousands(text, sign) {
  return (sign === ',' ? /^[+-]?[1-9][0-9]{0,2}\.[0-9]{3}$/ : /^[+-]?[1-9][0-9]{0,2},[0-9]{3}$/).test(text)
}

/** @param {string} text */
function canonical(text) {
  const [whole, fraction = ''] = text.replace(/^[+-]/, '').split('.')
  const digits = `${whole.replace(/^0+/, '') || '0'}.${fraction}`.replace(/\.?0*$/, '')
  return text[0] === '-' && digits !== '0' ? '-' + digits : digits
}

/**
 * Below, at or above zero as `a` is less than, equal to or more than `b`; both plain decimal text.
 * @param {string} a
 * @param {string} b
 */
export function compare(a, b) {
  const [difference] = plus(fraction(a), times(fraction(b), -1))
  return difference < 0n ? -1 : Number(difference > 0n)
}

/** @type {Fraction} */
export const NOTHING = [0n, 1n]

/**
 * The exact value of decimal text, or of a number as it is written.
 * @param {string | number} value
 * @returns {Fraction}
 */
export function fraction(value) {
  const [mantissa, exponent = '0'] = String(value).split('e')
  const [integer, decimals = ''] = mantissa.split('.')
  const places = decimals.length - Number(exponent)
  const digits = BigInt(integer + decimals)
  return places > 0 ? [digits, 10n ** BigInt(places)] : [digits * 10n ** BigInt(-places), 1n]
}

/**
 * @param {Fraction} a
 * @param {Fraction} b
 * @returns {Fraction}
 */
export function plus([a, over], [b, under]) {
  return over === under ? [a + b, over] : [a * under + b * over, over * under]
}

/**
 * @param {Fraction} a
 * @param {number} numerator a whole number
 * @param {number} [denominator] a whole number above 0
 * @returns {Fraction}
 */
export function times([a, over], numerator, denominator = 1) {
  return [a * BigInt(numerator), over * BigInt(denominator)]
}

/** How often `b` is in `a`, rounded down. @param {Fraction} a @param {Fraction} b */
export function whole([a, over], [b, under]) {
  return Number((a * under) / (over * b))
}

/**
 * The score of an attempt in millionths, rounded down. Cutting here and rounding half up later equals
 * rounding the exact fraction once. All of nothing is all.
 * @param {{ points: number, right: number, of: number }[]} parts one per question
 */
export function total(parts) {
  let earned = NOTHING
  let possible = NOTHING
  for (const { points, right, of } of parts) {
    if (of === 0) continue
    possible = plus(possible, fraction(points))
    earned = plus(earned, times(fraction(points), right * 1e6, of))
  }
  return possible[0] ? whole(earned, possible) : 1e6
}

/**
 * Ten-thousandths, half up.
 * @param {number} millionths
 */
export function rounded(millionths) {
  return Math.floor((millionths + 50) / 100)
}
