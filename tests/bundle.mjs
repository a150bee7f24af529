/**
 * Builds the runtime: one classic script per driver from `runtime/entries`, its first line naming the sources it was
 * made from. With `--check` nothing is written, and bundles that differ are an error.
 */

import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const RUNTIME = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'coursepack', 'runtime')
const BUNDLES = join(RUNTIME, 'bundles')

/** SHA-256 over path, length and content of every module; `tests/test_bundles.py` computes the same. */
function hashOfSources() {
  const modules = readdirSync(RUNTIME, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js') && !entry.parentPath.startsWith(BUNDLES))
    .map((entry) => relative(RUNTIME, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
  const hash = createHash('sha256')
  for (const name of modules) {
    const content = Buffer.from(readFileSync(join(RUNTIME, name), 'utf8').replaceAll('\r\n', '\n'))
    hash.update(`${name}\n${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

const check = process.argv.includes('--check')
const hash = hashOfSources()
for (const file of readdirSync(join(RUNTIME, 'entries')).sort()) {
  const result = await build({
    entryPoints: [join(RUNTIME, 'entries', file)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning'
  })
  const text = `/* sha256 ${hash} */\n${result.outputFiles[0].text}`
  const path = join(BUNDLES, file)
  if (!check) writeFileSync(path, text)
  else if (readFileSync(path, 'utf8') !== text) throw new Error(`${file} is not made from these sources: npm run bundle`)
  console.log(`${file}: ${text.length} bytes, ${gzipSync(text, { level: 9 }).length} gzipped`)
}
