import { type FileRow, headingKey } from './file-table.ts'

/** A row above the headings that names groups of them holds at least this many values; a single one is a title. */
const GROUPS = 2

/**
 * The headings in a row, with what the row above it adds: where headings stand in two rows (「請求」 over 「日付」 and 「金額」), an empty cell
 * takes the heading above it, and headings that stand twice are told apart by the group above them. What stands twice all the same is
 * numbered 「備考（1）」「備考（2）」, so that no column is guessed for it and a person chooses. Pure.
 */
export function headingsAt(rows: readonly FileRow[], at: number): string[] {
  return numbered(joinedAt(rows, at))
}

/** Columns of free words, of which an office keeps several; numbering them loses nothing. */
const REMARKS: ReadonlySet<string> = new Set(['備考', '摘要', 'メモ', 'remarks', 'note'])

/** The first heading that stands in two columns all the same though an import reads it, with both columns from 1; null when there is none. Pure. */
export function repeatedHeading(
  rows: readonly FileRow[],
  at: number,
  isKnown: (heading: string) => boolean,
): { heading: string; first: number; second: number } | null {
  const seen = new Map<string, number>()
  for (const [column, heading] of joinedAt(rows, at).entries()) {
    const first = seen.get(headingKey(heading))
    if (heading !== '' && first !== undefined && isKnown(heading) && !REMARKS.has(headingKey(heading)))
      return { heading, first: first + 1, second: column + 1 }
    if (first === undefined) seen.set(headingKey(heading), column)
  }
  return null
}

function joinedAt(rows: readonly FileRow[], at: number): string[] {
  const own = rows[at]!.cells.map(tidy)
  const above = rows[at - 1]
  const groups =
    above && above.line === rows[at]!.line - 1 && above.unusable.length === 0 && isGroupRow(above.cells)
      ? above.cells.map(tidy)
      : []
  const header = Array.from({ length: Math.max(own.length, lastFilled(groups) + 1) }, (_, column) =>
    own[column] ? own[column] : (groups[column] ?? ''),
  )
  while (header.length > 1 && header.at(-1) === '') header.pop()
  return grouped(header, own, groups)
}

/** The row with the most headings an import knows, read together with the row above it where only that makes more of them known. */
export function mostKnown(
  rows: readonly FileRow[],
  isKnown: (heading: string) => boolean,
): { at: number; known: number } {
  const count = (cells: readonly string[]) => cells.filter(cell => cell !== '' && isKnown(cell)).length
  let best = { at: -1, known: 0 }
  for (const [at, row] of rows.entries()) {
    const known = count(row.cells)
    if (known > best.known) best = { at, known }
  }
  for (const at of rows.keys()) {
    const known = count(headingsAt(rows, at))
    if (known > best.known) best = { at, known }
  }
  return best
}

const tidy = (cell: string) => cell.replace(/\s+/g, ' ').trim()
const isGroupRow = (cells: readonly string[]) => cells.filter(cell => cell.trim() !== '').length >= GROUPS
const lastFilled = (cells: readonly string[]) => cells.findLastIndex(cell => cell !== '')

function twice(header: readonly string[]): Set<string> {
  const seen = new Set<string>()
  const again = new Set<string>()
  for (const key of header.map(headingKey)) {
    if (key === '') continue
    if (seen.has(key)) again.add(key)
    seen.add(key)
  }
  return again
}

/** The group of a column is the nearest value above it or to the left: a merged cell keeps its value in its first column. */
function grouped(header: readonly string[], own: readonly string[], groups: readonly string[]): string[] {
  const again = twice(header)
  let group = ''
  return header.map((heading, column) => {
    group = groups[column] || group
    const inGroup = group !== '' && own[column] && headingKey(group) !== headingKey(heading)
    return again.has(headingKey(heading)) && inGroup ? `${group} ${heading}` : heading
  })
}

function numbered(header: readonly string[]): string[] {
  const again = twice(header)
  const count = new Map<string, number>()
  return header.map(heading => {
    const key = headingKey(heading)
    if (!again.has(key)) return heading
    count.set(key, (count.get(key) ?? 0) + 1)
    return `${heading}（${count.get(key)}）`
  })
}
