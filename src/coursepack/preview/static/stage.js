// @ts-check
/** Where the course plays: a frame of this page or a window of its own. Leaving it is what a learner's browser does. */

import { byId } from './dom.js'

const PATIENCE = 3000
const KEEPING = 1500
const BLANK = 'about:blank'
const NAME = 'coursepack-course'

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** @param {() => any} ask @param {any} otherwise a window of another site answers nothing */
function seen(ask, otherwise) {
  try {
    return ask()
  } catch {
    return otherwise
  }
}

/** @param {{ onClosed: () => void }} how `onClosed`: the learner shut the window */
export function createStage({ onClosed }) {
  const frame = byId('course')
  /** @type {any} */
  let popup = null
  let place = 'frame'
  let turn = 0

  const view = () => (place === 'frame' ? frame.contentWindow : popup && !popup.closed ? popup : null)
  const isBlank = (/** @type {any} */ one) => seen(() => one.location.href === BLANK && one.document.readyState === 'complete', false)

  /** Unloads what is there and waits until it is gone. */
  async function leave() {
    turn += 1
    const here = view()
    if (!here || isBlank(here)) return
    here.location.replace(BLANK)
    for (const end = performance.now() + PATIENCE; performance.now() < end && view() && !isBlank(here);) await pause(8)
  }

  /** @param {number} top where the learner was */
  function keepPlace(top) {
    const mine = ++turn
    const end = performance.now() + KEEPING
    let touched = false
    const touch = () => (touched = true)
    /** @type {any} */
    let known = null
    const step = () => {
      const here = view()
      if (!here || touched || mine !== turn || performance.now() > end) return
      const document = seen(() => here.document, null)
      if (document && document !== known && here.location.href !== BLANK) {
        known = document
        for (const name of ['wheel', 'pointerdown', 'keydown', 'touchstart']) here.addEventListener(name, touch, { passive: true, once: true })
      }
      if (known && document.readyState !== 'loading' && Math.abs(here.scrollY - top) > 1) here.scrollTo({ top, behavior: 'instant' })
      setTimeout(step, 16)
    }
    if (top > 0) step()
  }

  /** @param {string} size `full` or `<width>x<height>` */
  function resize(size) {
    const [width, height] = size.split('x')
    frame.classList.toggle('sized', size !== 'full')
    frame.style.width = size === 'full' ? '' : `${width}px`
    frame.style.height = size === 'full' ? '' : `${height}px`
  }

  /** @param {string} url @param {string} size */
  function openWindow(url, size) {
    const [width, height] = (size === 'full' ? '1100x800' : size).split('x')
    popup = window.open(url, NAME, `popup,width=${width},height=${height}`)
    const mine = popup
    const look = setInterval(() => {
      if (!mine || mine.closed || mine !== popup) clearInterval(look)
      if (mine && mine.closed && mine === popup) {
        popup = null
        onClosed()
      }
    }, 400)
    return popup !== null
  }

  return {
    leave,
    resize,
    keepPlace,
    top: () => seen(() => view()?.scrollY ?? 0, 0),
    isOpen: () => view() !== null,
    /** Whether the message comes from the course; the last words of a page have no source any more. @param {any} source */
    isSource: (source) => source === null || seen(() => source === view() || source?.top === view() || source?.parent === view(), false),

    /** @param {string} where `frame` or `popup` */
    async move(where) {
      if (where === place) return
      await leave()
      if (place === 'popup' && popup) {
        const old = popup
        popup = null
        old.close()
      }
      place = where
    },

    /** @param {string} url @param {string} size @returns {boolean} false: the browser let no window open */
    open(url, size) {
      if (place === 'popup' && !view()) return openWindow(url, size)
      view().location.replace(url)
      return true
    }
  }
}
