import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { factsOf, joined, periodsOf } from '../changes/index.ts'
import { sameCompany } from './identity.ts'
import type { Branch, Identifier, placesOfParty } from './places-contract.ts'
import { partiesInReach } from './queries.ts'

const MOST = 500

/** Branches and codes of all records of a company, those in force first; with a day, those that held then. */
export async function branchesAndCodes(
  context: QueryContext,
  { partyId, asOf }: z.output<typeof placesOfParty.input>,
): Promise<Seen<{ branches: Branch[]; identifiers: Identifier[] }>> {
  const { db } = context
  found(
    await partiesInReach(context).select('party.id').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const records = await db
    .selectFrom('party')
    .select(['id', 'party_no', 'seen_no'])
    .where('id', 'in', sameCompany(partyId))
    .orderBy('id')
    .execute()
  const ids = records.map(record => record.id)
  const numbers = new Map(records.map(record => [record.id, record.party_no]))
  const numberOf = (id: Id) => (records.length > 1 ? (numbers.get(id) ?? null) : null)
  const [branches, codes] = await Promise.all([
    db
      .selectFrom('party_branch')
      .selectAll()
      .where('party_id', 'in', ids)
      .orderBy('valid_to', order => order.desc().nullsFirst())
      .orderBy('name')
      .limit(MOST)
      .execute(),
    db
      .selectFrom('party_identifier')
      .selectAll()
      .where('party_id', 'in', ids)
      .orderBy('valid_to', order => order.desc().nullsFirst())
      .orderBy('issuer')
      .limit(MOST)
      .execute(),
  ])
  const shown: Branch[] = []
  for (const row of branches) {
    if (asOf && !((row.valid_from ?? '') <= asOf && (row.valid_to === null || row.valid_to > asOf))) continue
    shown.push({
      id: row.id,
      rowVersion: row.row_version,
      kind: row.kind,
      name: row.name,
      nameKana: row.name_kana,
      postalCode: row.postal_code,
      address: row.address,
      phone: row.phone_display,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      earlier: row.row_version > 1 ? await earlierValues(db, row.id) : [],
      partyNo: numberOf(row.party_id),
    })
  }
  return {
    body: {
      branches: shown,
      identifiers: codes
        .filter(
          row => !asOf || ((row.valid_from ?? '') <= asOf && (row.valid_to === null || row.valid_to >= asOf)),
        )
        .map(row => ({
          id: row.id,
          rowVersion: row.row_version,
          issuer: row.issuer,
          issuerName: row.issuer_name,
          value: row.value,
          validFrom: row.valid_from,
          validTo: row.valid_to,
          partyNo: numberOf(row.party_id),
        })),
    },
    seen: records.map(record => record.seen_no),
  }
}

/** What the items of a branch were until a day, newest first; the branch itself holds what is. */
async function earlierValues(db: Db, branchId: Id): Promise<Branch['earlier']> {
  const facts = await factsOf(db, branchId)
  return [...facts]
    .flatMap(([field, said]) =>
      joined(periodsOf(said)).flatMap(period =>
        period.to !== null && period.value !== null
          ? [{ field, value: String(period.value), from: period.from, to: period.to }]
          : [],
      ),
    )
    .sort((a, b) => (a.to < b.to ? 1 : -1))
}
