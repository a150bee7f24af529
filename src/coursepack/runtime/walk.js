/**
 * The way through a state in the order of its layout: one for writing, reading and measuring. Each function
 * hands its values to a coder and builds the state from what comes back. The same as state/walk.py.
 */

/** @typedef {import('./contract.d.ts').CourseState} CourseState */
/** @typedef {import('./contract.d.ts').QuestionState} QuestionState */
/** @typedef {import('./contract.d.ts').QuizState} QuizState */
/** @typedef {import('./contract.d.ts').ReflectionState} ReflectionState */
/** @typedef {import('./contract.d.ts').Response} Response */
/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('./layout.js').LayoutRecord} LayoutRecord */
/** @typedef {ReturnType<typeof import('./bits.js').bitWriter>} BitWriter */
/** @typedef {ReturnType<typeof import('./bits.js').bitReader>} BitReader */
/**
 * @typedef {object} Coder
 * @property {(value: number, radix: number) => number} digit
 * @property {(units: number[], size: number, bits: number) => number[]} units
 */
/** @typedef {[number, number, number]} Run indexes skipped before it, place of its first number, length less one */

const NUMERIC = "0123456789.,-+' "
const PHASES = /** @type {const} */ (['new', 'running', 'finished'])
const SUCCESS = /** @type {const} */ (['unknown', 'passed', 'failed'])
const [RUNS, SKIP, INDEXES, ATTEMPTS, MILLION] = [16, 8, 1024, 63, 1e6]

/** Writes all digits packed, then the texts. @param {BitWriter} bits @param {(coder: Coder) => void} walk */
export function writeAll(bits, walk) {
  /** @type {number[]} */
  const digits = []
  /** @type {number[]} */
  const radices = []
  /** @type {[number[], number][]} */
  const texts = []
  walk({
    digit(value, radix) {
      value = Math.min(Math.max(Math.floor(value) || 0, 0), radix - 1)
      digits.push(value)
      radices.push(radix)
      return value
    },
    units(units, _, width) {
      texts.push([units, width])
      return units
    },
  })
  bits.pack(digits, radices)
  for (const [units, width] of texts) for (const unit of units) bits.put(unit, width)
}

/** Reads what `writeAll` wrote with the same walk. @template T @param {BitReader} bits @param {(coder: Coder) => T} walk @returns {T} */
export function readAll(bits, walk) {
  /** @type {number[]} */
  const radices = []
  walk({ digit: (_, radix) => (radices.push(radix), 0), units: () => [] })
  const digits = bits.unpack(radices)
  let at = 0
  return walk({
    digit: () => digits[at++],
    units: (_, size, width) => Array.from({ length: size }, () => bits.take(width)),
  })
}

/** @param {Coder} coder @param {boolean} [flag] */
const bit = (coder, flag) => !!coder.digit(Number(!!flag), 2)

/* ---- texts --------------------------------------------------------------------------------------- */

/** The first `limit` UTF-16 units; a pair that would be torn is left out. @param {string} text @param {number} limit */
export function clipped(text, limit) {
  const torn = text.length > limit && /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(limit - 1)) && limit
  return text.slice(0, torn ? limit - 1 : limit)
}

/** @param {Coder} coder @param {unknown} value @param {number} limit */
function text(coder, value, limit) {
  const given = typeof value === 'string' ? clipped(value, limit) : ''
  const size = coder.digit(given.length, limit + 1)
  const units = Array.from({ length: given.length }, (_, at) => given.charCodeAt(at))
  const wide = bit(coder, units.some((unit) => unit > 255))
  return coder.units(units, size, wide ? 16 : 8).map((unit) => String.fromCharCode(unit)).join('')
}

/** @param {Coder} coder @param {unknown} value @param {number} limit */
function number(coder, value, limit) {
  const given = typeof value === 'string' ? numeric(value).slice(0, limit) : ''
  const size = coder.digit(given.length, limit + 1)
  return coder.units([...given].map((one) => NUMERIC.indexOf(one)), size, 4).map((unit) => NUMERIC[unit]).join('')
}

/** The text in sixteen characters; nothing if it holds any other. @param {string} text */
function numeric(text) {
  const plain = text
    .replace(/[\u2010-\u2015\u2212\ufe63\uff0d]/g, '-')
    .replace(/[\u2018\u2019\u066c]/g, "'")
    .replace(/[\u00a0\u2007-\u2009\u202f\u3000\t]/g, ' ')
    .replace(/[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g, '')
    .replace(/\u066b/g, '.')
    .replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) % 16))
    .replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x966))
  return /^[\d.,\-+' ]*$/.test(plain) ? plain : ''
}

/* ---- questions ----------------------------------------------------------------------------------- */

/** @param {Coder} coder @param {LayoutRecord} record @param {Partial<QuestionState>} [state] @returns {QuestionState} */
export function question(coder, record, state = {}) {
  const response = answer(coder, record, state.response)
  const right = coder.digit(state.submitted ? 1 + (state.share ?? 0) : 0, record.units + 2) - 1
  const submitted = right >= 0
  const tries = record.tries ? coder.digit(state.tries ?? 0, record.tries + 1) : Number(submitted)
  return { response, submitted, tries, share: submitted ? right : null }
}

/** @param {Coder} coder @param {LayoutRecord} record @param {Response} [response] @returns {Response} */
function answer(coder, { kind, size, parts, sides }, response) {
  if (kind === 'c' || kind === 'l') return one(coder, parts, response) || null
  if (kind === 't') return [null, false, true][coder.digit(typeof response === 'boolean' ? 1 + Number(response) : 0, 3)]
  if (kind === 'f') return text(coder, response, size) || null
  if (kind === 'n') return number(coder, response, size) || null
  const listed = /** @type {any[]} */ (Array.isArray(response) ? response : [])
  if (kind === 'o') return sequence(coder, parts, listed)
  if (kind === 'm') return some(parts.filter((n) => bit(coder, listed.includes(n))))
  if (kind === 'g') return some(parts.map((_, at) => text(coder, listed[at], size)))
  return some(parts.map((_, at) => one(coder, sides, listed[at])))
}

/** The list, or null where it says nothing. @template T @param {T[]} list */
export const some = (list) => (list.some(Boolean) ? list : null)

/** @param {Coder} coder @param {number[]} parts @param {unknown} value */
function one(coder, parts, value) {
  const at = coder.digit(parts.indexOf(/** @type {number} */ (value)) + 1, parts.length + 1)
  return at ? parts[at - 1] : 0
}

/** Each item by its place among those that are left. @param {Coder} coder @param {number[]} parts @param {number[]} listed */
function sequence(coder, parts, listed) {
  const left = [...parts]
  const own = listed.filter((n) => parts.includes(n))
  const whole = own.length === parts.length && new Set(own).size === parts.length
  const first = coder.digit(whole ? left.indexOf(own[0]) + 1 : 0, left.length + 1)
  const found = left.splice(Math.max(first - 1, 0), 1)
  while (found.length < parts.length) {
    const place = coder.digit(whole ? left.indexOf(own[found.length]) : 0, left.length)
    found.push(...left.splice(place, 1))
  }
  return first ? found : null
}

/* ---- the rest ------------------------------------------------------------------------------------ */

/**
 * Everything but drawn questions and entries, into `found`; returns how many runs of entries there are.
 * @param {Coder} coder
 * @param {Layout} layout
 * @param {CourseState} state
 * @param {CourseState} found
 */
export function course(coder, layout, state, found) {
  found.location = one(coder, layout.steps, state.location)
  found.completed = bit(coder, state.completed)
  found.success = SUCCESS[coder.digit(SUCCESS.indexOf(state.success), 3)]
  for (const [n, record] of layout.records) {
    if (record.kind === 's') {
      if (bit(coder, state.seen.has(n))) found.seen.add(n)
    } else if (record.kind === 'z') {
      const quiz = asQuiz(coder, layout, record, state.quizzes.get(n))
      if (quiz.attempt || quiz.phase !== 'new' || quiz.score !== null || quiz.passed || quiz.drawn.length) found.quizzes.set(n, quiz)
    } else if (record.kind === 'r') {
      const written = state.reflections.get(n)
      const submitted = bit(coder, written?.submitted)
      const kept = record.size ? text(coder, written?.text, record.size) : ''
      if (submitted || kept) found.reflections.set(n, { text: kept, submitted })
    } else if (!record.drawn) keep(found, n, question(coder, record, state.questions.get(n)))
  }
  return coder.digit(toRuns(layout, state.entries).runs.length, mostRuns(layout) + 1)
}

/** Keeps what a question's state says, if anything. @param {CourseState} found @param {number} n @param {QuestionState} state */
export function keep(found, n, state) {
  if (state.response !== null || state.submitted || state.tries) found.questions.set(n, state)
}

/** @param {Coder} coder @param {Layout} layout @param {LayoutRecord} record @param {Partial<QuizState>} [state] @returns {QuizState} */
function asQuiz(coder, layout, record, state = {}) {
  const attempt = coder.digit(state.attempt ?? 0, (record.tries || ATTEMPTS) + 1)
  const phase = PHASES[coder.digit(PHASES.indexOf(state.phase ?? 'new'), 3)]
  const score = coder.digit((state.score ?? -1) + 1, MILLION + 2)
  const passed = bit(coder, state.passed)
  const pool = (layout.pools.get(record.n) ?? []).map((question) => question.n)
  const drawn = (state.drawn ?? []).filter((n) => pool.includes(n)).slice(0, record.size)
  return { attempt, phase, score: score ? score - 1 : null, passed, drawn: pool.filter((n) => bit(coder, drawn.includes(n))) }
}

/** @param {Layout} layout */
const mostRuns = (layout) => Math.min(layout.reported.length, RUNS)

/**
 * The index of the first entry, and the runs; of too many the last ones.
 * @param {Layout} layout
 * @param {Map<number, number>} entries
 */
export function toRuns({ reported }, entries) {
  const places = new Map(reported.flatMap((n, place) => (entries.has(n) ? [[/** @type {number} */ (entries.get(n)), place]] : [])))
  /** @type {{start: number, first: number, length: number}[]} */
  const found = []
  for (const [index, place] of [...places].sort((a, b) => a[0] - b[0])) {
    const last = found[found.length - 1]
    if (last && index === last.start + last.length && place === last.first + last.length) last.length++
    else if (index >= 0 && index < INDEXES) found.push({ start: index, first: place, length: 1 })
  }
  /** @type {Run[]} */
  const runs = []
  let base = 0
  for (let at = found.length - 1; at >= Math.max(0, found.length - RUNS); at--) {
    const { start, first, length } = found[at]
    const skip = at ? start - found[at - 1].start - found[at - 1].length : 0
    base = start
    runs.unshift([skip, first, length - 1])
    if (skip >= SKIP) break
  }
  if (runs.length) runs[0][0] = 0
  return { base, runs }
}

/**
 * @param {Coder} coder
 * @param {Layout} layout
 * @param {number} count
 * @param {{base: number, runs: Run[]}} [known]
 * @returns {Map<number, number>}
 */
export function entries(coder, { reported }, count, { base, runs } = { base: 0, runs: [] }) {
  const found = new Map()
  let index = count && coder.digit(base, INDEXES)
  for (let at = 0; at < count; at++) {
    const [skip, place, more] = runs[at] ?? [0, 0, 0]
    index += coder.digit(skip, SKIP)
    const first = coder.digit(place, reported.length)
    const last = first + coder.digit(more, reported.length)
    for (const n of reported.slice(first, last + 1)) found.set(n, index++)
  }
  return found
}
