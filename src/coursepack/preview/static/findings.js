// @ts-check
/** What is wrong with the course, over the course, with file and line. */

import { byId, make } from './dom.js'

/** What was shown last, so that the same findings are not said twice. */
let last = ''

/** @param {any} finding */
function item(finding) {
  const where = finding.file ? `${finding.file}:${finding.line}:${finding.column ?? 1}` : ''
  return make(
    'li', { class: finding.severity },
    make('p', { class: 'what' }, make('strong', {}, finding.severity), ` ${finding.message}`),
    where ? make('p', { class: 'where' }, make('code', {}, where), ` ${finding.code}`) : make('p', { class: 'where' }, finding.code),
    finding.source?.trim() ? make('pre', {}, make('code', {}, ...marked(finding))) : null,
    finding.help ? make('p', { class: 'help' }, finding.help) : null
  )
}

/** The line of the author's file with the place marked. @param {any} finding @returns {(Node | string)[]} */
function marked({ source, column, width }) {
  const letters = [...source]
  const from = Math.min(column - 1, letters.length)
  const to = Math.min(from + Math.max(width, 1), letters.length)
  const part = (/** @type {number} */ a, /** @type {number} */ b) => letters.slice(a, b).join('')
  return to > from ? [part(0, from), make('mark', {}, part(from, to)), part(to, letters.length)] : [source]
}

/** @param {any} show */
export function showFindings(show) {
  const box = byId('findings')
  const errors = show.findings.filter((/** @type {any} */ one) => one.severity === 'error').length
  const stops = show.stale || show.trouble !== '' || (errors > 0 && (show.kind === 'course' || !show.targets.length))
  const text = JSON.stringify([show.findings, show.trouble, show.stale])
  if (text === last) return
  last = text
  const head = show.trouble || show.counted
  box.hidden = !head
  if (!head) {
    byId('said').textContent = 'There is nothing to mend.'
    box.replaceChildren()
    return
  }
  const stale = show.stale ? ' Below is the course as it was before.' : ''
  const list = make('ol', { tabindex: 0, 'aria-label': 'Findings' }, ...show.findings.map(item))
  const more = make('details', { open: stops }, make('summary', {}, `${head}.${stale}`), list)
  box.className = stops ? 'stops' : 'warns'
  box.replaceChildren(more)
  byId('said').textContent = `${head}.${stale} ${show.findings[0]?.message ?? ''}`
}

/** @param {any} show */
export function showBuild(show) {
  const at = new Date(show.at * 1000).toLocaleTimeString()
  const verb = show.kind === 'zip' ? 'Opened' : show.stale ? 'Not built' : 'Built'
  byId('built').textContent = `${verb} at ${at}, in ${show.seconds.toFixed(2)} s`
}

