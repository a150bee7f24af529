/** Layouts of the saved state as objects. The same as state/layout.py. */

/** @typedef {import('./contract.d.ts').LayoutJson} LayoutJson */
/** @typedef {Record<string, LayoutJson>} Older earlier layouts by id, each as what differs from the one before */
/**
 * What is saved of one thing: step s, quiz z, reflection r, choice c, likert l, multiple m, true-false t,
 * fill-in f, numeric n, cloze g (gaps), matching p (pairs), order o.
 * @typedef {object} LayoutRecord
 * @property {number} n
 * @property {string} kind
 * @property {boolean} reported its interaction is reported
 * @property {boolean} drawn from a bank
 * @property {number} quiz the question's quiz, 0 for practice
 * @property {number} version which of its right answers
 * @property {number} units in how many parts its share is counted
 * @property {number} tries attempts that are counted, 0 for none
 * @property {number} size longest text; of a quiz, how many it draws
 * @property {number[]} parts
 * @property {number[]} rights for each pair its right side
 * @property {number[]} sides the first pair with each right side
 */
/** @typedef {{id: number, mark: number, records: Map<number, LayoutRecord>, steps: number[], reported: number[], pools: Map<number, LayoutRecord[]>}} Layout */

/** @type {WeakMap<LayoutJson, Layout>} */
const known = new WeakMap()

/** The layout of JSON as `state.to_json` or `state.older_json` wrote it. @param {LayoutJson} json @param {Older} [older] @returns {Layout} */
export function toLayout(json, older) {
  const layout = known.get(json) ?? build(json, older)
  known.set(json, layout)
  return layout
}

/** @param {LayoutJson} json @param {Older} [older] @returns {Layout} */
function build(json, older = {}) {
  const [id, mark] = /** @type {number[]} */ (json)
  const rows = [...allRows(json, older).values()].sort((one, other) => one[0] - other[0])
  const list = rows.map(toRecord)
  const numbers = (/** @type {(record: LayoutRecord) => unknown} */ test) => list.filter(test).map((record) => record.n)
  const pools = new Map()
  for (const record of list) if (record.drawn) pools.set(record.quiz, [...(pools.get(record.quiz) ?? []), record])
  return {
    id, mark, pools,
    records: new Map(list.map((record) => [record.n, record])),
    steps: numbers((record) => record.kind === 's'),
    reported: numbers((record) => record.reported),
  }
}

/** @param {LayoutJson} json @param {Older} older @returns {Map<number, any[]>} */
function allRows(json, older) {
  /** @type {any[][]} */
  const chain = [json]
  while (chain[0][2]) chain.unshift(older[chain[0][2]])
  const rows = new Map()
  for (const [, , , drop, put] of chain) {
    for (const n of drop) rows.delete(n)
    for (const row of put) rows.set(row[0], row)
  }
  return rows
}

/** @param {any[]} row @returns {LayoutRecord} */
function toRecord([n, kind, flags = 0, quiz = 0, version = 0, units = 0, tries = 0, size = 0, parts = [], rights = []]) {
  const sides = parts.filter((/** @type {number} */ _, /** @type {number} */ at) => rights.indexOf(rights[at]) === at)
  return { n, kind, reported: flags % 2 > 0, drawn: flags > 1, quiz, version, units, tries, size, parts, rights, sides }
}
