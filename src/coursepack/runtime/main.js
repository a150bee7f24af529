/** The way in: opens the LMS at once, loads the course, reads what was saved, hands over to the player. */

import { listen, one } from './dom.js'
import { emit } from './events.js'
import { load } from './loading.js'
import { announcer, notice, saveLine } from './notices.js'
import { player } from './player.js'
import { printing } from './printing.js'
import { blank, decode, peek } from './progress.js'
import { createSession } from './session.js'
import { catalogueLanguage, speaker } from './words.js'

/** @typedef {import('./contract.d.ts').LaunchConfig} LaunchConfig */
/** @typedef {import('./contract.d.ts').SessionOpening} SessionOpening */
/** @typedef {Record<string, import('./contract.d.ts').LayoutJson>} Layouts */
/** @typedef {{config?: LaunchConfig, layouts?: Layouts, live?: ReturnType<typeof player>}} Arrived */

/**
 * Runs a course through a driver. The page's own script tag names the course (`data-course`) and holds the sentence
 * for a course that cannot be loaded (`data-lost`), since all other words come with it.
 * @param {import('./contract.d.ts').Driver} driver
 */
export async function start(driver) {
  const { course = '', lost = '' } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset
  /** @type {Arrived} */
  const arrived = {}
  /** @type {(id: string) => void} */
  let named = () => {}
  /** @type {Promise<string>} */
  const courseId = new Promise((resolve) => (named = resolve))
  Object.assign(window, {
    coursepack: {
      course(/** @type {LaunchConfig} */ value) {
        arrived.config = value
        named(value.course.id)
      },
      step: (/** @type {import('./contract.d.ts').StepData} */ value) => arrived.live?.add(value),
      layouts: (/** @type {Layouts} */ value) => (arrived.layouts = value),
    },
  })
  const session = createSession({ driver, courseId, peek })
  const opened = session.open()
  await load(course, () => !!arrived.config, () => notice('lost', lost))
  notice('lost', '')
  await begin(session, await opened, arrived)
}

/**
 * @param {import('./contract.d.ts').Session} session
 * @param {SessionOpening} opening
 * @param {Arrived} arrived
 */
async function begin(session, opening, arrived) {
  const config = /** @type {LaunchConfig} */ (arrived.config)
  const say = speaker(config.words, catalogueLanguage(config))
  const read = await restored(config, opening.state, arrived, say)
  const state = read?.state ?? blank()
  let finished = false
  const live = (arrived.live = player({
    config, state, say,
    announce: announcer(),
    learner: opening.learner.id,
    local: !opening.connected,
    renewed: new Set(read?.changes?.answers),
    frozen: () => session.readonly && opening.mode !== 'browse',
    save: (how) => session.save(how),
  }))
  const resumed = !!read && state.location > 0
  if (opening.mode !== 'normal') notice('review', say('notice.' + opening.mode))
  if (opening.ended) notice('lost', say('notice.lost'))
  if (read?.changes) notice('changed', changed(read.changes, say))
  if (opening.state && !read) notice('changed', say('notice.unreadable'))
  emit(read ? 'course.resumed' : 'course.opened', { launch: { mode: opening.mode } })
  await live.begin(resumed)
  if (resumed) notice('resumed', say('notice.resumed', { step: live.steps.here().title }))
  session.setRecorder(() => live.record())
  follow(session, opening, live, say)
  printing(live.page, live.complete)

  const leave = one(document, '#exit')
  leave.hidden = !session.leads
  listen(leave, 'click', () => {
    finished = true
    live.leave('course.exited')
    session.close()
  })
  addEventListener('pagehide', () => finished || live.leave('course.suspended'), { capture: true })
}

/**
 * One sentence on what became of a state that an earlier version of the course has written.
 * @param {import('./contract.d.ts').Changes} changes
 * @param {import('./words.js').Say} say
 */
function changed(changes, say) {
  const count = changes.answers.length
  if (count) return say('notice.changed-answers', { count })
  return [changes.steps, changes.activities, changes.removed, changes.cut].some((list) => list.length) ? say('notice.changed') : ''
}

/**
 * The saved state, read with the present layout, or with an earlier one that is loaded only then.
 * @param {LaunchConfig} config
 * @param {string} text
 * @param {Arrived} arrived
 * @param {import('./words.js').Say} say
 */
async function restored({ layout, older, resume }, text, arrived, say) {
  if (!text) return null
  const read = decode(text, layout, {}, resume.changed)
  if (read || !older) return read
  await load(older, () => !!arrived.layouts, () => notice('lost', say('notice.missing')))
  notice('lost', '')
  return decode(text, layout, arrived.layouts ?? {}, resume.changed)
}

/**
 * Tells how saving goes, and freezes the page once nothing is kept any more.
 * @param {import('./contract.d.ts').Session} session
 * @param {SessionOpening} opening
 * @param {ReturnType<typeof player>} live
 * @param {import('./words.js').Say} say
 */
function follow(session, opening, live, say) {
  const tell = saveLine(say, () => session.retry())
  session.onState((state, detail) => {
    tell(state)
    if (state === 'local') notice('local', say(detail.kept ? 'notice.local' : 'notice.local-blocked'))
    notice('readonly', state === 'readonly' && live.page.frozen() && opening.mode === 'normal' ? say('notice.readonly') : '')
    if (state === 'unsaved') emit('error.raised', { error: { code: 'not-saved' } })
    if (state === 'readonly' || state === 'closed') live.refresh()
  })
}
