// @ts-check
/** One sender among the tabs of a browser: the tab that the learner sees. */

/** Milliseconds after which a tab that says nothing has lost its turn, where there are no locks. */
const LEASE = 20000

/**
 * @param {{ view: any, storage: import('../contract').Kit['storage'], name: string, got: () => void }} how `got` is called
 *   whenever the turn comes to this tab
 * @returns {{ mine(): boolean }}
 */
export function takeTurn({ view, storage, name, got }) {
  const { locks } = view.navigator
  const visible = (/** @type {() => void} */ listener) =>
    view.document.addEventListener('visibilitychange', () => view.document.visibilityState === 'visible' && listener())
  if (!locks) return lease()
  let held = false

  /** @param {boolean} steal */
  function ask(steal) {
    const hold = () => {
      held = true
      got()
      return new Promise(() => {})
    }
    locks.request(name, { steal }, hold).catch(() => {
      if (held) ask(false)
      held = false
    })
  }

  ask(true)
  visible(() => held || ask(true))
  return { mine: () => held }

  function lease() {
    const me = Math.random().toString(36).slice(2)
    const take = () => void storage.set(name, `${me} ${Date.now() + LEASE}`)
    const begin = () => {
      take()
      got()
    }
    begin()
    visible(begin)
    return {
      mine() {
        const [who, until] = (storage.get(name) ?? '').split(' ')
        if (who && who !== me && Number(until) > Date.now()) return false
        take()
        if (who && who !== me) got()
        return true
      }
    }
  }
}
