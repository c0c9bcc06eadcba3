import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { addMonths } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { LIMITATION_YEARS, limitationByEvents } from './particulars.ts'
import './tables.ts'

/** An open bought claim that lapses by limitation soon, or has lapsed. */
export interface LimitationNear {
  id: Id
  receivableNo: string
  clientId: Id
  clientName: string
  openYen: Yen
  limitationOn: IsoDate
}

/**
 * Open bought claims whose limitation completes on or before `until`, whatever was recorded to hold it off (JR §6.9). A period never ends
 * before its years after the due date, so that only claims as old as that are looked at.
 */
export async function limitationsNear(tx: Tx, until: IsoDate): Promise<LimitationNear[]> {
  const { rows } = await sql<{
    id: Id
    receivable_no: string
    client_id: Id
    client_name: string
    receivable_kind: string
    due_on: IsoDate
    open_yen: Yen
  }>`
    select r.id, r.receivable_no, r.client_id, p.legal_name as client_name, r.receivable_kind, r.due_on,
      (r.purchased_yen - r.collected_yen - r.diluted_yen)::bigint as open_yen
    from receivable r join party p on p.id = r.client_id
    where r.state in ('purchased', 'dunning', 'legal') and r.purchased_yen - r.collected_yen - r.diluted_yen > 0
      and r.due_on <= case when r.receivable_kind = 'care' then ${addMonths(until, -12 * LIMITATION_YEARS.care)}::date
        else ${addMonths(until, -12 * LIMITATION_YEARS.other)}::date end
    order by r.id`.execute(tx)
  if (rows.length === 0) return []
  const events = await tx
    .selectFrom('limitation_event')
    .select(['receivable_id', 'event_kind', 'happened_on', 'months'])
    // One parameter however many claims are that old.
    .where('receivable_id', '=', sql<Id>`any(${rows.map(row => row.id)}::uuid[])`)
    .where('withdrawn_at', 'is', null)
    .orderBy('happened_on')
    .orderBy('id')
    .execute()
  const byClaim = Map.groupBy(events, event => event.receivable_id)
  return rows.flatMap(row => {
    const limitationOn = limitationByEvents(row, byClaim.get(row.id) ?? [])
    return limitationOn <= until
      ? [
          {
            id: row.id,
            receivableNo: row.receivable_no,
            clientId: row.client_id,
            clientName: row.client_name,
            openYen: row.open_yen,
            limitationOn,
          },
        ]
      : []
  })
}
