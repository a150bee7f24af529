// @ts-check
/**
 * The page around, spoken to through `postMessage` and only at exact origins: those that the course declares, else its
 * own. It is greeted once; what it answers with tells whether it takes statements and confirms them, or names an LRS.
 * A page that does not answer is offered each statement once.
 */

const NS = 'coursepack.xapi'
/** Milliseconds that the greeting waits for an answer, and a statement for being confirmed. */
const GREETING = 3000
const CONFIRM = 10000
const LARGEST = 64000

/** @typedef {{ endpoint?: string, token?: string, actor?: any, registration?: string, expires?: string | number, resumed?: boolean }} Config */

/** @param {string} origin */
function exact(origin) {
  try {
    return new URL(origin).origin === origin && origin !== 'null'
  } catch {
    return false
  }
}

/**
 * The origin of the page around; nothing where the browser does not tell.
 * @param {any} view
 * @param {any} around
 * @returns {string}
 */
function originOf(view, around) {
  try {
    return String(around.location.origin)
  } catch {
    return (around === view.parent && view.location.ancestorOrigins?.[0]) || ''
  }
}

/**
 * @param {{ view: any, origins: string[], course: string, found: (config: Config | null) => void }} how `found` is called
 *   with what the page around says, at once or within three seconds with null, and again whenever it says something new
 */
export function createBridge({ view, origins, course, found }) {
  const around = view.parent !== view ? view.parent : view.opener
  const known = around ? originOf(view, around) : ''
  const wanted = (origins.length ? origins : [known && known === view.location.origin ? known : '']).filter(exact)
  const open = wanted.filter((origin) => !known || origin === known)
  /** @type {Map<number, () => void>} who waits for a confirmation, by number */
  const unconfirmed = new Map()
  let [seq, stopped, partner] = [0, false, '']

  /** @param {object} message */
  function post(message) {
    for (const origin of partner ? [partner] : open) around.postMessage({ ns: NS, v: 1, ...message }, origin)
  }

  view.addEventListener('message', (/** @type {MessageEvent} */ { source, origin, data }) => {
    if (!around || source !== around || !open.includes(origin) || data?.ns !== NS || data.v !== 1) return
    if (data.type === 'xapi.ack') unconfirmed.get(data.seq)?.()
    else if (data.type === 'xapi.stop') stopped = true
    else if (data.type === 'xapi.config') {
      partner = origin
      const resumed = stopped
      stopped = false
      clearTimeout(timer)
      found({ ...data, resumed })
    }
  })

  const timer = setTimeout(() => found(null), open.length ? GREETING : 0)
  const greet = () => open.length && post({ type: 'xapi.hello', course, wants: ['actor', 'registration', 'endpoint'] })
  greet()

  /** @param {string} text a statement @returns {number} its number, 0 when it is too large */
  function tell(text) {
    if (text.length > LARGEST) return 0
    const statement = JSON.parse(text)
    seq += 1
    post({ type: 'xapi.statement', seq, registration: statement.context.registration, statement })
    return seq
  }

  return {
    partner: () => partner,
    greet,
    open: () => !stopped,
    /** To whoever listens, once. @param {string} text */
    offer: (text) => void (open.length && !stopped && tell(text)),

    /** @type {import('../contract').Outlet['send']} */
    send: (texts) => new Promise((resolve) => {
      const end = (/** @type {number} */ status) => {
        clearTimeout(patience)
        resolve({ status, retryAfter: 0 })
      }
      const patience = setTimeout(end, CONFIRM, 0)
      const numbers = texts.map(tell)
      if (numbers.includes(0)) return end(413)
      const missing = new Set(numbers)
      for (const number of numbers) {
        unconfirmed.set(number, () => {
          unconfirmed.delete(number)
          missing.delete(number)
          if (!missing.size) end(200)
        })
      }
    })
  }
}
