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

import { fraction, plus, rounded, times } from './numbers.js'

const FULL = 1000000

/**
 * A step is done when it was seen, its practice questions are answered, and the quizzes and reflections in it
 * that completion asks for are done. Completion asks for none in an optional step, unless the author listed
 * that step. What was once completed or passed stays so.
 * @param {Rules} config
 * @param {CourseState} state
 * @returns {Standing}
 */
export function standing(config, state) {
  const { steps: counting, atLeast } = config.completion
  const open = config.steps.flatMap((step) => openIn(config, state, step.n))
  const undone = new Set(open.map((item) => item.step))
  const stepsDone = new Set(config.steps.map((step) => step.n).filter((n) => !undone.has(n)))
  const stepsRequiredDone = counting.filter((n) => stepsDone.has(n)).length
  const more = stepsRequiredDone < atLeast
  const todo = open.filter((item) => item.kind !== 'step' || (more && counting.includes(item.n)))
  const completed = state.completed || todo.length === 0
  const score = courseScore(config, state)
  return {
    stepsDone,
    stepsRequiredDone,
    completed,
    success: success(config, state, score),
    score: score === null ? null : { scaled: score / 10000, raw: score / 100 },
    progress: completed ? 1 : progress(config, Math.min(stepsRequiredDone, atLeast), todo),
    todo: completed ? [] : todo,
  }
}

/**
 * What is open in one step, in the order of the page's kinds.
 * @param {Rules} config
 * @param {CourseState} state
 * @param {number} step
 * @returns {Standing['todo']}
 */
function openIn(config, state, step) {
  const practised = config.activities
    .filter((one) => one.kind === 'practice' && one.step === step)
    .every((one) => state.questions.get(one.n)?.submitted)
  /** @type {Standing['todo']} */
  const open = state.seen.has(step) && practised ? [] : [{ kind: 'step', n: step, step }]
  for (const { n } of askedQuizzes(config).filter((quiz) => quiz.step === step)) {
    const quiz = state.quizzes.get(n)
    const met = config.completion.quizzes === 'passed' ? quiz?.passed : isEnded(quiz)
    if (!met) open.push({ kind: 'quiz', n, step })
  }
  for (const { n } of askedReflections(config).filter((reflection) => reflection.step === step)) {
    if (!state.reflections.get(n)?.submitted) open.push({ kind: 'reflection', n, step })
  }
  return open
}

/** @param {Rules} config */
function askedQuizzes(config) {
  return config.completion.quizzes === 'none' ? [] : config.quizzes.filter((quiz) => asksOf(config, quiz.step))
}

/** @param {Rules} config */
function askedReflections(config) {
  if (config.completion.reflections === 'optional') return []
  return config.activities.filter((one) => one.kind === 'reflection' && asksOf(config, one.step))
}

/**
 * @param {Rules} config
 * @param {number} n
 */
function asksOf(config, n) {
  return config.completion.steps.includes(n) || config.steps.some((step) => step.n === n && step.required)
}

/**
 * The share of what completion asks for, cut to four decimals.
 * @param {Rules} config
 * @param {number} steps how many of the steps that must be done are
 * @param {Standing['todo']} todo
 */
function progress(config, steps, todo) {
  const others = askedQuizzes(config).length + askedReflections(config).length
  const met = others - todo.filter((item) => item.kind !== 'step').length
  return Math.floor(((steps + met) * 10000) / (config.completion.atLeast + others)) / 10000
}

/**
 * The course's score in ten-thousandths, or null before an attempt that counts has ended.
 * @param {Rules} config
 * @param {CourseState} state
 */
export function courseScore(config, state) {
  /** @type {import('./numbers.js').Fraction} */
  let earned = [0n, 1n]
  let possible = earned
  let begun = false
  for (const quiz of config.quizzes.filter((one) => one.counted)) {
    const score = state.quizzes.get(quiz.n)?.score ?? null
    const weight = possiblePoints(quiz)
    begun = begun || score !== null
    possible = plus(possible, weight)
    earned = plus(earned, times(weight, score ?? 0))
  }
  if (!begun || possible[0] === 0n) return null
  return rounded(Number((earned[0] * possible[1]) / (earned[1] * possible[0])))
}

/**
 * The points that an attempt at the quiz can earn; of a pool with unequal points, the mean of a draw.
 * @param {QuizConfig} quiz
 */
function possiblePoints(quiz) {
  /** @type {import('./numbers.js').Fraction} */
  let sum = [0n, 1n]
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
  const counted = config.quizzes.filter((quiz) => quiz.counted && possiblePoints(quiz)[0] !== 0n)
  return counted.some((quiz) => canRaise(quiz, state.quizzes.get(quiz.n))) ? 'unknown' : 'failed'
}

/**
 * @param {QuizConfig} quiz
 * @param {QuizState | undefined} state
 */
function canRaise(quiz, state) {
  if (state === undefined || state.score === null) return true
  if (quiz.counts === 'first' || state.score === FULL) return false
  return state.phase === 'running' || attemptsLeft(quiz, state) > 0
}

/* ---- one quiz ------------------------------------------------------------------------------------ */

/**
 * Attempts that were not begun yet; Infinity where there is no limit.
 * @param {QuizConfig} quiz
 * @param {QuizState | undefined} state
 */
export function attemptsLeft(quiz, state) {
  return quiz.attempts === 0 ? Infinity : Math.max(0, quiz.attempts - (state?.attempt ?? 0))
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

/** @param {QuizState | undefined} state */
function isEnded(state) {
  return state !== undefined && state.score !== null
}
