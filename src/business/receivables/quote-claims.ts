import type { Db, Tx } from '../../platform/database/database.ts'
import { daysBetween } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { ContractTerms } from '../contracts/index.ts'
import type { Reach } from '../parties/index.ts'
import type { ReceivableRow } from './contract.ts'
import { claimToPrice, datesUnder, pricingTermsOf, taxRates } from './pricing-of.ts'
import { namesOf, toleranceYenOf, toRow } from './queries.ts'
import type { Receivable } from './records.ts'
import {
  type Charge,
  type PricingRefusal,
  type PurchaseQuote,
  pricingRefusals,
  quotePurchase,
} from './rules/pricing.ts'

type OfferedClaim = Pick<
  Receivable,
  'id' | 'due_on' | 'face_yen' | 'deductions_yen' | 'ineligible_yen' | 'asked_yen'
>

export interface QuotedClaims {
  quote: PurchaseQuote
  charges: Charge[]
  /** Days each claim's price runs, in the order of the claims. */
  days: number[]
}

/** What claims would cost under a contract's terms if they were bought on the day, reckoned as the purchase does (FF §4.2); or every reason why not. Yen, ppm, days. */
export function quoteClaims(
  claims: readonly OfferedClaim[],
  terms: ContractTerms,
  day: IsoDate,
): QuotedClaims | { refusals: PricingRefusal[] } {
  const toPrice = claims.map(claim => claimToPrice(claim, datesUnder(terms, claim.due_on).payableOn, day))
  const pricing = pricingTermsOf(terms)
  const refusals = pricingRefusals(toPrice, pricing, terms.charges, taxRates)
  if (refusals.length > 0 || claims.length === 0) return { refusals }
  return {
    quote: quotePurchase(toPrice, pricing, terms.charges, taxRates),
    charges: terms.charges,
    days: claims.map(claim => Math.max(0, daysBetween(day, datesUnder(terms, claim.due_on).payableOn))),
  }
}

/** Claims as the list shows them, by id, whoever may see their clients; with their short numbers for the view record. */
export async function claimRows(
  at: Reach & { db: Db | Tx },
  ids: readonly Id[],
): Promise<{ row: ReceivableRow; seenNo: number }[]> {
  const named = await namesOf(at, ids)
  const tolerance = await toleranceYenOf(at.db)
  return [...named.values()]
    .map(row => ({ row: toRow(row, at.today, tolerance), seenNo: row.seen_no }))
    .sort((a, b) => (a.row.id < b.row.id ? -1 : 1))
}
