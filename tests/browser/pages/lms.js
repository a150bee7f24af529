/**
 * The LMS's page: scorm-again behind a recorder, kept by the server as Moodle keeps it. 1.2 sends what changed since the
 * last sending and believes it arrived; 2004 sends all that differs from the launch. While a page leaves, a beacon of at
 * most 64 KiB goes instead of a request.
 */
'use strict'

window.lms = (() => {
  const NAMES = {
    scorm12: { api: 'API', initialize: 'LMSInitialize', terminate: 'LMSFinish', get: 'LMSGetValue', set: 'LMSSetValue', commit: 'LMSCommit', last: 'LMSGetLastError' },
    scorm2004: { api: 'API_1484_11', initialize: 'Initialize', terminate: 'Terminate', get: 'GetValue', set: 'SetValue', commit: 'Commit', last: 'GetLastError' }
  }
  const request = new XMLHttpRequest()
  request.open('GET', '/lms/launch.json', false)
  request.send()
  const launch = JSON.parse(request.responseText)
  const names = NAMES[launch.edition]
  const log = []
  const settings = { autocommit: false, logLevel: 4, mastery_override: false, onLogMessage: (level, text) => level >= 4 && log.push(text) }
  const real = launch.edition === 'scorm12' ? new window.Scorm12API(settings) : new window.Scorm2004API(settings)
  real.loadFromFlattenedJSON(launch.model)

  const calls = []
  const told = {}
  const sent = {}
  let delivered = 0
  let forced = null

  function payload(ended) {
    const news = Object.entries(told).filter(([element, value]) =>
      launch.edition === 'scorm12' ? sent[element] !== value : launch.model[element] !== value)
    const done = ended ? calls : calls.slice(0, -1)
    return { session: launch.session, values: Object.fromEntries(news), calls: done.slice(delivered), log: log.splice(0), ended }
  }

  /** What the server says to the news: 'true', 'false', or a network error as each edition of Moodle takes it. */
  function send(ended) {
    const body = payload(ended)
    if (launch.options.forgets) Object.assign(sent, body.values)
    const text = JSON.stringify(body)
    const request = new XMLHttpRequest()
    try {
      request.open('POST', '/lms/commit', false)
      request.send(text)
    } catch {
      if (navigator.onLine) return navigator.sendBeacon('/lms/commit', text) ? 'true' : 'false'
      if (launch.edition === 'scorm2004') return 'false'
      Object.assign(sent, body.values)
      return 'true'
    }
    delivered += body.calls.length
    if (request.status !== 200) return 'false'
    Object.assign(sent, body.values)
    return 'true'
  }

  function call(method, args) {
    const shown = [names.terminate, names.commit].includes(method)
    let answer = real[method](...args)
    forced = null
    const entry = { k: calls.length, method, args: args.map((arg) => (typeof arg === 'string' ? arg : { not: typeof arg })), at: performance.now(), forced: false }
    calls.push(entry)
    if (method === names.set && answer === 'true') told[args[0]] = String(args[1])
    if (shown && answer === 'true') {
      Object.assign(entry, { answer, error: '0' })
      answer = send(method === names.terminate)
      if (answer === 'false') forced = '101'
    }
    return Object.assign(entry, { answer, error: forced ?? real[names.last](), forced: forced !== null }).answer
  }

  const bridge = {}
  for (const method of Object.values(names).slice(1, -1)) {
    bridge[method] = function (...args) {
      if (this !== bridge) throw new TypeError('called detached')
      if (window.dead) throw new Error('the LMS is gone')
      return call(method, args)
    }
  }
  bridge[names.last] = () => forced ?? real[names.last]()
  const other = launch.edition === 'scorm12' ? 'API_1484_11' : 'API'
  if (launch.options.late) setTimeout(() => (window[names.api] = bridge), launch.options.late)
  else window[names.api] = bridge
  // An LMS may offer both editions; the wrong one takes everything and keeps nothing.
  window[other] = new Proxy({}, { get: (_, method) => () => (calls.push({ k: calls.length, method: String(method), args: [], answer: 'true', error: '0', foreign: true }), 'true') })
  return { rest: () => ({ calls: calls.slice(delivered), log }), launch }
})()
