// @ts-check
/** What the user chose, kept in this browser; and what there is to choose from. */

import { byId, make } from './dom.js'

const NAMES = ['target', 'item', 'size', 'place', 'profile', 'line', 'name', 'learner', 'language', 'mode', 'credit', 'entry']
/** @type {Record<string, string>} */
const FIRST = { size: 'full', place: 'frame', profile: 'strict', line: 'ok', name: 'Muster, Kim', learner: 'learner-1' }
/** Those that the next visit starts without: they are a moment's experiment. */
const FLEETING = ['line', 'item', 'mode', 'credit', 'entry']

/** @param {string} key @returns {Record<string, string>} */
function remembered(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}')
  } catch {
    return {}
  }
}

/** @param {any} select @param {{ value: string, text: string }[]} options @param {string} value */
function fill(select, options, value) {
  const same = select.options.length === options.length && options.every(({ value, text }, at) => select.options[at].value === value && select.options[at].text === text)
  if (!same) select.replaceChildren(...options.map(({ value, text }) => make('option', { value }, text)))
  select.value = options.some((option) => option.value === value) ? value : options[0]?.value ?? ''
}

/** @param {string} key */
export function createSettings(key) {
  const kept = { ...FIRST, ...remembered(key) }
  const control = (/** @type {string} */ name) => byId(name)
  /** the choice even while its control has no such option yet */
  let wished = kept.target ?? ''

  for (const name of NAMES) if (kept[name] && name !== 'target' && name !== 'profile') control(name).value = kept[name]

  function keep() {
    const values = NAMES.filter((name) => !FLEETING.includes(name)).map((name) => [name, value(name)])
    try {
      localStorage.setItem(key, JSON.stringify(Object.fromEntries(values)))
    } catch {
      return
    }
  }

  /** @param {string} name @returns {string} */
  const value = (name) => (name === 'target' ? control('target').value || wished : control(name).value.trim())

  return {
    value,
    /** @param {string} name @param {string} to */
    set: (name, to) => void (control(name).value = to),
    launch: () => ({ mode: value('mode'), credit: value('credit'), entry: value('entry') }),

    /** @param {Record<string, any>} profiles */
    profiles(profiles) {
      const options = Object.values(profiles).map((profile) => ({ value: profile.id, text: profile.measured ? `${profile.name}, ${profile.measured}` : profile.name }))
      fill(control('profile'), options, kept.profile)
    },

    /** Targets and pages of what is on show. @param {any} show */
    offer(show) {
      const targets = show.targets.map((/** @type {any} */ one) => ({ value: one.name, text: one.listed ? one.title : `${one.title} (not in targets)` }))
      fill(control('target'), targets, control('target').value || wished)
      wished = control('target').value || wished
      const target = show.targets.find((/** @type {any} */ one) => one.name === value('target'))
      const pages = target?.launches ?? []
      fill(control('item'), pages.map((/** @type {any} */ one) => ({ value: one.id, text: one.title })), control('item').value)
      byId('item-field').hidden = pages.length < 2
      const scorm = value('target').startsWith('scorm')
      const line = scorm || ['cmi5', 'xapi'].includes(value('target'))
      for (const name of ['profile-field']) byId(name).hidden = !scorm
      byId('line-field').hidden = !line
      for (const name of ['credit', 'entry']) control(name).disabled = !scorm
      control('mode').disabled = !line || value('target') === 'xapi'
      control('kill').disabled = !scorm
    },

    /** @param {(name: string) => void} listener */
    onChange(listener) {
      for (const name of NAMES) {
        control(name).addEventListener('change', () => {
          if (name === 'target') wished = control('target').value
          keep()
          listener(name)
        })
      }
    }
  }
}
