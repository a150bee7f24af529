// @ts-check
/** What a response and a pattern of right answers look like, by the type of their interaction. */

import { all, decimal12, localized, longIdentifier, matching, mismatch, real, shortIdentifier, string } from './formats.js'

/** @typedef {import('./formats.js').Check} Check */
/** @typedef {import('./formats.js').Context} Context */
/** @typedef {import('./formats.js').Fault} Fault */

/* ---- SCORM 1.2 ---------------------------------------------------------------------------------- */

const LIST = '[0-9a-z](,[0-9a-z])*'
const PAIRS = '[0-9a-z]\\.[0-9a-z](,[0-9a-z]\\.[0-9a-z])*'
/** @param {string} inner @param {string} why */
const bracedOrBare = (inner, why) => matching(new RegExp(`^(?:${inner}|\\{${inner}\\})$`), why)

/** @type {Record<string, Check>} */
const RESPONSE12 = {
  'true-false': matching(/^[01tf]/, 'a true-false response starts with 0, 1, t or f'),
  choice: bracedOrBare(LIST, 'a choice response is single characters 0-9 a-z, with commas between'),
  matching: bracedOrBare(PAIRS, 'a matching response is pairs such as 1.a, with commas between'),
  sequencing: matching(new RegExp(`^${LIST}$`), 'a sequencing response is single characters 0-9 a-z, with commas between'),
  likert: matching(/^[0-9a-z]?$/, 'a likert response is one character 0-9 a-z, or empty'),
  numeric: decimal12()
}

/** By type once the type is known; fill-in and performance are free. @type {Check} */
export const grammar12 = (text, context) => RESPONSE12[context.own('type') ?? '']?.(text, context) ?? null
/** CMIFeedback. */
export const feedback12 = all(string(255), grammar12)

/* ---- SCORM 2004 --------------------------------------------------------------------------------- */

/** @param {string} text @param {string} mark */
const split = (text, mark) => (text === '' ? [] : text.split(mark))

/** @param {string[]} texts @param {Check} check @param {Context} context @returns {Fault | null} */
function every(texts, check, context) {
  for (const text of texts) {
    const fault = check(text, context)
    if (fault) return fault
  }
  return null
}

/** @param {Check} check @param {{ most: number, least?: number, unique?: boolean }} bounds @returns {Check} */
const list = (check, { most, least = 0, unique = false }) => (text, context) => {
  const parts = split(text, '[,]')
  if (parts.length < least) return mismatch(`must have at least ${least} part`)
  if (parts.length > most) return mismatch(`${parts.length} parts where ${most} are sure to be kept`)
  if (unique && new Set(parts).size < parts.length) return mismatch('names the same part twice')
  return every(parts, check, context)
}

/** @type {Check} */
const pair = (text, context) => {
  const ends = text.split('[.]')
  return ends.length === 2 ? every(ends, shortIdentifier, context) : mismatch('each part must be source[.]target')
}

/** @param {boolean} ranges @returns {Check} */
const step = (ranges) => (text, context) => {
  const ends = text.split('[.]')
  if (ends.length !== 2) return mismatch('each part must be step[.]answer')
  const [name, answer] = ends
  if (name === '' && answer === '') return mismatch('a part must have a step or an answer')
  const fault = name === '' ? null : shortIdentifier(name, context)
  if (fault || answer === '') return fault
  return ranges && answer.includes('[:]') ? range(answer, context) : string(250)(answer, context)
}

/** @type {Check} */
const range = (text, context) => {
  const ends = text.split('[:]')
  if (ends.length !== 2) return mismatch('must be min[:]max')
  const fault = every(ends.filter((end) => end !== ''), real(), context)
  if (fault) return fault
  if (ends[0] !== '' && ends[1] !== '' && Number(ends[0]) > Number(ends[1])) return mismatch('the smaller number comes first')
  return null
}

/** @type {Record<string, Check>} */
const RESPONSE = {
  'true-false': matching(/^(true|false)$/, 'must be true or false'),
  choice: list(shortIdentifier, { most: 36, unique: true }),
  'fill-in': list(localized(250), { most: 10 }),
  'long-fill-in': localized(4000),
  likert: shortIdentifier,
  matching: list(pair, { most: 36 }),
  performance: list(step(false), { most: 250, least: 1 }),
  sequencing: list(shortIdentifier, { most: 36, least: 1 }),
  numeric: real(),
  other: string(4000)
}

/** Takes away `{name=true}` prefixes, in any order, before the text they belong to. @param {string[]} names @param {Check} check @returns {Check} */
const prefixed = (names, check) => (text, context) => {
  let rest = text
  for (let found = true; found;) {
    found = false
    for (const name of names) {
      const prefix = new RegExp(`^\\{${name}=([^}]*)\\}`).exec(rest)
      if (!prefix) continue
      if (prefix[1] !== 'true' && prefix[1] !== 'false') return mismatch(`{${name}=…} must be true or false`)
      rest = rest.slice(prefix[0].length)
      found = true
    }
  }
  return check(rest, context)
}

/** The check of one pattern, and how many patterns are sure to be kept. @type {Record<string, { check: Check, most: number, unique?: boolean }>} */
const PATTERN = {
  'true-false': { check: RESPONSE['true-false'], most: 1 },
  choice: { check: RESPONSE.choice, most: 10, unique: true },
  'fill-in': { check: prefixed(['case_matters', 'order_matters'], RESPONSE['fill-in']), most: 5 },
  'long-fill-in': { check: prefixed(['case_matters'], RESPONSE['long-fill-in']), most: 5 },
  likert: { check: shortIdentifier, most: 1 },
  matching: { check: RESPONSE.matching, most: 5 },
  performance: { check: prefixed(['order_matters'], list(step(true), { most: 125, least: 1 })), most: 5 },
  sequencing: { check: RESPONSE.sequencing, most: 5, unique: true },
  numeric: { check: range, most: 1 },
  other: { check: RESPONSE.other, most: 1 }
}

/** @type {Check} */
export const response2004 = (text, context) => RESPONSE[context.own('type') ?? '']?.(text, context) ?? null

/** @type {Check} */
export const pattern2004 = (text, context) => {
  const rule = PATTERN[context.own('type') ?? '']
  if (!rule) return null
  if (context.index >= rule.most) return { kind: 'index', why: `a ${context.own('type')} interaction has at most ${rule.most} patterns` }
  const fault = rule.check(text, context)
  if (fault) return fault
  return rule.unique && context.others('pattern').includes(text) ? { kind: 'duplicate', why: 'another pattern says the same' } : null
}

export const identifier2004 = longIdentifier(4000)
