import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { ChangeReason } from '../../platform/http/contract.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { keepValues, periodsOf, type ValueFact } from '../changes/index.ts'
import {
  beginningsOf,
  exactShare,
  type HoldingRow,
  SHARE,
  type ShareValue,
  shareOn,
  timelineOf,
} from './holding-facts.ts'
import { factsOfHoldings } from './read-graph.ts'
import { add, type Fraction, isMore, none, percentText, whole } from './rules/fraction.ts'
import type { RightKind } from './tables.ts'

/** A holding to be written: of which record, by whom, how much from which day on. */
export interface HoldingToWrite {
  partyId: Id
  holderPartyId: Id | null
  holderPersonId: Id | null
  right: RightKind
}

/** The holding of a record by one holder, standing or ended, locked; the standing one first. */
export async function lockHolding(
  { tx }: CommandContext,
  { partyId, holderPartyId, holderPersonId, right }: HoldingToWrite,
): Promise<HoldingRow | null> {
  const row = await tx
    .selectFrom('shareholding')
    .selectAll()
    .where('party_id', '=', partyId)
    .where('right_kind', '=', right)
    .where('holder_party_id', 'is not distinct from', holderPartyId)
    .where('holder_person_id', 'is not distinct from', holderPersonId)
    .orderBy(sql`valid_to is null desc, recorded_at desc, id`)
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

/** Inserts a holding of which nothing was recorded before. */
export async function insertHolding(
  { tx, now }: CommandContext,
  { partyId, holderPartyId, holderPersonId, right }: HoldingToWrite,
  share: ShareValue,
  validFrom: IsoDate | null,
): Promise<Id> {
  const id = newId()
  await tx
    .insertInto('shareholding')
    .values({
      id,
      party_id: partyId,
      holder_party_id: holderPartyId,
      holder_person_id: holderPersonId,
      right_kind: right,
      ...columnsOf(share),
      valid_from: validFrom,
      valid_to: null,
      recorded_at: now.toISOString(),
      ended_recorded_at: null,
    })
    .execute()
  return id
}

/** Adds a share to the timeline of a holding, from a day on, and writes what holds today. Null: nothing is held from then on. */
export async function keepShare(
  context: CommandContext,
  row: HoldingRow,
  share: ShareValue | null,
  effectiveOn: IsoDate,
  change: ChangeReason,
): Promise<void> {
  const { tx, today, now } = context
  await keepValues(context, {
    record: { kind: 'shareholding', id: row.id },
    values: { [SHARE]: share as unknown as Json },
    beginnings: () => beginningsOf(row),
    effectiveOn,
    change,
  })
  const timeline = (await factsOfHoldings(tx, [row.id])).get(row.id) ?? []
  const held = shareOn(timeline, today)
  const ended = held ? null : endOf(timeline, today)
  await tx
    .updateTable('shareholding')
    .set({
      ...(held ? { ...columnsOf(held.share), valid_from: held.from } : {}),
      valid_to: ended,
      ended_recorded_at: held ? null : now.toISOString(),
      row_version: row.row_version + 1,
    })
    .where('id', '=', row.id)
    .execute()
}

/** The first day of the time without a share that today stands in. */
function endOf(timeline: readonly ValueFact<Json>[], today: IsoDate): IsoDate | null {
  const past = periodsOf(timeline).filter(period => period.from === null || period.from <= today)
  const lastHeld = past.findLastIndex(period => period.value !== null)
  return past[lastHeld + 1]?.from ?? today
}

function columnsOf(share: ShareValue) {
  return {
    share_ppm: share.ppm,
    share_votes: share.votes,
    share_total: share.total,
    source: share.source,
  }
}

/**
 * Refuses when, on some day from `from` on, more than the whole of a company would be held (DD group 2). Holdings on all records of
 * the company count; where two records speak about the same holder, the larger share does. Without a first day, from today on: what
 * is not known of the past claims nothing about it.
 */
export async function refuseExcess(
  { tx, today }: CommandContext,
  company: Id,
  change: { holder: Id; right: RightKind; share: ShareValue; from: IsoDate | null },
): Promise<void> {
  const { rows } = await sql<HoldingRow & { holder: Id }>`
    select s.*, coalesce(h.identity_id, s.holder_person_id) as holder
    from party_identity i join shareholding s on s.party_id = i.party_id
      left join party_identity h on h.party_id = s.holder_party_id
    where i.identity_id = ${company} and s.right_kind = ${change.right} order by s.id`.execute(tx)
  const facts = await factsOfHoldings(
    tx,
    rows.map(row => row.id),
  )
  const others = rows
    .filter(row => row.holder !== change.holder)
    .map(row => ({ holder: row.holder, timeline: timelineOf(row, facts.get(row.id)) }))
  const first = change.from ?? today
  const days = new Set<IsoDate>([first])
  for (const { timeline } of others)
    for (const { from } of periodsOf(timeline)) if (from !== null && from > first) days.add(from)
  for (const day of [...days].sort()) {
    const held = new Map<Id, Fraction>()
    for (const { holder, timeline } of others) {
      const share = shareOn(timeline, day)?.share
      const part = share ? exactShare(share) : none
      if (isMore(part, held.get(holder) ?? none)) held.set(holder, part)
    }
    const total = [...held.values()].reduce(add, exactShare(change.share))
    const other = percentText([...held.values()].reduce(add, none))
    const since = day === first ? '' : `${day}に`
    refuseUnless(!isMore(total, whole), 'shares_must_not_exceed_the_whole', {
      kind: 'invalid',
      field: 'sharePpm',
      message: `${since}持分の合計が${percentText(total)}になり、100%を超えます（他の株主の合計 ${other}）。`,
      facts: { on: day, total: percentText(total), others: other },
    })
  }
}
