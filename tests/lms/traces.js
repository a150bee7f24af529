// @ts-check
/** Calls to compare: traces as real content makes them, and random ones from a seed. */

/** @typedef {[verb: 'initialize' | 'terminate' | 'get' | 'set' | 'commit', ...args: string[]]} Step */

/** @param {number} seed @returns {() => number} from 0 to below 1, always the same for a seed */
export function random(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const LONG = [255, 256, 4000, 4001, 4096, 4097, 64000, 64001].map((length) => 'x'.repeat(length))
const NUMBERS = ['0', '100', '50', '66.67', '-1', '101', '-0.5', '0.5', '1', '1.5', '.5', '5.', '1e2', '1,5', ' 5', '+5', 'NaN', '', '12345678901', '0.1234567', '33.333333333333336', '-100', '-101']
const WORDS = ['passed', 'completed', 'failed', 'incomplete', 'browsed', 'not attempted', 'unknown', 'Passed', '', 'done']
const IDS = ['q1', 'q-2', 'q 3', 'Frage_ä', '', 'urn:x:q', 'urn:q', 'https://course.example/q#1', 'q1', 'a.b.c', LONG[0], LONG[1], LONG[3]]
const TEXTS = ['', 'plain text', 'Grüße 你好 🙂', 'two\nlines', '{lang=de}Hallo', '{lang=}x', '{lang=en-GB}{x}', '{curly', ...LONG]
const SPANS = ['00:00:05', '0000:00:05.25', '0:00:05', '00:00:05.123', '00:60:00', '00:00:60', '9999:59:59.99', '10000:00:00', 'PT5S', '', '5']
const INTERVALS = ['PT5S', 'PT1H30M5.25S', 'P1DT1M', 'P1Y2M3D', 'PT5.123S', 'P1W', 'PT', 'P', '', '00:00:05', '-PT5S', 'PT0H0M0S', 'PT1.5H', 'PT90M']
const STAMPS = ['2026-11-23T09:30:00', '2026-11-23', '2026', '2026-11-23T09:30:00Z', '2026-11-23T09:30:00.0Z', '2026-11-23T09:30:00.123Z', '2026-11-23T09:30:00.12+02:00', '2026-11-23T09:30:00+02:00', '2039-01-01T00:00:00', '1969-12-31', '2026-13-01', '2026-11-23T24:00:00', '2026-11-23T09:30', '2026-11-23T09:30:00.12+02', '']
const CLOCKS = ['09:30:00', '23:59:59.99', '24:00:00', '9:30:00', '09:30', '09:30:00.123', '']
const TYPES = ['true-false', 'choice', 'fill-in', 'long-fill-in', 'matching', 'performance', 'sequencing', 'likert', 'numeric', 'other', 'essay', '', 'Choice']
const RESULTS = ['correct', 'wrong', 'incorrect', 'unanticipated', 'neutral', '0.5', '-1', '', 'Correct', '1e2', '12345']
const RESPONSES12 = ['t', 'f', '0', '1', 'true', 'a', 'a,c', '{a,c}', 'ab', '1.a,2.b', '1.a', 'a,b,c', '', '42', '-1.5', 'free text', LONG[0], LONG[1]]
const RESPONSES = ['true', 'false', 't', 'a', 'a[,]c', 'a[,]a', 'a b', '', 's1[.]t1', 's1[.]t1[,]s2[.]t2', 's1[.]', '[.]t1', 'one[,]two', 'free text', '{lang=de}Text', '{case_matters=true}one', '{order_matters=false}one[,]two', '{case_matters=maybe}one', '3[:]3', '3[:]5', '5[:]3', '[:]5', '3[:]', '[:]', '42', '-1.5', '1e2', 'ä', LONG[0], LONG[3]]
const EXITS = ['suspend', '', 'normal', 'time-out', 'logout', 'Suspend', 'quit']
const REQUESTS = ['continue', 'previous', 'exit', 'exitAll', 'abandon', 'abandonAll', 'suspendAll', '_none_', '{target=item-1}choice', '{target=item-1}jump', '{target=}choice', 'choice', '']

/** @type {[pattern: RegExp, values: string[]][]} the first that matches; those for both editions last */
const VALUES = [
  [/correct_responses|_response$/, RESPONSES],
  [/interactions.*\.type$/, TYPES],
  [/interactions.*\.result$/, RESULTS],
  [/interactions.*\.time$/, CLOCKS],
  [/timestamp$/, STAMPS],
  [/\.id$/, IDS],
  [/session_time|total_time|latency|max_time/, [...SPANS, ...INTERVALS]],
  [/status$/, WORDS],
  [/exit$/, EXITS],
  [/nav\.request$/, REQUESTS],
  [/score|measure|weighting|audio|speed|captioning|preference\.text/, NUMBERS],
  [/language$/, ['en', 'de-CH', '', 'x', 'english', 'en_US', '12', LONG[0]]],
  [/credit|mode|entry|_count|_children|_version/, ['normal', 'credit', '1', '']],
  [/^/, TEXTS]
]

const NAMES12 = [
  'core.student_id', 'core.student_name', 'core.lesson_location', 'core.credit', 'core.lesson_status', 'core.entry', 'core.score.raw',
  'core.score.max', 'core.score.min', 'core.total_time', 'core.lesson_mode', 'core.exit', 'core.session_time', 'suspend_data', 'launch_data',
  'comments', 'comments_from_lms', 'student_data.mastery_score', 'student_data.max_time_allowed', 'student_data.time_limit_action',
  'student_preference.audio', 'student_preference.language', 'student_preference.speed', 'student_preference.text',
  'objectives.N.id', 'objectives.N.score.raw', 'objectives.N.score.min', 'objectives.N.status', 'interactions.N.id', 'interactions.N.id',
  'interactions.N.objectives.M.id', 'interactions.N.time', 'interactions.N.type', 'interactions.N.correct_responses.M.pattern',
  'interactions.N.weighting', 'interactions.N.student_response', 'interactions.N.result', 'interactions.N.latency'
]
const NAMES2004 = [
  'comments_from_learner.N.comment', 'comments_from_learner.N.location', 'comments_from_learner.N.timestamp', 'comments_from_lms.N.comment',
  'completion_status', 'completion_threshold', 'credit', 'entry', 'exit', 'interactions.N.id', 'interactions.N.id', 'interactions.N.type',
  'interactions.N.type', 'interactions.N.objectives.M.id', 'interactions.N.timestamp', 'interactions.N.correct_responses.M.pattern',
  'interactions.N.weighting', 'interactions.N.learner_response', 'interactions.N.result', 'interactions.N.latency',
  'interactions.N.description', 'launch_data', 'learner_id', 'learner_name', 'learner_preference.audio_level', 'learner_preference.language',
  'learner_preference.delivery_speed', 'learner_preference.audio_captioning', 'location', 'max_time_allowed', 'mode', 'objectives.N.id',
  'objectives.N.id', 'objectives.N.score.scaled', 'objectives.N.score.raw', 'objectives.N.success_status', 'objectives.N.completion_status',
  'objectives.N.progress_measure', 'objectives.N.description', 'progress_measure', 'scaled_passing_score', 'score.scaled', 'score.raw',
  'score.min', 'score.max', 'session_time', 'success_status', 'suspend_data', 'time_limit_action', 'total_time', '../adl.nav.request',
  '../adl.nav.request_valid.continue', '../adl.nav.request_valid.previous'
]
const ODD12 = ['cmi', 'cmi.core', 'cmi.core._children', 'cmi.core.score._children', 'cmi.core.nothing', 'cmi.nothing', 'nothing.at.all', 'cmi._version', 'cmi.objectives._count', 'cmi.objectives._children', 'cmi.interactions._count', 'cmi.interactions._children', 'cmi.interactions.0', 'cmi.interactions.0.nothing', 'cmi.core.student_id._children', 'cmi.core._count', 'cmi.student_data._children', 'cmi.student_preference._children', 'cmi.interactions.01.id', 'cmi.interactions.0.correct_responses._count', 'cmi.interactions.0.objectives._count', 'cmi.objectives.0.score._children', 'cmi.core.Lesson_Status', '', 'cmi.suspend_data._count']
const ODD2004 = ['cmi', 'cmi.score', 'cmi.score._children', 'cmi.nothing', 'nothing.at.all', 'cmi._version', 'cmi.objectives._count', 'cmi.objectives._children', 'cmi.interactions._count', 'cmi.interactions._children', 'cmi.interactions.0', 'cmi.interactions.0.nothing', 'cmi.location._children', 'cmi.score._count', 'cmi.learner_preference._children', 'cmi.interactions.01.id', 'cmi.interactions.0.correct_responses._count', 'cmi.interactions.0.objectives._count', 'cmi.objectives.0.score._children', 'cmi.Location', '', 'cmi.comments_from_learner._count', 'cmi.comments_from_learner._children', 'cmi.comments_from_lms._count', 'cmi.location._version', 'cmi.suspend_data._count']

/** Responses, and the members of an interaction that has its id and type. @type {[string[], string[]]} */
const FORMS12 = [RESPONSES12, ['student_response', 'student_response', 'correct_responses.M.pattern', 'correct_responses.M.pattern', 'result', 'weighting', 'latency', 'time', 'objectives.M.id']]
/** @type {[string[], string[]]} */
const FORMS2004 = [RESPONSES, ['learner_response', 'learner_response', 'correct_responses.M.pattern', 'correct_responses.M.pattern', 'result', 'weighting', 'latency', 'timestamp', 'description', 'objectives.M.id', 'id']]

/** @param {boolean} first @param {string} name @returns {string[]} */
const valuesOf = (first, name) =>
  (first && /_response/.test(name) ? RESPONSES12 : VALUES.find(([pattern]) => pattern.test(name))?.[1] ?? TEXTS)

/** @param {string[]} items @param {() => number} next */
const pick = (items, next) => items[Math.floor(next() * items.length)]

/**
 * A session of that many calls, most of them as content would make them: good values, next free indices.
 * @param {boolean} first @param {number} seed @param {number} length @returns {Step[]}
 */
export function randomTrace(first, seed, length) {
  const next = random(seed)
  /** @type {Step[]} */
  const steps = []
  if (next() < 0.9) steps.push(['initialize', ''])
  const names = first ? NAMES12 : NAMES2004
  let entries = 0
  const index = () => String(Math.min(3, Math.floor(next() * next() * 4)))
  const element = () => (next() < 0.12
    ? pick(first ? ODD12 : ODD2004, next)
    : `cmi.${pick(names, next)}`.replace('cmi.../', '').replace('N', index()).replace('M', index()))
  while (steps.length < length) {
    const roll = next()
    if (roll > 0.9 && entries < 4) {
      const [list, own] = first ? FORMS12 : FORMS2004
      const entry = `cmi.interactions.${entries++}`
      steps.push(['set', `${entry}.id`, pick(['q1', 'Q_2', 'a.b.c'], next)])
      steps.push(['set', `${entry}.type`, pick(TYPES.slice(0, 10), next)])
      for (let count = 0; count < 8; count++) {
        const member = pick(own, next).replace('M', index())
        steps.push(['set', `${entry}.${member}`, pick(member.includes('respons') ? list : valuesOf(first, `cmi.interactions.0.${member}`), next)])
      }
      continue
    }
    const name = element()
    const values = valuesOf(first, name)
    if (roll < 0.01) steps.push(['initialize', pick(['', '', 'x'], next)])
    else if (roll < 0.02) steps.push(['terminate', pick(['', '', 'x'], next)])
    else if (roll < 0.04) steps.push(['commit', pick(['', '', '', 'x'], next)])
    else if (roll < 0.34) steps.push(['get', name])
    else steps.push(['set', name, pick(values, next)])
  }
  return steps
}

/** @param {string} prefix @param {Record<string, string>} members @returns {Step[]} */
const sets = (prefix, members) => Object.entries(members).map(([member, value]) => ['set', `${prefix}.${member}`, value])
/** @param {string[]} names @returns {Step[]} */
const gets = (...names) => names.map((name) => ['get', name])

/** As course players make them: start, work, leave. @type {Record<'scorm12' | 'scorm2004', Record<string, Step[]>>} */
export const RECORDED = {
  scorm12: {
    'a quiz from start to finish': [
      ['initialize', ''], ...gets('cmi.core.lesson_mode', 'cmi.core.lesson_status', 'cmi.core.entry', 'cmi.suspend_data', 'cmi.core.student_name', 'cmi.interactions._count'),
      ['set', 'cmi.core.lesson_status', 'incomplete'], ['set', 'cmi.core.exit', 'suspend'], ['commit', ''],
      ...sets('cmi.interactions.0', { id: 'capital', type: 'choice', time: '09:30:00', 'correct_responses.0.pattern': 'b', weighting: '1', student_response: 'b', result: 'correct', latency: '00:00:07' }),
      ...sets('cmi.interactions.1', { id: 'pairs', type: 'matching', student_response: '1.a,2.b', result: 'wrong' }),
      ['set', 'cmi.core.score.min', '0'], ['set', 'cmi.core.score.max', '100'], ['set', 'cmi.core.score.raw', '50'],
      ['set', 'cmi.core.lesson_status', 'passed'], ['set', 'cmi.core.session_time', '00:04:10'], ['get', 'cmi.core.score.raw'], ['commit', ''], ['terminate', '']
    ],
    'a page turner that leaves half-way': [
      ['initialize', ''], ...gets('cmi.core.lesson_status', 'cmi.core.lesson_location'), ['set', 'cmi.core.lesson_status', 'incomplete'],
      ['set', 'cmi.core.lesson_location', 'page-4'], ['set', 'cmi.suspend_data', '1;0110'], ['commit', ''], ['set', 'cmi.core.exit', 'suspend'],
      ['set', 'cmi.core.session_time', '0000:12:00.5'], ['terminate', ''], ['get', 'cmi.core.lesson_status'], ['set', 'cmi.core.lesson_status', 'passed'], ['terminate', '']
    ],
    'objectives by index': [
      ['initialize', ''], ['get', 'cmi.objectives._count'], ...sets('cmi.objectives.0', { id: 'obj-1', status: 'incomplete', 'score.raw': '40' }),
      ...sets('cmi.objectives.1', { id: 'obj-2', status: 'passed' }), ...gets('cmi.objectives._count', 'cmi.objectives.0.id', 'cmi.objectives.1.status', 'cmi.objectives.0.score.raw'), ['terminate', '']
    ],
    'names that lead nowhere': [
      ['initialize', ''], ...gets('cmi.interactions.0.nothing', 'cmi.core.nothing', 'cmi._version', 'cmi.core.lesson_location._children', 'cmi.core._count', 'nothing')
    ],
    'everything too early and too late': [
      ['get', 'cmi.core.lesson_status'], ['set', 'cmi.core.lesson_status', 'passed'], ['commit', ''], ['terminate', ''], ['initialize', ''], ['initialize', ''],
      ['terminate', ''], ['terminate', ''], ['commit', ''], ['get', 'cmi.core.lesson_status']
    ]
  },
  scorm2004: {
    'a quiz from start to finish': [
      ['initialize', ''], ...gets('cmi.mode', 'cmi.completion_status', 'cmi.success_status', 'cmi.entry', 'cmi.suspend_data', 'cmi.location', 'cmi.score.scaled', 'cmi.interactions._count', 'cmi.objectives._count'),
      ['set', 'cmi.completion_status', 'incomplete'], ['set', 'cmi.exit', 'suspend'], ['commit', ''],
      ...sets('cmi.interactions.0', { id: 'capital', type: 'choice', timestamp: '2026-11-23T09:30:00', 'correct_responses.0.pattern': 'b', weighting: '1', learner_response: 'b', result: 'correct', latency: 'PT7S', description: 'The capital' }),
      ...sets('cmi.interactions.1', { id: 'pairs', type: 'matching', 'correct_responses.0.pattern': 'p1[.]a[,]p2[.]b', learner_response: 'p1[.]b[,]p2[.]a', result: 'incorrect' }),
      ...sets('cmi.interactions.2', { id: 'number', type: 'numeric', 'correct_responses.0.pattern': '3[:]3', learner_response: '3' }),
      ...sets('cmi.interactions.3', { id: 'words', type: 'fill-in', 'correct_responses.0.pattern': '{case_matters=false}blue', learner_response: 'blue' }),
      ['set', 'cmi.score.scaled', '0.5'], ['set', 'cmi.score.raw', '50'], ['set', 'cmi.score.min', '0'], ['set', 'cmi.score.max', '100'],
      ['set', 'cmi.progress_measure', '1'], ['set', 'cmi.success_status', 'failed'], ['set', 'cmi.completion_status', 'completed'],
      ...gets('cmi.interactions._count', 'cmi.interactions.0.learner_response', 'cmi.score.scaled'), ['set', 'cmi.session_time', 'PT4M10S'], ['set', 'cmi.exit', 'normal'], ['terminate', '']
    ],
    'a page turner that leaves half-way': [
      ['initialize', ''], ['set', 'cmi.location', 'page-4'], ['set', 'cmi.suspend_data', '1;0110'], ['set', 'cmi.progress_measure', '0.4'], ['commit', ''],
      ['set', 'cmi.exit', 'suspend'], ['set', 'adl.nav.request', 'suspendAll'], ['terminate', ''], ['get', 'cmi.location'], ['set', 'cmi.location', 'page-5'], ['commit', ''], ['terminate', '']
    ],
    'objectives and comments': [
      ['initialize', ''], ...sets('cmi.objectives.0', { id: 'obj-1', 'score.scaled': '0.4', success_status: 'failed', completion_status: 'completed', progress_measure: '1', description: 'First' }),
      ['set', 'cmi.objectives.1.id', 'obj-1'], ['set', 'cmi.objectives.1.id', 'obj-2'], ['set', 'cmi.objectives.1.id', 'obj-3'],
      ...gets('cmi.objectives._count', 'cmi.objectives.0.id', 'cmi.objectives.1.success_status', 'cmi.objectives.0.score.scaled', 'cmi.objectives.1.score.raw'),
      ...sets('cmi.comments_from_learner.0', { comment: 'More pictures', location: 'page-4', timestamp: '2026-11-23T09:30:00' }), ['get', 'cmi.comments_from_learner._count'], ['terminate', '']
    ],
    'names that lead nowhere': [
      ['initialize', ''], ...gets('cmi.interactions.0.nothing', 'cmi.nothing', 'cmi._version', 'cmi.location._children', 'cmi.location._count', 'cmi.location._version', 'nothing')
    ],
    'little said': [
      ['initialize', ''], ['set', 'cmi.comments_from_learner.0.comment', 'Only this'], ...gets('cmi.comments_from_learner.0.location', 'cmi.comments_from_learner.0.comment'),
      ['set', 'cmi.comments_from_learner.1.location', ''], ...sets('cmi.interactions.0', { id: 'number', type: 'numeric', 'correct_responses.0.pattern': '-1.5' })
    ],
    'everything too early and too late': [
      ['get', 'cmi.location'], ['set', 'cmi.location', 'x'], ['commit', ''], ['terminate', ''], ['initialize', ''], ['initialize', ''],
      ['terminate', ''], ['terminate', ''], ['commit', ''], ['get', 'cmi.location'], ['set', 'cmi.location', 'x'], ['initialize', '']
    ]
  }
}
