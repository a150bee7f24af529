import assert from 'node:assert/strict'
import { test } from 'node:test'

import { draw, order } from '../../src/coursepack/runtime/shuffle.js'

const range = (count) => Array.from({ length: count }, (_, i) => i + 1)

test('the same seed gives the same order, on any device, for good', () => {
  const expected = [5, 6, 8, 1, 2, 3, 7, 4]
  assert.deepEqual(order([123456789, 7, 1], range(8)), expected)
  assert.deepEqual(order([123456789, 7, 1], range(8).reverse()), expected)
})

test('another token, quiz or attempt gives another order', () => {
  const base = order([2 ** 40 + 5, 7, 1], range(12)).join()
  for (const seed of [[2 ** 40 + 6, 7, 1], [2 ** 41 + 5, 7, 1], [2 ** 40 + 5, 8, 1], [2 ** 40 + 5, 7, 2], [2 ** 40 + 5, 1, 7]]) {
    assert.notEqual(order(seed, range(12)).join(), base)
  }
})

test('every number comes once', () => {
  assert.deepEqual(order([1], [5, 5, 3]).sort(), [3, 5])
  assert.deepEqual(order([1], []), [])
  assert.deepEqual(order([0, 0, 0], range(500)).sort((a, b) => a - b), range(500))
})

test('an edit leaves the rest in its place', () => {
  for (let token = 0; token < 50; token++) {
    const before = order([token, 3], range(10))
    const removed = order([token, 3], range(10).filter((n) => n !== 4))
    const added = order([token, 3], range(11))
    assert.deepEqual(removed, before.filter((n) => n !== 4))
    assert.deepEqual(added.filter((n) => n !== 11), before)
  }
})

test('every place is as likely for every number', () => {
  const rounds = 20000
  const size = 6
  const places = range(size).map(() => range(size).map(() => 0))
  for (let token = 0; token < rounds; token++) {
    order([token, 9, 1], range(size)).forEach((n, place) => places[n - 1][place]++)
  }
  const expected = rounds / size
  const chi = places.flat().reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  assert.ok(chi < 52.6, `chi-square ${chi} with 25 degrees of freedom; 0.1 % lies above 52.6`)
})

test('neighbours are as likely either way', () => {
  for (const seed of [(token) => [token], (token) => [7, token], (token) => [token * 2 ** 21, 3]]) {
    let first = 0
    for (let token = 0; token < 10000; token++) if (order(seed(token), [41, 42])[0] === 41) first++
    assert.ok(Math.abs(first - 5000) < 200, `${first} of 10000`)
  }
})

test('a draw takes as many as asked for, and every question as often', () => {
  const counts = range(20).map(() => 0)
  for (let token = 0; token < 10000; token++) {
    const drawn = draw([token, 1], range(20), 5, [])
    assert.equal(new Set(drawn).size, 5)
    drawn.forEach((n) => counts[n - 1]++)
  }
  for (const count of counts) assert.ok(Math.abs(count - 2500) < 220, `${count} of 10000, 2500 expected`)
})

test('a draw keeps what was drawn, when it is still there', () => {
  for (let token = 0; token < 100; token++) {
    const drawn = draw([token, 1], range(20), 5, [3, 99, 17])
    assert.equal(drawn.length, 5)
    assert.ok(drawn.includes(3) && drawn.includes(17) && !drawn.includes(99))
    assert.deepEqual(draw([token, 1], range(20), 5, drawn), drawn)
  }
  assert.deepEqual(draw([1], [1, 2], 5, []).sort(), [1, 2])
  assert.deepEqual(draw([1], [1, 2, 3], 2, [3, 2, 1]).sort(), [2, 3])
  assert.deepEqual(draw([1], [1, 2, 3], 0, [3]), [])
})

test('another attempt draws otherwise', () => {
  const sets = range(40).map((attempt) => draw([77, 1, attempt], range(20), 5, []).sort().join())
  assert.ok(new Set(sets).size > 35)
})
