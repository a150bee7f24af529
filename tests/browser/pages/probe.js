/** The session and a driver on a page of their own: tests say through `probe` what a player would. */

import * as drivers from 'driver'
import { createSession } from '../../../src/coursepack/runtime/session.js'

const peek = (text) => {
  const found = /^1p([0-9a-f]{8})([0-9a-f]{8})/.exec(text)
  return found && { token: parseInt(found[1], 16), counter: parseInt(found[2], 16) }
}
const hex = (number) => number.toString(16).padStart(8, '0')
const safe = (text) => btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
const plain = (text) => atob(text.replace(/-/g, '+').replace(/_/g, '/'))

const driver = (drivers.scorm12 ?? drivers.scorm2004 ?? drivers.web)()
const session = createSession({ driver, courseId: 'https://learning.example.org/courses/probe', peek })
const states = []
const heard = new Map()
let held = { token: Math.floor(Math.random() * 2 ** 31), words: '', entries: [], record: {} }
session.onState((state, detail) => states.push([state, detail.since && detail.since.toISOString(), detail.kept]))

window.probe = {
  session,
  states,
  opening: null,
  words: () => held.words,
  state: () => states[states.length - 1][0],
  /** An answer: the words of the state, more of the record, and a choice with an index for an option. */
  change(words, { record = {}, answer, urgent = true } = {}) {
    held.words = words
    Object.assign(held.record, record)
    if (answer) heard.set(answer.n, interaction(answer))
    session.save({ urgent })
  }
}

function interaction({ n, response }) {
  const options = [1, 2, 3].map((k) => ({ n: k, id: `option_${k}`, text: `Option ${k}`, right: k === 2 }))
  const question = { n, id: `q${n}`, type: 'choice', text: 'Which one?', points: 1, attempts: 1, shuffle: false, quiz: 1, max: 40, scored: true, options }
  const right = response === 2
  return { n, question, reflection: null, response, verdict: { result: right ? 'correct' : 'incorrect', share: Number(right), earned: Number(right) }, shown: new Date(), latency: 1234 }
}

session.open().then((opening) => {
  probe.opening = opening
  if (peek(opening.state)) held = { ...JSON.parse(plain(opening.state.slice(18))), token: peek(opening.state).token }
  const entries = new Map(held.entries)
  session.setRecorder(() => ({
    encode(counter, entries) {
      const { words, record } = held
      return `1p${hex(held.token)}${hex(counter)}${safe(JSON.stringify({ words, record, entries: [...entries] }))}`
    },
    location: 'intro', completion: 'incomplete', success: 'unknown', score: null, progress: 0.5, graded: true, ...held.record,
    entries, interactions: [...heard.values()]
  }))
})
