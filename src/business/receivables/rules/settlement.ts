import type { Yen } from '../../../platform/money/yen.ts'

/** Which shortfalls the reserve pays for: a contract term needing legal approval (FF §4.4). */
export type RetentionAbsorbs = 'dilution_then_credit' | 'dilution'

/**
 * A bought claim at the end of its collection; yen. `collectedYen` is what reached the bought part, at most
 * P.
 */
export type SettlementFacts = {
  purchasedYen: Yen
  advanceYen: Yen
  collectedYen: Yen
  dilutionYen: Yen
  retentionAbsorbs: RetentionAbsorbs
}

export type Settlement = {
  shortfallYen: Yen
  dilutionYen: Yen
  creditLossYen: Yen
  /** Part of the reserve the client receives. */
  releaseYen: Yen
  /** Dilution beyond the reserve: the client owes it. */
  clientClaimYen: Yen
  /** The factor's own loss, booked only by a write-off. */
  factorLossYen: Yen
}

/**
 * Divides the shortfall P − K = D + L between reserve, client and factor (FF §4.4).
 * `dilution_then_credit`: claim + loss = max(0, A − K). Both rules: K + claim + loss = A + release.
 * Throws when K + D exceeds P: excess and dilution must be taken apart before (`allocatePartialPurchase`).
 */
export function settle(facts: SettlementFacts): Settlement {
  const { purchasedYen, advanceYen, collectedYen, dilutionYen } = facts
  const reserveYen = purchasedYen - advanceYen
  const creditLossYen = purchasedYen - collectedYen - dilutionYen
  if (creditLossYen < 0 || collectedYen < 0 || dilutionYen < 0 || reserveYen < 0) {
    throw new RangeError('collected + dilution must lie between 0 and the purchased amount')
  }
  const absorbs = facts.retentionAbsorbs === 'dilution_then_credit'
  const reserveAfterDilution = Math.max(0, reserveYen - dilutionYen)
  return {
    shortfallYen: purchasedYen - collectedYen,
    dilutionYen,
    creditLossYen,
    releaseYen: absorbs ? clamp(collectedYen - advanceYen, 0, reserveYen) : reserveAfterDilution,
    clientClaimYen: Math.max(0, dilutionYen - reserveYen),
    factorLossYen: absorbs ? Math.max(0, creditLossYen - reserveAfterDilution) : creditLossYen,
  }
}

/** What happened to the whole eligible claim, of which only P was bought; yen. */
export type PartialPurchaseFacts = { eligibleYen: Yen; purchasedYen: Yen; receivedYen: Yen; dilutionYen: Yen }

export type PartialPurchaseShares = {
  /** K: what counts against the bought part. */
  collectedYen: Yen
  /** D that reaches the bought part once the client's own part is used up. */
  dilutionYen: Yen
  /** What the client keeps of its unpurchased part. */
  clientKeepsYen: Yen
  /**
   * More than the debtor owed: belongs to the client, refunded or applied elsewhere with consent, never
   * income.
   */
  excessYen: Yen
}

/**
 * Divides receipts and dilution between the bought part and the client's unpurchased part (FF §4.4,
 * `partial_dilution_order = client_first`): dilution hits the client's part first, money fills the bought
 * part first.
 */
export function allocatePartialPurchase(facts: PartialPurchaseFacts): PartialPurchaseShares {
  const unpurchasedYen = facts.eligibleYen - facts.purchasedYen
  const dilutionYen = Math.min(facts.purchasedYen, Math.max(0, facts.dilutionYen - unpurchasedYen))
  const clientPartYen = unpurchasedYen - Math.min(unpurchasedYen, facts.dilutionYen)
  const collectedYen = Math.min(facts.receivedYen, facts.purchasedYen - dilutionYen)
  const clientKeepsYen = Math.min(facts.receivedYen - collectedYen, clientPartYen)
  return {
    collectedYen,
    dilutionYen,
    clientKeepsYen,
    excessYen: facts.receivedYen - collectedYen - clientKeepsYen,
  }
}

export type CollectionFacts = { purchasedYen: Yen; collectedYen: Yen; confirmedDilutionYen: Yen }

/** Open amount P − K − confirmed dilution; never below zero (FF §4.4, DD group 9). */
export function openYen(facts: CollectionFacts): Yen {
  return Math.max(0, facts.purchasedYen - facts.collectedYen - facts.confirmedDilutionYen)
}

/** A claim is collected once its open amount is within the company's tolerance (FF §4.4). */
export function isCollected(facts: CollectionFacts, toleranceYen: Yen): boolean {
  return openYen(facts) <= toleranceYen
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
