import { sql } from 'kysely'
import type { z } from 'zod'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { type Reason, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { authorityInForce, levelFor } from '../approvals/index.ts'
import { companiesOf, lockParty } from '../parties/index.ts'
import { grantLimit, liftSuspension, revokeLimit, suspendLimit } from './contract.ts'
import { limitKindLabels, termLabels } from './labels.ts'
import { lockLimit, type StoredLimit, subjectsOf } from './records.ts'
import { type LimitTerms, limitDirection } from './rules/limit-direction.ts'
import './tables.ts'

type Grant = z.output<typeof grantLimit.input>

/** Sets a limit; the rule of directions says whether it waits (DD group 12: raise, lift, activate two; lower, suspend at once). */
export const grant = defineCommand(grantLimit, {
  constraints: {
    credit_limit_one_permanent: 'limit_must_stand',
    credit_limit_one_per_company: 'company_must_have_one_limit',
  },
  async critical(context, input): Promise<CriticalChange | null> {
    const { party, own, standing, review } = await prepared(context, input)
    const direction = limitDirection(standing ? termsOf(standing) : null, newTerms(input))
    if (direction.decision === 'at_once') return null
    return {
      subject: { kind: 'party', id: party.id },
      ...(input.secondSubjectId ? { related: [{ kind: 'party', id: input.secondSubjectId }] } : {}),
      summary: `${limitKindLabels[input.limitKind]}の${standing ? '改定' : '設定'}　${party.legal_name}　${amountText(input)}`,
      readSet: [...new Set([standing, own])].flatMap(limit =>
        limit ? [{ table: 'credit_limit', id: limit.id, version: limit.row_version }] : [],
      ),
      items: [
        {
          field: 'kind',
          label: '枠の種別',
          old: null,
          new: `${limitKindLabels[input.limitKind]}（${termLabels[input.term]}）`,
        },
        {
          field: 'amount',
          label: '限度額',
          old: standing ? storedAmount(standing) : null,
          new: amountText(input),
        },
        {
          field: 'inForceFrom',
          label: '開始日',
          old: standing?.in_force_from ?? null,
          new: input.inForceFrom,
        },
        {
          field: 'inForceTo',
          label: '終了日',
          old: standing?.in_force_to ?? null,
          new: input.inForceTo ?? null,
        },
        {
          field: 'reviewDueOn',
          label: '見直し期日',
          old: standing?.review_due_on ?? null,
          new: input.reviewDueOn,
        },
        { field: 'grounds', label: '根拠', old: standing?.grounds ?? null, new: input.grounds },
        ...(review ? [{ field: 'review', label: '根拠にする審査', old: null, new: review }] : []),
      ],
      evidenceRequired: false,
      approve: 'credit.approve',
      ...(input.limitYen === null || input.limitYen === undefined ? {} : { amountYen: input.limitYen }),
    }
  },
  async run(context, input) {
    const { tx, actor, now, approval } = context
    const { party, own, standing } = await prepared(context, input)
    const level = await approvalLevel(context, input.limitYen ?? null)
    const at = now.toISOString()
    if (own) await closeLimit(context, own.id, 'superseded_at')
    if (standing && standing.id !== own?.id)
      await tx.updateTable('credit_limit').set({ set_aside: true }).where('id', '=', standing.id).execute()
    const id = newId()
    const row = await tx
      .insertInto('credit_limit')
      .values({
        id,
        limit_kind: input.limitKind,
        subject_id: input.subjectId,
        second_subject_id: input.secondSubjectId ?? null,
        term: input.term,
        limit_yen: input.limitYen ?? null,
        limit_ppm: input.limitPpm ?? null,
        in_force_from: input.inForceFrom,
        in_force_to: input.inForceTo ?? null,
        review_due_on: input.reviewDueOn,
        assessed_on: input.assessedOn,
        grounds: input.grounds,
        requested_by: approval?.requestedBy ?? actor.id,
        approved_by: approval?.approvedBy ?? null,
        granted_at: at,
        suspended_at: own?.suspended_at ?? null,
        suspended_reason: own?.suspended_reason ?? null,
        revoked_at: null,
        superseded_at: null,
        review_id: input.reviewId ?? null,
        authority_level: level,
      })
      .returning('limit_no')
      .executeTakeFirstOrThrow()
    await context.record({
      verb: standing ? 'limit_changed' : 'limit_granted',
      subjects: [
        { kind: 'limit', id },
        ...[...new Set([standing?.id, own?.id])].flatMap(known =>
          known ? [{ kind: 'limit', id: known }] : [],
        ),
        { kind: 'party', id: party.id },
        ...(input.secondSubjectId ? [{ kind: 'party', id: input.secondSubjectId }] : []),
      ],
      before: standing ? { amount: storedAmount(standing), inForceTo: standing.in_force_to } : {},
      after: {
        amount: amountText(input),
        inForceFrom: input.inForceFrom,
        inForceTo: input.inForceTo ?? null,
        ...(level === null ? {} : { authorityLevel: level }),
      },
      facts: { summary: `${limitKindLabels[input.limitKind]} ${amountText(input)}` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id, limitNo: row.limit_no }
  },
})

/** Stops new purchases against a limit at once; the reason is shown to whoever is refused. */
export const suspend = defineCommand(suspendLimit, {
  async run(context, { limitId, reason }) {
    const limit = await lockLimit(context, limitId)
    refuseUnless(limit.suspended_at === null, 'limit_must_not_be_suspended')
    await context.tx
      .updateTable('credit_limit')
      .set({
        suspended_at: context.now.toISOString(),
        suspended_reason: reason,
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', limit.id)
      .execute()
    await context.record({
      verb: 'limit_suspended',
      subjects: subjectsOf(limit),
      facts: { summary: limit.limit_no },
      reason,
    })
    return { id: limit.id }
  },
})

/** Stops every standing limit of a party's company, client or debtor, at once; answers which. For slices that see why. */
export async function suspendLimitsOf(context: CommandContext, partyId: Id, reason: string): Promise<Id[]> {
  const standing = await context.tx
    .selectFrom('credit_limit')
    .select('id')
    .where('company_id', '=', eb =>
      eb.selectFrom('party_identity').select('identity_id').where('party_id', '=', partyId),
    )
    .where('revoked_at', 'is', null)
    .where('superseded_at', 'is', null)
    .where('suspended_at', 'is', null)
    .orderBy('id')
    .execute()
  for (const limit of standing)
    await suspend.run(context, { limitId: limit.id, reason: reason.slice(0, 500) })
  return standing.map(limit => limit.id)
}

export const lift = defineCommand(liftSuspension, {
  async critical(context, { limitId }): Promise<CriticalChange> {
    const limit = await lockLimit(context, limitId)
    refuseUnless(limit.suspended_at !== null, 'limit_must_be_suspended')
    const party = await lockParty(context, limit.subject_id)
    return {
      subject: { kind: 'party', id: party.id },
      summary: `${limitKindLabels[limit.limit_kind]}の停止解除　${party.legal_name}`,
      readSet: [{ table: 'credit_limit', id: limit.id, version: limit.row_version }],
      items: [{ field: 'state', label: '状態', old: `停止中（${limit.suspended_reason}）`, new: '有効' }],
      evidenceRequired: false,
      approve: 'credit.approve',
      ...(limit.limit_yen === null ? {} : { amountYen: limit.limit_yen }),
    }
  },
  async run(context, { limitId, change }) {
    const limit = await lockLimit(context, limitId)
    refuseUnless(limit.suspended_at !== null, 'limit_must_be_suspended')
    await context.tx
      .updateTable('credit_limit')
      .set({ suspended_at: null, suspended_reason: null, row_version: sql`row_version + 1` })
      .where('id', '=', limit.id)
      .execute()
    await context.record({
      verb: 'limit_suspension_lifted',
      subjects: subjectsOf(limit),
      facts: { summary: limit.limit_no },
      reason: change.reasonText,
      evidence: change.evidence,
    })
    return { id: limit.id }
  },
})

export const revoke = defineCommand(revokeLimit, {
  async run(context, { limitId, reason }) {
    const limit = await lockLimit(context, limitId)
    await closeLimit(context, limit.id, 'revoked_at')
    await keepAsDecision(context, limit)
    await context.record({
      verb: 'limit_revoked',
      subjects: subjectsOf(limit),
      facts: { summary: limit.limit_no },
      reason,
    })
    return { id: limit.id }
  },
})

export const commands = [grant, suspend, lift, revoke]

async function prepared(context: CommandContext, input: Grant) {
  refuseAll(reasonsAgainst(input, context.today), 'invalid')
  const party = await lockParty(context, input.subjectId)
  if (input.secondSubjectId) await lockParty(context, input.secondSubjectId)
  const review = input.reviewId ? await reviewBehind(context, input, input.reviewId) : null
  if (input.term === 'temporary') return { party, own: undefined, standing: undefined, review }
  const limits = await permanentLimits(context, input)
  const own = limits.find(
    limit =>
      limit.subject_id === input.subjectId && limit.second_subject_id === (input.secondSubjectId ?? null),
  )
  return { party, own, standing: limits.find(limit => !limit.set_aside), review }
}

/** The review a limit rests on, in words: decided for the same company, not declined, and recommending at least as much (DD group 5). */
async function reviewBehind({ tx }: CommandContext, input: Grant, reviewId: Id): Promise<string> {
  const companies = await companiesOf(tx, [input.subjectId])
  const { rows } = await sql<{ review_no: string; outcome: string; recommended_yen: number | null }>`
    select review_no, outcome, recommended_yen from decided_review(${reviewId}, ${companies.get(input.subjectId) ?? input.subjectId})`.execute(
    tx,
  )
  const review = rows[0]
  refuseUnless(review !== undefined, 'review_must_be_decided', { kind: 'invalid', field: 'reviewId' })
  refuseUnless(review.recommended_yen !== null, 'review_must_not_decline', {
    kind: 'invalid',
    field: 'reviewId',
  })
  refuseUnless((input.limitYen ?? 0) <= review.recommended_yen, 'limit_must_not_exceed_the_recommendation', {
    kind: 'invalid',
    field: 'limitYen',
    message: `限度額が、審査 ${review.review_no} の推奨限度額 ${review.recommended_yen.toLocaleString('ja-JP')}円を超えています。`,
  })
  return `${review.review_no}（推奨 ${review.recommended_yen.toLocaleString('ja-JP')}円）`
}

/** Every rule the terms of a limit break (DD group 5). */
function reasonsAgainst(input: Grant, today: string): Reason[] {
  const reasons: Reason[] = []
  const isShare = input.limitKind === 'concentration'
  if (
    isShare !== Boolean(input.limitPpm) ||
    isShare === (input.limitYen !== null && input.limitYen !== undefined)
  )
    reasons.push({ code: 'amount_must_fit_the_kind', field: isShare ? 'limitPpm' : 'limitYen' })
  if ((input.limitKind === 'pair') !== Boolean(input.secondSubjectId))
    reasons.push({ code: 'pair_must_name_both', field: 'secondSubjectId' })
  if (input.term === 'temporary' && !input.inForceTo)
    reasons.push({ code: 'temporary_limit_must_end', field: 'inForceTo' })
  if (input.inForceTo && input.inForceTo < input.inForceFrom)
    reasons.push({ code: 'period_must_be_forward', field: 'inForceTo' })
  if (input.reviewDueOn <= today) reasons.push({ code: 'review_must_be_ahead', field: 'reviewDueOn' })
  if (input.assessedOn > today)
    reasons.push({ code: 'assessment_must_not_be_in_the_future', field: 'assessedOn' })
  return reasons
}

/**
 * The company's permanent limits of the kind: the one in force, and those a merge set aside. A new limit takes the place of the one on
 * the same record, and sets the one in force aside when it stands on another: undoing the merge gives that back.
 */
export async function permanentLimits({ tx }: CommandContext, input: Grant) {
  const companies = await companiesOf(tx, [input.subjectId, input.secondSubjectId ?? input.subjectId])
  const second = input.secondSubjectId ? companies.get(input.secondSubjectId)! : null
  return tx
    .selectFrom('credit_limit')
    .selectAll()
    .where('limit_kind', '=', input.limitKind)
    .where('company_id', '=', companies.get(input.subjectId)!)
    .where('second_company_id', second ? '=' : 'is', second)
    .where('term', '=', 'permanent')
    .where('revoked_at', 'is', null)
    .where('superseded_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** The level of authority by which the approver decided (DD group 5, authority_level); null without a table, or where nobody had to approve. */
async function approvalLevel(context: CommandContext, amountYen: number | null): Promise<string | null> {
  if (!context.approval) return null
  const [rules, approver] = await Promise.all([
    authorityInForce(context.tx),
    context.loadActor(context.approval.approvedBy),
  ])
  return levelFor(rules, { permission: 'credit.approve', amountYen }, approver?.roles ?? []) ?? null
}

function termsOf(limit: StoredLimit): LimitTerms {
  return {
    state: limit.suspended_at ? 'suspended' : 'in_force',
    amount: limit.limit_yen ?? limit.limit_ppm ?? 0,
    inForceFrom: limit.in_force_from,
    inForceTo: limit.in_force_to,
  }
}

function newTerms(input: Grant): LimitTerms {
  return {
    state: 'in_force',
    amount: input.limitYen ?? input.limitPpm ?? 0,
    inForceFrom: input.inForceFrom,
    inForceTo: input.inForceTo ?? null,
  }
}

function amountText(input: Grant): string {
  return input.limitPpm ? `${input.limitPpm / 10_000}%` : `${(input.limitYen ?? 0).toLocaleString('ja-JP')}円`
}

function storedAmount(limit: StoredLimit): string {
  return limit.limit_ppm
    ? `${limit.limit_ppm / 10_000}%`
    : `${(limit.limit_yen ?? 0).toLocaleString('ja-JP')}円`
}

/** A revoked limit stays the company's answer: no other record's limit comes back into force by it. */
async function keepAsDecision({ tx }: CommandContext, limit: StoredLimit): Promise<void> {
  if (limit.term !== 'permanent' || limit.set_aside) return
  await sql`insert into limit_choice (id, merge_id, limit_id)
    select ${newId()}, max(merge_id::text)::uuid, ${limit.id} from party_identity
    where identity_id in (${limit.company_id}, ${limit.second_company_id}) and merge_id is not null
    having max(merge_id::text) is not null
    on conflict (merge_id, limit_id) do update set id = excluded.id`.execute(tx)
}

async function closeLimit(
  { tx, now }: CommandContext,
  id: Id,
  how: 'superseded_at' | 'revoked_at',
): Promise<void> {
  await tx
    .updateTable('credit_limit')
    .set({ [how]: now.toISOString(), row_version: sql`row_version + 1` })
    .where('id', '=', id)
    .execute()
}
