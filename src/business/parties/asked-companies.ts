import { sql } from 'kysely'
import { mayDo } from '../../platform/commands/actor.ts'
import type { QueryContext } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { partyRoles } from './contract.ts'
import { partiesInReach } from './queries.ts'
import type { PartyRole } from './tables.ts'

/** A company somebody asks a short word about: the record named, and all records of the company. */
export interface AskedCompany {
  id: Id
  seenNo: number
  recordIds: Id[]
  roles: ReadonlySet<PartyRole>
}

/** The companies of these records within the actor's reach; records out of reach or unknown are left out, and all of them for whoever reads no companies. At most 200 ids. */
export async function askedCompanies(context: QueryContext, ids: readonly Id[]): Promise<AskedCompany[]> {
  if (ids.length === 0 || !mayDo(context.actor, 'parties.read')) return []
  const rows = await partiesInReach(context)
    .innerJoin('party_identity as own', 'own.party_id', 'party.id')
    .innerJoin('party_identity as mate', 'mate.identity_id', 'own.identity_id')
    .select([
      'party.id',
      'party.seen_no',
      sql<Id[]>`array_agg(mate.party_id order by mate.party_id)`.as('mates'),
    ])
    .select(sql<string[]>`coalesce(party.identity_roles, party.roles)`.as('roles'))
    .where('party.id', 'in', [...ids])
    .groupBy('party.id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    seenNo: row.seen_no,
    recordIds: row.mates,
    roles: new Set(partyRoles.filter(role => row.roles.includes(role))),
  }))
}
