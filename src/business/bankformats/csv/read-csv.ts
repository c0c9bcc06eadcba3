import { earlierOf, laterOf } from '../../../platform/dates/calendar-date.ts'
import { pairCancellations } from '../cancellations.ts'
import { type FormatProblem, MAX_PROBLEMS, problem } from '../problem.ts'
import type { ReadOptions, Statement, StatementLine, StatementReading } from '../statement.ts'
import { type Columns, columnsOf } from './columns.ts'
import { CSV_PROFILES, type CsvProfile } from './profiles.ts'
import { type ReadRow, RowReader } from './read-row.ts'
import { type CsvRow, csvRows } from './rows.ts'
import { proveBalance } from './running-balance.ts'
import { type DetectedEncoding, detectEncoding, strictDecoder } from './text-encoding.ts'

const COMMA = 0x2c
const TAB = 0x09
const HEADING_ROWS = 30
const MAX_LINES = 300_000
/** Sums below the rows, which banks add for the reader's eye. */
const FOOTER = /^(?:総?合計|小計|計|以上|件数)/u

/** Further column layouts of this installation. */
export interface CsvOptions extends ReadOptions {
  profiles?: readonly CsvProfile[]
}

/**
 * Reads a bank's own CSV: encoding by content, columns by profile or common headings, every row's balance proved. The file is taken as
 * a whole or refused with line, column, field and remedy. Source: JR §2.9.
 */
export function readCsvStatement(bytes: Uint8Array, options: CsvOptions): StatementReading {
  const encoded = asBytesOfText(bytes, detectEncoding(bytes))
  const problems: FormatProblem[] = []
  const read: ReadRow[] = []
  let columns: Columns | null = null
  let reader: RowReader | null = null
  let looked = 0
  const firstRows: CsvRow[] = []
  for (const row of csvRows(encoded.bytes, delimiterOf(encoded.bytes), strictDecoder(encoded.encoding))) {
    if ('code' in row) return { ok: false, problems: [...problems, row] }
    if (columns === null || reader === null) {
      if (firstRows.length < 3) firstRows.push(row)
      const found = columnsOf(row, options.profiles ?? [])
      if (found && !found.ok) return found
      if (found) columns = found.value
      if (columns) reader = new RowReader(columns, options, problems)
      else if (++looked >= HEADING_ROWS) break
      continue
    }
    if (FOOTER.test(row.cells[0]!.trim())) continue
    const one = reader.read(row)
    if (one) read.push(one)
    if (read.length > MAX_LINES) return { ok: false, problems: [tooManyLines(row.lineNo)] }
    if (problems.length >= MAX_PROBLEMS) return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) }
  }
  if (columns === null) return { ok: false, problems: [unknownHeadings(firstRows)] }
  if (problems.length > 0) return { ok: false, problems }
  return statementsOf(read, columns)
}

/** UTF-16 is turned into UTF-8 first, so that rows can be cut by byte. */
function asBytesOfText(
  bytes: Uint8Array,
  found: DetectedEncoding,
): { bytes: Uint8Array; encoding: 'utf-8' | 'cp932' } {
  const body = bytes.subarray(found.skip)
  if (found.encoding === 'utf-8' || found.encoding === 'cp932')
    return { bytes: body, encoding: found.encoding }
  return { bytes: Buffer.from(new TextDecoder(found.encoding).decode(body), 'utf8'), encoding: 'utf-8' }
}

/** Tab where the beginning of the file has tabs and no commas. */
function delimiterOf(bytes: Uint8Array): number {
  const head = bytes.subarray(0, 4096)
  return head.includes(TAB) && !head.includes(COMMA) ? TAB : COMMA
}

function statementsOf(read: readonly ReadRow[], columns: Columns): StatementReading {
  const accounts = new Map<string, ReadRow[]>()
  for (const row of read) {
    const rows = accounts.get(row.account)
    if (rows) rows.push(row)
    else accounts.set(row.account, [row])
  }
  const statements: Statement[] = []
  for (const [account, rows] of accounts) {
    const proven = proveBalance(rows, columns.balance ?? 0)
    if (!proven.ok) return proven
    const lines = proven.value.rows.flatMap(row => (row.line ? [row.line] : []))
    if (lines.length === 0) continue
    const { openingYen, closingYen } = proven.value
    const header = { ...headerOf(account, lines, columns), openingYen, closingYen }
    const notices = pairCancellations(lines, line => ({ line: line.lineNo }))
    statements.push({ header, lines, unposted: [], notices: [...fileNotices(columns), ...notices] })
  }
  if (statements.length > 0) return { ok: true, statements }
  const found = problem(
    { line: 2 },
    '明細',
    'statement_must_hold_lines',
    '見出しの下に明細がありません。',
    '取引のある期間を選んで取得し直してください。',
  )
  return { ok: false, problems: [found] }
}

function headerOf(account: string, lines: readonly StatementLine[], columns: Columns) {
  const number = /(?:^|\D)(\d{7})(?!\d)/u.exec(account.normalize('NFKC'))?.[1] ?? null
  return {
    format: 'bank_csv' as const,
    profile: columns.profile,
    bankCode: null,
    branchCode: null,
    accountType: /普通/u.test(account)
      ? ('ordinary' as const)
      : /当座/u.test(account)
        ? ('current' as const)
        : null,
    accountNo: number,
    accountName: account,
    createdOn: null,
    from: lines.map(line => line.bookedOn).reduce(earlierOf),
    to: lines.map(line => line.bookedOn).reduce(laterOf),
  }
}

function tooManyLines(line: number): FormatProblem {
  const message = `明細が${MAX_LINES.toLocaleString('ja-JP')}行を超えています。`
  return problem(
    { line },
    '明細',
    'file_must_not_hold_too_many_lines',
    message,
    '期間を分けて取得してください。',
  )
}

function fileNotices(columns: Columns): FormatProblem[] {
  const notices: FormatProblem[] = []
  if (columns.guessed)
    notices.push(
      problem(
        {},
        '見出し',
        'columns_were_guessed',
        '見出しから列を推定して読みました。残高の計算は全行で合っています。',
        '先頭の数行が正しく読まれているか確認してください。',
      ),
    )
  if (columns.balance === null)
    notices.push(
      problem(
        {},
        '残高',
        'balance_could_not_be_proved',
        '残高の列がないため、行の抜けを確かめられません。',
        '残高付きのCSVを取得することをお勧めします。',
      ),
    )
  return notices
}

function unknownHeadings(firstRows: readonly CsvRow[]): FormatProblem {
  const head = firstRows[0]
  const shown = head
    ? head.cells
        .slice(0, 12)
        .map(cell => cell.trim().slice(0, 20))
        .join('、')
    : ''
  const message = head
    ? `${head.lineNo}行目「${shown}」から、日付・入金・出金・残高の列を見つけられません。`
    : 'ファイルに行がありません。'
  const known = CSV_PROFILES.map(profile => profile.label).join('、')
  const remedy = `見出しの行を付けたまま取得するか、列の対応を登録してください（対応済み: ${known}）。`
  return problem({ line: head?.lineNo ?? 1, column: 1 }, '見出し', 'headings_must_be_known', message, remedy)
}
