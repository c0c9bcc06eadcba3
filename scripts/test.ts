import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepareBrowser } from '../src/platform/chromium/index.ts'

/**
 * Runs all tests: unit, rule, database, API and browser. Finds or installs a browser and Japanese fonts first. The last line is
 * `N passed, N failed` over all test files; a file that cannot be loaded counts as one failure.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'daicho-run-'))
const resultFile = join(folder, 'result.json')

interface Result {
  numPassedTests: number
  numFailedTests: number
  success: boolean
  testResults: { name: string; status: string; message: string; assertionResults: unknown[] }[]
}

async function main(): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const browser = await prepareBrowser(say)
  const started = Date.now()
  const code = await runVitest(process.argv.slice(2), { ...browser.env, CHROMIUM: browser.path })
  const { passed, failed } = count(readResult())
  const unexplained = code !== 0 && failed === 0 ? 1 : 0
  say(`${Math.round((Date.now() - started) / 1000)} s`)
  say(`${passed} passed, ${failed + unexplained} failed`)
  process.exitCode = code === 0 && failed === 0 && passed > 0 ? 0 : 1
}

function runVitest(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`]
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    stdio: 'inherit',
    env,
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', code => resolve(code ?? 1))
  })
}

function readResult(): Result {
  try {
    return JSON.parse(readFileSync(resultFile, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function count(result: Result): { passed: number; failed: number } {
  const unloadable = result.testResults.filter(
    file => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  return { passed: result.numPassedTests, failed: result.numFailedTests + unloadable }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
  process.stdout.write('0 passed, 1 failed\n')
  process.exitCode = 1
})
