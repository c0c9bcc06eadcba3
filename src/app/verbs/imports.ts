import { randomUUID } from 'node:crypto'
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { systemActor } from '../../business/access/index.ts'
import {
  applyBatchCommand,
  importKinds,
  importUntilIdle,
  lookIntoImportFile,
  openBatchCommand,
  problemsOfBatch,
  rehearseBatchCommand,
  resumeBatchCommand,
  revertBatchCommand,
  stopBatchCommand,
} from '../../business/imports/index.ts'
import type { Command } from '../../platform/commands/command.ts'
import { Refusal } from '../../platform/commands/refusal.ts'
import type { CommandContract, PendingAnswer } from '../../platform/http/contract.ts'
import type { Program } from '../program.ts'
import { withProgram } from '../with-program.ts'

const USAGE = `usage: daicho import KIND FILE.(csv|xlsx) [--dry-run] [--report out.json] [--problems out.xlsx]
         [--sheet NAME] [--heading LINE] [--template NAME] [--numbering NAME] [--clean CODE,CODE|none]
         [--cut-over YYYY-MM-DD] [--control-rows N] [--control FIELD=YEN] [--leave-empty] [--overwrite] [--debtors]
       daicho import look FILE            the sheets of a file, their headings and kinds
       daicho import status|stop|resume|revert BATCH
KIND is one of ${importKinds.join(', ')}, or auto: guessed from the headings`

const optionsOfVerb = {
  'dry-run': { type: 'boolean', default: false },
  report: { type: 'string' },
  problems: { type: 'string' },
  sheet: { type: 'string' },
  heading: { type: 'string' },
  template: { type: 'string' },
  numbering: { type: 'string' },
  clean: { type: 'string' },
  'cut-over': { type: 'string' },
  'control-rows': { type: 'string' },
  control: { type: 'string', multiple: true },
  'leave-empty': { type: 'boolean', default: false },
  overwrite: { type: 'boolean', default: false },
  debtors: { type: 'boolean', default: false },
} as const

type Values = ReturnType<typeof parse>['values']
const parse = (args: string[]) => parseArgs({ args, allowPositionals: true, options: optionsOfVerb })

/**
 * `import KIND FILE`: reads and rehearses as the command line's own actor; without --dry-run it then asks for the approval which a
 * person gives on the approvals page. `import revert BATCH` (IM-000001) asks to undo one; `stop`, `resume` and `status` act on one.
 */
export async function importVerb(args: string[]): Promise<void> {
  const { values, positionals } = parse(args)
  const [what, target] = positionals
  if (!what || !target) throw new Error(USAGE)
  if (what === 'look') return look(target)
  if (['status', 'stop', 'resume', 'revert'].includes(what))
    return withProgram(program => onBatch(program, what, target))
  if (what !== 'auto' && !(importKinds as readonly string[]).includes(what)) throw new Error(USAGE)
  await withProgram(program => importFile(program, what, target, values))
}

/** Reads no database: what the file holds, as JSON. */
async function look(file: string): Promise<void> {
  const { encoding, sheets } = await readable(() => lookIntoImportFile(basename(file), readFileSync(file)))
  const shown = sheets.map(({ top, headingLine, ...sheet }) => ({
    ...sheet,
    headingLine,
    headings: top.find(row => row.line === headingLine)?.cells ?? [],
  }))
  process.stdout.write(`${JSON.stringify({ encoding, sheets: shown }, null, 2)}\n`)
}

async function onBatch(program: Program, what: string, batchNo: string): Promise<void> {
  const batch = await program.db
    .selectFrom('import_batch')
    .selectAll()
    .where('batch_no', '=', batchNo)
    .executeTakeFirst()
  if (!batch) throw new Error(`there is no import ${batchNo}; its number looks like IM-000001`)
  const batchId = batch.id
  const say = (facts: object) => process.stdout.write(`${JSON.stringify({ batch: batchNo, ...facts })}\n`)
  if (what === 'revert') {
    const answer = await run(program, revertBatchCommand, {
      batchId,
      change: change('コマンドラインからの取込の取消'),
    })
    return void say({ waitsForApproval: answer.changeNo })
  }
  if (what === 'stop') await run(program, stopBatchCommand, { batchId })
  if (what === 'resume') {
    await run(program, resumeBatchCommand, { batchId })
    await importUntilIdle(program)
  }
  const { state, kind, row_count, counts, failure } = await batchOf(program, batchId)
  say({ kind, state, rows: row_count, ...counts, failure })
}

async function importFile(program: Program, kind: string, file: string, values: Values): Promise<void> {
  const template = await templateNamed(program, values.template)
  const opened = await run(program, openBatchCommand, {
    fileName: basename(file),
    contentBase64: readFileSync(file).toString('base64'),
    kind: kind === 'auto' ? null : kind,
    sheet: values.sheet ?? null,
    headingLine: values.heading === undefined ? null : Number(values.heading),
    templateId: template?.id ?? null,
  })
  const batchId = String(opened.id)
  const batch = await batchOf(program, batchId)
  const unused = batch.header.filter((_, at) => batch.mapping[at] === null)
  if (unused.length > 0) process.stderr.write(`columns nobody asked for: ${unused.join(', ')}\n`)
  await run(program, rehearseBatchCommand, {
    batchId,
    mapping: batch.mapping,
    options: optionsOf(batch.options, values),
  })
  const { batch_no, row_count, counts, sums, state, failure } = await rehearsed(program, batchId)
  if (state !== 'rehearsed') throw new Error(`the rehearsal of ${batch_no} stopped: ${failure ?? state}`)
  await report(program, batchId, file, values)
  const request = values['dry-run'] ? null : await askToApply(program, batchId, counts)
  process.stdout.write(
    `${JSON.stringify({ batch: batch_no, kind: batch.kind, rows: row_count, ...counts, sums, ...request })}\n`,
  )
}

/** What the file or its template says, changed by what the command line says. */
function optionsOf(kept: object, values: Values): object {
  const control = (values.control ?? []).map(text => {
    const [field = '', yen = ''] = text.split('=')
    if (!/^-?\d+$/.test(yen)) throw new Error(`--control takes FIELD=YEN, not "${text}"`)
    return [field, Number(yen)] as const
  })
  return {
    ...kept,
    ...(values.debtors ? { role: 'debtor' } : {}),
    ...(values['leave-empty'] ? { unreadable: 'leave_empty' } : {}),
    ...(values.overwrite ? { existing: 'overwrite' } : {}),
    ...(values.numbering ? { numbering: values.numbering } : {}),
    ...(values['cut-over'] ? { cutOverOn: values['cut-over'] } : {}),
    ...(values.clean === undefined
      ? {}
      : { cleaning: values.clean === 'none' ? [] : values.clean.split(',') }),
    control: {
      rows: values['control-rows'] === undefined ? null : Number(values['control-rows']),
      yen: Object.fromEntries(control),
    },
  }
}

async function templateNamed(program: Program, name: string | undefined) {
  if (name === undefined) return null
  const template = await program.db
    .selectFrom('import_template')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirst()
  if (!template) throw new Error(`there is no template called "${name}"`)
  return template
}

async function report(program: Program, batchId: string, file: string, values: Values): Promise<void> {
  const { batch_no, row_count, counts, sums } = await batchOf(program, batchId)
  const rows = await program.db
    .selectFrom('import_row')
    .select(['line', 'name', 'outcome', 'problems'])
    .where('batch_id', '=', batchId)
    .orderBy('row_no')
    .execute()
  const problems = rows.filter(row => row.problems.length > 0)
  if (values.problems) {
    const { content } = await problemsOfBatch(program, batchId)
    if (Buffer.isBuffer(content)) writeFileSync(values.problems, content)
    else await pipeline(content, createWriteStream(values.problems))
  }
  if (values.report) {
    const text = JSON.stringify({ batch: batch_no, file, rows: row_count, counts, sums, problems }, null, 2)
    writeFileSync(values.report, `${text}\n`)
  } else
    for (const row of problems)
      for (const { heading, column, message } of row.problems)
        process.stderr.write(`${basename(file)}:${row.line}:${column ?? ''}: ${heading ?? ''} ${message}\n`)
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

/** Runs a command as the command line. */
function run<C extends CommandContract>(
  program: Program,
  command: Command<C>,
  input: object,
): Promise<Record<string, unknown>> {
  const actor = systemActor('commandLine', program.permissions)
  return readable(async () => {
    const answer = await program.executor.execute(command, actor, input as never, {
      key: randomUUID(),
      requestId: 'command-line',
    })
    return answer.body as never
  }, command.contract.refusals)
}

/** A refusal becomes a readable sentence with the place in the file. */
async function readable<T>(
  work: () => Promise<T>,
  refusals: Readonly<Record<string, string>> = {},
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const sentences = error.reasons.map(reason => reason.message ?? refusals[reason.code] ?? reason.code)
    throw new Error(sentences.join('\n'), { cause: error })
  }
}
