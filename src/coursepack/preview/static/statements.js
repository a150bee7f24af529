// @ts-check
/** xAPI statements, as a record store took them or as the course posted them to this page. */

import { make } from './dom.js'

const SHOWN = 200

/** @param {any} names words by language */
const first = (names) => (names && typeof names === 'object' ? String(Object.values(names)[0] ?? '') : '')

/** @param {any} statement */
function row(statement) {
  const verb = first(statement.verb?.display) || (String(statement.verb?.id ?? '').split('/').pop() ?? '')
  const about = first(statement.object?.definition?.name) || String(statement.object?.id ?? '')
  return make('li', {}, make(
    'details', { class: 'inner', 'data-key': statement.id ?? '' },
    make('summary', {}, make('strong', {}, verb), ` ${about}`),
    make('pre', { tabindex: 0 }, JSON.stringify(statement, null, 2))
  ))
}

/** @param {any} target @param {any} snapshot @param {any[]} statements @returns {Node[]} */
export function drawStatements(target, snapshot, statements) {
  const open = new Set([.../** @type {any} */ (document.querySelectorAll('#statements details[open]'))].map((one) => one.dataset.key))
  const rows = statements.slice(-SHOWN).reverse().map(row)
  for (const one of rows) {
    const inner = /** @type {any} */ (one.firstElementChild)
    inner.open = open.has(inner.dataset.key)
  }
  const told = target.name === 'cmi5' || target.name === 'xapi'
    ? `They go to a small record store in this preview’s memory${snapshot.registration ? `, registration ${snapshot.registration}` : ''}.`
    : 'Statements show here when the course posts them to this page. A relay is not played.'
  const refused = (snapshot.refused ?? []).map((/** @type {any} */ one) => make('li', {}, make('code', {}, one.request), ` was refused: ${one.status}, ${one.why}`))
  const trouble = refused.length ? [make('ul', { class: 'warn refused' }, ...refused)] : []
  return [make('p', { class: 'soft' }, told), ...trouble, rows.length ? make('ol', { class: 'statements' }, ...rows) : make('p', { class: 'soft' }, 'None so far.')]
}
