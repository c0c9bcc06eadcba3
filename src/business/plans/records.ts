import { type Selectable, sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, type Reason, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db, Tables, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { type PlanParameters, storedParameters } from './parameters.ts'
import { versionInForce } from './rules/versions.ts'
import type { PlanStatus, TransactionKind } from './tables.ts'
import './tables.ts'

export type Plan = Selectable<Tables['plan']>
export type PlanVersion = Selectable<Tables['plan_version']>

/** The plan, locked until the end of the transaction; with `rowVersion`, refused when it has moved. */
export async function lockPlan({ tx }: CommandContext, planId: Id, rowVersion?: number): Promise<Plan> {
  const plan = found(
    await tx.selectFrom('plan').selectAll().where('id', '=', planId).forUpdate().executeTakeFirst(),
    'plan',
  )
  if (rowVersion !== undefined) refuseUnless(plan.row_version === rowVersion, 'record_must_be_unchanged')
  return plan
}

/** A draft version with its plan, both locked, the plan first as everywhere. */
export async function lockDraft(
  context: CommandContext,
  { planVersionId, rowVersion }: { planVersionId: Id; rowVersion?: number },
): Promise<{ plan: Plan; version: PlanVersion }> {
  const { plan_id } = found(
    await context.tx
      .selectFrom('plan_version')
      .select('plan_id')
      .where('id', '=', planVersionId)
      .executeTakeFirst(),
    'plan_version',
  )
  const plan = await lockPlan(context, plan_id)
  const version = found(
    await context.tx
      .selectFrom('plan_version')
      .selectAll()
      .where('id', '=', planVersionId)
      .forUpdate()
      .executeTakeFirst(),
    'plan_version',
  )
  if (rowVersion !== undefined) refuseUnless(version.row_version === rowVersion, 'record_must_be_unchanged')
  refuseUnless(version.state === 'draft', 'plan_version_must_be_a_draft')
  return { plan, version: readVersion(version) }
}

/** The version the next one is compared with: the newest that was activated. */
export async function lastActivated(tx: Db | Tx, planId: Id): Promise<PlanVersion | null> {
  const row = await tx
    .selectFrom('plan_version')
    .selectAll()
    .where('plan_id', '=', planId)
    .where('state', '=', 'active')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? readVersion(row) : null
}

/** A stored version as it reads today. */
export const readVersion = (row: PlanVersion): PlanVersion => ({
  ...row,
  parameters: storedParameters(row.parameters),
})

/** A version with what its plan is, for whoever deals under it. */
export interface PlanUsed {
  planVersionId: Id
  planId: Id
  planSeenNo: number
  code: string
  name: string
  version: number
  status: PlanStatus
  transactionKind: TransactionKind
  parameters: PlanParameters
}

/** The versions by id, whatever became of them since: what was agreed under one keeps it. */
export async function planVersions(tx: Db | Tx, ids: readonly Id[]): Promise<Map<Id, PlanUsed>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('plan_version as v')
    .innerJoin('plan as p', 'p.id', 'v.plan_id')
    .select(['v.id', 'v.plan_id', 'v.version', 'v.parameters'])
    .select(['p.seen_no', 'p.code', 'p.name', 'p.status', 'p.transaction_kind'])
    .where('v.id', '=', sql<string>`any(${[...new Set(ids)]}::uuid[])`)
    .execute()
  return new Map(
    rows.map(row => [
      row.id,
      {
        planVersionId: row.id,
        planId: row.plan_id,
        planSeenNo: row.seen_no,
        code: row.code,
        name: row.name,
        version: row.version,
        status: row.status,
        transactionKind: row.transaction_kind,
        parameters: storedParameters(row.parameters),
      },
    ]),
  )
}

/** The version with why no new application may be taken under it on a day: retired, not the one in force, or no purchase (FF §5). */
export async function planToApply(
  tx: Db | Tx,
  planVersionId: Id,
  day: IsoDate,
): Promise<{ plan: PlanUsed; hindrances: Reason[] }> {
  const plan = found((await planVersions(tx, [planVersionId])).get(planVersionId), 'plan_version')
  const all = await tx
    .selectFrom('plan_version')
    .select(['version', 'state', 'effective_from', 'effective_to'])
    .where('plan_id', '=', plan.planId)
    .execute()
  const inForce = versionInForce(
    all.map(one => ({ ...one, effectiveFrom: one.effective_from, effectiveTo: one.effective_to })),
    day,
  )
  const hindrances: Reason[] = []
  if (plan.status !== 'active' || inForce?.version !== plan.version)
    hindrances.push({ code: 'plan_must_be_in_force', field: 'planVersionId' })
  if (plan.transactionKind !== 'purchase')
    hindrances.push({ code: 'plan_must_be_a_purchase', field: 'planVersionId' })
  return { plan, hindrances }
}
