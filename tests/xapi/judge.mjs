/** Reads statements as JSON lines; prints what Learning Locker's rules say of each that breaks them. */

import { createInterface } from 'node:readline'
import validation from '@learninglocker/xapi-validation'

let line = 0
for await (const text of createInterface({ input: process.stdin })) {
  line += 1
  const problems = validation.default(JSON.parse(text), ['statement'])
  for (const problem of problems) console.log(`${line}: ${problem.toString()} ${JSON.stringify(problem)}`)
}
