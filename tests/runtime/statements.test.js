// The same table of cases as tests/xapi/test_statements.py.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { toDecimal } from '../../src/coursepack/runtime/numbers.js'
import { render } from '../../src/coursepack/runtime/xapi/statement.js'

const { table, questions, envelope, cases } = JSON.parse(readFileSync(new URL('../vectors/statements.json', import.meta.url), 'utf8'))

for (const { why, event, given, payload, statements } of cases) {
  test(why, () => {
    const sent = new Set(given.sent ?? [])
    const data = questions[payload.question?.n]
    const typed = data?.type === 'numeric' ? toDecimal(payload.question.response, data.decimal) : null
    const made = table.hooks
      .filter((hook) => hook.events.includes(event))
      .map((hook) => {
        const moment = { ...envelope, ...given, spoken: (key) => sent.has(key) }
        return render(table, hook, event, { ...structuredClone(payload), asked: { data, number: typed } }, moment)
      })
    assert.deepEqual(JSON.parse(JSON.stringify(made.filter(Boolean))), statements)
  })
}
