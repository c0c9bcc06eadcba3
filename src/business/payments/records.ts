import { type Selectable, sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { afterAct, afterRefundTakenBack, type PaymentAct, type PaymentState } from './rules.ts'
import type { PaymentInTable } from './tables.ts'

export type Payment = Selectable<PaymentInTable>

/** A deposit, locked until the end of the transaction. */
export async function lockPayment({ tx }: Pick<CommandContext, 'tx'>, id: Id): Promise<Payment> {
  return found(
    await tx.selectFrom('payment_in').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'payment_in',
  )
}

export interface PaymentMove {
  act: PaymentAct
  values?:
    | Partial<
        Pick<
          Payment,
          | 'applied_yen'
          | 'refund_yen'
          | 'party_id'
          | 'held_reason'
          | 'refund_to'
          | 'journal_id'
          | 'refund_journal_id'
          | 'judged_by'
        >
      >
    | undefined
}

/**
 * Moves a locked deposit by one act through states FF §3 lists, or refuses `payment_must_be_waiting`. The caller posts the journal
 * and records the event.
 */
export async function movePayment(
  { tx }: Pick<CommandContext, 'tx'>,
  payment: Payment,
  { act, values }: PaymentMove,
): Promise<PaymentState> {
  const state =
    act === 'take_refund_back' && payment.state === 'refund_pending'
      ? afterRefundTakenBack(payment.applied_yen)
      : afterAct(payment.state, act)
  refuseUnless(state !== null, 'payment_must_be_waiting', { facts: { state: payment.state } })
  await tx
    .updateTable('payment_in')
    .set({ ...values, state, row_version: sql`row_version + 1` })
    .where('id', '=', payment.id)
    .execute()
  return state
}

/** What the engine makes of deposits that wait: a proposal, or nobody's. Derived; money is not touched. */
export async function setProposed(
  { tx }: Pick<CommandContext, 'tx'>,
  state: 'proposed' | 'unidentified',
  ids: readonly Id[],
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('payment_in')
    .set({ state, row_version: sql`row_version + 1` })
    .where('id', 'in', [...ids])
    .where('state', 'in', ['matching', 'proposed', 'unidentified'])
    .where('state', '<>', state)
    .execute()
}
