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

/**
 * What a batch row gives: its texts in the order of the wanted columns (one array, reused row by row) and the
 * line it starts on.
 */
export type OnRow = (fields: string[], line: number) => void

/**
 * Reads a batch file (batch-files.md) row by row: UTF-8 with or without BOM, else CP932; comma-separated, RFC
 * 4180 quotes, header row, columns in any order. Returns the headings nobody asked for. Throws BatchFileError
 * naming line and column.
 */
export function readBatchRows(
  file: string,
  bytes: Uint8Array,
  columns: readonly string[],
  onRow: OnRow,
): string[] {
  let header: string[] | null = null
  let order: number[] = []
  const wanted: string[] = columns.map(() => '')
  const problems: BatchProblem[] = []
  parseCsv(file, decodeText(file, bytes), (fields, line) => {
    if (header === null) {
      header = fields.map(name => name.trim())
      order = columns.map(column => header!.indexOf(column))
      checkHeader(file, header, columns)
    } else if (fields.length !== header.length) {
      const message = `${fields.length} fields, but the header has ${header.length}; check quotes and commas`
      problems.push({ file, line, column: '', message })
    } else {
      for (let at = 0; at < wanted.length; at++) wanted[at] = fields[order[at]!]!.trim()
      onRow(wanted, line)
    }
  })
  if (header === null) {
    throw new BatchFileError([
      { file, line: 1, column: '', message: 'the file is empty; a header row is required' },
    ])
  }
  if (problems.length > 0) throw new BatchFileError(problems)
  return (header as string[]).filter(name => !columns.includes(name))
}

function checkHeader(file: string, header: string[], columns: readonly string[]): void {
  const problems: BatchProblem[] = []
  for (const [index, name] of header.entries()) {
    if (header.indexOf(name) === index) continue
    problems.push({ file, line: 1, column: name, message: 'this heading stands twice; keep one' })
  }
  for (const column of columns.filter(name => !header.includes(name))) {
    problems.push({ file, line: 1, column, message: 'this heading is missing; add the column' })
  }
  if (problems.length > 0) throw new BatchFileError(problems)
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

/**
 * The encoding a file is meant in reads further than the other one; its first bad line is the one to look at.
 */
function unreadableLine(text: string): number {
  return text.slice(0, text.indexOf(UNREADABLE)).split('\n').length
}

function lineOf(bytes: Uint8Array, at: number): number {
  let line = 1
  for (let index = 0; index < at; index++) if (bytes[index] === 10) line++
  return line
}

/**
 * RFC 4180: quoted fields may hold commas, line ends and doubled quotes; empty lines are skipped. The array
 * given on is reused.
 */
function parseCsv(file: string, text: string, onRow: OnRow): void {
  let at = 0
  let line = 1
  const row: string[] = []
  while (at < text.length) {
    row.length = 0
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
    if (row.length > 1 || row[0] !== '') onRow(row, startLine)
  }
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

/** One field of a batch file, quoted where it must be and never a formula for a spreadsheet: such a text gets an apostrophe in front. */
export function csvField(text: string): string {
  const safe = /^(?:[=+@\t\r]|-(?!\d))/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
