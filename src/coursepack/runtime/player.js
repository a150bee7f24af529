/** The page above the session: owns the state, builds the steps, and tells what has changed. */

import { all, one, write } from './dom.js'
import { emit } from './events.js'
import { load } from './loading.js'
import { encode } from './progress.js'
import { question, restore } from './questions.js'
import { quiz } from './quiz.js'
import { reflection } from './reflections.js'
import { standing } from './standing.js'
import { steps as stepper } from './steps.js'
import { todoWords } from './todo.js'
import { PRACTICE, paint as paintQuestion } from './verdicts.js'

/** @typedef {import('./contract.d.ts').CourseState} CourseState */
/** @typedef {import('./contract.d.ts').Interaction} Interaction */
/** @typedef {import('./contract.d.ts').LaunchConfig} LaunchConfig */
/** @typedef {import('./contract.d.ts').StepData} StepData */
/** @typedef {{questions: import('./verdicts.js').View[], quizzes: {paint: () => void}[], reflections: import('./reflections.js').Writing[]}} Part */
/**
 * What the modules of the page share.
 * @typedef {object} Page
 * @property {LaunchConfig} config
 * @property {CourseState} state
 * @property {import('./words.js').Say} say
 * @property {(text: string) => void} announce says it without showing it
 * @property {() => boolean} frozen nothing may be answered any more
 * @property {() => boolean} done the course is completed
 * @property {(how: {urgent?: boolean}) => void} changed after every change of the state
 * @property {(interaction: Interaction) => void} answered what the LMS is to hear
 * @property {(n: number) => void} shown a step came into sight
 * @property {Map<number, Part>} parts the steps that are on the page
 * @property {Set<number>} renewed questions that changed after they were answered
 * @property {boolean} local there is no LMS
 * @property {string} learner who learns, as the LMS names them
 */

/**
 * @param {object} given
 * @param {LaunchConfig} given.config
 * @param {CourseState} given.state
 * @param {import('./words.js').Say} given.say
 * @param {(text: string) => void} given.announce
 * @param {() => boolean} given.frozen
 * @param {(how: {urgent?: boolean}) => void} given.save
 * @param {string} given.learner
 * @param {boolean} given.local
 * @param {Set<number>} given.renewed
 */
export function player({ config, state, say, announce, frozen, save, learner, local, renewed }) {
  const opened = Date.now()
  let ready = false
  let now = standing(config, state)
  /** @type {Map<number, Interaction>} */
  const heard = new Map()
  const reported = new Set(config.reported)
  /** @type {Page} */
  const page = {
    config, state, say, announce, frozen, changed, learner, local, renewed,
    done: () => state.completed,
    answered: (interaction) => void (reported.has(interaction.n) && heard.set(interaction.n, interaction)),
    shown(n) {
      for (const view of page.parts.get(n)?.questions ?? []) view.shown ||= Date.now()
    },
    parts: new Map(),
  }
  /** @type {Map<number, Promise<void>>} */
  const coming = new Map()
  const steps = stepper(page, need)

  /** @param {number} n @returns {Promise<void>} */
  function need(n) {
    const { src } = /** @type {import('./contract.d.ts').StepConfig} */ (config.steps.find((step) => step.n === n))
    const loading = coming.get(n) ?? load(src, () => page.parts.has(n), () => steps.failed(n))
    coming.set(n, loading)
    return loading
  }

  /** Loads what the learner will want: the two steps ahead, the others after them, those before last. */
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
    if (!ready || frozen()) return
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
    save(how)
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
    for (const view of questions) if (view.owner === PRACTICE && !view.data.quiz) restore(page, view)
    part.quizzes = config.quizzes.filter((item) => item.step === data.n).map((item) =>
      quiz(page, item, one(document, `#z${item.n}`), questions.filter((view) => view.data.quiz === item.n)))
    part.reflections = data.reflections.map((item) => reflection(page, item, one(document, `#r${item.n}`)))
    if (ready && steps.here().n === data.n) page.shown(data.n)
  }

  return {
    page,
    steps,
    add,
    /** Shows where the learner was, and starts to load the rest. @param {boolean} resumed */
    async begin(resumed) {
      ready = true
      paint()
      for (const button of all(document, '#print-course,#print-answers,#save-answers')) button.hidden = false
      await steps.begin(state.location, resumed)
      preload()
    },
    /** Shows everything anew, after it was frozen. */
    refresh() {
      for (const part of page.parts.values()) {
        for (const view of part.questions) paintQuestion(page, view)
        for (const item of [...part.quizzes, ...part.reflections]) item.paint()
      }
    },
    /** Resolves when all steps are on the page. */
    complete: () => Promise.all(config.steps.map((step) => need(step.n))),
    /** What a save writes. @returns {import('./contract.d.ts').LmsRecord} */
    record: () => ({
      encode(counter, entries) {
        state.counter = counter
        state.entries = entries
        return encode(state, config.layout)
      },
      location: config.steps.find((step) => step.n === state.location)?.id ?? '',
      completion: now.completed ? 'completed' : 'incomplete',
      success: now.success,
      score: now.score,
      progress: now.progress,
      graded: !!config.passRule,
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
