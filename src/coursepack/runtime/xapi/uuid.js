// @ts-check
/** UUIDs: random ones, and those made from a name (RFC 4122, version 5). Works where `crypto.subtle` is not. */

/** @param {ArrayLike<number>} bytes @param {number} version */
function written(bytes, version) {
  const text = Array.from(bytes).slice(0, 16).map((byte, k) => {
    if (k === 6) byte = (byte & 15) | (version << 4)
    if (k === 8) byte = (byte & 63) | 128
    return byte.toString(16).padStart(2, '0')
  }).join('')
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** The namespace of all ids that are made from what a statement is about: 98a0f643-03f1-4b03-ba65-bad573a8e24b. */
const NAMESPACE = [0x98, 0xa0, 0xf6, 0x43, 0x03, 0xf1, 0x4b, 0x03, 0xba, 0x65, 0xba, 0xd5, 0x73, 0xa8, 0xe2, 0x4b]

export const randomId = () => written(crypto.getRandomValues(new Uint8Array(16)), 4)

/** The same id for the same name. @param {string} name */
export const namedId = (name) => written(sha1([...NAMESPACE, ...new TextEncoder().encode(name)]), 5)

/** SHA-1 in hexadecimal digits. @param {string} text */
export const digest = (text) => sha1([...new TextEncoder().encode(text)]).map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** @param {number[]} message bytes, padded in place @returns {number[]} 20 bytes */
function sha1(message) {
  const bits = message.length * 8
  message.push(128)
  while (message.length % 64 !== 56) message.push(0)
  message.push(0, 0, 0, 0, bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255)
  const hash = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  const turn = (/** @type {number} */ word, /** @type {number} */ by) => (word << by) | (word >>> (32 - by))
  for (let at = 0; at < message.length; at += 64) {
    /** @type {number[]} */
    const w = []
    let [a, b, c, d, e] = hash
    for (let k = 0; k < 80; k++) {
      const from = at + 4 * k
      w[k] = k < 16
        ? (message[from] << 24) | (message[from + 1] << 16) | (message[from + 2] << 8) | message[from + 3]
        : turn(w[k - 3] ^ w[k - 8] ^ w[k - 14] ^ w[k - 16], 1)
      const mix = k < 20 ? ((b & c) | (~b & d)) + 0x5a827999
        : k < 40 ? (b ^ c ^ d) + 0x6ed9eba1
        : k < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
        : (b ^ c ^ d) + 0xca62c1d6
      const next = (turn(a, 5) + mix + e + w[k]) | 0
      ;[a, b, c, d, e] = [next, a, turn(b, 30), c, d]
    }
    ;[a, b, c, d, e].forEach((value, k) => (hash[k] = (hash[k] + value) | 0))
  }
  return hash.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255])
}
