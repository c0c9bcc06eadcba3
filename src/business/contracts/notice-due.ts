import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Renewal } from './tables.ts'
import './tables.ts'

/** A contract in force whose last day for saying that it shall end, or go on, is near. */
export interface ContractNotice {
  id: Id
  contractNo: string
  partyId: Id
  partyName: string
  ownerId: Id
  renewal: Renewal | null
  endsOn: IsoDate
  noticeBy: IsoDate
}

/** Contracts in force whose notice is due on or before `until` and which have not ended yet (DD group 7, ends_on, notice_days). */
export async function contractNotices(tx: Tx, today: IsoDate, until: IsoDate): Promise<ContractNotice[]> {
  const rows = await tx
    .selectFrom('contract as c')
    .innerJoin('contract_signing as s', 's.contract_id', 'c.id')
    .innerJoin('party as p', 'p.id', 'c.party_id')
    .select([
      'c.id',
      'c.contract_no',
      'c.party_id',
      'p.owner_staff_id',
      's.renewal',
      'c.ends_on',
      's.notice_days',
    ])
    .select(sql<string>`coalesce(p.shown_name, p.legal_name)`.as('party_name'))
    .where('c.state', 'in', ['executed', 'active', 'amended'])
    .where('c.ends_on', '>=', today)
    .where(sql<boolean>`c.ends_on - s.notice_days <= ${until}::date`)
    .orderBy('c.id')
    .execute()
  return rows.flatMap(({ ends_on, notice_days, ...row }) =>
    ends_on === null || notice_days === null
      ? []
      : [
          {
            id: row.id,
            contractNo: row.contract_no,
            partyId: row.party_id,
            partyName: row.party_name,
            ownerId: row.owner_staff_id,
            renewal: row.renewal,
            endsOn: ends_on,
            noticeBy: addDays(ends_on, -notice_days),
          },
        ],
  )
}
