import type { z } from 'zod'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { checkEffectiveDay, planChange } from '../changes/index.ts'
import { companiesOf, lockParty } from '../parties/index.ts'
import { touchParty } from '../people/index.ts'
import { endHolding, recordHolding } from './contract.ts'
import { consequenceOf } from './describe-change.ts'
import { endOfExclusion, exclude } from './exclusions.ts'
import {
  exactShare,
  type HoldingRow,
  type ShareValue,
  shareOn,
  shareValue,
  timelineOf,
} from './holding-facts.ts'
import { factsOfHoldings } from './read-graph.ts'
import { recompute } from './recompute.ts'
import { percentText } from './rules/fraction.ts'
import { confirm, endOfTie } from './ties.ts'
import { insertHolding, keepShare, lockHolding, refuseExcess } from './write-holding.ts'
import './tables.ts'

type RecordInput = z.output<typeof recordHolding.input>

/** Records from when on somebody holds how much of a party. */
export const record = defineCommand(recordHolding, {
  constraints: { shareholding_once: 'record_must_be_unchanged' },
  async critical(context, input): Promise<CriticalChange | null> {
    const asked = await checked(context, input)
    return consequenceOf(context, changeOf(asked, asked.share))
  },
  async run(context, input) {
    const asked = await checked(context, input)
    const { party, row, share, effectiveOn, company, holder } = asked
    const subjects = [{ kind: 'party', id: party.id }, holder.ref]
    const held = row ? shareOn(await timeline(context, row), effectiveOn ?? context.today) : null
    if (effectiveOn !== null && effectiveOn > context.today) {
      const planned = await planChange(context, {
        record: subjects[0]!,
        related: [subjects[1]!],
        command: recordHolding.name,
        input: { ...input, validFrom: effectiveOn } as never,
        summary: `持株の変更　${party.legal_name}：${holder.no} ${percentText(exactShare(share))}`,
        items: [
          {
            field: `share:${holder.ref.id}`,
            label: `持分（${holder.no}）`,
            old: held ? percentText(exactShare(held.share)) : null,
            new: percentText(exactShare(share)),
          },
        ],
        effectiveOn,
        change: input.change,
        permission: recordHolding.permission,
      })
      return { id: row?.id ?? planned.id, planned }
    }
    if (row)
      refuseUnless(!held || JSON.stringify(held.share) !== JSON.stringify(share), 'something_must_change', {
        kind: 'invalid',
      })
    let id = row?.id
    if (row) await keepShare(context, row, share, effectiveOn ?? context.today, input.change)
    else id = await insertHolding(context, asked.writing, share, effectiveOn)
    await touchParty(context, party.id)
    await context.record({
      verb: 'shareholding_recorded',
      subjects,
      before: { share: held ? percentText(exactShare(held.share)) : null },
      after: { share: percentText(exactShare(share)), validFrom: effectiveOn, source: share.source },
      facts: { summary: `${holder.no} ${percentText(exactShare(share))}` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    await recompute(context, [company])
    return { id: id!, planned: null }
  },
})

/** Ends a holding from a day on. */
export const end = defineCommand(endHolding, {
  async critical(context, input): Promise<CriticalChange | null> {
    const ended = await lockToEnd(context, input.holdingId)
    return consequenceOf(context, changeOf(ended, null))
  },
  async run(context, input) {
    const ended = await lockToEnd(context, input.holdingId)
    const { party, row, holder } = ended
    checkEffectiveDay(context.today, input.endedOn, 'endedOn')
    if (!context.planned) refuseUnless(row.row_version === input.rowVersion, 'record_must_be_unchanged')
    const held = shareOn(await timeline(context, row), input.endedOn)
    refuseUnless(held !== null, 'holding_must_be_in_force', { kind: 'invalid', field: 'endedOn' })
    const subjects = [{ kind: 'party', id: party.id }, holder.ref]
    const old = percentText(exactShare(held.share))
    if (input.endedOn > context.today) {
      const planned = await planChange(context, {
        record: subjects[0]!,
        related: [subjects[1]!],
        command: endHolding.name,
        input: { ...input } as never,
        summary: `持株の終了　${party.legal_name}：${holder.no}`,
        items: [
          { field: `share:${holder.ref.id}`, label: `持分（${holder.no}）`, old, new: '終了（持分なし）' },
        ],
        effectiveOn: input.endedOn,
        change: input.change,
        permission: endHolding.permission,
      })
      return { id: row.id, planned }
    }
    await keepShare(context, row, null, input.endedOn, input.change)
    await touchParty(context, party.id)
    await context.record({
      verb: 'shareholding_ended',
      subjects,
      before: { share: old },
      after: { share: null, validTo: input.endedOn },
      facts: { summary: `${holder.no} ${old} → なし` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    await recompute(context, [ended.company])
    return { id: row.id, planned: null }
  },
})

export const commands = [record, end, confirm, endOfTie, exclude, endOfExclusion]

interface Holder {
  ref: { kind: 'party' | 'person'; id: Id }
  identity: Id
  /** How the trail names it: a person's name could never be taken out again. */
  no: string
}

interface Asked {
  party: Awaited<ReturnType<typeof lockParty>>
  company: Id
  holder: Holder
  row: HoldingRow | null
  writing: {
    partyId: Id
    holderPartyId: Id | null
    holderPersonId: Id | null
    right: HoldingRow['right_kind']
  }
}

/** What is asked for, found and checked: both sides, the share, the day, and that nobody holds more than the whole. */
async function checked(
  context: CommandContext,
  input: RecordInput,
): Promise<Asked & { share: ShareValue; effectiveOn: IsoDate | null }> {
  const party = await lockParty(context, input.partyId)
  const { holderPartyId = null, holderPersonId = null, validFrom = null } = input
  refuseUnless((holderPartyId === null) !== (holderPersonId === null), 'holder_must_be_another', {
    kind: 'invalid',
    field: 'holderPartyId',
  })
  if (validFrom !== null) checkEffectiveDay(context.today, validFrom, 'validFrom')
  const holder = await holderOf(context, holderPartyId, holderPersonId)
  const company = (await companiesOf(context.tx, [party.id])).get(party.id) ?? party.id
  refuseUnless(holder.identity !== company, 'holder_must_be_another', {
    kind: 'invalid',
    field: 'holderPartyId',
  })
  const writing = { partyId: party.id, holderPartyId, holderPersonId, right: input.right }
  const row = await lockHolding(context, writing)
  const share = shareValue(checkedShare(input), input.source ?? row?.source ?? null)
  // A first entry may leave the day out; a further one begins today unless it says otherwise.
  const effectiveOn = validFrom ?? (row ? context.today : null)
  await refuseExcess(context, company, {
    holder: holder.identity,
    right: input.right,
    share,
    from: effectiveOn,
  })
  return { party, company, holder, row, writing, share, effectiveOn }
}

function checkedShare(input: RecordInput) {
  const { sharePpm = null, shareVotes = null, shareTotal = null } = input
  const byVotes = shareVotes !== null && shareTotal !== null
  const oneOfThem = byVotes
    ? sharePpm === null
    : sharePpm !== null && shareVotes === null && shareTotal === null
  refuseUnless(oneOfThem, 'share_must_be_given', { kind: 'invalid', field: 'sharePpm' })
  refuseUnless(!byVotes || shareVotes <= shareTotal, 'votes_must_be_within_the_total', {
    kind: 'invalid',
    field: 'shareVotes',
  })
  return { sharePpm, shareVotes, shareTotal }
}

async function holderOf(
  context: CommandContext,
  holderPartyId: Id | null,
  holderPersonId: Id | null,
): Promise<Holder> {
  const { tx } = context
  if (holderPartyId !== null) {
    const row = found(
      await tx
        .selectFrom('party')
        .select(['id', 'party_no'])
        .where('id', '=', holderPartyId)
        .executeTakeFirst(),
      'party',
    )
    const identity = (await companiesOf(tx, [row.id])).get(row.id) ?? row.id
    return { ref: { kind: 'party', id: row.id }, identity, no: row.party_no }
  }
  const row = found(
    await tx
      .selectFrom('person')
      .select(['id', 'person_no'])
      .where('id', '=', holderPersonId ?? '')
      .executeTakeFirst(),
    'person',
  )
  return { ref: { kind: 'person', id: row.id }, identity: row.id, no: row.person_no }
}

async function lockToEnd(context: CommandContext, holdingId: Id): Promise<Asked & { row: HoldingRow }> {
  const known = found(
    await context.tx.selectFrom('shareholding').selectAll().where('id', '=', holdingId).executeTakeFirst(),
    'shareholding',
  )
  const party = await lockParty(context, known.party_id)
  const writing = {
    partyId: known.party_id,
    holderPartyId: known.holder_party_id,
    holderPersonId: known.holder_person_id,
    right: known.right_kind,
  }
  const row = found(
    await context.tx
      .selectFrom('shareholding')
      .selectAll()
      .where('id', '=', holdingId)
      .forUpdate()
      .executeTakeFirst(),
    'shareholding',
  )
  refuseUnless(row.valid_to === null, 'holding_must_be_in_force')
  const company = (await companiesOf(context.tx, [party.id])).get(party.id) ?? party.id
  const holder = await holderOf(context, writing.holderPartyId, writing.holderPersonId)
  return { party, company, holder, row, writing }
}

function changeOf({ party, company, holder, writing }: Asked, share: ShareValue | null) {
  return {
    record: { id: party.id, version: party.row_version, name: party.legal_name },
    company,
    holder: holder.identity,
    holderKind: holder.ref.kind,
    right: writing.right,
    share,
  }
}

async function timeline(context: CommandContext, row: HoldingRow) {
  return timelineOf(row, (await factsOfHoldings(context.tx, [row.id])).get(row.id))
}
