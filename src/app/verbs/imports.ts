import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { systemActor } from '../../business/access/index.ts'
import {
  applyBatchCommand,
  importUntilIdle,
  openBatchCommand,
  rehearseBatchCommand,
  revertBatchCommand,
} from '../../business/imports/index.ts'
import type { Command } from '../../platform/commands/command.ts'
import { Refusal } from '../../platform/commands/refusal.ts'
import type { CommandContract, PendingAnswer } from '../../platform/http/contract.ts'
import type { Program } from '../program.ts'
import { withProgram } from '../with-program.ts'

const USAGE =
  'usage: daicho import customers FILE.(csv|xlsx) [--dry-run] [--report out.json] [--leave-empty] [--overwrite] [--debtors]\n' +
  '       daicho import revert BATCH'

/**
 * `import customers FILE`: reads and rehearses as the command line's own actor; without --dry-run it then asks for the approval which
 * a person gives on the approvals page. `import revert BATCH` (B-000001) asks to undo one.
 */
export async function importVerb(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      report: { type: 'string' },
      'leave-empty': { type: 'boolean', default: false },
      overwrite: { type: 'boolean', default: false },
      debtors: { type: 'boolean', default: false },
    },
  })
  const [what, target] = positionals
  if (!target || (what !== 'customers' && what !== 'revert')) throw new Error(USAGE)
  await withProgram(async program => {
    if (what === 'revert') return revert(program, target)
    const options = {
      role: values.debtors ? 'debtor' : 'client',
      unreadable: values['leave-empty'] ? 'leave_empty' : 'refuse',
      existing: values.overwrite ? 'overwrite' : 'fill',
    }
    await importCustomers(program, target, options, values['dry-run'], values.report)
  })
}

async function importCustomers(
  program: Program,
  file: string,
  options: object,
  dryRun: boolean,
  reportFile: string | undefined,
): Promise<void> {
  const contentBase64 = readFileSync(file).toString('base64')
  const opened = await run(program, openBatchCommand, { fileName: basename(file), contentBase64 })
  const batchId = String(opened.id)
  const { mapping, header } = await batchOf(program, batchId)
  const unused = header.filter((_, at) => mapping[at] === null)
  if (unused.length > 0) process.stderr.write(`columns nobody asked for: ${unused.join(', ')}\n`)
  await run(program, rehearseBatchCommand, { batchId, mapping, options })
  const { counts, batch_no, row_count, state, failure } = await rehearsed(program, batchId)
  if (state !== 'rehearsed') throw new Error(`the rehearsal of ${batch_no} stopped: ${failure ?? state}`)
  const rows = await program.db
    .selectFrom('import_row')
    .select(['line', 'name', 'outcome', 'problems'])
    .where('batch_id', '=', batchId)
    .orderBy('row_no')
    .execute()
  const problems = rows.filter(row => row.problems.length > 0)
  if (reportFile) {
    const report = { batch: batch_no, file, rows: row_count, counts, problems }
    writeFileSync(reportFile, `${JSON.stringify(report, null, 2)}\n`)
  } else
    for (const row of problems)
      for (const { heading, column, message } of row.problems)
        process.stderr.write(`${basename(file)}:${row.line}:${column ?? ''}: ${heading ?? ''} ${message}\n`)
  const request = dryRun ? null : await askToApply(program, batchId, counts)
  process.stdout.write(`${JSON.stringify({ batch: batch_no, rows: row_count, ...counts, ...request })}\n`)
}

async function askToApply(
  program: Program,
  batchId: string,
  counts: { new: number; update: number; merged: number } | null,
) {
  if (!counts || counts.new + counts.update + counts.merged === 0) return { waitsForApproval: null }
  const answer = (await run(program, applyBatchCommand, {
    batchId,
    change: change('コマンドラインからの取込'),
  })) as never
  return { waitsForApproval: (answer as PendingAnswer).changeNo }
}

async function revert(program: Program, batchNo: string): Promise<void> {
  const batch = await program.db
    .selectFrom('import_batch')
    .select('id')
    .where('batch_no', '=', batchNo)
    .executeTakeFirst()
  if (!batch) throw new Error(`there is no import ${batchNo}; its number looks like B-000001`)
  const answer = await run(program, revertBatchCommand, {
    batchId: batch.id,
    change: change('コマンドラインからの取込の取消'),
  })
  process.stdout.write(`${JSON.stringify({ batch: batchNo, waitsForApproval: answer.changeNo })}\n`)
}

const change = (reasonText: string) => ({ reasonCode: 'system', reasonText, evidence: [] })

/** A server that runs on the same database may take the rehearsal over; then this waits for it. */
async function rehearsed(program: Program, batchId: string) {
  for (;;) {
    await importUntilIdle(program)
    const batch = await batchOf(program, batchId)
    if (batch.state !== 'rehearsing') return batch
    await sleep(200)
  }
}

function batchOf(program: Program, id: string) {
  return program.db.selectFrom('import_batch').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Runs a command as the command line; a refusal becomes a readable sentence with the place in the file. */
async function run<C extends CommandContract>(
  program: Program,
  command: Command<C>,
  input: object,
): Promise<Record<string, unknown>> {
  const actor = systemActor('commandLine', program.permissions)
  try {
    const answer = await program.executor.execute(command, actor, input, {
      key: randomUUID(),
      requestId: 'command-line',
    })
    return answer.body as never
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const sentences = error.reasons.map(
      reason => reason.message ?? command.contract.refusals[reason.code] ?? reason.code,
    )
    throw new Error(sentences.join('\n'), { cause: error })
  }
}
