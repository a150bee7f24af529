// @ts-check
/** The data model as a profile takes it: the standard's own, but where another limit or format was measured. */

import { all, localized, matching, real, string } from './formats.js'
import { MODEL12 } from './model12.js'
import { MODEL2004_3, MODEL2004_4 } from './model2004.js'
import { line } from './profiles.js'
import { grammar12, response2004 } from './responses.js'

/** @typedef {import('./contract').Edition} Edition */
/** @typedef {import('./contract').Profile} Profile */
/** @typedef {import('./formats.js').Check} Check */

/** @type {Record<Edition, import('./model12.js').Model>} */
const MODELS = { scorm12: MODEL12, 'scorm2004-3': MODEL2004_3, 'scorm2004-4': MODEL2004_4 }

/** @param {Profile} profile @param {Edition} edition */
export function modelOf(profile, edition) {
  const model = MODELS[edition]
  const open = line(profile, edition, 'interactions-unbounded')?.elements ?? []
  return open.length ? { ...model, collections: { ...model.collections, ...Object.fromEntries(open.map((name) => [name, Infinity])) } } : model
}

/** @param {Profile} profile @param {Edition} edition @returns {Record<string, Check>} */
export function checksOf(profile, edition) {
  const longer = line(profile, edition, 'limits-12')
  const limit = string(longer?.limit ?? 0)
  const texts = Object.fromEntries((longer?.elements ?? []).map((name) => [name, name.endsWith('student_response') ? all(limit, grammar12) : limit]))
  return line(profile, edition, 'formats-2004') ? { ...texts, ...MOODLE2004 } : texts
}

const oneLine = matching(/^[^\r\n]*$/, 'a newline is refused')
const narrow = matching(/^-?\d{1,5}(\.\d{1,18})?$/, 'at most 5 digits before and 18 after the point')
const WORD = /^[A-Za-z0-9_.]+$/

/** @type {Check} */
const response = (text, context) => {
  const type = context.own('type')
  if (text === '') return { kind: 'type', why: 'an empty response is refused' }
  if (type === 'long-fill-in') return oneLine(text, context) ?? response2004(text, context)
  if (type === 'choice' || type === 'matching') {
    const odd = text.split(/\[[,.]\]/).find((id) => !WORD.test(id))
    if (odd !== undefined) return { kind: 'type', why: `"${odd}": ids have only A-Z a-z 0-9 _ and point` }
  }
  return response2004(text, context)
}

/** @type {Record<string, Check>} */
const MOODLE2004 = {
  'cmi.score.raw': all(real(), narrow),
  'cmi.interactions.n.description': all(oneLine, localized(250)),
  'cmi.comments_from_learner.n.comment': all(oneLine, localized(4000)),
  'cmi.interactions.n.learner_response': response
}
