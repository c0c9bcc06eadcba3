import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../platform/config.ts'
import { loadMasterKey } from '../platform/crypto/master-key.ts'
import { openDatabase as openKysely, openPool } from '../platform/database/database.ts'
import { sealOnce } from '../platform/trail/seal.ts'
import { verifyTrail } from '../platform/trail/verify.ts'
import { openDatabase } from './open-database.ts'
import { bundled } from './testing/bundle.ts'

const KILLS = 100
const ANSWERS_BEFORE_KILL = 3
const WRITER = fileURLToPath(new URL('./testing/writer.ts', import.meta.url))

let dataDir: string
let programDir: string
let writer: string
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'daicho-kill-'))
  programDir = mkdtempSync(join(tmpdir(), 'daicho-writer-'))
  writer = await bundled(WRITER, programDir)
}, 120_000)
afterAll(() => {
  for (const folder of [dataDir, programDir]) rmSync(folder, { recursive: true, force: true })
})

interface Writer {
  child: ChildProcess
  settings: string
}

/** Starts the writer and waits until it writes; every answered key goes into the journal, on this side of the kill. */
function startWriter(run: number, journal: Map<string, string>): Promise<Writer> {
  const child = spawn(process.execPath, [writer], {
    env: { ...process.env, DAICHO_DATA: dataDir, DAICHO_WRITER_RUN: String(run), DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr!.on('data', text => {
    complaints += text
  })
  return new Promise((resolve, reject) => {
    let settings = ''
    let answers = 0
    child.on('exit', code => reject(new Error(`the writer ended with ${code}: ${complaints}`)))
    createInterface({ input: child.stdout! }).on('line', line => {
      const [word, key, id] = line.split(' ')
      if (word === 'ready') settings = line
      if (word !== 'answered' || !key || !id) return
      journal.set(key, id)
      if (++answers === ANSWERS_BEFORE_KILL) resolve({ child, settings })
    })
  })
}

function postmasterPid(): number {
  const file = findFile(dataDir, 'postmaster.pid')
  return Number(readFileSync(file, 'utf8').split('\n')[0])
}

function findFile(folder: string, name: string): string {
  for (const found of [join(folder, 'postgres', name), join(folder, 'postgres', 'data', name)])
    if (existsSync(found)) return found
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    if (entry.name === name) return join(entry.parentPath, name)
  throw new Error(`no ${name} below ${folder}`)
}

const gone = (child: ChildProcess) =>
  new Promise<void>(resolve =>
    child.exitCode !== null || child.signalCode ? resolve() : child.on('exit', () => resolve()),
  )
const pause = (ms: number) => new Promise(resume => setTimeout(resume, ms))

describe('kill -9 in mid-write', () => {
  it(`of program and database, ${KILLS} times, loses no answered command`, { timeout: 900_000 }, async () => {
    const journal = new Map<string, string>()
    for (let kill = 0; kill < KILLS; kill++) {
      const { child, settings } = await startWriter(kill, journal)
      expect(settings).toBe('ready on on')
      await pause(10 + ((kill * 37) % 60))
      // In turn: the program, the database under it, both at once.
      if (kill % 3 !== 0) process.kill(postmasterPid(), 'SIGKILL')
      if (kill % 3 === 1) await pause(15)
      child.removeAllListeners('exit')
      child.kill('SIGKILL')
      await gone(child)
    }
    expect(journal.size).toBeGreaterThanOrEqual(KILLS * ANSWERS_BEFORE_KILL)

    const config = readConfig({ DAICHO_DATA: dataDir }, 'demo')
    const database = await openDatabase(config, { as: 'server', log: () => {} })
    const db = openKysely(openPool({ url: database.appUrl, max: 2, name: 'daicho test' }))
    try {
      const rows = await db.selectFrom('command_run').select(['key', 'status', 'answer']).execute()
      const stored = new Map(rows.map(row => [row.key, row]))
      const parties = new Set((await db.selectFrom('party').select('id').execute()).map(row => row.id))
      const lost = [...journal].filter(
        ([key, id]) => JSON.parse(stored.get(key)?.answer ?? '{}').id !== id || !parties.has(id),
      )
      expect(lost).toEqual([])
      // Nothing half-written either: one answered key, one party, one event each.
      expect(rows.every(row => row.status === 200)).toBe(true)
      expect(parties.size).toBe(rows.length)
      const events = await db
        .selectFrom('audit_event')
        .select('id')
        .where('verb', '=', 'party_registered')
        .execute()
      expect(events.length).toBe(rows.length)
      const master = loadMasterKey(dataDir)
      while (await sealOnce(db, master, new Date()));
      expect((await verifyTrail(db, { master, anchors: [], now: new Date() })).firstFault).toBeNull()
    } finally {
      await db.destroy()
      await database.stop()
    }
  })
})
