/** One page of a course above a session, its clock, and the LMS that it meets again. */

import { beforeEach } from 'node:test'
import { scorm12 } from '../../src/coursepack/runtime/drivers/scorm12.js'
import { scorm2004 } from '../../src/coursepack/runtime/drivers/scorm2004.js'
import { web } from '../../src/coursepack/runtime/drivers/web.js'
import { createSession } from '../../src/coursepack/runtime/session.js'
import { createClock, createDisk, createLms, createView } from './lms.mjs'

const DRIVERS = { scorm12, scorm2004, web }
export const COURSE = 'https://learning.example.org/courses/a'

/** A stand-in for the format of progress.js: token, counter and a text that changes. */
export const peek = (text) => {
  const found = /^T(\d+)-(\d+)-/.exec(text)
  return found && { token: Number(found[1]), counter: Number(found[2]) }
}

export let clock
beforeEach(() => (clock = createClock()))

/** One page of the course: `course.text` and `more` are what the player would change. */
export function createPage(lms, { edition = 'scorm12', disk = createDisk(), url, token = 7, own = {}, courseId = COURSE } = {}) {
  const above = lms ? createView({ own: { [lms.name]: lms.bridge } }) : undefined
  const view = createView({ above, url, own: { localStorage: disk, BroadcastChannel: undefined, ...own } })
  const states = []
  const course = { text: 'new', token, more: {} }
  const driver = DRIVERS[edition]({ view, now: clock.now, later: (run, ms) => clock.schedule(run, ms) })
  const session = createSession({ driver, courseId, peek, clock, schedule: clock.schedule, view })
  session.onState((state, detail) => states.push([state, detail]))
  const record = () => ({
    encode: (counter) => `T${course.token}-${counter}-${course.text}`, location: 'intro', completion: 'incomplete', success: 'unknown', score: null,
    progress: 0, graded: true, entries: new Map(), interactions: [], ...course.more
  })
  const page = {
    view, session, course, disk,
    get state() { return states.at(-1)?.[0] },
    get detail() { return states.at(-1)?.[1] },
    states: () => states.map(([state]) => state),
    async open() {
      const opening = session.open()
      if (edition !== 'web' && !lms) await clock.pass(6000)
      page.opening = await opening
      const header = peek(page.opening.state)
      if (header) Object.assign(course, { token: header.token, text: page.opening.state.replace(/^T\d+-\d+-/, '') })
      session.setRecorder(record)
      return page
    },
    change(text, more = {}, how = { urgent: true }) {
      course.text = text
      Object.assign(course.more, more)
      session.save(how)
    },
    fire(name, more = {}) { view.dispatchEvent(Object.assign(new Event(name), more)) },
    hide() {
      view.document.visibilityState = 'hidden'
      view.document.dispatchEvent(new Event('visibilitychange'))
    },
    leave() { page.fire('pagehide', { persisted: false }) }
  }
  return page
}

/** The LMS of the next launch, holding what `lms` was told to keep. */
export function relaunch(edition, held) {
  const model = edition === 'scorm12' ? { 'cmi.core.entry': 'resume', ...held } : { 'cmi.entry': 'resume', ...held }
  return createLms(edition, { model })
}

export const commits = (lms) => lms.trace.filter(([method]) => method.endsWith('Commit')).length
export const held = (lms) => lms.get('cmi.suspend_data')
