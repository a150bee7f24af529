// @ts-check
/** The page: what the server shows, what the user chose, and the session that plays between them. */

import { byId, make, seldom } from './dom.js'
import { showBuild, showFindings } from './findings.js'
import { createOutbox } from './outbox.js'
import { createStored, createWeb, forgetCourse } from './others.js'
import { drawPanels } from './panels.js'
import { createScorm } from './scorm.js'
import { createSettings } from './settings.js'
import { createStage } from './stage.js'

const OWN = 'coursepack-preview '
const settings = createSettings(`${OWN}settings`)
const stage = createStage({ onClosed: () => ended('The window was closed.') })
const outbox = createOutbox({ isSource: stage.isSource, onChange: () => redraw() })

/** @type {any} what the server said last */
let show = null
/** @type {any} what plays, and the target that it was made for */
let player = null
/** @type {any} */
let staged = null
/** Address of the files that play, empty before the first launch. */
let playing = ''
/** Another target was chosen, and its first build is awaited. */
let switched = false
/** @type {string[]} */
let missing = []
/** Launches run one after the other. */
let chain = Promise.resolve()

const target = () => show?.targets.find((/** @type {any} */ one) => one.name === settings.value('target')) ?? show?.targets[0]
const page = () => target()?.launches.find((/** @type {any} */ one) => one.id === settings.value('item')) ?? target()?.launches[0]
const redraw = seldom(() => {
  if (!show || !target()) return
  drawPanels({ show, target: staged ?? target(), snapshot: player?.snapshot() ?? null, missing, posted: outbox.statements })
  byId('over').hidden = !player?.over() || playing === ''
})

/** @param {string} sentence */
const say = (sentence) => (byId('said').textContent = sentence)

/** The course is not on stage any more, and a click brings it back. @param {string} why */
function ended(why) {
  player?.end()
  const box = byId('elsewhere')
  box.hidden = false
  box.querySelector('p').textContent = why
  redraw()
}

/** @param {any} chosen the target @param {any} opened the page */
function makePlayer(chosen, opened) {
  const learner = { id: settings.value('learner') || 'learner-1', name: settings.value('name'), ...(settings.value('language') && { language: settings.value('language') }) }
  const common = {
    page: opened, base: settings.value('line') === 'slow' ? chosen.base.replace('/package/', '/slow/') : chosen.base, learner, launch: settings.launch(), line: settings.value('line'), onChange: () => redraw()
  }
  if (chosen.name.startsWith('scorm')) {
    const key = `${OWN}${JSON.stringify([show.course, chosen.name, opened.id, learner.id])}`
    return createScorm({ ...common, edition: chosen.name, key, profile: /** @type {any} */ (settings.value('profile') || 'strict') })
  }
  return chosen.name === 'web' ? createWeb(common) : createStored({ ...common, kind: chosen.name, course: show.course })
}

/**
 * Unloads what plays and opens the course again.
 * @param {{ before?: (player: any) => void, keepPlace?: boolean, say?: string }} [how] `before`: once the old page is gone
 */
async function launch({ before, keepPlace = false, say: sentence } = {}) {
  const chosen = target()
  const opened = page()
  if (!chosen?.base || !opened) return
  const top = keepPlace ? stage.top() : 0
  player?.leaving()
  await stage.leave()
  player?.end()
  await stage.move(settings.value('place'))
  if (settings.value('line') === 'lost') settings.set('line', 'ok')
  player = makePlayer(chosen, opened)
  staged = chosen
  before?.(player)
  outbox.clear()
  missing = []
  playing = chosen.base
  byId('gone').hidden = !opened.wrong
  byId('gone').textContent = opened.wrong ? `This page cannot be opened: ${opened.wrong}.` : ''
  byId('elsewhere').hidden = true
  stage.resize(settings.value('size'))
  byId('course').hidden = settings.value('place') === 'popup' || Boolean(opened.wrong)
  if (opened.wrong) return redraw()
  const url = await player.begin()
  if (stage.open(url, settings.value('size'))) {
    if (settings.value('place') === 'popup') Object.assign(byId('elsewhere'), { hidden: false }).querySelector('p').textContent = 'The course plays in a window of its own.'
    if (keepPlace) stage.keepPlace(top)
  } else ended('The browser opens a window only when you ask for it.')
  if (sentence) say(sentence)
  redraw()
}

/** @param {Parameters<typeof launch>[0]} [how] */
function relaunch(how) {
  chain = chain.then(() => launch(how)).catch((error) => {
    console.error(error)
    say(`The course cannot be opened: ${error.message}`)
    ended(`The course cannot be opened: ${error.message}`)
  })
  return chain
}

/** @param {any} next */
function receive(next) {
  const first = show === null
  show = next
  document.title = `${show.title || show.source} – preview`
  byId('title').textContent = show.title || show.source
  settings.offer(show)
  showBuild(show)
  showFindings(show)
  if (!target()?.base) {
    if (target()) listen()
    return redraw()
  }
  if (target().base !== playing) {
    playing = target().base
    relaunch({ keepPlace: !first, say: first ? '' : switched ? `Now plays as ${target().title}.` : 'The course was built again.' })
    switched = false
  }
  redraw()
}

/** @type {EventSource | null} */
let feed = null
let wanted = ''

/** Hear what is built; the server builds the target that is asked for. */
function listen() {
  const name = settings.value('target')
  if (feed && feed.readyState !== EventSource.CLOSED && name === wanted) return
  feed?.close()
  wanted = name
  feed = new EventSource(`/feed?target=${encodeURIComponent(name)}`)
  feed.addEventListener('show', (event) => receive(JSON.parse(event.data)))
  feed.addEventListener('missing', (event) => {
    const { base, name: file } = JSON.parse(event.data)
    if (base !== playing || missing.includes(file)) return
    missing = [...missing, file].slice(0, 50)
    redraw()
  })
  for (const kind of ['statement', 'document', 'refused']) feed.addEventListener(kind, (event) => player?.heard?.(kind, JSON.parse(event.data)))
  feed.onopen = () => document.body.removeAttribute('data-stopped')
  feed.onerror = () => {
    document.body.dataset.stopped = ''
    byId('built').textContent = 'The preview has stopped: start it again in the terminal.'
  }
}

settings.onChange((name) => {
  if (name === 'target') {
    settings.offer(show)
    listen()
    switched = !target()?.base
    if (!switched) relaunch({ say: `Now plays as ${target().title}.` })
  } else if (name === 'line') player?.setLine(settings.value('line'))
  else if (name === 'size' && settings.value('place') === 'frame') stage.resize(settings.value('size'))
  else relaunch({ say: 'The course was opened again.' })
  redraw()
})

byId('relaunch').addEventListener('click', () => relaunch({ say: 'The learner left and came back.' }))
byId('back').addEventListener('click', () => relaunch({ say: 'The learner came back.' }))
byId('open').addEventListener('click', () => relaunch())
byId('again').addEventListener('click', () => relaunch({ before: (fresh) => fresh.newAttempt(), say: 'A new attempt began.' }))
byId('clear').addEventListener('click', () => relaunch({
  before(fresh) {
    fresh.clear()
    forgetCourse()
  },
  say: 'The LMS has forgotten this learner.'
}))
byId('kill').addEventListener('click', () => {
  player?.kill()
  relaunch({ say: 'The tab was killed, and the learner came back.' })
})
for (const panel of document.querySelectorAll('aside > details')) panel.addEventListener('toggle', () => redraw())

if (!window.coursepackLms) byId('desk').prepend(make('p', { class: 'notice' }, 'The script that plays the LMS is missing from this installation.'))
else {
  settings.profiles(window.coursepackLms.profiles)
  listen()
}
