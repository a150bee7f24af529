import assert from 'node:assert/strict'
import test from 'node:test'
import { scene, settle } from './queue-scene.mjs'

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
