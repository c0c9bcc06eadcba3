import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, type Reason, refuseAll } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import {
  asking,
  type DealParties,
  factsOfDeal,
  type LimitRow,
  limitsOfDeals,
  partiesOfDeals,
  restOfBook,
  toRuleLimit,
  totalsAround,
  wholeBookYen,
} from './exposure-facts.ts'
import { overridesAround } from './override-facts.ts'
import { type Headroom, headroom } from './rules/headroom.ts'
import { coverageOf, type OverrideStanding } from './rules/override.ts'
import { takeOverrides } from './take-overrides.ts'
import './tables.ts'

export interface ExposureToCommit {
  receivableId: Id
  clientId: Id
  debtorId: Id
  /** The advance A. */
  amountYen: Yen
}

/**
 * Holds the limits for a claim that is being approved: locks every limit that may bound it, in one order for everybody, measures
 * headroom over all kinds, and refuses naming the binding one, unless two people let this deal go beyond it. Refusals: limit_must_be_in_force, limit_must_not_be_suspended,
 * limit_must_cover_the_purchase.
 */
export async function commitExposure(context: CommandContext, deal: ExposureToCommit): Promise<Headroom> {
  const { tx, now, today } = context
  const { receivableId, clientId, debtorId, amountYen } = deal
  const { room, overrides } = (
    await measured(tx, today, await partiesOfDeals(tx, [deal]), [receivableId], true)
  )(0, null, receivableId)
  refuseAll(reasonsBeyond(room, amountYen, overrides, today))
  const at = now.toISOString()
  await sql`with held as (
      insert into credit_exposure (receivable_id, client_id, debtor_id, state, amount_yen, started_at, changed_at)
      values (${receivableId}, ${clientId}, ${debtorId}, 'committed', ${amountYen}, ${at}, ${at}))
    insert into credit_pair_total (client_id, debtor_id, committed_yen, paid_yen) values (${clientId}, ${debtorId}, ${amountYen}, 0)
    on conflict (client_id, debtor_id) do update set committed_yen = credit_pair_total.committed_yen + excluded.committed_yen`.execute(
    tx,
  )
  await takeOverrides(context, deal, room, overrides)
  return room
}

/** A claim whose exposure the limits hold already. */
export interface CommittedClaim {
  receivableId: Id
  clientId: Id
  debtorId: Id
}

/** Checks again, just before money moves, that the limits still hold the claims; refuses with every limit that does not. */
export async function recheckExposure(
  context: CommandContext,
  claims: readonly CommittedClaim[],
): Promise<void> {
  refuseAll(await exposureHindrances(context, claims))
}

/** What the limits have against claims they hold, all at once. */
export async function exposureHindrances(
  context: Pick<CommandContext, 'tx' | 'today'>,
  claims: readonly CommittedClaim[],
): Promise<Reason[]> {
  return (await exposureHindrancesOf(context, claims)).flat()
}

/**
 * What the limits have against each claim they hold, in the order given; each claim's own commitment is left out of its sum. Locks the
 * limits of all of them by one statement, in the one order; only a look ahead (`lock` false) locks nothing and holds nothing.
 */
export async function exposureHindrancesOf(
  { tx, today }: { tx: Db | Tx; today: IsoDate },
  claims: readonly CommittedClaim[],
  { lock = true }: { lock?: boolean } = {},
): Promise<Reason[][]> {
  if (claims.length === 0) return []
  const pairOf = (claim: CommittedClaim) => `${claim.clientId} ${claim.debtorId}`
  const pairs = [...new Map(claims.map(claim => [pairOf(claim), claim])).values()]
  const [stored, deals] = await Promise.all([
    ownExposures(
      tx,
      claims.map(claim => claim.receivableId),
    ),
    partiesOfDeals(tx, pairs),
  ])
  const ids = claims.map(claim => claim.receivableId)
  const measure = await measured(tx, today, deals, ids, lock)
  const places = new Map(pairs.map((pair, at) => [pairOf(pair), at]))
  return claims.map(claim => {
    const at = found(places.get(pairOf(claim)), 'party')
    const { state, amount_yen } = found(stored.get(claim.receivableId), 'credit_exposure')
    const own = state === 'committed' ? { ...claim, amountYen: amount_yen } : null
    const { room, overrides } = measure(at, own, claim.receivableId)
    return reasonsBeyond(room, own?.amountYen ?? 0, overrides, today)
  })
}

async function ownExposures(tx: Db | Tx, receivableIds: readonly Id[]) {
  const rows = await tx
    .selectFrom('credit_exposure')
    .select(['receivable_id', 'amount_yen', 'state'])
    .where('receivable_id', '=', sql<string>`any(${[...receivableIds]}::uuid[])`)
    .execute()
  return new Map(rows.map(row => [row.receivable_id, row]))
}

/** Money went out (paid: max(0, A − K)), came back, or the claim ended: what is at risk follows, and the sums with it. */
export async function settleExposure(
  context: CommandContext,
  receivableId: Id,
  after: { state: 'paid' | 'ended'; amountYen: Yen },
): Promise<void> {
  const { tx, now } = context
  const before = found(
    await tx
      .selectFrom('credit_exposure')
      .selectAll()
      .where('receivable_id', '=', receivableId)
      .forUpdate()
      .executeTakeFirst(),
    'credit_exposure',
  )
  const amountYen = after.state === 'ended' ? 0 : after.amountYen
  const committedDelta = before.state === 'committed' ? -before.amount_yen : 0
  const paidDelta =
    (after.state === 'paid' ? amountYen : 0) - (before.state === 'paid' ? before.amount_yen : 0)
  await sql`with moved as (
      update credit_exposure set state = ${after.state}, amount_yen = ${amountYen}, changed_at = ${now.toISOString()}
      where receivable_id = ${receivableId})
    update credit_pair_total set committed_yen = committed_yen + ${committedDelta}, paid_yen = paid_yen + ${paidDelta}
    where client_id = ${before.client_id} and debtor_id = ${before.debtor_id}`.execute(tx)
}

/** Headroom for a deal that is only being talked about: nothing is locked or held. */
export async function headroomFor(
  db: Db | Tx,
  today: IsoDate,
  clientId: Id,
  debtorId: Id,
): Promise<Headroom> {
  const deals = await partiesOfDeals(db, [{ clientId, debtorId }])
  return (await measured(db, today, deals, [], false))(0, null, null).room
}

/** The headroom of a claim that is or will be bought, with its exceptions: nothing is held. Its own commitment is left out of the sums. */
export async function measureClaim(
  tx: Db | Tx,
  today: IsoDate,
  claim: CommittedClaim,
  { lock = false }: { lock?: boolean } = {},
): Promise<MeasuredClaim & { committedYen: Yen | null }> {
  const [stored, deals] = await Promise.all([
    ownExposures(tx, [claim.receivableId]),
    partiesOfDeals(tx, [claim]),
  ])
  const held = stored.get(claim.receivableId)
  const committedYen = held?.state === 'committed' ? held.amount_yen : null
  const own = committedYen === null ? null : { ...claim, amountYen: committedYen }
  const measure = await measured(tx, today, deals, [claim.receivableId], lock)
  return { ...measure(0, own, claim.receivableId), committedYen }
}

export interface MeasuredClaim {
  room: Headroom
  overrides: OverridesOfClaim
}

/** The exception of the claim for a kind of limit; null: there is none. */
export type OverridesOfClaim = (limitKind: string) => OverrideStanding | null

/** Reads what bounds the deals and stands at risk around them; the answer tells the headroom of each, its own commitment left out. */
async function measured(
  tx: Tx | Db,
  today: IsoDate,
  deals: readonly DealParties[],
  receivableIds: readonly Id[],
  lock: boolean,
): Promise<(at: number, own: ExposureToCommit | null, receivableId: Id | null) => MeasuredClaim> {
  // Started together and done in this order: sums and exceptions are read once the limits are locked.
  const [limits, totals, exceptions] = await Promise.all([
    limitsOfDeals(tx, deals, lock),
    totalsAround(tx, deals),
    overridesAround(tx, deals, receivableIds, lock),
  ])
  const isShare = (row: LimitRow) => row.limit_kind === 'concentration'
  const bookYen = limits.some(rows => rows.some(isShare)) ? await wholeBookYen(tx) : 0
  return (at, own, receivableId) => {
    const [deal, rows, around] = [found(deals[at], 'party'), limits[at] ?? [], totals[at] ?? []]
    const facts = factsOfDeal(around, deal, own)
    if (rows.some(isShare)) facts.push(restOfBook(bookYen, around))
    const room = headroom(
      asking(deal),
      rows.map(row => toRuleLimit(row, deal)),
      facts,
      today,
      { outside: exceptions.outside(at, receivableId), ownYen: own?.amountYen ?? 0 },
    )
    return { room, overrides: kind => exceptions.of(receivableId, kind) }
  }
}

/** The limits that do not hold this amount, and that no exception of the deal covers; none when all do. */
function reasonsBeyond(
  room: Headroom,
  amountYen: Yen,
  overrides: OverridesOfClaim,
  today: IsoDate,
): Reason[] {
  if (room.headroomYen >= amountYen) {
    const missing = room.lines.find(
      line => line.rule === 'limit_must_be_in_force' || line.rule === 'suspended_limit_gives_no_headroom',
    )
    if (!missing) return []
  }
  const short = room.lines.filter(
    line => line.headroomYen !== null && (line.headroomYen < amountYen || line.rule !== 'limit_in_force'),
  )
  return short.flatMap((line): Reason[] => {
    const { covered, sentence } = coverageOf(line, amountYen, overrides(line.limitKind), today)
    if (covered && line.rule === 'limit_in_force') return []
    return [
      {
        code: codeOf(line.rule),
        message: `${line.sentence}${sentence ?? ''}`,
        facts: { limitKind: line.limitKind, headroomYen: line.headroomYen, askedYen: amountYen },
      },
    ]
  })
}

function codeOf(rule: Headroom['binding']['rule']): string {
  if (rule === 'limit_must_be_in_force') return 'limit_must_be_in_force'
  if (rule === 'suspended_limit_gives_no_headroom') return 'limit_must_not_be_suspended'
  return 'limit_must_cover_the_purchase'
}
