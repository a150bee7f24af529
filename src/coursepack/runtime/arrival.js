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
    passRule: { score, quizzes: passRule?.quizzes ?? quizzes.filter((quiz) => quiz.counted).map((quiz) => quiz.n) },
    quizzes: quizzes.map((quiz) => (quiz.counted && quiz.passScore === was ? { ...quiz, passScore: score } : quiz)),
  }
}

/**
 * The saved state, read with the present layout, or with an earlier one that is loaded only then.
 * @param {LaunchConfig} config
 * @param {string} text
 * @param {(name: string, src: string) => Promise<any>} bring
 * @returns {Promise<Pick<import('./contract.d.ts').Kit, 'restored' | 'state' | 'changes'>>}
 */
export async function restore({ layout, older, resume }, text, bring) {
  let found = decode(text, layout)
  if (!found && text && older) {
    const layouts = await bring('layouts', older)
    found = decode(text, layout, layouts, resume.changed, await bring('carry', older))
  }
  return { restored: !!found, ...(found ?? { state: blank(), changes: null }) }
}
