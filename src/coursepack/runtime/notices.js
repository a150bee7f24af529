/** What the page tells without being asked: the line that says whether all is saved, spoken words. */

import { make, one, write } from './dom.js'

/** @typedef {import('./contract.d.ts').SaveState} SaveState */
/** @typedef {import('./words.js').Say} Say */

/**
 * A live region for what is said and not shown.
 * @param {(element: any) => any} spoken
 * @returns {(words: string, text?: string) => void}
 */
export function announcer(spoken) {
  const region = make('div', { className: 'vh' })
  region.setAttribute('aria-live', 'polite')
  document.body.append(region)
  /** @type {number | undefined} */
  let timer
  return (words, text) => {
    if (words) region.append(spoken(make('p', {}, words)))
    if (text) region.append(make('p', {}, text))
    clearTimeout(timer)
    timer = setTimeout(() => region.replaceChildren(), 5000)
  }
}

/**
 * The line in the footer and the bar that tells of a failing LMS.
 * @param {Say} say
 * @param {() => void} again
 * @returns {(state: SaveState) => void}
 */
export function saveLine(say, again) {
  const line = one(document, '#saving')
  const bar = one(document, '#unsaved')
  /** @type {number | undefined} */
  let timer
  return (state) => {
    clearTimeout(timer)
    const show = () => write(line, say('saving.' + state))
    if (state === 'saving') timer = setTimeout(show, 1000)
    else show()
    document.documentElement.dataset.saving = state
    if (state === 'saving' || bar.hidden === (state !== 'unsaved')) return
    bar.hidden = state !== 'unsaved'
    if (bar.contains(document.activeElement)) one(document, '#main').focus({ preventScroll: true })
    bar.replaceChildren()
    if (bar.hidden) return
    bar.append(make('p', {}, say('unsaved')), make('button', { type: 'button', onclick: again }, say('unsaved.retry')))
  }
}
