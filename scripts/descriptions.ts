import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createApiDescription } from '../src/app/api-description.ts'
import { readSchema } from '../src/app/schema-dump.ts'

/**
 * Writes what a review should see change: docs/api/openapi.json and docs/schema.txt. With --check it compares instead. The
 * schema is compared on PostgreSQL 18 only, since the words of the catalogue differ between versions.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const check = process.argv.includes('--check')

const wanted: [string, string][] = [
  ['docs/api/openapi.json', `${JSON.stringify(await createApiDescription(), null, 1)}\n`],
  ['docs/schema.txt', await readSchema()],
]

let differs = 0
for (const [path, text] of wanted) {
  const file = join(root, path)
  if (!check) writeFileSync(file, text)
  else if (readOrEmpty(file) !== text) {
    differs++
    process.stdout.write(
      `${path} is not up to date. Remedy: node bin/run.mjs scripts/descriptions.ts, and read what changed\n`,
    )
  }
}
process.exitCode = differs ? 1 : 0

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
