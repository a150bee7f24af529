// @ts-check
/** Whether the learner lets go of what they type: asked where they type it, not agreed unless they say so. */

/** @typedef {import('../contract').Kit} Kit */
/** @typedef {import('../contract').HookTable} HookTable */

/**
 * A checkbox at each reflection and question whose text a hook would send; one answer for all of them, kept in this
 * browser for this attempt.
 * @param {Kit} kit
 * @param {HookTable} table
 * @returns {() => boolean}
 */
export function consent(kit, table) {
  const events = new Set(table.hooks.filter((hook) => hook.consent).flatMap((hook) => hook.events))
  const { config, opening, state, storage, fingerprint } = kit
  const key = 'coursepack-agreed-' + fingerprint([config.course.id, opening.learner.id, state.token].join(' '))
  let agreed = storage.get(key) === 'yes'
  const boxes = () => /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('.consent input'))

  /** @param {HTMLFormElement} form */
  function ask(form) {
    const actions = form.querySelector('.actions')
    const label = document.createElement('label')
    const box = document.createElement('input')
    box.type = 'checkbox'
    box.checked = agreed
    box.addEventListener('change', () => {
      agreed = box.checked
      storage.set(key, agreed ? 'yes' : 'no')
      boxes().forEach((one) => (one.checked = agreed))
    })
    label.append(box, ' ', String(config.words['statements.consent']))
    const line = document.createElement('p')
    line.className = 'consent'
    for (const name of ['lang', 'data-foreign']) if (actions?.hasAttribute(name)) line.setAttribute(name, actions.getAttribute(name) ?? '')
    line.append(label)
    actions?.before(line)
  }

  function look() {
    for (const [name, selector] of [['reflection', 'form.reflection'], ['question', 'form.question']]) {
      if (![...events].some((event) => event.startsWith(name))) continue
      for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll(selector))) {
        const place = table.places[form.dataset[name] ?? '']
        if (place?.free && !form.querySelector('.consent, [data-who=private], [data-who=browser]')) ask(form)
      }
    }
  }

  const main = document.querySelector('#main')
  if (events.size && main) {
    new MutationObserver(look).observe(main, { childList: true })
    look()
  }
  return () => agreed
}
