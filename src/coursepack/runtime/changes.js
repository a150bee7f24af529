/** A state of an earlier layout carried over to the present one. The same as state/changes.py. */

import { clipped, keep, some } from './walk.js'

/** @typedef {import('./contract.d.ts').Changes} Changes */
/** @typedef {import('./contract.d.ts').CourseState} CourseState */
/** @typedef {import('./contract.d.ts').QuestionState} QuestionState */
/** @typedef {import('./contract.d.ts').Response} Response */
/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('./layout.js').LayoutRecord} LayoutRecord */

/**
 * Status, scores and passed quizzes never go down. An attempt that has ended is open again for the questions that
 * are to be answered anew.
 * @param {CourseState} state
 * @param {Layout} before
 * @param {Layout} now
 * @param {'retry' | 'keep'} policy
 * @returns {{state: CourseState, changes: Changes}}
 */
export function carry(state, before, now, policy) {
  /** @type {Changes} */
  const changes = { layout: before.id, steps: [], activities: [], removed: [], answers: [], cut: [] }
  const there = (/** @type {number} */ n) => now.records.has(n)
  /** What the LMS was told of it still holds: another type or right answer needs an entry of its own. @param {number} n */
  const sameQuestion = (n) => {
    const [was, record] = [before.records.get(n), now.records.get(n)]
    return now.reported.includes(n) && was?.kind === record?.kind && was?.version === record?.version
  }
  /** @type {CourseState} */
  const carried = {
    ...state,
    location: there(state.location) ? state.location : 0,
    seen: new Set([...state.seen].filter(there)),
    questions: new Map(),
    quizzes: new Map(),
    reflections: new Map(),
    entries: new Map([...state.entries].filter(([n]) => sameQuestion(n))),
  }
  for (const [n, record] of now.records) {
    const was = before.records.get(n)
    if (!was) changes[record.kind === 's' ? 'steps' : 'activities'].push(n)
    const question = state.questions.get(n)
    const quiz = state.quizzes.get(n)
    const reflection = state.reflections.get(n)
    if (question && was) {
      const kept = carryQuestion(question, was, record, policy, state.quizzes.get(record.quiz)?.phase === 'finished')
      keep(carried, n, kept)
      if (question.submitted && !kept.submitted) changes.answers.push(n)
    }
    if (quiz) {
      const pool = now.pools.get(n) ?? []
      carried.quizzes.set(n, { ...quiz, drawn: quiz.drawn.filter((m) => pool.some((item) => item.n === m)).slice(0, record.size) })
    }
    if (reflection) {
      const text = record.size ? clipped(reflection.text, record.size) : reflection.text
      carried.reflections.set(n, { ...reflection, text })
      if (text !== reflection.text) changes.cut.push(n)
    }
  }
  for (const n of changes.answers) {
    const { quiz: owner } = /** @type {LayoutRecord} */ (now.records.get(n))
    const quiz = carried.quizzes.get(owner)
    if (quiz?.phase === 'finished' && before.records.get(n)?.quiz === owner) carried.quizzes.set(owner, { ...quiz, phase: 'running' })
  }
  changes.removed = [...before.records.keys()].filter((n) => !there(n))
  return { state: carried, changes }
}

/**
 * A changed right answer asks anew, unless the policy is to keep. A submitted answer that lost a part asks anew
 * too, unless the verdict is `fixed` in a finished quiz. What was only begun stays.
 * @param {QuestionState} state
 * @param {LayoutRecord} before
 * @param {LayoutRecord} now
 * @param {'retry' | 'keep'} policy
 * @param {boolean} fixed
 * @returns {QuestionState}
 */
function carryQuestion(state, before, now, policy, fixed) {
  const anew = { response: null, submitted: false, tries: 0, share: null }
  if (before.kind !== now.kind) return anew
  const response = carryResponse(state.response, before, now)
  const changed = before.version !== now.version
  if (!state.submitted) return { ...anew, response, tries: changed ? 0 : Math.min(state.tries, now.tries) }
  if (policy === 'retry' && (changed || (parts(response) < parts(state.response) && !fixed))) return anew
  const share = Math.floor(((state.share ?? 0) * now.units) / (before.units || 1))
  return { response, submitted: true, tries: now.tries ? Math.min(state.tries, now.tries) : 1, share }
}

/** How many parts of an answer there are. @param {Response} response */
const parts = (response) => (Array.isArray(response) ? response.filter(Boolean).length : Number(response !== null))

/** @param {Response} response @param {LayoutRecord} before @param {LayoutRecord} now @returns {Response} */
function carryResponse(response, before, now) {
  if (typeof response === 'number') return now.parts.includes(response) ? response : null
  if (typeof response === 'string') return clipped(response, now.size) || null
  if (!Array.isArray(response)) return response
  const list = /** @type {any[]} */ (response)
  if (now.kind === 'm') return some(list.filter((n) => now.parts.includes(n)))
  if (now.kind === 'o') return list.length === now.parts.length && list.every((n) => now.parts.includes(n)) ? list : null
  const given = (/** @type {number} */ n) => list[before.parts.indexOf(n)]
  if (now.kind === 'g') return some(now.parts.map((n) => clipped(given(n) ?? '', now.size)))
  const right = (/** @type {number} */ n) => before.rights[before.parts.indexOf(given(n))]
  return some(now.parts.map((n) => now.parts[now.rights.indexOf(right(n))] ?? 0))
}
