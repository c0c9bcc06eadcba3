import { createWriteStream, writeFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import {
  problemsOfBatch,
  resumeBatchCommand,
  revertBatchCommand,
  stopBatchCommand,
} from '../../business/imports/index.ts'
import type { Program } from '../program.ts'
import { batchOf, change, run, settled } from './import-commands.ts'
import { UsageError } from './readable.ts'

export const batchVerbs = ['status', 'report', 'stop', 'resume', 'revert'] as const

/** The import was left failed or stopped: somebody must look. */
const LEFT_HALF_WAY = 3
const LISTED = 200

type Batch = Awaited<ReturnType<typeof batchOf>>

const say = (facts: object) => process.stdout.write(`${JSON.stringify(facts)}\n`)
const hint = (sentence: string) => process.stderr.write(`${sentence}\n`)

/** Imports, newest first, one JSON line each. */
export async function listBatches({ db }: Program): Promise<void> {
  const batches = await db
    .selectFrom('import_batch')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(LISTED)
    .execute()
  for (const batch of batches)
    say({
      batch: batch.batch_no,
      kind: batch.kind,
      state: batch.state,
      file: batch.file_name,
      rows: batch.row_count,
      ...batch.counts,
      openedAt: batch.opened_at,
    })
}

/** What `daicho import WHAT BATCH` does. Sets the exit code 3 where the import is left failed or stopped. */
export async function onBatch(
  program: Program,
  what: string,
  batchNo: string,
  { to, all }: { to?: string | undefined; all: boolean },
): Promise<void> {
  const batch = await program.db
    .selectFrom('import_batch')
    .selectAll()
    .where('batch_no', '=', batchNo.toUpperCase())
    .executeTakeFirst()
  if (!batch)
    throw new Error(`there is no import ${batchNo}; numbers look like IM-000001, see: daicho import list`)
  if (what === 'report') return report(program, batch, to, all)
  if (what === 'revert') return askToRevert(program, batch)
  if (what === 'stop') await run(program, stopBatchCommand, { batchId: batch.id })
  const last = what === 'resume' ? await resumed(program, batch) : await batchOf(program, batch.id)
  await status(program, last)
}

/** One whose worker was killed is still at work as far as it knows: it needs nobody's word to go on. */
async function resumed(program: Program, batch: Batch): Promise<Batch> {
  if (['rehearsing', 'approved', 'reverting'].includes(batch.state))
    hint(
      `${batch.batch_no} was not stopped (${batch.state}): going on with it, or waiting for the server that does`,
    )
  else await run(program, resumeBatchCommand, { batchId: batch.id })
  return settled(program, batch.id)
}

async function status(program: Program, batch: Batch): Promise<void> {
  const rows = await program.db
    .selectFrom('import_row')
    .select(['state', eb => eb.fn.countAll<number>().as('count')])
    .where('batch_id', '=', batch.id)
    .groupBy('state')
    .execute()
  say({
    batch: batch.batch_no,
    kind: batch.kind,
    state: batch.state,
    file: batch.file_name,
    rows: batch.row_count,
    ...batch.counts,
    rowStates: Object.fromEntries(rows.map(row => [row.state, Number(row.count)])),
    sums: batch.sums,
    failure: batch.failure,
    startedAt: batch.started_at,
    endedAt: batch.ended_at,
  })
  if (batch.state !== 'failed' && batch.state !== 'stopped') return
  process.exitCode = LEFT_HALF_WAY
  const undo = batch.approved_by === null ? '' : `, or undo it: daicho import revert ${batch.batch_no}`
  hint(`${batch.batch_no} is ${batch.state}; go on: daicho import resume ${batch.batch_no}${undo}`)
}

async function askToRevert(program: Program, batch: Batch): Promise<void> {
  const answer = await run(program, revertBatchCommand, {
    batchId: batch.id,
    change: change('コマンドラインからの取込の取消'),
  })
  say({ batch: batch.batch_no, waitsForApproval: answer.changeNo })
  hint(`${answer.changeNo} waits for a second person (承認); the rows are taken back once it is approved`)
}

async function report(program: Program, batch: Batch, to: string | undefined, all: boolean): Promise<void> {
  if (!to?.endsWith('.xlsx')) throw new UsageError('daicho import report BATCH --to OUT.xlsx [--all]')
  if (batch.state === 'discarded')
    throw new Error(`${batch.batch_no} was discarded: its rows are deleted, read the file again`)
  const { content } = await problemsOfBatch(program, batch.id, { all })
  if (Buffer.isBuffer(content)) writeFileSync(to, content)
  else await pipeline(content, createWriteStream(to))
  say({ batch: batch.batch_no, report: to, rows: all ? batch.row_count : (batch.counts?.problems ?? 0) })
}
