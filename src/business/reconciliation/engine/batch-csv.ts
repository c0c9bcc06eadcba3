import iconv from 'iconv-lite'

/** What is wrong where in a batch file; lines count from 1, the header is line 1. */
export type BatchProblem = { file: string; line: number; column: string; message: string }

/** Bad input of a batch verb: every place at once, up to twenty. */
export class BatchFileError extends Error {
  readonly problems: BatchProblem[]

  constructor(problems: BatchProblem[]) {
    super(
      problems.slice(0, 20).map(placeOf).join('\n') +
        (problems.length > 20 ? `\n… and ${problems.length - 20} more` : ''),
    )
    this.name = 'BatchFileError'
    this.problems = problems
  }
}

function placeOf({ file, line, column, message }: BatchProblem): string {
  return `${file}:${line}${column === '' ? '' : ` column ${column}`}: ${message}`
}

/** A table as read: rows of texts in the order of the wanted columns, with the line each row starts on. */
export type BatchTable = { file: string; rows: string[][]; lines: number[]; unknownColumns: string[] }

/**
 * Reads a batch file (batch-files.md): UTF-8 with or without BOM, else CP932; comma-separated, RFC 4180 quotes, header row, columns
 * in any order, unknown columns reported. Throws BatchFileError naming line and column.
 */
export function readBatchTable(file: string, bytes: Uint8Array, columns: readonly string[]): BatchTable {
  const { rows, lines } = parseCsv(file, decodeText(file, bytes))
  const header = rows.shift()?.map(name => name.trim())
  lines.shift()
  if (header === undefined)
    throw new BatchFileError([
      { file, line: 1, column: '', message: 'the file is empty; a header row is required' },
    ])
  const problems: BatchProblem[] = []
  for (const [index, name] of header.entries()) {
    if (header.indexOf(name) !== index)
      problems.push({ file, line: 1, column: name, message: 'this heading stands twice; keep one' })
  }
  const missing = columns.filter(column => !header.includes(column))
  for (const column of missing)
    problems.push({ file, line: 1, column, message: 'this heading is missing; add the column' })
  for (const [index, row] of rows.entries()) {
    if (row.length === header.length) continue
    const message = `${row.length} fields, but the header has ${header.length}; check quotes and commas`
    problems.push({ file, line: lines[index]!, column: '', message })
  }
  if (problems.length > 0) throw new BatchFileError(problems)
  const order = columns.map(column => header.indexOf(column))
  const unknownColumns = header.filter(name => !columns.includes(name))
  return { file, rows: rows.map(row => order.map(at => row[at]!.trim())), lines, unknownColumns }
}

function decodeText(file: string, bytes: Uint8Array): string {
  const refuse = (line: number, message: string) => new BatchFileError([{ file, line, column: '', message }])
  if (bytes[0] === 0xff || bytes[0] === 0xfe)
    throw refuse(1, 'UTF-16 is not read; save the file as UTF-8 or CP932')
  const zero = bytes.indexOf(0)
  if (zero >= 0) throw refuse(lineOf(bytes, zero), 'this is not a text file (a zero byte); export it as CSV')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const text = iconv.decode(Buffer.from(bytes), 'cp932')
    if (!text.includes(UNREADABLE)) return text
    const line = Math.max(unreadableLine(text), unreadableLine(new TextDecoder('utf-8').decode(bytes)))
    throw refuse(line, 'neither UTF-8 nor CP932; save the file in one of them')
  }
}

/** What decoders put where bytes make no letter. */
const UNREADABLE = '\uFFFD'

/** The encoding a file is meant in reads further than the other one; its first bad line is the one to look at. */
function unreadableLine(text: string): number {
  return text.slice(0, text.indexOf(UNREADABLE)).split('\n').length
}

function lineOf(bytes: Uint8Array, at: number): number {
  let line = 1
  for (let index = 0; index < at; index++) if (bytes[index] === 10) line++
  return line
}

/** RFC 4180: quoted fields may hold commas, line ends and doubled quotes; empty lines are skipped. */
function parseCsv(file: string, text: string): { rows: string[][]; lines: number[] } {
  const rows: string[][] = []
  const lines: number[] = []
  let at = 0
  let line = 1
  while (at < text.length) {
    const row: string[] = []
    const startLine = line
    for (;;) {
      if (text.charCodeAt(at) === QUOTE) {
        const field = quotedField(file, text, at, line, row.length)
        row.push(field.text)
        line += field.lineEnds
        at = field.end
      } else {
        const end = endOfPlainField(text, at)
        row.push(text.slice(at, end))
        at = end
      }
      if (text.charCodeAt(at) !== COMMA) break
      at++
    }
    if (text.charCodeAt(at) === CARRIAGE_RETURN) at++
    if (text.charCodeAt(at) === LINE_FEED) at++
    line++
    if (row.length === 1 && row[0] === '') continue
    rows.push(row)
    lines.push(startLine)
  }
  return { rows, lines }
}

const QUOTE = 34
const COMMA = 44
const LINE_FEED = 10
const CARRIAGE_RETURN = 13

function endOfPlainField(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === COMMA || code === LINE_FEED || code === CARRIAGE_RETURN) break
    at++
  }
  return at
}

function quotedField(file: string, text: string, from: number, line: number, index: number) {
  const refuse = (message: string) => new BatchFileError([{ file, line, column: String(index + 1), message }])
  let end = from + 1
  for (;;) {
    end = text.indexOf('"', end)
    if (end < 0) throw refuse('a quote is opened and never closed')
    if (text.charCodeAt(end + 1) !== QUOTE) break
    end += 2
  }
  const next = text.charCodeAt(end + 1)
  const endsWell = end + 1 >= text.length || next === COMMA || next === LINE_FEED || next === CARRIAGE_RETURN
  if (!endsWell) throw refuse('text follows a closing quote; double quotes inside a field')
  const raw = text.slice(from + 1, end)
  return { text: raw.replaceAll('""', '"'), end: end + 1, lineEnds: raw.split('\n').length - 1 }
}

/** One field of a batch file, quoted where it must be. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
