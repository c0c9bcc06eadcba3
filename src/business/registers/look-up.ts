import { sql } from 'kysely'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { parseCorporateNumber } from '../names/index.ts'
import type { AskedSource, RegisteredCompany } from './contract.ts'
import { addressLine, type CorporateEntry, registerCore } from './rules/corporate-entry.ts'
import { connectionTo } from './settings.ts'
import type { Connection } from './sources/ask.ts'
import { corporationsByName, corporationsByNumber } from './sources/corporate-number-api.ts'
import { gbizByNumber } from './sources/gbizinfo-api.ts'
import { issuerByNumber, qualifiedOn } from './sources/invoice-issuer-api.ts'
import type { RegisterSource } from './tables.ts'
import './tables.ts'

const MOST = 20

export interface Registers {
  db: Db
  keys: SubjectKeys
  allowedHosts: readonly string[]
}

/** Everything the registers say about one number or name, and which of them were not asked, with the reason. */
export async function lookUpCompany(
  registers: Registers,
  question: { number?: string | undefined; name?: string | undefined; day: IsoDate },
) {
  const number = question.number ? numberIn(question.number) : null
  const issuerNumber = question.number ? issuerNumberIn(question.number, number) : null
  const asked: AskedSource[] = []
  const local = await fromReference(registers.db, number, question.name)
  asked.push({
    source: 'reference',
    state: local.asOf ? 'answered' : 'not_asked',
    why: local.asOf ? null : 'nothing_loaded',
    asOf: local.asOf,
  })
  const web = await askIf(registers, asked, 'corporate_number', local.companies.length > 0 && !number, to =>
    number
      ? corporationsByNumber(to, [number])
      : question.name
        ? corporationsByName(to, question.name)
        : null,
  )
  const issuer = await askIf(registers, asked, 'invoice_issuer', false, to =>
    issuerNumber ? issuerByNumber(to, issuerNumber) : null,
  )
  const gbiz = await askIf(registers, asked, 'gbizinfo', false, to =>
    number ? gbizByNumber(to, number) : null,
  )
  const companies = new Map(local.companies.map(one => [one.corporateNumber, one]))
  for (const entry of web?.value.slice(0, MOST) ?? [])
    companies.set(entry.corporateNumber, companyOf(entry, 'web'))
  return {
    companies: [...companies.values()].slice(0, MOST),
    invoice: issuer
      ? {
          registeredNumber: issuerNumber ?? '',
          state: qualifiedOn(issuer.value, question.day),
          day: question.day,
          registeredOn: issuer.value?.registeredOn ?? null,
          name: issuer.value?.name ?? null,
        }
      : null,
    gbiz: gbiz?.value ?? null,
    asked,
  }
}

/** Asks one register when it may be asked, and notes in `asked` what came of it. */
async function askIf<T>(
  { db, keys, allowedHosts }: Registers,
  asked: AskedSource[],
  source: RegisterSource,
  spared: boolean,
  put: (
    to: Connection,
  ) => Promise<{ ok: true; value: T } | { ok: false; why: NonNullable<AskedSource['why']> }> | null,
): Promise<{ value: T } | null> {
  if (spared) return null
  const note = (why: AskedSource['why']) =>
    void asked.push({ source, state: why ? 'not_asked' : 'answered', why, asOf: null })
  const to = await connectionTo(db, keys, source, allowedHosts)
  if (!to.ok) {
    note(to.why)
    return null
  }
  const question = put(to.value)
  if (!question) {
    note('no_number')
    return null
  }
  const answer = await question
  note(answer.ok ? null : answer.why)
  return answer.ok ? { value: answer.value } : null
}

async function fromReference(
  db: Db,
  number: string | null,
  name: string | undefined,
): Promise<{ companies: RegisteredCompany[]; asOf: IsoDate | null }> {
  const newest = await db
    .selectFrom('register_load')
    .select(eb => eb.fn.max('newest_update_on').as('asOf'))
    .executeTakeFirst()
  const asOf = newest?.asOf ?? null
  if (asOf === null) return { companies: [], asOf }
  const core = name ? registerCore(name) : ''
  const rows = number
    ? await published(db).where('corporate_number', '=', number).execute()
    : core === ''
      ? []
      : await byName(db, core)
  return { asOf, companies: rows.map(row => companyOf(entryOf(row), 'reference')) }
}

function published(db: Db) {
  return db.selectFrom('corporate_register').selectAll().limit(MOST)
}

type Row = Awaited<ReturnType<ReturnType<typeof published>['execute']>>[number]

/** Equal names first; when there are none, names which begin so. */
async function byName(db: Db, core: string): Promise<Row[]> {
  const shown = published(db).where('hidden', '=', false)
  const equal = await shown
    .where('name_core', '=', core)
    .orderBy(sql`closed_on is not null`)
    .orderBy('corporate_number')
    .execute()
  if (equal.length > 0 || core.length < 2) return equal
  const prefix = `${core.replace(/[\\%_]/g, '\\$&')}%`
  return shown.where('name_core', 'like', prefix).orderBy('name_core').execute()
}

/** The newest published state of some corporations, from the local reference. */
export async function registeredStates(
  db: Db,
  numbers: readonly string[],
): Promise<Map<string, CorporateEntry>> {
  if (numbers.length === 0) return new Map()
  const rows = await db
    .selectFrom('corporate_register')
    .selectAll()
    .where('corporate_number', 'in', [...numbers])
    .execute()
  return new Map(rows.map(row => [row.corporate_number, entryOf(row)]))
}

function entryOf(row: Row): CorporateEntry {
  return {
    corporateNumber: row.corporate_number,
    sequenceNo: row.sequence_no,
    process: row.process,
    updatedOn: row.updated_on,
    changedOn: row.changed_on,
    name: row.name,
    nameCore: row.name_core,
    kana: row.kana,
    nameEn: row.name_en,
    kind: row.kind,
    pref: row.pref,
    city: row.city,
    street: row.street,
    postCode: row.post_code,
    abroad: row.abroad,
    closedOn: row.closed_on,
    closeCause: row.close_cause,
    successor: row.successor,
    changeCause: row.change_cause,
    nameHasImage: row.name_has_image,
    hidden: row.hidden,
    latest: true,
  }
}

function companyOf(entry: CorporateEntry, from: RegisteredCompany['from']): RegisteredCompany {
  return {
    corporateNumber: entry.corporateNumber,
    name: entry.name,
    kana: entry.kana,
    nameEn: entry.nameEn,
    address: addressLine(entry),
    postalCode: entry.postCode,
    kind: entry.kind,
    process: entry.process,
    updatedOn: entry.updatedOn,
    closedOn: entry.closedOn,
    closeCause: entry.closeCause,
    successor: entry.successor,
    nameHasImage: entry.nameHasImage,
    from,
  }
}

/** The number in what was typed: with or without T, hyphens, wide digits; 12 digits get their check digit. */
function numberIn(typed: string): string | null {
  const read = parseCorporateNumber(typed.normalize('NFKC').replace(/^\s*[Tt]/, ''))
  return read.value ?? read.suggestion ?? null
}

/** A sole proprietor's T number has no public check digit: any 13 digits may be asked for (JR §1.2). */
function issuerNumberIn(typed: string, corporateNumber: string | null): string | null {
  if (corporateNumber) return `T${corporateNumber}`
  const digits = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')
  return /^T?[0-9]{13}$/.test(digits) ? `T${digits.slice(-13)}` : null
}
