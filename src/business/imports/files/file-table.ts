import { Refusal } from '../../../platform/commands/refusal.ts'

/** Larger files are split by their sender; each limit has its sentence in the refusal. */
export const LARGEST_FILE_BYTES = 20 * 1024 * 1024
export const MOST_ROWS = 50_000
export const MOST_COLUMNS = 300
export const LONGEST_CELL = 5_000
export const LONGEST_RECORD = 100_000

export interface FileRow {
  /** Line in a CSV file, row in a sheet, from 1. */
  line: number
  cells: string[]
  /** Columns (from 0) which hold a formula or an error instead of a value. */
  unusable: { column: number; what: 'formula' | 'error' }[]
}

/** A file's content before anybody asks what the columns mean. */
export interface FileTable {
  kind: 'csv' | 'xlsx'
  encoding: 'UTF-8' | 'CP932' | null
  sheet: string | null
  header: string[]
  rows: FileRow[]
}

/** Where in the file something is wrong; line and column from 1. */
export interface FilePlace {
  line?: number
  column?: number
}

/** Refuses a whole file: which rule, where in the file, and what to do. Nothing has been written. */
export function refuseFile(
  code: string,
  fileName: string,
  { line, column }: FilePlace,
  sentence: string,
): never {
  const place = [fileName, line === undefined ? '' : `${line}行`, column === undefined ? '' : `${column}列`]
    .filter(Boolean)
    .join(' ')
  throw new Refusal('invalid', [
    {
      code,
      field: 'file',
      message: `${place}：${sentence}`,
      facts: { file: fileName, line: line ?? null, column: column ?? null },
    },
  ])
}

/** Checks what every file must satisfy, whatever its format. */
export function checkTable(fileName: string, table: FileTable): FileTable {
  const { header, rows } = table
  const seen = new Map<string, number>()
  for (const [at, heading] of header.entries()) {
    const key = headingKey(heading)
    if (key === '') continue
    const earlier = seen.get(key)
    if (earlier !== undefined)
      refuseFile(
        'headings_must_be_unique',
        fileName,
        { line: 1, column: at + 1 },
        `見出し「${heading}」が${earlier + 1}列目と重複しています。どちらかの見出しを変えてください。`,
      )
    seen.set(key, at)
  }
  if (seen.size === 0)
    refuseFile('headings_must_be_given', fileName, { line: 1 }, '1行目に見出しがありません。')
  if (rows.length === 0)
    refuseFile('file_must_hold_rows', fileName, { line: 2 }, '見出しの下にデータの行がありません。')
  for (const row of rows) {
    for (const [at, cell] of row.cells.entries())
      if (cell.length > LONGEST_CELL)
        refuseFile(
          'cell_must_not_be_too_long',
          fileName,
          { line: row.line, column: at + 1 },
          `セルが長すぎます（${cell.length.toLocaleString('ja-JP')}文字、上限${LONGEST_CELL.toLocaleString('ja-JP')}文字）。`,
        )
    const last = row.cells.findLastIndex(cell => cell !== '')
    if (last >= header.length)
      refuseFile(
        'row_must_fit_the_header',
        fileName,
        { line: row.line, column: last + 1 },
        `値が見出し（${header.length}列）より右にあります。カンマを含む値は「"」で囲んでください。`,
      )
  }
  return table
}

export function refuseTooManyRows(fileName: string, line: number): never {
  refuseFile(
    'rows_must_not_be_too_many',
    fileName,
    { line },
    `行が多すぎます（上限${MOST_ROWS.toLocaleString('ja-JP')}行）。ファイルを分けてください。`,
  )
}

export function refuseTooManyColumns(fileName: string, line: number, columns: number): never {
  refuseFile(
    'columns_must_not_be_too_many',
    fileName,
    { line, column: MOST_COLUMNS + 1 },
    `列が多すぎます（${columns.toLocaleString('ja-JP')}列、上限${MOST_COLUMNS}列）。不要な列を削除してください。`,
  )
}

/** Headings are compared without width, case and spaces. */
export function headingKey(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_・（）()※*]/g, '')
}
