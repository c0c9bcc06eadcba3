import { createHash } from 'node:crypto'
import { countryOrWords } from './countries.ts'
import { type HeadedRow, readHeaded } from './delimited-text.ts'
import { addName, type ListEntry, ListFileError } from './list-entry.ts'

const COMPANY_WORDS =
  /\b(?:ltd|limited|inc|corp|corporation|company|co|llc|gmbh|s\.?a|b\.?v|plc|industries|trading|international|group|systems|services|enterprises?|airlines?|air|aviation|technolog(?:y|ies)|electronics)\b/iu

/**
 * Reads the Denied Persons List of the Bureau of Industry and Security: tab separated, quoted, with a heading.
 * It has no ids and does not say who is a person; a name with a company word is a company, any other "other".
 */
export function readDeniedPersons(file: string, text: string): { entries: ListEntry[] } {
  const entries = new Map<string, ListEntry>()
  for (const row of readHeaded(file, text, {
    delimiter: '\t',
    required: ['Name', 'Street_Address', 'Country', 'FR_Citation'],
  })) {
    const name = row.cell('Name')
    if (name === '')
      throw new ListFileError(file, 'has no name', { line: row.line, column: row.columnOf('Name') })
    const entryId = createHash('sha256')
      .update([name, row.cell('FR_Citation')].join('\u0000'))
      .digest('hex')
      .slice(0, 12)
    const entry = entries.get(entryId) ?? newEntry(entryId, name, row)
    entries.set(entryId, entry)
    const address = ['Street_Address', 'City', 'State', 'Postal_Code', 'Country']
      .map(part => row.cell(part))
      .filter(part => part !== '')
      .join(', ')
    if (address !== '' && !entry.addresses.includes(address)) entry.addresses.push(address)
    const country = countryOrWords(row.cell('Country'))
    if (country && !entry.countries.includes(country)) entry.countries.push(country)
  }
  return { entries: [...entries.values()] }
}

function newEntry(entryId: string, name: string, row: HeadedRow): ListEntry {
  const entry: ListEntry = {
    list: 'BIS-DPL',
    entryId,
    kind: COMPANY_WORDS.test(name) ? 'company' : 'other',
    names: [],
    births: [],
    countries: [],
    addresses: [],
    identifiers: [],
    programs: ['DPL'],
    reason: row.cell('FR_Citation'),
  }
  for (const [index, part] of name.split(/\s+(?:A\/K\/A|AKA|D\/B\/A|DBA)\s+/iu).entries())
    addName(entry.names, part, index === 0 ? 'primary' : 'strong')
  const effective = /^(\d{2})\/(\d{2})\/(\d{4})$/u.exec(row.cell('Effective_Date'))
  if (effective) entry.listedOn = `${effective[3]}-${effective[1]}-${effective[2]}`
  const remarks = [
    row.cell('Action'),
    row.cell('Expiration_Date') && `expires ${row.cell('Expiration_Date')}`,
  ]
    .filter(Boolean)
    .join('; ')
  if (remarks !== '') entry.remarks = remarks
  return entry
}
