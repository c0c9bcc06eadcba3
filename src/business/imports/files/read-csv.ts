import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import {
  type FileRow,
  type ImportFile,
  LONGEST_RECORD,
  MOST_COLUMNS,
  refuseFile,
  refuseTooManyColumns,
} from './file-table.ts'

/** Characters handed to the parser at once. */
const PIECE = 1 << 16
const ROWS_AT_ONCE = 500
const NEWLINE = 10
const NUL = 0

/** Opens a CSV file (batch-files.md): UTF-8 with or without BOM, or CP932; RFC 4180 quoting. Refuses the whole file with its place. */
export function openCsv(fileName: string, bytes: Buffer): ImportFile {
  refuseOtherFormats(fileName, bytes)
  const { text, encoding } = decode(fileName, bytes)
  return {
    fileName,
    kind: 'csv',
    encoding,
    sheets: [{ name: null, hidden: false }],
    rows: () => rowsOf(fileName, text),
  }
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

/** Records that hold something, in lots, parsed piece by piece so that a long file does not keep the process to itself. */
async function* rowsOf(fileName: string, text: string): AsyncGenerator<FileRow[]> {
  // The parser may stand before a fault while earlier records still wait to be read: it notes itself how far it came.
  let line = 1
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    // The line a record starts on goes before its cells.
    on_record: (record: string[], info) => {
      const start = lineOfStart(record, info.lines)
      line = info.lines + 1
      return [String(start), ...record]
    },
  })
  let rows: FileRow[] = []
  // The parser counts a carriage return and its newline inside quotes as two lines: then every place below would be wrong.
  const pieces = Readable.from(piecesOf(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text))
  try {
    for await (const [at, ...record] of pieces.pipe(parser) as AsyncIterable<string[]>) {
      const start = Number(at)
      const cells = record.map(cell => cell.trim())
      if (cells.length > MOST_COLUMNS) refuseTooManyColumns(fileName, start, cells.length)
      if (start === 1 && cells.length === 1 && /[\t;|]/.test(cells[0]!)) refuseOtherSeparator(fileName)
      if (cells.every(cell => cell === '')) continue
      rows.push({ line: start, cells, unusable: formulasIn(cells) })
      if (rows.length < ROWS_AT_ONCE) continue
      yield rows
      rows = []
    }
  } catch (error) {
    if (error instanceof CsvError) refuseBrokenRecord(fileName, error, line)
    throw error
  } finally {
    pieces.destroy()
    parser.destroy()
  }
  if (rows.length > 0) yield rows
}

function* piecesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    // A character of two halves must not be cut in two.
    const half = text.charCodeAt(from + PIECE - 1)
    const to = from + PIECE + (half >= 0xd800 && half < 0xdc00 ? 1 : 0)
    yield text.slice(from, to)
    from = to
  }
}

function refuseOtherSeparator(fileName: string): never {
  refuseFile(
    'columns_must_be_separated_by_commas',
    fileName,
    { line: 1 },
    'カンマ区切りではありません。「CSV（コンマ区切り）」で保存し直してください。',
  )
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
