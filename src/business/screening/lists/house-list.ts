import { createHash } from 'node:crypto'
import { readBirths } from './birth-range.ts'
import { type HeadedRow, readHeaded } from './delimited-text.ts'
import { addName, type EntryKind, type ListEntry, ListFileError, type ListProblem } from './list-entry.ts'

/** Columns of a house list (反社 and the like); only the name is required in a row. */
export const HOUSE_COLUMNS = [
  'name',
  'name_kana',
  'kind',
  'birth_date',
  'address',
  'reason',
  'source',
  'listed_on',
] as const

const KINDS: Record<string, EntryKind> = {
  person: 'person',
  個人: 'person',
  company: 'company',
  法人: 'company',
  団体: 'company',
  vessel: 'vessel',
  other: 'other',
  '': 'other',
}

/** Several names in a cell: separated by semicolons, slashes or lines, or as newspapers write, 甲野太郎こと乙山次郎. */
const SEVERAL_NAMES =
  /[;；／\n]|(?<=[\p{Script=Han}\p{Script=Katakana}])こと(?=[\p{Script=Han}\p{Script=Katakana}])/u

/**
 * Reads a list the company keeps itself. A row has no id, so its id is a digest of name, reading, kind, birth and address:
 * reordering the file changes nothing, correcting an identifying item makes another entry.
 */
export function readHouseList(
  list: string,
  file: string,
  text: string,
): { entries: ListEntry[]; problems: ListProblem[] } {
  const entries = new Map<string, ListEntry>()
  const problems: ListProblem[] = []
  const onHeadings = (headings: string[]) => {
    for (const heading of headings) {
      if (!(HOUSE_COLUMNS as readonly string[]).includes(heading))
        problems.push({ file, line: 1, code: 'unknown_column', message: `the column ${heading} is not used` })
    }
  }
  for (const row of readHeaded(file, text, { required: ['name', 'kind', 'reason', 'source'], onHeadings })) {
    const entry = readRow(list, file, row)
    if (entries.has(entry.entryId))
      problems.push({
        file,
        line: row.line,
        code: 'repeated_entry',
        message: `the same entry stands twice: ${row.cell('name')}`,
      })
    else entries.set(entry.entryId, entry)
  }
  return { entries: [...entries.values()], problems }
}

function readRow(list: string, file: string, row: HeadedRow): ListEntry {
  const kind = KINDS[row.cell('kind').toLowerCase()]
  if (!kind)
    throw new ListFileError(
      file,
      `has the kind "${row.cell('kind')}"; write person, company, vessel or other`,
      { line: row.line, column: row.columnOf('kind') },
    )
  const identifying = ['name', 'name_kana', 'kind', 'birth_date', 'address'].map(column => row.cell(column))
  const entryId = createHash('sha256').update(identifying.join('\u0000')).digest('hex').slice(0, 12)
  const entry: ListEntry = {
    list,
    entryId,
    kind,
    names: [],
    births: [],
    countries: [],
    addresses: [],
    identifiers: [],
    programs: [],
  }
  for (const column of ['name', 'name_kana']) {
    for (const name of row.cell(column).split(SEVERAL_NAMES))
      addName(entry.names, name, entry.names.length === 0 ? 'primary' : 'strong')
  }
  if (entry.names.length === 0)
    throw new ListFileError(file, 'has neither name nor name_kana', {
      line: row.line,
      column: row.columnOf('name'),
    })
  const births = readBirths(row.cell('birth_date'))
  if (!births)
    throw new ListFileError(file, `has a birth_date that is not a date: "${row.cell('birth_date')}"`, {
      line: row.line,
      column: row.columnOf('birth_date'),
    })
  entry.births.push(...births)
  if (row.cell('address') !== '') entry.addresses.push(row.cell('address'))
  if (row.cell('reason') !== '') entry.reason = row.cell('reason')
  if (row.cell('source') !== '') entry.source = row.cell('source')
  const listedOn = readBirths(row.cell('listed_on'))
  if (!listedOn)
    throw new ListFileError(file, `has a listed_on that is not a date: "${row.cell('listed_on')}"`, {
      line: row.line,
      column: row.columnOf('listed_on'),
    })
  if (listedOn[0]) entry.listedOn = listedOn[0].from
  return entry
}
