import { Refusal } from '../../../platform/commands/refusal.ts'

/** Larger files are split by their sender; each limit has its sentence in the refusal. */
export const LARGEST_FILE_BYTES = 40 * 1024 * 1024
export const MOST_ROWS = 200_000
export const MOST_COLUMNS = 300
export const LONGEST_CELL = 5_000
export const LONGEST_RECORD = 100_000

export interface FileRow {
  /** Line in a CSV file, row in a sheet, from 1. */
  line: number
  cells: string[]
  /** Columns (from 0) which hold a formula or an error instead of a value. */
  unusable: { column: number; what: 'formula' | 'error' }[]
  /** The row is hidden in its sheet, by hand or by a filter. */
  hidden?: true
}

export interface SheetName {
  /** Null for a file which has one table and no name for it. */
  name: string | null
  hidden: boolean
}

/** A file as it lies there, before anybody says which row holds the headings. */
export interface ImportFile {
  fileName: string
  kind: 'csv' | 'xlsx'
  encoding: 'UTF-8' | 'CP932' | null
  sheets: readonly SheetName[]
  /** Rows of a sheet that hold something, in lots of at most some hundred; refuses the file at the row at fault. */
  rows(sheet: string | null): AsyncGenerator<FileRow[]>
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
