import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'

let temporary: string

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'daicho-runs-'))
})

afterEach(() => rmSync(temporary, { recursive: true, force: true }))

/** A test run of its own, with its own folder for temporary files; prints the server's URL and then does as told. */
async function run(afterwards: string): Promise<{ ownerUrl: string; ended: Promise<unknown>; kill(): void }> {
  const testing = fileURLToPath(new URL('./testing.ts', import.meta.url))
  const script = `import { startThrowawayServer } from ${JSON.stringify(testing)}
    const server = await startThrowawayServer()
    console.log(server.ownerUrl)
    ${afterwards}`
  const args = ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', script]
  const child = spawn(process.execPath, args, {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'exit')
  const [line] = await once(child.stdout, 'data')
  return { ownerUrl: String(line).trim(), ended, kill: () => child.kill('SIGKILL') }
}

async function answers(ownerUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

test('a test run which fails before it stops its server takes the server with it', async () => {
  const failing = await run("throw new Error('setup failed')")
  await failing.ended
  await expect.poll(() => answers(failing.ownerUrl), { timeout: 90_000 }).toBe(false)
  expect(readdirSync(temporary)).toEqual([])
})

test('the server of a killed test run is ended by the next run', async () => {
  const killed = await run('setInterval(() => {}, 1000)')
  killed.kill()
  await killed.ended
  expect(await answers(killed.ownerUrl)).toBe(true)
  const next = await run('await server.stop()')
  await next.ended
  expect(await answers(killed.ownerUrl)).toBe(false)
  expect(readdirSync(temporary)).toEqual([])
})
