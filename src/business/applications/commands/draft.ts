import { sql } from 'kysely'
import type { z } from 'zod'
import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, type Reason, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { currentCompany, hoursRuleOf } from '../../access/index.ts'
import { applyFirst, decideFirst, eventValues } from '../../customization/index.ts'
import { lockParty, raiseStage, sameCompany } from '../../parties/index.ts'
import {
  assignApplication,
  changeApplication,
  draftApplication,
  endApplication,
  submitApplication,
} from '../contract.ts'
import {
  closeQuote,
  endClaims,
  lockApplication,
  movedEvent,
  refuseStep,
  setApplication,
  subjectsOf,
} from '../records.ts'
import { initialItems } from '../rules/checklist.ts'
import { CLOCK_POLICY, planClockPolicy } from '../rules/clock.ts'
import {
  askForPlanItems,
  changePlan,
  insertItems,
  planToTake,
  planWords,
  refuseBeyondCeiling,
} from '../under-plan.ts'

type Asked = Omit<z.output<typeof changeApplication.input>, 'applicationId' | 'rowVersion'>

export const draft = defineCommand(draftApplication, {
  async run(context, input) {
    const { tx, actor, now, today } = context
    const party = await lockParty(context, input.clientId)
    const { plan, reasons } = await planToTake(context, input.planVersionId, {
      party,
      requestedYen: input.requestedYen,
      channel: input.channel,
      form: input.form,
    })
    refuseAll([...reasonsAgainst(input), ...reasons], 'invalid')
    await refuseClient(context, input.clientId)
    const id = newId()
    const record = { kind: 'application' as const, id, dataSubjectId: input.clientId }
    const own = await decideFirst(context, record, input.custom)
    const { application_no } = await tx
      .insertInto('application')
      .values({
        id,
        application_no:
          sql`${`AP-${today.slice(0, 4)}-`}::text || to_char(nextval('application_no_seq'), 'FM999999000000')` as never,
        client_id: input.clientId,
        form: input.form,
        plan_version_id: plan?.planVersionId ?? null,
        ...(await askedColumns(context, input)),
        owner_id: actor.id,
        state: 'draft',
        state_at: now.toISOString(),
        clock_policy: plan ? planClockPolicy(plan) : CLOCK_POLICY,
        submitted_at: null,
        clock_started_at: null,
        decision_due: null,
        funding_due: null,
        paused_since: null,
        decided_at: null,
        first_decision: null,
        decision_reason: null,
        decided_by: null,
        drafted_by: actor.id,
        drafted_at: now.toISOString(),
        ended_at: null,
      })
      .returning('application_no')
      .executeTakeFirstOrThrow()
    await applyFirst(context, own)
    await insertItems(context, id, initialItems(input.form, party.party_kind, plan?.parameters.documents))
    await context.record({
      verb: 'application_drafted',
      subjects: subjectsOf({ id, client_id: input.clientId }),
      after: {
        applicationNo: application_no,
        channel: input.channel,
        ...(plan && { plan: planWords(plan) }),
        requestedYen: input.requestedYen,
        neededBy: input.neededBy ?? null,
        ...eventValues(own.items, 'newText'),
      },
      facts: { summary: `${application_no}　希望額 ${input.requestedYen.toLocaleString('ja-JP')}円` },
    })
    return { id, applicationNo: application_no }
  },
})

export const change = defineCommand(changeApplication, {
  async run(context, { applicationId, rowVersion, ...input }) {
    const row = await lockApplication(context, { applicationId, rowVersion })
    refuseUnless(
      ['draft', 'submitted', 'docs_pending', 'screening', 'in_review'].includes(row.state),
      'application_must_be_editable',
    )
    refuseAll(reasonsAgainst(input), 'invalid')
    const plan = await changePlan(context, row, input)
    const next = await askedColumns(context, input)
    const asked = Object.keys(next) as (keyof typeof next)[]
    refuseUnless(
      plan.changed || asked.some(column => next[column] !== row[column]),
      'something_must_change',
      {
        kind: 'invalid',
      },
    )
    const version = await setApplication(context, row, { ...next, ...plan.columns })
    if (plan.changed) {
      await askForPlanItems(context, row, plan.plan)
      await refuseBeyondCeiling(context, plan.claimIds)
    }
    await context.record({
      verb: 'application_changed',
      subjects: subjectsOf(row),
      before: { ...wordsOf(row), ...(await originWords(context, row)), ...plan.before },
      after: { ...wordsOf(next), ...(await originWords(context, next)), ...plan.after },
      facts: { summary: row.application_no },
    })
    return { id: row.id, rowVersion: version }
  },
})

type AskedColumns = Awaited<ReturnType<typeof askedColumns>>
const wordsOf = (row: Omit<AskedColumns, 'channel'> & { channel: AskedColumns['channel'] | null }) => ({
  channel: row.channel,
  campaign: row.campaign,
  requestedYen: row.requested_yen,
  neededBy: row.needed_by,
  previousFactorName: row.previous_factor_name,
  previousFactorEndedOn: row.previous_factor_ended_on,
  previousFactorOpenYen: row.previous_factor_open_yen,
})

/** Who and what brought the application, by name and number. */
async function originWords(
  { tx }: CommandContext,
  { broker_id, inquiry_id }: Pick<AskedColumns, 'broker_id' | 'inquiry_id'>,
) {
  const broker = broker_id
    ? await tx.selectFrom('party').select('legal_name').where('id', '=', broker_id).executeTakeFirst()
    : null
  const inquiry = inquiry_id
    ? await tx.selectFrom('inquiry').select('inquiry_no').where('id', '=', inquiry_id).executeTakeFirst()
    : null
  return { brokerId: broker?.legal_name ?? null, inquiryNo: inquiry?.inquiry_no ?? null }
}

function reasonsAgainst(input: Asked): Reason[] {
  const further = input.previousFactorEndedOn ?? input.previousFactorOpenYen ?? null
  return input.previousFactorName || further === null
    ? []
    : [{ code: 'previous_factor_must_be_named', field: 'previousFactorName' }]
}

async function askedColumns({ tx }: CommandContext, input: Asked) {
  let inquiryId: Id | null = null
  if (input.inquiryNo) {
    const inquiry = await tx
      .selectFrom('inquiry')
      .select('id')
      .where('inquiry_no', '=', input.inquiryNo.normalize('NFKC').toUpperCase())
      .executeTakeFirst()
    refuseUnless(inquiry !== undefined, 'inquiry_must_exist', { kind: 'invalid', field: 'inquiryNo' })
    inquiryId = inquiry.id
  }
  if (input.brokerId) {
    const broker = await tx
      .selectFrom('party')
      .select('roles')
      .where('id', '=', input.brokerId)
      .executeTakeFirst()
    refuseUnless(found(broker, 'party').roles.includes('broker'), 'broker_must_have_the_role', {
      kind: 'invalid',
      field: 'brokerId',
    })
  }
  return {
    channel: input.channel,
    campaign: input.campaign ?? null,
    broker_id: input.brokerId ?? null,
    inquiry_id: inquiryId,
    requested_yen: input.requestedYen,
    needed_by: input.neededBy ?? null,
    previous_factor_name: input.previousFactorName ?? null,
    previous_factor_ended_on: input.previousFactorEndedOn ?? null,
    previous_factor_open_yen: input.previousFactorOpenYen ?? null,
  }
}

/** A company is what its records are together: one of them is a client, and none is stopped. */
export async function refuseClient({ tx }: CommandContext, clientId: Id): Promise<void> {
  const records = await tx
    .selectFrom('party')
    .select(['roles', 'status'])
    .where('id', 'in', sameCompany(clientId))
    .execute()
  const reasons: Reason[] = []
  if (!records.some(record => record.roles.includes('client')))
    reasons.push({ code: 'party_must_have_the_role', field: 'clientId' })
  if (records.some(record => record.status !== 'normal'))
    reasons.push({ code: 'party_must_not_be_stopped', field: 'clientId' })
  refuseAll(reasons)
}

export const submit = defineCommand(submitApplication, {
  async run(context, which) {
    const { now } = context
    const row = await lockApplication(context, which)
    await refuseStep(context, row, 'submitted')
    await refuseClient(context, row.client_id)
    const party = await context.tx
      .selectFrom('party')
      .select(['party_kind', 'industry_code'])
      .where('id', '=', row.client_id)
      .executeTakeFirstOrThrow()
    // The version must still be sold on the day it is applied for; from then on it is kept.
    const { reasons } = await planToTake(context, row.plan_version_id, {
      party,
      requestedYen: row.requested_yen,
      channel: row.channel,
      form: row.form,
    })
    refuseAll(reasons)
    await raiseStage(context, row.client_id, 'applied')
    const rowVersion = await setApplication(context, row, {
      state: 'submitted',
      submitted_at: now.toISOString(),
      clock_started_at: now.toISOString(),
      clock_hours: hoursRuleOf((await currentCompany(context.tx))?.settings),
    })
    const due = await context.tx
      .selectFrom('application')
      .select(['decision_due as decisionDue', 'funding_due as fundingDue'])
      .where('id', '=', row.id)
      .executeTakeFirstOrThrow()
    await context.record({
      verb: 'application_submitted',
      subjects: subjectsOf(row),
      before: { applicationState: row.state },
      after: { applicationState: 'submitted', ...due },
      facts: { summary: row.application_no },
    })
    return { id: row.id, rowVersion, ...due }
  },
})

export const end = defineCommand(endApplication, {
  async run(context, { to, reason, ...which }) {
    const row = await lockApplication(context, which)
    const from = await refuseStep(context, row, to)
    await closeQuote(context, row.id, to === 'expired' ? 'expired' : 'withdrawn')
    const rowVersion = await setApplication(context, row, { state: to })
    await context.record(movedEvent(row, to, { from, reason }))
    await endClaims(context, row, to, reason)
    return { id: row.id, rowVersion }
  },
})

export const assign = defineCommand(assignApplication, {
  async run(context, { ownerId, reason, ...which }) {
    const row = await lockApplication(context, which)
    const owner = await context.tx
      .selectFrom('staff_member')
      .select('id')
      .where('id', '=', ownerId)
      .where('left_at', 'is', null)
      .executeTakeFirst()
    refuseUnless(owner !== undefined, 'owner_must_be_staff', { kind: 'invalid', field: 'ownerId' })
    const rowVersion = await setApplication(context, row, { owner_id: ownerId })
    await context.record({
      verb: 'application_assigned',
      subjects: subjectsOf(row),
      before: { ownerId: row.owner_id },
      after: { ownerId },
      facts: { summary: row.application_no },
      ...(reason ? { reason } : {}),
    })
    return { id: row.id, rowVersion }
  },
})
