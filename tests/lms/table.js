// @ts-check
/** Reads `differences.md`, and says which of its rows explains a difference. */

import { readFileSync } from 'node:fs'

/** @typedef {{ edition: string, call: string, value: string, ours: string, theirs: string, clause: string, why: string }} Row */

/** @param {string} text @returns {Row[]} */
export function rows(text) {
  const lines = text.split('\n').filter((line) => line.startsWith('|')).slice(2)
  return lines.map((line) => {
    const cells = line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.replaceAll('\\|', '|').trim().replace(/^`(.*)`$/, '$1'))
    if (cells.length !== 7 || cells.some((cell, at) => cell === '' && ![2, 3, 4].includes(at))) throw new Error(`not a row of seven cells: ${line}`)
    const [edition, call, value, ours, theirs, clause, why] = cells
    return { edition, call, value, ours, theirs, clause, why }
  })
}

export const TABLE = rows(readFileSync(new URL('differences.md', import.meta.url), 'utf8'))

/** @param {string} text */
const escaped = (text) => text.replace(/[.+^${}()|[\]\\]/g, '\\$&')
/** @param {string} glob @param {string} text */
const like = (glob, text) => new RegExp(`^${escaped(glob).replaceAll('*', '[\\s\\S]*').replaceAll('?', '.')}$`).test(text)
/** @param {string} cell @param {string} text */
const answers = (cell, text) => (cell === '*' ? true : /^\/.+\/$/.test(cell) ? new RegExp(cell.slice(1, -1)).test(text) : cell === text)

/**
 * The first row that explains it.
 * @param {import('../../src/coursepack/lms/contract').Edition} edition @param {import('./compare.js').Difference} difference
 */
export function explains(edition, { call, value, ours, theirs }) {
  const names = edition === 'scorm12' ? ['1.2', 'both'] : ['2004', edition.replace('scorm', ''), 'both']
  return TABLE.find((row) => names.includes(row.edition)
    && like(row.call, call) && new RegExp(row.value).test(value) && answers(row.ours, ours) && answers(row.theirs, theirs))
}
