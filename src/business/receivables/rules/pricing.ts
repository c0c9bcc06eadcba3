import { floorDivide, type Ppm, shareOf, type Yen } from '../../../platform/money/yen.ts'

/**
 * What a contract says about the price of a bought claim (DD group 7). Rates in ppm, money in yen, periods in
 * days.
 */
export type PricingTerms = {
  advancePpm: Ppm
  feePpm: Ppm
  feeBase: 'purchased' | 'advance'
  feeMethod: 'flat' | 'per_day' | 'per_period'
  /** Only for `per_period`: the days one `feePpm` pays for. */
  feePeriodDays?: number
  feeMinimumYen: Yen
}

/**
 * One claim as offered: F, what is known to be missing from it, and the part to be bought (default: all that
 * is eligible).
 */
export type ClaimToPrice = {
  receivableId: string
  faceYen: Yen
  deductionsYen: Yen
  ineligibleYen: Yen
  purchasedYen?: Yen
  /** Days from the payout to the day the factor is to be paid; base of per-day and per-period fees. */
  days: number
}

export type PricedClaim = {
  receivableId: string
  faceYen: Yen
  eligibleYen: Yen
  purchasedYen: Yen
  unpurchasedYen: Yen
  advanceYen: Yen
  reserveYen: Yen
  feeYen: Yen
  /** Legal price P − fee, of which A − fee is paid now and R later. */
  priceYen: Yen
}

export type TaxCategory = 'non_taxable' | 'taxable_10' | 'outside'

/**
 * A charge beside the discount fee; `amountYen` is without consumption tax. Only those borne by the client
 * reduce the payout.
 */
export type Charge = { kind: string; amountYen: Yen; taxCategory: TaxCategory; borneBy: 'client' | 'factor' }

/** Consumption tax by category as dated data: the rate in force on the document's date. */
export type TaxRates = { taxable_10: Ppm }

export type PurchaseQuote = {
  claims: PricedClaim[]
  purchasedYen: Yen
  advanceYen: Yen
  reserveYen: Yen
  feeYen: Yen
  priceYen: Yen
  chargesYen: Yen
  taxYen: Yen
  netYen: Yen
  annualisedPpm: Ppm | null
}

export type PricingRefusal =
  | 'amounts_must_not_be_negative'
  | 'advance_rate_must_be_above_0_and_at_most_100_percent'
  | 'fee_period_must_be_given_in_days'
  | 'purchased_must_be_above_0_and_within_eligible'
  | 'fee_must_be_below_advance'
  | 'net_payout_must_be_positive'

/**
 * Prices one claim (FF §4.2): every product is floored once per receivable, never on a sum (FF §4.1).
 * Call `pricingRefusals` first; values which break its rules are a broken promise of ours.
 */
export function priceClaim(claim: ClaimToPrice, terms: PricingTerms): PricedClaim {
  const eligibleYen = claim.faceYen - claim.deductionsYen - claim.ineligibleYen
  const purchasedYen = claim.purchasedYen ?? eligibleYen
  const advanceYen = shareOf(purchasedYen, terms.advancePpm)
  const baseYen = terms.feeBase === 'purchased' ? purchasedYen : advanceYen
  const feeYen = Math.max(feeOn(baseYen, terms, claim.days), terms.feeMinimumYen)
  return {
    receivableId: claim.receivableId,
    faceYen: claim.faceYen,
    eligibleYen,
    purchasedYen,
    unpurchasedYen: eligibleYen - purchasedYen,
    advanceYen,
    reserveYen: purchasedYen - advanceYen,
    feeYen,
    priceYen: purchasedYen - feeYen,
  }
}

/** ⌊base·f⌋, ⌊base·f·days⌋ or ⌊base·f·days/period⌋, each floored once (FF §4.2). */
function feeOn(baseYen: Yen, terms: PricingTerms, days: number): Yen {
  if (terms.feeMethod === 'flat') return shareOf(baseYen, terms.feePpm)
  const periodDays = terms.feeMethod === 'per_day' ? 1 : (terms.feePeriodDays ?? 1)
  return floorDivide(BigInt(baseYen) * BigInt(terms.feePpm) * BigInt(days), 1_000_000n * BigInt(periodDays))
}

/**
 * Prices a bundle: sums of floored parts, charges borne by the client, one tax rounding per document per
 * rate, net payout N. Always N + fee + C + T + R = P (FF §4.2). The annualised cost is weighted by the
 * advance of each claim.
 */
export function quotePurchase(
  claims: ClaimToPrice[],
  terms: PricingTerms,
  charges: Charge[],
  rates: TaxRates,
): PurchaseQuote {
  const priced = claims.map(claim => priceClaim(claim, terms))
  const sum = (part: (claim: PricedClaim) => Yen) => priced.reduce((total, claim) => total + part(claim), 0)
  const borneByClient = charges.filter(charge => charge.borneBy === 'client')
  const chargesYen = borneByClient.reduce((total, charge) => total + charge.amountYen, 0)
  const taxYen = consumptionTaxOf(borneByClient, rates)
  const advanceYen = sum(claim => claim.advanceYen)
  const feeYen = sum(claim => claim.feeYen)
  return {
    claims: priced,
    purchasedYen: sum(claim => claim.purchasedYen),
    advanceYen,
    reserveYen: sum(claim => claim.reserveYen),
    feeYen,
    priceYen: sum(claim => claim.priceYen),
    chargesYen,
    taxYen,
    netYen: advanceYen - feeYen - chargesYen - taxYen,
    annualisedPpm: annualisedOfBundle(claims, priced),
  }
}

/**
 * Consumption tax of one document: one floor per rate over the sum of its taxable charges (FF §4.3, JR §5.2).
 */
export function consumptionTaxOf(charges: Charge[], rates: TaxRates): Yen {
  const taxable = charges.filter(charge => charge.taxCategory === 'taxable_10')
  return shareOf(
    taxable.reduce((total, charge) => total + charge.amountYen, 0),
    rates.taxable_10,
  )
}

/**
 * Yearly cost fee/(A − fee)·365/days in ppm, floored; null when nothing is advanced net or no day passes (FF
 * §4.6, JR §6.5).
 */
export function annualisedPpm(feeYen: Yen, advanceYen: Yen, days: number): Ppm | null {
  if (advanceYen - feeYen <= 0 || days <= 0) return null
  return floorDivide(BigInt(feeYen) * 365n * 1_000_000n, BigInt(advanceYen - feeYen) * BigInt(days))
}

/** Fee over the net advance weighted by its days, so that a long small claim does not hide a short dear one. */
function annualisedOfBundle(claims: ClaimToPrice[], priced: PricedClaim[]): Ppm | null {
  let feeYen = 0n
  let netYenDays = 0n
  for (const [index, claim] of priced.entries()) {
    feeYen += BigInt(claim.feeYen)
    netYenDays += BigInt(claim.advanceYen - claim.feeYen) * BigInt(claims[index]!.days)
  }
  return netYenDays > 0n ? floorDivide(feeYen * 365n * 1_000_000n, netYenDays) : null
}

/** Every reason at once why this bundle cannot be priced; empty when it can. */
export function pricingRefusals(
  claims: ClaimToPrice[],
  terms: PricingTerms,
  charges: Charge[],
  rates: TaxRates,
): PricingRefusal[] {
  const refusals = new Set<PricingRefusal>()
  if (terms.advancePpm <= 0 || terms.advancePpm > 1_000_000) {
    refusals.add('advance_rate_must_be_above_0_and_at_most_100_percent')
  }
  if (terms.feeMethod === 'per_period' && !((terms.feePeriodDays ?? 0) > 0)) {
    refusals.add('fee_period_must_be_given_in_days')
  }
  const amounts = [terms.feePpm, terms.feeMinimumYen, ...charges.map(charge => charge.amountYen)]
  for (const claim of claims)
    amounts.push(claim.faceYen, claim.deductionsYen, claim.ineligibleYen, claim.days)
  if (amounts.some(amount => amount < 0)) refusals.add('amounts_must_not_be_negative')
  if (refusals.size > 0) return [...refusals]

  for (const claim of claims) {
    const priced = priceClaim(claim, terms)
    if (priced.purchasedYen <= 0 || priced.purchasedYen > priced.eligibleYen) {
      refusals.add('purchased_must_be_above_0_and_within_eligible')
    }
    if (priced.feeYen >= priced.advanceYen) refusals.add('fee_must_be_below_advance')
  }
  if (quotePurchase(claims, terms, charges, rates).netYen <= 0) refusals.add('net_payout_must_be_positive')
  return [...refusals]
}
