/** Tables that stay tables where their rows are stacked, and keep to their place where they are too wide. */

import { all } from './dom.js'

/** @type {Record<string, string>} */
const ROLES = { table: 'table', 'thead,tbody': 'rowgroup', tr: 'row', td: 'cell', 'thead th': 'columnheader', 'tbody th': 'rowheader' }

/** Measures in the next frame, since what it changes is what it watches. */
const places = new ResizeObserver((entries) => requestAnimationFrame(() => entries.forEach(fit)))

/** Marks the place of a table that is wider than it. @param {{target: any}} entry */
function fit({ target }) {
  target.removeAttribute('data-wide')
  target.toggleAttribute('data-wide', target.scrollWidth > target.clientWidth)
}

/**
 * Says the roles outright, since some browsers forget what stacked rows are, and in the page as it comes they would be
 * invalid HTML.
 * @param {ParentNode} root
 */
export function keepTables(root) {
  for (const place of all(root, '.table')) places.observe(place)
  for (const [selector, role] of Object.entries(ROLES)) {
    for (const element of all(root, selector)) element.setAttribute('role', role)
  }
}
