/** The way in: opens the LMS at once, and sends for the course and the page. */

import { emit, on, remember } from './events.js'
import { load, parcels, retryNow } from './loading.js'
import { notice } from './notice.js'
import { createSession } from './session.js'
import { browserStorage, fingerprint } from './storage.js'

/** @typedef {import('./contract.d.ts').LaunchConfig} LaunchConfig */
/** @typedef {typeof import('./arrival.js') & typeof import('./progress.js')} Saved */

/**
 * Runs a course through a driver. The page's own script tag names the other scripts (`data-course`, `data-state`,
 * `data-player`, `data-print`, perhaps `data-hooks` and `data-table`) and holds the sentence for a course that cannot be loaded
 * (`data-lost`), since all other words come with the course.
 * @param {import('./contract.d.ts').Driver} driver
 */
export async function start(driver) {
  const names = /** @type {Record<string, string>} */ (/** @type {HTMLElement} */ (document.currentScript).dataset)
  const { takers, bring } = parcels(['course', 'state', 'player', 'print', 'hooks', 'speak', 'layouts', 'carry'])
  Object.assign(window, { coursepack: Object.assign(takers, { on }) })
  const need = (/** @type {string} */ name, src = names[name]) => bring(name, src, () => notice('lost', names.lost))

  /** @type {Promise<[LaunchConfig, Saved]>} */
  const coming = Promise.all([need('course'), need('state')])
  /** @type {Saved} */
  let saved
  const courseId = coming.then(([{ course }, codec]) => ((saved = codec), course.id))
  const begin = need('player')
  const session = createSession({ driver, courseId, peek: (text) => saved.peek(text) })
  const opening = await session.open()
  const [course, { encode, marked, restore }] = await coming
  const config = marked(course, opening.mastery)
  const before = await restore(config, opening.state, need)
  const run = await begin
  const kit = /** @type {import('./contract.d.ts').Kit} */ ({
    ...before, config, session, opening, takers, load, bring, retryNow, encode, emit, notice, fingerprint,
    storage: browserStorage(window),
    printer: names.print,
    outlet: driver.outlet?.() ?? null,
  })
  if (names.hooks) {
    const witness = remember()
    const fetched = (/** @type {string} */ name, src = names.hooks) => bring(name, src, () => {})
    fetched('hooks', names.table).then((table) => fetched('speak').then((speak) => speak(kit, table, witness)))
  }
  notice('lost', '')
  run(kit)
}
