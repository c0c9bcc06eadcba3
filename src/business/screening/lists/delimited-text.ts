import { ListFileError } from './list-entry.ts'

export interface TextRow {
  /** Line of the file on which the row starts, from 1. */
  line: number
  cells: string[]
}

const MAX_COLUMNS = 300
const MAX_CELL_CHARACTERS = 200_000

interface Cursor {
  at: number
  line: number
  lineStart: number
}

/**
 * Splits RFC 4180 text into rows, one at a time; line breaks inside quotes are part of the cell.
 * `firstLine` is the line of the file on which the text starts. Blank lines and the Ctrl-Z with which old Treasury files end are not rows.
 * @throws ListFileError on an open quote, text after a closing quote, or a row or cell beyond all measure.
 */
export function* readDelimited(
  file: string,
  text: string,
  delimiter = ',',
  firstLine = 1,
): Generator<TextRow> {
  const cursor: Cursor = { at: 0, line: firstLine, lineStart: 0 }
  while (cursor.at < text.length) {
    const line = cursor.line
    const cells: string[] = []
    while (readCell(file, text, delimiter, cursor, cells)) {
      if (cells.length >= MAX_COLUMNS) throw placed(file, cursor, `has more than ${MAX_COLUMNS} columns`)
    }
    if (cells.length === 1 && (cells[0]!.trim() === '' || cells[0] === '\u001a')) continue
    yield { line, cells }
  }
}

/** Reads one cell and what ends it; true when another cell follows in the same row. */
function readCell(file: string, text: string, delimiter: string, cursor: Cursor, cells: string[]): boolean {
  const quoted = text[cursor.at] === '"'
  const value = quoted ? readQuoted(file, text, cursor) : readPlain(text, delimiter, cursor)
  if (value.length > MAX_CELL_CHARACTERS)
    throw placed(file, cursor, `has a cell of more than ${MAX_CELL_CHARACTERS} characters`)
  cells.push(value)
  while (quoted && text[cursor.at] === ' ') cursor.at += 1
  const end = text[cursor.at]
  if (end === delimiter) {
    cursor.at += 1
    return true
  }
  if (quoted && end !== undefined && end !== '\r' && end !== '\n') {
    throw placed(file, cursor, 'has text after a closing quote; double the quotes inside a cell')
  }
  if (end === '\r') cursor.at += 1
  if (text[cursor.at] === '\n') cursor.at += 1
  if (end !== undefined) nextLine(cursor)
  return false
}

function readPlain(text: string, delimiter: string, cursor: Cursor): string {
  const start = cursor.at
  const stop = delimiter.charCodeAt(0)
  for (; cursor.at < text.length; cursor.at += 1) {
    const code = text.charCodeAt(cursor.at)
    if (code === stop || code === 10 || code === 13) break
  }
  return text.slice(start, cursor.at)
}

function readQuoted(file: string, text: string, cursor: Cursor): string {
  const opened = { ...cursor }
  let value = ''
  cursor.at += 1
  for (;;) {
    const end = text.indexOf('"', cursor.at)
    if (end < 0) throw placed(file, opened, 'opens a quote that is never closed')
    const part = text.slice(cursor.at, end)
    for (let at = part.indexOf('\n'); at >= 0; at = part.indexOf('\n', at + 1)) {
      cursor.line += 1
      cursor.lineStart = cursor.at + at + 1
    }
    value += part
    cursor.at = end + 1
    if (text[cursor.at] !== '"') return value
    value += '"'
    cursor.at += 1
  }
}

function nextLine(cursor: Cursor): void {
  cursor.line += 1
  cursor.lineStart = cursor.at
}

function placed(file: string, cursor: Cursor, problem: string): ListFileError {
  return new ListFileError(file, problem, { line: cursor.line, column: cursor.at - cursor.lineStart + 1 })
}

/** A table with a heading row: cells by heading, with the place of each for error messages. */
export interface HeadedRow {
  line: number
  cell(heading: string): string
  columnOf(heading: string): number
}

/**
 * Reads a table whose first row names its columns.
 * @throws ListFileError when a required heading is missing, a heading stands twice, or a row has another number of cells.
 */
export function* readHeaded(
  file: string,
  text: string,
  options: { required: string[]; delimiter?: string; onHeadings?: (headings: string[]) => void },
): Generator<HeadedRow> {
  let columns: Map<string, number> | undefined
  let width = 0
  for (const row of readDelimited(file, text, options.delimiter)) {
    if (!columns) {
      columns = headingColumns(file, row, options.required)
      width = row.cells.length
      options.onHeadings?.([...columns.keys()])
      continue
    }
    if (row.cells.length !== width) {
      throw new ListFileError(
        file,
        `has ${row.cells.length} cells where the heading has ${width}; check quotes and commas`,
        { line: row.line, column: Math.min(row.cells.length, width) + 1 },
      )
    }
    const found = columns
    yield {
      line: row.line,
      cell: heading => (row.cells[found.get(heading) ?? -1] ?? '').trim(),
      columnOf: heading => (found.get(heading) ?? -1) + 1,
    }
  }
  if (!columns) throw new ListFileError(file, 'is empty; a heading row is required', { line: 1, column: 1 })
}

/** Columns by heading; refuses a heading that stands twice and a missing required one. */
export function headingColumns(file: string, row: TextRow, required: string[]): Map<string, number> {
  const columns = new Map<string, number>()
  for (const [index, cell] of row.cells.entries()) {
    const heading = cell.trim()
    if (heading === '') continue
    if (columns.has(heading))
      throw new ListFileError(file, `names the column ${heading} twice`, {
        line: row.line,
        column: index + 1,
      })
    columns.set(heading, index)
  }
  const missing = required.filter(heading => !columns.has(heading))
  if (missing.length > 0)
    throw new ListFileError(file, `lacks the column ${missing.join(', ')}`, { line: row.line, column: 1 })
  return columns
}
