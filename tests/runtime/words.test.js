import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { catalogueLanguage, countWords, localNumber, speaker } from '../../src/coursepack/runtime/words.js'

const catalogue = {
  plain: 'Step {n} of {total}: {title}',
  many: { one: '{count} step', few: '{count} kroky', other: '{count} steps' },
}

test('places are filled; unknown places and keys stay readable', () => {
  const say = speaker(catalogue, 'en-GB')
  assert.equal(say('plain', { n: 2, total: 3, title: 'A {n} b' }), 'Step 2 of 3: A {n} b')
  assert.equal(say('plain', { n: 2 }), 'Step 2 of {total}: {title}')
  assert.equal(say('nothing.here'), 'nothing.here')
})

test('plural forms follow the language', () => {
  const en = speaker(catalogue, 'en')
  assert.deepEqual([0, 1, 2].map((count) => en('many', { count })), ['0 steps', '1 step', '2 steps'])
  const cs = speaker(catalogue, 'cs')
  assert.deepEqual([1, 3, 5].map((count) => cs('many', { count })), ['1 step', '3 kroky', '5 steps'])
})

test('numbers are written as the language writes them', () => {
  assert.equal(speaker({ x: '{n}' }, 'de')('x', { n: 1234.567 }), '1.234,57')
  assert.equal(speaker({ x: '{n}' }, 'en')('x', { n: 1 / 3 }), '0.33')
  assert.equal(localNumber('-3.25', 'de-AT'), '-3,25')
  assert.equal(localNumber('3.25', 'en'), '3.25')
  assert.equal(localNumber('7', 'fr'), '7')
})

test('a tag that the browser does not know breaks nothing', () => {
  assert.equal(speaker(catalogue, 'not a tag')('plain', { n: 1, total: 2, title: 'x' }), 'Step 1 of 2: x')
})

test('the words keep the region of the course only where they share its language', () => {
  const of = (/** @type {string} */ course, /** @type {string} */ words) =>
    catalogueLanguage(/** @type {any} */ ({ words: { language: words }, course: { language: course } }))
  assert.equal(of('en-GB', 'en'), 'en-GB')
  assert.equal(of('cy', 'en'), 'en')
})

test('words are counted as the language has them', () => {
  assert.equal(countWords('One, two — three!', 'en'), 3)
  assert.equal(countWords('  \n ', 'en'), 0)
  assert.ok(countWords('今天天气很好', 'zh') >= 3)
})

test('every key that the player says is in the English catalogue', () => {
  const folder = new URL('../../src/coursepack/runtime/', import.meta.url)
  const words = JSON.parse(readFileSync(new URL('../../templates/words/en.json', import.meta.url), 'utf8')).player
  const modules = ['answers', 'controls', 'main', 'notices', 'player', 'printing', 'questions', 'quiz', 'reflections', 'result', 'steps', 'todo']
  const sources = modules.map((name) => readFileSync(new URL(`${name}.js`, folder), 'utf8')).join('\n')
  const said = [...sources.matchAll(/say\(\s*'([a-z.-]+)'/g)].map((found) => found[1])
  assert.ok(said.length > 40)
  assert.deepEqual(said.filter((key) => !(key in words) && !key.endsWith('.')), [])
  for (const part of said.filter((key) => key.endsWith('.'))) {
    assert.ok(Object.keys(words).some((key) => key.startsWith(part)), part)
  }
})
