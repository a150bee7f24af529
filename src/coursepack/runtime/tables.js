/** Tables that stay tables: some browsers forget what they are where the style sheet stacks their rows. */

import { all } from './dom.js'

/** @type {Record<string, string>} */
const ROLES = { table: 'table', thead: 'rowgroup', tbody: 'rowgroup', tr: 'row', td: 'cell', 'thead th': 'columnheader', 'tbody th': 'rowheader' }

/** Says the roles outright, which in the page as it comes would be invalid HTML. @param {ParentNode} root */
export function keepTables(root) {
  for (const [selector, role] of Object.entries(ROLES)) {
    for (const element of all(root, selector)) element.setAttribute('role', role)
  }
}
