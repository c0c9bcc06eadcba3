import {
  data03,
  encodeCp932,
  end03,
  header03,
  readStatement,
  recordOf,
  trailer03,
  writeStatementFile,
} from '../src/business/bankformats/index.ts'

const DEFAULT_ROWS = 100_000
const OPENING_YEN = 5_000_000
const PAYERS = ['ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ', 'ﾔﾏﾀﾞ ﾀﾛｳ', 'ﾄﾞ)ﾐﾗｲ', 'ｻﾝﾌﾟﾙｺｳｷﾞﾖｳ(ｶ']

/** What one run took: seconds of reading only (the file is made before the clock starts), and the peak of the whole process. */
export interface StatementBench {
  format: 'zengin_03' | 'bank_csv'
  rows: number
  bytes: number
  seconds: number
  rowsPerSecond: number
  peakMiB: number
}

/**
 * Reads one statement of many lines, all checks included. Arguments: number of lines (default 100,000) and `csv` for a Shift_JIS CSV
 * in place of the fixed-length file.
 */
export async function bench(args: string[]): Promise<StatementBench> {
  const rows = Number(args.find(arg => /^\d+$/.test(arg)) ?? DEFAULT_ROWS)
  const format = args.includes('csv') ? 'bank_csv' : 'zengin_03'
  const bytes = format === 'bank_csv' ? csvFile(rows) : fixedFile(rows)
  const started = process.hrtime.bigint()
  const reading = readStatement(bytes, { fileName: `${format}.txt`, today: '2026-11-24' })
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  if (!reading.ok) throw new Error(reading.problems[0]!.message)
  const read = reading.statements[0]!.lines.length
  if (read !== rows) throw new Error(`read ${read} of ${rows} lines`)
  const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024)
  return { format, rows, bytes: bytes.length, seconds, rowsPerSecond: Math.round(rows / seconds), peakMiB }
}

/** The amount of a line; every fourth line is money going out. */
function move(index: number): number {
  const yen = 1000 + ((index * 7919) % 900_000)
  return index % 4 === 3 ? -yen : yen
}

function fixedFile(rows: number): Uint8Array {
  const moves = Array.from({ length: rows }, (_, i) => move(i))
  const credits = moves.filter(yen => yen > 0)
  const debits = moves.filter(yen => yen < 0)
  const sum = (list: readonly number[]) => Math.abs(list.reduce((total, yen) => total + yen, 0))
  const days = { createdOn: '081124', from: '081120', to: '081124' }
  const account = { bankCode: '0001', branchCode: '001', accountType: 1, accountNo: 1234567 }
  return writeStatementFile([
    recordOf(header03, {
      recordType: 1,
      businessType: 3,
      ...days,
      ...account,
      openingSign: 1,
      openingYen: OPENING_YEN,
    }),
    ...moves.map((yen, i) => line(i, yen)),
    recordOf(trailer03, {
      recordType: 8,
      inCount: credits.length,
      inYen: sum(credits),
      outCount: debits.length,
      outYen: sum(debits),
      closingSign: 1,
      closingYen: OPENING_YEN + sum(credits) - sum(debits),
      dataCount: rows,
    }),
    recordOf(end03, { recordType: 9, recordCount: rows + 3, accountCount: 1 }),
  ])
}

function line(index: number, yen: number) {
  return recordOf(data03, {
    recordType: 2,
    inquiryNo: (index + 1) % 100_000_000,
    bookedOn: '081120',
    valueOn: '081120',
    direction: yen > 0 ? 1 : 2,
    kind: yen > 0 ? 11 : 14,
    amountYen: Math.abs(yen),
    payerKana: yen > 0 ? PAYERS[index % PAYERS.length] : '',
    payerBank: 'ﾐﾂﾋﾞｼﾕ-ｴﾌｼﾞｴｲ',
    payerBranch: 'ﾎﾝﾃﾝ',
    summary: yen > 0 ? 'ﾌﾘｺﾐ' : 'ﾌﾘｶｴ',
    edi: `INV-2026-${String(index).padStart(6, '0')}`,
  })
}

function csvFile(rows: number): Uint8Array {
  let balance = OPENING_YEN
  const lines = Array.from({ length: rows }, (_, i) => {
    const yen = move(i)
    balance += yen
    const amounts = yen > 0 ? `"","${yen.toLocaleString('ja-JP')}"` : `"${(-yen).toLocaleString('ja-JP')}",""`
    return `"2026/11/20","振込１","${PAYERS[i % PAYERS.length]}",${amounts},"${balance.toLocaleString('ja-JP')}","","",""`
  })
  const head = '日付,摘要,摘要内容,支払い金額,預かり金額,差引残高,メモ,未資金化区分,入払区分'
  const encoded = encodeCp932([head, ...lines].join('\r\n'))
  if (!encoded.ok) throw new Error(encoded.problems[0]!.message)
  return encoded.value
}
