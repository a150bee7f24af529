/**
 * Where a learner stands: what is done, completed, passed, the score, and what is still to do. Pure: from
 * the course's rules and the saved state, nothing else. `standing.py` holds the same.
 *
 * @typedef {import('./contract').LaunchConfig} LaunchConfig
 * @typedef {import('./contract').CourseState} CourseState
 * @typedef {import('./contract').QuizConfig} QuizConfig
 * @typedef {import('./contract').QuizState} QuizState
 * @typedef {import('./contract').QuestionState} QuestionState
 * @typedef {import('./contract').Standing} Standing
 * @typedef {Pick<LaunchConfig, 'steps' | 'quizzes' | 'activities' | 'completion' | 'passRule'>} Rules
 */

import { NOTHING, fraction, plus, rounded, times, whole } from './numbers.js'

/**
 * A step is done when it was seen, its practice questions are answered, and the quizzes and reflections in it
 * that completion asks for are done. Completion asks for none in an optional step, unless the author listed
 * that step. What was once completed or passed stays so.
 * @param {Rules} config
 * @param {CourseState} state
 * @returns {Standing}
 */
export function standing(config, state) {
  const { completion } = config
  const asked = allAsked(config, state)
  const open = asked.filter((item) => !item.met)
  const undone = new Set(open.map((item) => item.step))
  const stepsDone = new Set(config.steps.map((step) => step.n).filter((n) => !undone.has(n)))
  const stepsRequiredDone = completion.steps.filter((n) => stepsDone.has(n)).length
  const more = stepsRequiredDone < completion.atLeast
  const todo = open.filter((item) => item.kind !== 'step' || (more && completion.steps.includes(item.n)))
  const completed = state.completed || !todo.length
  const score = courseScore(config, state)
  const others = asked.filter((item) => item.kind !== 'step')
  const met = Math.min(stepsRequiredDone, completion.atLeast) + others.filter((item) => item.met).length
  return {
    stepsDone,
    stepsRequiredDone,
    completed,
    success: success(config, state, score),
    score: score === null ? null : { scaled: score / 10000, raw: score / 100 },
    progress: completed ? 1 : Math.floor((met * 10000) / (completion.atLeast + others.length)) / 10000,
    todo: completed ? [] : todo.map(({ kind, n, step }) => ({ kind, n, step })),
  }
}

/**
 * All that is asked in some way, step by step in the order of the page's kinds, and whether it is done.
 * @param {Rules} config
 * @param {CourseState} state
 * @returns {(Standing['todo'][0] & {met: boolean})[]}
 */
function allAsked({ steps, quizzes, activities, completion }, state) {
  const practised = (/** @type {number} */ step) =>
    activities.every((one) => one.kind !== 'practice' || one.step !== step || state.questions.get(one.n)?.submitted)
  const quizMet = (/** @type {QuizState | undefined} */ quiz) =>
    completion.quizzes === 'passed' ? quiz?.passed : (quiz?.score ?? null) !== null
  return steps.flatMap(({ n: step, required }) => {
    const asks = required || completion.steps.includes(step)
    const here = (/** @type {{step: number}} */ one) => asks && one.step === step
    const tests = completion.quizzes === 'none' ? [] : quizzes.filter(here)
    const writings = completion.reflections === 'optional' ? [] : activities.filter((one) => one.kind === 'reflection' && here(one))
    return [
      { kind: /** @type {const} */ ('step'), n: step, step, met: state.seen.has(step) && practised(step) },
      ...tests.map(({ n }) => ({ kind: /** @type {const} */ ('quiz'), n, step, met: !!quizMet(state.quizzes.get(n)) })),
      ...writings.map(({ n }) => ({ kind: /** @type {const} */ ('reflection'), n, step, met: !!state.reflections.get(n)?.submitted })),
    ]
  })
}

/**
 * The course's score in ten-thousandths, or null before an attempt that counts has ended.
 * @param {Rules} config
 * @param {CourseState} state
 */
export function courseScore(config, state) {
  let earned = NOTHING
  let possible = NOTHING
  let begun = false
  for (const quiz of config.quizzes.filter((one) => one.counted)) {
    const score = state.quizzes.get(quiz.n)?.score ?? null
    const weight = possiblePoints(quiz)
    begun ||= score !== null
    possible = plus(possible, weight)
    earned = plus(earned, times(weight, score ?? 0))
  }
  return begun && possible[0] ? rounded(whole(earned, possible)) : null
}

/**
 * Whether an attempt at each quiz that counts and can earn points has ended.
 * @param {Rules} config
 * @param {CourseState} state
 */
export const allTaken = (config, state) =>
  config.quizzes.every((quiz) => !quiz.counted || !possiblePoints(quiz)[0] || (state.quizzes.get(quiz.n)?.score ?? null) !== null)

/**
 * The points that an attempt at the quiz can earn; of a pool with unequal points, the mean of a draw.
 * @param {QuizConfig} quiz
 */
function possiblePoints(quiz) {
  let sum = NOTHING
  quiz.questions.forEach((n, i) => {
    const points = fraction(quiz.points[i])
    sum = plus(sum, quiz.pool.includes(n) ? times(points, quiz.draw, quiz.pool.length) : points)
  })
  return sum
}

/**
 * Failed only when no quiz that counts can raise the score any more.
 * @param {Rules} config
 * @param {CourseState} state
 * @param {number | null} score
 * @returns {Standing['success']}
 */
function success(config, state, score) {
  if (state.success === 'passed') return 'passed'
  if (config.passRule === null || score === null) return 'unknown'
  if (score >= config.passRule.score) return 'passed'
  const canRise = config.quizzes.some((quiz) => quiz.counted && possiblePoints(quiz)[0] && canRaise(quiz, state.quizzes.get(quiz.n)))
  return canRise ? 'unknown' : 'failed'
}

/**
 * @param {QuizConfig} quiz
 * @param {QuizState | undefined} state
 */
function canRaise(quiz, state) {
  if (!state || state.score === null) return true
  return quiz.counts !== 'first' && state.score < 1e6 && (state.phase === 'running' || attemptsLeft(quiz, state) > 0)
}

/* ---- one quiz ------------------------------------------------------------------------------------ */

/**
 * Attempts that were not begun yet; Infinity where there is no limit.
 * @param {QuizConfig} quiz
 * @param {QuizState | undefined} state
 */
export function attemptsLeft(quiz, state) {
  return !quiz.attempts ? Infinity : Math.max(0, quiz.attempts - (state?.attempt ?? 0))
}

/**
 * The questions of the current attempt: the quiz's own, and those drawn.
 * @param {QuizConfig} quiz
 * @param {QuizState | undefined} state
 */
export function asked(quiz, state) {
  return quiz.questions.filter((n) => !quiz.pool.includes(n) || state?.drawn.includes(n))
}

/**
 * The score that counts after one more attempt, in millionths.
 * @param {QuizConfig} quiz
 * @param {number | null} before
 * @param {number} attempt
 */
export function nextQuizScore(quiz, before, attempt) {
  if (before === null || quiz.counts === 'last') return attempt
  return quiz.counts === 'best' ? Math.max(before, attempt) : before
}

/**
 * The state of a quiz whose running attempt ends with a score in millionths. Passed stays passed.
 * @param {QuizConfig} quiz
 * @param {QuizState} state
 * @param {number} attempt
 * @returns {QuizState}
 */
export function ended(quiz, state, attempt) {
  const score = nextQuizScore(quiz, state.score, attempt)
  const reached = quiz.passScore !== null && rounded(score) >= quiz.passScore
  return { ...state, phase: 'finished', score, passed: state.passed || reached }
}

/**
 * Whether a new attempt asks a question again that earned `right` of `of` units.
 * @param {QuizConfig} quiz
 * @param {number | null} right
 * @param {number} of
 */
export function asksAgain(quiz, right, of) {
  return quiz.retry === 'all' || right !== of
}

/**
 * Whether verdicts and feedback may be shown now.
 * @param {QuizConfig} quiz
 * @param {QuizState | undefined} state
 */
export function mayTell(quiz, state) {
  return quiz.feedback === 'now' || (quiz.feedback === 'end' && state?.phase === 'finished')
}

/**
 * Whether the right answers may be shown.
 * @param {QuizConfig} quiz
 * @param {QuizState | undefined} state
 */
export function mayReveal(quiz, state) {
  if (quiz.reveal === 'after-pass') return state?.passed === true
  if (quiz.reveal === 'after-last') return state?.phase === 'finished' && attemptsLeft(quiz, state) === 0
  return quiz.reveal === 'always'
}
