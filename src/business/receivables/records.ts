import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, Refusal, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { settleExposure } from '../credit/index.ts'
import { assignedParties } from '../parties/index.ts'
import { nextState, type ReceivableState } from './rules/states.ts'
import type { ReceivableTable, StoredState } from './tables.ts'

export type Receivable = {
  [K in keyof ReceivableTable]: ReceivableTable[K] extends { readonly __select__: infer S }
    ? S
    : ReceivableTable[K]
}

/** Claims locked in the order of their ids until the end of the transaction; refuses when one is gone or out of reach. */
export async function lockReceivables(
  { tx, actor, today }: CommandContext,
  ids: readonly Id[],
): Promise<Receivable[]> {
  const rows = (await tx
    .selectFrom('receivable')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()) as Receivable[]
  if (rows.length !== new Set(ids).size)
    throw new Refusal('missing', [{ code: 'record_must_exist', facts: { what: 'receivable' } }])
  if (actor.reach === 'assigned') {
    const clients = [...new Set(rows.map(row => row.client_id))]
    const assigned = await assignedParties(tx, actor.id, today)
      .where('mate.party_id', 'in', clients)
      .groupBy('mate.party_id')
      .execute()
    refuseUnless(assigned.length === clients.length, 'record_must_exist', { kind: 'missing' })
  }
  return rows
}

export async function lockReceivable(context: CommandContext, id: Id): Promise<Receivable> {
  return found((await lockReceivables(context, [id]))[0], 'receivable')
}

export interface Step {
  to: StoredState
  reason?: string
  values?: Partial<Omit<Receivable, 'id' | 'findings'>>
  /** What the claim is now with money and dates counted in; the stored step when left out. */
  from?: ReceivableState
}

/** Moves a claim by one listed command step, or refuses; writes the step beside it. The caller records the event. */
export async function stepReceivable(context: CommandContext, row: Receivable, step: Step): Promise<void> {
  const next = nextState(step.from ?? row.state, step.to, 'command')
  refuseUnless(next.state !== null, next.refusal ?? 'transition_must_be_listed')
  await writeStep(context, row.id, step)
}

export async function writeStep(
  { tx, today, actor }: CommandContext,
  id: Id,
  { to, reason, values }: Step,
): Promise<void> {
  await tx
    .insertInto('receivable_step')
    .values({
      receivable_id: id,
      step_id: newId(),
      stepped_on: today,
      to_state: to,
      stepped_by: actor.id,
      reason: reason ?? null,
    })
    .execute()
  await tx
    .updateTable('receivable')
    .set({ ...values, state: to, state_on: today, row_version: sql`row_version + 1` } as never)
    .where('id', '=', id)
    .execute()
}

/** A repurchased claim that was closed is open again, by a reversal: not a listed step, and always allowed (FF §3). */
export async function reopenRepurchased(context: CommandContext, row: Receivable): Promise<void> {
  await writeStep(context, row.id, { to: 'repurchased', reason: '買戻代金の消込・相殺の取消' })
}

/** The step a taken-back claim had before it went back to the client, as stored: bought, in dunning, or with the lawyer. */
export async function stateBeforeTakeBack(db: Db | Tx, receivableId: Id): Promise<StoredState> {
  const row = await db
    .selectFrom('receivable_step')
    .select('to_state')
    .where('receivable_id', '=', receivableId)
    .where('to_state', 'not in', ['repurchased', 'rescinded', 'closed'])
    .orderBy('step_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found(row, 'receivable').to_state as StoredState
}

/** A claim whose repurchase or rescission was reversed is as before, also from a terminal state: a reversal is always allowed (FF §3). */
export async function restoreTakenBack(
  context: CommandContext,
  row: Receivable,
  reason: string,
): Promise<StoredState> {
  const to = await stateBeforeTakeBack(context.tx, row.id)
  await writeStep(context, row.id, { to, reason })
  return to
}

export interface Movement {
  receivableId: Id
  on: IsoDate
  kind: 'collection' | 'confirmed_dilution' | 'recovery'
  /** Negative takes an earlier movement back. */
  yen: number
  journalId: Id | null
}

const SUM_OF = {
  collection: 'collected_yen',
  confirmed_dilution: 'diluted_yen',
  recovery: 'recovered_yen',
} as const

/**
 * Money moved against a bought claim: keeps the movement and its sums, and lowers what is at risk to max(0, A − K) (FF §4.8).
 * The state follows by itself. The caller has locked the claim, posts the journal and records the event.
 */
export async function moveMoney(context: CommandContext, movement: Movement): Promise<void> {
  const { tx, now } = context
  await tx
    .insertInto('receivable_movement')
    .values({
      id: newId(),
      receivable_id: movement.receivableId,
      moved_on: movement.on,
      kind: movement.kind,
      amount_yen: movement.yen,
      journal_id: movement.journalId,
      recorded_at: now.toISOString(),
    })
    .execute()
  const column = SUM_OF[movement.kind]
  const row = found(
    await tx
      .updateTable('receivable')
      .set({ [column]: sql`${sql.ref(column)} + ${movement.yen}`, row_version: sql`row_version + 1` })
      .where('id', '=', movement.receivableId)
      .returning(['advance_yen', 'collected_yen', 'funded_on'])
      .executeTakeFirst(),
    'receivable',
  )
  if (movement.kind === 'collection' && row.funded_on !== null)
    await settleExposure(context, movement.receivableId, {
      state: 'paid',
      amountYen: Math.max(0, (row.advance_yen ?? 0) - row.collected_yen),
    })
}

/** What is left to settle on a claim: reserve undecided, claims on the client, damages, penalty, excess; 0 ends it as `settled`. */
export async function setLeftToSettle({ tx }: CommandContext, receivableId: Id, yen: number): Promise<void> {
  await tx
    .updateTable('receivable')
    .set({ left_to_settle_yen: yen, row_version: sql`row_version + 1` })
    .where('id', '=', receivableId)
    .execute()
}

/** The claims of a purchase are paid out: exposure turns from committed to paid (FF §3, ready_to_fund→funded). */
export async function fundPurchase(context: CommandContext, purchaseId: Id, on: IsoDate): Promise<Id[]> {
  const { tx } = context
  const rows = await tx
    .updateTable('receivable')
    .set({ funded_on: on, row_version: sql`row_version + 1` })
    .where('purchase_id', '=', purchaseId)
    .where('state', '=', 'purchased')
    .returning(['id', 'advance_yen', 'collected_yen'])
    .execute()
  for (const row of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    await settleExposure(context, row.id, {
      state: 'paid',
      amountYen: Math.max(0, (row.advance_yen ?? 0) - row.collected_yen),
    })
  return rows.map(row => row.id)
}

/** The payout came back: the claims are bought and not funded. What is at risk stays counted until it is sent again or ended. */
export async function unfundPurchase({ tx }: CommandContext, purchaseId: Id): Promise<void> {
  await tx
    .updateTable('receivable')
    .set({ funded_on: null, row_version: sql`row_version + 1` })
    .where('purchase_id', '=', purchaseId)
    .execute()
}

/** The claim, its client and its debtor: each shows the event. */
export function subjectsOf(row: Pick<Receivable, 'id' | 'client_id' | 'debtor_id'>) {
  return [
    { kind: 'receivable', id: row.id },
    { kind: 'party', id: row.client_id },
    { kind: 'party', id: row.debtor_id },
  ]
}

/** What the assignment counts against, and since when. */
export async function setPerfection(
  { tx }: CommandContext,
  row: Receivable,
  values: Pick<Receivable, 'perfection' | 'perfected_on'>,
): Promise<void> {
  await tx
    .updateTable('receivable')
    .set(eb => ({ ...values, row_version: eb('row_version', '+', 1) }))
    .where('id', '=', row.id)
    .execute()
}
