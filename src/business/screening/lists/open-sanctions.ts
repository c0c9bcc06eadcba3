import { readBirths } from './birth-range.ts'
import { countryOrWords } from './countries.ts'
import { readHeaded } from './delimited-text.ts'
import { addName, type EntryKind, type ListEntry, ListFileError, type ListProblem } from './list-entry.ts'

const KINDS: Record<string, EntryKind> = {
  Person: 'person',
  Company: 'company',
  Organization: 'company',
  PublicBody: 'company',
  Vessel: 'vessel',
}

/** Reads targets.simple.csv of OpenSanctions; cells with several values separate them by semicolons. */
export function readOpenSanctions(
  file: string,
  text: string,
): { entries: ListEntry[]; problems: ListProblem[] } {
  const entries: ListEntry[] = []
  const problems: ListProblem[] = []
  for (const row of readHeaded(file, text, { required: ['id', 'schema', 'name'] })) {
    const entryId = row.cell('id')
    if (entryId === '')
      throw new ListFileError(file, 'has no id', { line: row.line, column: row.columnOf('id') })
    const entry: ListEntry = {
      list: 'OPENSANCTIONS',
      entryId,
      kind: KINDS[row.cell('schema')] ?? 'other',
      names: [],
      births: [],
      countries: values(row.cell('countries')).map(country => countryOrWords(country) ?? country),
      addresses: values(row.cell('addresses')),
      identifiers: values(row.cell('identifiers')).map(number => ({ kind: 'identifier', number })),
      programs: values(row.cell('program_ids')),
    }
    addName(entry.names, row.cell('name'), 'primary')
    for (const alias of values(row.cell('aliases'))) addName(entry.names, alias, 'strong')
    if (entry.names.length === 0)
      throw new ListFileError(file, 'has no name', { line: row.line, column: row.columnOf('name') })
    for (const birth of values(row.cell('birth_date'))) {
      const births = readBirths(birth)
      if (births) entry.births.push(...births)
      else
        problems.push({
          file,
          line: row.line,
          code: 'birth_not_understood',
          message: `entry ${entryId}: ${birth}`,
        })
    }
    const sanctions = row.cell('sanctions')
    if (sanctions !== '') entry.reason = sanctions
    const source = row.cell('dataset')
    if (source !== '') entry.source = source
    const seen = /^\d{4}-\d{2}-\d{2}/u.exec(row.cell('first_seen'))
    if (seen) entry.listedOn = seen[0]
    entries.push(entry)
  }
  return { entries, problems }
}

function values(cell: string): string[] {
  return cell
    .split(';')
    .map(value => value.trim())
    .filter(value => value !== '')
}
