import type { CommandContext, CriticalChange } from '../../platform/commands/command.ts'
import { defineCommand } from '../../platform/commands/command.ts'
import { found, type Reason, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import {
  chooseLimits,
  chosenLimits,
  forgetLimitChoices,
  type LimitsOfKind,
  limitsAtMerge,
} from '../credit/index.ts'
import { limitKindLabels } from '../credit/labels.ts'
import { mergeParties, unmergeParties } from './contract.ts'
import { hindrancesToMerge } from './hindrances.ts'
import { judge, lockedFacts, withdraw } from './judge.ts'
import { comparedFields, type PartyFacts, saidValue } from './party-facts.ts'
import { lockIdentities, recordsOfIdentities, settleIdentities, writeIdentities } from './write-identities.ts'
import './tables.ts'

/** Treats records as one company: two people, no contradiction, and only `party_identity` changes. */
export const merge = defineCommand(mergeParties, {
  async critical(context, input): Promise<CriticalChange> {
    const facts = await lockedFacts(context, input.partyIds)
    const kinds = await limitsAtMerge(context.tx, input.partyIds)
    const { chosen, reasons } = chosenLimits(kinds, input.limitChoices)
    await refuseHindrances(context, facts, input.choices, reasons)
    const names = facts.map(fact => `${fact.partyNo} ${fact.legalName}`)
    return {
      subject: { kind: 'party', id: facts[0]!.id },
      related: facts.slice(1).map(fact => ({ kind: 'party', id: fact.id })),
      summary: `名寄せの統合　${names.join(' ＋ ')}`,
      readSet: [
        ...facts.map(fact => ({ table: 'party', id: fact.id, version: fact.rowVersion })),
        ...kinds.flatMap(kind =>
          kind.limits.map(limit => ({ table: 'credit_limit', id: limit.limitId, version: limit.rowVersion })),
        ),
      ],
      items: [
        { field: 'identity', label: '1社として扱う記録', old: null, new: names.join('、') },
        ...chosenValues(facts, input.choices).map(chosen => ({
          field: chosen.field,
          label: chosen.label,
          old: facts
            .map(fact => fact.values[chosen.field] ?? null)
            .map(value => (value === null ? '（なし）' : saidValue(chosen.field, value)))
            .join('、'),
          new: chosen.value === null ? null : saidValue(chosen.field, chosen.value),
        })),
        ...chosen
          .filter(({ kind }) => kind.limits.length > 1)
          .map(({ kind, limit }) => limitItem(facts, kind, limit)),
      ],
      evidenceRequired: false,
      approve: 'resolution.approveMerge',
    }
  },
  async run(context, input) {
    const { tx, now, approval } = context
    if (!approval) throw new Error('a merge runs only when a second person has approved it')
    await lockIdentities(context.tx)
    const facts = await lockedFacts(context, input.partyIds)
    await refuseHindrances(context, facts, input.choices)
    const id = newId()
    await chooseLimits(context, id, input.partyIds, input.limitChoices)
    const row = await tx
      .insertInto('party_merge')
      .values({
        id,
        choices: JSON.stringify(input.choices) as never,
        values_at_merge: JSON.stringify(
          Object.fromEntries(facts.map(fact => [fact.id, fact.values])),
        ) as never,
        reason: input.change.reasonText,
        requested_by: approval.requestedBy,
        approved_by: approval.approvedBy,
        merged_at: now.toISOString(),
        undone_requested_by: null,
        undone_approved_by: null,
        undone_at: null,
        undone_reason: null,
      })
      .returning('merge_no')
      .executeTakeFirstOrThrow()
    await insertMany(
      tx,
      'party_merge_member',
      facts.map(fact => ({ merge_id: id, party_id: fact.id })),
    )
    const identityId = await settleIdentities(tx, facts)
    await context.record({
      verb: 'parties_merged',
      subjects: facts.map(fact => ({ kind: 'party', id: fact.id })),
      after: { mergeNo: row.merge_no, identityId, choices: input.choices, limitChoices: input.limitChoices },
      facts: { summary: `${row.merge_no}　${facts.map(fact => fact.legalName).join(' ＋ ')}` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id, mergeNo: row.merge_no, identityId }
  },
})

/** Undoes one merge: the identities become what they would be had it never been. Edits stay on the records they were made on. */
export const unmerge = defineCommand(unmergeParties, {
  async critical(context, input): Promise<CriticalChange> {
    const { merged, facts } = await mergeInForce(context, input.mergeId)
    const names = facts.map(fact => `${fact.partyNo} ${fact.legalName}`)
    return {
      subject: { kind: 'party', id: facts[0]!.id },
      related: facts.slice(1).map(fact => ({ kind: 'party', id: fact.id })),
      summary: `名寄せの解除　${merged.merge_no}　${names.join(' ／ ')}`,
      readSet: [{ table: 'party_merge', id: merged.id, version: merged.row_version }],
      items: [{ field: 'identity', label: '別の会社に戻す記録', old: names.join('、'), new: null }],
      evidenceRequired: false,
      approve: 'resolution.approveMerge',
    }
  },
  async run(context, input) {
    const { tx, now, approval } = context
    if (!approval) throw new Error('an unmerge runs only when a second person has approved it')
    await lockIdentities(context.tx)
    const { merged, facts } = await mergeInForce(context, input.mergeId)
    const members = await recordsOfIdentities(tx, facts)
    await tx
      .updateTable('party_merge')
      .set({
        undone_requested_by: approval.requestedBy,
        undone_approved_by: approval.approvedBy,
        undone_at: now.toISOString(),
        undone_reason: input.change.reasonText,
        row_version: merged.row_version + 1,
      })
      .where('id', '=', merged.id)
      .execute()
    await forgetLimitChoices(tx, merged.id)
    await writeIdentities(tx, members)
    await context.record({
      verb: 'parties_unmerged',
      subjects: facts.map(fact => ({ kind: 'party', id: fact.id })),
      before: { mergeNo: merged.merge_no },
      facts: { summary: `${merged.merge_no}　${facts.map(fact => fact.legalName).join(' ／ ')}` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: merged.id }
  },
})

export const commands = [judge, withdraw, merge, unmerge]

/** The value each choice puts forward. */
export function chosenValues(facts: readonly PartyFacts[], choices: Readonly<Record<string, Id>>) {
  return comparedFields.flatMap(({ field, label }) => {
    const from = facts.find(fact => fact.id === choices[field])
    return from ? [{ field, label, value: from.values[field] ?? null, from }] : []
  })
}

/** What the request says about a kind of which more than one record has a limit. */
function limitItem(facts: readonly PartyFacts[], kind: LimitsOfKind, stays: LimitsOfKind['limits'][number]) {
  const word = (limit: typeof stays) =>
    `${limit.limitNo} ${limit.limitYen === null ? `${(limit.limitPpm ?? 0) / 10_000}%` : `${limit.limitYen.toLocaleString('ja-JP')}円`}`
  const owner = (limit: typeof stays) => facts.find(fact => fact.id === limit.partyId)?.partyNo ?? ''
  return {
    field: `limit.${kind.key}`,
    label: `${limitKindLabels[kind.limitKind]}${kind.other ? `（${kind.other.name}）` : ''}`,
    old: kind.limits.map(limit => `${owner(limit)} ${word(limit)}`).join('、'),
    new: `${word(stays)}（統合後の与信残高 ${kind.exposureYen.toLocaleString('ja-JP')}円）`,
  }
}

async function refuseHindrances(
  context: CommandContext,
  facts: readonly PartyFacts[],
  choices: Readonly<Record<string, Id>>,
  more: readonly Reason[] = [],
): Promise<void> {
  const reasons: Reason[] = [...(await hindrancesToMerge(context.tx, facts)), ...more]
  const known = new Set(comparedFields.map(({ field }) => field))
  const members = new Set(facts.map(fact => fact.id))
  for (const [field, from] of Object.entries(choices))
    if (!known.has(field) || !members.has(from))
      reasons.push({ code: 'chosen_value_must_come_from_a_member', field: `choices.${field}` })
  refuseAll(reasons)
}

async function mergeInForce(context: CommandContext, mergeId: Id) {
  const { tx } = context
  const merged = found(
    await tx.selectFrom('party_merge').selectAll().where('id', '=', mergeId).forUpdate().executeTakeFirst(),
    'party_merge',
  )
  refuseUnless(merged.undone_at === null, 'merge_must_be_in_force')
  const members = await tx
    .selectFrom('party_merge_member')
    .select('party_id')
    .where('merge_id', '=', mergeId)
    .execute()
  const facts = await lockedFacts(
    context,
    members.map(member => member.party_id),
  )
  return { merged, facts }
}
