/** The page meets the session: what has happened since the last visit, how saving goes, the way out. */

import { given, right } from './answers.js'
import { all, listen, make, one } from './dom.js'
import { saveLine } from './notices.js'
import { player } from './player.js'
import { quizState } from './quiz.js'
import { resultOf, units } from './score.js'
import { mayReveal, mayTell } from './standing.js'

/** @typedef {import('./contract.d.ts').Kit} Kit */
/** @typedef {import('./words.js').Say} Say */
/** @typedef {typeof tools} Tools */

/** What printing shares with the page. */
const tools = { all, make, one, given, right, mayReveal, mayTell, quizState, resultOf, units }

/** Brings the page to life. @param {Kit} kit */
export async function begin(kit) {
  const { session, opening, restored, changes, emit, notice } = kit
  const live = player(kit)
  const { say } = live.page
  let finished = false
  const resumed = restored && kit.state.location > 0
  if (opening.mode !== 'normal') notice('review', say('notice.' + opening.mode))
  if (opening.ended) notice('lost', say('notice.lost'))
  if (changes) notice('changed', changed(changes, say))
  if (opening.state && !restored) notice('changed', say('notice.unreadable'))
  emit(restored ? 'course.resumed' : 'course.opened', { launch: { mode: opening.mode } })
  const { location } = kit.state
  await live.begin(resumed)
  if (resumed && live.steps.here().n === location) notice('resumed', say('notice.resumed', { step: live.steps.here().title }))
  session.setRecorder(live.record)
  follow(live)
  offerPrinting(live)

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
 * @param {Say} say
 */
function changed({ answers, steps, activities, removed, cut }, say) {
  const count = answers.length
  if (count) return say('notice.changed-answers', { count })
  return [steps, activities, removed, cut].flat().length ? say('notice.changed') : ''
}

/**
 * Tells how saving goes, and freezes the page once nothing is kept any more.
 * @param {ReturnType<typeof player>} live
 */
function follow({ page, refresh }) {
  const { session, opening, emit, notice, say } = page
  const tell = saveLine(say, session.retry)
  session.onState((state, { kept, lost }) => {
    tell(state)
    if (state === 'local') notice('local', say(kept ? 'notice.local' : 'notice.local-blocked'))
    notice('readonly', state === 'readonly' && opening.mode === 'normal' && !lost ? say('notice.readonly') : '')
    if (lost) notice('lost', say('notice.lost'))
    if (state === 'unsaved') emit('error.raised', { error: { code: 'not-saved' } })
    if (state === 'readonly' || state === 'closed') refresh()
  })
}

/**
 * The buttons that print and save; their script comes once all steps are there, or when it is wanted.
 * @param {ReturnType<typeof player>} live
 */
function offerPrinting({ page, complete, preload }) {
  const { bring, notice, printer, retryNow, say } = page
  let wanted = false
  const script = () => bring('print', printer, () => wanted && notice('print', say('notice.missing')))
  for (const button of all(document, '#print-course,#print-answers,#save-answers')) {
    button.hidden = false
    listen(button, 'click', async () => {
      wanted = true
      retryNow()
      ;(await script())(page, complete, tools)[button.id]()
    })
  }
  preload().then(script)
}
