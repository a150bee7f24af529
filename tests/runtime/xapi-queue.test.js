import assert from 'node:assert/strict'
import test from 'node:test'
import { createQueue } from '../../src/coursepack/runtime/xapi/queue.js'
import { openStore } from '../../src/coursepack/runtime/xapi/store.js'

const settle = async () => { for (let k = 0; k < 30; k++) await null }

/** A record store that answers as `reply` says, a clock that only the test moves. */
function scene({ reply = () => 200, write = async () => {}, mine = () => true, kept = [], all = async (disk) => [...disk.values()], outlet: more = {} } = {}) {
  const at = { now: 1000, timers: [] }
  const schedule = (run, wait) => {
    const entry = { run, at: at.now + wait }
    at.timers.push(entry)
    return () => (at.timers = at.timers.filter((one) => one !== entry))
  }
  const move = async (ms) => {
    const end = at.now + ms
    for (;;) {
      const next = at.timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      at.now = Math.max(at.now, next.at)
      at.timers = at.timers.filter((one) => one !== next)
      next.run()
      await settle()
    }
    at.now = end
  }
  const [requests, told, lost, buried, disk] = [[], [], [], [], new Map(kept.map((item) => [item.id, item]))]
  const store = {
    all: () => all(disk),
    put: (item) => (disk.set(item.id, item), write(item.id)),
    remove: (items) => items.forEach(({ id }) => disk.delete(id)),
    bury: (item, why) => buried.push([item.id, why])
  }
  const outlet = {
    key: 'k', session: 's2', fleeting: false, ready: Promise.resolve(), open: () => true,
    send: async (texts, how) => {
      requests.push({ texts, at: at.now, ...how })
      const answer = reply(texts, requests.length)
      return typeof answer === 'number' ? { status: answer, retryAfter: 0 } : answer
    },
    ...more
  }
  let got = () => {}
  const queue = createQueue({
    outlet, store, schedule, now: () => at.now, random: () => 0.5, tell: (waits, count) => (told.push(waits), lost.push(count)),
    turn: (adopt) => ((got = adopt), adopt(), { mine })
  })
  const put = (id, more = {}) => queue.put({ id, text: `"${id}"`, low: false, soon: false, ...more })
  return { queue, put, move, requests, told, lost, buried, disk, at, got: () => got(), delivered: () => requests.flatMap(({ texts }) => texts) }
}

test('statements go together, in order, ten seconds after the first', async () => {
  const s = scene()
  await settle()
  s.put('a')
  await s.move(4000)
  s.put('b')
  await s.move(5900)
  assert.equal(s.requests.length, 0)
  await s.move(200)
  assert.deepEqual(s.requests.map(({ texts }) => texts), [['"a"', '"b"']])
  await settle()
  assert.equal(s.disk.size, 0)
})

test('ten statements, or one that matters, do not wait that long', async () => {
  const s = scene()
  await settle()
  s.put('a', { soon: true })
  await s.move(1100)
  assert.equal(s.requests.length, 1)
  for (let k = 0; k < 10; k++) s.put(`n${k}`)
  await s.move(1100)
  assert.equal(s.delivered().length, 11)
})

test('nothing is sent before it is written down', async () => {
  let written = () => {}
  const s = scene({ write: () => new Promise((resolve) => (written = resolve)) })
  await settle()
  s.put('a', { soon: true })
  await s.move(60000)
  assert.equal(s.requests.length, 0)
  written()
  await settle()
  assert.equal(s.requests.length, 1)
})

test('a failing store is asked again later and later, with the same bytes', async () => {
  const s = scene({ reply: (_, count) => (count < 5 ? 503 : 200) })
  await settle()
  s.put('a', { soon: true })
  await s.move(1000 + 1000 + 2000 + 4000 + 8000)
  assert.deepEqual(s.requests.map((one) => one.at - 1000), [1000, 2000, 4000, 8000, 16000])
  assert.ok(s.requests.every(({ texts }) => texts.join() === '"a"'))
  assert.deepEqual([s.told.includes(true), s.told.at(-1)], [true, false])
})

test('the store says when to come back, and the network that it is there again', async () => {
  const s = scene({ reply: (_, count) => (count === 1 ? { status: 429, retryAfter: 30 } : 200) })
  await settle()
  s.put('a', { soon: true })
  await s.move(25000)
  assert.equal(s.requests.length, 1)
  s.queue.retry()
  await s.move(1)
  assert.equal(s.requests.length, 2)
  assert.equal(s.disk.size, 0)
})

for (const status of [400, 413]) {
  test(`one that is refused with ${status} is put aside, all others arrive once`, async () => {
    const held = []
    const s = scene({ reply: (texts) => (texts.includes('"n13"') ? status : (held.push(...texts), 200)) })
    const said = []
    const { error } = console
    console.error = (text) => said.push(text)
    await settle()
    for (let k = 0; k < 20; k++) s.put(`n${k}`)
    await s.move(30000)
    console.error = error
    assert.equal(held.length, 19)
    assert.equal(new Set(held).size, 19)
    assert.deepEqual(held, [...held].sort((a, b) => Number(a.slice(2, -1)) - Number(b.slice(2, -1))))
    assert.deepEqual(s.buried, [['n13', String(status)]])
    assert.equal(said.length, 1)
    assert.equal(s.disk.size, 0)
  })
}

test('what the store already has counts as delivered, the rest of its batch is sent', async () => {
  const held = []
  const s = scene({ reply: (texts) => (texts.includes('"b"') ? 409 : (held.push(...texts), 200)) })
  await settle()
  for (const id of ['a', 'b', 'c', 'd']) s.put(id)
  await s.move(20000)
  assert.deepEqual(held, ['"a"', '"c"', '"d"'])
  assert.deepEqual(s.buried, [])
  assert.equal(s.disk.size, 0)
})

for (const status of [401, 403, 404]) {
  test(`${status} ends the sending and loses nothing`, async () => {
    const s = scene({ reply: () => status })
    await settle()
    s.put('a', { soon: true })
    await s.move(600000)
    assert.equal(s.requests.length, 1)
    assert.deepEqual([...s.disk.keys()], ['a'])
    assert.equal(s.told.at(-1), true)
  })
}

test('the last request fits what a browser carries on after the page', async () => {
  const s = scene()
  await settle()
  for (let k = 0; k < 8; k++) s.put(`n${k}`, { text: '"' + 'x'.repeat(10000) + '"' })
  s.queue.leave()
  await settle()
  assert.equal(s.requests[0].keepalive, true)
  assert.ok(s.requests[0].texts.join().length < 48000)
  assert.equal(s.requests[0].texts.length, 4)
})

test('what is on its way when the page goes is not sent again, what came since is', async () => {
  let [answers, count] = [[], 0]
  const s = scene({ outlet: { send: (texts, how) => new Promise((resolve) => answers.push({ texts, how, resolve })) } })
  await settle()
  for (const id of ['a', 'b', 'c']) s.put(id, { soon: true })
  await s.move(1100)
  s.put('exit', { soon: true })
  for (; count < 3; count++) s.queue.leave()
  await s.move(30000)
  assert.deepEqual(answers.map(({ texts }) => texts.join()), ['"a","b","c"', '"exit"'])
  assert.ok(answers.every(({ how }) => how.keepalive))
  assert.equal(s.disk.size, 4)
  answers.forEach(({ resolve }) => resolve({ status: 200, retryAfter: 0 }))
  await settle()
  await s.move(30000)
  assert.deepEqual([answers.length, s.disk.size], [2, 0])
})

test('requests that outlive the page share what a browser carries, and a failed one is sent again', async () => {
  const answers = []
  const s = scene({ outlet: { send: (texts, how) => new Promise((resolve) => answers.push({ texts, how, resolve })) } })
  await settle()
  const text = (k) => `"${k}${'x'.repeat(10000)}"`
  for (let k = 0; k < 3; k++) s.put(`n${k}`, { text: text(k), soon: true })
  await s.move(1100)
  for (let k = 3; k < 6; k++) s.put(`n${k}`, { text: text(k) })
  s.queue.leave()
  await settle()
  assert.deepEqual(answers.map(({ texts, how }) => [texts.length, how.keepalive]), [[3, true], [1, true]])
  const flushed = s.queue.flush()
  answers[1].resolve({ status: 0, retryAfter: 0 })
  answers[0].resolve({ status: 200, retryAfter: 0 })
  await settle()
  assert.deepEqual(answers[2].texts, [text(3), text(4), text(5)])
  answers[2].resolve({ status: 200, retryAfter: 0 })
  await flushed
  assert.equal(s.disk.size, 0)
})

test('of too many, or too long ones, what matters least finds no room, and that is told', async () => {
  const s = scene({ outlet: { ready: new Promise(() => {}) } })
  await settle()
  const text = '"' + 'x'.repeat(1_000_000) + '"'
  for (const id of ['a', 'b', 'c', 'd']) s.put(id, { text, low: id === 'b' })
  s.put('e', { text })
  assert.deepEqual([[...s.disk.keys()], s.lost.at(-1)], [['a', 'c', 'd', 'e'], 1])
  s.put('f', { text })
  assert.deepEqual([[...s.disk.keys()], s.lost.at(-1)], [['a', 'c', 'd', 'e'], 2])
  const many = scene({ outlet: { ready: new Promise(() => {}) } })
  await settle()
  for (let k = 0; k < 5000; k++) many.put(`n${k}`, { low: k === 17 })
  many.put('last')
  assert.deepEqual([many.disk.size, many.disk.has('n17'), many.disk.has('last'), many.lost.at(-1)], [5000, false, true, 1])
})

test('what waited at the last visit goes first; of a session that is over, nothing', async () => {
  const kept = [{ id: 'old', text: '"old"', session: 's1', key: 'k', low: false, seq: 1 }]
  const lasting = scene({ kept })
  await settle()
  lasting.put('new')
  await lasting.move(10)
  assert.deepEqual(lasting.delivered(), ['"old"', '"new"'])
  const fleeting = scene({ kept, outlet: { fleeting: true } })
  await settle()
  fleeting.put('new', { soon: true })
  await fleeting.move(20000)
  assert.deepEqual(fleeting.delivered(), ['"new"'])
})

test('of what a session that is over leaves behind, nobody is told that it is sent later', async () => {
  for (const fleeting of [true, false]) {
    const s = scene({ reply: () => 403, outlet: { fleeting } })
    await settle()
    s.put('a', { soon: true })
    await s.move(2000)
    assert.equal(s.requests.length, 1)
    assert.equal(s.told.at(-1), !fleeting)
  }
})

test('a tab that has not the turn sends nothing', async () => {
  let mine = false
  const s = scene({ mine: () => mine })
  await settle()
  s.put('a', { soon: true })
  await s.move(15000)
  assert.equal(s.requests.length, 0)
  mine = true
  s.got()
  await s.move(20000)
  assert.deepEqual(s.delivered(), ['"a"'])
})

test('a refused statement from before the clock was right is made right, once', async () => {
  const restamp = (text) => (text === '"early"' ? '"right"' : null)
  const s = scene({ reply: (texts) => (texts.join().includes('early') ? 400 : 200), outlet: { restamp } })
  await settle()
  for (const id of ['early', 'other']) s.put(id)
  await s.move(30000)
  assert.deepEqual(s.delivered().slice(-2), ['"right"', '"other"'])
  assert.deepEqual([s.buried, s.disk.size], [[], 0])
})

test('what another tab has sent meanwhile is not sent again, what could not be written down is', async () => {
  let mine = true
  const s = scene({ mine: () => mine, write: (id) => (id === 'unwritten' ? Promise.reject(new Error('full')) : Promise.resolve()) })
  await settle()
  for (const id of ['a', 'b', 'unwritten']) s.put(id)
  await settle()
  mine = false
  s.disk.delete('a')
  s.disk.delete('unwritten')
  mine = true
  s.got()
  await s.move(30000)
  assert.deepEqual(s.delivered(), ['"b"', '"unwritten"'])
})

test('whoever gets the turn sends nothing before it knows what was sent', async () => {
  let look = () => {}
  const s = scene({ all: (disk) => new Promise((resolve) => (look = () => resolve([...disk.values()]))) })
  look()
  await settle()
  for (const id of ['a', 'b']) s.put(id)
  await settle()
  s.got()
  s.queue.retry()
  await s.move(100)
  assert.deepEqual(s.delivered(), [])
  s.disk.delete('a')
  look()
  await settle()
  assert.deepEqual(s.delivered(), ['"b"'])
})

test('a database that cannot be read takes nothing out of the line', async () => {
  const s = scene({ all: () => Promise.reject(new Error('closed')) })
  await settle()
  s.put('a')
  await settle()
  s.got()
  await s.move(30000)
  assert.deepEqual(s.delivered(), ['"a"'])
})

test('without a database statements wait in plain storage, in order, until they are removed', async () => {
  const disk = new Map()
  const storage = {
    get: (key) => disk.get(key) ?? null, set: (key, value) => (disk.set(key, value), true), remove: (key) => disk.delete(key),
    keys: (prefix) => [...disk.keys()].filter((key) => key.startsWith(prefix))
  }
  const store = await openStore({}, storage)
  const items = ['a', 'b', 'c'].map((id) => ({ key: 'k', session: 's', id, text: id, low: false }))
  for (const item of items) await store.put(item)
  await store.put({ key: 'other', session: 's', id: 'x', text: 'x', low: false })
  const again = await openStore({}, storage)
  assert.deepEqual((await again.all('k')).map(({ id }) => id), ['a', 'b', 'c'])
  store.remove([items[1]])
  assert.deepEqual((await again.all('k')).map(({ id }) => id), ['a', 'c'])
  for (const [at, damaged] of ['{"id":', 'null', '7', '{}'].entries()) disk.set(`coursepack-statements k ${at}`, damaged)
  assert.deepEqual((await again.all('k')).map(({ id }) => id), ['a', 'c'])
})
