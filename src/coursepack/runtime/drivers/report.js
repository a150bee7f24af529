// @ts-check
/** Interactions on their way into a SCORM data model: one entry per question, updated in place. */

/**
 * @typedef {import('../contract').Interaction} Interaction
 * @typedef {import('../interactions.js').Entry} Entry
 * @typedef {{ interaction: Interaction, entry: Entry, index: number, fresh: boolean }} Planned
 */

const LIST = 'cmi.interactions'

/**
 * @param {ReturnType<typeof import('../api.js').createApi>} api
 * @param {(interaction: Interaction) => Entry | null} describe
 * @param {boolean} readable whether ids and types can be read back (SCORM 2004)
 */
export function createReporter(api, describe, readable) {
  let count = -1
  /** @type {Map<string, number>} */
  const indexes = new Map()
  /** @type {Map<number, string>} n to the type that its entry has */
  const types = new Map()
  /** @type {Map<number, Interaction>} n to what was last told in full */
  const done = new Map()

  /** What the LMS kept from earlier sessions; entries that it did not keep are forgotten.
   * @param {Map<number, number>} entries */
  function takeStock(entries) {
    const text = api.read(`${LIST}._count`)
    count = /^\d+$/.test(text) ? Number(text) : Math.max(-1, ...entries.values()) + 1
    for (const [n, index] of entries) if (index >= count) entries.delete(n)
    if (!readable || text === '') return
    for (let index = 0; index < count; index++) indexes.set(api.read(`${LIST}.${index}.id`), index)
  }

  /**
   * Whether the LMS holds another type, question or right answer from before the course was edited.
   * @param {string} base @param {Entry} entry
   */
  function differs(base, { type, fixed }) {
    const held = (/** @type {string} */ name) => api.read(`${base}.${name}`)
    return held('type') !== '' && (held('type') !== type || fixed.some(([name, value]) => held(name) !== value))
  }

  /** @param {Planned} planned @returns {boolean} false: something did not arrive */
  function tell({ interaction, entry, index, fresh }) {
    const base = `${LIST}.${index}`
    /** @param {[string, string][]} fields */
    const put = (fields) => fields.map(([name, value]) => api.put(`${base}.${name}`, value)).every(Boolean)
    let arrived = true
    if (fresh) arrived = api.put(`${base}.id`, entry.id)
    if (!api.supports(`${LIST}.0.id`)) return arrived
    const told = types.get(interaction.n)
    const unknown = !readable && !fresh && !told && interaction.question?.type === 'numeric'
    if (fresh || unknown || (told ? told !== entry.type : readable && differs(base, entry))) {
      arrived = put([['type', entry.type], ...entry.fixed]) && arrived
    }
    types.set(interaction.n, entry.type)
    return put(entry.changing) && arrived
  }

  return {
    /**
     * Gives each interaction that has news its index, in `entries` too.
     * @param {Interaction[]} interactions
     * @param {Map<number, number>} entries
     * @returns {Planned[]}
     */
    plan(interactions, entries) {
      if (!api.supports(`${LIST}.0.id`)) return []
      const news = interactions.filter((one) => done.get(one.n) !== one)
      if (news.length && count < 0) takeStock(entries)
      return news.flatMap((interaction) => {
        const entry = describe(interaction)
        if (!entry) return []
        const held = readable && indexes.size ? indexes.get(entry.id) : entries.get(interaction.n)
        const index = held ?? count++
        indexes.set(entry.id, index)
        entries.set(interaction.n, index)
        return [{ interaction, entry, index, fresh: held === undefined }]
      })
    },

    /** @param {Planned[]} plan @param {Map<number, number>} entries */
    write(plan, entries) {
      for (const planned of plan) {
        const { interaction, entry, index } = planned
        if (tell(planned)) done.set(interaction.n, interaction)
        if (api.refuses(`${LIST}.${index}.id`, entry.id) || !api.supports(`${LIST}.0.id`)) {
          entries.delete(interaction.n)
          indexes.delete(entry.id)
          if (index === count - 1) count = index
        }
      }
    }
  }
}
