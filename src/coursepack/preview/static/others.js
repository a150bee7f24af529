// @ts-check
/** Sessions without SCORM: a record store on the server for cmi5 and xAPI, and nothing at all for a web site. */

const OWN = 'coursepack-preview '
const MOST = 50
const VERBS = 'http://adlnet.gov/expapi/verbs/'

/** @param {string} path @param {unknown} body */
async function post(path, body) {
  const answer = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`the record store said ${answer.status}`)
  return answer.json()
}

/** What the course itself kept in this browser; the preview's own notes stay. */
export function forgetCourse() {
  for (const area of [localStorage, sessionStorage]) {
    for (const key of Object.keys(area)) if (!key.startsWith(OWN)) area.removeItem(key)
  }
}

/** @param {{ kind: string, course: string, page: any, base: string, learner: any, launch: any, line: string, onChange: () => void }} how */
export function createStored({ kind, course, page, base, learner, launch, line, onChange }) {
  /** @type {any} */
  let opened = null
  let fresh = false
  const troubles = (/** @type {string} */ to) => ({ commits: to === 'slow' ? 'ok' : to, delay: to === 'slow' ? 2000 : 0 })
  /** @type {any[]} what the store refused in this launch */
  let refused = []

  return {
    kind,
    edition: null,
    async begin() {
      const asked = { kind, course, item: page.id, href: base + page.href, facts: page.facts, learner, mode: launch.mode, fresh }
      opened = await post('/lrs/launches', asked)
      refused = []
      fresh = false
      if (line !== 'ok') await post(`/lrs/${opened.launch}/trouble`, troubles(line))
      onChange()
      return opened.url
    },
    leaving() {},
    end() {},
    kill() {},
    /** @param {string} to */
    setLine: (to) => opened && void post(`/lrs/${opened.launch}/trouble`, troubles(to)),
    newAttempt: () => void (fresh = true),
    clear() {
      fresh = true
      forgetCourse()
    },
    over: () => opened?.statements.at(-1)?.verb.id === `${VERBS}terminated`,
    /** What arrived while the launch was answered is in the answer too. @param {string} name @param {any} data what the store says has arrived */
    heard(name, data) {
      if (data.launch !== opened?.launch) return
      if (name === 'refused') refused = [...refused, data].slice(-MOST)
      else if (name === 'statement') opened.statements = [...opened.statements.filter((/** @type {any} */ one) => one.id !== data.statement.id), data.statement]
      else opened.documents = [...opened.documents.filter((/** @type {any} */ one) => one.name !== data.name), data]
      onChange()
    },
    snapshot() {
      const statements = opened?.statements ?? []
      const documents = opened?.documents ?? []
      return {
        statements, documents, refused, facts: page.facts, saved: savedState(documents), now: '',
        registration: opened?.registration ?? '', activity: opened?.activity ?? ''
      }
    }
  }
}

/** The saved state in the document of our own courses, else the longest document. @param {any[]} documents */
function savedState(documents) {
  const texts = documents.map(({ text }) => {
    try {
      return String(JSON.parse(text).state ?? text)
    } catch {
      return text
    }
  })
  return texts.sort((a, b) => b.length - a.length)[0] ?? ''
}

/** @param {{ page: any, base: string }} how */
export function createWeb({ page, base }) {
  const copy = () => {
    const key = Object.keys(localStorage).find((one) => one.startsWith('coursepack ') && one.endsWith(' alone '))
    try {
      return JSON.parse(localStorage.getItem(key ?? '') ?? '{}')
    } catch {
      return {}
    }
  }
  return {
    kind: 'web',
    edition: null,
    begin: async () => base + page.href,
    leaving() {},
    end() {},
    kill() {},
    setLine() {},
    newAttempt: forgetCourse,
    clear: forgetCourse,
    over: () => false,
    snapshot: () => ({ saved: String(copy().state ?? ''), now: '', copy: copy() })
  }
}
