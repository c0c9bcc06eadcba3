import {
  encodeCp932,
  readStatement,
  type TransactionFacts,
  writeTransactionsFile,
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
  const lines = Array.from({ length: rows }, (_, i) => line(i, move(i)))
  const account = {
    bankCode: '0001',
    branchCode: '001',
    accountType: 'ordinary' as const,
    accountNo: '1234567',
  }
  const days = { createdOn: '2026-11-24', from: '2026-11-20', to: '2026-11-24' }
  return writeTransactionsFile([
    { ...account, ...days, accountName: 'ｶ)ｻﾝﾌﾟﾙﾌｱｸﾀ-', openingYen: OPENING_YEN, lines },
  ])
}

function line(index: number, yen: number): TransactionFacts {
  return {
    bookedOn: '2026-11-20',
    direction: yen > 0 ? 'in' : 'out',
    kind: yen > 0 ? 'transfer' : 'book_transfer',
    amountYen: Math.abs(yen),
    payerKana: yen > 0 ? PAYERS[index % PAYERS.length]! : '',
    payerBank: 'ﾐﾂﾋﾞｼﾕ-ｴﾌｼﾞｴｲ',
    payerBranch: 'ﾎﾝﾃﾝ',
    bankSummary: yen > 0 ? 'ﾌﾘｺﾐ' : 'ﾌﾘｶｴ',
    edi: `INV-2026-${String(index).padStart(6, '0')}`,
  }
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
