/**
 * The contracts of the learner's page: what the package brings (made by `launch.py`), and how the
 * runtime's modules meet. Types only; nothing here reaches a package.
 */

/* ---- from the package ------------------------------------------------------------------------- */

export interface LaunchConfig {
  v: number
  target: string
  course: { id: string; slug: string; title: string; version: string; language: string; direction: 'ltr' | 'rtl' }
  steps: StepConfig[]
  quizzes: QuizConfig[]
  activities: { n: number; id: string; step: number; kind: 'practice' | 'reflection' }[]
  completion: {
    steps: number[]
    atLeast: number
    quizzes: 'none' | 'attempted' | 'passed'
    reflections: 'optional' | 'required'
  }
  passRule: { score: number; quizzes: number[] } | null
  resume: { exit: 'suspend' | 'normal'; changed: 'retry' | 'keep' }
  layout: LayoutJson
  older: string | null
  reported: number[]
  words: Record<string, Words>
}
/** A sentence, or one by plural category (`Intl.PluralRules`), with `{name}` places. */
export type Words = string | Record<string, string>
export interface StepConfig { n: number; id: string; title: string; src: string; required: boolean }
export interface QuizConfig {
  n: number
  id: string
  title: string
  step: number
  questions: number[]
  points: number[]
  passScore: number | null
  attempts: number
  shuffle: boolean
  pool: number[]
  draw: number
  feedback: 'now' | 'end' | 'never'
  retry: 'all' | 'wrong'
  counts: 'best' | 'last' | 'first'
  reveal: 'after-pass' | 'after-last' | 'always' | 'never'
  counted: boolean
}
export type QuestionType =
  | 'choice' | 'multiple' | 'true-false' | 'fill-in' | 'cloze' | 'numeric' | 'matching' | 'order' | 'likert'
export interface QuestionData {
  n: number
  id: string
  type: QuestionType
  text: string
  points: number
  attempts: number
  shuffle: boolean
  quiz: number
  max: number
  scored: boolean
  partial?: boolean
  options?: { n: number; id: string; text: string; right?: boolean }[]
  truth?: boolean
  accept?: string[]
  case?: boolean
  gaps?: { n: number; id: string; accept: string[] }[]
  ranges?: [string, string][]
  decimal?: ',' | '.'
  pairs?: { n: number; id: string; left: string; right: string; to: number }[]
  items?: { n: number; id: string; text: string }[]
}
export interface ReflectionData {
  n: number
  id: string
  text: string
  minWords: number
  max: number
  private: boolean
  keep: 'lms' | 'browser'
}
export interface StepData { n: number; html: string | null; questions: QuestionData[]; reflections: ReflectionData[] }

/* ---- answers and scores ------------------------------------------------------------------------ */

/**
 * choice, likert: the option's n, or null · multiple: sorted n · true-false: boolean or null ·
 * fill-in, numeric: text as typed · cloze: a text per gap, in reading order ·
 * matching: per pair, in the order of `pairs`, the chosen `to`, 0 for none · order: n in the learner's order
 */
export type Response = number | null | boolean | string | number[] | string[]
/**
 * `share` is from 0 to 1, `earned` is share × points: both for show. Exact is `right` of `of` units;
 * `QuestionState.share` keeps `right`. Likert: neutral, 0 of 0 units, earned 0.
 */
export interface Verdict {
  result: 'correct' | 'incorrect' | 'partial' | 'neutral'
  share: number
  earned: number
  right: number
  of: number
}

/* ---- the saved state (progress.js; the same layout in state.py) -------------------------------- */

export type LayoutJson = unknown[]
export interface QuestionState {
  response: Response
  submitted: boolean
  tries: number
  /** the verdict's `right`, in the units of its record (`units` of score.js); null while not submitted */
  share: number | null
}
export interface QuizState {
  /** finished attempts plus the running one */
  attempt: number
  phase: 'new' | 'running' | 'finished'
  /** score of the attempt that counts, in millionths of the possible, rounded down; null before the first end */
  score: number | null
  passed: boolean
  /** the drawn questions' n, for a quiz that draws */
  drawn: number[]
}
export interface ReflectionState { text: string; submitted: boolean }
export interface CourseState {
  /** random marker of this attempt, made once; keys the local copy and seeds every shuffle */
  token: number
  /** raised by one at each write, so that no two writes are equal */
  counter: number
  /** n of the step that the learner sees, 0 for none */
  location: number
  completed: boolean
  success: 'unknown' | 'passed' | 'failed'
  seen: Set<number>
  questions: Map<number, QuestionState>
  quizzes: Map<number, QuizState>
  reflections: Map<number, ReflectionState>
  /** n to the LMS's interaction index, in the order of first report */
  entries: Map<number, number>
}

/** What became of a state that an earlier layout wrote, all by n. `layout` is the id of that layout. */
export interface Changes {
  layout: number
  /** new steps */
  steps: number[]
  /** new quizzes, questions and reflections */
  activities: number[]
  removed: number[]
  /** answered before, to be answered anew: the right answer changed, or what was chosen is gone */
  answers: number[]
  /** reflections that no longer fit whole */
  cut: number[]
}

/* ---- where a learner stands (standing.js; the same in standing.py) -------------------------------- */

export interface Standing {
  stepsDone: Set<number>
  /** how many of `completion.steps` are done */
  stepsRequiredDone: number
  completed: boolean
  success: Success
  /** null before an attempt that counts has ended */
  score: Score | null
  /** the share of what completion asks for, 0 to 1, cut to four decimals; 1 only when completed */
  progress: number
  /** what completion still asks for, in the order of the course; empty when completed */
  todo: { kind: 'step' | 'quiz' | 'reflection'; n: number; step: number }[]
}

/* ---- the way to the LMS (session.js, drivers) --------------------------------------------------- */

export type Completion = 'incomplete' | 'completed'
export type Success = 'unknown' | 'passed' | 'failed'
export interface Score {
  /** 0 to 1, rounded to four decimals */
  scaled: number
  /** 0 to 100, two decimals */
  raw: number
}
/** One answered question or one reflection, ready to be put into a format's grammar. */
export interface Interaction {
  n: number
  question: QuestionData | null
  reflection: ReflectionData | null
  response: Response
  /** a numeric answer as plain decimal text; null where it is none */
  number?: string | null
  verdict: Verdict | null
  /** when it was first shown, wall clock */
  shown: Date
  /** milliseconds from shown to answered */
  latency: number
}
/** All that one save writes; state is encoded last, since it holds the counter and the entries. */
export interface LmsRecord {
  encode(counter: number, entries: Map<number, number>): string
  location: string
  completion: Completion
  success: Success
  score: Score | null
  progress: number
  /** the course has a pass rule: SCORM 1.2 then never says plain `completed` */
  graded: boolean
  /** every quiz that counts was taken: a score below the pass mark is more than a beginning */
  taken: boolean
  /** the attempt that counts is the last one: the score may be lower than what the LMS holds */
  mayFall?: boolean
  /** `resume.exit`: what a finished session tells the LMS; `suspend` when left out */
  exit?: 'suspend' | 'normal'
  /** the state's own map; the driver enters the index of each interaction before it calls `encode` */
  entries: Map<number, number>
  /** those answered since the page opened, the same object as long as nothing about it changed */
  interactions: Interaction[]
}
export interface Opening {
  connected: boolean
  mode: 'normal' | 'browse' | 'review'
  credit: boolean
  learner: { id: string; name: string }
  /** the saved state text, '' when there is none */
  state: string
  /** what the LMS holds now; the record never goes below it */
  completion: Completion
  success: Success
  score: Score | null
  /** the LMS has a record of this attempt already; false when it is new or nobody can tell */
  begun: boolean
  /** the LMS kept what was written at the start */
  committed: boolean
  /** the LMS closed this session before it began: only opening the course again helps */
  ended?: boolean
  /** the pass mark that the launch asks for, 0 to 1, in place of the course's own */
  mastery?: number | null
}
/** `local`: the state comes from this browser's copy, since the LMS holds less. */
export type SessionOpening = Opening & { local: boolean }
/**
 * One per format. Every method is safe to call at any time and never throws; what the LMS refuses is
 * `false`. `write` puts values, `commit` asks the LMS to keep them.
 */
export interface Driver {
  readonly name: string
  /** finds and opens the LMS side; `connected: false` when there is none */
  open(courseId?: string | Promise<string>): Promise<Opening>
  /**
   * Without a record only the time is written. `resend`: spell values anew, since the LMS may have
   * forgotten what it failed to send. False: something did not arrive, try again later.
   */
  write(record: LmsRecord | null, state: { counter: number; seconds: number; resend: boolean }): boolean
  commit(): boolean | Promise<boolean>
  /** the network went away: whether something committed in the last seconds may never have left */
  doubt?(): boolean
  /** last words, once; `finished` when the course is done and judged for good, `exit` as the course wants it then */
  close(how: { finished: boolean; exit: 'suspend' | 'normal' }): void
  /**
   * The way back to the LMS, where the format has one. A promise tells whether the session could be ended
   * there: false means that something is not saved yet, and `leave` may be called again.
   */
  leave?(): void | Promise<boolean>
  /** the LMS has closed this session for good: what is written now, it will never take */
  over?(): boolean
  /** how statements leave the page on this launch; null where the launch names no LRS. Asked after `open`. */
  outlet?(): Outlet | null
}
/**
 * The launch's LRS, for whoever has statements besides the driver's own. `context` is what each statement's
 * context begins with: its lists first, own entries after them.
 */
export interface Outlet {
  /** names the record store and the learner, not the session: what waits in a queue is bound to it */
  key: string
  actor: Record<string, any>
  /** the activity that the LMS launched */
  activity: string
  registration: string | null
  /** the session's id: cmi5's own, else one per launch */
  session: string
  context: Record<string, any>
  mode: 'normal' | 'browse' | 'review'
  /** what waits dies with the session: nothing of it may be sent in a later one (cmi5) */
  fleeting: boolean
  /** resolves when the first statement may be sent; never, when none may */
  ready: Promise<void>
  /** false once the session has ended: nothing may be sent any more */
  open(): boolean
  /** now, or `at` by `performance.now()`, in ISO 8601 and UTC, by the LMS's clock where it is known; never before an earlier one */
  timestamp(at?: number): string
  /**
   * Sends statements, each as its own JSON text, in one request. `status` 0: nobody knows whether it arrived.
   * `retryAfter` in seconds, 0 when nobody said.
   */
  send(statements: string[], how?: { keepalive?: boolean }): Promise<{ status: number; retryAfter: number }>
  /** a refused statement from the time before the clock was corrected, with its right time; null when it is no such one */
  restamp?(statement: string): string | null
  /** called before the session ends; the end waits for it some seconds */
  beforeEnd(flush: () => Promise<unknown>): void
}
/** What `peek` of progress.js reads from a saved state without its layout; null when it is not one. */
export type Peek = (text: string) => { token: number; counter: number } | null
/** `since`: when the first change was made that is not saved; `kept`: this browser has a copy; `lost`: the LMS has closed the session. */
export interface SaveDetail { since: Date | null; kept: boolean; lost: boolean }
export interface Session {
  /** opens the LMS side in this very call, so that Initialize waits for nothing */
  open(): Promise<SessionOpening>
  /** what to save; called at each save. Saves at once, so that the LMS learns what it missed. */
  setRecorder(recorder: () => LmsRecord): void
  /** something changed; `urgent` for an answer or a finished step, else within five seconds */
  save(how?: { urgent?: boolean }): void
  /** tries again now; for the button on the bar */
  retry(): void
  /** called at once with the present state, then at each change */
  onState(listener: (state: SaveState, detail: SaveDetail) => void): void
  /** saves, ends the session, and goes back to the LMS where the format has a way */
  close(): void
  /** nothing is written: review, browse, an older tab, or closed */
  readonly readonly: boolean
  /** `close` leads back to the LMS: there is a point in an Exit button */
  readonly leads: boolean
}
export type SaveState = 'saved' | 'saving' | 'unsaved' | 'local' | 'readonly' | 'closed'

/* ---- between the scripts of the page (main.js and begin.js) --------------------------------------- */

/** Reads a state of an earlier layout as one of the present; `carry` of changes.js. */
export type Carry = (state: CourseState, before: any, now: any, policy: 'retry' | 'keep') => { state: CourseState; changes: Changes }
/** What the runtime hands to the page once the course and the LMS are there. Nothing of it exists twice. */
export interface Kit {
  config: LaunchConfig
  session: Session
  opening: SessionOpening
  /** what was saved, else a blank state */
  state: CourseState
  /** whether `state` is what was saved */
  restored: boolean
  /** what became of the state of an earlier layout */
  changes: Changes | null
  encode(state: CourseState, layout: LayoutJson): string
  emit(name: string, payload?: unknown): void
  /** adds a notice, once per kind; an empty text takes it away */
  notice(kind: string, text: string): void
  /** `window.coursepack`: the functions that the package's scripts call */
  takers: Record<string, unknown>
  /** resolves when the script has brought what it is for; `failed` is called after each failed try */
  load(src: string, arrived: () => boolean, failed: () => void): Promise<void>
  /** the same for a script that calls `coursepack[name]`: resolves with what it brought */
  bring(name: string, src: string, failed: () => void): Promise<any>
  /** tries at once whatever waits for its next try */
  retryNow(): void
  storage: { get(key: string): string | null; set(key: string, value: string): boolean }
  fingerprint(text: string): string
  /** the name of the script that prints */
  printer: string
  /** the launch's LRS; null where there is none */
  outlet: Outlet | null
}

/* ---- statement hooks (made by xapi/table.py; xapi/contract.py says what each thing means) -------------------- */

export interface Activity { id: string; definition: Record<string, any> }
/**
 * `within`: the numbers around it, nearest first; `free`: what is typed here is free text. A question's definition has
 * no `name`, and 0 for a list of components: both are made from `QuestionData`.
 */
export interface HookPlace {
  kind: 'page' | 'quiz' | 'question' | 'reflection'
  within: number[]
  activity: Activity
  free?: boolean
}
/** A literal, a map, a list, `{$: path, f?: filters}`, `{'+': parts}`, `{'@': ref}` whole, `{'#': ref}` brief. */
export type HookTemplate = any
/** `[op, path, value]`, `['all' | 'any', …]`, `['not', c]`, `['first', 'session' | 'attempt']`, `['mode', modes]` */
export type HookCondition = any[]
export interface Hook {
  id: string
  events: string[]
  when: HookCondition
  statement: HookTemplate
  /** `session` and `attempt`: deterministic id, sent once per hook and object */
  once: 'event' | 'session' | 'attempt'
  priority: 'critical' | 'normal' | 'low'
  offline: 'keep' | 'drop'
  /** seconds; 0: no limit */
  throttle: number
  /** per session; 0: no limit */
  max: number
  /** sends free text if the learner agrees */
  consent: boolean
  /** a path whose values are told apart by `once` and `first` */
  each?: string
}
export interface HookTable {
  v: 1
  course: { iri: string; title: string; version: string; language: string }
  /** the course itself */
  activity: Activity
  /** by permanent number */
  places: Record<string, HookPlace>
  /** by name in the package */
  resources: Record<string, Activity>
  hooks: Hook[]
  /** IRI of the context extension for the session's id; empty where the launch brings its own */
  session: string
  relay: string | null
  /** exact origins that the bridge may speak to */
  origins: string[]
  /** account.homePage of a learner that the LMS names by id */
  homePage: string
}
