import { sql } from 'kysely'
import type { Reason } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import './tables.ts'

/** A claim at risk under a plan, as the ceiling counts it. */
export interface ClaimUnderCeiling {
  receivableId: Id
  planId: Id
  /** What is held for the deal itself: nothing once it was paid out. */
  ownYen: Yen
}

/** Which of the claims stand at risk under a plan; none without one. Locks nothing. */
export async function claimsUnderPlans(
  tx: Db | Tx,
  receivableIds: readonly Id[],
): Promise<ClaimUnderCeiling[]> {
  if (receivableIds.length === 0) return []
  const { rows } = await sql<{ receivable_id: Id; plan_id: Id; own_yen: number }>`
    select receivable_id, plan_id, case when state = 'committed' then amount_yen else 0 end as own_yen
    from credit_exposure
    where receivable_id = any(${[...receivableIds]}::uuid[]) and plan_id is not null and state <> 'ended'`.execute(
    tx,
  )
  return rows.map(row => ({ receivableId: row.receivable_id, planId: row.plan_id, ownYen: row.own_yen }))
}

/**
 * What the ceilings of plans have against claims the limits hold already, by claim: the deal's own commitment is left out of the sum, as with
 * every limit (FF §3, headroom; §4.8). Plans with a ceiling are locked in the order of their ids, after all limits, and their sums read
 * afterwards, so that of claims approved side by side the last one sees all the others. `lock` false only looks ahead.
 */
export async function ceilingHindrances(
  { tx, today }: { tx: Db | Tx; today: IsoDate },
  claims: readonly ClaimUnderCeiling[],
  { lock = true }: { lock?: boolean } = {},
): Promise<Map<Id, Reason>> {
  const own = claims.filter(claim => claim.ownYen > 0)
  const bounded = [
    ...(
      await standings(
        tx,
        today,
        own.map(claim => claim.planId),
      )
    ).keys(),
  ]
  if (bounded.length === 0) return new Map()
  if (lock)
    await sql`select id from plan where id = any(${bounded}::uuid[]) order by id for no key update`.execute(
      tx,
    )
  const standing = await standings(tx, today, bounded)
  return new Map(
    own.flatMap(({ receivableId, planId, ownYen }) => {
      const plan = standing.get(planId)
      return plan && plan.exposureYen > plan.ceilingYen
        ? [[receivableId, reasonBeyond(plan, ownYen)] as const]
        : []
    }),
  )
}

export interface CeilingStanding {
  ceilingYen: Yen
  /** Everything at risk under the plan, committed and paid. */
  exposureYen: Yen
}

/** Ceiling and exposure of the plans which have a ceiling on a day: that of the version in force, of the newest between its dates. */
export async function standings(
  tx: Db | Tx,
  day: IsoDate,
  planIds: readonly Id[],
): Promise<Map<Id, CeilingStanding>> {
  if (planIds.length === 0) return new Map()
  const { rows } = await sql<{ plan_id: Id; ceiling_yen: number; exposure_yen: number }>`
    with in_force as (
      select distinct on (plan_id) plan_id, (parameters ->> 'ceilingYen')::bigint as ceiling_yen from plan_version
      where plan_id = any(${[...new Set(planIds)]}::uuid[]) and state = 'active' and effective_from <= ${day}
        and (effective_to is null or effective_to >= ${day})
      order by plan_id, version desc)
    select f.plan_id, f.ceiling_yen, (select coalesce(sum(e.amount_yen), 0)::bigint from credit_exposure e
      where e.plan_id = f.plan_id and e.state <> 'ended') as exposure_yen
    from in_force f where f.ceiling_yen is not null`.execute(tx)
  return new Map(
    rows.map(row => [row.plan_id, { ceilingYen: row.ceiling_yen, exposureYen: row.exposure_yen }]),
  )
}

const yenWords = (value: Yen) => `${value.toLocaleString('ja-JP')}円`

function reasonBeyond({ ceilingYen, exposureYen }: CeilingStanding, ownYen: Yen): Reason {
  const others = exposureYen - ownYen
  const headroomYen = Math.max(0, ceilingYen - others)
  return {
    code: 'limit_must_cover_the_purchase',
    message: `商品枠${yenWords(ceilingYen)}、与信残高${yenWords(others)}、空き枠${yenWords(headroomYen)}です。`,
    facts: { limitKind: 'plan', headroomYen, askedYen: ownYen },
  }
}
