import type { Charge } from './pricing.ts'

/**
 * The named charges a contract does not carry (FF §5, charges[]: what a purchase may deduct was agreed before): another kind, tax category
 * or bearer, more yen than agreed, or one named twice. A charge may be left out or be lower, as when an office fee is waived or a
 * filing cost less. Amounts in yen without consumption tax; empty when all are agreed. Pure.
 */
export function chargesNotAgreed(agreed: readonly Charge[], named: readonly Charge[]): Charge[] {
  const left = [...agreed]
  return named.filter(charge => {
    const at = left.findIndex(
      one =>
        one.kind === charge.kind &&
        one.taxCategory === charge.taxCategory &&
        one.borneBy === charge.borneBy &&
        one.amountYen >= charge.amountYen,
    )
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
