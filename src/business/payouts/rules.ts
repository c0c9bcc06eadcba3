import type { PayoutState } from './tables.ts'

/** Every listed transition of a payment (FF §3, payment_out). A returned transfer (組戻し) is `bounced`. */
export const PAYOUT_MACHINE: Readonly<Record<PayoutState, readonly PayoutState[]>> = {
  prepared: ['checked', 'cancelled'],
  checked: ['approved', 'returned'],
  returned: ['prepared', 'cancelled'],
  approved: ['batched', 'cancelled'],
  batched: ['sent', 'cancelled'],
  sent: ['confirmed', 'failed', 'unknown'],
  confirmed: ['bounced'],
  bounced: ['prepared', 'cancelled'],
  unknown: ['confirmed', 'failed'],
  failed: ['prepared', 'cancelled'],
  cancelled: [],
}

export function mayMove(from: PayoutState, to: PayoutState): boolean {
  return PAYOUT_MACHINE[from].includes(to)
}

const PERFECTED: Readonly<Record<string, readonly string[]>> = {
  contract: ['none', 'notice_held', 'notice_sent', 'consent_received', 'registered'],
  notice: ['notice_sent', 'consent_received', 'registered'],
  consent: ['consent_received'],
  registration: ['registered'],
}

/** Whether money may leave, as the contract says what must have happened before (FF §5, payout_after). */
export function mayPayAfter(payoutAfter: string, perfections: readonly string[]): boolean {
  return perfections.every(perfection => PERFECTED[payoutAfter]?.includes(perfection) ?? false)
}
