import { type FileRow, MOST_COLUMNS, refuseTooManyColumns } from './file-table.ts'
import { columnOf, type MergedCells, MergedFiller } from './xlsx-merged.ts'
import { localName, parseXml, type SheetPart, type WorkbookParts } from './xlsx-parts.ts'
import type { ZipArchive } from './zip-entries.ts'

const ROWS_AT_ONCE = 500

export interface SheetContext {
  archive: ZipArchive
  fileName: string
  book: WorkbookParts
  strings: readonly string[]
  /** Which cells are merged: they stand behind the rows in the file, so they were read before. */
  merged: readonly MergedCells[]
}

interface Cell {
  column: number
  type: string
  style: number
  value: string
  formula: boolean
}

/** Rows of a sheet that hold something, in lots, as the sheet is unpacked; memory holds one lot. */
export async function* readSheetRows(sheet: SheetPart, context: SheetContext): AsyncGenerator<FileRow[]> {
  let rows: FileRow[] = []
  let row: FileRow = { line: 0, cells: [], unusable: [] }
  let cell: Cell | null = null
  let line = 0
  let nextColumn = 0
  let reading = 0
  let collecting = false
  const filler = new MergedFiller(context.merged)
  const read = parseXml(context.archive, context.fileName, sheet.entry, {
    open: ({ name, attributes }) => {
      const tag = localName(name)
      if (tag === 'row') {
        line = attributes.r === undefined ? line + 1 : Number(attributes.r)
        nextColumn = 0
        const hidden = attributes.hidden === '1' || attributes.hidden === 'true'
        row = { line, cells: [], unusable: [], ...(hidden ? { hidden: true as const } : {}) }
      } else if (tag === 'c') {
        const column = attributes.r === undefined ? nextColumn : columnOf(attributes.r)
        nextColumn = column + 1
        cell = {
          column,
          type: attributes.t ?? 'n',
          style: Number(attributes.s ?? 0),
          value: '',
          formula: false,
        }
      } else if (tag === 'rPh') reading++
      else if (tag === 'f' && cell) cell.formula = true
      else if (tag === 'v' || tag === 't') collecting = reading === 0
    },
    text: text => {
      if (collecting && cell) cell.value += text
    },
    close: name => {
      const tag = localName(name)
      if (tag === 'v' || tag === 't') collecting = false
      else if (tag === 'rPh') reading--
      else if (tag === 'c' && cell) {
        putCell(row, cell, context)
        cell = null
      } else if (tag === 'row' && (row.unusable.length > 0 || row.cells.some(text => text))) {
        filler.fill(row)
        rows.push({ ...row, cells: Array.from(row.cells, text => text ?? '') })
      }
    },
  })
  for await (const _ of read)
    if (rows.length >= ROWS_AT_ONCE) {
      yield rows
      rows = []
    }
  if (rows.length > 0) yield rows
}

function putCell(row: FileRow, cell: Cell, { book, strings, fileName }: SheetContext): void {
  if (cell.column >= MOST_COLUMNS && (cell.formula || cell.value !== ''))
    refuseTooManyColumns(fileName, row.line, cell.column + 1)
  if (cell.formula) row.unusable.push({ column: cell.column, what: 'formula' })
  else if (cell.type === 'e') row.unusable.push({ column: cell.column, what: 'error' })
  else {
    const text = textOf(cell, book, strings)
    if (text !== '') row.cells[cell.column] = text
  }
}

/** A cell as text: dates as ISO days, whole numbers without exponent, percentages with their sign. */
function textOf(
  { type, style, value }: Cell,
  { formats, from1904 }: WorkbookParts,
  strings: readonly string[],
): string {
  if (value === '') return ''
  if (type === 's') return (strings[Number(value)] ?? '').trim()
  if (type === 'inlineStr' || type === 'str') return value.trim()
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (type === 'd') return value.replace(/T00:00:00(?:\.0+)?$/, '')
  const number = Number(value)
  if (!Number.isFinite(number)) return value.trim()
  const format = formats[style] ?? 'number'
  if (format === 'date') return dayOfSerial(number, from1904) ?? numberText(number)
  if (format === 'percent') return `${numberText(Math.round(number * 1e12) / 1e10)}%`
  return numberText(number)
}

/** As written, without exponent; what Excel stores as 0.1+0.2 has at most 15 significant digits. */
function numberText(number: number): string {
  if (Number.isInteger(number)) return number.toFixed(0)
  return String(Number(number.toPrecision(15)))
}

const DAY_MS = 86_400_000

/**
 * The day of a serial number. Excel counts a 29 February 1900 that never was, so days before March 1900 are one later than their
 * number from the common base; a time of day is kept to the minute.
 */
function dayOfSerial(serial: number, from1904: boolean): string | null {
  if (serial < 0 || serial > 2_958_465) return null
  const base = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  const at = new Date(base + Math.round((serial * DAY_MS) / 60_000) * 60_000).toISOString()
  return at.slice(11, 16) === '00:00' ? at.slice(0, 10) : `${at.slice(0, 10)} ${at.slice(11, 16)}`
}
