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

/** @param {Response} response @returns {number[]} */
const numbers = (response) => (Array.isArray(response) ? response.map(Number) : response === null ? [] : [Number(response)])
/** @param {Response} response @returns {string[]} */
const texts = (response) => (Array.isArray(response) ? response.map(String) : [String(response ?? '')])
/** @param {string} type @param {string} response @param {...string} patterns @returns {Answer} */
const said = (type, response, ...patterns) => ({ type, response, patterns })
/** @param {QuestionData} question @returns {number[]} */
const rights = ({ options = [] }) => options.filter((option) => option.right).map((option) => option.n)

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
const matched = ({ pairs = [] }, response) => pairs.map((pair, k) => [pair.n, numbers(response)[k] ?? 0]).filter(([, to]) => to)
/** @param {QuestionData} question @returns {number[][]} */
const matching = ({ pairs = [] }) => pairs.map((pair) => [pair.n, pair.to])

/**
 * SCORM 1.2 names options and parts by one character: 0-9a-z for the numbers 1 to 36; with others it is a performance.
 * @param {QuestionData} question
 * @param {Response} response
 * @param {string | null} [number]
 * @returns {Answer}
 */
function answer12(question, response, number) {
  const { type, truth, accept = [], gaps = [], ranges = [] } = question
  const things = /** @type {{n: number}[]} */ (question.options ?? question.items ?? [])
  const all = [...things.map((thing) => thing.n), ...matching(question).flat()]
  const short = all.every((n) => n >= 1 && n <= 36)
  const sign = (/** @type {number} */ n) => (short ? (n - 1).toString(36) : String(n))
  const signs = (/** @type {number[]} */ ns) => ns.map(sign).join(',')
  const rows = (/** @type {number[][]} */ pairs) => pairs.map((row) => row.map(sign).join('.')).join(',')
  const one = (/** @type {string} */ name, /** @type {string} */ text, /** @type {string[]} */ ...patterns) =>
    said(short ? name : 'performance', text, ...patterns)
  const given = () => signs(numbers(response))
  const typed = (/** @type {string[]} */ parts) => line(parts.join(' | '), 255)
  switch (type) {
    case 'choice':
      return one('choice', given(), signs(rights(question)))
    case 'multiple':
      return one('choice', given(), rights(question).length ? `{${signs(rights(question))}}` : '')
    case 'likert':
      return one('likert', given())
    case 'true-false':
      return said(type, response === null ? '' : response ? 't' : 'f', truth ? 't' : 'f')
    case 'matching':
      return one(type, rows(matched(question, response)), `{${rows(matching(question))}}`)
    case 'order':
      return one('sequencing', given(), signs(all))
    case 'numeric': {
      const value = within(number, 3, 2)
      if (value) return said(type, value, ...ranges.map(([low, high]) => (low === high ? within(low, 3, 2) : '')))
      return said('fill-in', typed(texts(response)), ...ranges.map(([low, high]) => (low === high ? low : `${low}..${high}`)))
    }
    case 'cloze':
      return said('fill-in', typed(texts(response)), ...acceptedRows(gaps).map(typed))
    default:
      return said(type, typed(texts(response)), ...accept.map((text) => typed([text])))
  }
}

/**
 * @param {QuestionData} question
 * @param {Response} response
 * @param {string | null} [number]
 * @returns {Answer}
 */
function answer2004(question, response, number) {
  const { type, accept = [], gaps = [], ranges = [] } = question
  const things = /** @type {{n: number, id: string}[]} */ (question.options ?? question.pairs ?? question.items ?? [])
  const id = (/** @type {number} */ n) => things.find((thing) => thing.n === n)?.id ?? String(n)
  const ids = (/** @type {number[]} */ ns) => ns.map(id).join('[,]')
  const rows = (/** @type {number[][]} */ pairs) => pairs.map((row) => row.map(id).join('[.]')).join('[,]')
  const given = () => ids(numbers(response))
  const text = (/** @type {string} */ words, long = false) => plain(words, long ? 4000 : 250)
  const matters = `{case_matters=${!!question.case}}`
  switch (type) {
    case 'choice':
    case 'multiple':
      return said(things.length > 36 ? 'other' : 'choice', given(), ids(rights(question)))
    case 'likert':
      return said(type, given())
    case 'true-false':
      return said(type, String(response ?? ''), String(!!question.truth))
    case 'matching':
      return said(type, rows(matched(question, response)), rows(matching(question)))
    case 'order':
      return said('sequencing', given(), ids(things.map((thing) => thing.n)))
    case 'numeric': {
      const value = within(number, 5, 7)
      const bounds = ranges.flat().map((bound) => within(bound, 5, 7))
      if (value) return said(type, value, ...(bounds.length === 2 && bounds.every(Boolean) ? [bounds.join('[:]')] : []))
      return said('fill-in', text(texts(response)[0]))
    }
    case 'cloze': {
      if (gaps.length > 10) return said('long-fill-in', text(texts(response).join(' | '), true))
      const parts = (/** @type {string[]} */ row) => row.map((words) => text(words)).join('[,]')
      return said('fill-in', parts(texts(response)), ...acceptedRows(gaps).map((row) => `${matters}{order_matters=true}${parts(row)}`))
    }
    default: {
      const long = question.max > 250
      const patterns = accept.slice(0, 5).map((words) => matters + text(words, long))
      return said(long ? 'long-fill-in' : 'fill-in', text(texts(response)[0], long), ...patterns)
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
    : said('fill-in', reflected(/** @type {any} */ (reflection), texts(response)[0], 255))
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
    : said('long-fill-in', reflected(/** @type {any} */ (reflection), texts(response)[0], 4000))
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
