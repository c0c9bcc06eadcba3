import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { floorDivide, type Ppm, type Yen } from '../../../platform/money/yen.ts'
import { type DayCount, type LateStretch, weightedDays } from './damages.ts'

/**
 * In which order a receipt pays what is open: costs → damages → principal, or the plan's principal first (FF
 * §4.5). The bought claim comes before the claim on the client: it alone bears damages, so paying it first is
 * what helps the debtor most (民法488条4項2号).
 */
export type ApplicationOrder = 'costs_first' | 'principal_first'

export type OpenItems = {
  costYen: Yen
  lateDamagesYen: Yen
  penaltyYen: Yen
  principalYen: Yen
  clientClaimYen: Yen
}

export type AppliedPart = {
  kind: 'cost' | 'late_damages' | 'penalty' | 'principal' | 'client_claim' | 'excess'
  yen: Yen
}

const ORDERS: Record<ApplicationOrder, (keyof OpenItems)[]> = {
  costs_first: ['costYen', 'lateDamagesYen', 'penaltyYen', 'principalYen', 'clientClaimYen'],
  principal_first: ['principalYen', 'clientClaimYen', 'costYen', 'lateDamagesYen', 'penaltyYen'],
}

const KIND_OF: Record<keyof OpenItems, AppliedPart['kind']> = {
  costYen: 'cost',
  lateDamagesYen: 'late_damages',
  penaltyYen: 'penalty',
  principalYen: 'principal',
  clientClaimYen: 'client_claim',
}

/**
 * Spreads one receipt over the open items; what is left is `excess` and belongs to the payer. Σ parts =
 * receipt.
 */
export function applyReceipt(receiptYen: Yen, open: OpenItems, order: ApplicationOrder): AppliedPart[] {
  const parts: AppliedPart[] = []
  let leftYen = receiptYen
  for (const item of ORDERS[order]) {
    const yen = Math.min(leftYen, open[item])
    if (yen > 0) parts.push({ kind: KIND_OF[item], yen })
    leftYen -= yen
  }
  if (leftYen > 0) parts.push({ kind: 'excess', yen: leftYen })
  return parts
}

/**
 * A claim that is paid late in parts. Receipts ascending by day; `receivedOn` is the day the money reached
 * the factor.
 */
export type LateCollection = {
  principalYen: Yen
  costYen: Yen
  penaltyYen: Yen
  payableOn: IsoDate
  receipts: { receivedOn: IsoDate; yen: Yen }[]
  asOf: IsoDate
  ratePpm: Ppm
  dayCount: DayCount
  order: ApplicationOrder
}

export type LateCollectionResult = {
  applied: { receivedOn: IsoDate; parts: AppliedPart[] }[]
  damagesAccruedYen: Yen
  open: OpenItems
  stretches: LateStretch[]
}

/**
 * Walks the receipts of one receivable: accrues damages on the open principal from `payable_on`, applies each
 * receipt in the agreed order, and states what is open at `asOf`. Damages are one running accrual:
 * balance·days are kept whole and floored as a total, so that many part payments never round more than once
 * (FF §4.1, §4.5).
 */
export function collectLate(facts: LateCollection): LateCollectionResult {
  let principalYen = facts.principalYen
  let costYen = facts.costYen
  let penaltyYen = facts.penaltyYen
  let damagesPaidYen = 0
  let since = facts.payableOn
  const stretches: LateStretch[] = []
  const applied: LateCollectionResult['applied'] = []

  const accrueUntil = (day: IsoDate): Yen => {
    if (day > since) {
      stretches.push({ balanceYen: principalYen, from: since, to: day })
      since = day
    }
    return floorDivide(
      weightedDays(stretches, facts.dayCount) * BigInt(facts.ratePpm),
      365n * 366n * 1_000_000n,
    )
  }
  for (const receipt of facts.receipts) {
    if (receipt.receivedOn > facts.asOf) break
    const lateDamagesYen = accrueUntil(receipt.receivedOn) - damagesPaidYen
    const parts = applyReceipt(
      receipt.yen,
      { costYen, lateDamagesYen, penaltyYen, principalYen, clientClaimYen: 0 },
      facts.order,
    )
    for (const part of parts) {
      if (part.kind === 'cost') costYen -= part.yen
      if (part.kind === 'late_damages') damagesPaidYen += part.yen
      if (part.kind === 'penalty') penaltyYen -= part.yen
      if (part.kind === 'principal') principalYen -= part.yen
    }
    applied.push({ receivedOn: receipt.receivedOn, parts })
  }
  const damagesAccruedYen = accrueUntil(facts.asOf)
  const lateDamagesYen = damagesAccruedYen - damagesPaidYen
  const open = { costYen, lateDamagesYen, penaltyYen, principalYen, clientClaimYen: 0 }
  return { applied, damagesAccruedYen, open, stretches }
}
