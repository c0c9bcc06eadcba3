import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '../src/app/open-database.ts'
import { createProgram } from '../src/app/program.ts'
import { actorOf, setupCompany } from '../src/business/access/index.ts'
import {
  applyBatchCommand,
  importUntilIdle,
  openBatchCommand,
  rehearseBatchCommand,
  revertBatchCommand,
} from '../src/business/imports/index.ts'
import type { Command } from '../src/platform/commands/command.ts'
import { readConfig } from '../src/platform/config.ts'
import { loadMasterKey } from '../src/platform/crypto/master-key.ts'
import type { CommandContract } from '../src/platform/http/contract.ts'
import { ledgerEntries } from './generate/ledger.ts'
import { JAPANESE_HEADINGS, writeLedgerCsv, writeLedgerXlsx } from './generate/ledger-files.ts'

const DEFAULT_ROWS = 10_000

/**
 * `npm run bench -- import [--rows N] [--xlsx]`: a dirty ledger (CP932 or a workbook, Japanese headings, 20 % repeats) through
 * reading, rehearsal with matching, approval, apply and revert on a durable embedded database. Proves that every row has an outcome,
 * and that the revert leaves nothing. `cpuSeconds` and `peakMiB` are of this process; the database's own come on top.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const { values } = parseArgs({
    args,
    options: { rows: { type: 'string' }, xlsx: { type: 'boolean', default: false } },
  })
  const rows = Number(values.rows ?? DEFAULT_ROWS)
  const dataDir = mkdtempSync(join(tmpdir(), 'daicho-import-'))
  const config = readConfig({ ...process.env, DAICHO_DATA: dataDir, DAICHO_LOG: 'silent' }, 'demo')
  const database = await openDatabase(config, {
    as: 'server',
    log: line => process.stderr.write(`${line}\n`),
  })
  const program = createProgram({ databaseUrl: database.appUrl, config, master: loadMasterKey(dataDir) })
  try {
    await program.pool.query('select ensure_view_partitions($1::date)', [program.clock.now()])
    const [maker, checker] = await twoPeople(program)
    const fileName = values.xlsx ? 'ledger.xlsx' : 'ledger.csv'
    const file = join(dataDir, fileName)
    const entries = ledgerEntries({ seed: 7, rows })
    if (values.xlsx) await writeLedgerXlsx(file, entries, { headings: 'japanese' })
    else await writeLedgerCsv(file, entries, { encoding: 'cp932', headings: 'japanese' })
    const writtenMiB = peakMiB()
    const run = async <C extends CommandContract>(
      actor: typeof maker,
      command: Command<C>,
      input: object,
    ): Promise<Record<string, unknown>> => {
      const key = `${command.contract.name}-${Math.round(performance.now() * 1000)}`
      const answer = await program.executor.execute(command, actor, input, { key, requestId: 'bench' })
      return answer.body as never
    }
    const change = { reasonCode: 'system', reasonText: 'bench of the import', evidence: [] }
    const decided = async (request: Record<string, unknown>) => {
      const approve = program.commands.get('approvals.approveChangeRequest')
      if (!approve) throw new Error(`no approving command among ${[...program.commands.keys()].join(' ')}`)
      await run(checker, approve, { changeRequestId: request.changeRequestId, comment: '' })
      await importUntilIdle(program)
    }
    const time = stopwatch()
    const { id } = await run(maker, openBatchCommand, {
      fileName,
      contentBase64: readFileSync(file).toString('base64'),
    })
    const readSeconds = time()
    const batch = () =>
      program.db.selectFrom('import_batch').selectAll().where('id', '=', String(id)).executeTakeFirstOrThrow()
    await run(maker, rehearseBatchCommand, {
      batchId: id,
      mapping: (await batch()).mapping,
      options: { unreadable: 'leave_empty' },
    })
    await importUntilIdle(program)
    const rehearseSeconds = time()
    const { counts } = await batch()
    await decided(await run(maker, applyBatchCommand, { batchId: id, change }))
    const applySeconds = time()
    const importPeakMiB = peakMiB()
    const applied = await states(program.db, String(id))
    const parties = await countOf(program.pool, 'party')
    const events = await countOf(program.pool, 'audit_event')
    time()
    await decided(await run(maker, revertBatchCommand, { batchId: id, change }))
    const revertSeconds = time()
    return {
      rows,
      headings: Object.keys(JAPANESE_HEADINGS).length,
      readSeconds,
      rehearseSeconds,
      applySeconds,
      totalSeconds: Math.round((readSeconds + rehearseSeconds + applySeconds) * 100) / 100,
      revertSeconds,
      counts,
      applied,
      parties,
      events,
      partiesAfterRevert: await countOf(program.pool, 'party'),
      cpuSeconds: Math.round(process.cpuUsage().user / 10_000) / 100,
      /** After writing the file, which is the bench's own work; after the import; after the revert. */
      writtenMiB,
      peakMiB: importPeakMiB,
      revertPeakMiB: peakMiB(),
    }
  } finally {
    await program.close()
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const peakMiB = () => Math.round(process.resourceUsage().maxRSS / 1024)

function stopwatch(): () => number {
  let last = performance.now()
  return () => {
    const now = performance.now()
    const seconds = Math.round((now - last) / 10) / 100
    last = now
    return seconds
  }
}

async function states(db: ReturnType<typeof createProgram>['db'], batchId: string) {
  const rows = await db
    .selectFrom('import_row')
    .select(['state', eb => eb.fn.countAll<number>().as('count')])
    .where('batch_id', '=', batchId)
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map(row => [row.state, Number(row.count)]))
}

async function countOf(pool: ReturnType<typeof createProgram>['pool'], table: string): Promise<number> {
  const { rows } = await pool.query(`select count(*)::int as count from ${table}`)
  return rows[0].count
}

async function twoPeople(program: ReturnType<typeof createProgram>) {
  const people = [
    { displayName: '事務 一郎', email: 'maker@bench.example', role: 'operations' as const },
    { displayName: '決裁 二郎', email: 'checker@bench.example', role: 'approver' as const },
    { displayName: '管理 三郎', email: 'admin@bench.example', role: 'administrator' as const },
    { displayName: '管理 四郎', email: 'admin2@bench.example', role: 'administrator' as const },
  ]
  await setupCompany(program.db, program.clock.now(), {
    mode: 'demo',
    company: {
      legalName: '株式会社計測',
      corporateNumber: '7000012050002',
      invoiceRegNo: 'T7000012050002',
      originatorCode: null,
    },
    staff: people.map(({ role, ...person }) => ({
      ...person,
      password: 'bench-Password-2026',
      endsOn: null,
      roles: [{ role, validTo: null }],
    })),
  })
  const actors = []
  for (const { email, displayName, role } of people) {
    const row = await program.db
      .selectFrom('staff_member')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    actors.push(actorOf(row.id, displayName, [role], program.permissions))
  }
  return [actors[0]!, actors[1]!] as const
}
