/** The few words that the page's modules share for finding and making elements. */

/** @param {ParentNode} root @param {string} selector @returns {any} */
export const one = (root, selector) => root.querySelector(selector)

/** @param {ParentNode} root @param {string} selector @returns {any[]} */
export const all = (root, selector) => [...root.querySelectorAll(selector)]

/**
 * A new element. Texts become text nodes, never markup.
 * @param {string} tag
 * @param {Record<string, unknown>} [properties]
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

/**
 * Puts elements of one parent into a new order, at the places they hold now; the focused one keeps its focus.
 * @param {any[]} elements
 * @param {any[]} sorted
 */
export function rearrange(elements, sorted) {
  if (elements.every((element, index) => element === sorted[index])) return
  const places = elements.map((element) => {
    const place = document.createComment('')
    element.before(place)
    return place
  })
  places.forEach((place, index) => place.replaceWith(sorted[index]))
}

/** Sets a text only when it differs, so that a live region never repeats itself.
 * @param {Element} element @param {string} text */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text
}

/**
 * Sets an attribute, or takes it away when the value is empty.
 * @param {Element} element
 * @param {string} name
 * @param {string} value
 */
export const attribute = (element, name, value) => (value ? element.setAttribute(name, value) : element.removeAttribute(name))

/** @param {EventTarget} target @param {string} type @param {(event: any) => void} listener */
export const listen = (target, type, listener) => target.addEventListener(type, listener)

/** A sign that repeats for the eye what words say. @param {string} text */
export function sign(text) {
  const element = make('span', { className: 'sign' }, text)
  element.setAttribute('aria-hidden', 'true')
  return element
}
