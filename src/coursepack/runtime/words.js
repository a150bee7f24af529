/** The player's words: one catalogue per language, with plurals. */

/** @typedef {import('./contract.d.ts').Words} Words */
/** @typedef {(key: string, values?: Record<string, string | number>) => string} Say */

/**
 * The sentence for a key with its places filled. `{count}` chooses among plural forms; numbers are written as the
 * language writes them. An unknown key is its own text, an unknown place stays.
 * @param {Record<string, Words>} catalogue
 * @param {string} language
 * @returns {Say}
 */
export function speaker(catalogue, language) {
  const locale = known(language)
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const plurals = new Intl.PluralRules(locale)
  return (key, values = {}) => {
    const words = catalogue[key] ?? key
    const text = typeof words === 'string' ? words : (words[plurals.select(Number(values.count))] ?? words.other)
    return text.replace(/\{(\w+)\}/g, (place, name) => {
      const value = values[name]
      return typeof value === 'number' ? numbers.format(value) : (value ?? place)
    })
  }
}

/**
 * The language of the catalogue, in the course's own region where it is the same language.
 * @param {Pick<import('./contract.d.ts').LaunchConfig, 'words' | 'course'>} config
 */
export function catalogueLanguage({ words, course }) {
  const language = String(words.language ?? course.language)
  return course.language.split('-')[0] === language.split('-')[0] ? course.language : language
}

/**
 * The tag if the browser can use it, else undefined: the browser's own language.
 * @param {string} language
 */
function known(language) {
  try {
    return Intl.getCanonicalLocales(language)[0]
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/**
 * Words in a text, as its language counts them.
 * @param {string} text
 * @param {string} language
 */
export function countWords(text, language) {
  if (!Intl.Segmenter) return text.split(/\s+/).filter(Boolean).length
  let count = 0
  for (const part of new Intl.Segmenter(known(language), { granularity: 'word' }).segment(text)) {
    if (part.isWordLike) count++
  }
  return count
}

/**
 * Decimal text (`3.5`) as the language writes it (`3,5`).
 * @param {string} text
 * @param {string} language
 */
export function localNumber(text, language) {
  return text.replace('.', (1.5).toLocaleString(known(language), { numberingSystem: 'latn' }).charAt(1))
}
