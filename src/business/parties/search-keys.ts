import { type Selectable, sql } from 'kysely'
import type { Tables, Tx } from '../../platform/database/database.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { type SearchKey, searchKeys } from './rules.ts'

const FINDABLE = [
  'legal_name',
  'legal_name_kana',
  'legal_name_en',
  'trade_name',
  'corporate_number',
  'invoice_reg_no',
  'phone',
] as const
/** The columns of a party it is found by today. */
type FindableColumns = Pick<Selectable<Tables['party']>, (typeof FINDABLE)[number]>

const current = (party: FindableColumns) => ({
  legalName: party.legal_name,
  legalNameKana: party.legal_name_kana,
  legalNameEn: party.legal_name_en,
  tradeName: party.trade_name,
  corporateNumber: party.corporate_number,
  invoiceRegNo: party.invoice_reg_no,
  phone: party.phone,
})

/** Search keys of parties whose rows have just been inserted: they have no past, no branch and no code that would have to be asked for. */
export async function addSearchKeys(
  tx: Tx,
  parties: readonly (FindableColumns & { id: Id })[],
): Promise<void> {
  await insertMany(
    tx,
    'party_search_key',
    parties.flatMap(party =>
      searchKeys({ ...current(party), formerNames: [] }).map(key => ({ ...key, party_id: party.id })),
    ),
  )
}

/** Makes the search keys of a party anew, from what stands in the tables now. */
export async function refreshSearchKeys(tx: Tx, partyId: Id): Promise<void> {
  await refreshManySearchKeys(tx, [partyId])
}

/** Makes the search keys of many parties anew: current names and numbers, and those which held before. */
export async function refreshManySearchKeys(tx: Tx, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return
  const parties = await tx
    .selectFrom('party')
    .select(['id', 'phone_display', 'address_original', ...FINDABLE])
    .where('id', 'in', [...ids])
    .execute()
  const names = await tx
    .selectFrom('party_name')
    .select(['party_id', 'name', 'kana'])
    .where('party_id', 'in', [...ids])
    .where('valid_to', 'is not', null)
    .execute()
  const former = await formerValues(tx, ids)
  const branches = await tx
    .selectFrom('party_branch')
    .select(['party_id', 'name', 'phone'])
    .where('party_id', 'in', [...ids])
    .execute()
  const codes = await tx
    .selectFrom('party_identifier')
    .select(['party_id', 'value'])
    .where('party_id', 'in', [...ids])
    .execute()
  const keys: (SearchKey & { party_id: Id })[] = parties.flatMap(party => {
    const old = (field: string, now: string | null) =>
      (former.get(`${party.id} ${field}`) ?? []).filter(value => value !== now)
    return searchKeys({
      ...current(party),
      branches: branches.filter(branch => branch.party_id === party.id),
      codes: codes.filter(code => code.party_id === party.id).map(code => code.value),
      formerNames: names.filter(name => name.party_id === party.id),
      former: {
        numbers: [
          ...old('corporateNumber', party.corporate_number),
          ...old('invoiceRegNo', party.invoice_reg_no),
        ],
        phones: old('phone', party.phone_display),
        addresses: old('address', party.address_original),
      },
    }).map(key => ({ ...key, party_id: party.id }))
  })
  await sql`delete from party_search_key where party_id = any(${[...ids]}::uuid[])`.execute(tx)
  await insertMany(tx, 'party_search_key', keys as never)
}

/** Values which numbers, telephones and addresses have had for a day at least, by party and field. */
async function formerValues(tx: Tx, ids: readonly Id[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ record_id: Id; field: string; value: string }>`
    select distinct record_id, field, value #>> '{}' as value from (
      select distinct on (record_id, field, valid_from) record_id, field, value from field_value
      where record_id = any(${[...ids]}::uuid[]) and field in ('corporateNumber', 'invoiceRegNo', 'phone', 'address')
      order by record_id, field, valid_from, seq desc) held
    where value is not null`.execute(tx)
  const values = new Map<string, string[]>()
  for (const { record_id, field, value } of rows) {
    const key = `${record_id} ${field}`
    values.set(key, [...(values.get(key) ?? []), value])
  }
  return values
}
