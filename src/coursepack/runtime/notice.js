/** Notices at the top of the page: the one thing that is told before the player's words are there. */

/**
 * Adds a notice, once per kind; an empty text takes it away.
 * @param {string} kind
 * @param {string} text
 */
export function notice(kind, text) {
  const box = /** @type {HTMLElement} */ (document.querySelector('#notices'))
  box.querySelector(`[data-notice=${kind}]`)?.remove()
  if (!text) return
  const line = document.createElement('p')
  line.className = 'notice'
  line.dataset.notice = kind
  line.textContent = text
  box.append(line)
}
