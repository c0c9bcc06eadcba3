import { readBirths } from './birth-range.ts'
import { countryOrWords } from './countries.ts'
import type { BirthRange, EntryIdentifier } from './list-entry.ts'

export interface RemarkFacts {
  births: BirthRange[]
  countries: string[]
  gender?: 'male' | 'female'
  /** Quoted names in remarks; the publisher puts only weak aliases here. */
  weakNames: string[]
  formerNames: string[]
  identifiers: EntryIdentifier[]
  birthsNotUnderstood: string[]
}

const IDENTIFIER =
  /^(Passport|National ID No\.|Tax ID No\.|Registration Number|Registration ID|Business Registration Number|Commercial Registry Number|Company Number|Identification Number|Cedula No\.|NIT #|RUC #|R\.F\.C\.|C\.U\.R\.P\.|C\.R\. No\.|Government Gazette Number|Unified Social Credit Code \(USCC\)|Vessel Registration Identification|Legal Entity Number|License|SSN|D\.N\.I\.|I\.F\.E\.|Folio Mercantil No\.|Matricula Mercantil No|Personal ID Card|Driver's License No\.|Residency Number|Stateless Person ID Card|Turkish Identification Number|UAE Identification|MMSI|Aircraft Tail Number|SWIFT\/BIC|Chamber of Commerce Number|Economic Register Number \(CBLS\)|Public Registration Number|Trade License No\.|VAT Number|V\.A\.T\. Number|Birth Certificate Number|Electoral Registry No\.|ISIN|Equity Ticker|BIK \(RU\)|Digital Currency Address - [A-Z0-9]+)\s+(.+)$/u

/**
 * Reads the remarks of a Treasury entry: parts separated by "; ", each opened by its own words ("DOB", "nationality", "a.k.a." …).
 * Parts that are plain prose are left to the remarks text.
 */
export function readRemarks(remarks: string): RemarkFacts {
  const facts: RemarkFacts = {
    births: [],
    countries: [],
    weakNames: [],
    formerNames: [],
    identifiers: [],
    birthsNotUnderstood: [],
  }
  for (const raw of splitRemarks(remarks)) readPart(raw, facts)
  return facts
}

/** Splits at semicolons outside quotes: an alias may itself hold one. */
function splitRemarks(remarks: string): string[] {
  return remarks
    .split(/;\s+(?=(?:alt\. )?[A-Za-z.'])|;\s*$/u)
    .map(part => part.trim().replace(/\.$/u, ''))
    .filter(part => part !== '')
}

function readPart(part: string, facts: RemarkFacts): void {
  const text = part.replace(/^alt\. /u, '')
  const born = /^DOB (.+)$/u.exec(text)
  const nation = /^(?:nationality|citizen|Nationality of Registration)\s+(.+)$/u.exec(text)
  const gender = /^Gender (Male|Female)$/u.exec(text)
  const alias = /^([afn])\.k\.a\. ['‘"](.+)['’"]$/u.exec(text)
  const number = IDENTIFIER.exec(text)
  if (born) readBirthPart(born[1]!, facts)
  else if (nation) addCountry(nation[1]!, facts)
  else if (gender) facts.gender = gender[1] === 'Male' ? 'male' : 'female'
  else if (alias) (alias[1] === 'a' ? facts.weakNames : facts.formerNames).push(alias[2]!)
  else if (number) facts.identifiers.push({ kind: number[1]!, number: bareNumber(number[2]!) })
}

/** The number without its country and dates. */
function bareNumber(text: string): string {
  return text.replace(/\s*\(.*$|\s+(?:expires|issued).*$/u, '').trim()
}

function readBirthPart(text: string, facts: RemarkFacts): void {
  const births = readBirths(text)
  if (births) facts.births.push(...births)
  else facts.birthsNotUnderstood.push(text)
}

function addCountry(text: string, facts: RemarkFacts): void {
  const country = countryOrWords(text.replace(/^possibly /u, '').replace(/;.*$/u, ''))
  if (country && !facts.countries.includes(country)) facts.countries.push(country)
}
