/** The way in: opens the LMS at once, sends for the course and the page's script, reads what was saved. */

import { emit, on, remember } from './events.js'
import { load, parcels, retryNow } from './loading.js'
import { notice } from './notice.js'
import { blank, decode, encode, peek } from './progress.js'
import { createSession } from './session.js'
import { browserStorage, fingerprint } from './storage.js'

/** @typedef {import('./contract.d.ts').LaunchConfig} LaunchConfig */

/**
 * Runs a course through a driver. The page's own script tag names the other scripts (`data-course`, `data-player`,
 * `data-print`, perhaps `data-hooks`) and holds the sentence for a course that cannot be loaded (`data-lost`), since
 * all other words come with the course.
 * @param {import('./contract.d.ts').Driver} driver
 */
export async function start(driver) {
  const { course = '', player = '', print = '', hooks = '', lost = '' } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset
  const { takers, bring } = parcels(['course', 'player', 'print', 'hooks', 'layouts', 'carry'])
  Object.assign(window, { coursepack: Object.assign(takers, { on }) })
  const failed = () => notice('lost', lost)

  /** @type {Promise<LaunchConfig>} */
  const coming = bring('course', course, failed)
  const begin = bring('player', player, failed)
  const session = createSession({ driver, courseId: coming.then((config) => config.course.id), peek })
  const opening = await session.open()
  const config = marked(await coming, opening.mastery ?? null)
  const found = await restored(config, opening.state)
  const run = await begin
  const kit = /** @type {import('./contract.d.ts').Kit} */ ({
    config, session, opening, takers, load, bring, retryNow, encode, emit, notice, fingerprint,
    restored: !!found,
    state: found?.state ?? blank(),
    changes: found?.changes ?? null,
    storage: browserStorage(window),
    printer: print,
    outlet: driver.outlet?.() ?? null,
  })
  if (hooks) {
    const witness = remember()
    bring('hooks', hooks, () => {}).then((listen) => listen(kit, witness))
  }
  notice('lost', '')
  run(kit)

  /**
   * The course by the pass mark of the launch: for the whole, and for each quiz that had the course's own mark.
   * @param {LaunchConfig} config
   * @param {number | null} mastery 0 to 1
   * @returns {LaunchConfig}
   */
  function marked(config, mastery) {
    if (mastery === null) return config
    const score = Math.ceil(mastery * 10000 - 1e-6)
    const { passRule, quizzes } = config
    const was = passRule?.score ?? null
    return {
      ...config,
      passRule: { score, quizzes: passRule?.quizzes ?? quizzes.filter((quiz) => quiz.counted).map((quiz) => quiz.n) },
      quizzes: quizzes.map((quiz) => (quiz.counted && quiz.passScore === was ? { ...quiz, passScore: score } : quiz))
    }
  }

  /**
   * The saved state, read with the present layout, or with an earlier one that is loaded only then.
   * @param {LaunchConfig} config
   * @param {string} text
   */
  async function restored({ layout, older, resume }, text) {
    const read = decode(text, layout)
    if (read || !text || !older) return read
    const layouts = await bring('layouts', older, failed)
    return decode(text, layout, layouts, resume.changed, await bring('carry', older, failed))
  }
}
