import { PassThrough } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import type { ExportColumn } from '../../platform/list-export.ts'

export type Cell = string | number | null

/** What a spreadsheet would read as a formula, a tab or return in front included (OWASP, CSV injection). */
const FORMULA = /^[\t\r\n ]*[=+\-@＝＋－＠|]/
/** Negative amounts and phone numbers with country code are numbers to whoever reads them; a formula never is only that. */
const PLAIN_NUMBER = /^-?\d[\d,]*(?:\.\d+)?$/

/** A text that no spreadsheet computes: an apostrophe in front makes it text, and is not shown by Excel. */
export function safeText(text: string): string {
  return FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text
}

export function cellOf<Row>(column: ExportColumn<Row>, row: Row): Cell {
  const value = column.value(row)
  if (value === null || value === undefined || value === '') return null
  return typeof value === 'number' ? value : safeText(value)
}

/** UTF-8 with the mark by which Excel knows it; RFC 4180, lines end as on Windows. */
export function csvOf(titles: readonly string[], rows: readonly (readonly Cell[])[]): Buffer {
  const head = titles.map(safeText)
  return Buffer.from(
    `\ufeff${stringify([head, ...rows] as Cell[][], { record_delimiter: 'windows', quoted_match: /[\r\n]/ })}`,
    'utf8',
  )
}

const MIN_WIDTH = 10
const MAX_WIDTH = 40

/** One sheet with a standing head and a filter; texts are texts, numbers have their thousands. */
export async function xlsxOf(
  sheetName: string,
  columns: readonly Pick<ExportColumn<never>, 'title' | 'kind'>[],
  rows: readonly (readonly Cell[])[],
): Promise<Buffer> {
  const { default: excel } = await import('exceljs')
  const out = new PassThrough({ highWaterMark: 1 << 20 })
  const parts: Buffer[] = []
  out.on('data', part => parts.push(part as Buffer))
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false })
  const sheet = book.addWorksheet(sheetName.replace(/[[\]*?:/\\]/g, '').slice(0, 31), {
    views: [{ state: 'frozen', ySplit: 1 }],
  })
  sheet.columns = columns.map((column, at) => ({
    width: widthOf(
      column.title,
      rows.slice(0, 100).map(row => row[at] ?? null),
    ),
    ...(column.kind === 'yen' || column.kind === 'number' ? { style: { numFmt: '#,##0' } } : {}),
  }))
  const head = sheet.addRow(columns.map(column => safeText(column.title)))
  head.font = { bold: true }
  head.commit()
  for (const row of rows) sheet.addRow(row as Cell[]).commit()
  if (columns.length > 0)
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } }
  await book.commit()
  return Buffer.concat(parts)
}

/** A kanji is as wide as two letters. */
function widthOf(title: string, values: readonly Cell[]): number {
  const wide = (text: string) => [...text].reduce((sum, letter) => sum + (letter > '\u00ff' ? 2 : 1), 0)
  const widest = Math.max(wide(title), ...values.map(value => wide(String(value ?? ''))))
  return Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, widest + 2))
}
