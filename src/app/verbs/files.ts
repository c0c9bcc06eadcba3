import { isUtf8 } from 'node:buffer'
import { readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import iconv from 'iconv-lite'
import type { MatchProgress } from '../../business/matching/index.ts'
import { isLineKind, LINE_KINDS, normalizeLine } from '../../business/names/index.ts'

const NORMALIZE_USAGE = `usage: daicho normalize ${LINE_KINDS.join('|')} < lines > jsonl
  one JSON object per input line, in order; "line" is its number, "issues" what is wrong with it and by which rule`

/** `normalize KIND < lines > jsonl`: one JSON line per input line, whatever stands in it. */
export async function normalize(args: string[]): Promise<void> {
  const kind = args[0] ?? ''
  if (kind === '--help' || kind === '-h') {
    process.stdout.write(`${NORMALIZE_USAGE}\n`)
    return
  }
  if (!isLineKind(kind) || args.length > 1) throw new Error(NORMALIZE_USAGE)
  let line = 0
  for await (const text of linesOf(process.stdin)) {
    line++
    const ready = process.stdout.write(`${JSON.stringify({ line, ...normalizeLine(kind, text) })}\n`)
    if (!ready) await new Promise(resume => process.stdout.once('drain', resume))
  }
}

/** Lines of UTF-8 or CP932 text, without byte order mark; \n, \r\n and nothing else ends a line. */
async function* linesOf(stream: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0)
  let first = true
  const textOf = (bytes: Buffer) => {
    const end = bytes.at(-1) === 13 ? bytes.length - 1 : bytes.length
    const line = bytes.subarray(0, end)
    const text = isUtf8(line) ? line.toString('utf8') : iconv.decode(line, 'cp932')
    const start = first && text.startsWith('\ufeff') ? 1 : 0
    first = false
    return text.slice(start)
  }
  for await (const piece of stream) {
    rest = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, Buffer.from(piece)])
    let from = 0
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, from)) {
      yield textOf(rest.subarray(from, end))
      from = end + 1
    }
    rest = rest.subarray(from)
  }
  if (rest.length > 0) yield textOf(rest)
}

const MATCH_USAGE = `usage: daicho match FILE.csv --out clusters.csv [--pairs pairs.csv] [--fields NAME|FILE.json]
  without --fields   a ledger of companies: id, name and what it has of name_kana, name_en, corporate_number,
                     invoice_registration_number, postal_code, address, phone, representative, established_on;
                     other headings (会社名, 法人番号, TEL …) are guessed, without an id the line is the id
  --fields person-en English person records: rec_id, given_name, surname, street_number, address_1, address_2, suburb,
                     postcode, state, date_of_birth, soc_sec_id (taken by itself where the headings are these)
  --fields FILE.json your own field table: see docs/matching.md`

/** `match FILE.csv --out clusters.csv [--pairs pairs.csv] [--fields NAME|FILE.json]`. */
export async function match(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      pairs: { type: 'string' },
      fields: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    process.stdout.write(`${MATCH_USAGE}\n`)
    return
  }
  const [file, ...more] = positionals
  if (!file || !values.out || more.length > 0) throw new Error(MATCH_USAGE)
  const targets = { outFile: values.out, ...(values.pairs ? { pairsFile: values.pairs } : {}) }
  await refuseUnwritable(file, Object.values(targets))
  const { guessRecordTable, readHeadings, runMatch } = await import('../../business/matching/index.ts')
  const fields = values.fields ?? guessRecordTable(await readHeadings(file))
  const report =
    fields === null
      ? await runMatch({ ledgerFile: file, ...targets, onProgress: matchProgress })
      : await matchByTable(fields, file, targets)
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  process.stdout.write(`${JSON.stringify({ fields: fields ?? 'ledger', ...report })}\n`)
}

async function matchByTable(
  fields: string,
  recordsFile: string,
  targets: { outFile: string; pairsFile?: string },
) {
  const { parseRecordTable, RECORD_TABLES, runRecordMatch } = await import('../../business/matching/index.ts')
  const shipped = RECORD_TABLES[fields]
  if (shipped === undefined && !fields.endsWith('.json')) {
    const names = Object.keys(RECORD_TABLES).join(', ')
    throw new Error(`There is no field table "${fields}". Shipped: ${names}; or name a file ending in .json.`)
  }
  const table = shipped ?? parseRecordTable(await readFile(fields, 'utf8'), fields)
  return runRecordMatch({ recordsFile, table, ...targets })
}

/** Said before any work: nothing to read, nowhere to write, or the ledger itself as the target. */
async function refuseUnwritable(source: string, targets: readonly string[]): Promise<void> {
  const found = await stat(source).catch(() => null)
  if (found === null) throw new Error(`${source}: there is no such file`)
  if (!found.isFile()) throw new Error(`${source}: not a file`)
  const paths = [source, ...targets].map(path => resolve(path))
  if (new Set(paths).size < paths.length)
    throw new Error('Each result needs a file of its own, other than the ledger.')
  for (const target of targets) {
    const folder = dirname(resolve(target))
    if (!(await stat(folder).catch(() => null))?.isDirectory())
      throw new Error(`${folder}: there is no such folder`)
    if ((await stat(target).catch(() => null))?.isDirectory())
      throw new Error(`${target}: a folder, not a file`)
  }
}

const STAGES = { read: 'reading', index: 'keys', compare: 'comparing rows', write: 'writing' } as const

function matchProgress({ stage, done, total }: MatchProgress): void {
  onProgress({ done, total, what: STAGES[stage] })
}

/** `screen --lists DIR --subjects subjects.csv --out hits.csv`. */
export async function screen(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { lists: { type: 'string' }, subjects: { type: 'string' }, out: { type: 'string' } },
  })
  if (!values.lists || !values.subjects || !values.out)
    throw new Error('usage: daicho screen --lists DIR --subjects subjects.csv --out hits.csv')
  const { runScreen } = await import('../../business/screening/engine/index.ts')
  const report = await runScreen({
    listsDir: values.lists,
    subjectsFile: values.subjects,
    outFile: values.out,
    onProgress,
  })
  process.stdout.write(`${JSON.stringify(report)}\n`)
}

/** `reconcile --receivables r.csv --payers p.csv --deposits d.csv --out matches.csv`. */
export async function reconcile(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      receivables: { type: 'string' },
      payers: { type: 'string' },
      deposits: { type: 'string' },
      out: { type: 'string' },
    },
  })
  const { receivables, payers, deposits, out } = values
  if (!receivables || !payers || !deposits || !out)
    throw new Error(
      'usage: daicho reconcile --receivables r.csv --payers p.csv --deposits d.csv --out matches.csv',
    )
  const { runReconcile } = await import('../../business/reconciliation/engine/index.ts')
  const report = await runReconcile({
    receivablesFile: receivables,
    payersFile: payers,
    depositsFile: deposits,
    outFile: out,
  })
  process.stdout.write(`${JSON.stringify(report)}\n`)
}

function onProgress(step: { done: number; total: number; what?: string } | string): void {
  if (!process.stderr.isTTY) return
  const text =
    typeof step === 'string'
      ? step
      : `${step.what ?? ''} ${step.done.toLocaleString('en')} / ${step.total.toLocaleString('en')}`
  process.stderr.write(`\r\u001b[K${text}`)
}
