/** What a launch finds: the course by the launch's own pass mark, and the state that was saved. */

import { blank, decode } from './progress.js'

/** @typedef {import('./contract.d.ts').LaunchConfig} LaunchConfig */

/**
 * The course by the pass mark of the launch: for the whole, and for each quiz that had the course's own mark.
 * @param {LaunchConfig} config
 * @param {number | null} [mastery] 0 to 1
 * @returns {LaunchConfig}
 */
export function marked(config, mastery = null) {
  if (mastery === null) return config
  const score = Math.ceil(mastery * 10000 - 1e-6)
  const { passRule, quizzes } = config
  const was = passRule?.score ?? null
  return {
    ...config,
    passRule: { quizzes: [], ...passRule, score },
    quizzes: quizzes.map((quiz) => (quiz.counted && quiz.passScore === was ? { ...quiz, passScore: score } : quiz)),
  }
}

/**
 * The saved state, read with the present layout, or with an earlier one that is loaded only then. Who has reached
 * a pass mark that was lowered since has passed.
 * @param {LaunchConfig} config
 * @param {string} text
 * @param {(name: string, src: string) => Promise<any>} bring
 * @returns {Promise<Pick<import('./contract.d.ts').Kit, 'restored' | 'state' | 'changes'>>}
 */
export async function restore({ layout, older, resume, quizzes }, text, bring) {
  let found = decode(text, layout)
  if (!found && text && older) {
    const layouts = await bring('layouts', older)
    found = decode(text, layout, layouts, resume.changed, await bring('carry', older))
  }
  const arrived = found ?? { state: blank(), changes: null }
  for (const { n, passScore } of quizzes) {
    const quiz = arrived.state.quizzes.get(n)
    if (quiz && (quiz.score ?? NaN) + 50 >= (passScore ?? NaN) * 100) quiz.passed = true
  }
  return { restored: !!found, ...arrived }
}
