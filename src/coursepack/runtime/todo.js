/** What is still to do, in words. */

/** @typedef {import('./contract.d.ts').CourseState} CourseState */
/** @typedef {import('./contract.d.ts').LaunchConfig} LaunchConfig */
/** @typedef {import('./contract.d.ts').Standing} Standing */

const LISTED = 3

/**
 * One sentence about all that completion still asks for. A step that is named for its quiz or reflection is not named
 * again for itself; more than three steps, or a free choice among them, become a number.
 * @param {Pick<LaunchConfig, 'steps' | 'completion' | 'activities' | 'passRule'>} config
 * @param {Pick<CourseState, 'seen' | 'questions'>} state
 * @param {Standing} now
 * @param {import('./words.js').Say} say
 */
export function todoWords({ steps, completion, activities, passRule }, state, now, say) {
  if (!now.todo.length) return say(passRule && now.success === 'unknown' ? 'todo.pass' : 'todo.none')
  const whole = now.todo.filter((item) => item.kind === 'step')
  const alone = whole.filter((item) => !now.todo.some((other) => other.kind !== 'step' && other.step === item.step))
  const needed = completion.atLeast - now.stepsRequiredDone - whole.length + alone.length
  const count = Math.min(needed, alone.length)
  const summed = alone.length > LISTED || count < alone.length
  const list = now.todo.filter((item) => item.kind !== 'step' || (!summed && alone.includes(item))).map((item) => {
    const index = steps.findIndex((step) => step.n === item.step)
    const n = index + 1
    if (item.kind === 'quiz') return say(completion.quizzes === 'passed' ? 'todo.quiz-pass' : 'todo.quiz', { n })
    if (item.kind === 'reflection') return say('todo.reflection', { n })
    if (!state.seen.has(item.step)) return say('todo.step', { n, step: steps[index].title })
    const open = activities.filter((one) => one.kind === 'practice' && one.step === item.step && !state.questions.get(one.n)?.submitted)
    return open.length > 1 ? say('todo.questions', { n, count: open.length }) : say('todo.question', { n })
  })
  if (summed && count > 0) list.unshift(say('todo.steps', { count }))
  return say('todo', { list: [...new Set(list)].join(say('todo.separator')) })
}
