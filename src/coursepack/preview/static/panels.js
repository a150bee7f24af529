// @ts-check
/** What the LMS knows, beside the course: drawn anew when something changed and the panel is open. */

import { drawCalls, drawValues, isRefused } from './traffic.js'
import { byId, counted, make, pairs } from './dom.js'
import { drawRecord } from './record.js'
import { drawStatements } from './statements.js'

/** @param {string} id @param {Node[]} nodes */
function fill(id, nodes) {
  const body = byId(id).querySelector('.body')
  const top = body.scrollTop
  body.replaceChildren(...nodes)
  body.scrollTop = top
}

/** @param {string} id @param {string} text */
function count(id, text) {
  byId(id).querySelector('.count').textContent = text
}

/** @param {any} all @returns {Node[]} */
function savedState({ show, target, snapshot }) {
  const { saved, now } = snapshot
  const limit = target.limit ?? (target.name === 'scorm12' ? 4096 : target.name.startsWith('scorm') ? 64000 : null)
  const most = limit ?? target.bound
  const words = [counted(saved.length, 'character'), limit ? `${target.title} is sure to keep ${limit.toLocaleString('en')}` : 'this format sets no limit']
  return [
    ...(most ? [make('meter', { min: 0, max: most, value: Math.min(saved.length, most), high: most * 0.9, 'aria-label': `Saved state, of ${most} characters` })] : []),
    make('p', {}, `${words.join('; ')}.`),
    target.bound === null ? make('p', { class: 'soft' }, show.kind === 'zip' ? 'How large it can get is not known of a package of another tool.' : '')
      : make('p', {}, `This course can never need more than ${target.bound.toLocaleString('en')}.`),
    now && now !== saved ? make('p', { class: 'warn' }, `The course has set another one (${counted(now.length, 'character')}) that is not saved yet.`) : null,
    saved ? make('details', { class: 'inner' }, make('summary', {}, 'The text itself'), make('pre', { tabindex: 0 }, saved)) : null
  ].filter((node) => node !== null)
}

/** @param {any} all @returns {Node[]} */
function build({ show, target, missing }) {
  return [
    pairs([
      ['Source', show.source],
      ['Package', target.size ? `${(target.size / 1024).toLocaleString('en', { maximumFractionDigits: 0 })} KiB` : 'not built'],
      ['Took', `${show.seconds.toFixed(2)} s`]
    ]),
    missing.length ? make('div', { class: 'warn' }, make('p', {}, 'The course asked for files that the package does not have:'), make('ul', {}, ...missing.map((/** @type {string} */ name) => make('li', {}, make('code', {}, name))))) : null,
    show.notes.length ? make('ul', {}, ...show.notes.map((/** @type {string} */ note) => make('li', {}, note))) : null,
    show.kind === 'course' ? make('p', { class: 'soft' }, 'The preview writes nothing: no packages, and new permanent numbers stay out of course.lock until you build.') : null
  ].filter((node) => node !== null)
}

/** @param {{ show: any, target: any, snapshot: any, missing: string[], posted: any[] }} all */
export function drawPanels(all) {
  const { target, snapshot, missing, posted } = all
  fill('notes', build(all))
  byId('notes').classList.toggle('alarm', missing.length > 0)
  if (!snapshot) return
  const scorm = target.name.startsWith('scorm')
  for (const id of ['calls', 'data']) byId(id).hidden = !scorm
  if (byId('record').open) fill('record', drawRecord(target, snapshot))
  if (byId('state').open) fill('state', savedState(all))
  const statements = [...(snapshot.statements ?? []), ...posted]
  count('statements', String(statements.length))
  byId('statements').classList.toggle('alarm', Boolean(snapshot.refused?.length))
  if (byId('statements').open) fill('statements', drawStatements(target, snapshot, statements))
  if (!scorm) return
  const wrong = snapshot.calls.filter(isRefused).length
  count('calls', `${snapshot.calls.length + snapshot.dropped}${wrong ? `, ${counted(wrong, 'error')}` : ''}`)
  byId('calls').classList.toggle('alarm', wrong > 0)
  const unsaved = Object.keys(snapshot.unsaved).length
  count('data', unsaved ? `${unsaved} not saved` : 'all saved')
  if (byId('calls').open) drawCalls(byId('calls').querySelector('.body'), snapshot)
  if (byId('data').open) drawValues(byId('data').querySelector('.body'), snapshot)
}
