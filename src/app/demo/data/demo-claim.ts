import { dueDate, type PaymentTerm, rolledDue } from '../../../../bench/generate/book-terms.ts'
import { addBankDays, daysBetween, rollToBankDay } from '../../../../bench/generate/calendar.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { shareOf, type Yen } from '../../../platform/money/yen.ts'
import type { DemoContract, DemoReceivable, DemoStep } from './demo-types.ts'

/** What is decided about a claim of the demo; the rest follows. */
export type ClaimPlan = {
  key: string
  debtor: string
  invoiceNo: string
  issuedOn: IsoDate
  netOfTaxYen: Yen
  paymentTerm: PaymentTerm
  /** Printed on the invoice; when left out, the payment term gives it. */
  dueOn?: IsoDate
  receivableKind?: DemoReceivable['receivableKind']
  /** How far it goes: an offer is looked at, refused, or bought on the day. */
  reaches: 'offered' | 'verifying' | 'verified' | 'approved' | 'rejected' | 'withdrawn' | 'purchased'
  offeredOn: IsoDate
  sameClaimAs?: string
  reason?: string
}

/** Prices the claim by its contract and lays out its steps; what it collects is added with its deposits. */
export function claimFrom(plan: ClaimPlan, contract: DemoContract): DemoReceivable {
  const dueOn = plan.dueOn ?? dueDate(plan.issuedOn, plan.paymentTerm)
  const dueOnRolled = rolledDue(dueOn, plan.paymentTerm)
  const payableOn =
    contract.collectionRoute === 'client_remits'
      ? addBankDays(dueOnRolled, contract.remitBankDays)
      : dueOnRolled
  const taxRatePpm = plan.receivableKind === 'care' || plan.receivableKind === 'medical' ? 0 : 100_000
  const taxYen = shareOf(plan.netOfTaxYen, taxRatePpm)
  const faceYen = plan.netOfTaxYen + taxYen
  const steps = stepsOf(plan)
  const boughtOn = steps.find(step => step.to === 'purchased')?.on
  const advanceYen = shareOf(faceYen, contract.advancePpm)
  return {
    key: plan.key,
    client: contract.party,
    debtor: plan.debtor,
    contractNo: contract.contractNo,
    receivableKind: plan.receivableKind ?? 'invoice',
    invoiceNo: plan.invoiceNo,
    issuedOn: plan.issuedOn,
    dueOn,
    dueOnRolled,
    payableOn,
    paymentTerm: plan.paymentTerm,
    netOfTaxYen: plan.netOfTaxYen,
    taxRatePpm,
    taxYen,
    faceYen,
    purchasedYen: faceYen,
    advanceYen,
    reserveYen: faceYen - advanceYen,
    feeYen: Math.max(shareOf(faceYen, contract.feePpm), contract.feeMinimumYen),
    steps,
    noticeDeliveredOn:
      contract.legalKind === 'three_party' && boughtOn !== undefined ? addBankDays(boughtOn, 1) : null,
    reserveReleasedOn: null,
    state: plan.reaches,
    collectedYen: 0,
    sameClaimAs: plan.sameClaimAs ?? null,
  }
}

/** Offer by sales, check by the reviewer, approval by the approver, purchase by operations: never one person twice. */
function stepsOf(plan: ClaimPlan): DemoStep[] {
  const day = rollToBankDay(plan.offeredOn)
  const next = addBankDays(day, 1)
  const steps: DemoStep[] = [
    { on: day, to: 'offered', by: 'sales', reason: null },
    { on: day, to: 'verifying', by: 'reviewer', reason: null },
    { on: next, to: 'verified', by: 'reviewer', reason: null },
    { on: next, to: 'approved', by: 'approver', reason: null },
    { on: next, to: 'purchased', by: 'operations', reason: null },
  ]
  const reason = plan.reason ?? null
  if (plan.reaches === 'rejected' || plan.reaches === 'withdrawn')
    return [
      ...steps.slice(0, 2),
      { on: next, to: plan.reaches, by: plan.reaches === 'rejected' ? 'approver' : 'sales', reason },
    ]
  return steps.slice(0, steps.findIndex(step => step.to === plan.reaches) + 1)
}

/** The day of the purchase, or null when the claim was not bought. */
export function purchasedOn(claim: DemoReceivable): IsoDate | null {
  return claim.steps.find(step => step.to === 'purchased')?.on ?? null
}

/** The state which follows from steps, money and days (FF §3), for checking what the seed has built. */
export function derivedState(claim: DemoReceivable, today: IsoDate): string {
  const last = claim.steps.at(-1)!.to
  if (purchasedOn(claim) === null || last === 'written_off' || last === 'repurchased') return last
  if (claim.collectedYen >= claim.purchasedYen) {
    const released =
      claim.reserveYen === 0 || (claim.reserveReleasedOn !== null && claim.reserveReleasedOn <= today)
    return released ? 'settled' : 'collected'
  }
  if (last === 'dunning' || last === 'legal') return last
  const late = daysBetween(claim.payableOn, today)
  if (late > 0) return 'overdue'
  if (late === 0) return 'due'
  if (claim.collectedYen > 0) return 'partially_collected'
  return claim.noticeDeliveredOn !== null && claim.noticeDeliveredOn <= today ? 'notified' : 'purchased'
}
