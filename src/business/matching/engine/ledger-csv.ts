/**
 * Reads ledger files: UTF-8 (with or without BOM) or CP932, RFC 4180, header row, columns in any order. Every complaint
 * names file, line and column. Source: batch-files.md.
 */
import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { guessColumns } from './ledger-headings.ts'
import { LEDGER_COLUMNS, type LedgerRow, ledgerRow } from './ledger-row.ts'

/** A complaint about the file itself; the message is ready for the person who called. */
export class LedgerFileError extends Error {
  readonly file: string
  readonly line: number
  readonly column: number

  constructor(file: string, line: number, column: number, problem: string) {
    super(`${file}:${line}:${column}: ${problem}`)
    this.name = 'LedgerFileError'
    this.file = file
    this.line = line
    this.column = column
  }
}

export type Encoding = 'utf-8' | 'cp932'

/** Which column of the file holds which ledger field; fields the file lacks are missing. */
export type Header = {
  width: number
  fields: Partial<Record<keyof LedgerRow, number>>
  /** Further columns of an address that is written in several. */
  addressParts: number[]
  unknown: string[]
}

const NEWLINE = 10
const QUOTE = 34

/** CP932 if any byte sequence is not UTF-8; decided on the part of the file that was read. */
export function encodingOf(bytes: Uint8Array): Encoding {
  return isUtf8(bytes) ? 'utf-8' : 'cp932'
}

/** Length of the longest start of `bytes` which ends with a record; 0 when no record ends in it. */
export function wholeRecords(bytes: Uint8Array): number {
  let quoted = false
  let end = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === QUOTE) quoted = !quoted
    else if (byte === NEWLINE && !quoted) end = i + 1
  }
  return end
}

/** Length of the first record with its line end: a heading may have a line break in quotes. */
export function firstRecord(bytes: Uint8Array): number {
  let quoted = false
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === QUOTE) quoted = !quoted
    else if (bytes[i] === NEWLINE && !quoted) return i + 1
  }
  return bytes.length
}

/** Number of line feeds, to know where the next chunk starts. */
export function countLines(bytes: Uint8Array): number {
  let lines = 0
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++
  return lines
}

/** Text of whole records; bytes which the encoding does not know are an error with their place. */
export function decodeRecords(
  bytes: Uint8Array,
  encoding: Encoding,
  file: string,
  firstLine: number,
): string {
  const decoder = new TextDecoder(encoding === 'utf-8' ? 'utf-8' : 'shift_jis', { fatal: true })
  try {
    return decoder.decode(bytes)
  } catch {
    const at = firstBadLine(bytes, encoding)
    const problem = `bytes which are not ${encoding === 'utf-8' ? 'UTF-8' : 'CP932'}; save the file as UTF-8`
    throw new LedgerFileError(file, firstLine + at.line, at.column, problem)
  }
}

function firstBadLine(bytes: Uint8Array, encoding: Encoding): { line: number; column: number } {
  const name = encoding === 'utf-8' ? 'utf-8' : 'shift_jis'
  let start = 0
  for (let line = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline < 0 ? bytes.length : newline
    const record = bytes.subarray(start, end)
    try {
      new TextDecoder(name, { fatal: true }).decode(record)
    } catch {
      const loose = new TextDecoder(name).decode(record)
      return { line, column: loose.slice(0, Math.max(0, loose.indexOf('\ufffd'))).split(',').length }
    }
    start = end + 1
  }
  return { line: 0, column: 1 }
}

/** What the file looks like instead, where that can be said. */
function hintOn(cells: readonly string[]): string {
  if (cells.some(cell => /\r(?!\n)/.test(cell)))
    return '. The lines end with CR alone: save them with LF or CRLF'
  if (cells.length === 1 && /[;\t]/.test(cells[0]!)) return '. The columns must be parted by commas'
  return ''
}

/**
 * Reads the heading row, with some rows below it where the headings do not tell. `name` must be found, and no column that is
 * used may have a namesake; without an id column each row is called by its line.
 */
export function readHeader(
  cells: readonly string[],
  file: string,
  sample: readonly (readonly string[])[] = [],
): Header {
  const headings = cells.map(cell => cell.replace(/^\ufeff/, '').trim())
  const parted = hintOn(cells)
  const { fields, addressParts, unknown } = guessColumns(headings, sample)
  if (fields.name === undefined || parted !== '') {
    const problem = `heading "name" is missing; the first row must name the columns${parted}`
    throw new LedgerFileError(file, 1, 1, problem)
  }
  for (const column of [...Object.values(fields), ...addressParts]) {
    const twice = headings.indexOf(headings[column]!, column + 1)
    if (twice >= 0 && headings[column] !== '')
      throw new LedgerFileError(file, 1, twice + 1, `heading "${headings[column]}" stands twice`)
  }
  return { width: cells.length, fields, addressParts, unknown: unknown.map(column => headings[column]!) }
}

const HEADING_BYTES = 1 << 20

/** The first row of a file, for guessing what the file holds. Throws LedgerFileError where it cannot be read. */
export async function readHeadings(file: string): Promise<string[]> {
  const handle = await open(file, 'r')
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEADING_BYTES), 0, HEADING_BYTES, 0)
    const bytes = buffer.subarray(0, bytesRead)
    const head = bytes.subarray(0, firstRecord(bytes))
    if (head.includes(0)) throw new LedgerFileError(file, 1, 1, 'not a text file; save the ledger as CSV')
    let headings: string[] = []
    readRecords(decodeRecords(head, encodingOf(head), file, 1), file, 1, cells => {
      headings = cells
    })
    return headings
  } finally {
    await handle.close()
  }
}

const LONGEST_CELL = 10_000

/**
 * Cells of each record of a text made of whole records. `onRecord` gets the cells and the line (from 1) where the record
 * starts. Blank lines are skipped.
 */
export function readRecords(
  text: string,
  file: string,
  firstLine: number,
  onRecord: (cells: string[], line: number) => void,
): void {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let line = firstLine
  while (at < text.length) {
    const startLine = line
    const cells: string[] = []
    for (;;) {
      let cell: string
      if (text.charCodeAt(at) === QUOTE) {
        const end = closingQuote(text, at, file, startLine, cells.length + 1)
        cell = text.slice(at + 1, end)
        if (cell.includes('"')) cell = cell.replaceAll('""', '"')
        for (let k = cell.indexOf('\n'); k >= 0; k = cell.indexOf('\n', k + 1)) line++
        at = end + 1
      } else {
        const end = endOfCell(text, at)
        cell = text.slice(at, end)
        at = end
      }
      if (cell.length > LONGEST_CELL) {
        throw new LedgerFileError(
          file,
          startLine,
          cells.length + 1,
          `cell longer than ${LONGEST_CELL} characters`,
        )
      }
      cells.push(cell)
      if (text.charCodeAt(at) === 44) {
        at++
        continue
      }
      break
    }
    if (text.charCodeAt(at) === 13) at++
    if (at < text.length && text.charCodeAt(at) !== NEWLINE) {
      throw new LedgerFileError(
        file,
        startLine,
        cells.length,
        'text after a closing quote; double the quote inside',
      )
    }
    at++
    line++
    if (cells.length > 1 || cells[0] !== '') onRecord(cells, startLine)
  }
}

function endOfCell(text: string, from: number): number {
  let at = from
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 44 || code === NEWLINE) break
    if (code === 13 && (at + 1 === text.length || text.charCodeAt(at + 1) === NEWLINE)) break
  }
  return at
}

function closingQuote(text: string, open: number, file: string, line: number, column: number): number {
  let at = open + 1
  for (;;) {
    at = text.indexOf('"', at)
    if (at < 0) throw new LedgerFileError(file, line, column, 'a quote is opened and never closed')
    if (text.charCodeAt(at + 1) !== QUOTE) return at
    at += 2
  }
}

/**
 * A ledger row from its cells; a record with another number of cells than the header is an error. In a file without ids the
 * line stands for the id.
 */
export function rowFromCells(
  cells: readonly string[],
  header: Header,
  file: string,
  line: number,
): LedgerRow {
  if (cells.length !== header.width) {
    const problem = `${cells.length} cells, the header has ${header.width}; quote cells which hold a comma`
    throw new LedgerFileError(file, line, Math.min(cells.length, header.width) + 1, problem)
  }
  const row = ledgerRow({})
  for (const field of LEDGER_COLUMNS) {
    const column = header.fields[field]
    if (column !== undefined) row[field] = cells[column]!.trim()
  }
  for (const column of header.addressParts) row.address = withPart(row.address, cells[column]!.trim())
  if (header.fields.id === undefined) row.id = String(line)
  if (row.id === '') throw new LedgerFileError(file, line, header.fields.id! + 1, 'id is empty')
  return row
}

/** The next part of an address; where it already begins with what stands before, that is not written twice. */
function withPart(before: string, part: string): string {
  return part.startsWith(before) ? part : before + part
}
