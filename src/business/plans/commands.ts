import { sql } from 'kysely'
import type { z } from 'zod'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { type Reason, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { currentCompany } from '../access/index.ts'
import {
  activatePlanVersion,
  changePlan,
  changePlanVersion,
  discardPlanVersion,
  draftPlan,
  draftPlanVersion,
  retirePlan,
} from './contract.ts'
import { planStatusLabels } from './labels.ts'
import { type VersionWords, versionChanges } from './parameter-lines.ts'
import { lastActivated, lockDraft, lockPlan, type Plan, type PlanVersion } from './records.ts'
import { reasonsForCompliance } from './rules/compliance.ts'
import { hindrancesToParameters } from './rules/parameters.ts'
import type { TransactionKind } from './tables.ts'
import './tables.ts'

type Written = Pick<
  z.output<typeof draftPlan.input>,
  'parameters' | 'advertised' | 'effectiveFrom' | 'effectiveTo' | 'note'
>

const CODE = /^[A-Z0-9][A-Z0-9_-]{0,19}$/

export const draft = defineCommand(draftPlan, {
  constraints: { plan_code_key: 'plan_code_must_be_free' },
  async run(context, input) {
    const { tx, actor, now } = context
    const code = input.code.normalize('NFKC').toUpperCase()
    const company = await currentCompany(tx)
    refuseAll(
      [
        ...(CODE.test(code) ? [] : [{ code: 'plan_code_must_be_readable', field: 'code' }]),
        ...(await reasonsAgainst(context, input, input.transactionKind)),
      ],
      'invalid',
    )
    const id = newId()
    await tx
      .insertInto('plan')
      .values({
        id,
        code,
        name: input.name,
        operated_by: input.operatedBy ?? company?.settings.legalName ?? '自社',
        transaction_kind: input.transactionKind,
        status: 'draft',
        created_by: actor.id,
        created_at: now.toISOString(),
      })
      .execute()
    const planVersionId = await insertDraft(context, id, 1, input)
    await context.record({
      verb: 'plan_drafted',
      subjects: subjectsOf({ id }, { id: planVersionId }),
      after: { code, name: input.name, ...changesAsValues(null, input).after },
      facts: { summary: `${code} ${input.name} 第1版` },
      reason: input.note,
    })
    return { id, planVersionId }
  },
})

export const change = defineCommand(changePlan, {
  async run(context, { planId, rowVersion, name, operatedBy }) {
    const plan = await lockPlan(context, planId, rowVersion)
    const operator = operatedBy ?? plan.operated_by
    refuseUnless(plan.status === 'draft' || operator === plan.operated_by, 'operator_must_stay', {
      field: 'operatedBy',
    })
    await setPlan(context, plan.id, { name, operated_by: operator })
    await context.record({
      verb: 'plan_changed',
      subjects: subjectsOf(plan),
      before: { name: plan.name, operatedBy: plan.operated_by },
      after: { name, operatedBy: operator },
      facts: { summary: `${plan.code} ${name}` },
    })
    return { id: plan.id, rowVersion: plan.row_version + 1 }
  },
})

export const draftVersion = defineCommand(draftPlanVersion, {
  constraints: { plan_version_one_draft: 'plan_must_have_one_draft' },
  async run(context, { planId, ...input }) {
    const plan = await lockPlan(context, planId)
    const { standing, newest } = await context.tx
      .selectFrom('plan_version')
      .select(eb => [
        eb.fn.max('version').as('newest'),
        sql<boolean>`coalesce(bool_or(state = 'draft'), false)`.as('standing'),
      ])
      .where('plan_id', '=', plan.id)
      .executeTakeFirstOrThrow()
    refuseUnless(!standing, 'plan_must_have_one_draft')
    refuseAll(await reasonsAgainst(context, input, plan.transaction_kind), 'invalid')
    const before = await lastActivated(context.tx, plan.id)
    const version = Number(newest) + 1
    const id = await insertDraft(context, plan.id, version, input)
    await context.record({
      verb: 'plan_version_drafted',
      subjects: subjectsOf(plan, { id }),
      ...changesAsValues(before, input),
      facts: { summary: `${plan.code} 第${version}版`, version },
      reason: input.note,
    })
    return { id, version }
  },
})

export const changeVersion = defineCommand(changePlanVersion, {
  async run(context, input) {
    const { plan, version } = await lockDraft(context, input)
    refuseAll(await reasonsAgainst(context, input, plan.transaction_kind), 'invalid')
    await setVersion(context, version, {
      ...columnsOf(input),
      writers: [...new Set([...version.writers, context.actor.id])],
    })
    await context.record({
      verb: 'plan_version_changed',
      subjects: subjectsOf(plan, version),
      ...changesAsValues(version, input),
      facts: { summary: `${plan.code} 第${version.version}版` },
    })
    return { id: version.id, rowVersion: version.row_version + 1 }
  },
})

export const discard = defineCommand(discardPlanVersion, {
  async run(context, { reason, ...which }) {
    const { plan, version } = await lockDraft(context, which)
    await setVersion(context, version, { state: 'discarded' })
    await context.record({
      verb: 'plan_version_discarded',
      subjects: subjectsOf(plan, version),
      facts: { summary: `${plan.code} 第${version.version}版` },
      reason,
    })
    return { id: version.id }
  },
})

/** Selling begins with two people's word; where FF §4.6 asks for it, the second is of compliance. */
export const activate = defineCommand(activatePlanVersion, {
  constraints: { plan_version_is_activated_by_two: 'approver_must_not_have_written_the_plan' },
  async critical(context, input): Promise<CriticalChange> {
    const { plan, version } = await lockDraft(context, input)
    refuseAll(await reasonsAgainst(context, wordsOf(version), plan.transaction_kind))
    const before = await lastActivated(context.tx, plan.id)
    const toCompliance = reasonsForCompliance(version.parameters)
    return {
      subject: { kind: 'plan', id: plan.id },
      related: [{ kind: 'plan_version', id: version.id }],
      summary: `商品の適用　${plan.code} ${plan.name} 第${version.version}版${toCompliance.length ? '（コンプライアンスの承認が必要）' : ''}`,
      readSet: [
        { table: 'plan', id: plan.id, version: plan.row_version },
        { table: 'plan_version', id: version.id, version: version.row_version },
      ],
      items: [
        {
          field: 'status',
          label: '商品の状態',
          old: planStatusLabels[plan.status],
          new: planStatusLabels.active,
        },
        ...toCompliance.map((reason, at) => ({
          field: `compliance.${at}`,
          label: 'コンプライアンスの確認事項',
          old: null,
          new: reason,
        })),
        ...versionChanges(before && wordsOf(before), wordsOf(version)).map(line => ({
          field: line.key,
          label: line.label,
          old: line.old,
          new: line.value,
        })),
      ],
      evidenceRequired: false,
      approve: toCompliance.length ? 'plans.approveSpecial' : 'plans.approve',
      mayNotApprove: version.writers,
    }
  },
  async run(context, input) {
    const { now, today, approval } = context
    if (!approval) throw new Error('a plan is activated by two people only')
    const { plan, version } = await lockDraft(context, input)
    refuseAll(await reasonsAgainst(context, wordsOf(version), plan.transaction_kind))
    // Never into the past: who applied yesterday applied under what was in force yesterday.
    const effectiveFrom =
      version.effective_from !== null && version.effective_from > today ? version.effective_from : today
    await setVersion(context, version, {
      state: 'active',
      effective_from: effectiveFrom,
      activated_by: approval.requestedBy,
      approved_by: approval.approvedBy,
      activated_at: now.toISOString(),
    })
    await setPlan(context, plan.id, { status: 'active' })
    await context.record({
      verb: 'plan_version_activated',
      subjects: subjectsOf(plan, version),
      before: { planStatus: plan.status },
      after: { planStatus: 'active', effectiveFrom },
      facts: { summary: `${plan.code} ${plan.name} 第${version.version}版 ${effectiveFrom}から` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: version.id, effectiveFrom }
  },
})

export const retire = defineCommand(retirePlan, {
  async run(context, { planId, rowVersion, reason }) {
    const plan = await lockPlan(context, planId, rowVersion)
    refuseUnless(plan.status === 'active', 'plan_must_be_active')
    await setPlan(context, plan.id, { status: 'retired' })
    await context.record({
      verb: 'plan_retired',
      subjects: subjectsOf(plan),
      before: { planStatus: plan.status },
      after: { planStatus: 'retired' },
      facts: { summary: `${plan.code} ${plan.name}` },
      reason,
    })
    return { id: plan.id }
  },
})

export const commands = [draft, change, draftVersion, changeVersion, discard, activate, retire]

const subjectsOf = (plan: { id: Id }, version?: { id: Id }) => [
  { kind: 'plan', id: plan.id },
  ...(version ? [{ kind: 'plan_version', id: version.id }] : []),
]

async function reasonsAgainst(
  { tx, today }: CommandContext,
  written: Pick<Written, 'parameters' | 'effectiveFrom' | 'effectiveTo'>,
  transactionKind: TransactionKind,
): Promise<Reason[]> {
  const lender = transactionKind === 'loan' ? await currentCompany(tx) : null
  return hindrancesToParameters(written.parameters, {
    transactionKind,
    effectiveFrom: written.effectiveFrom ?? null,
    effectiveTo: written.effectiveTo ?? null,
    today,
    lenderValidTo: lender?.settings.moneyLenderRegNo ? lender.settings.moneyLenderValidTo : null,
  })
}

const wordsOf = (version: PlanVersion): VersionWords => ({
  parameters: version.parameters,
  advertised: version.advertised,
  effectiveFrom: version.effective_from,
  effectiveTo: version.effective_to,
})

/** What changes, line by line in words, for the trail. */
function changesAsValues(before: PlanVersion | null, after: Written) {
  const changes = versionChanges(before && wordsOf(before), {
    ...after,
    effectiveFrom: after.effectiveFrom ?? null,
    effectiveTo: after.effectiveTo ?? null,
  })
  const said = (value: (change: (typeof changes)[number]) => string | null): Record<string, string | null> =>
    Object.fromEntries(changes.map(one => [one.label, value(one)]))
  return { before: before ? said(one => one.old) : {}, after: said(one => one.value) }
}

const columnsOf = (input: Written) => ({
  effective_from: input.effectiveFrom ?? null,
  effective_to: input.effectiveTo ?? null,
  parameters: JSON.stringify(input.parameters),
  advertised: JSON.stringify(input.advertised),
  note: input.note,
})

async function insertDraft(
  { tx, actor, now }: CommandContext,
  planId: Id,
  version: number,
  input: Written,
): Promise<Id> {
  const id = newId()
  await tx
    .insertInto('plan_version')
    .values({
      id,
      plan_id: planId,
      version,
      state: 'draft',
      ...columnsOf(input),
      drafted_by: actor.id,
      drafted_at: now.toISOString(),
      writers: [actor.id],
      activated_by: null,
      approved_by: null,
      activated_at: null,
    })
    .execute()
  return id
}

async function setPlan(
  { tx }: CommandContext,
  id: Id,
  values: Partial<Pick<Plan, 'name' | 'operated_by' | 'status'>>,
): Promise<void> {
  await tx
    .updateTable('plan')
    .set({ ...values, row_version: sql`row_version + 1` })
    .where('id', '=', id)
    .execute()
}

async function setVersion(
  { tx }: CommandContext,
  { id }: PlanVersion,
  values: Partial<
    Pick<
      PlanVersion,
      'state' | 'writers' | 'effective_from' | 'activated_by' | 'approved_by' | 'activated_at'
    >
  > &
    Partial<ReturnType<typeof columnsOf>>,
): Promise<void> {
  await tx
    .updateTable('plan_version')
    .set({ ...values, row_version: sql`row_version + 1` })
    .where('id', '=', id)
    .execute()
}
