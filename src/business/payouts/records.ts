import { type RawBuilder, sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { refuseDayOutside } from '../../platform/commands/days.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import { addMonths } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { transferDayNow } from '../access/index.ts'
import { payoutAccount } from '../accounts/index.ts'
import { type DealPeople, dealPeople } from '../receivables/index.ts'
import { mayMove } from './rules.ts'
import type { PaymentOutTable, PayoutPurpose, PayoutState } from './tables.ts'

export type Payout = {
  [K in keyof PaymentOutTable]: PaymentOutTable[K] extends { readonly __select__: infer S }
    ? S
    : PaymentOutTable[K]
}

export async function lockPayouts({ tx }: CommandContext, ids: readonly Id[]): Promise<Payout[]> {
  const rows = (await tx
    .selectFrom('payment_out')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()) as Payout[]
  found(rows.length === new Set(ids).size ? rows : null, 'payment_out')
  return rows
}

export async function lockPayout(context: CommandContext, id: Id): Promise<Payout> {
  return found((await lockPayouts(context, [id]))[0], 'payment_out')
}

/** Moves a payment by one listed step, or refuses. The caller records the event. */
export async function movePayout(
  { tx }: CommandContext,
  payout: Payout,
  to: PayoutState,
  values: Partial<Omit<Payout, 'handled_by'>> & { handled_by?: RawBuilder<string[]> } = {},
): Promise<void> {
  refuseUnless(mayMove(payout.state, to), 'transition_must_be_listed', {
    facts: { payoutNo: payout.payout_no, from: payout.state, to },
  })
  await tx
    .updateTable('payment_out')
    .set({ ...values, state: to, row_version: sql`row_version + 1` } as never)
    .where('id', '=', payout.id)
    .execute()
}

/** A transfer is asked for today or later, and within the year that a bank file, which says month and day only, can name. */
export function refuseTransferDay({ today }: CommandContext, transferOn: IsoDate): void {
  refuseDayOutside({ field: 'transferOn', day: transferOn }, { from: today, to: addMonths(today, 12) })
}

/** A file for a day that has passed at the bank is carried out later than everybody was told. */
export async function refuseDayBeyondReach({ tx, now }: CommandContext, transferOn: IsoDate): Promise<void> {
  const { earliestOn, cutOff } = await transferDayNow(tx, now)
  refuseUnless(transferOn >= earliestOn, 'transfer_day_must_be_within_reach', {
    kind: 'invalid',
    field: 'transferOn',
    message: `銀行が今から受け付ける最も早い振込日は${earliestOn}です（締切時刻${cutOff}）。振込日をその日以後にしてください。`,
  })
}

export interface PayoutToPrepare {
  partyId: Id
  purpose: PayoutPurpose
  amountYen: Yen
  transferOn: IsoDate
  purchaseId?: Id
  receivableId?: Id
  contractId?: Id | null
  /** The debt that is paid, and the deposit it comes from (dues.ts). */
  dueId?: Id
  paymentInId?: Id | null
  /** Who registered and who approved the deal: the latter may have no hand in the payment, the former may not approve it. */
  deal: DealPeople
}

/**
 * Prepares a payment to the party's payout account. Refuses account_must_be_registered. What is owed (payoutsDue) stands in the
 * journal already; the event is recorded here.
 */
export async function prepareOut(
  context: CommandContext,
  wanted: PayoutToPrepare,
): Promise<{ id: Id; payoutNo: string }> {
  const { tx, actor, now } = context
  refuseUnless(!wanted.deal.approvers.includes(actor.id), 'deal_approver_must_not_pay_out', {
    kind: 'forbidden',
  })
  const account = await payoutAccount(tx, wanted.partyId)
  refuseUnless(account !== null, 'account_must_be_registered')
  const id = newId()
  const { payout_no } = await tx
    .insertInto('payment_out')
    .values({
      id,
      party_id: wanted.partyId,
      purpose: wanted.purpose,
      purchase_id: wanted.purchaseId ?? null,
      receivable_id: wanted.receivableId ?? null,
      contract_id: wanted.contractId ?? null,
      due_id: wanted.dueId ?? null,
      payment_in_id: wanted.paymentInId ?? null,
      amount_yen: wanted.amountYen,
      account_id: account.id,
      transfer_on: wanted.transferOn,
      state: 'prepared',
      prepared_by: actor.id,
      prepared_at: now.toISOString(),
      checked_by: null,
      approved_by: null,
      approved_at: null,
      deal_approvers: wanted.deal.approvers,
      deal_registrars: wanted.deal.registrars,
      duplicates_checked_at: null,
      batch_id: null,
      confirmed_on: null,
      transfer_fee_yen: null,
      journal_id: null,
      outcome_reason: null,
    })
    .returning('payout_no')
    .executeTakeFirstOrThrow()
  await context.record({
    verb: 'payout_prepared',
    subjects: subjectsOf({
      id,
      party_id: wanted.partyId,
      purchase_id: wanted.purchaseId ?? null,
      receivable_id: wanted.receivableId ?? null,
      due_id: wanted.dueId ?? null,
      payment_in_id: wanted.paymentInId ?? null,
    }),
    after: { amountYen: wanted.amountYen, purpose: wanted.purpose, transferOn: wanted.transferOn },
    facts: { summary: `${payout_no} ${wanted.amountYen.toLocaleString('ja-JP')}円` },
  })
  return { id, payoutNo: payout_no }
}

export function subjectsOf(
  payout: Pick<Payout, 'id' | 'party_id' | 'purchase_id' | 'receivable_id' | 'due_id' | 'payment_in_id'>,
  claims: readonly { id: Id }[] = [],
) {
  return [
    { kind: 'payment_out', id: payout.id },
    { kind: 'party', id: payout.party_id },
    ...(payout.purchase_id ? [{ kind: 'purchase', id: payout.purchase_id }] : []),
    ...(payout.receivable_id ? [{ kind: 'receivable', id: payout.receivable_id }] : []),
    ...(payout.due_id ? [{ kind: 'payout_due', id: payout.due_id }] : []),
    ...(payout.payment_in_id ? [{ kind: 'payment_in', id: payout.payment_in_id }] : []),
    ...claims.map(claim => ({ kind: 'receivable', id: claim.id })),
  ]
}

/** The deal a payment is for, as it stands now: a claim's verdict may have been approved after the payment was asked for. */
export async function dealOf(
  tx: Db | Tx,
  payout: Pick<Payout, 'purchase_id' | 'receivable_id' | 'deal_approvers'>,
): Promise<DealPeople> {
  const purchaseId = payout.purchase_id ?? (await purchaseOf(tx, payout.receivable_id))
  const deal = purchaseId ? await dealPeople(tx, purchaseId) : { registrars: [], approvers: [] }
  return {
    registrars: deal.registrars,
    approvers: [...new Set([...payout.deal_approvers, ...deal.approvers])],
  }
}

async function purchaseOf(tx: Db | Tx, receivableId: Id | null): Promise<Id | null> {
  if (receivableId === null) return null
  const row = await tx
    .selectFrom('receivable')
    .select('purchase_id')
    .where('id', '=', receivableId)
    .executeTakeFirst()
  return row?.purchase_id ?? null
}

/** Who approved the deal has no hand in paying for it (architecture.md, Segregation over one deal). */
export function refuseDealApprover(
  { actor }: CommandContext,
  payouts: readonly Pick<Payout, 'payout_no' | 'deal_approvers'>[],
): void {
  for (const payout of payouts)
    refuseUnless(!payout.deal_approvers.includes(actor.id), 'deal_approver_must_not_pay_out', {
      kind: 'forbidden',
      facts: { payoutNo: payout.payout_no },
    })
}

/** SQL: the actor has a hand in the payment from now on. */
export function handledBy({ actor }: CommandContext) {
  return sql<string[]>`array_append(array_remove(handled_by, ${actor.id}::uuid), ${actor.id}::uuid)`
}
