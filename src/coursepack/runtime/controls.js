/** What a learner answers with: reading, writing, arranging and marking the native controls of each type. */

import { all, attribute, listen, make, one, rearrange, sign } from './dom.js'
import { judge } from './score.js'

/** @typedef {import('./contract.d.ts').QuestionData} QuestionData */
/** @typedef {import('./contract.d.ts').Response} Response */
/** @typedef {'chosen-right' | 'chosen-wrong' | 'missed' | ''} Mark */
/** @typedef {(numbers: number[]) => number[]} Sort */
/**
 * @typedef {object} Controls
 * @property {any[]} inputs what takes the focus, in reading order
 * @property {() => Response} read
 * @property {(response: Response) => void} write
 * @property {(sort: Sort) => void} arrange the derived shuffle
 * @property {(response: Response) => number} missing how many parts have no answer yet
 * @property {(response: Response) => Response} keep what was right, for a new try
 * @property {(response: Response, revealed: boolean) => Map<Element, Mark>} marks by the element that shows it
 */

/**
 * @param {HTMLFormElement} form
 * @param {QuestionData} question
 * @returns {Controls}
 */
export function controls(form, question) {
  switch (question.type) {
    case 'fill-in':
    case 'numeric':
    case 'cloze':
      return typed(form, question)
    case 'matching':
      return selects(form, question)
    case 'order':
      return items(form, question)
    default:
      return options(form, question)
  }
}

/** @param {HTMLFormElement} form @param {QuestionData} question @returns {Controls} */
function options(form, question) {
  const inputs = all(form, '.options input')
  const many = question.type === 'multiple'
  const truth = question.type === 'true-false'
  /** @type {any[]} */
  const rights = truth ? [question.truth] : (question.options ?? []).filter((item) => item.right).map((item) => item.n)
  /** @param {any} input @returns {any} */
  const value = (input) => (truth ? input.value === 'true' : Number(input.value))
  /** @param {any} response @returns {any[]} */
  const taken = (response) => (many ? (response ?? []) : response === null ? [] : [response])
  return {
    inputs,
    read() {
      const values = inputs.filter((input) => input.checked).map(value)
      return many ? values.sort((a, b) => a - b) : (values[0] ?? null)
    },
    write(response) {
      for (const input of inputs) input.checked = taken(response).includes(value(input))
    },
    arrange(sort) {
      if (question.shuffle && !truth) sortBy(all(form, '.option'), (option) => Number(option.dataset.option), sort)
    },
    missing: (response) => (taken(response).length ? 0 : 1),
    keep(response) {
      if (!rights.length) return response
      const kept = taken(response).filter((item) => rights.includes(item))
      return many ? kept : (kept[0] ?? null)
    },
    marks(response, revealed) {
      return new Map(inputs.map((input) => {
        const right = rights.includes(value(input))
        const chosen = taken(response).includes(value(input))
        const mark = !rights.length ? '' : chosen ? (right ? 'chosen-right' : 'chosen-wrong') : right && revealed ? 'missed' : ''
        return [input.closest('.option'), mark]
      }))
    },
  }
}

/** @param {HTMLFormElement} form @param {QuestionData} question @returns {Controls} */
function typed(form, question) {
  const inputs = all(form, 'input[type=text]')
  const { gaps } = question
  /** @param {any} response @returns {string[]} */
  const texts = (response) => (gaps ? (response ?? []) : [response ?? ''])
  /** @param {string[]} parts @returns {boolean[]} */
  const rights = (parts) =>
    parts.map((part, index) => (gaps ? judge({ ...question, gaps: [gaps[index]] }, [part]) : judge(question, part)).right > 0)
  return {
    inputs,
    read: () => (gaps ? inputs.map((input) => input.value) : inputs[0].value),
    write(response) {
      inputs.forEach((input, index) => (input.value = texts(response)[index] ?? ''))
    },
    arrange() {},
    missing: (response) => inputs.filter((_, index) => !texts(response)[index]?.trim()).length,
    keep(response) {
      if (!gaps) return response
      const parts = texts(response)
      return rights(parts).map((right, index) => (right ? parts[index] : ''))
    },
    marks(response) {
      const parts = rights(texts(response))
      return new Map(inputs.map((input, index) => [input.parentElement, chosenMark(parts[index])]))
    },
  }
}

/** @param {HTMLFormElement} form @param {QuestionData} question @returns {Controls} */
function selects(form, question) {
  const pairs = question.pairs ?? []
  const inputs = pairs.map((pair) => one(form, `select[data-pair="${pair.n}"]`))
  /** @param {any} response @returns {number[]} */
  const chosen = (response) => pairs.map((_, index) => response?.[index] || 0)
  return {
    inputs,
    read: () => inputs.map((input) => Number(input.value)),
    write(response) {
      chosen(response).forEach((to, index) => (inputs[index].value = String(to)))
    },
    arrange(sort) {
      for (const input of inputs) {
        const { value } = input
        sortBy(all(input, 'option').slice(1), (option) => Number(option.value), sort)
        input.value = value
      }
    },
    missing: (response) => chosen(response).filter((to) => !to).length,
    keep: (response) => chosen(response).map((to, index) => (to === pairs[index].to ? to : 0)),
    marks(response) {
      const given = chosen(response)
      return new Map(inputs.map((input, index) => [input.closest('li'), chosenMark(given[index] === pairs[index].to)]))
    },
  }
}

/** @param {HTMLFormElement} form @param {QuestionData} question @returns {Controls} */
function items(form, question) {
  const list = one(form, '.order')
  const right = (question.items ?? []).map((item) => item.n)
  const rows = () => [...list.children]
  /** @param {any} row */
  const number = (row) => Number(row.dataset.item)
  return {
    inputs: all(list, 'button'),
    read: () => rows().map(number),
    write(response) {
      if (Array.isArray(response)) sortBy(rows(), number, () => /** @type {number[]} */ (response))
    },
    arrange(sort) {
      sortBy(rows(), number, (numbers) => {
        const sorted = sort(numbers)
        return sorted.length > 1 && sorted.every((n, index) => n === right[index]) ? [...sorted.slice(1), sorted[0]] : sorted
      })
    },
    missing: () => 0,
    keep: (response) => response,
    marks(response) {
      const given = /** @type {number[]} */ (response)
      return new Map(rows().map((row) => [row, chosenMark(given.indexOf(number(row)) === right.indexOf(number(row)))]))
    },
  }
}

/** @param {boolean} right @returns {Mark} */
const chosenMark = (right) => (right ? 'chosen-right' : 'chosen-wrong')

/**
 * @param {any[]} elements
 * @param {(element: any) => number} number
 * @param {Sort} sort
 */
function sortBy(elements, number, sort) {
  const sorted = sort(elements.map(number)).map((n) => elements.find((element) => number(element) === n))
  if (sorted.length === elements.length && sorted.every(Boolean)) rearrange(elements, sorted)
}

/**
 * Lets the rows of an order question move: the pressed button keeps its focus, the new place is said.
 * @param {HTMLFormElement} form
 * @param {(key: string, values: Record<string, string | number>) => void} tell
 */
export function moveRows(form, tell) {
  listen(form, 'click', (event) => {
    const button = /** @type {Element} */ (event.target).closest('button[data-move]')
    const row = button?.closest('li')
    if (!button || !row || button.getAttribute('aria-disabled')) return
    const up = /** @type {HTMLElement} */ (button).dataset.move === 'up'
    const other = up ? row.previousElementSibling : row.nextElementSibling
    const item = one(row, '.label').textContent
    if (!other) return tell(up ? 'order.first' : 'order.last', { item })
    up ? row.after(other) : row.before(other)
    const rows = [...(row.parentElement?.children ?? [])]
    tell('order.moved', { item, position: rows.indexOf(row) + 1, total: rows.length })
    form.dispatchEvent(new Event('input'))
  })
}

/**
 * Shows a mark in words and with a sign, or takes it away.
 * @param {Element} element
 * @param {string} mark a Mark
 * @param {HTMLElement} words
 */
export function showMark(element, mark, words) {
  one(element, '.result-mark')?.remove()
  attribute(element, 'data-mark', mark)
  if (!mark) return
  const host = one(element, ':scope > label:not(.vh)') ?? element
  host.append(make('span', { className: 'result-mark' }, ' ', sign(mark === 'chosen-wrong' ? '✗' : '✓'), ' ', words))
}
