/**
 * Builds the learner's runtime, a classic script for each entry in `runtime/entries`, and the LMS's side, one script.
 * The first line names by a hash the modules that a script was made from. The scripts of one page share nothing but
 * what is in `SHARED`.
 *
 * Names of scripts (`scorm12`, `player`, `lms` …) build only these. With `--check` nothing is written, and bundles that
 * differ are an error; with `--modules` the bytes of each module are printed.
 */

import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'coursepack')
const RUNTIME = join(SOURCES, 'runtime')
const LMS = join(SOURCES, 'lms')
/** Scripts that each page has beside that of its driver. */
const COMMON = ['state', 'player', 'print', 'carry', 'hooks', 'delivery']
/** Pure functions of a few bytes that two scripts of a page may both hold. */
const SHARED = ['walk.js', 'formats.js', 'xapi/uuid.js', 'xapi/client.js', 'xapi/terms.js']

const [check, modules] = ['--check', '--modules'].map((flag) => process.argv.includes(flag))
const names = process.argv.slice(2).filter((word) => !word.startsWith('--'))

/**
 * SHA-256 over path, length and content of the modules; `tests/test_bundles.py` computes the same.
 * @param {string} folder
 * @param {string[]} paths
 */
function hashOf(folder, paths) {
  const hash = createHash('sha256')
  for (const path of paths.sort()) {
    const content = Buffer.from(readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n'))
    hash.update(`${path}\n${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/**
 * Bundles one script, or checks that it was.
 * @param {string} folder
 * @param {string} entry
 * @param {string} bundle
 * @param {import('esbuild').BuildOptions} [more]
 * @returns {Promise<string[]>} the modules that are in it
 */
async function make(folder, entry, bundle, more) {
  const { metafile, outputFiles } = await build({
    entryPoints: [join(folder, entry)],
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'iife',
    target: 'es2020',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
    ...more
  })
  const text = `/* sha256 ${hashOf(folder, Object.keys(metafile.inputs))} */\n${outputFiles[0].text}`
  const path = join(folder, bundle)
  if (!check) writeFileSync(path, text)
  else if (readFileSync(path, 'utf8') !== text) throw new Error(`${bundle} is not made from these sources: npm run bundle`)
  console.log(`${bundle}: ${text.length} bytes, ${gzipSync(text, { level: 9 }).length} gzipped`)
  const [{ inputs }] = Object.values(metafile.outputs)
  const held = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput)
  if (modules) for (const [name, { bytesInOutput }] of held.sort((a, b) => b[1].bytesInOutput - a[1].bytesInOutput)) console.log(`  ${bytesInOutput} ${name}`)
  return held.map(([name]) => name)
}

/** @param {string} name */
const isWanted = (name) => !names.length || names.includes(name)

/** @type {Record<string, string[]>} modules by script */
const held = {}
for (const file of readdirSync(join(RUNTIME, 'entries')).sort()) {
  const name = file.replace('.js', '')
  if (isWanted(name)) held[name] = await make(RUNTIME, join('entries', file), join('bundles', file))
}
for (const driver of Object.keys(held).filter((name) => !COMMON.includes(name))) {
  const all = [driver, ...COMMON].flatMap((name) => held[name] ?? [])
  const twice = all.filter((name, index) => all.indexOf(name) !== index && !SHARED.includes(name))
  if (twice.length) throw new Error(`in two scripts of the ${driver} page: ${twice}`)
}
if (isWanted('lms')) await make(LMS, 'index.js', 'bundle.js', { globalName: 'coursepackLms' })
