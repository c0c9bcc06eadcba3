import type { CommandContext } from '../../platform/commands/command.ts'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { companiesOf, lockParty } from '../parties/index.ts'
import { touchParty } from '../people/index.ts'
import { consequenceOf } from './describe-change.ts'
import { exactShare, shareOf, shareValue } from './holding-facts.ts'
import { tieLabels } from './labels.ts'
import { recompute } from './recompute.ts'
import { percentText } from './rules/fraction.ts'
import type { HoldingSource, RightKind, TieKind } from './tables.ts'
import { recordTie } from './ties.ts'
import { insertHolding, lockHolding, refuseExcess } from './write-holding.ts'
import './tables.ts'

/** A holding as another system knew it; exactly one holder, and either a share in parts per million or votes out of all votes. */
export interface HoldingToTakeOver {
  partyId: Id
  holderPartyId: Id | null
  holderPersonId: Id | null
  right: RightKind
  sharePpm: number | null
  shareVotes: number | null
  shareTotal: number | null
  source: HoldingSource
  validFrom: IsoDate | null
}

export type TakenOverHolding = { holdingId: Id; partyId: Id; company: Id }

export const holdingTakeOverRefusals = {
  holding_must_not_stand_already:
    'この株主の持分はすでに登録されています。変更はグループ・株主の画面で行ってください。',
  holding_must_be_untouched: '取込後に変更されたため、持分を残しました。',
  tie_must_be_untouched: '取込後に変更されたため、グループ関係を残しました。',
} as const

/**
 * Enters a holding by the rules of `recordHolding`: nobody holds themselves, all together not more than the whole. One that stands already
 * with the same share is left (`holdingId` null). `consequences` are the changes of beneficial owners or parent in a running relation, which
 * the two people who decide the import must see.
 */
export async function takeOverHolding(
  context: CommandContext,
  input: HoldingToTakeOver,
): Promise<{ taken: TakenOverHolding | null; consequences: { label: string; old: string; new: string }[] }> {
  const { tx, today } = context
  const party = await lockParty(context, input.partyId)
  refuseUnless(input.validFrom === null || input.validFrom <= today, 'day_must_not_be_later', {
    kind: 'invalid',
    field: 'validFrom',
  })
  const { shareVotes, shareTotal } = input
  refuseUnless(
    shareVotes === null || shareTotal === null || shareVotes <= shareTotal,
    'votes_must_be_within_the_total',
    {
      kind: 'invalid',
      field: 'shareVotes',
    },
  )
  const asked = [party.id, ...(input.holderPartyId ? [input.holderPartyId] : [])]
  const identities = await companiesOf(tx, asked)
  const company = identities.get(party.id) ?? party.id
  const holder = input.holderPartyId
    ? (identities.get(input.holderPartyId) ?? input.holderPartyId)
    : input.holderPersonId!
  refuseUnless(holder !== company, 'holder_must_be_another', { kind: 'invalid', field: 'holder' })
  const share = shareValue(input, input.source)
  const row = await lockHolding(context, input)
  if (row && row.valid_to === null) {
    const same = percentText(exactShare(shareOf(row))) === percentText(exactShare(share))
    refuseUnless(same, 'holding_must_not_stand_already', {
      field: 'holder',
      message: `この株主の持分は${percentText(exactShare(shareOf(row)))}として登録済みです。変更はグループ・株主の画面で行ってください。`,
    })
    return { taken: null, consequences: [] }
  }
  await refuseExcess(context, company, { holder, right: input.right, share, from: input.validFrom })
  const consequence = await consequenceOf(context, {
    record: { id: party.id, version: party.row_version, name: party.legal_name },
    company,
    holder,
    holderKind: input.holderPartyId ? 'party' : 'person',
    right: input.right,
    share,
  })
  const holdingId = await insertHolding(context, input, share, input.validFrom)
  await touchParty(context, party.id)
  await context.record({
    verb: 'shareholding_recorded',
    subjects: [
      { kind: 'party', id: party.id },
      input.holderPartyId
        ? { kind: 'party', id: input.holderPartyId }
        : { kind: 'person', id: input.holderPersonId! },
    ],
    before: { share: null },
    after: { share: percentText(exactShare(share)), validFrom: input.validFrom, source: share.source },
  })
  await recompute(context, [company])
  return {
    taken: { holdingId, partyId: party.id, company },
    consequences: (consequence?.items ?? [])
      .filter(item => item.field !== 'share')
      .map(item => ({ label: item.label, old: String(item.old ?? 'なし'), new: String(item.new ?? 'なし') })),
  }
}

/** Takes a holding out again; refuses when it was changed or ended since. */
export async function takeBackHolding(context: CommandContext, taken: TakenOverHolding): Promise<void> {
  await lockParty(context, taken.partyId)
  const gone = await context.tx
    .deleteFrom('shareholding')
    .where('id', '=', taken.holdingId)
    .where('row_version', '=', 1)
    .returning(['holder_party_id', 'holder_person_id'])
    .executeTakeFirst()
  refuseUnless(gone !== undefined, 'holding_must_be_untouched')
  await touchParty(context, taken.partyId)
  await context.record({
    verb: 'shareholding_take_over_reverted',
    subjects: [
      { kind: 'party', id: taken.partyId },
      gone.holder_party_id
        ? { kind: 'party', id: gone.holder_party_id }
        : { kind: 'person', id: gone.holder_person_id! },
    ],
  })
  await recompute(context, [taken.company])
}

/** Enters a tie of another kind than shares; null when it stands already. */
export async function takeOverTie(
  context: CommandContext,
  input: { partyId: Id; otherPartyId: Id; relation: TieKind; reason: string },
): Promise<Id | null> {
  const [first, second] = [input.partyId, input.otherPartyId].sort() as [Id, Id]
  const standing = await context.tx
    .selectFrom('party_group_link')
    .select('id')
    .where('party_id', '=', first)
    .where('other_party_id', '=', second)
    .where('relation', '=', input.relation)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (standing) return null
  return recordTie(context, {
    ...input,
    change: { reasonCode: 'system', reasonText: input.reason, evidence: [] },
  })
}

export async function takeBackTie(context: CommandContext, tieId: Id): Promise<void> {
  const gone = await context.tx
    .deleteFrom('party_group_link')
    .where('id', '=', tieId)
    .where('ended_at', 'is', null)
    .returning(['party_id', 'other_party_id', 'relation'])
    .executeTakeFirst()
  refuseUnless(gone !== undefined, 'tie_must_be_untouched')
  await context.record({
    verb: 'tie_take_over_reverted',
    subjects: [
      { kind: 'party', id: gone.party_id },
      { kind: 'party', id: gone.other_party_id },
    ],
    before: { relation: gone.relation },
    facts: { tie: tieLabels[gone.relation] },
  })
}
