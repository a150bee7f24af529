// @ts-check
/** Statements that the course posts to the page around it. */

const MOST = 500

/** @param {any} data a message @returns {any[]} the statements in it */
function statementsIn(data) {
  if (typeof data === 'string') {
    try {
      return statementsIn(JSON.parse(data))
    } catch {
      return []
    }
  }
  if (!data || typeof data !== 'object') return []
  if (Array.isArray(data)) return data.flatMap(statementsIn)
  if (data.verb?.id && data.object) return [data]
  return [data.statement, data.statements, data.detail?.statement, data.payload].filter(Boolean).flatMap(statementsIn)
}

/** @param {{ isSource: (source: any) => boolean, onChange: () => void }} how */
export function createOutbox({ isSource, onChange }) {
  /** @type {any[]} */
  let statements = []
  addEventListener('message', (event) => {
    if (event.origin !== location.origin || !isSource(event.source)) return
    const found = statementsIn(event.data)
    if (!found.length) return
    statements = [...statements, ...found].slice(-MOST)
    onChange()
  })
  return {
    get statements() { return statements },
    clear: () => void (statements = [])
  }
}
