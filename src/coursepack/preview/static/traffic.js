// @ts-check
/** The calls that the course makes, and the values that it has set. */

import { make } from './dom.js'

const SHOWN = 300

/** Asking for a value that nobody has set yet: an answer as good as any. */
const UNSET = '403'

/** @param {any} call */
export const isRefused = (call) => call.error !== '0' && call.error !== UNSET

/** @param {string} text */
const short = (text) => (text.length > 120 ? `${text.slice(0, 117)}…` : text)

/** @param {any} call @param {number} start */
function row(call, start) {
  const args = call.args.map((/** @type {string} */ arg) => `"${short(arg)}"`).join(', ')
  return make(
    'li', { class: isRefused(call) ? 'error' : '' },
    make('span', { class: 'when' }, `${((call.at - start) / 1000).toFixed(2)} s`),
    make('code', {}, `${call.method}(${args})`),
    make('span', { class: 'answer' }, '→ ', make('code', {}, `"${short(call.result)}"`)),
    call.error === '0' ? null : make('span', { class: isRefused(call) ? 'why' : 'soft' }, `error ${call.error}: ${call.diagnostic}`),
    call.ms > 100 ? make('span', { class: 'soft' }, `took ${Math.round(call.ms)} ms`) : null
  )
}

/** Newest first. The choice to see errors alone stays. @param {any} body @param {any} snapshot */
export function drawCalls(body, { calls, dropped }) {
  let only = /** @type {any} */ (body.querySelector('input'))
  let list = body.querySelector('ol')
  if (!only || !list) {
    only = make('input', { type: 'checkbox', onchange: () => drawCalls(body, { calls: body.calls, dropped: body.dropped }) })
    list = make('ol', { class: 'calls', tabindex: 0, 'aria-label': 'Calls, newest first' })
    const copy = make('button', { type: 'button', onclick: () => navigator.clipboard?.writeText(JSON.stringify(body.calls, null, 1)) }, 'Copy all as JSON')
    body.replaceChildren(make('p', { class: 'tools' }, make('label', {}, only, ' errors alone'), copy), list)
  }
  Object.assign(body, { calls, dropped })
  const start = calls[0]?.at ?? 0
  const shown = calls.filter((/** @type {any} */ call) => !only.checked || isRefused(call)).slice(-SHOWN).reverse()
  const left = calls.length + dropped - shown.length
  const rest = !only.checked && left > 0 ? [make('li', { class: 'soft' }, `${left} earlier calls are not shown`)] : []
  const none = shown.length ? [] : [make('li', { class: 'soft' }, only.checked ? 'No call was refused.' : 'The course has not called yet.')]
  list.replaceChildren(...shown.map((/** @type {any} */ call) => row(call, start)), ...rest, ...none)
}

/** @param {any} body @param {any} snapshot */
export function drawValues(body, { values, unsaved }) {
  let find = /** @type {any} */ (body.querySelector('input'))
  let box = /** @type {any} */ (body.querySelector('.scroll'))
  if (!find || !box) {
    find = make('input', { type: 'search', oninput: () => drawValues(body, body.snapshot) })
    box = make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Elements and values' })
    body.replaceChildren(make('p', { class: 'tools' }, make('label', {}, 'Find ', find)), box)
  }
  Object.assign(body, { snapshot: { values, unsaved } })
  const wanted = find.value.trim().toLowerCase()
  const names = Object.keys(values).filter((name) => `${name} ${values[name]}`.toLowerCase().includes(wanted))
  const rows = names.map((name) => make(
    'tr', { class: name in unsaved ? 'unsaved' : '' },
    make('th', { scope: 'row' }, make('code', {}, name)),
    make('td', {}, make('code', {}, short(values[name]) || '""'), name in unsaved ? make('span', { class: 'why' }, ' not saved yet') : null)
  ))
  box.replaceChildren(rows.length
    ? make('table', {}, make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, 'Element'), make('th', { scope: 'col' }, 'Value'))), make('tbody', {}, ...rows))
    : make('p', { class: 'soft' }, 'Nothing found.'))
}
