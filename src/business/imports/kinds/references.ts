import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/database/database.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import { normalizeCompanyName, parseCorporateNumber } from '../../names/index.ts'
import { recordsByLostZeros, recordsBySourceNo, sourceNoKey } from '../source-numbers.ts'
import type { ImportField } from './import-kind.ts'
import type { CellReader } from './read-cells.ts'

/** A party as a row of a file names it: by any of these, all of which must agree. */
export interface PartyReference {
  number: string | null
  corporateNumber: string | null
  name: string | null
}

export interface FoundParty {
  id: Id
  partyNo: string
  legalName: string
  roles: string[]
}

export type Resolved =
  /** `note` says where the number was read otherwise than it stands. */
  { ok: true; party: FoundParty; note?: string } | { ok: false; part: keyof PartyReference; message: string }

export interface ReferenceHeadings {
  label: string
  number: readonly string[]
  corporateNumber: readonly string[]
  name: readonly string[]
}

/** The three columns by which rows of other kinds name a party: its number (old or ours), its 法人番号, its name. */
export function referenceFields(prefix: string, headings: ReferenceHeadings): ImportField[] {
  const { label } = headings
  return [
    {
      name: `${prefix}Number`,
      label: `${label}の番号`,
      type: 'text',
      columns: [`${label}の番号`, ...headings.number],
      help: '旧システムの番号か、このシステムの取引先番号（C-000123）。',
    },
    {
      name: `${prefix}CorporateNumber`,
      label: `${label}の法人番号`,
      type: 'corporateNumber',
      columns: [`${label}の法人番号`, ...headings.corporateNumber],
    },
    {
      name: prefix,
      label: `${label}の名称`,
      type: 'text',
      columns: [`${label}の名称`, ...headings.name],
      help: '番号の列がなければ名称で探します。同じ名称が複数あれば取り込みません。',
    },
  ]
}

/** Headings of the party a file is about. */
export const PARTY_HEADINGS: ReferenceHeadings = {
  label: '顧客',
  number: [
    '顧客番号',
    '顧客コード',
    '管理番号',
    '取引先コード',
    '取引先番号',
    '会社コード',
    '法人コード',
    '得意先コード',
  ],
  corporateNumber: ['法人番号', '法人番号13桁'],
  name: ['顧客名', '法人名', '会社名', '商号', '取引先名', '社名', '企業名', '得意先名', '勤務先', '名称'],
}

/** At least one of a reference's columns must be mapped. */
export function isReferenced(prefix: string, mapping: readonly (string | null)[]): boolean {
  return [`${prefix}Number`, `${prefix}CorporateNumber`, prefix].some(field => mapping.includes(field))
}

export function referenceOf(prefix: string, cells: CellReader): PartyReference {
  return {
    number: cells.text(`${prefix}Number`),
    corporateNumber: cells.text(`${prefix}CorporateNumber`),
    name: cells.text(prefix),
  }
}

/** The field of the reference a problem lies in. */
export function fieldOfPart(prefix: string, part: keyof PartyReference): string {
  return part === 'name' ? prefix : part === 'number' ? `${prefix}Number` : `${prefix}CorporateNumber`
}

const OUR_NUMBER = /^C-\d{6,}$/

/** Finds the parties which rows name, a chunk at a time; what leads nowhere, to several or to different ones says so. */
export async function resolveParties(
  db: Db | Tx,
  numbering: string,
  references: readonly PartyReference[],
): Promise<Resolved[]> {
  const numbers = references.flatMap(one => one.number ?? [])
  const bySource = await recordsBySourceNo(db, numbering, 'party', numbers)
  const ours = numbers.map(sourceNoKey).filter(number => OUR_NUMBER.test(number))
  const unknown = numbers.map(sourceNoKey).filter(number => !bySource.has(number))
  const byZeros = await recordsByLostZeros(db, numbering, 'party', unknown)
  const corporate = references.flatMap(one => corporateNumberOf(one) ?? [])
  const byName = await partiesByName(
    db,
    references.flatMap(one => one.name ?? []),
  )
  const ids = [
    ...new Set([
      ...bySource.values(),
      ...[...byZeros.values()].map(one => one.id),
      ...[...byName.values()].flat(),
    ]),
  ]
  const rows = await db
    .selectFrom('party')
    .select(['id', 'party_no', 'legal_name', 'roles', 'corporate_number'])
    .where(eb =>
      eb.or([
        eb('id', '=', eb.fn.any(sql<string[]>`${ids}::uuid[]`)),
        eb('party_no', '=', eb.fn.any(sql<string[]>`${ours}::text[]`)),
        eb('corporate_number', '=', eb.fn.any(sql<string[]>`${corporate}::text[]`)),
      ]),
    )
    .execute()
  const parties = new Map(
    rows.map(row => [
      row.id,
      { id: row.id, partyNo: row.party_no, legalName: row.legal_name, roles: row.roles as string[] },
    ]),
  )
  const byOurs = new Map(rows.map(row => [row.party_no, row.id]))
  const byCorporate = new Map(
    rows.flatMap(row => (row.corporate_number ? [[row.corporate_number, row.id]] : [])),
  )
  return references.map(reference =>
    resolve(reference, {
      byNumber: number => bySource.get(number) ?? byOurs.get(number) ?? byZeros.get(number)?.id,
      readAs: number => (bySource.has(number) || byOurs.has(number) ? undefined : byZeros.get(number)?.known),
      byCorporate: number => byCorporate.get(number),
      byName: name => byName.get(nameKey(name)) ?? [],
      party: id => parties.get(id),
    }),
  )
}

interface Known {
  byNumber(number: string): Id | undefined
  /** The number that was meant, where only leading zeros differ. */
  readAs(number: string): string | undefined
  byCorporate(number: string): Id | undefined
  byName(name: string): Id[]
  party(id: Id): FoundParty | undefined
}

function resolve(reference: PartyReference, known: Known): Resolved {
  const no = (part: keyof PartyReference, message: string): Resolved => ({ ok: false, part, message })
  let found: Id | undefined
  if (reference.number !== null) {
    found = known.byNumber(sourceNoKey(reference.number))
    if (!found)
      return no(
        'number',
        `番号「${reference.number.slice(0, 20)}」の会社が見つかりません。先に顧客を取り込んでください。`,
      )
  }
  if (reference.corporateNumber !== null) {
    const number = corporateNumberOf(reference)
    if (!number)
      return no('corporateNumber', '法人番号が正しくありません。13桁と検査用数字を確認してください。')
    const id = known.byCorporate(number)
    if (!id && !found) return no('corporateNumber', `法人番号 ${number} の会社が登録されていません。`)
    if (id && found && id !== found) return no('corporateNumber', disagrees(known, found, id))
    found ??= id
  }
  if (reference.name !== null) {
    const ids = known.byName(reference.name).filter(id => mayBeNamed(reference.name!, known.party(id)))
    if (found && ids.length > 0 && !ids.includes(found))
      return no(
        'name',
        `番号の会社（${said(known, [found])} ${known.party(found)?.legalName ?? ''}）と名称「${reference.name.slice(0, 40)}」の会社（${said(known, ids)}）が異なります。`,
      )
    if (!found && ids.length === 0)
      return no(
        'name',
        `「${reference.name.slice(0, 40)}」という名称の会社が見つかりません。番号の列を割り当ててください。`,
      )
    if (!found && ids.length > 1)
      return no(
        'name',
        `「${reference.name.slice(0, 40)}」は複数あります（${said(known, ids)}）。番号で指定してください。`,
      )
    found ??= ids[0]
  }
  const party = found && known.party(found)
  if (!party) return no('name', '会社を特定する値が空です。')
  const readAs = reference.number === null ? undefined : known.readAs(sourceNoKey(reference.number))
  return readAs === undefined
    ? { ok: true, party }
    : {
        ok: true,
        party,
        note: `番号「${reference.number}」は登録の「${readAs}」として読みました（先頭の0の違い）。`,
      }
}

/** 株式会社甲 and 甲有限会社 are two companies; a name typed without its legal form may be either. */
function mayBeNamed(typed: string, party: FoundParty | undefined): boolean {
  const [asked, registered] = [
    normalizeCompanyName(typed).form,
    party && normalizeCompanyName(party.legalName).form,
  ]
  return !asked || !registered || asked === registered
}

function said(known: Known, ids: readonly Id[]): string {
  return ids
    .slice(0, 3)
    .map(id => known.party(id)?.partyNo ?? '')
    .join('・')
}

function disagrees(known: Known, a: Id, b: Id): string {
  return `番号の会社（${said(known, [a])}）と法人番号の会社（${said(known, [b])}）が異なります。`
}

function corporateNumberOf({ corporateNumber }: PartyReference): string | null {
  return corporateNumber === null ? null : parseCorporateNumber(corporateNumber).value
}

const KEY_LENGTH = 300

/** Two spellings of one name: without the legal form, width, kana and old characters. */
const nameKey = (name: string) => normalizeCompanyName(name).foldedCore

async function partiesByName(db: Db | Tx, names: readonly string[]): Promise<Map<string, Id[]>> {
  const keys = [...new Set(names.map(nameKey))].filter(key => key !== '')
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('party_search_key')
    .select(['key', 'party_id'])
    .distinct()
    .where('kind', 'in', ['core', 'folded'])
    .where(
      'key',
      'in',
      keys.map(key => key.slice(0, KEY_LENGTH)),
    )
    .execute()
  const byKey = new Map<string, Id[]>()
  for (const { key, party_id } of rows) byKey.set(key, [...(byKey.get(key) ?? []), party_id])
  return byKey
}
