/** Numbers as bits as characters: base64url, digits of mixed radix, a checksum. The same as state/bits.py. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** A product of radices stays below it: numbers are exact up to 2 ** 53. */
const LIMIT = 2 ** 52
/** @type {Record<string, number>} */
const VALUES = {}
for (let value = 0; value < 64; value++) VALUES[ALPHABET[value]] = value

/**
 * The lowest `count` × 6 bits of the value, highest first.
 * @param {number} value
 * @param {number} count
 */
export function toCharacters(value, count) {
  let text = ''
  for (; count--; value = Math.floor(value / 64)) text = ALPHABET[value % 64] + text
  return text
}

/** The inverse of `toCharacters`. @param {string} text */
export function fromCharacters(text) {
  let value = 0
  for (const character of text) value = value * 64 + VALUES[character]
  return value
}

/** CRC-32 of ASCII text in 6 characters. @param {string} text */
export function checksum(text) {
  let crc = -1
  for (let at = 0; at < text.length; at++) {
    crc ^= text.charCodeAt(at)
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return toCharacters(~crc >>> 0, 6)
}

/**
 * The radices in groups whose product is below the limit, each with its product and the bits it takes.
 * @param {number[]} radices
 */
function chunks(radices) {
  /** @type {{group: number[], product: number, bits: number}[]} */
  const found = []
  for (const radix of radices) {
    const last = found[found.length - 1]
    if (last && last.product * radix <= LIMIT) {
      last.group.push(radix)
      last.product *= radix
    } else found.push({ group: [radix], product: radix, bits: 0 })
  }
  for (const chunk of found) while (2 ** chunk.bits < chunk.product) chunk.bits++
  return found
}

/** Bits, highest first. */
export function bitWriter() {
  /** @type {string[]} */
  const characters = []
  let open = 0
  let room = 6
  /** @param {number} value @param {number} bits */
  function put(value, bits) {
    while (bits) {
      const take = Math.min(bits, room)
      const low = 2 ** (bits -= take)
      open = open * 2 ** take + Math.floor(value / low)
      value %= low
      if (!(room -= take)) {
        characters.push(ALPHABET[open])
        open = 0
        room = 6
      }
    }
  }
  return {
    put,
    /** @param {number[]} digits @param {number[]} radices */
    pack(digits, radices) {
      let at = 0
      for (const { group, bits } of chunks(radices)) {
        let number = 0
        let weight = 1
        for (const radix of group) {
          number += digits[at++] * weight
          weight *= radix
        }
        put(number, bits)
      }
    },
    /** All bits, filled up with zeros. */
    text() {
      if (room < 6) put(0, room)
      return characters.join('')
    },
  }
}

/** Reads what a `bitWriter` wrote; where it did not, reads zeros and is not `fine` at the end. @param {string} text */
export function bitReader(text) {
  let at = 0
  let fine = true
  /** @param {number} bits */
  function take(bits) {
    fine = fine && at + bits <= text.length * 6
    if (!fine) return 0
    let value = 0
    while (bits) {
      const rest = 6 - (at % 6)
      const some = Math.min(bits, rest)
      const six = VALUES[text[Math.floor(at / 6)]]
      value = value * 2 ** some + ((six >> (rest - some)) & (2 ** some - 1))
      at += some
      bits -= some
    }
    return value
  }
  return {
    take,
    /** @param {number[]} radices */
    unpack(radices) {
      /** @type {number[]} */
      const digits = []
      for (const { group, product, bits } of chunks(radices)) {
        let number = take(bits)
        fine = fine && number < product
        for (const radix of group) {
          digits.push(number % radix)
          number = Math.floor(number / radix)
        }
      }
      return digits
    },
    /** Whether all was there and nothing but the filling is left. */
    fine() {
      const rest = text.length * 6 - at
      return fine && rest < 6 && take(rest) === 0
    },
  }
}
