import {
  type FileRow,
  type ImportFile,
  LONGEST_CELL,
  MOST_ROWS,
  refuseFile,
  refuseTooManyRows,
} from './file-table.ts'
import { headingsAt, mostKnown, repeatedHeading } from './headings.ts'
import { unitOfTitle } from './units.ts'

/** How far down a sheet its headings are looked for; titles, dates and notes stand above them. */
export const HEADINGS_WITHIN = 30

export interface TableChoice {
  /** Null: the first sheet that holds rows and is not hidden. */
  sheet?: string | null
  /** Line of the headings, from 1; null: guessed. */
  headingLine?: number | null
  /** Whether a heading is one an import knows; used to find the row of headings. */
  isKnown(heading: string): boolean
}

export interface TableHead {
  sheet: string | null
  headingLine: number
  header: string[]
  /** The unit of money a title above the headings names (千円), or null. */
  unit: string | null
  /** The first rows as they stand in the file, headings and titles included. */
  top: FileRow[]
}

export interface FileTable extends TableHead {
  /** Rows below the headings, in lots; refuses the whole file at the row at fault, or at its end. */
  rows(): AsyncGenerator<FileRow[]>
}

/** Chooses the table in a file: which sheet, which line holds the headings. */
export async function openTable(file: ImportFile, choice: TableChoice): Promise<FileTable> {
  const named =
    choice.sheet == null
      ? file.sheets.filter(sheet => !sheet.hidden)
      : file.sheets.filter(sheet => sheet.name === choice.sheet)
  if (choice.sheet != null && named.length === 0)
    refuseFile('sheet_must_exist', file.fileName, {}, `シート「${choice.sheet}」がありません。`)
  for (const { name } of named) {
    const source = file.rows(name)
    const top: FileRow[] = []
    while (top.length < HEADINGS_WITHIN) {
      const lot = await source.next()
      if (lot.done) break
      top.push(...lot.value)
    }
    if (top.length === 0) continue
    return tableOf(file, name, top, source, choice)
  }
  refuseFile('file_must_hold_rows', file.fileName, {}, '値のあるシートがありません。')
}

function tableOf(
  file: ImportFile,
  sheet: string | null,
  top: FileRow[],
  source: AsyncGenerator<FileRow[]>,
  choice: TableChoice,
): FileTable {
  const at = headingAt(file, top, choice)
  const { line, unusable } = top[at]!
  const broken = unusable[0]
  if (broken)
    refuseFile(
      'headings_must_be_text',
      file.fileName,
      { line, column: broken.column + 1 },
      '見出しが数式です。文字で入力してください。',
    )
  const repeated = repeatedHeading(top, at, choice.isKnown)
  if (repeated)
    refuseFile(
      'headings_must_be_unique',
      file.fileName,
      { line, column: repeated.second },
      `見出し「${repeated.heading.slice(0, 40)}」が${repeated.first}列目と重複しています。どちらかの見出しを変えるか、上の行に見出しのまとまり（請求・買取など）を付けてください。`,
    )
  const header = headingsAt(top, at)
  if (header.every(heading => heading === ''))
    refuseFile('headings_must_be_given', file.fileName, { line }, '見出しがありません。')
  return {
    sheet,
    headingLine: line,
    header,
    unit: unitAbove(top.slice(0, at)),
    top: top.slice(0, HEADINGS_WITHIN),
    rows: () => checkedRows(file, line, header, top.slice(at + 1), source),
  }
}

/** The row with the most headings an import knows; where none is known, the first that is at least half as full as the fullest. */
function headingAt(file: ImportFile, top: readonly FileRow[], { headingLine, isKnown }: TableChoice): number {
  if (headingLine != null) {
    const at = top.findIndex(row => row.line === headingLine)
    if (at < 0)
      refuseFile(
        'headings_must_be_given',
        file.fileName,
        { line: headingLine },
        `${headingLine}行目に見出しがありません。見出しの行を選び直してください。`,
      )
    return at
  }
  const within = top.slice(0, HEADINGS_WITHIN)
  const most = mostKnown(within, isKnown)
  if (most.known > 0) return most.at
  const filled = within.map(row => row.cells.filter(cell => cell !== '').length)
  return filled.findIndex(count => count * 2 >= Math.max(...filled))
}

function unitAbove(rows: readonly FileRow[]): string | null {
  const said = rows.map(row => unitOfTitle(row.cells)).filter(unit => unit !== null)
  return said.at(-1) ?? null
}

async function* checkedRows(
  file: ImportFile,
  headingLine: number,
  header: readonly string[],
  first: FileRow[],
  source: AsyncGenerator<FileRow[]>,
): AsyncGenerator<FileRow[]> {
  let count = 0
  const check = (rows: FileRow[]) => {
    for (const row of rows) {
      if (++count > MOST_ROWS) refuseTooManyRows(file.fileName, row.line)
      checkRow(file.fileName, row, header)
    }
    return rows
  }
  if (first.length > 0) yield check(first)
  for await (const rows of source) yield check(rows)
  if (count === 0)
    refuseFile(
      'file_must_hold_rows',
      file.fileName,
      { line: headingLine + 1 },
      '見出しの下にデータの行がありません。',
    )
}

function checkRow(fileName: string, row: FileRow, header: readonly string[]): void {
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
      `値が見出し（${header.length}列）より右にあります。カンマを含む値は「"」で囲み、見出しのない列には見出しを付けてください。`,
    )
}
