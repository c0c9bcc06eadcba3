import { isUtf8 } from 'node:buffer'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import {
  checkTable,
  type FileRow,
  type FileTable,
  LONGEST_RECORD,
  MOST_COLUMNS,
  MOST_ROWS,
  refuseFile,
  refuseTooManyColumns,
  refuseTooManyRows,
} from './file-table.ts'

const NEWLINE = 10
const NUL = 0

/** Reads a CSV file (batch-files.md): UTF-8 with or without BOM, or CP932; RFC 4180 quoting. Refuses the whole file with its place. */
export function readCsv(fileName: string, bytes: Buffer): FileTable {
  refuseOtherFormats(fileName, bytes)
  const { text, encoding } = decode(fileName, bytes)
  const records = recordsOf(fileName, text)
  const first = records[0]
  if (!first) refuseFile('headings_must_be_given', fileName, { line: 1 }, 'ファイルが空です。')
  const header = first.cells.map(cell => cell.trim())
  if (header.length === 1 && /[\t;|]/.test(header[0]!))
    refuseFile(
      'columns_must_be_separated_by_commas',
      fileName,
      { line: 1 },
      'カンマ区切りではありません。「CSV（コンマ区切り）」で保存し直してください。',
    )
  while (header.length > 1 && header.at(-1) === '') header.pop()
  const rows = records.slice(1).filter(row => row.cells.some(cell => cell !== ''))
  return checkTable(fileName, { kind: 'csv', encoding, sheet: null, header, rows })
}

function refuseOtherFormats(fileName: string, bytes: Buffer): void {
  if (
    bytes.length >= 2 &&
    ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
  )
    refuseFile(
      'file_must_be_utf8_or_cp932',
      fileName,
      { line: 1, column: 1 },
      'UTF-16で保存されています。「CSV UTF-8」で保存し直してください。',
    )
  const nul = bytes.indexOf(NUL)
  if (nul >= 0)
    refuseFile(
      'file_must_be_text',
      fileName,
      { line: linesBefore(bytes, nul) + 1 },
      'CSVではないファイルです（文字でない値があります）。CSVかExcel（.xlsx）を選んでください。',
    )
}

function decode(fileName: string, bytes: Buffer): { text: string; encoding: 'UTF-8' | 'CP932' } {
  if (isUtf8(bytes)) return { text: new TextDecoder('utf-8').decode(bytes), encoding: 'UTF-8' }
  try {
    return { text: new TextDecoder('shift_jis', { fatal: true }).decode(bytes), encoding: 'CP932' }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const { line, column } = firstUnreadable(bytes)
    refuseFile(
      'file_must_be_utf8_or_cp932',
      fileName,
      { line, column },
      'UTF-8でもShift_JIS（CP932）でもない文字があります。「CSV UTF-8」で保存し直してください。',
    )
  }
}

/** The first line which is in neither encoding (or else the first that is not UTF-8), and the column the bad bytes stand in. */
function firstUnreadable(bytes: Buffer): { line: number; column: number } {
  let mixed: { line: number; column: number } | null = null
  let start = 0
  for (let line = 1; start <= bytes.length; line++) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline < 0 ? bytes.length : newline
    const record = bytes.subarray(start, end)
    if (!isUtf8(record)) {
      const loose = new TextDecoder('shift_jis').decode(record)
      const at = loose.indexOf('\ufffd')
      const place = { line, column: loose.slice(0, Math.max(0, at)).split(',').length }
      if (at >= 0) return place
      mixed ??= place
    }
    start = end + 1
  }
  return mixed ?? { line: 1, column: 1 }
}

function recordsOf(fileName: string, text: string): FileRow[] {
  const rows: FileRow[] = []
  let line = 1
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_RECORD,
      on_record: (record: string[], info) => {
        const cells = record.map(cell => cell.trim())
        if (cells.length > MOST_COLUMNS) refuseTooManyColumns(fileName, line, cells.length)
        if (rows.length > MOST_ROWS) refuseTooManyRows(fileName, line)
        rows.push({ line: lineOfStart(record, info.lines), cells, unusable: formulasIn(cells) })
        line = info.lines + 1
        return null
      },
    })
  } catch (error) {
    if (error instanceof CsvError) refuseBrokenRecord(fileName, error, line)
    throw error
  }
  return rows
}

/** csv-parse tells the line a record ends on; breaks inside quotes stand before it. */
function lineOfStart(record: string[], lastLine: number): number {
  return lastLine - record.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0)
}

/** A cell which a spreadsheet would compute is not taken as text: nobody would see what it stands for. */
function formulasIn(cells: string[]): FileRow['unusable'] {
  return cells.flatMap((cell, column) =>
    /^[=@]/.test(cell) || /^[+-](?=[A-Za-z(])/.test(cell) ? [{ column, what: 'formula' as const }] : [],
  )
}

function refuseBrokenRecord(fileName: string, error: CsvError, line: number): never {
  const place = { line: 'lines' in error && typeof error.lines === 'number' ? error.lines : line }
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    refuseFile(
      'line_must_not_be_too_long',
      fileName,
      { line },
      `1行が長すぎます（上限${LONGEST_RECORD.toLocaleString('ja-JP')}文字）。「"」の閉じ忘れがないか確認してください。`,
    )
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    refuseFile('quotes_must_be_closed', fileName, { line }, '「"」が閉じられていません。')
  refuseFile(
    'quotes_must_be_doubled_inside',
    fileName,
    { ...place, column: 'column' in error && typeof error.column === 'number' ? error.column + 1 : 1 },
    '「"」の使い方が正しくありません。値の中の「"」は2つ重ねてください。',
  )
}

function linesBefore(bytes: Buffer, end: number): number {
  let lines = 0
  for (let at = bytes.indexOf(NEWLINE); at >= 0 && at < end; at = bytes.indexOf(NEWLINE, at + 1)) lines++
  return lines
}
