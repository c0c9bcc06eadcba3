import { readBirths } from './birth-range.ts'
import { countryOrWords } from './countries.ts'
import {
  addName,
  type BirthRange,
  type ListEntry,
  ListFileError,
  type ListProblem,
  type NameQuality,
} from './list-entry.ts'
import { attribute, children, parseXml, textOf, textsOf, type XmlElement } from './safe-xml.ts'

const QUALITIES: Record<string, NameQuality> = {
  good: 'strong',
  low: 'weak',
  'a.k.a.': 'strong',
  'f.k.a.': 'strong',
  '': 'strong',
}

/**
 * Reads the consolidated list of the Security Council: individuals and entities with aliases by quality, births as ranges,
 * nationalities, addresses and documents.
 */
export function readUnitedNations(
  file: string,
  text: string,
): { entries: ListEntry[]; problems: ListProblem[]; publishedOn?: string } {
  const root = children(parseXml(file, text), 'CONSOLIDATED_LIST')[0]
  if (!root)
    throw new ListFileError(file, 'has no CONSOLIDATED_LIST element; it is not the UN list', {
      line: 1,
      column: 1,
    })
  const problems: ListProblem[] = []
  const people = children(children(root, 'INDIVIDUALS')[0], 'INDIVIDUAL').map(element =>
    readIndividual(file, element, problems),
  )
  const entities = children(children(root, 'ENTITIES')[0], 'ENTITY').map(element => readEntity(file, element))
  if (people.length + entities.length === 0)
    throw new ListFileError(file, 'has neither individuals nor entities', { line: 1, column: 1 })
  const made = /^\d{4}-\d{2}-\d{2}/u.exec(attribute(root, 'dateGenerated'))
  return { entries: [...people, ...entities], problems, ...(made && { publishedOn: made[0] }) }
}

function readShared(
  file: string,
  element: XmlElement,
  kind: ListEntry['kind'],
  aliasTag: string,
  addressTag: string,
): ListEntry {
  const entryId = textOf(element, 'REFERENCE_NUMBER') || textOf(element, 'DATAID')
  const entry: ListEntry = {
    list: 'UN',
    entryId,
    kind,
    names: [],
    births: [],
    countries: [],
    addresses: [],
    identifiers: [],
    programs: textsOf(element, 'UN_LIST_TYPE'),
  }
  const parts = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME']
    .map(tag => textOf(element, tag))
    .filter(part => part !== '')
  addName(entry.names, parts.join(' '), 'primary')
  addName(entry.names, textOf(element, 'NAME_ORIGINAL_SCRIPT'), 'strong')
  for (const alias of children(element, aliasTag)) {
    const quality = QUALITIES[textOf(alias, 'QUALITY').toLowerCase()]
    if (quality === undefined)
      throw new ListFileError(
        file,
        `entry ${entryId} has the unknown alias quality "${textOf(alias, 'QUALITY')}"`,
      )
    for (const name of splitAliases(textOf(alias, 'ALIAS_NAME'))) addName(entry.names, name, quality)
  }
  if (entry.names.length === 0 || entryId === '')
    throw new ListFileError(file, `entry ${entryId || '(no number)'} has no name or number`)
  for (const address of children(element, addressTag)) addAddress(entry, address)
  for (const nation of children(element, 'NATIONALITY'))
    for (const name of textsOf(nation, 'VALUE')) addCountry(entry, name)
  const listedOn = /^\d{4}-\d{2}-\d{2}/u.exec(textOf(element, 'LISTED_ON'))
  if (listedOn) entry.listedOn = listedOn[0]
  const comment = textOf(element, 'COMMENTS1')
  if (comment !== '') entry.remarks = comment
  return entry
}

/** Some alias cells hold several names, separated by semicolons or lettered. */
function splitAliases(text: string): string[] {
  return text.split(/;|(?:^|\s)\(?[a-h]\)\s/u)
}

function readIndividual(file: string, element: XmlElement, problems: ListProblem[]): ListEntry {
  const entry = readShared(file, element, 'person', 'INDIVIDUAL_ALIAS', 'INDIVIDUAL_ADDRESS')
  const gender = textOf(element, 'GENDER').toLowerCase()
  if (gender === 'male' || gender === 'female') entry.gender = gender
  for (const date of children(element, 'INDIVIDUAL_DATE_OF_BIRTH')) {
    const births = readBirth(date)
    if (births) entry.births.push(...births)
    else
      problems.push({
        file,
        code: 'birth_not_understood',
        message: `entry ${entry.entryId}: ${textOf(date, 'NOTE')}`,
      })
  }
  for (const document of children(element, 'INDIVIDUAL_DOCUMENT')) {
    const number = textOf(document, 'NUMBER')
    if (number !== '')
      entry.identifiers.push({ kind: textOf(document, 'TYPE_OF_DOCUMENT') || 'Document', number })
  }
  return entry
}

function readEntity(file: string, element: XmlElement): ListEntry {
  return readShared(file, element, 'company', 'ENTITY_ALIAS', 'ENTITY_ADDRESS')
}

function readBirth(date: XmlElement): BirthRange[] | undefined {
  const about =
    textOf(date, 'TYPE_OF_DATE') === 'APPROXIMATELY' || /approx/iu.test(textOf(date, 'NOTE')) ? 'circa ' : ''
  const day = textOf(date, 'DATE')
  if (day !== '') return readBirths(about + day.slice(0, 10))
  const from = textOf(date, 'FROM_YEAR')
  if (from !== '') return readBirths(`${about}${from} to ${textOf(date, 'TO_YEAR')}`)
  const year = textOf(date, 'YEAR')
  const note = textOf(date, 'NOTE')
  if (year === '') return readBirths(note)
  return readBirths(`${about}${note} ${year}`) ?? readBirths(about + year)
}

function addAddress(entry: ListEntry, address: XmlElement): void {
  const parts = ['STREET', 'CITY', 'STATE_PROVINCE', 'ZIP_CODE', 'COUNTRY']
    .map(tag => textOf(address, tag))
    .filter(part => part !== '')
  const whole = parts.join(', ')
  if (whole !== '' && !entry.addresses.includes(whole)) entry.addresses.push(whole)
  addCountry(entry, textOf(address, 'COUNTRY'))
}

function addCountry(entry: ListEntry, name: string): void {
  const country = countryOrWords(name)
  if (country && !entry.countries.includes(country)) entry.countries.push(country)
}
