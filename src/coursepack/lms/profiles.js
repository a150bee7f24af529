// @ts-check
/**
 * What each LMS takes, refuses, keeps and shows. A line that is here is obeyed: other modules ask for it by its key. What
 * a profile says nothing about goes by the standard.
 */

/** @typedef {import('./contract').Edition} Edition */
/** @typedef {import('./contract').Line} Line */
/** @typedef {import('./contract').Profile} Profile */

/** @type {Edition[]} */
const FIRST = ['scorm12']
/** @type {Edition[]} */
const SECOND = ['scorm2004-3', 'scorm2004-4']
const BOTH = [...FIRST, ...SECOND]

/** @param {string} evidence @param {Edition[]} editions @param {string} says @returns {Line} */
const standard = (evidence, editions, says) => ({ evidence, how: 'standard', editions, says })
/** @param {number} evidence @param {Edition[]} editions @param {string} says @param {Partial<Line>} [more] @returns {Line} */
const measured = (evidence, editions, says, more = {}) => ({ evidence: String(evidence), how: 'measured', editions, says, ...more })

/** @type {Profile} */
const STRICT = {
  id: 'strict',
  name: 'strict SCORM',
  measured: '',
  unknown: 'The standard says nothing about gradebooks and completion ticks. Where it leaves a choice, the choice is the one that spares content least.',
  lines: {
    limits: standard('SPM: 1.2-RTE 3.4.5, 4-RTE 4.1.1.1', BOTH, 'Nothing longer than what every LMS must keep is taken.'),
    mastery: standard('1.2-RTE 3.4.4, lesson_status', FIRST, 'With credit, a mastery score and a raw score, the LMS decides passed or failed at Finish, whatever the course wrote.'),
    'no-status': standard('1.2-RTE 3.4.4, lesson_status', FIRST, 'A course that never wrote a status is completed at Finish.'),
    'resume-12': standard('1.2-RTE 3.4.4, exit and entry', FIRST, 'After exit "suspend" the next launch resumes; after any other exit entry is empty, and most LMSs keep the data.'),
    'resume-2004': standard('4-RTE 4.2.8, 4.2.7', SECOND, 'Only exit "suspend" lets the attempt go on; after any other exit the next launch starts an empty attempt.'),
    threshold: standard('4-RTE 4.2.4.1', SECOND, 'With a completion threshold the progress measure decides, whatever the course wrote; without a measure the status is unknown.'),
    passing: standard('4-RTE 4.2.22.1', SECOND, 'With a passing score the scaled score decides, whatever the course wrote; without a score success is unknown.'),
    assumed: standard('4-SN 3.13.2, 3.13.3', SECOND, 'An attempt that ended without a report counts as completed and passed, unless the manifest says that the content reports it.'),
    'no-credit': standard('1.2-RTE 3.4.4, 4-RTE 4.2.5, credit', BOTH, 'Without credit, score and success of the attempt stay as they were.'),
    unfinished: standard('left open', BOTH, 'A page that died keeps what it committed; the session time it last committed counts.')
  }
}

/** @type {Profile} */
const MOODLE = {
  id: 'moodle-4.5',
  name: 'Moodle 4.5',
  measured: 'measured on 4.5.11',
  unknown: 'Not measured: sequencing, packages with several organizations, the mobile app, other settings than those of a new activity. There it goes by the standard.',
  lines: {
    unfinished: measured(1, BOTH, 'Commit is a synchronous request, and Moodle never finishes for the course: no Commit or Finish, nothing stored.'),
    crash: measured(2, BOTH, 'A browser crash loses whatever was not committed; leaving the page saves from a Finish called in pagehide.'),
    beacon: measured(3, BOTH, 'Last words of more than about 64 KiB are lost whole and Finish answers false. 2004 sends all that differs from the launch each time. The size here is an estimate of the request.', { limit: 65536 }),
    'beacon-newlines': measured(4, BOTH, 'Last words store LF as CRLF.'),
    'failed-commit': measured(5, FIRST, 'Offline, Commit answers "true" and never sends those values again; only a changed value goes.'),
    'set-back': measured(6, SECOND, 'A value set back to what it was at launch is never sent: the stored one stays.'),
    'exit-stays': { ...measured(6, BOTH, 'An exit that a session does not set is not sent either: the stored one stays.'), how: 'read' },
    'session-lost': measured(7, BOTH, 'When the login is gone, Commit answers "false", error 101.'),
    reopens: measured(10, FIRST, 'After Finish, Initialize is taken again.'),
    'limits-12': measured(11, FIRST, 'suspend_data, location, comments and responses take 64000 UTF-16 units each.', {
      limit: 64000, elements: ['cmi.suspend_data', 'cmi.core.lesson_location', 'cmi.comments', 'cmi.interactions.n.student_response']
    }),
    'comments-append': measured(11, FIRST, 'A new comment follows the one before.', { elements: ['cmi.comments'] }),
    'blank-score': measured(12, FIRST, 'An empty score.raw is stored as 0.'),
    'formats-2004': measured(13, SECOND, 'raw has at most 5 digits before and 18 after the point; ids in choice and matching responses only A-Z a-z 0-9 _ and point; no newline in description, comment and long-fill-in; no empty response.'),
    'interactions-unbounded': measured(14, BOTH, 'No limit on the number of interactions.', { elements: ['cmi.interactions'] }),
    mastery: measured(15, FIRST, 'A mastery score forces passed or failed at Finish whenever raw is set, even over "incomplete".'),
    'completion-rule': measured(16, BOTH, 'The activity form preselects the rule "status = completed" alone; completion tracking itself is off by default.'),
    'passing-ignored': { ...measured(17, SECOND, 'success_status is never derived from the manifest\'s passing score.'), how: 'read' },
    'threshold-at-end': { ...measured(17, SECOND, 'The completion threshold is applied at Terminate, even over "completed".'), how: 'read' },
    'any-attempt': measured(18, BOTH, 'A stored status of any attempt satisfies completion; 2004 success "passed" does not satisfy "completed".'),
    grade: measured(19, BOTH, 'The grade is score.raw as points out of the activity\'s maximum; score.max and scaled are ignored.'),
    'no-status': measured(20, FIRST, 'With no status set, the status becomes "completed" at Finish.'),
    'no-status-2004': measured(20, SECOND, 'With no status set, the status stays unknown.'),
    'resume-12': measured(21, FIRST, 'Data always comes back; entry is "resume" only after suspend, otherwise empty.'),
    'blank-unless-suspended': measured(21, SECOND, 'Data comes back only if the stored exit is "suspend"; otherwise the course starts blank.'),
    'no-time': measured(22, SECOND, 'Without session_time the stored total_time is "P".'),
    'review-after-completion': measured(23, BOTH, 'After completion a relaunch is in review mode without credit, but Moodle still stores every write.')
  }
}

/** @type {Record<string, Profile>} */
export const profiles = { [STRICT.id]: STRICT, [MOODLE.id]: MOODLE }

/** The line under that key, if the profile has it for the edition. @param {Profile} profile @param {Edition} edition @param {string} key */
export function line(profile, edition, key) {
  const found = profile.lines[key]
  return found?.editions.includes(edition) ? found : null
}
