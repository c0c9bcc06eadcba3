import { readBirths } from './birth-range.ts'
import { countryOrWords } from './countries.ts'
import { type HeadedRow, readHeaded } from './delimited-text.ts'
import { addName, type EntryKind, type ListEntry, ListFileError, type ListProblem } from './list-entry.ts'
import { attribute, children, parseXml, textOf, type XmlElement } from './safe-xml.ts'

export interface EuResult {
  entries: ListEntry[]
  problems: ListProblem[]
  publishedOn?: string
}

/** Reads the consolidated financial sanctions list of the EU as XML (FSF 1.1): everything is in attributes. */
export function readEuXml(file: string, text: string): EuResult {
  const root = children(parseXml(file, text), 'export')[0]
  const elements = children(root, 'sanctionEntity')
  if (!root || elements.length === 0)
    throw new ListFileError(file, 'has no sanctionEntity; it is not the EU list', { line: 1, column: 1 })
  const problems: ListProblem[] = []
  const made = /^\d{4}-\d{2}-\d{2}/u.exec(attribute(root, 'generationDate'))
  return {
    entries: elements.map(element => readEntityXml(file, element, problems)),
    problems,
    ...(made && { publishedOn: made[0] }),
  }
}

function readEntityXml(file: string, element: XmlElement, problems: ListProblem[]): ListEntry {
  const entryId = attribute(element, 'euReferenceNumber') || attribute(element, 'logicalId')
  const subject = children(element, 'subjectType')[0]
  const entry = newEntry(
    entryId,
    subject ? attribute(subject, 'classificationCode') || attribute(subject, 'code') : '',
  )
  for (const alias of children(element, 'nameAlias')) {
    const whole =
      attribute(alias, 'wholeName') ||
      ['firstName', 'middleName', 'lastName'].map(part => attribute(alias, part)).join(' ')
    addName(
      entry.names,
      whole,
      attribute(alias, 'strong') === 'false' ? 'weak' : entry.names.length === 0 ? 'primary' : 'strong',
    )
    addGender(entry, attribute(alias, 'gender'))
  }
  if (entryId === '' || entry.names.length === 0)
    throw new ListFileError(file, `entity ${entryId || '(no number)'} has no name or number`)
  for (const birth of children(element, 'birthdate')) {
    const about = attribute(birth, 'circa') === 'true' ? 'circa ' : ''
    const from = attribute(birth, 'yearRangeFrom')
    addBirth(
      entry,
      file,
      problems,
      about +
        (attribute(birth, 'birthdate') ||
          (from ? `${from} to ${attribute(birth, 'yearRangeTo')}` : attribute(birth, 'year'))),
    )
  }
  for (const nation of children(element, 'citizenship'))
    addCountry(entry, attribute(nation, 'countryIso2Code') || attribute(nation, 'countryDescription'))
  for (const address of children(element, 'address')) {
    addAddress(
      entry,
      ['street', 'poBox', 'city', 'zipCode', 'countryDescription'].map(part => attribute(address, part)),
    )
    addCountry(entry, attribute(address, 'countryIso2Code'))
  }
  for (const document of children(element, 'identification')) {
    addIdentifier(
      entry,
      attribute(document, 'identificationTypeDescription') || attribute(document, 'identificationTypeCode'),
      attribute(document, 'number'),
    )
  }
  for (const regulation of children(element, 'regulation'))
    addProgram(entry, attribute(regulation, 'programme'))
  setListedOn(entry, attribute(element, 'designationDate'))
  const remark = textOf(element, 'remark')
  if (remark !== '') entry.remarks = remark
  return entry
}

/** Reads the same list as CSV: semicolons, one row for each name, address, birth or document of an entity. */
export function readEuCsv(file: string, text: string): EuResult {
  const entries = new Map<string, ListEntry>()
  const problems: ListProblem[] = []
  let publishedOn: string | undefined
  for (const row of readHeaded(file, text, {
    delimiter: ';',
    required: ['Entity_LogicalId', 'NameAlias_WholeName'],
  })) {
    const logicalId = row.cell('Entity_LogicalId')
    if (logicalId === '')
      throw new ListFileError(file, 'has no Entity_LogicalId', {
        line: row.line,
        column: row.columnOf('Entity_LogicalId'),
      })
    const entry =
      entries.get(logicalId) ??
      newEntry(
        row.cell('Entity_EU_ReferenceNumber') || logicalId,
        row.cell('Entity_SubjectType_ClassificationCode') || row.cell('Entity_SubjectType'),
      )
    entries.set(logicalId, entry)
    readCsvRow(file, row, entry, problems)
    publishedOn ??= readPublished(row.cell('fileGenerationDate') || row.cell('FileGenerationDate'))
  }
  for (const [logicalId, entry] of entries) {
    if (entry.names.length === 0) throw new ListFileError(file, `entity ${logicalId} has no name in any row`)
  }
  if (entries.size === 0) throw new ListFileError(file, 'has no entities', { line: 1, column: 1 })
  return { entries: [...entries.values()], problems, ...(publishedOn && { publishedOn }) }
}

function readCsvRow(file: string, row: HeadedRow, entry: ListEntry, problems: ListProblem[]): void {
  const whole =
    row.cell('NameAlias_WholeName') || `${row.cell('NameAlias_FirstName')} ${row.cell('NameAlias_LastName')}`
  addName(entry.names, whole, entry.names.length === 0 ? 'primary' : 'strong')
  addGender(entry, row.cell('NameAlias_Gender'))
  const birth = row.cell('BirthDate_BirthDate') || row.cell('BirthDate_Year')
  if (birth !== '')
    addBirth(
      entry,
      file,
      problems,
      (row.cell('BirthDate_Circa').toLowerCase() === 'true' ? 'circa ' : '') + birth,
    )
  addCountry(entry, row.cell('Citizenship_CountryIso2Code') || row.cell('Citizenship_CountryDescription'))
  addAddress(
    entry,
    ['Street', 'PoBox', 'City', 'ZipCode', 'CountryDescription'].map(part => row.cell(`Address_${part}`)),
  )
  addCountry(entry, row.cell('Address_CountryIso2Code'))
  addIdentifier(
    entry,
    row.cell('Identification_TypeDescription') || row.cell('Identification_TypeCode'),
    row.cell('Identification_Number'),
  )
  addProgram(entry, row.cell('Entity_Regulation_Programme'))
  setListedOn(entry, row.cell('Entity_DesignationDate'))
  const remark = row.cell('Entity_Remark')
  if (remark !== '') entry.remarks = remark
}

function newEntry(entryId: string, code: string): ListEntry {
  const kind: EntryKind = /^p/iu.test(code) ? 'person' : /^e/iu.test(code) ? 'company' : 'other'
  return {
    list: 'EU',
    entryId,
    kind,
    names: [],
    births: [],
    countries: [],
    addresses: [],
    identifiers: [],
    programs: [],
  }
}

function addBirth(entry: ListEntry, file: string, problems: ListProblem[], text: string): void {
  if (text.replace('circa', '').trim() === '') return
  const births = readBirths(text)
  if (!births)
    problems.push({ file, code: 'birth_not_understood', message: `entry ${entry.entryId}: ${text}` })
  for (const birth of births ?? [])
    if (!entry.births.some(known => known.from === birth.from && known.to === birth.to))
      entry.births.push(birth)
}

function addGender(entry: ListEntry, code: string): void {
  if (/^m/iu.test(code)) entry.gender ??= 'male'
  if (/^f/iu.test(code)) entry.gender ??= 'female'
}

function addCountry(entry: ListEntry, text: string): void {
  const country = countryOrWords(text)
  if (country && !entry.countries.includes(country)) entry.countries.push(country)
}

function addAddress(entry: ListEntry, parts: string[]): void {
  const whole = parts.filter(part => part !== '' && part !== 'UNKNOWN').join(', ')
  if (whole !== '' && !entry.addresses.includes(whole)) entry.addresses.push(whole)
}

function addIdentifier(entry: ListEntry, kind: string, number: string): void {
  if (number !== '' && !entry.identifiers.some(known => known.number === number))
    entry.identifiers.push({ kind: kind || 'document', number })
}

function addProgram(entry: ListEntry, program: string): void {
  if (program !== '' && !entry.programs.includes(program)) entry.programs.push(program)
}

function setListedOn(entry: ListEntry, text: string): void {
  const day = /^\d{4}-\d{2}-\d{2}/u.exec(text)
  if (day) entry.listedOn = day[0]
}

/** The CSV writes the day of its making as 05/08/2026 or 2026-08-05. */
function readPublished(text: string): string | undefined {
  const dayFirst = /^(\d{2})\/(\d{2})\/(\d{4})/u.exec(text)
  if (dayFirst) return `${dayFirst[3]}-${dayFirst[2]}-${dayFirst[1]}`
  return /^\d{4}-\d{2}-\d{2}/u.exec(text)?.[0]
}
