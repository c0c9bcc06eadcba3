import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { compareOne } from '../matching/index.ts'
import { lockParty } from '../parties/index.ts'
import { storedComparison } from './candidates.ts'
import { judgePair, withdrawJudgement } from './contract.ts'
import { changedSince, judgedFacts } from './judged-facts.ts'
import { verdictLabels } from './labels.ts'
import { type PartyFacts, partyFacts } from './party-facts.ts'
import type { Verdict } from './tables.ts'
import './tables.ts'

const VERBS: Record<Verdict, string> = {
  same: 'parties_judged_same',
  different: 'parties_judged_different',
  held: 'parties_judgement_held',
}

/**
 * Remembers what a person judged about two records, with evidence, beside what the machine had said and a hash of the facts both saw.
 * A judgement that was put aside, or whose facts have changed since, gives way to the new one and stays on record as withdrawn.
 */
export const judge = defineCommand(judgePair, {
  constraints: { party_judgement_once: 'pair_must_not_be_judged_already' },
  async run(context, input) {
    const { tx, actor, now } = context
    refuseUnless(input.partyId !== input.otherPartyId, 'pair_must_join_two', { kind: 'invalid' })
    const [first, second] = [input.partyId, input.otherPartyId].sort() as [Id, Id]
    const records = await lockedFacts(context, [first, second])
    const compared = storedComparison(compareOne(records[0]!.row, [records[1]!.row])[0]!)
    const facts = judgedFacts(records[0]!, records[1]!)
    await giveWay(context, [first, second], facts)
    const id = newId()
    await tx
      .insertInto('party_judgement')
      .values({
        id,
        party_id: first,
        other_party_id: second,
        verdict: input.verdict,
        reason: input.reason,
        score: compared.score,
        reasons: JSON.stringify(compared.reasons) as never,
        facts: JSON.stringify(facts) as never,
        evidence: input.evidence,
        judged_by: actor.id,
        judged_at: now.toISOString(),
        withdrawn_by: null,
        withdrawn_at: null,
        withdrawn_reason: null,
      })
      .execute()
    await tx
      .updateTable('party_candidate')
      .set({ facts: JSON.stringify(facts) as never })
      .where('party_id', '=', first)
      .where('other_party_id', '=', second)
      .execute()
    await context.record({
      verb: VERBS[input.verdict],
      subjects: [first, second].map(partyId => ({ kind: 'party', id: partyId })),
      after: { verdict: input.verdict, score: compared.score, facts },
      facts: {
        summary: `${records.map(record => `${record.partyNo} ${record.legalName}`).join(' ／ ')}：${verdictLabels[input.verdict]}`,
      },
      reason: input.reason,
      evidence: input.evidence,
    })
    return { id }
  },
})

/** Withdraws the judgement in force about the pair when it was put aside or stood on other facts. */
async function giveWay(
  { tx, actor, now }: CommandContext,
  [first, second]: [Id, Id],
  facts: Record<string, string>,
): Promise<void> {
  const known = await tx
    .selectFrom('party_judgement')
    .selectAll()
    .where('party_id', '=', first)
    .where('other_party_id', '=', second)
    .where('withdrawn_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!known) return
  const changed = changedSince(known.facts, facts)
  if (known.verdict !== 'held' && changed.length === 0) return
  await tx
    .updateTable('party_judgement')
    .set({
      withdrawn_by: actor.id,
      withdrawn_at: now.toISOString(),
      withdrawn_reason: changed.length > 0 ? `判断後の変更：${changed.join('・')}` : '保留を終えて判断',
      row_version: known.row_version + 1,
    })
    .where('id', '=', known.id)
    .execute()
}

/** Takes a judgement back; the pair is proposed again. */
export const withdraw = defineCommand(withdrawJudgement, {
  async run(context, input) {
    const { tx, actor, now } = context
    const judgement = found(
      await tx
        .selectFrom('party_judgement')
        .selectAll()
        .where('id', '=', input.judgementId)
        .forUpdate()
        .executeTakeFirst(),
      'party_judgement',
    )
    refuseUnless(judgement.withdrawn_at === null, 'judgement_must_be_in_force')
    await tx
      .updateTable('party_judgement')
      .set({
        withdrawn_by: actor.id,
        withdrawn_at: now.toISOString(),
        withdrawn_reason: input.reason,
        row_version: judgement.row_version + 1,
      })
      .where('id', '=', judgement.id)
      .execute()
    await context.record({
      verb: 'party_judgement_withdrawn',
      subjects: [judgement.party_id, judgement.other_party_id].map(id => ({ kind: 'party', id })),
      before: { verdict: judgement.verdict },
      reason: input.reason,
    })
    return { id: judgement.id }
  },
})

/** Facts of parties, locked in the order of their ids, each within the actor's reach. */
export async function lockedFacts(context: CommandContext, partyIds: readonly Id[]): Promise<PartyFacts[]> {
  const ids = [...new Set(partyIds)].sort()
  for (const id of ids) await lockParty(context, id)
  const facts = await partyFacts(context.tx, ids)
  return ids.map(id => found(facts.get(id), 'party'))
}
