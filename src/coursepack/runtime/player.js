/** The page above the session: owns the state, builds the steps, and tells what has changed. */

import { make, one, write } from './dom.js'
import { question } from './questions.js'
import { announcer } from './notices.js'
import { quiz } from './quiz.js'
import { reflection } from './reflections.js'
import { allTaken, standing } from './standing.js'
import { steps as stepper } from './steps.js'
import { todoWords } from './todo.js'
import { catalogueLanguage, speaker } from './words.js'

/** @typedef {import('./contract.d.ts').Interaction} Interaction */
/** @typedef {import('./contract.d.ts').StepData} StepData */
/** @typedef {{questions: import('./questions.js').View[], quizzes: {paint: () => void}[], reflections: import('./reflections.js').Writing[]}} Part */
/**
 * What the modules of the page share, besides what the runtime hands over.
 * @typedef {object} Sharing
 * @property {import('./words.js').Say} say
 * @property {string} language that of the player's words
 * @property {(element: any) => any} spoken marks an element that holds the player's words, where the course has another language
 * @property {(tag: string, key: string, values: Record<string, string | number>, place: string) => any} phrase an element with the player's
 *   words around a text of the course
 * @property {(words: string, text?: string) => void} announce says it without showing it: the player's words, the course's text
 * @property {() => boolean} frozen nothing may be answered any more
 * @property {(how: {urgent?: boolean}) => void} changed after every change of the state
 * @property {(interaction: Interaction) => void} answered what the LMS is to hear
 * @property {(n: number) => void} shown a step came into sight
 * @property {Map<number, Part>} parts the steps that are on the page
 * @property {Set<number>} renewed questions that changed after they were answered
 */
/** @typedef {import('./contract.d.ts').Kit & Sharing} Page */

/** @param {import('./contract.d.ts').Kit} kit */
export function player(kit) {
  const { config, state, emit, session } = kit
  const language = catalogueLanguage(config)
  const say = speaker(config.words, language)
  const spoken = (/** @type {any} */ element) => {
    if (language !== config.course.language) Object.assign(element, { lang: language }).dataset.foreign = ''
    return element
  }
  const announce = announcer(spoken)
  /** @type {Page['phrase']} */
  const phrase = (tag, key, values, place) => {
    const [before, after] = say(key, { ...values, [place]: '\n' }).split('\n')
    return spoken(make(tag, {}, before, make('span', { lang: config.course.language }, String(values[place])), after))
  }
  const opened = Date.now()
  let ready = false
  let now = standing(config, state)
  /** @type {Map<number, Interaction>} */
  const heard = new Map()
  /** @type {Page} */
  const page = {
    ...kit, say, spoken, phrase, language, announce, changed,
    frozen: () => session.readonly && kit.opening.mode !== 'browse',
    renewed: new Set(kit.changes?.answers),
    answered: (interaction) => void (config.reported.includes(interaction.n) && heard.set(interaction.n, interaction)),
    shown(n) {
      const { questions = [], reflections = [] } = page.parts.get(n) ?? {}
      for (const view of questions) view.shown ||= Date.now()
      for (const writing of reflections) writing.paint()
    },
    parts: new Map(),
  }
  /** @type {Map<number, Promise<void>>} */
  const coming = new Map()
  const steps = stepper(page, need)

  /** @param {number} n @returns {Promise<void>} */
  function need(n) {
    const { src } = /** @type {import('./contract.d.ts').StepConfig} */ (config.steps.find((step) => step.n === n))
    const loading = coming.get(n) ?? kit.load(src, () => page.parts.has(n), () => steps.failed(n))
    coming.set(n, loading)
    return loading
  }

  /** Loads what the learner will want: the steps ahead, then those before. */
  async function preload() {
    const numbers = config.steps.map((step) => step.n)
    const place = numbers.indexOf(steps.here().n)
    for (const n of [...numbers.slice(place), ...numbers.slice(0, place)]) {
      await need(n)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** @param {{urgent?: boolean}} how */
  function changed(how) {
    if (!ready || page.frozen()) return
    const before = now
    now = standing(config, state)
    for (const step of config.steps.filter(({ n }) => now.stepsDone.has(n) && !before.stepsDone.has(n))) {
      announce(say('step.announce', { step: step.title }))
      emit('page.completed', { page: { n: step.n, id: step.id, title: step.title } })
    }
    const percent = Math.floor(now.progress * 100)
    const previous = Math.floor(before.progress * 100)
    if (percent !== previous) emit('course.progressed', { progress: { percent, previous } })
    if (now.completed && !state.completed) {
      state.completed = true
      emit('course.completed')
    }
    if (now.success !== state.success) {
      state.success = now.success
      if (now.success !== 'unknown') emit('course.' + now.success, { score: now.score && { ...now.score, min: 0, max: 100 } })
    }
    paint()
    session.save(how)
  }

  function paint() {
    const count = config.steps.length
    write(one(document, '#progress-words'), say('progress', { done: now.stepsDone.size, count }))
    Object.assign(one(document, '#progress-bar'), { max: count, value: now.stepsDone.size })
    steps.tick(now.stepsDone)
    write(one(document, '#todo'), todoWords(config, state, now, say))
  }

  /** @param {StepData} data */
  function add(data) {
    if (page.parts.has(data.n)) return
    if (data.html) steps.add(data.html)
    const questions = data.questions.map((item) => question(page, item, one(document, `#q${item.n}`)))
    /** @type {Part} */
    const part = { questions, quizzes: [], reflections: [] }
    page.parts.set(data.n, part)
    for (const view of questions) if (!view.data.quiz) view.restore()
    part.quizzes = config.quizzes.filter((item) => item.step === data.n).map((item) =>
      quiz(page, item, one(document, `#z${item.n}`), questions.filter((view) => view.data.quiz === item.n)))
    part.reflections = data.reflections.map((item) => reflection(page, item, one(document, `#r${item.n}`)))
    if (ready && steps.here().n === data.n) page.shown(data.n)
  }

  Object.assign(kit.takers, { step: add })
  return {
    page,
    steps,
    preload,
    /** Shows where the learner was. @param {boolean} resumed */
    begin(resumed) {
      ready = true
      paint()
      return steps.begin(state.location, resumed)
    },
    /** Shows everything anew, after it was frozen. */
    refresh() {
      for (const part of page.parts.values()) {
        for (const item of [...part.questions, ...part.quizzes, ...part.reflections]) item.paint()
      }
    },
    /** Resolves when all steps are on the page. */
    complete: () => Promise.all(config.steps.map((step) => need(step.n))),
    /** What a save writes. @returns {import('./contract.d.ts').LmsRecord} */
    record: () => ({
      encode(counter, entries) {
        state.counter = counter
        state.entries = entries
        return kit.encode(state, config.layout)
      },
      location: config.steps.find((step) => step.n === state.location)?.id ?? '',
      completion: now.completed ? 'completed' : 'incomplete',
      success: now.success,
      score: now.score,
      progress: now.progress,
      graded: !!config.passRule,
      taken: allTaken(config, state),
      mayFall: config.quizzes.some((item) => item.counted && item.counts === 'last'),
      exit: config.resume.exit,
      entries: state.entries,
      interactions: [...heard.values()],
    }),
    /** The learner goes: last words of the step and of the course. @param {'course.exited' | 'course.suspended'} how */
    leave(how) {
      for (const part of page.parts.values()) for (const writing of part.reflections) writing.keep()
      steps.left()
      emit(how, { session: { elapsed_s: (Date.now() - opened) / 1000 } })
    },
  }
}
