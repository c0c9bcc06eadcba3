import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, Refusal } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { asking, factsOfDeal, limitsOfDeal, partiesOfDeal, toRuleLimit } from './exposure-facts.ts'
import { type Headroom, headroom } from './rules/headroom.ts'
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
 * headroom over all kinds, and refuses naming the binding one. Refusals: limit_must_be_in_force, limit_must_not_be_suspended,
 * limit_must_cover_the_purchase.
 */
export async function commitExposure(context: CommandContext, deal: ExposureToCommit): Promise<Headroom> {
  const room = await measured(context.tx, context.today, deal, null, true)
  refuseBeyond(room, deal.amountYen)
  const { tx, now } = context
  const at = now.toISOString()
  const { receivableId, clientId, debtorId, amountYen } = deal
  await sql`with held as (
      insert into credit_exposure (receivable_id, client_id, debtor_id, state, amount_yen, started_at, changed_at)
      values (${receivableId}, ${clientId}, ${debtorId}, 'committed', ${amountYen}, ${at}, ${at}))
    insert into credit_pair_total (client_id, debtor_id, committed_yen, paid_yen) values (${clientId}, ${debtorId}, ${amountYen}, 0)
    on conflict (client_id, debtor_id) do update set committed_yen = credit_pair_total.committed_yen + excluded.committed_yen`.execute(
    tx,
  )
  return room
}

/** Checks again, just before money moves, that the limits still hold the claim; its own commitment is left out of the sum. */
export async function recheckExposure(context: CommandContext, receivableId: Id): Promise<Headroom> {
  const own = found(
    await context.tx
      .selectFrom('credit_exposure')
      .select(['receivable_id', 'client_id', 'debtor_id', 'amount_yen', 'state'])
      .where('receivable_id', '=', receivableId)
      .executeTakeFirst(),
    'credit_exposure',
  )
  const deal = { receivableId, clientId: own.client_id, debtorId: own.debtor_id, amountYen: own.amount_yen }
  const room = await measured(context.tx, context.today, deal, own.state === 'committed' ? deal : null, true)
  refuseBeyond(room, own.state === 'committed' ? own.amount_yen : 0)
  return room
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
  return measured(db, today, { receivableId: '', clientId, debtorId, amountYen: 0 }, null, false)
}

async function measured(
  tx: Tx | Db,
  today: IsoDate,
  deal: ExposureToCommit,
  own: ExposureToCommit | null,
  lock: boolean,
): Promise<Headroom> {
  const parties = await partiesOfDeal(tx, deal.clientId, deal.debtorId)
  const rows = await limitsOfDeal(tx, parties, lock)
  const facts = await factsOfDeal(
    tx,
    parties,
    own,
    rows.some(row => row.limit_kind === 'concentration'),
  )
  const limits = rows.map(row => toRuleLimit(row, parties))
  return headroom(asking(parties), limits, facts, today)
}

function refuseBeyond(room: Headroom, amountYen: Yen): void {
  if (room.headroomYen >= amountYen) {
    const missing = room.lines.find(
      line => line.rule === 'limit_must_be_in_force' || line.rule === 'suspended_limit_gives_no_headroom',
    )
    if (!missing) return
  }
  const short = room.lines.filter(
    line => line.headroomYen !== null && (line.headroomYen < amountYen || line.rule !== 'limit_in_force'),
  )
  throw new Refusal(
    'conflict',
    short.map(line => ({
      code: codeOf(line.rule),
      message: line.sentence,
      facts: { limitKind: line.limitKind, headroomYen: line.headroomYen, askedYen: amountYen },
    })),
  )
}

function codeOf(rule: Headroom['binding']['rule']): string {
  if (rule === 'limit_must_be_in_force') return 'limit_must_be_in_force'
  if (rule === 'suspended_limit_gives_no_headroom') return 'limit_must_not_be_suspended'
  return 'limit_must_cover_the_purchase'
}
