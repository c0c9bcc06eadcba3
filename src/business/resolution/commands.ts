import { sql } from 'kysely'
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
  settleLimits,
} from '../credit/index.ts'
import { limitKindLabels } from '../credit/labels.ts'
import { compareOne } from '../matching/index.ts'
import { lockParty } from '../parties/index.ts'
import { storedComparison } from './candidates.ts'
import { judgePair, mergeParties, unmergeParties, withdrawJudgement } from './contract.ts'
import { hindrancesToMerge } from './hindrances.ts'
import { identitiesOf, type MergeInForce, overlaysOf } from './identity.ts'
import { verdictLabels } from './labels.ts'
import { comparedFields, type PartyFacts, partyFacts } from './party-facts.ts'
import './tables.ts'

/** Remembers what a person judged about two records, beside what the machine had said. */
export const judge = defineCommand(judgePair, {
  constraints: { party_judgement_once: 'pair_must_not_be_judged_already' },
  async run(context, input) {
    const { tx, actor, now } = context
    refuseUnless(input.partyId !== input.otherPartyId, 'pair_must_join_two', { kind: 'invalid' })
    const [first, second] = [input.partyId, input.otherPartyId].sort() as [Id, Id]
    const facts = await lockedFacts(context, [first, second])
    const compared = storedComparison(compareOne(facts[0]!.row, [facts[1]!.row])[0]!)
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
        judged_by: actor.id,
        judged_at: now.toISOString(),
        withdrawn_by: null,
        withdrawn_at: null,
        withdrawn_reason: null,
      })
      .execute()
    await context.record({
      verb: input.verdict === 'same' ? 'parties_judged_same' : 'parties_judged_different',
      subjects: [first, second].map(partyId => ({ kind: 'party', id: partyId })),
      after: { verdict: input.verdict, score: compared.score },
      facts: {
        summary: `${facts.map(fact => `${fact.partyNo} ${fact.legalName}`).join(' ／ ')}：${verdictLabels[input.verdict]}`,
      },
      reason: input.reason,
    })
    return { id }
  },
})

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
          old: facts.map(fact => fact.values[chosen.field] ?? '（なし）').join('、'),
          new: chosen.value,
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
    await lockIdentities(context)
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
    const identityId = await settleIdentities(context, facts)
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
    await lockIdentities(context)
    const { merged, facts } = await mergeInForce(context, input.mergeId)
    const members = await sameIdentity(context, facts)
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
    await forgetLimitChoices(context, merged.id)
    await writeIdentities(context, members)
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

/** Facts of parties, locked in the order of their ids, each within the actor's reach. */
async function lockedFacts(context: CommandContext, partyIds: readonly Id[]): Promise<PartyFacts[]> {
  const ids = [...new Set(partyIds)].sort()
  for (const id of ids) await lockParty(context, id)
  const facts = await partyFacts(context.tx, ids)
  return ids.map(id => found(facts.get(id), 'party'))
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

/** Merges and unmerges run one after the other: each rewrites a whole identity. */
async function lockIdentities({ tx }: CommandContext): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('party_identity'))`.execute(tx)
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

async function settleIdentities(context: CommandContext, facts: readonly PartyFacts[]): Promise<Id> {
  const identities = await writeIdentities(context, await sameIdentity(context, facts))
  return identities.get(facts[0]!.id)!.identityId
}

/** Every party which shares an identity with one of these. */
async function sameIdentity({ tx }: CommandContext, facts: readonly PartyFacts[]): Promise<Id[]> {
  const rows = await tx
    .selectFrom('party_identity')
    .select('party_id')
    .where('identity_id', 'in', [...new Set(facts.map(fact => fact.identityId))])
    .orderBy('party_id')
    .forUpdate()
    .execute()
  return rows.map(row => row.party_id)
}

/** Writes what the merges in force say about these parties, which must be whole identities: who is one company, and whose values it shows. */
async function writeIdentities(context: CommandContext, parties: readonly Id[]) {
  const { tx } = context
  const rows = await tx
    .selectFrom('party_merge_member as member')
    .innerJoin('party_merge as merge', 'merge.id', 'member.merge_id')
    .select(['merge.id', 'merge.choices', 'member.party_id'])
    .where('merge.undone_at', 'is', null)
    .where('member.party_id', 'in', [...parties])
    .execute()
  const merges = new Map<Id, { id: Id; choices: Record<string, Id>; members: Id[] }>()
  for (const { id, choices, party_id } of rows) {
    const known = merges.get(id)
    if (known) known.members.push(party_id)
    else merges.set(id, { id, choices, members: [party_id] })
  }
  const inForce: MergeInForce[] = [...merges.values()]
  const identities = identitiesOf(parties, inForce)
  const given = [...identities].map(([id, { identityId, mergeId }]) => ({
    party_id: id,
    identity_id: identityId,
    merge_id: mergeId,
  }))
  await sql`update party_identity as i set identity_id = given.identity_id, merge_id = given.merge_id
    from jsonb_populate_recordset(null::party_identity, ${JSON.stringify(given)}::jsonb) as given
    where i.party_id = given.party_id
      and (i.identity_id, i.merge_id) is distinct from (given.identity_id, given.merge_id)`.execute(tx)
  await tx
    .deleteFrom('party_overlay')
    .where('identity_id', 'in', [...parties])
    .execute()
  await insertMany(
    tx,
    'party_overlay',
    overlaysOf(identities, inForce).map(({ identityId, field, partyId, mergeId }) => ({
      identity_id: identityId,
      field,
      party_id: partyId,
      merge_id: mergeId,
    })),
  )
  await settleLimits(context, parties)
  return identities
}
