// @ts-check
/** Durations as hundredths of a second, read and written in the format of each edition. */

const MOST = 9999 * 360000 + 59 * 6000 + 5999

/** @param {string} text CMITimespan @returns {number} */
export function fromTimespan(text) {
  const match = /^(\d+):(\d+):(\d+)(?:\.(\d{1,2}))?$/.exec(text)
  if (!match) return 0
  const [, hours, minutes, seconds, part = ''] = match
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 100 + Number(part.padEnd(2, '0'))
}

/** Never more than `9999:59:59.99`. @param {number} hundredths */
export function toTimespan(hundredths) {
  const all = Math.min(hundredths, MOST)
  /** @param {number} value @param {number} width */
  const digits = (value, width) => String(Math.floor(value)).padStart(width, '0')
  return `${digits(all / 360000, 4)}:${digits((all / 6000) % 60, 2)}:${digits((all / 100) % 60, 2)}.${digits(all % 100, 2)}`
}

/** A year counts as 365 days and a month as 30. @param {string} text timeinterval @returns {number} */
export function fromInterval(text) {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,2}))?S)?)?$/.exec(text)
  if (!match) return 0
  const [years, months, days, hours, minutes, seconds] = match.slice(1, 7).map((part) => Number(part ?? 0))
  const whole = (((years * 365 + months * 30 + days) * 24 + hours) * 60 + minutes) * 60 + seconds
  return whole * 100 + Number((match[7] ?? '').padEnd(2, '0'))
}

/** @param {number} hundredths */
export function toInterval(hundredths) {
  const part = hundredths % 100
  const seconds = Math.floor(hundredths / 100)
  const fraction = part ? `.${String(part).padStart(2, '0')}` : ''
  return `PT${Math.floor(seconds / 3600)}H${Math.floor(seconds / 60) % 60}M${seconds % 60}${fraction}S`
}
