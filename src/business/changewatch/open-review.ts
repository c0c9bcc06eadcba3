import type { CommandContext } from '../../platform/commands/command.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { suspendLimitsOf } from '../credit/index.ts'
import { dueOf, type Reaction } from './rules.ts'
import type { ChangeSource, Difference } from './tables.ts'
import './tables.ts'

/** Opens a review and, where the rule says so, suspends the party's limits; null when the same facts were reviewed before. */
export async function openReviewOf(
  context: CommandContext,
  sign: {
    partyId: Id
    source: ChangeSource
    sentence: string
    differences: Difference[]
    factsKey: string
    reaction: Reaction
    evidence: Id[]
  },
): Promise<{ id: Id; reviewNo: string; dueOn: string; suspended: number } | null> {
  const { tx, actor, now, today } = context
  const id = newId()
  const dueOn = dueOf(sign.reaction, today)
  const row = await tx
    .insertInto('change_review')
    .values({
      id,
      party_id: sign.partyId,
      source: sign.source,
      differences: JSON.stringify(sign.differences) as never,
      sentence: sign.sentence,
      rule_code: sign.reaction.code,
      facts_key: sign.factsKey,
      owner_role: sign.reaction.ownerRole,
      due_on: dueOn,
      opened_by: actor.id,
      opened_at: now.toISOString(),
      suspended_limits: [],
      evidence: sign.evidence,
      outcome: null,
      outcome_reason: null,
      closed_by: null,
      closed_at: null,
    })
    .onConflict(conflict => conflict.columns(['party_id', 'facts_key']).doNothing())
    .returning('review_no')
    .executeTakeFirst()
  if (!row) return null
  const suspended = sign.reaction.suspends
    ? await suspendLimitsOf(context, sign.partyId, `${sign.sentence}（${row.review_no}）`)
    : []
  if (suspended.length > 0)
    await tx.updateTable('change_review').set({ suspended_limits: suspended }).where('id', '=', id).execute()
  await context.record({
    verb: 'change_review_opened',
    subjects: [
      { kind: 'change_review', id },
      { kind: 'party', id: sign.partyId },
    ],
    facts: { summary: sign.sentence, rule: sign.reaction.code, dueOn, suspendedLimits: suspended.length },
    evidence: sign.evidence,
  })
  return { id, reviewNo: row.review_no, dueOn, suspended: suspended.length }
}
