// @ts-check
/** What the LMS has on record and what its gradebook would say, per profile, with the reasons. */

import { counted, make, pairs } from './dom.js'

/** @param {any} score */
function scoreWords({ scaled, raw, min, max }) {
  const parts = [raw === null ? null : `${raw}${max === null ? '' : ` of ${max}`}${min === null || min === '0' ? '' : `, from ${min}`}`, scaled === null ? null : `scaled ${scaled}`]
  return parts.filter((part) => part !== null).join('; ') || 'none'
}

/** @param {number} seconds */
function timeWords(seconds) {
  const whole = Math.round(seconds)
  return [[Math.floor(whole / 3600), 'h'], [Math.floor((whole % 3600) / 60), 'min'], [whole % 60, 's']].filter(([many]) => many).map((pair) => pair.join(' ')).join(' ') || '0 s'
}

/** @param {any} one profile and summary @param {string} played id of the profile that took the commits */
function profile({ profile, summary }, played) {
  const { status, score, time, gradebook, completion, next, interactions, comments } = summary
  const title = profile.measured ? `${profile.name} (${profile.measured})` : profile.name
  const reasons = summary.reasons.map((/** @type {any} */ reason) => make('li', {}, `${reason.says} `, make('span', { class: 'soft' }, `[${reason.evidence}]`)))
  return make(
    'section', { class: 'profile' },
    make('h2', {}, title),
    profile.id === played ? null : make('p', { class: 'soft' }, `Its view of what ${played === 'strict' ? 'the strict LMS' : 'the other LMS'} has kept; choose it as LMS to play by its rules.`),
    pairs([
      ['Status', status.success === null ? status.completion : `${status.completion}, ${status.success}`],
      ['Score', scoreWords(score)],
      ['Gradebook', gradebook.text],
      ['Completion tick', completion.text],
      ['Time', `${timeWords(time.seconds)} (${time.text})`],
      ['Answers', `${counted(interactions.length, 'interaction')}${comments.length ? `, ${counted(comments.length, 'comment')}` : ''}`],
      ['Next launch', next.data ? `goes on (entry ${next.entry || 'empty'})` : `starts anew (entry ${next.entry || 'empty'})`]
    ]),
    reasons.length ? make('details', { class: 'inner', 'data-key': profile.id }, make('summary', {}, `Why: ${counted(reasons.length, 'rule')}`), make('ul', {}, ...reasons)) : null
  )
}

/**
 * What the course said of itself decides; what it said of its quizzes and questions does not.
 * @param {any} snapshot @returns {Node[]}
 */
function cmi5({ statements, activity, facts }) {
  const verb = (/** @type {any} */ one) => String(one.verb?.id).split('/').pop() ?? ''
  const own = statements.filter((/** @type {any} */ one) => one.object?.id === activity)
  const verbs = own.map(verb)
  const has = (/** @type {string} */ name) => verbs.includes(name)
  const session = verbs.slice(verbs.lastIndexOf('launched') + 1)
  const judged = own.filter((/** @type {any} */ one) => ['passed', 'failed'].includes(verb(one)) && one.result?.score)
  const last = judged.findLast((/** @type {any} */ one) => verb(one) === 'passed') ?? judged.at(-1)
  const met = {
    Passed: has('passed'), Completed: has('completed'), CompletedAndPassed: has('completed') && has('passed'),
    CompletedOrPassed: has('completed') || has('passed'), NotApplicable: true
  }
  const moveOn = facts?.moveOn ?? 'NotApplicable'
  return [
    pairs([
      ['Completed', has('completed') ? 'yes' : 'no'],
      ['Success', has('passed') ? 'passed' : has('failed') ? 'failed' : 'unknown'],
      ['Score', last ? scoreWords({ scaled: last.result.score.scaled ?? null, raw: last.result.score.raw ?? null, min: null, max: last.result.score.max ?? null }) : 'none'],
      ['Moves on', facts === null ? null : `${met[/** @type {keyof typeof met} */ (moveOn)] ? 'satisfied' : 'not satisfied'} (moveOn ${moveOn})`],
      ['Session', facts === null ? null : session.includes('terminated') ? 'terminated' : session.includes('initialized') ? 'open' : 'not initialized']
    ])
  ]
}

/** Which of the inner details are open stays as it was. @param {any} target @param {any} snapshot @returns {Node[]} */
export function drawRecord(target, snapshot) {
  if (target.name === 'web') return [make('p', { class: 'soft' }, 'A web site has no LMS: the course keeps everything in this browser.')]
  if (!snapshot.records) return target.name === 'cmi5' ? cmi5(snapshot) : [make('p', { class: 'soft' }, 'What an xAPI course comes to is up to whoever reads its statements.'), ...cmi5({ ...snapshot, facts: null })]
  const open = [.../** @type {any} */ (document.querySelectorAll('#record details[open]'))].map((one) => one.dataset.key)
  const order = [...snapshot.records].sort((a, b) => Number(b.profile.id === snapshot.played) - Number(a.profile.id === snapshot.played))
  const { attempt } = snapshot
  const nodes = [
    make('p', {}, `Attempt ${attempt.number}, ${counted(attempt.launches, 'launch', 'launches')}${attempt.exit === null ? ', nothing saved yet' : `, last exit ${attempt.exit || 'empty'}`}.`),
    ...order.map((one) => profile(one, snapshot.played))
  ]
  for (const node of nodes) for (const inner of node.querySelectorAll('details')) inner.open = open.includes(inner.dataset.key ?? '')
  return nodes
}
