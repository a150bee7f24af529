import assert from 'node:assert/strict'
import test from 'node:test'
import { openStore } from '../../src/coursepack/runtime/xapi/store.js'
import { scene, settle } from './queue-scene.mjs'

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
