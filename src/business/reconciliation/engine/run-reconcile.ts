import { open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { BatchFileError, type BatchProblem, csvField, readBatchRows } from './batch-csv.ts'
import { reconcile } from './reconcile.ts'
import type {
  Deposit,
  LearnedPayer,
  OpenReceivable,
  ReconcileReport,
  ReconcileResult,
  ReconcileSettings,
} from './types.ts'

export type ReconcileFiles = {
  receivablesFile: string
  payersFile: string
  depositsFile: string
  outFile: string
  settings?: Partial<ReconcileSettings>
}

export type ReconcileRun = ReconcileReport & { rowsWritten: number; unknownColumns: Record<string, string[]> }

const RECEIVABLES = [
  'receivable_id',
  'payer_id',
  'payer_name_kana',
  'payer_virtual_account',
  'invoice_number',
  'amount',
  'issued_on',
  'due_on',
] as const
const PAYERS = ['payer_id', 'sender_kana', 'bank_code', 'branch_code', 'confirmed_count'] as const
const DEPOSITS = [
  'deposit_id',
  'deposited_on',
  'amount',
  'sender_kana',
  'bank_code',
  'branch_code',
  'virtual_account',
  'edi',
] as const
const MATCHES = 'deposit_id,receivable_id,amount,status,score,reasons'

/**
 * `daicho reconcile`: reads the three files of batch-files.md, reconciles, and writes matches.csv, one row
 * per allocated receivable. All or nothing: on bad input BatchFileError names file, line and column and the
 * out file stays as it was.
 */
export async function runReconcile(files: ReconcileFiles): Promise<ReconcileRun> {
  const problems: BatchProblem[] = []
  const receivables = await readReceivables(files.receivablesFile, problems)
  const payers = await readPayers(files.payersFile, problems)
  const deposits = await readDeposits(files.depositsFile, problems)
  if (problems.length > 0) throw new BatchFileError(problems)
  const result = reconcile({
    receivables: receivables.rows,
    payers: payers.rows,
    deposits: deposits.rows,
    ...(files.settings && { settings: files.settings }),
  })
  const rowsWritten = await writeMatches(files.outFile, result)
  const unknownColumns = {
    [basename(files.receivablesFile)]: receivables.unknownColumns,
    [basename(files.payersFile)]: payers.unknownColumns,
    [basename(files.depositsFile)]: deposits.unknownColumns,
  }
  return { ...result.report, rowsWritten, unknownColumns }
}

type ReadFile<Row> = { rows: Row[]; unknownColumns: string[] }

async function readRows<Row>(
  file: string,
  columns: readonly string[],
  problems: BatchProblem[],
  toRow: (reader: RowReader) => Row,
): Promise<ReadFile<Row>> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const message =
      error.code === 'ENOENT' ? 'no such file; check the path' : `cannot be read (${error.code})`
    throw new BatchFileError([{ file, line: 1, column: '', message }])
  })
  const reader = new RowReader(file, columns, problems)
  const rows: Row[] = []
  const unknownColumns = readBatchRows(file, bytes, columns, (fields, line) => {
    reader.moveTo(fields, line)
    rows.push(toRow(reader))
  })
  return { rows, unknownColumns }
}

/** Reads the fields of one row and notes what is wrong with them. Texts that repeat are kept once. */
class RowReader {
  readonly #file: string
  readonly #columns: readonly string[]
  readonly #problems: BatchProblem[]
  readonly #lineOfId = new Map<string, number>()
  readonly #texts = new Map<string, string>()
  readonly #dates = new Map<string, string>()
  #fields: string[] = []
  #line = 0

  constructor(file: string, columns: readonly string[], problems: BatchProblem[]) {
    this.#file = file
    this.#columns = columns
    this.#problems = problems
  }

  moveTo(fields: string[], line: number): void {
    this.#fields = fields
    this.#line = line
  }

  #problem(at: number, message: string): void {
    this.#problems.push({ file: this.#file, line: this.#line, column: this.#columns[at]!, message })
  }

  text(at: number): string {
    return this.#fields[at]!
  }

  /** A text that many rows share. */
  sharedText(at: number): string {
    const text = this.#fields[at]!
    const known = this.#texts.get(text)
    if (known !== undefined) return known
    this.#texts.set(text, text)
    return text
  }

  /** An id that must be there, and only once. */
  uniqueId(at: number): string {
    const id = this.text(at)
    if (id === '') this.#problem(at, 'must not be empty')
    const first = this.#lineOfId.get(id)
    if (first !== undefined) this.#problem(at, `"${id}" already stands on line ${first}`)
    this.#lineOfId.set(id, this.#line)
    return id
  }

  /** An id of something else, which must be there. */
  id(at: number): string {
    const id = this.sharedText(at)
    if (id === '') this.#problem(at, 'must not be empty')
    return id
  }

  /** Whole yen, at least `least`; commas, 円 and full width are understood (JR §8). */
  yen(at: number, least: number): number {
    const typed = this.text(at)
    const plain = /^\d+$/.test(typed) ? typed : typed.normalize('NFKC').replace(/[,¥円\\\s]/g, '')
    const yen = /^-?\d+$/.test(plain) ? Number(plain) : Number.NaN
    if (!Number.isSafeInteger(yen)) this.#problem(at, `"${typed}" is not whole yen`)
    else if (yen < least) this.#problem(at, `${yen} yen is too little; at least ${least} is expected`)
    return yen
  }

  count(at: number): number {
    const typed = this.text(at)
    if (typed === '') return 0
    if (!/^\d{1,9}$/.test(typed)) this.#problem(at, `"${typed}" is not a count`)
    return Number(typed)
  }

  /** YYYY-MM-DD, also 2026/7/2 and 20260702; null when empty. */
  date(at: number): string | null {
    const typed = this.text(at)
    if (typed === '') return null
    let date = this.#dates.get(typed)
    if (date === undefined) {
      date = readDate(typed)
      this.#dates.set(typed, date)
    }
    if (date === '') this.#problem(at, `"${typed}" is not a date; write YYYY-MM-DD`)
    return date
  }

  /** A code of fixed width: spreadsheets lose the zeros in front. */
  code(at: number, width: number): string {
    const typed = this.sharedText(at)
    if (typed !== '' && !/^\d+$/.test(typed)) this.#problem(at, `"${typed}" is not a code of ${width} digits`)
    return typed === '' ? '' : typed.padStart(width, '0')
  }
}

/** A calendar date as YYYY-MM-DD, or '' when the text is none. */
function readDate(typed: string): string {
  const parts = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(typed) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(typed)
  if (parts === null) return ''
  const date = `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
  const day = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === date ? date : ''
}

function readReceivables(file: string, problems: BatchProblem[]): Promise<ReadFile<OpenReceivable>> {
  return readRows(file, RECEIVABLES, problems, row => ({
    receivableId: row.uniqueId(0),
    payerId: row.id(1),
    payerNameKana: row.sharedText(2),
    payerVirtualAccount: row.sharedText(3),
    invoiceNumber: row.text(4),
    amount: row.yen(5, 0),
    issuedOn: row.date(6),
    dueOn: row.date(7),
  }))
}

function readPayers(file: string, problems: BatchProblem[]): Promise<ReadFile<LearnedPayer>> {
  return readRows(file, PAYERS, problems, row => ({
    payerId: row.id(0),
    senderKana: row.text(1),
    bankCode: row.code(2, 4),
    branchCode: row.code(3, 3),
    confirmedCount: row.count(4),
  }))
}

function readDeposits(file: string, problems: BatchProblem[]): Promise<ReadFile<Deposit>> {
  return readRows(file, DEPOSITS, problems, row => ({
    depositId: row.uniqueId(0),
    depositedOn: row.date(1),
    amount: row.yen(2, 1),
    senderKana: row.sharedText(3),
    bankCode: row.code(4, 4),
    branchCode: row.code(5, 3),
    virtualAccount: row.sharedText(6),
    edi: row.text(7),
  }))
}

/** Writes beside the target, syncs, then renames: a reader sees the old file or the whole new one. */
async function writeMatches(outFile: string, result: ReconcileResult): Promise<number> {
  const temporary = join(dirname(outFile), `.${basename(outFile)}.${process.pid}.tmp`)
  try {
    const rows = await writeRows(temporary, result)
    await rename(temporary, outFile)
    return rows
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function writeRows(path: string, { matches }: ReconcileResult): Promise<number> {
  const file = await open(path, 'w')
  let rows = 0
  try {
    let text = `${MATCHES}\n`
    for (const { depositId, status, score, reasons, allocations } of matches) {
      const rules = reasons.map(({ rule }) => rule).join(';')
      for (const { receivableId, amount } of allocations) {
        text += `${csvField(depositId)},${csvField(receivableId)},${amount},${status},${score},${rules}\n`
        rows++
      }
      if (text.length > WRITE_AT_ONCE) {
        await file.write(text)
        text = ''
      }
    }
    await file.write(text)
    await file.sync()
  } finally {
    await file.close()
  }
  return rows
}

const WRITE_AT_ONCE = 1 << 20
