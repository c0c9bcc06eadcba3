import { type CsvOptions, readCsvStatement } from './csv/read-csv.ts'
import { readStatementFile } from './fixed/read-statement-file.ts'
import { businessName, isEbcdic } from './fixed/record-groups.ts'
import { type FormatProblem, problem } from './problem.ts'
import type { Statement, StatementReading } from './statement.ts'

const MAX_FILE_BYTES = 64 * 1024 * 1024

/** First bytes of files that are no statement, and what to say about them. */
const FOREIGN: readonly (readonly [prefix: string, name: string, remedy: string])[] = [
  ['PK\x03\x04', 'ExcelまたはZIPのファイル', 'ExcelはCSVで保存し、ZIPは解凍してから読み込んでください。'],
  ['\xd0\xcf\x11\xe0', '古い形式のExcelファイル', 'CSVで保存してから読み込んでください。'],
  ['%PDF', 'PDFファイル', '銀行のサイトからCSVまたは全銀形式で取得してください。'],
  ['{\\rtf', '文書ファイル', '銀行のサイトからCSVまたは全銀形式で取得してください。'],
  [
    '<',
    'XMLまたはHTMLのファイル',
    '銀行のサイトからCSVまたは全銀形式で取得してください（ログイン画面を保存していないか確認してください）。',
  ],
]

/**
 * Reads a bank statement whatever its format: 入出金取引明細 and 振込入金通知 of 200 bytes, or a bank's CSV, told apart by content, never by
 * the file name. All of it or nothing: a refusal names record or line, column, field and remedy. Source: JR §2.5, §2.6, §2.9.
 */
export function readStatement(bytes: Uint8Array, options: CsvOptions): StatementReading {
  const found = fileProblem(bytes, options.fileName)
  if (found) return { ok: false, problems: [found] }
  const reading = isFixedLength(bytes) ? readStatementFile(bytes, options) : readCsvStatement(bytes, options)
  if (!reading.ok) return reading
  return { ok: true, statements: reading.statements.map(one => withDateNotice(one, options.today)) }
}

function fileProblem(bytes: Uint8Array, fileName: string): FormatProblem | null {
  if (bytes.length === 0)
    return problem(
      {},
      'ファイル',
      'file_must_not_be_empty',
      `「${fileName}」は空です。`,
      '銀行からもう一度取得してください。',
    )
  if (bytes.length > MAX_FILE_BYTES)
    return problem(
      {},
      'ファイル',
      'file_must_not_be_too_large',
      `「${fileName}」は64MBを超えています。`,
      '期間を分けて取得してください。',
    )
  const head = String.fromCharCode(...bytes.subarray(0, 8)).replace(/^\xef\xbb\xbf/, '')
  const foreign = FOREIGN.find(([prefix]) => head.startsWith(prefix))
  if (foreign)
    return problem(
      {},
      'ファイル',
      'file_must_be_a_statement',
      `「${fileName}」は${foreign[1]}です。`,
      foreign[2],
    )
  if (head.startsWith('121') || head.startsWith('191')) return requestFile(head.slice(1, 3), fileName)
  return null
}

/** A file we send to the bank, picked by mistake. */
function requestFile(code: string, fileName: string): FormatProblem {
  const message = `「${fileName}」は${businessName(code)}（種別${code}）の依頼ファイルです。入出金の明細ではありません。`
  const remedy = '入出金取引明細（03）または振込入金通知（01）のファイルを選んでください。'
  return problem({ record: 1, column: 2 }, '種別コード', 'business_type_must_match', message, remedy)
}

/** A header record begins with twenty-two digits or blanks where a CSV has its headings; records of other types stand behind one. */
function isFixedLength(bytes: Uint8Array): boolean {
  if (isEbcdic(bytes)) return true
  const head = String.fromCharCode(...bytes.subarray(bytes[0] === 0xef ? 3 : 0, 26))
  return /^[1289][\d ]{12,}/.test(head)
}

/** A day after today cannot have been booked; the file may be a forecast, or its dates misread. */
function withDateNotice(statement: Statement, today: string): Statement {
  const ahead = statement.lines.filter(line => line.bookedOn > today)
  if (ahead.length === 0) return statement
  const message = `勘定日が今日（${today}）より後の明細が${ahead.length}件あります（最初は${ahead[0]!.bookedOn}）。`
  const notice = problem(
    {},
    '勘定日',
    'booking_should_not_lie_ahead',
    message,
    '日付の読み方（和暦・西暦）が正しいか確認してください。',
  )
  return { ...statement, notices: [...statement.notices, notice] }
}
