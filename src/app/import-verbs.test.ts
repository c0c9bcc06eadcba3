import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { approve } from '../business/approvals/commands.ts'
import { apply } from '../business/imports/commands.ts'
import { change, Drive } from '../business/imports/testing/drive.ts'
import type { Actor } from '../platform/commands/actor.ts'
import { openPool } from '../platform/database/database.ts'
import { bundled } from './testing/bundle.ts'
import { createWorld, TEST_NOW, type World } from './testing/world.ts'
import { importWith } from './verbs/imports.ts'
import { UsageError } from './verbs/readable.ts'

const CHUNK = 500
const ROWS = 1200
const HEADER = '顧客番号,対応日,手段,対応内容'

let world: World
let operations: Actor
let approver: Actor
let drive: Drive
let folder: string
let worker: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daicho-import-kill-'))
  worker = await bundled(fileURLToPath(new URL('./testing/importer.ts', import.meta.url)), folder)
  world = await createWorld()
  operations = await world.person('事務 花子', 'operations')
  approver = await world.person('決裁 太郎', 'approver')
  drive = new Drive(world, operations, approver)
  await drive.taken('顧客番号,法人名\nK-1,株式会社甲斐運輸\nK-2,有限会社乙川商店\n')
}, 120_000)
afterEach(() => {
  process.exitCode = undefined
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What a verb prints, its last line as facts, and with which code the program would end. */
async function verb(...args: string[]) {
  const out: string[] = []
  const said: string[] = []
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation(text => out.push(String(text)) > 0)
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(text => said.push(String(text)) > 0)
  process.exitCode = undefined
  try {
    await importWith(world, args)
  } finally {
    stdout.mockRestore()
    stderr.mockRestore()
  }
  const lines = out
    .join('')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)
  return { lines, last: lines.at(-1)!, said: said.join(''), code: process.exitCode ?? 0 }
}

/** Starts a worker of its own, waits until it stands before the rows that `held` locks, and kills it there. */
async function killedBefore(held: string): Promise<void> {
  const pool = openPool({ url: world.ownerUrl, max: 1, name: 'daicho test holder' })
  const holder = await pool.connect()
  try {
    await holder.query('begin')
    await holder.query(`${held} for update`)
    const child = spawn(process.execPath, [worker], {
      env: {
        ...process.env,
        DAICHO_DATA: folder,
        DAICHO_TEST_DATABASE: world.programUrl,
        DAICHO_TEST_NOW: TEST_NOW.toISOString(),
      },
      stdio: 'ignore',
    })
    const ended = new Promise<void>(resolve => child.on('exit', () => resolve()))
    for (;;) {
      const waiting = await sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(world.db)
      if (waiting.rows.length > 0) break
      if (child.exitCode !== null) throw new Error(`the worker ended with ${child.exitCode}`)
      await sleep(20)
    }
    child.kill('SIGKILL')
    await ended
    await holder.query('rollback')
  } finally {
    holder.release()
    await pool.end()
  }
}

const count = async (query: ReturnType<typeof sql<{ n: number }>>) =>
  (await query.execute(world.db)).rows[0]!.n
const contacts = () => count(sql<{ n: number }>`select count(*)::int as n from communication`)
/** Contacts with exactly one event of having been taken over. */
const takenOnce = () =>
  count(sql<{ n: number }>`select count(*)::int as n from communication c where 1 = (
    select count(*) from audit_event e join audit_event_subject s on s.event_id = e.id
    where s.subject_id = c.id and e.verb = 'communication_taken_over')`)
const chunks = (column: 'applied_at' | 'reverted_at', batchNo: string) =>
  count(sql<{
    n: number
  }>`select count(*)::int as n from import_chunk c join import_batch b on b.id = c.batch_id
    where b.batch_no = ${batchNo} and ${sql.ref(`c.${column}`)} is not null`)

async function approvedBatch(): Promise<{ id: string; batchNo: string }> {
  const rows = Array.from(
    { length: ROWS },
    (_, at) => `${at < CHUNK ? 'K-1' : 'K-2'},2026/10/1,電話,${at + 1}件目の連絡`,
  )
  const id = await drive.rehearsed(`${HEADER}\n${rows.join('\n')}\n`, {}, 'contacts')
  const { batchNo } = await drive.batch(id)
  const { body } = await world.run(operations, apply, { batchId: id, change })
  const { changeRequestId } = body as never as { changeRequestId: string }
  await world.done(approver, approve, { changeRequestId, comment: '' })
  return { id, batchNo }
}

describe('an import killed in the middle of a chunk', { timeout: 120_000 }, () => {
  it('goes on with `import resume`, forward and back: nothing twice, nothing lost, and stops where it is told to', async () => {
    const { id, batchNo } = await approvedBatch()
    await killedBefore(`select id from party where legal_name = '有限会社乙川商店'`)
    expect(await chunks('applied_at', batchNo)).toBe(1)
    expect(await contacts()).toBe(CHUNK)
    const status = await verb('status', batchNo)
    expect(status.last).toMatchObject({ batch: batchNo, state: 'approved', rows: ROWS })
    expect(status.code).toBe(0)

    const resumed = await verb('resume', batchNo)
    expect(resumed.last).toMatchObject({ state: 'applied', rowStates: { applied: ROWS } })
    expect(resumed.code).toBe(0)
    expect(await contacts()).toBe(ROWS)
    expect(await takenOnce()).toBe(ROWS)

    const asked = await verb('revert', batchNo.toLowerCase())
    expect(asked.said).toContain('waits for a second person')
    const request = await world.db
      .selectFrom('change_request')
      .select('id')
      .where('change_no', '=', String(asked.last.waitsForApproval))
      .executeTakeFirstOrThrow()
    await world.done(approver, approve, { changeRequestId: request.id, comment: '' })
    await killedBefore(
      `select id from communication where party_id = (select id from party where legal_name = '株式会社甲斐運輸')`,
    )
    expect(await chunks('reverted_at', batchNo)).toBe(2)
    expect(await contacts()).toBe(CHUNK)
    const stopped = await verb('stop', batchNo)
    expect([stopped.last.state, stopped.code]).toEqual(['stopped', 3])
    expect(stopped.said).toContain(`daicho import resume ${batchNo}`)
    const back = await verb('resume', batchNo)
    expect([back.last.state, back.code]).toEqual(['reverted', 0])
    expect(await contacts()).toBe(0)
    expect((await drive.batch(id)).state).toBe('reverted')
    await expect(verb('resume', batchNo)).rejects.toThrow('中断・停止した取込だけを再開できます。')
    await expect(verb('stop', batchNo)).rejects.toThrow('実行中の取込だけを停止できます。')
  })
})

describe('the verbs of imports', () => {
  it('list, show and report one, and say what is wrong with a call', async () => {
    const file = join(folder, '連絡.csv')
    writeFileSync(file, `${HEADER}\nK-1,2026/10/1,電話,よい行\nK-9,2026/10/1,電話,悪い行\n`)
    const made = await verb('contacts', file)
    expect(made.last).toMatchObject({ kind: 'contacts', rows: 2, new: 1, refused: 1 })
    expect(made.said).toContain('連絡.csv:3:1: 顧客番号')
    expect(made.said).toContain(`${made.last.waitsForApproval} waits for a second person`)
    const batchNo = String(made.last.batch)
    expect((await verb('list')).lines[0]).toMatchObject({
      batch: batchNo,
      state: 'rehearsed',
      file: '連絡.csv',
    })
    const to = join(folder, 'report.xlsx')
    expect((await verb('report', batchNo, '--to', to, '--all')).last).toMatchObject({ report: to, rows: 2 })
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(readFileSync(to) as never)
    expect(JSON.stringify(book.worksheets[0]!.getSheetValues())).toContain('先に顧客を取り込んでください')
    await expect(verb('status', 'IM-999999')).rejects.toThrow('see: daicho import list')
    for (const wrong of [['status'], ['undo', batchNo], ['list', batchNo], ['report', batchNo], ['--what']])
      await expect(verb(...wrong)).rejects.toThrow(UsageError)
  })
})
