import { floorDivide, type Ppm, type Yen } from '../../../platform/money/yen.ts'

export type LimitKind = 'client' | 'group' | 'debtor' | 'debtor_group' | 'pair' | 'concentration' | 'plan'

/** Whom a limit of a kind speaks about: one party, one group, one client with one debtor, or one plan. */
export type LimitSubject =
  | { limitKind: 'client'; clientId: string }
  | { limitKind: 'group'; groupId: string }
  | { limitKind: 'debtor'; debtorId: string }
  | { limitKind: 'debtor_group'; groupId: string }
  | { limitKind: 'pair'; clientId: string; debtorId: string }
  | { limitKind: 'concentration'; debtorId: string }
  | { limitKind: 'plan'; planId: string }

/**
 * One deal that can put money at risk. `dealId` is what a commitment hangs on; parties are identities, groups
 * as of T.
 */
type DealParties = {
  dealId: string
  clientId: string
  clientGroupId?: string | null
  debtorId?: string | null
  debtorGroupId?: string | null
  planId?: string | null
}

export type ExposureFact =
  /**
   * A bought claim whose payout is confirmed: max(0, A − K) until settled, repurchased or written off (leave
   * those out).
   */
  | (DealParties & { kind: 'purchase_paid'; advanceYen: Yen; collectedYen: Yen })
  /** Receivable `approved` or `purchased`, payout not confirmed: A. */
  | (DealParties & { kind: 'purchase_committed'; advanceYen: Yen })
  /** A guarantee in force. */
  | (DealParties & { kind: 'credit_guarantee'; guaranteedYen: Yen })
  /** A loan counts for its borrower, named as client: open principal + approved and not yet paid out. */
  | (DealParties & { kind: 'loan'; openPrincipalYen: Yen; approvedUnpaidYen: Yen })

export type ExposureParts = {
  paidYen: Yen
  committedYen: Yen
  guaranteedYen: Yen
  loanYen: Yen
  totalYen: Yen
}

/** What one fact puts at risk, and under which part of FF §4.8 it counts. */
export function amountAtRisk(fact: ExposureFact): { part: keyof Omit<ExposureParts, 'totalYen'>; yen: Yen } {
  if (fact.kind === 'purchase_paid')
    return { part: 'paidYen', yen: Math.max(0, fact.advanceYen - fact.collectedYen) }
  if (fact.kind === 'purchase_committed') return { part: 'committedYen', yen: fact.advanceYen }
  if (fact.kind === 'credit_guarantee') return { part: 'guaranteedYen', yen: fact.guaranteedYen }
  return { part: 'loanYen', yen: fact.openPrincipalYen + fact.approvedUnpaidYen }
}

/**
 * The one exposure function (FF §4.8), used by limits, alerts and KPI: purchases and guarantees count for
 * client and debtor, loans for the borrower, group kinds over the group, `pair` over client × debtor.
 * `withoutDealId` leaves out a deal's own commitment.
 */
export function exposure(
  subject: LimitSubject,
  facts: ExposureFact[],
  withoutDealId?: string,
): ExposureParts {
  const parts: ExposureParts = { paidYen: 0, committedYen: 0, guaranteedYen: 0, loanYen: 0, totalYen: 0 }
  for (const fact of facts) {
    if (!countsFor(subject, fact) || isOwnCommitment(fact, withoutDealId)) continue
    const { part, yen } = amountAtRisk(fact)
    parts[part] += yen
    parts.totalYen += yen
  }
  return parts
}

/** Everything at risk anywhere: the whole against which a debtor's share is measured. */
export function totalExposureYen(facts: ExposureFact[], withoutDealId?: string): Yen {
  const counted = facts.filter(fact => !isOwnCommitment(fact, withoutDealId))
  return counted.reduce((total, fact) => total + amountAtRisk(fact).yen, 0)
}

/** A debtor's share of all exposure in ppm, floored; 0 when nothing is at risk. */
export function concentrationPpm(debtorId: string, facts: ExposureFact[], withoutDealId?: string): Ppm {
  const total = totalExposureYen(facts, withoutDealId)
  if (total === 0) return 0
  const share = exposure({ limitKind: 'concentration', debtorId }, facts, withoutDealId).totalYen
  return floorDivide(BigInt(share) * 1_000_000n, BigInt(total))
}

/** Only money not yet out is a commitment; what was paid stays at risk whoever asks. */
function isOwnCommitment(fact: ExposureFact, dealId: string | undefined): boolean {
  return fact.kind === 'purchase_committed' && fact.dealId === dealId
}

function countsFor(subject: LimitSubject, fact: ExposureFact): boolean {
  const isLoan = fact.kind === 'loan'
  switch (subject.limitKind) {
    case 'client':
      return fact.clientId === subject.clientId
    case 'group':
      return fact.clientGroupId === subject.groupId
    case 'debtor':
    case 'concentration':
      return !isLoan && fact.debtorId === subject.debtorId
    case 'debtor_group':
      return !isLoan && fact.debtorGroupId === subject.groupId
    case 'pair':
      return !isLoan && fact.clientId === subject.clientId && fact.debtorId === subject.debtorId
    case 'plan':
      return fact.planId === subject.planId
  }
}
