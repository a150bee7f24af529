/**
 * The learner's state as text and back: version, layout, counter and token in 14 characters, bits, a checksum.
 * The same as state/codec.py.
 */

import { bitReader, bitWriter, checksum, fromCharacters, toCharacters } from './bits.js'
import { toLayout } from './layout.js'
import { course, entries, keep, question, readAll, toRuns, writeAll } from './walk.js'

/** @typedef {import('./contract.d.ts').Changes} Changes */
/** @typedef {import('./contract.d.ts').CourseState} CourseState */
/** @typedef {import('./contract.d.ts').LayoutJson} LayoutJson */
/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('./layout.js').Older} Older */
/** @typedef {'empty' | 'damaged' | 'foreign' | 'future'} Reason */

const VERSION = '1'
const HEAD = 14
const CHECKSUM = 6

/** A state in which nothing was done; with a token of its own unless one is given. @param {number} [token] @returns {CourseState} */
export function blank(token = Math.floor(Math.random() * 2 ** 24)) {
  return {
    token,
    counter: 0,
    location: 0,
    completed: false,
    success: 'unknown',
    seen: new Set(),
    questions: new Map(),
    quizzes: new Map(),
    reflections: new Map(),
    entries: new Map(),
  }
}

/**
 * ASCII letters, digits, `-` and `_`, never longer than the bound that the build proved.
 * @param {CourseState} state
 * @param {LayoutJson} json
 */
export function encode(state, json) {
  const layout = toLayout(json)
  const bits = bitWriter()
  const saved = blank(0)
  let runs = 0
  writeAll(bits, (coder) => (runs = course(coder, layout, state, saved)))
  for (const record of drawn(layout, saved)) writeAll(bits, (coder) => question(coder, record, state.questions.get(record.n)))
  writeAll(bits, (coder) => entries(coder, layout, runs, toRuns(layout, state.entries)))
  const head = toCharacters(layout.id, 2) + toCharacters(layout.mark, 3) + toCharacters(state.counter, 4) + toCharacters(state.token, 4)
  const text = VERSION + head + bits.text()
  return text + checksum(text)
}

/**
 * The state in a text, carried over to the present layout; null where there is none (`whyNot` says why). Never
 * throws. `changes` is null for a state of the present layout.
 * @param {string} text
 * @param {LayoutJson} json
 * @param {Older} [older] the earlier layouts, needed only for a state that one of them wrote, as is `carry`
 * @param {'retry' | 'keep'} [policy] what becomes of answers whose right answer changed
 * @param {import('./contract.d.ts').Carry} [carry] of changes.js
 * @returns {{state: CourseState, changes: Changes | null} | null}
 */
export function decode(text, json, older = {}, policy = 'retry', carry) {
  const layout = layoutOf(text, json, older)
  const state = typeof layout === 'string' ? null : read(text, layout)
  if (!state || typeof layout === 'string') return null
  if (layout.id === json[0]) return { state, changes: null }
  return carry ? carry(state, layout, toLayout(json), policy) : null
}

/**
 * Why a text cannot be read: no text; ours, but cut off or changed; of another course or program; of a layout or
 * version that is not known here. Nothing when it can be read.
 * @param {string} text
 * @param {LayoutJson} json
 * @param {Older} [older]
 * @returns {Reason | ''}
 */
export function whyNot(text, json, older = {}) {
  const layout = layoutOf(text, json, older)
  if (typeof layout === 'string') return layout
  return read(text, layout) ? '' : 'damaged'
}

/** What can be read without the layout; null when the text is not a saved state. @type {import('./contract.d.ts').Peek} */
export function peek(text) {
  if (judged(text)) return null
  return { counter: fromCharacters(text.slice(6, 10)), token: fromCharacters(text.slice(10, HEAD)) }
}

/** @param {string} text @returns {Reason | ''} */
function judged(text) {
  if (!text) return 'empty'
  if (typeof text !== 'string' || !/^[\w-]+$/.test(text)) return 'foreign'
  const body = text.slice(0, -CHECKSUM)
  const intact = body.length >= HEAD && checksum(body) === text.slice(-CHECKSUM)
  if (text[0] !== VERSION) return intact ? 'future' : 'foreign'
  return intact ? '' : 'damaged'
}

/** @param {string} text @param {LayoutJson} json @param {Older} older @returns {Layout | Reason} */
function layoutOf(text, json, older) {
  const reason = judged(text)
  if (reason) return reason
  const id = fromCharacters(text.slice(1, 3))
  const found = id === json[0] ? json : older[id]
  if (!found) return 'future'
  return fromCharacters(text.slice(3, 6)) === found[1] ? toLayout(found, older) : 'foreign'
}

/** @param {string} text @param {Layout} layout @returns {CourseState | null} */
function read(text, layout) {
  const bits = bitReader(text.slice(HEAD, -CHECKSUM))
  const head = /** @type {{token: number, counter: number}} */ (peek(text))
  let state = blank(0)
  const runs = readAll(bits, (coder) => course(coder, layout, blank(0), (state = { ...blank(head.token), counter: head.counter })))
  for (const record of drawn(layout, state)) keep(state, record.n, readAll(bits, (coder) => question(coder, record)))
  state.entries = readAll(bits, (coder) => entries(coder, layout, runs))
  const tooMany = [...state.quizzes].some(([n, quiz]) => quiz.drawn.length > /** @type {any} */ (layout.records.get(n)).size)
  return bits.fine() && !tooMany ? state : null
}

/** The records of the drawn questions, by number. @param {Layout} layout @param {CourseState} state */
function drawn(layout, state) {
  return [...layout.records.values()].filter((record) => record.drawn && state.quizzes.get(record.quiz)?.drawn.includes(record.n))
}
