import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { groupMemberIds } from '../ownership/index.ts'
import type { LimitRow } from './exposure-facts.ts'
import { type Limit, type LimitInForce, limitInForce } from './rules/headroom.ts'

/** How a group stands on a side of the deals: as clients or as debtors. */
export interface GroupSide {
  kind: 'group' | 'debtor_group'
  limit: LimitInForce
  exposureYen: Yen
  committedYen: Yen
}

export interface GroupStanding {
  /** Records of the group as limits count it. */
  memberIds: Id[]
  sides: GroupSide[]
  /** What each company of the group has at risk by itself; companies are named by the record that stands for them. */
  companies: { companyId: Id; clientYen: Yen; debtorYen: Yen }[]
}

/**
 * The consolidated exposure of a party's group and the limits over it, by the one exposure function (`exposure_under`): what a
 * purchase would be held against. Limits are taken as a purchase takes them: of several permanent ones the lowest.
 */
export async function groupStanding(db: Db | Tx, today: IsoDate, partyId: Id): Promise<GroupStanding> {
  const memberIds = await groupMemberIds(db, partyId)
  const { rows: limits } = await sql<LimitRow>`
    select id, limit_kind, subject_id, second_subject_id, term, limit_yen, limit_ppm, in_force_from, in_force_to, suspended_at
    from credit_limit
    where revoked_at is null and superseded_at is null and (not set_aside or suspended_at is not null)
      and limit_kind in ('group', 'debtor_group') and subject_id = any(${memberIds}::uuid[]) order by limit_kind, id`.execute(
    db,
  )
  const sides: GroupSide[] = []
  for (const kind of ['group', 'debtor_group'] as const) {
    const { rows } = await sql<{ committed_yen: Yen; exposure_yen: Yen }>`
      select committed_yen, exposure_yen from exposure_under(${kind}, ${partyId}, null)`.execute(db)
    const subject = { limitKind: kind, groupId: partyId } as Limit['subject']
    const ofKind = limits
      .filter(row => row.limit_kind === kind)
      .map(
        (row): Limit => ({
          limitId: row.id,
          subject,
          term: row.term,
          state: row.suspended_at ? 'suspended' : 'in_force',
          limitYen: row.limit_yen,
          limitPpm: row.limit_ppm,
          inForceFrom: row.in_force_from,
          inForceTo: row.in_force_to,
        }),
      )
    sides.push({
      kind,
      limit: limitInForce(subject, ofKind, today),
      exposureYen: rows[0]?.exposure_yen ?? 0,
      committedYen: rows[0]?.committed_yen ?? 0,
    })
  }
  const { rows: companies } = await sql<{ companyId: Id; clientYen: Yen; debtorYen: Yen }>`
    select c.id as "companyId", client.exposure_yen as "clientYen", debtor.exposure_yen as "debtorYen"
    from (select distinct identity_id as id from party_identity where party_id = any(${memberIds}::uuid[])) c
    cross join lateral exposure_under('client', c.id, null) client
    cross join lateral exposure_under('debtor', c.id, null) debtor
    order by client.exposure_yen + debtor.exposure_yen desc, c.id`.execute(db)
  return { memberIds, sides, companies }
}
