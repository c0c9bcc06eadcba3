import type { Db, Tx } from '../../platform/database/database.ts'
import { addMonths } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { policyInForce } from './in-force.ts'

export interface RecordKept {
  until: IsoDate
  years: number
}

/** Until when the record of a transaction of that day is kept: the years of the rule book in force, seven at least (JR §4.4, 犯収法7条). */
export async function recordKept(db: Db | Tx, transactedOn: IsoDate): Promise<RecordKept> {
  const { retention } = await policyInForce(db)
  const years = retention.transaction_records!
  return { until: addMonths(transactedOn, 12 * years), years }
}
