import { addressIn, pickTown } from './addresses.ts'
import { type Branch, generateCompany } from './company.ts'
import { type CompanyCore, companyCore } from './company-core.ts'
import { DIRT_LEVELS, type DirtLevel, type DirtRates } from './dirt.ts'
import { personFrom } from './people.ts'
import { type Random, stream } from './random.ts'
import {
  mistyped,
  typedAddress,
  typedDate,
  typedInvoiceNumber,
  typedNumber,
  typedPerson,
  typedPhone,
  typedPostalCode,
} from './typed-fields.ts'
import { typedName } from './typed-name.ts'

/** The external headings of a ledger file, in order. */
export const LEDGER_HEADINGS = [
  'id',
  'name',
  'name_kana',
  'corporate_number',
  'invoice_registration_number',
  'postal_code',
  'address',
  'phone',
  'representative',
  'established_on',
] as const

export type LedgerHeading = (typeof LEDGER_HEADINGS)[number]

/** One row as people typed it; an empty string is unknown. */
export type LedgerRow = Record<LedgerHeading, string>

/** What a row really is. Kept apart from the row: the matcher never sees it. */
export type LedgerTruth = {
  id: string
  /** Rows of the same legal entity share it. */
  entity: number
  /** 0 = head office, 1 … = a branch of the entity. */
  establishment: number
  /** The first row of an entity is the original; later ones repeat it. */
  kind: 'original' | 'repeat'
  number: 'right' | 'missing' | 'mistyped' | 'of_another' | 'has_none'
  /** What happened to the row: legal_form, former_name, english, bank_name, branch, character_form, typo, moved … */
  marks: string[]
}

export type LedgerEntry = { row: LedgerRow; truth: LedgerTruth }

export type LedgerOptions = {
  seed: number
  rows: number
  /** Share of rows which repeat an earlier entity, 0–0.9; 0.2 when not given. */
  duplicateRate?: number
  /** A level, or single rates over `normal`; `normal` when not given. */
  dirt?: DirtLevel | Partial<DirtRates>
}

const MAX_TRIES = 12

/** A whole dirty ledger in memory, truth apart; for large sizes use `ledgerEntries`. */
export function generateLedger(options: LedgerOptions): { rows: LedgerRow[]; truth: LedgerTruth[] } {
  const rows: LedgerRow[] = []
  const truth: LedgerTruth[] = []
  for (const entry of ledgerEntries(options)) {
    rows.push(entry.row)
    truth.push(entry.truth)
  }
  return { rows, truth }
}

/** The rows one by one; nothing is kept between them, so any size needs the same memory. */
export function* ledgerEntries(options: LedgerOptions): Generator<LedgerEntry> {
  for (let at = 0; at < options.rows; at++) yield ledgerEntry(options, at)
}

/** Row `at` (0 …) of the ledger: depends on seed, rates and position, never on how many rows are made. */
export function ledgerEntry(options: LedgerOptions, at: number): LedgerEntry {
  const rates = ratesOf(options)
  const entity = entityAt(options.seed, at, options.duplicateRate ?? 0.2)
  const random = stream(options.seed, 'ledger-row', at)
  const company = companyCore(options.seed, entity)
  const branch = random.chance(rates.branch) ? branchOf(options.seed, entity, random) : null
  const entry = typedEntry(ledgerId(at), options.seed, company, branch, rates, random)
  return { ...entry, truth: { ...entry.truth, kind: entity === at ? 'original' : 'repeat' } }
}

export function ledgerId(at: number): string {
  return `L${String(at + 1).padStart(8, '0')}`
}

/** One row for a company as an office types it; `entity` of the truth is the company's index. */
export function typedEntry(
  id: string,
  seed: number,
  company: CompanyCore,
  branch: { place: Branch; position: number } | null,
  rates: DirtRates,
  random: Random,
): LedgerEntry {
  const typed = typedName(company, branch?.place ?? null, rates, random)
  const number = typedCorporateNumber(seed, company, rates, random)
  const row = {
    ...place(company, branch?.place ?? null, rates, random, typed.marks),
    ...personAndDate(company, rates, random, typed.marks),
  }
  return {
    row: {
      id,
      name: typed.name,
      name_kana: typed.kana,
      corporate_number: number.text,
      invoice_registration_number: invoiceNumber(company, number.state, rates, random),
      ...row,
    },
    truth: {
      id,
      entity: company.index,
      establishment: branch?.position ?? 0,
      kind: 'repeat',
      number: number.state,
      marks: typed.marks,
    },
  }
}

function ratesOf(options: LedgerOptions): DirtRates {
  if (typeof options.dirt === 'string') return DIRT_LEVELS[options.dirt]
  return { ...DIRT_LEVELS.normal, ...options.dirt }
}

/** The entity of row `at`: the row's own position, or that of an earlier original. Row 0 is always an original. */
function entityAt(seed: number, at: number, duplicateRate: number): number {
  if (!repeats(seed, at, duplicateRate)) return at
  const random = stream(seed, 'repeat-of', at)
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const earlier = random.whole(0, at - 1)
    if (!repeats(seed, earlier, duplicateRate)) return earlier
  }
  return at
}

function repeats(seed: number, at: number, duplicateRate: number): boolean {
  return at > 0 && stream(seed, 'repeat', at).chance(duplicateRate)
}

function branchOf(seed: number, entity: number, random: Random): { place: Branch; position: number } | null {
  const { branches } = generateCompany(seed, entity)
  if (branches.length === 0) return null
  const position = random.whole(1, branches.length)
  return { place: branches[position - 1]!, position }
}

function typedCorporateNumber(seed: number, company: CompanyCore, rates: DirtRates, random: Random) {
  const number = company.corporateNumber
  if (number === null) return { text: '', state: 'has_none' as const }
  const draw = random.next()
  if (draw < rates.numberMissing) return { text: '', state: 'missing' as const }
  if (draw < rates.numberMissing + rates.numberMistyped)
    return { text: typedNumber(mistyped(number, random), rates, random), state: 'mistyped' as const }
  if (draw < rates.numberMissing + rates.numberMistyped + rates.numberOfAnother) {
    const other = companyCore(seed, company.plan.parent?.index ?? company.index + 1).corporateNumber
    if (other !== null) return { text: typedNumber(other, rates, random), state: 'of_another' as const }
  }
  return { text: typedNumber(number, rates, random), state: 'right' as const }
}

/** Whoever left the corporate number out mostly has no T number either; otherwise the ledger would give it away. */
function invoiceNumber(
  company: CompanyCore,
  state: LedgerTruth['number'],
  rates: DirtRates,
  random: Random,
): string {
  if (company.invoiceRegNo === null || random.chance(rates.fieldMissing)) return ''
  if (state !== 'right' && state !== 'has_none')
    return random.chance(0.15) ? typedInvoiceNumber(company.invoiceRegNo, rates, random) : ''
  return typedInvoiceNumber(company.invoiceRegNo, rates, random)
}

function place(
  company: CompanyCore,
  branch: Branch | null,
  rates: DirtRates,
  random: Random,
  marks: string[],
) {
  let address = branch?.address ?? company.headOffice
  let phone = branch?.phone ?? company.phone
  if (branch === null && random.chance(rates.outdated)) {
    marks.push('moved')
    address = addressIn(pickTown(random, address.cityCode.slice(0, 2)), random)
    if (phone !== '' && random.chance(0.4))
      phone = phone.slice(0, -4) + String(random.whole(0, 9999)).padStart(4, '0')
  }
  return {
    postal_code: random.chance(rates.fieldMissing) ? '' : typedPostalCode(address.postalCode, rates, random),
    address: random.chance(rates.fieldMissing * 0.5) ? '' : typedAddress(address, rates, random),
    phone: phone === '' || random.chance(rates.fieldMissing) ? '' : typedPhone(phone, rates, random),
  }
}

function personAndDate(company: CompanyCore, rates: DirtRates, random: Random, marks: string[]) {
  let person = company.representative
  if (person !== null && company.plan.kind === 'corporation' && random.chance(rates.outdated)) {
    marks.push('former_representative')
    person = personFrom(random, null, 1935, 1970)
  }
  return {
    representative:
      person === null || random.chance(rates.fieldMissing) ? '' : typedPerson(person, rates, random),
    established_on:
      company.establishedOn === '' || random.chance(rates.fieldMissing * 1.5)
        ? ''
        : typedDate(company.establishedOn, rates, random),
  }
}
