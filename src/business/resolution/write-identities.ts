import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { settleLimits } from '../credit/index.ts'
import { identitiesOf, type MergeInForce, overlaysOf } from './identity.ts'
import type { PartyFacts } from './party-facts.ts'
import './tables.ts'
import '../parties/tables.ts'

/** Merges and unmerges run one after the other: each rewrites a whole identity. */
export async function lockIdentities(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('party_identity'))`.execute(tx)
}

/** Makes the records one company; the company's id. */
export async function settleIdentities(tx: Tx, facts: readonly PartyFacts[]): Promise<Id> {
  const identities = await writeIdentities(tx, await recordsOfIdentities(tx, facts))
  return identities.get(facts[0]!.id)!.identityId
}

/** Every party which shares an identity with one of these. */
export async function recordsOfIdentities(tx: Tx, facts: readonly PartyFacts[]): Promise<Id[]> {
  const rows = await tx
    .selectFrom('party_identity')
    .select('party_id')
    .where('identity_id', 'in', [...new Set(facts.map(fact => fact.identityId))])
    .orderBy('party_id')
    .forUpdate()
    .execute()
  return rows.map(row => row.party_id)
}

/**
 * Writes what the merges in force say about these parties, which must be whole identities: who is one company, and whose values it
 * shows. `without` leaves one merge out, as if it were undone.
 */
export async function writeIdentities(tx: Tx, parties: readonly Id[], without: Id | null = null) {
  const rows = await tx
    .selectFrom('party_merge_member as member')
    .innerJoin('party_merge as merge', 'merge.id', 'member.merge_id')
    .select(['merge.id', 'merge.choices', 'member.party_id'])
    .where('merge.undone_at', 'is', null)
    .where('member.party_id', 'in', [...parties])
    .$if(without !== null, query => query.where('merge.id', '<>', without!))
    .execute()
  const merges = new Map<Id, { id: Id; choices: Record<string, Id>; members: Id[] }>()
  for (const { id, choices, party_id } of rows) {
    const known = merges.get(id)
    if (known) known.members.push(party_id)
    else merges.set(id, { id, choices, members: [party_id] })
  }
  const inForce: MergeInForce[] = [...merges.values()]
  const identities = identitiesOf(parties, inForce)
  const given = [...identities].map(([id, { identityId, mergeId }]) => ({
    party_id: id,
    identity_id: identityId,
    merge_id: mergeId,
  }))
  await sql`update party_identity as i set identity_id = given.identity_id, merge_id = given.merge_id
    from jsonb_populate_recordset(null::party_identity, ${JSON.stringify(given)}::jsonb) as given
    where i.party_id = given.party_id
      and (i.identity_id, i.merge_id) is distinct from (given.identity_id, given.merge_id)`.execute(tx)
  await tx
    .deleteFrom('party_overlay')
    .where('identity_id', 'in', [...parties])
    .execute()
  await insertMany(
    tx,
    'party_overlay',
    overlaysOf(identities, inForce).map(({ identityId, field, partyId, mergeId }) => ({
      identity_id: identityId,
      field,
      party_id: partyId,
      merge_id: mergeId,
    })),
  )
  await settleLimits(tx, parties)
  return identities
}
