import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { defineCommand } from '../../platform/commands/command.ts'
import { found, Refusal, refuseUnless } from '../../platform/commands/refusal.ts'
import { lockParty } from '../parties/index.ts'
import { closeReview, openReview } from './contract.ts'
import { outcomeLabels, sourceLabels } from './labels.ts'
import { openReviewOf } from './open-review.ts'
import { reactionTo } from './rules.ts'

/** A sign somebody brings. The same words about the same customer on one day are one sign. */
export const open = defineCommand(openReview, {
  async run(context, input) {
    await lockParty(context, input.partyId)
    const words = createHash('sha256').update(input.what).digest('hex').slice(0, 24)
    const opened = await openReviewOf(context, {
      partyId: input.partyId,
      source: input.source,
      sentence: `${sourceLabels[input.source]}：${input.what}`,
      differences: [],
      factsKey: `${input.source}:${context.today}:${words}`,
      reaction: reactionTo(input.source, null, null),
      evidence: input.evidence,
    })
    if (!opened) throw new Refusal('conflict', [{ code: 'facts_must_be_new' }])
    return opened
  },
})

export const close = defineCommand(closeReview, {
  async run(context, input) {
    const { tx, actor, now } = context
    const review = found(
      await tx
        .selectFrom('change_review')
        .selectAll()
        .where('id', '=', input.reviewId)
        .forUpdate()
        .executeTakeFirst(),
      'change_review',
    )
    refuseUnless(review.closed_at === null, 'review_must_be_open')
    refuseUnless(review.row_version === input.rowVersion, 'record_must_be_unchanged')
    refuseUnless(input.outcome !== 'changed' || input.evidence.length > 0, 'evidence_must_be_attached', {
      kind: 'invalid',
      field: 'evidence',
    })
    await tx
      .updateTable('change_review')
      .set({
        outcome: input.outcome,
        outcome_reason: input.reason,
        closed_by: actor.id,
        closed_at: now.toISOString(),
        evidence: [...review.evidence, ...input.evidence],
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', review.id)
      .execute()
    await context.record({
      verb: 'change_review_closed',
      subjects: [
        { kind: 'change_review', id: review.id },
        ...(review.party_id ? [{ kind: 'party', id: review.party_id }] : []),
      ],
      after: { outcome: input.outcome },
      facts: { summary: `${review.review_no} ${outcomeLabels[input.outcome]}` },
      reason: input.reason,
      evidence: input.evidence,
    })
    return { id: review.id }
  },
})

export const commands = [open, close] as const
