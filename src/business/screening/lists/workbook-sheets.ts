import { inflateRawSync } from 'node:zlib'
import type ExcelJS from 'exceljs'
import type { MinistrySheet } from './finance-ministry.ts'
import { ListFileError } from './list-entry.ts'

/** The ministry's workbook unpacks to some megabytes; a hundred is far beyond it. */
const MAX_UNPACKED_BYTES = 128 * 1024 * 1024
const MAX_PARTS = 2_000
const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50

/** Reads all sheets of an xlsx workbook as text, after proving that it unpacks within bounds. */
export async function readWorkbookSheets(
  file: string,
  bytes: Buffer,
  maxUnpackedBytes: number = MAX_UNPACKED_BYTES,
): Promise<MinistrySheet[]> {
  proveUnpackedSize(file, bytes, maxUnpackedBytes)
  // Loaded only when a workbook is met: it is large, and most lists are text.
  const { default: excel } = await import('exceljs')
  const workbook = new excel.Workbook()
  try {
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer)
  } catch (error) {
    throw new ListFileError(
      file,
      `is not a workbook that can be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  return workbook.worksheets.map(sheet => {
    const rows: MinistrySheet['rows'] = []
    sheet.eachRow({ includeEmpty: false }, (row, line) => {
      const cells: string[] = []
      for (let column = 1; column <= Math.min(row.cellCount, 300); column += 1) {
        const cell = row.getCell(column)
        cells.push(cell.isMerged && cell.master !== cell ? '' : cellText(cell.value))
      }
      rows.push({ line, cells })
    })
    return { sheet: sheet.name, rows }
  })
}

function cellText(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value !== 'object') return String(value)
  if ('richText' in value) return value.richText.map(part => part.text).join('')
  if ('result' in value) return cellText(value.result as ExcelJS.CellValue)
  if ('text' in value) return String(value.text)
  return ''
}

/** Unpacks every part once with a bound, because the sizes a zip declares about itself may lie. */
function proveUnpackedSize(file: string, bytes: Buffer, maxBytes: number): void {
  let at = directoryStart(file, bytes)
  let total = 0
  for (let part = 0; at + 46 <= bytes.length && bytes.readUInt32LE(at) === DIRECTORY_ENTRY; part += 1) {
    if (part >= MAX_PARTS)
      throw new ListFileError(file, `has more than ${MAX_PARTS} parts; refused as a possible bomb`)
    const method = bytes.readUInt16LE(at + 10)
    const packed = bytes.readUInt32LE(at + 20)
    const header = bytes.readUInt32LE(at + 42)
    if (header + 30 > bytes.length) throw new ListFileError(file, 'is a damaged zip file; fetch it again')
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28)
    total +=
      method === 8 ? inflatedSize(file, bytes.subarray(start, start + packed), maxBytes - total) : packed
    if (total > maxBytes) throw tooLarge(file, maxBytes)
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
}

function directoryStart(file: string, bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 66_000); at -= 1) {
    if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return bytes.readUInt32LE(at + 16)
  }
  throw new ListFileError(file, 'is not an xlsx workbook; save it as .xlsx')
}

function inflatedSize(file: string, packed: Buffer, allowed: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, allowed) }).length
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(file, allowed)
    throw new ListFileError(file, 'is a damaged zip file; fetch it again')
  }
}

function tooLarge(file: string, allowed: number): ListFileError {
  return new ListFileError(file, `unpacks to more than ${allowed} bytes; refused as a possible bomb`)
}
