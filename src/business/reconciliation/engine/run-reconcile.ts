import { open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { BatchFileError, type BatchProblem, type BatchTable, csvField, readBatchTable } from './batch-csv.ts'
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
 * `daicho reconcile`: reads the three files of batch-files.md, reconciles, and writes matches.csv, one row per allocated receivable.
 * All or nothing: on bad input BatchFileError names file, line and column and the out file stays as it was.
 */
export async function runReconcile(files: ReconcileFiles): Promise<ReconcileRun> {
  const [receivables, payers, deposits] = await Promise.all([
    readTable(files.receivablesFile, RECEIVABLES),
    readTable(files.payersFile, PAYERS),
    readTable(files.depositsFile, DEPOSITS),
  ])
  const problems: BatchProblem[] = []
  const input = {
    receivables: readReceivables(receivables, problems),
    payers: readPayers(payers, problems),
    deposits: readDeposits(deposits, problems),
    ...(files.settings && { settings: files.settings }),
  }
  if (problems.length > 0) throw new BatchFileError(problems)
  const result = reconcile(input)
  const rowsWritten = await writeMatches(files.outFile, result)
  const unknownColumns = Object.fromEntries(
    [receivables, payers, deposits].map(table => [basename(table.file), table.unknownColumns]),
  )
  return { ...result.report, rowsWritten, unknownColumns }
}

async function readTable(file: string, columns: readonly string[]): Promise<BatchTable> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const message =
      error.code === 'ENOENT' ? 'no such file; check the path' : `cannot be read (${error.code})`
    throw new BatchFileError([{ file, line: 1, column: '', message }])
  })
  return readBatchTable(file, bytes, columns)
}

/** Reads one row at a time and notes what is wrong with it. */
class RowReader {
  readonly #table: BatchTable
  readonly #columns: readonly string[]
  readonly #problems: BatchProblem[]
  readonly #ids = new Map<string, number>()

  constructor(table: BatchTable, columns: readonly string[], problems: BatchProblem[]) {
    this.#table = table
    this.#columns = columns
    this.#problems = problems
  }

  #problem(row: number, at: number, message: string): void {
    this.#problems.push({
      file: this.#table.file,
      line: this.#table.lines[row]!,
      column: this.#columns[at]!,
      message,
    })
  }

  text(row: number, at: number): string {
    return this.#table.rows[row]![at]!
  }

  /** An id that must be there; `unique` = and only once. */
  id(row: number, at: number, unique: boolean): string {
    const id = this.text(row, at)
    if (id === '') this.#problem(row, at, 'must not be empty')
    const first = this.#ids.get(id)
    if (unique && first !== undefined) this.#problem(row, at, `"${id}" already stands on line ${first}`)
    if (unique) this.#ids.set(id, this.#table.lines[row]!)
    return id
  }

  /** Whole yen, at least `least`; commas, 円 and full width are understood (JR §8). */
  yen(row: number, at: number, least: number): number {
    const typed = this.text(row, at)
    const plain = /^\d+$/.test(typed) ? typed : typed.normalize('NFKC').replace(/[,¥円\\\s]/g, '')
    const yen = /^-?\d+$/.test(plain) ? Number(plain) : Number.NaN
    if (!Number.isSafeInteger(yen)) this.#problem(row, at, `"${typed}" is not whole yen`)
    else if (yen < least) this.#problem(row, at, `${yen} yen is too little; at least ${least} is expected`)
    return yen
  }

  count(row: number, at: number): number {
    const typed = this.text(row, at)
    if (typed === '') return 0
    if (!/^\d{1,9}$/.test(typed)) this.#problem(row, at, `"${typed}" is not a count`)
    return Number(typed)
  }

  /** YYYY-MM-DD, also 2026/7/2 and 20260702; null when empty. */
  date(row: number, at: number): string | null {
    const typed = this.text(row, at)
    if (typed === '') return null
    const parts = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(typed) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(typed)
    const date = parts ? `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}` : ''
    const day = new Date(`${date}T00:00:00Z`)
    if (date === '' || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date) {
      this.#problem(row, at, `"${typed}" is not a date; write YYYY-MM-DD`)
    }
    return date
  }

  /** A code of fixed width: spreadsheets lose the zeros in front. */
  code(row: number, at: number, width: number): string {
    const typed = this.text(row, at)
    if (typed !== '' && !/^\d+$/.test(typed))
      this.#problem(row, at, `"${typed}" is not a code of ${width} digits`)
    return typed === '' ? '' : typed.padStart(width, '0')
  }
}

function readReceivables(table: BatchTable, problems: BatchProblem[]): OpenReceivable[] {
  const reader = new RowReader(table, RECEIVABLES, problems)
  return table.rows.map((_, row) => ({
    receivableId: reader.id(row, 0, true),
    payerId: reader.id(row, 1, false),
    payerNameKana: reader.text(row, 2),
    payerVirtualAccount: reader.text(row, 3),
    invoiceNumber: reader.text(row, 4),
    amount: reader.yen(row, 5, 0),
    issuedOn: reader.date(row, 6),
    dueOn: reader.date(row, 7),
  }))
}

function readPayers(table: BatchTable, problems: BatchProblem[]): LearnedPayer[] {
  const reader = new RowReader(table, PAYERS, problems)
  return table.rows.map((_, row) => ({
    payerId: reader.id(row, 0, false),
    senderKana: reader.text(row, 1),
    bankCode: reader.code(row, 2, 4),
    branchCode: reader.code(row, 3, 3),
    confirmedCount: reader.count(row, 4),
  }))
}

function readDeposits(table: BatchTable, problems: BatchProblem[]): Deposit[] {
  const reader = new RowReader(table, DEPOSITS, problems)
  return table.rows.map((_, row) => ({
    depositId: reader.id(row, 0, true),
    depositedOn: reader.date(row, 1),
    amount: reader.yen(row, 2, 1),
    senderKana: reader.text(row, 3),
    bankCode: reader.code(row, 4, 4),
    branchCode: reader.code(row, 5, 3),
    virtualAccount: reader.text(row, 6),
    edi: reader.text(row, 7),
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
