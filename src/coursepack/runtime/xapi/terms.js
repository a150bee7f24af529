// @ts-check
/** The words of statements about the launched activity itself. */

export const VERBS = 'http://adlnet.gov/expapi/verbs/'

/**
 * ISO 8601, hundredths of a second at the finest.
 * @param {number} seconds
 */
export const duration = (seconds) => `PT${Math.round(Math.max(0, seconds) * 100) / 100}S`

/**
 * A context that begins with another: its lists first, the entries of one's own after them.
 * @param {any} template
 * @param {Record<string, { id: string }[]>} lists
 * @param {Record<string, unknown>} [extensions]
 */
export function extended(template, lists, extensions = {}) {
  const activities = { ...template?.contextActivities }
  for (const [name, own] of Object.entries(lists)) {
    const held = [activities[name] ?? []].flat()
    activities[name] = [...held, ...own.filter(({ id }) => !held.some((one) => one.id === id))]
  }
  const all = { ...template?.extensions, ...extensions }
  return {
    ...template,
    ...(Object.keys(activities).length && { contextActivities: activities }),
    ...(Object.keys(all).length && { extensions: all })
  }
}

/** @param {{ scaled: number, raw: number } | undefined} score */
export const scored = (score) => score && { scaled: score.scaled, raw: score.raw, min: 0, max: 100 }
