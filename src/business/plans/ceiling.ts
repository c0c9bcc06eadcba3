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
  const planIds = own.map(claim => claim.planId)
  const before = await ceilingsOfPlans(tx, today, planIds)
  if (before.size === 0) return new Map()
  if (lock) {
    const operators = [...before.values()].flatMap(all => all.flatMap(one => one.sharedBy ?? []))
    await sql`select id from plan where id = any(${[...before.keys()]}::uuid[]) or operated_by = any(${[...new Set(operators)]}::text[])
      order by id for no key update`.execute(tx)
  }
  const standing = await ceilingsOfPlans(tx, today, planIds)
  return new Map(
    own.flatMap(({ receivableId, planId, ownYen }) => {
      const beyond = standing.get(planId)?.find(one => one.exposureYen > one.ceilingYen)
      return beyond ? [[receivableId, reasonBeyond(beyond, ownYen)] as const] : []
    }),
  )
}

export interface CeilingStanding {
  ceilingYen: Yen
  /** Everything at risk under the plan, or under all plans of the operator where they share it; committed and paid. */
  exposureYen: Yen
  /** The operator whose plans share the ceiling; null: the plan's own. */
  sharedBy: string | null
}

const headroomOf = ({ ceilingYen, exposureYen }: CeilingStanding) => ceilingYen - exposureYen

/** The ceiling that leaves least to each of the plans which have one on a day, its own or that shared by its operator's plans. */
export async function standings(
  tx: Db | Tx,
  day: IsoDate,
  planIds: readonly Id[],
): Promise<Map<Id, CeilingStanding>> {
  const all = await ceilingsOfPlans(tx, day, planIds)
  return new Map(
    [...all].map(([planId, ceilings]) => [
      planId,
      ceilings.reduce((least, one) => (headroomOf(one) < headroomOf(least) ? one : least)),
    ]),
  )
}

/**
 * Every ceiling that binds each plan on a day, with what stands at risk under it: that of the plan's version in force (the newest between its
 * dates), and those which other plans of its operator declare shared (FF §5, operated_by; a plan no longer sold shares none).
 */
async function ceilingsOfPlans(
  tx: Db | Tx,
  day: IsoDate,
  planIds: readonly Id[],
): Promise<Map<Id, CeilingStanding[]>> {
  if (planIds.length === 0) return new Map()
  const { rows } = await sql<{
    plan_id: Id
    ceiling_yen: number
    exposure_yen: number
    shared_by: string | null
  }>`
    with asked as (select id, operated_by from plan where id = any(${[...new Set(planIds)]}::uuid[])),
    in_force as (
      select distinct on (v.plan_id) v.plan_id, p.operated_by, p.status, (v.parameters ->> 'ceilingYen')::bigint as ceiling_yen,
        coalesce(v.parameters ->> 'ceilingScope', 'plan') = 'operator' as shared
      from plan_version v join plan p on p.id = v.plan_id
      where p.operated_by in (select operated_by from asked) and v.state = 'active' and v.effective_from <= ${day}
        and (v.effective_to is null or v.effective_to >= ${day})
      order by v.plan_id, v.version desc)
    select a.id as plan_id, f.ceiling_yen, case when f.shared then f.operated_by end as shared_by,
      (select coalesce(sum(e.amount_yen), 0)::bigint from credit_exposure e where e.state <> 'ended' and e.plan_id = any(
        case when f.shared then array(select o.id from plan o where o.operated_by = a.operated_by) else array[a.id] end)) as exposure_yen
    from asked a join in_force f on f.operated_by = a.operated_by and f.ceiling_yen is not null
      and (f.plan_id = a.id or f.shared and f.status <> 'retired')
    order by a.id, f.plan_id`.execute(tx)
  const all = new Map<Id, CeilingStanding[]>()
  for (const row of rows) {
    const one = { ceilingYen: row.ceiling_yen, exposureYen: row.exposure_yen, sharedBy: row.shared_by }
    all.set(row.plan_id, [...(all.get(row.plan_id) ?? []), one])
  }
  return all
}

const yenWords = (value: Yen) => `${value.toLocaleString('ja-JP')}円`

function reasonBeyond({ ceilingYen, exposureYen, sharedBy }: CeilingStanding, ownYen: Yen): Reason {
  const others = exposureYen - ownYen
  const headroomYen = Math.max(0, ceilingYen - others)
  return {
    code: 'limit_must_cover_the_purchase',
    message: `商品枠${sharedBy ? `（${sharedBy}の全商品で共有）` : ''}${yenWords(ceilingYen)}、与信残高${yenWords(others)}、空き枠${yenWords(headroomYen)}です。`,
    facts: { limitKind: 'plan', headroomYen, askedYen: ownYen },
  }
}
