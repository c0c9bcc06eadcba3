import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The gate: every step must pass before a commit. Steps run one after the other and all are reported. */
const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name: string) => join(root, 'node_modules', '.bin', name)

const steps: { name: string; command: string; args: string[]; remedy: string }[] = [
  {
    name: 'format and lint',
    command: bin('biome'),
    args: ['check', '--error-on-warnings', '.'],
    remedy: 'npm run format',
  },
  { name: 'types', command: bin('tsc'), args: ['-p', '.'], remedy: 'follow the compiler' },
  {
    name: 'tidy',
    command: process.execPath,
    args: ['scripts/tidy.ts'],
    remedy: 'each finding names its remedy',
  },
  {
    name: 'schema dump and API description',
    command: process.execPath,
    args: ['scripts/descriptions.ts', '--check'],
    remedy: 'node bin/run.mjs scripts/descriptions.ts',
  },
]

let failed = 0
for (const { name, command, args, remedy } of steps) {
  const started = Date.now()
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`)
  if (status !== 0) {
    failed++
    process.stdout.write(`${stdout}${stderr}Remedy: ${remedy}\n`)
  }
}
process.exitCode = failed ? 1 : 0
