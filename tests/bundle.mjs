/**
 * Builds the runtime: a classic script for each entry in `runtime/entries`, its first line naming the sources it was
 * made from. The scripts of one page share nothing but what is in `SHARED`. With `--check` nothing is written, and
 * bundles that differ are an error; with `--modules` the bytes of each module are printed.
 */

import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const RUNTIME = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'coursepack', 'runtime')
const BUNDLES = join(RUNTIME, 'bundles')
const LMS = join(RUNTIME, '..', 'lms')

/** SHA-256 over path, length and content of every module; `tests/test_bundles.py` computes the same. */
function hashOfSources(folder = RUNTIME, bundled = BUNDLES) {
  const modules = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js') && !join(entry.parentPath, entry.name).startsWith(bundled))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
  const hash = createHash('sha256')
  for (const name of modules) {
    const content = Buffer.from(readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n'))
    hash.update(`${name}\n${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/** Scripts that each page has beside that of its driver. */
const COMMON = ['player', 'print', 'carry']
/** Pure functions of a few bytes that two scripts of a page may both hold. */
const SHARED = ['walk.js']

const [check, modules] = ['--check', '--modules'].map((flag) => process.argv.includes(flag))
/** The LMS's side is one script of its own; `--lms` makes that alone. */
const lms = await build({
  entryPoints: [join(LMS, 'index.js')],
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  globalName: 'coursepackLms',
  target: 'es2020',
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning'
})
const lmsText = `/* sha256 ${hashOfSources(LMS, join(LMS, 'bundle.js'))} */\n${lms.outputFiles[0].text}`
if (!check) writeFileSync(join(LMS, 'bundle.js'), lmsText)
else if (readFileSync(join(LMS, 'bundle.js'), 'utf8') !== lmsText) throw new Error('lms/bundle.js is not made from these sources: npm run bundle')
console.log(`lms/bundle.js: ${lmsText.length} bytes`)
if (process.argv.includes('--lms')) process.exit()

const hash = hashOfSources()
/** @type {Record<string, Record<string, number>>} bytes by script and module */
const held = {}
for (const file of readdirSync(join(RUNTIME, 'entries')).sort()) {
  const result = await build({
    entryPoints: [join(RUNTIME, 'entries', file)],
    absWorkingDir: RUNTIME,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'iife',
    target: 'es2020',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning'
  })
  const [{ inputs }] = Object.values(result.metafile.outputs)
  held[file] = Object.fromEntries(Object.entries(inputs).map(([name, { bytesInOutput }]) => [name, bytesInOutput]))
  const text = `/* sha256 ${hash} */\n${result.outputFiles[0].text}`
  const path = join(BUNDLES, file)
  if (!check) writeFileSync(path, text)
  else if (readFileSync(path, 'utf8') !== text) throw new Error(`${file} is not made from these sources: npm run bundle`)
  console.log(`${file}: ${text.length} bytes, ${gzipSync(text, { level: 9 }).length} gzipped`)
  if (modules) for (const [name, bytes] of Object.entries(held[file]).sort((a, b) => b[1] - a[1])) console.log(`  ${bytes} ${name}`)
}

const common = COMMON.map((name) => `${name}.js`)
for (const driver of Object.keys(held).filter((file) => !common.includes(file))) {
  const names = [driver, ...common].flatMap((file) => Object.keys(held[file]).filter((name) => held[file][name] > 0))
  const twice = names.filter((name, index) => names.indexOf(name) !== index && !SHARED.includes(name))
  if (twice.length) throw new Error(`in two scripts of the ${driver} page: ${twice}`)
}
