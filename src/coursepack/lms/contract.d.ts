/** The LMS side of SCORM: what preview and rehearse hold in their hands. Types only. */

export type Edition = 'scorm12' | 'scorm2004-3' | 'scorm2004-4'
export type ProfileId = 'strict' | 'moodle-4.5'
/** Flat: `{'cmi.core.lesson_status': 'incomplete', 'cmi.interactions.0.id': 'q1'}`. */
export type Values = Record<string, string>

/** What the manifest says about the SCO, as its text; leave out what it does not say. */
export interface Facts {
  /** 1.2 `adlcp:masteryscore` */
  masteryScore?: string
  maxTimeAllowed?: string
  timeLimitAction?: string
  /** `datafromlms` / `dataFromLMS` */
  launchData?: string
  /** 2004: `minNormalizedMeasure`, only with `satisfiedByMeasure="true"` */
  passingScore?: string
  /** 2004: `minProgressMeasure` with `completedByMeasure="true"`, or the text of the 3rd edition's element */
  completionThreshold?: string
  /** 2004: ids of the manifest's objectives, the primary one first; the LMS makes an entry for each */
  objectives?: string[]
  /** 2004: `deliveryControls`; both false unless said */
  completionSetByContent?: boolean
  objectiveSetByContent?: boolean
  /** 4th edition: `adlcp:data/adlcp:map` */
  sharedData?: { id: string; read: boolean; write: boolean }[]
  /** 2004: identifiers of items that a choice or a jump can go to */
  items?: string[]
}
export interface Learner { id: string; name: string; language?: string }
export type Mode = 'normal' | 'browse' | 'review'

/** What an LMS keeps between launches: plain JSON, to be stored as it is. */
export interface Attempt {
  edition: Edition
  number: number
  /** launches so far */
  launches: number
  /** the LMS itself has opened it in review */
  reviewed?: true
  /** every value as last committed; never those of one session alone, such as session_time */
  values: Values
  /** total_time, in hundredths of a second */
  total: number
  /** the exit of the last session; null before one was committed */
  exit: string | null
  /** 2004: as things stand the next launch starts an empty attempt */
  ended: boolean
  /** statuses of earlier attempts, for completion rules that any attempt satisfies */
  earlier: string[]
  /** adl.data, shared between attempts */
  shared: Values
}

/** One call of the content, as it was answered. Times are milliseconds of `performance.now`. */
export interface Call {
  method: string
  args: string[]
  result: string
  /** error code, "0" when there was none */
  error: string
  /** why, in a sentence; '' without an error */
  diagnostic: string
  at: number
  ms: number
}
/** One commit that the content asked for, or Terminate's own. */
export interface Commit {
  by: 'Commit' | 'Terminate'
  /** what the content heard */
  answer: 'true' | 'false'
  /** what was sent, changed values only */
  sent: Values
  /** whether it really was kept */
  kept: boolean
  /** why not, or what else was odd about it; '' when all went well */
  reason: string
}

/** Settable at any time; they hold for calls after that. */
export interface Trouble {
  /**
   * `fail`: Commit and Terminate answer false (101, in 2004 391 and 111) and nothing is kept; `lie`: they answer true and nothing is
   * kept; `lost`: the learner's session is gone on the server, as `fail` but until the next launch; `ok`: back to normal.
   * With a profile that was measured to do otherwise, it does as was measured.
   */
  commits: 'ok' | 'fail' | 'lie' | 'lost'
  /** milliseconds that each Commit and Terminate blocks the page */
  delay: number
  /** the page is going away: profiles with a limit for last words apply it */
  leaving: boolean
}

/** One launch: the object to put in the window, and what the LMS knows meanwhile. */
export interface Session {
  /** `API` or `API_1484_11`: the property of the window that has to hold `api` */
  readonly name: 'API' | 'API_1484_11'
  /** the eight functions of the edition; safe to call detached */
  readonly api: Record<string, (...args: any[]) => string>
  readonly state: 'not initialized' | 'running' | 'terminated'
  /** all values as the content would read them now, write-only ones too, kept or not */
  values(): Values
  /** those that are set but not yet committed */
  unsaved(): Values
  readonly trouble: Trouble
  /** the page died without Terminate: what was not committed is lost; a SCORM 2004 attempt goes on only after `suspend` */
  kill(): void
}

export interface LaunchOptions {
  mode?: Mode
  credit?: 'credit' | 'no-credit'
  /** in place of what the attempt says */
  entry?: 'ab-initio' | 'resume' | ''
  onCall?: (call: Call) => void
  /** called after the attempt was brought up to date: the moment to store `lms.attempt` */
  onCommit?: (commit: Commit) => void
  /** milliseconds; `performance.now` unless given */
  now?: () => number
  /** blocks for so long; a busy loop unless given */
  wait?: (ms: number) => void
}
export interface LmsOptions {
  edition: Edition
  facts?: Facts
  learner?: Learner
  /** `strict` unless given */
  profile?: ProfileId
  /** one stored earlier, to go on with */
  attempt?: Attempt | null
}
export interface Lms {
  readonly edition: Edition
  readonly profile: Profile
  /** a new object after each commit */
  readonly attempt: Attempt
  /** a session that still runs is killed first */
  launch(options?: LaunchOptions): Session
  /** the next attempt: everything but shared data starts empty */
  newAttempt(): void
  /** as if the learner had never been here */
  clear(): void
  /** what the LMS has on record now, and what it shows for it */
  record(): Summary
}

/* ---- what a profile says ------------------------------------------------------------------------ */

/**
 * One thing that is known of an LMS, and obeyed here. `evidence`: a clause of the standard, or the number of a measurement.
 * `limit`: in UTF-16 units, bytes or whatever `says` says.
 */
export interface Line {
  evidence: string
  how: 'standard' | 'measured' | 'read'
  editions: Edition[]
  says: string
  limit?: number
  elements?: string[]
}
export interface Profile {
  id: ProfileId
  /** for people: "strict SCORM", "Moodle 4.5" */
  name: string
  /** "measured on 4.5.11"; '' for strict */
  measured: string
  /** what is not known of it */
  unknown: string
  lines: Record<string, Line>
}
/** Why something is as it is: `line` is a key of the profile's lines. */
export interface Reason { line: string; evidence: string; says: string }

export interface Summary {
  edition: Edition
  profile: ProfileId
  attempt: number
  /** 1.2: lesson_status in `completion` alone, `success` is null */
  status: { completion: string; success: string | null }
  score: { scaled: string | null; raw: string | null; min: string | null; max: string | null }
  progress: string | null
  /** as the LMS would show it: `time` in the format of the edition, and in seconds */
  time: { text: string; seconds: number }
  location: string
  /** length of suspend_data in UTF-16 units, and the most that the profile takes */
  state: { length: number; limit: number }
  exit: string | null
  /** how the next launch begins */
  next: { entry: string; data: boolean }
  interactions: InteractionRecord[]
  objectives: { id: string; status: string; success: string; score: string | null }[]
  comments: { text: string; location: string; time: string }[]
  /** `known` is false where the profile has no measurement (strict: the standard says nothing about gradebooks) */
  gradebook: { known: boolean; text: string; points: number | null; outOf: number | null }
  /** the completion tick; `rule` is what the administrator chose, or the form's own choice */
  completion: { known: boolean; text: string; ticked: boolean | null; rule: string }
  reasons: Reason[]
}
export interface InteractionRecord {
  id: string
  type: string
  time: string
  response: string
  /** patterns of right answers */
  correct: string[]
  result: string
  weighting: string
  latency: string
  description: string
}

declare global {
  interface Window {
    /** what `bundle.js` leaves in a page; undefined where the script is missing */
    coursepackLms: {
      createLms(options: LmsOptions): Lms
      summarise(edition: Edition, attempt: Attempt, profile: Profile, facts?: Facts): Summary
      profiles: Record<string, Profile>
    }
  }
}
