import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { LedgerRow } from '../matching/index.ts'
import { partyFields } from '../parties/fields.ts'
import type { ComparedValues } from './tables.ts'
import './tables.ts'
import '../parties/tables.ts'
import '../people/tables.ts'

/** Items in which records of one company may differ and of which one value is shown after a merge. */
export const comparedFields = (
  [
    'legalName',
    'legalNameKana',
    'legalNameEn',
    'tradeName',
    'corporateNumber',
    'invoiceRegNo',
    'postalCode',
    'address',
    'phone',
    'establishedOn',
    'capitalYen',
    'website',
  ] as const
).map(name => ({
  field: name as string,
  // People compare the number as it is written, not as it is stored for search.
  column: name === 'phone' ? 'phone_display' : partyFields[name].column,
  label: partyFields[name].label.ja,
}))

/** A value of a compared item as people read it: yen with their sign and commas. */
export function saidValue(field: string, value: string | number): string {
  const described = partyFields[field as keyof typeof partyFields]
  return described?.type === 'yen' ? `¥${Number(value).toLocaleString('ja-JP')}` : String(value)
}

/** The items the engine compares, by their name in its rows, as people call them. */
export const fieldLabelsOfRow = {
  name: partyFields.legalName.label.ja,
  name_kana: partyFields.legalNameKana.label.ja,
  name_en: partyFields.legalNameEn.label.ja,
  corporate_number: partyFields.corporateNumber.label.ja,
  invoice_registration_number: partyFields.invoiceRegNo.label.ja,
  postal_code: partyFields.postalCode.label.ja,
  address: partyFields.address.label.ja,
  phone: partyFields.phone.label.ja,
  representative: '代表者',
  established_on: partyFields.establishedOn.label.ja,
} satisfies Partial<Record<keyof LedgerRow, string>>

export interface PartyFacts {
  id: Id
  seenNo: number
  rowVersion: number
  partyNo: string
  legalName: string
  corporateNumber: string | null
  address: string | null
  registeredAt: string
  identityId: Id
  values: ComparedValues
  /** As the matching engine reads it. */
  row: Partial<LedgerRow>
}

/** What is compared of parties, by id. */
export async function partyFacts(db: Db | Tx, ids: readonly Id[]): Promise<Map<Id, PartyFacts>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('party as p')
    .innerJoin('party_identity as i', 'i.party_id', 'p.id')
    .selectAll('p')
    .select([
      'i.identity_id',
      sql<string | null>`(select h.family_name || ' ' || h.given_name from party_person r
        join person h on h.id = r.person_id where r.party_id = p.id and r.person_role = 'representative'
        and r.valid_to is null order by r.recorded_at limit 1)`.as('representative'),
    ])
    .where('p.id', 'in', [...ids])
    .execute()
  return new Map(
    rows.map(row => [
      row.id,
      {
        id: row.id,
        seenNo: row.seen_no,
        rowVersion: row.row_version,
        partyNo: row.party_no,
        legalName: row.legal_name,
        corporateNumber: row.corporate_number,
        address: row.address_original,
        registeredAt: row.registered_at,
        identityId: row.identity_id,
        values: Object.fromEntries(
          comparedFields.map(({ field, column }) => [
            field,
            (row as unknown as Record<string, string | number | null>)[column] ?? null,
          ]),
        ),
        row: {
          id: row.id,
          name: row.legal_name,
          name_kana: row.legal_name_kana ?? '',
          name_en: row.legal_name_en ?? '',
          corporate_number: row.corporate_number ?? '',
          invoice_registration_number: row.invoice_reg_no ?? '',
          postal_code: row.postal_code ?? '',
          address: row.address_original ?? '',
          phone: row.phone ?? '',
          representative: row.representative ?? '',
          established_on: row.established_on ?? '',
        },
      },
    ]),
  )
}

export function sideOf({ id, partyNo, legalName, corporateNumber, address }: PartyFacts) {
  return { id, partyNo, legalName, corporateNumber, address }
}
