import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
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

const DEFAULT_ROWS = 10_000

/**
 * `npm run bench -- import [--rows N] [--xlsx] [--no-revert]`: a dirty ledger (CP932 or a workbook, Japanese headings, 20 % repeats) through
 * reading, rehearsal with matching, approval, apply and revert on a durable embedded database. Proves that every row has an outcome,
 * and that the revert leaves nothing. `cpuSeconds` and `peakMiB` are of this process; the database's own come on top.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string' },
      xlsx: { type: 'boolean', default: false },
      'no-revert': { type: 'boolean', default: false },
    },
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
    writeLedger(file, rows)
    const cpu = cpuClock(dataDir)
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
    const readMiB = peakMiB()
    const batch = () =>
      program.db.selectFrom('import_batch').selectAll().where('id', '=', String(id)).executeTakeFirstOrThrow()
    await run(maker, rehearseBatchCommand, {
      batchId: id,
      mapping: (await batch()).mapping,
      options: { unreadable: 'leave_empty' },
    })
    await importUntilIdle(program)
    const rehearseSeconds = time()
    const rehearseMiB = peakMiB()
    const { counts } = await batch()
    await decided(await run(maker, applyBatchCommand, { batchId: id, change }))
    const applySeconds = time()
    const used = cpu()
    const importPeakMiB = peakMiB()
    const applied = await states(program.db, String(id))
    const parties = await countOf(program.pool, 'party')
    const events = await countOf(program.pool, 'audit_event')
    process.stderr.write(`read ${readSeconds} s, rehearsed ${rehearseSeconds} s, applied ${applySeconds} s\n`)
    time()
    if (!values['no-revert']) await decided(await run(maker, revertBatchCommand, { batchId: id, change }))
    const revertSeconds = values['no-revert'] ? null : time()
    return {
      rows,
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
      /** CPU of reading, rehearsing and applying together; with two cores the fastest a quiet machine can be is the larger one. */
      cpuSeconds: used.own,
      databaseCpuSeconds: used.database,
      readMiB,
      rehearseMiB,
      peakMiB: importPeakMiB,
      revertPeakMiB: peakMiB(),
    }
  } finally {
    await program.close()
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** In a process of its own, so that making the file counts in none of the figures. */
function writeLedger(file: string, rows: number): void {
  const cli = fileURLToPath(new URL('generate/cli.ts', import.meta.url))
  const more = ['--rows', String(rows), '--out', file, '--headings', 'japanese', '--encoding', 'cp932']
  execFileSync(process.execPath, [cli, 'ledger', ...more], { stdio: 'ignore' })
}

const TICKS_PER_SECOND = 100

/** CPU seconds since now of this process and of the database's; null where the system does not tell. */
function cpuClock(dataDir: string): () => { own: number; database: number | null } {
  const begun = process.cpuUsage()
  const databaseBegun = databaseCpu(dataDir)
  return () => {
    const { user, system } = process.cpuUsage(begun)
    const now = databaseCpu(dataDir)
    return {
      own: Math.round((user + system) / 10_000) / 100,
      database: now === null || databaseBegun === null ? null : Math.round((now - databaseBegun) * 100) / 100,
    }
  }
}

function databaseCpu(dataDir: string): number | null {
  if (process.platform !== 'linux') return null
  const stats = readdirSync('/proc').flatMap(pid => {
    if (!/^\d+$/.test(pid)) return []
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      const ticks = Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])
      return [
        {
          pid,
          parent: fields[1]!,
          ticks,
          isPostmaster: command.includes(dataDir) && command.includes('postgres'),
        },
      ]
    } catch (error) {
      // The process ended while it was being looked at.
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
        return []
      throw error
    }
  })
  const postmasters = new Set(stats.filter(stat => stat.isPostmaster).map(stat => stat.pid))
  const ticks = stats
    .filter(stat => postmasters.has(stat.pid) || postmasters.has(stat.parent))
    .reduce((sum, stat) => sum + stat.ticks, 0)
  return ticks / TICKS_PER_SECOND
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
