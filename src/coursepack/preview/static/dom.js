// @ts-check
/** Elements, found and made. Text is always text: nothing that a course says becomes markup here. */

/** @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id)

/**
 * @param {string} name
 * @param {Record<string, any>} [attributes] `class`, `data-…`, `aria-…` and so on; true sets it empty, false and null leave it out
 * @param {...(Node | string | null)} children
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value)
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value === true ? '' : String(value))
  }
  element.append(...children.filter((child) => child !== null))
  return element
}

/** Pairs of a term and what is said of it. @param {[string, Node | string | null][]} pairs without those that say null */
export function pairs(pairs) {
  return make('dl', {}, ...pairs.flatMap(([term, said]) => (said === null ? [] : [make('div', {}, make('dt', {}, term), make('dd', {}, said))])))
}

/** @param {number} count @param {string} one @param {string} [many] */
export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`

/** Runs at most once per frame. @param {() => void} work */
export function seldom(work) {
  let due = false
  return () => {
    if (due) return
    due = true
    setTimeout(() => {
      due = false
      work()
    }, 40)
  }
}
