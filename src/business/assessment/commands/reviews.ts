import type { z } from 'zod'
import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseUnless } from '../../../platform/commands/refusal.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { applyFirst, decideFirst, eventValues } from '../../customization/index.ts'
import { decideReview, draftReview, reviseReview, withdrawReview } from '../contract.ts'
import { outcomeLabels, subjectRoleLabels } from '../labels.ts'
import { lockCompany, raised, refuseInvalid, rulesInForce } from '../records.ts'
import { type ReviewFacts, reasonsAgainstDecision, reasonsAgainstReview } from '../rules/basis.ts'

type Content = Omit<z.output<typeof reviseReview.input>, 'reviewId' | 'rowVersion'>

const constraints = { decided_review_stays: 'review_must_be_a_draft' } as const

export const draft = defineCommand(draftReview, {
  async run(context, input) {
    const { tx, actor, now, today } = context
    const { party, company } = await lockCompany(context, input.partyId)
    refuseUnless(company.roles.includes(input.subjectRole), 'party_must_have_the_role', {
      kind: 'invalid',
      field: 'subjectRole',
    })
    refuseInvalid(reasonsAgainstReview(factsOf(input), today))
    const id = newId()
    const record = { kind: 'credit_review' as const, id, dataSubjectId: party.id }
    const own = await decideFirst(context, record, input.custom)
    const { review_no } = await tx
      .insertInto('credit_review')
      .values({
        id,
        party_id: party.id,
        subject_role: input.subjectRole,
        assessed_by: actor.id,
        ...columnsOf(input),
        state: 'draft',
        decided_by: null,
        decided_at: null,
        rules_version: null,
        withdrawn_reason: null,
        recorded_at: now.toISOString(),
      })
      .returning('review_no')
      .executeTakeFirstOrThrow()
    await applyFirst(context, own)
    await context.record({
      verb: 'credit_review_drafted',
      subjects: subjectsOf({ id, party_id: party.id }),
      after: {
        ...said(input),
        subjectRole: input.subjectRole,
        ...eventValues(own.items, 'newText'),
      },
      facts: { summary: `${review_no} ${subjectRoleLabels[input.subjectRole]}` },
      evidence: input.evidence,
    })
    return { id, reviewNo: review_no }
  },
})

export const revise = defineCommand(reviseReview, {
  constraints,
  async run(context, input) {
    const review = await lockDraft(context, input.reviewId, input.rowVersion)
    refuseInvalid(reasonsAgainstReview(factsOf(input), context.today))
    await context.tx
      .updateTable('credit_review')
      .set({ ...columnsOf(input), row_version: raised })
      .where('id', '=', review.id)
      .execute()
    await context.record({
      verb: 'credit_review_revised',
      subjects: subjectsOf(review),
      before: said(storedContent(review)),
      after: said(input),
      facts: { summary: review.review_no },
      evidence: input.evidence,
    })
    return { id: review.id }
  },
})

/** Nobody can change it afterwards; two people stand behind the limit that rests on it (credit.grantLimit). */
export const decide = defineCommand(decideReview, {
  constraints,
  async run(context, { reviewId, rowVersion }) {
    const { tx, actor, now, today } = context
    const review = await lockDraft(context, reviewId, rowVersion)
    const rules = await rulesInForce(tx)
    refuseInvalid(reasonsAgainstDecision(factsOf(storedContent(review)), rules, today))
    await tx
      .updateTable('credit_review')
      .set({
        state: 'decided',
        decided_by: actor.id,
        decided_at: now.toISOString(),
        rules_version: rules.version,
        row_version: raised,
      })
      .where('id', '=', review.id)
      .execute()
    await context.record({
      verb: 'credit_review_decided',
      subjects: subjectsOf(review),
      after: said(storedContent(review)),
      facts: { summary: `${review.review_no} ${outcomeLabels[review.outcome]}`, rulesVersion: rules.version },
      evidence: review.evidence,
    })
    return { id: review.id, reviewNo: review.review_no }
  },
})

export const withdraw = defineCommand(withdrawReview, {
  constraints,
  async run(context, { reviewId, reason }) {
    const review = await lockDraft(context, reviewId)
    await context.tx
      .updateTable('credit_review')
      .set({ state: 'withdrawn', withdrawn_reason: reason, row_version: raised })
      .where('id', '=', review.id)
      .execute()
    await context.record({
      verb: 'credit_review_withdrawn',
      subjects: subjectsOf(review),
      facts: { summary: review.review_no },
      reason,
    })
    return { id: review.id }
  },
})

async function lockDraft(context: CommandContext, reviewId: Id, rowVersion?: number) {
  const review = found(
    await context.tx
      .selectFrom('credit_review')
      .selectAll()
      .where('id', '=', reviewId)
      .forUpdate()
      .executeTakeFirst(),
    'credit_review',
  )
  refuseUnless(review.state === 'draft', 'review_must_be_a_draft')
  refuseUnless(rowVersion === undefined || review.row_version === rowVersion, 'record_must_be_unchanged')
  return review
}

type Stored = Awaited<ReturnType<typeof lockDraft>>

function storedContent(review: Stored): Content {
  return {
    assessedOn: review.assessed_on,
    outcome: review.outcome,
    recommendedYen: review.recommended_yen,
    conditions: review.conditions,
    grounds: review.grounds,
    basis: review.basis,
    reviewDueOn: review.review_due_on,
    evidence: review.evidence,
  }
}

function columnsOf(input: Content) {
  return {
    assessed_on: input.assessedOn,
    outcome: input.outcome,
    recommended_yen: input.recommendedYen ?? null,
    conditions: input.conditions ?? null,
    grounds: input.grounds,
    basis: JSON.stringify(input.basis) as never,
    review_due_on: input.reviewDueOn,
    evidence: input.evidence,
  }
}

function factsOf(input: Content): ReviewFacts {
  return { ...input, recommendedYen: input.recommendedYen ?? null, conditions: input.conditions ?? null }
}

function said(input: Content) {
  return {
    outcome: input.outcome,
    recommendedYen: input.recommendedYen ?? null,
    assessedOn: input.assessedOn,
    reviewDueOn: input.reviewDueOn,
    conditions: input.conditions ?? null,
    grounds: input.grounds,
    sources: input.basis.map(one => one.source),
  }
}

function subjectsOf(review: { id: Id; party_id: Id }) {
  return [
    { kind: 'credit_review', id: review.id },
    { kind: 'party', id: review.party_id },
  ]
}
