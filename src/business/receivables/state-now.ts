import { sql } from 'kysely'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Yen } from '../../platform/money/yen.ts'
import type { Receivable } from './records.ts'
import { type DerivedState, deriveReceivableState } from './rules/derive-state.ts'

type StateFacts = Pick<
  Receivable,
  | 'state'
  | 'state_on'
  | 'collected_yen'
  | 'diluted_yen'
  | 'recovered_yen'
  | 'purchased_yen'
  | 'payable_on'
  | 'grace_days'
  | 'perfected_on'
  | 'left_to_settle_yen'
>

/** The state today of a claim as it stands in the table, with its reason, open amount and days past due (FF §3, §4.4). */
export function stateNow(row: StateFacts, today: IsoDate, toleranceYen: Yen): DerivedState {
  const moved = [
    { kind: 'collection' as const, yen: row.collected_yen },
    { kind: 'confirmed_dilution' as const, yen: row.diluted_yen },
    { kind: 'recovery' as const, yen: row.recovered_yen },
  ]
  return deriveReceivableState(
    {
      steps: [{ on: row.state_on, to: row.state }],
      movements: moved.map(one => ({ ...one, on: row.state_on })),
      perfectedOn: row.perfected_on,
      purchasedYen: row.purchased_yen ?? 0,
      payableOn: row.payable_on,
      graceDays: row.grace_days,
      toleranceYen,
      leftToSettleYen: row.left_to_settle_yen,
    },
    today > row.state_on ? today : row.state_on,
  )
}

/** The same in SQL, for filters; a test proves that both say the same of every claim. */
export function stateSql(today: IsoDate, toleranceYen: Yen) {
  return sql<string>`case
    when r.state in ('offered', 'verifying', 'verified', 'approved', 'rejected', 'withdrawn', 'lapsed', 'rescinded', 'repurchased',
      'closed') then r.state
    when r.state = 'written_off' then case when r.recovered_yen > 0 then 'recovered' else 'written_off' end
    when r.purchased_yen - r.collected_yen - r.diluted_yen <= ${toleranceYen}
      then case when r.left_to_settle_yen = 0 then 'settled' else 'collected' end
    when r.state in ('dunning', 'legal') then r.state
    when ${today}::date - r.payable_on > r.grace_days then 'overdue'
    when ${today}::date >= r.payable_on then 'due'
    when r.collected_yen > 0 then 'partially_collected'
    when r.perfected_on <= ${today}::date then 'notified'
    else 'purchased' end`
}

/** Days past due while more than the tolerance is open, else 0 (DD group 9). */
export function daysPastDueSql(today: IsoDate, toleranceYen: Yen) {
  return sql<number>`case when r.purchase_id is not null
      and greatest(0, r.purchased_yen - r.collected_yen - r.diluted_yen) > ${toleranceYen}
    then greatest(0, ${today}::date - r.payable_on) else 0 end`
}
