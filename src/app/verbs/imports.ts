import { createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import {
  applyBatchCommand,
  importKinds,
  lookIntoImportFile,
  openBatchCommand,
  problemsOfBatch,
  rehearseBatchCommand,
} from '../../business/imports/index.ts'
import type { PendingAnswer } from '../../platform/http/contract.ts'
import type { Program } from '../program.ts'
import { withProgram } from '../with-program.ts'
import { batchOf, change, run, settled } from './import-commands.ts'
import { batchVerbs, listBatches, onBatch } from './imports-batch.ts'
import { readable, UsageError } from './readable.ts'

const USAGE = `usage: daicho import KIND FILE.(csv|xlsx) [--dry-run] [--report out.json] [--problems out.xlsx]
         [--sheet NAME] [--heading LINE] [--template NAME] [--numbering NAME] [--clean CODE,CODE|none]
         [--cut-over YYYY-MM-DD] [--control-rows N] [--control FIELD=YEN] [--leave-empty] [--overwrite] [--debtors]
       daicho import look FILE                    the sheets of a file, their headings and kinds
       daicho import list                         imports, newest first, one JSON line each
       daicho import status BATCH                 one import: state, rows done, counts
       daicho import report BATCH --to OUT.xlsx [--all]   its marked-up workbook: rows with problems, or all
       daicho import stop BATCH                   stop a rehearsal, a run or a revert after the chunk at work
       daicho import resume BATCH                 go on with one that was stopped, failed or killed, to its end
       daicho import revert BATCH                 ask to undo one that was applied; a second person decides
KIND is one of ${importKinds.join(', ')}, or auto: guessed from the headings. BATCH looks like IM-000001.
exit codes: 0 done, or waiting for a second person; 1 refused or failed, the reason stands on stderr; 2 wrong usage;
  3 the import was left failed or stopped`

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
  to: { type: 'string' },
  all: { type: 'boolean', default: false },
} as const

type Values = ReturnType<typeof parse>['values']
function parse(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: optionsOfVerb })
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${USAGE}`)
  }
}

/**
 * `import KIND FILE`: reads and rehearses as the command line's own actor; without --dry-run it then asks for the approval which a
 * person gives on the approvals page. The other verbs act on one import, by its number; exit codes stand in the usage.
 */
export async function importVerb(args: string[]): Promise<void> {
  const { what, target } = wanted(args)
  if (what === 'look') return look(target)
  await withProgram(program => importWith(program, args))
}

/** The verbs that need the database. */
export async function importWith(program: Program, args: string[]): Promise<void> {
  const { what, target, values } = wanted(args)
  if (what === 'list') return listBatches(program)
  if ((batchVerbs as readonly string[]).includes(what)) return onBatch(program, what, target, values)
  await importFile(program, what, target, values)
}

/** What is asked for; refused before the database is opened when it is nothing the verb knows. */
function wanted(args: string[]): { what: string; target: string; values: Values } {
  const { values, positionals } = parse(args)
  const [what = '', target = '', ...more] = positionals
  const known = ['look', ...batchVerbs, 'auto', ...importKinds].includes(what as never)
  if (more.length > 0 || (what === 'list' ? target !== '' : !known || target === ''))
    throw new UsageError(USAGE)
  return { what, target, values }
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
  const { batch_no, row_count, counts, sums, state, failure } = await settled(program, batchId)
  if (state !== 'rehearsed')
    throw new Error(
      `the rehearsal of ${batch_no} ended ${state}${failure ? `: ${failure}` : ''}; see: daicho import status ${batch_no}`,
    )
  await report(program, batchId, file, values)
  const request = values['dry-run'] ? null : await askToApply(program, batchId, counts)
  if (request?.waitsForApproval)
    process.stderr.write(
      `${request.waitsForApproval} waits for a second person (承認); the rows are taken once it is approved\n`,
    )
  else if (request) process.stderr.write('no row can be taken: nothing waits for an approval\n')
  process.stdout.write(
    `${JSON.stringify({ batch: batch_no, kind: batch.kind, rows: row_count, ...counts, sums, ...request })}\n`,
  )
}

/** What the file or its template says, changed by what the command line says. */
function optionsOf(kept: object, values: Values): object {
  const control = (values.control ?? []).map(text => {
    const [field = '', yen = ''] = text.split('=')
    if (!/^-?\d+$/.test(yen)) throw new UsageError(`--control takes FIELD=YEN, not "${text}"`)
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
