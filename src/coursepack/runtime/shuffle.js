/**
 * Orders that look random and never need saving: the same seed gives the same order on every device, and an
 * edit of the course leaves the rest in its place, since each number is sorted by a hash of its own.
 */

/**
 * The numbers, each once, in the order that belongs to the seed.
 * @param {number[]} seed whole numbers from 0 to 2^53 - 1, such as token, quiz and attempt
 * @param {number[]} items permanent numbers
 * @returns {number[]}
 */
export function order(seed, items) {
  const start = seed.reduce(mix, 0x9e3779b9)
  return [...new Set(items)]
    .map((n) => ({ n, key: mix(start, n) }))
    .sort((a, b) => a.key - b.key || a.n - b.n)
    .map((item) => item.n)
}

/**
 * The drawn numbers of an attempt, in the order that belongs to the seed: those of `keep` that are still in
 * the pool, then others until there are `count`.
 * @param {number[]} seed
 * @param {number[]} pool
 * @param {number} count
 * @param {number[]} keep
 * @returns {number[]}
 */
export function draw(seed, pool, count, keep) {
  const kept = new Set(keep.filter((n) => pool.includes(n)).slice(0, count))
  const shuffled = order(seed, pool)
  const rest = shuffled.filter((n) => !kept.has(n)).slice(0, count - kept.size)
  const drawn = new Set([...kept, ...rest])
  return shuffled.filter((n) => drawn.has(n))
}

/**
 * A 32-bit hash with one more number in it: both halves go in by multiplication, shifts spread every bit.
 * @param {number} hash
 * @param {number} value
 */
function mix(hash, value) {
  return spread(spread(hash ^ value) ^ Math.floor(value / 2 ** 32))
}

/** @param {number} bits */
function spread(bits) {
  let h = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return (h ^ (h >>> 15)) >>> 0
}
