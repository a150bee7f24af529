// @ts-check
/** A question or reflection in the words and grammar of each SCORM edition's interactions. */

import { decimal, interval, line, plain, timeOfDay, timespan, timestamp } from './formats.js'

/**
 * `fixed` is written once, right after id and type; `changing` again at every answer. Names are the last
 * part of the element, values are ready to send.
 * @typedef {{ id: string, type: string, fixed: [string, string][], changing: [string, string][] }} Entry
 * @typedef {{ type: string, response: string, patterns: string[] }} Answer
 * @typedef {import('./contract').Interaction} Interaction
 * @typedef {import('./contract').QuestionData} QuestionData
 * @typedef {import('./contract').Response} Response
 */

/** SCORM 1.2 names options and parts by one character: 0-9a-z for the numbers 1 to 36.
 * @param {number} n */
const sign = (n) => (n - 1).toString(36)
/** @param {number[]} ns */
const fits = (ns) => ns.every((n) => n >= 1 && n <= 36)
/** @param {Response} response @returns {number[]} */
const numbers = (response) => (Array.isArray(response) ? response.map(Number) : response === null ? [] : [Number(response)])
/** @param {Response} response @returns {string[]} */
const texts = (response) => (Array.isArray(response) ? response.map(String) : [String(response ?? '')])

/**
 * Plain decimal text if an LMS takes it, else ''.
 * @param {string | null | undefined} text
 * @param {number} whole most digits before the point
 * @param {number} part most digits after it
 */
function within(text, whole, part) {
  const found = /^-?(\d+)(?:\.(\d+))?$/.exec(text ?? '')
  return found && found[1].length <= whole && (found[2] ?? '').length <= part ? found[0] : ''
}

/**
 * What a reflection reports: its words, or how many when they are nobody else's business.
 * @param {import('./contract').ReflectionData} reflection
 * @param {string} text
 * @param {number} max
 */
function reflected(reflection, text, max) {
  if (!reflection.private && reflection.keep === 'lms') return plain(text.trim(), max)
  const words = text.trim().split(/\s+/).filter(Boolean).length
  return `submitted; words=${words}; characters=${text.length}`
}

/**
 * The texts of a cloze by the k-th accepted word of each gap: the first of all gaps, then the others.
 * @param {NonNullable<QuestionData['gaps']>} gaps
 */
function acceptedRows(gaps) {
  const most = Math.min(5, Math.max(1, ...gaps.map((gap) => gap.accept.length)))
  return Array.from({ length: most }, (_, k) => gaps.map((gap) => gap.accept[k] ?? gap.accept[0]))
}

/** @param {QuestionData} question @param {Response} response @returns {number[][]} pairs of source and target */
const matched = (question, response) =>
  (question.pairs ?? []).map((pair, k) => [pair.n, numbers(response)[k] ?? 0]).filter(([, to]) => to > 0)

/** @param {QuestionData} question @param {Response} response @param {string | null} [number] @returns {Answer} */
function answer12(question, response, number) {
  const { options = [], pairs = [], items = [], gaps = [], ranges = [] } = question
  /** @param {string} type @param {number[]} all @param {string} text @param {string[]} patterns */
  const short = (type, all, text, patterns) => ({ type: fits(all) ? type : 'performance', response: text, patterns })
  /** @param {number[]} ns @param {number[]} all */
  const signs = (ns, all) => ns.map((n) => (fits(all) ? sign(n) : String(n))).join(',')
  const given = numbers(response)
  switch (question.type) {
    case 'choice':
    case 'multiple':
    case 'likert': {
      const all = options.map((option) => option.n)
      const right = options.filter((option) => option.right).map((option) => option.n)
      const pattern = question.type === 'multiple' ? `{${signs(right, all)}}` : signs(right, all)
      return short(question.type === 'likert' ? 'likert' : 'choice', all, signs(given, all), right.length ? [pattern] : [])
    }
    case 'true-false':
      return { type: 'true-false', response: response === null ? '' : response ? 't' : 'f', patterns: [question.truth ? 't' : 'f'] }
    case 'matching': {
      const all = pairs.flatMap((pair) => [pair.n, pair.to])
      /** @param {number[][]} rows */
      const rows = (rows) => rows.map((row) => row.map((n) => (fits(all) ? sign(n) : String(n))).join('.')).join(',')
      return short('matching', all, rows(matched(question, response)), [`{${rows(pairs.map((pair) => [pair.n, pair.to]))}}`])
    }
    case 'order': {
      const all = items.map((item) => item.n)
      return short('sequencing', all, signs(given, all), [signs(all, all)])
    }
    case 'numeric': {
      const value = within(number, 3, 2)
      const bounds = ranges.map(([low, high]) => (low === high ? within(low, 3, 2) : '')).filter(Boolean)
      if (value) return { type: 'numeric', response: value, patterns: bounds }
      return { type: 'fill-in', response: line(texts(response)[0], 255), patterns: ranges.map(([low, high]) => (low === high ? low : `${low}..${high}`)) }
    }
    case 'cloze':
      return { type: 'fill-in', response: line(texts(response).join(' | '), 255), patterns: acceptedRows(gaps).map((row) => line(row.join(' | '), 255)) }
    default:
      return { type: 'fill-in', response: line(texts(response)[0], 255), patterns: (question.accept ?? []).map((text) => line(text, 255)) }
  }
}

/** @param {QuestionData} question @param {Response} response @param {string | null} [number] @returns {Answer} */
function answer2004(question, response, number) {
  const { options = [], pairs = [], items = [], gaps = [], ranges = [] } = question
  /** @param {{ n: number, id: string }[]} things @param {number[]} ns */
  const ids = (things, ns) => ns.map((n) => things.find((thing) => thing.n === n)?.id ?? String(n)).join('[,]')
  const given = numbers(response)
  const matters = `{case_matters=${question.case ? 'true' : 'false'}}`
  switch (question.type) {
    case 'choice':
    case 'multiple': {
      const right = options.filter((option) => option.right).map((option) => option.n)
      return { type: options.length > 36 ? 'other' : 'choice', response: ids(options, given), patterns: right.length ? [ids(options, right)] : [] }
    }
    case 'likert':
      return { type: 'likert', response: ids(options, given), patterns: [] }
    case 'true-false':
      return { type: 'true-false', response: response === null ? '' : String(response), patterns: [String(Boolean(question.truth))] }
    case 'matching': {
      /** @param {number[][]} rows */
      const rows = (rows) => rows.map((row) => row.map((n) => ids(pairs, [n])).join('[.]')).join('[,]')
      return { type: 'matching', response: rows(matched(question, response)), patterns: [rows(pairs.map((pair) => [pair.n, pair.to]))] }
    }
    case 'order':
      return { type: 'sequencing', response: ids(items, given), patterns: [ids(items, items.map((item) => item.n))] }
    case 'numeric': {
      const value = within(number, 5, 7)
      const bounds = ranges.map((range) => range.map((bound) => within(bound, 5, 7)))
      if (value) return { type: 'numeric', response: value, patterns: bounds.length === 1 && bounds[0].every(Boolean) ? [bounds[0].join('[:]')] : [] }
      return { type: 'fill-in', response: plain(texts(response)[0], 250), patterns: [] }
    }
    case 'cloze': {
      if (gaps.length > 10) return { type: 'long-fill-in', response: plain(texts(response).join(' | '), 4000), patterns: [] }
      const patterns = acceptedRows(gaps).map((row) => `${matters}{order_matters=true}${row.map((text) => plain(text, 250)).join('[,]')}`)
      return { type: 'fill-in', response: texts(response).map((text) => plain(text, 250)).join('[,]'), patterns }
    }
    default: {
      const long = question.max > 250
      const patterns = (question.accept ?? []).slice(0, 5).map((text) => `${matters}${plain(text, long ? 4000 : 250)}`)
      return { type: long ? 'long-fill-in' : 'fill-in', response: plain(texts(response)[0], long ? 4000 : 250), patterns }
    }
  }
}

/**
 * Part right is told as a number, the earned share, which both editions allow as a result.
 * @param {import('./contract').Verdict | null} verdict
 * @param {string} wrong
 * @param {number} digits
 */
function result(verdict, wrong, digits) {
  if (!verdict) return 'neutral'
  if (verdict.result === 'partial') return decimal(verdict.share, digits)
  return verdict.result === 'incorrect' ? wrong : verdict.result
}

/** @param {QuestionData | null} question @returns {[string, string][]} */
const weighting = (question) =>
  question && question.points >= 0 && question.points <= 100 ? [['weighting', decimal(question.scored ? question.points : 0, 2)]] : []

/** @param {string[]} patterns @returns {[string, string][]} */
const patternFields = (patterns) =>
  [...new Set(patterns)].filter(Boolean).map((pattern, k) => [`correct_responses.${k}.pattern`, pattern])

/** @param {[string, string][]} fields @returns {[string, string][]} without the empty ones, which some LMSs refuse */
const filled = (fields) => fields.filter(([, value]) => value !== '')

/**
 * @param {Interaction} interaction
 * @returns {Entry | null} null when there is nothing to report about
 */
export function scorm12Entry(interaction) {
  const { question, reflection, response, number, verdict, shown, latency } = interaction
  const about = question ?? reflection
  if (!about) return null
  const answer = question
    ? answer12(question, response, number)
    : { type: 'fill-in', response: reflected(/** @type {any} */ (reflection), texts(response)[0], 255), patterns: [] }
  const patterns = answer.patterns.filter((pattern) => pattern.length <= 255)
  return {
    id: about.id,
    type: answer.type,
    fixed: [...patternFields(patterns), ...weighting(question)],
    changing: filled([
      ['time', timeOfDay(new Date(shown.getTime() + latency))],
      ['student_response', answer.response.length <= 255 ? answer.response : ''],
      ['result', result(verdict, 'wrong', 2)],
      ['latency', timespan(latency / 1000)]
    ])
  }
}

/**
 * @param {Interaction} interaction
 * @returns {Entry | null} null when there is nothing to report about
 */
export function scorm2004Entry(interaction) {
  const { question, reflection, response, number, verdict, shown, latency } = interaction
  const about = question ?? reflection
  if (!about) return null
  const answer = question
    ? answer2004(question, response, number)
    : { type: 'long-fill-in', response: reflected(/** @type {any} */ (reflection), texts(response)[0], 4000), patterns: [] }
  return {
    id: about.id,
    type: answer.type,
    fixed: filled([...patternFields(answer.patterns), ...weighting(question), ['description', plain(about.text, 250)]]),
    changing: filled([
      ['timestamp', timestamp(shown)],
      ['learner_response', answer.response],
      ['result', result(verdict, 'incorrect', 4)],
      ['latency', interval(latency / 1000)]
    ])
  }
}
