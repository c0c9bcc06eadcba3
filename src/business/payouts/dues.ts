import { type Selectable, sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { dueSourceLabels } from './labels.ts'
import type { DueSource, DueState, PayoutDueTable } from './tables.ts'

export type PayoutDue = Selectable<PayoutDueTable>

export interface DueToOpen {
  partyId: Id
  source: DueSource
  amountYen: Yen
  /** The journal that booked the yen as 送金未払金. */
  journalId: Id
  receivableId?: Id
  contractId?: Id | null
  paymentInId?: Id
  /** The number people know the claim or deposit by. */
  aboutNo: string
  /** Who approved the claim or the decision; none of them may approve the payment (architecture.md, Segregation). */
  dealApprovers: readonly (Id | null)[]
}

/**
 * A decided debt to a party: released reserve, excess, client's share (FF §4.4). It waits in the list of repayments until somebody
 * asks for its payment or sets it off. The caller has posted the journal in the same transaction.
 */
export async function openDue(
  context: CommandContext,
  wanted: DueToOpen,
): Promise<{ id: Id; dueNo: string }> {
  const { tx, actor, now, approval } = context
  const approvers = [...wanted.dealApprovers, approval?.approvedBy ?? null].filter(id => id !== null)
  const id = newId()
  const { due_no } = await tx
    .insertInto('payout_due')
    .values({
      id,
      party_id: wanted.partyId,
      source: wanted.source,
      receivable_id: wanted.receivableId ?? null,
      contract_id: wanted.contractId ?? null,
      payment_in_id: wanted.paymentInId ?? null,
      about_no: wanted.aboutNo,
      amount_yen: wanted.amountYen,
      deal_approvers: [...new Set(approvers)],
      decided_by: actor.id,
      approved_by: approval?.approvedBy ?? null,
      decided_at: now.toISOString(),
      journal_id: wanted.journalId,
      cancelled_by: null,
      cancelled_at: null,
      cancelled_reason: null,
    })
    .returning('due_no')
    .executeTakeFirstOrThrow()
  await context.record({
    verb: 'payout_due_opened',
    subjects: subjectsOfDue({
      id,
      party_id: wanted.partyId,
      receivable_id: wanted.receivableId ?? null,
      payment_in_id: wanted.paymentInId ?? null,
    }),
    after: { amountYen: wanted.amountYen, dueSource: wanted.source },
    facts: {
      summary: `${due_no} ${dueSourceLabels[wanted.source]} ${wanted.amountYen.toLocaleString('ja-JP')}円`,
      journalId: wanted.journalId,
    },
  })
  return { id, dueNo: due_no }
}

export async function lockDues({ tx }: CommandContext, ids: readonly Id[]): Promise<PayoutDue[]> {
  const rows = await tx
    .selectFrom('payout_due')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()
  return found(rows.length === new Set(ids).size ? rows : null, 'payout_due')
}

/** The payment of a debt that was not cancelled; null while nobody has asked for one. */
export async function paymentOfDue(db: Db | Tx, dueId: Id) {
  const row = await db
    .selectFrom('payment_out')
    .select(['id', 'payout_no', 'state'])
    .where('due_id', '=', dueId)
    .where('state', '<>', 'cancelled')
    .executeTakeFirst()
  return row ?? null
}

/** SQL: the state of a debt `d` with its standing payment `o`. */
export const dueStateSql = sql<DueState>`case when o.state = 'confirmed' then 'paid'
  when d.cancelled_at is not null then 'cancelled' when d.set_off_yen = d.amount_yen then 'set_off'
  when o.id is not null then 'in_payment' else 'waiting' end`

/**
 * The journals behind these debts are about to be reversed: ends what was not paid, and answers what was. Refuses
 * `repayment_must_not_be_under_way` while a payment is between request and outcome, `set_off_must_be_reversed_first` where part was set off.
 */
export async function takeDuesBack(
  context: CommandContext,
  journalIds: readonly Id[],
  reason: string,
): Promise<PayoutDue[]> {
  if (journalIds.length === 0) return []
  const { tx, actor, now } = context
  const dues = await tx
    .selectFrom('payout_due')
    .selectAll()
    .where('journal_id', 'in', [...journalIds])
    .where('cancelled_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const paid: PayoutDue[] = []
  for (const due of dues) {
    refuseUnless(due.set_off_yen === 0, 'set_off_must_be_reversed_first', { facts: { dueNo: due.due_no } })
    const payment = await paymentOfDue(tx, due.id)
    if (payment?.state === 'confirmed') paid.push(due)
    else
      refuseUnless(payment === null, 'repayment_must_not_be_under_way', {
        message: `${dueSourceLabels[due.source]}の支払 ${payment?.payout_no ?? ''} が手続き中です。先にその支払を取り消すか、結果を記録してください。`,
      })
    await tx
      .updateTable('payout_due')
      .set({
        cancelled_by: actor.id,
        cancelled_at: now.toISOString(),
        cancelled_reason: reason,
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', due.id)
      .execute()
    await context.record({
      verb: 'payout_due_cancelled',
      subjects: subjectsOfDue(due),
      before: { amountYen: due.amount_yen },
      facts: { summary: `${due.due_no} ${dueSourceLabels[due.source]}` },
      reason,
    })
  }
  return paid
}

/** Takes part of a debt by set-off, or gives it back with a negative amount. The caller holds the lock and books the journal. */
export async function setOffDue({ tx }: CommandContext, due: PayoutDue, yen: Yen): Promise<void> {
  await tx
    .updateTable('payout_due')
    .set({ set_off_yen: sql`set_off_yen + ${yen}`, row_version: sql`row_version + 1` })
    .where('id', '=', due.id)
    .execute()
}

export function subjectsOfDue(
  due: Pick<PayoutDue, 'id' | 'party_id' | 'receivable_id' | 'payment_in_id'>,
): { kind: string; id: Id }[] {
  return [
    { kind: 'payout_due', id: due.id },
    { kind: 'party', id: due.party_id },
    ...(due.receivable_id ? [{ kind: 'receivable', id: due.receivable_id }] : []),
    ...(due.payment_in_id ? [{ kind: 'payment_in', id: due.payment_in_id }] : []),
  ]
}
