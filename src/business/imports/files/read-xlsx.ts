import { Readable } from 'node:stream'
import type ExcelJS from 'exceljs'
import {
  checkTable,
  type FileRow,
  type FileTable,
  MOST_COLUMNS,
  MOST_ROWS,
  refuseFile,
  refuseTooManyColumns,
  refuseTooManyRows,
} from './file-table.ts'
import { checkWorkbook } from './zip-check.ts'

/** Reads the first sheet of a workbook that holds rows, row by row. Refuses the whole file with its place. */
export async function readXlsx(fileName: string, bytes: Buffer): Promise<FileTable> {
  await checkWorkbook(fileName, bytes)
  const { default: excel } = await import('exceljs')
  const book = new excel.stream.xlsx.WorkbookReader(Readable.from([bytes]), {
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
    worksheets: 'emit',
  })
  for await (const sheet of book) {
    const table = await readSheet(fileName, sheet)
    if (table) return checkTable(fileName, table)
  }
  refuseFile('file_must_hold_rows', fileName, {}, '値のあるシートがありません。')
}

async function readSheet(
  fileName: string,
  sheet: ExcelJS.stream.xlsx.WorksheetReader,
): Promise<FileTable | null> {
  let header: string[] | null = null
  const rows: FileRow[] = []
  for await (const row of sheet) {
    const read = readRow(row)
    if (read.cells.length > MOST_COLUMNS) refuseTooManyColumns(fileName, read.line, read.cells.length)
    if (read.cells.every(cell => cell === '') && read.unusable.length === 0) continue
    if (header === null) {
      const broken = read.unusable[0]
      if (broken)
        refuseFile(
          'headings_must_be_text',
          fileName,
          { line: read.line, column: broken.column + 1 },
          '見出しが数式です。文字で入力してください。',
        )
      header = read.cells
      continue
    }
    if (rows.length >= MOST_ROWS) refuseTooManyRows(fileName, read.line)
    rows.push(read)
  }
  const name = 'name' in sheet && typeof sheet.name === 'string' ? sheet.name : null
  return header && { kind: 'xlsx', encoding: null, sheet: name, header, rows }
}

function readRow(row: ExcelJS.Row): FileRow {
  const cells: string[] = []
  const unusable: FileRow['unusable'] = []
  row.eachCell({ includeEmpty: false }, (cell, number) => {
    const column = number - 1
    const value = textOf(cell.value)
    if (typeof value === 'string') cells[column] = value
    else unusable.push({ column, what: value.unusable })
  })
  return { line: row.number, cells: Array.from(cells, cell => cell ?? ''), unusable }
}

/** A cell as text: dates as ISO days, whole numbers without exponent; formulas and errors are no values. */
function textOf(value: ExcelJS.CellValue): string | { unusable: 'formula' | 'error' } {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number') return Number.isInteger(value) ? value.toFixed(0) : String(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if ('richText' in value)
    return value.richText
      .map(part => part.text)
      .join('')
      .trim()
  if ('text' in value) return String(value.text).trim()
  return { unusable: 'error' in value ? 'error' : 'formula' }
}
