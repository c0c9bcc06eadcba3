import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lookalikeLending } from './lookalike-lending.ts'
import {
  annualisedPpm,
  type ClaimToPrice,
  type PricingTerms,
  pricingRefusals,
  quotePurchase,
} from './pricing.ts'

const rates = { taxable_10: 100_000 }
const terms: PricingTerms = {
  advancePpm: 900_000,
  feePpm: 47_500,
  feeBase: 'purchased',
  feeMethod: 'flat',
  feeMinimumYen: 0,
}

function claim(faceYen: number, more: Partial<ClaimToPrice> = {}): ClaimToPrice {
  return { receivableId: 'r', faceYen, deductionsYen: 0, ineligibleYen: 0, days: 45, ...more }
}

describe('worked examples of FF §4.7', () => {
  test('example 1: two_party without reserve pays 1,045,000 yen at 39.2 % a year', () => {
    const quote = quotePurchase(
      [claim(1_100_000, { days: 49 })],
      { ...terms, advancePpm: 1_000_000, feePpm: 50_000 },
      [{ kind: 'transfer', amountYen: 400, taxCategory: 'taxable_10', borneBy: 'factor' }],
      rates,
    )
    expect(quote).toMatchObject({ advanceYen: 1_100_000, reserveYen: 0, feeYen: 55_000, netYen: 1_045_000 })
    expect(quote.annualisedPpm).toBe(392_051)
  })

  test('example 2: a medical claim with registration pays 6,217,060 yen', () => {
    const quote = quotePurchase(
      [claim(8_000_000)],
      { ...terms, advancePpm: 800_000, feePpm: 15_000 },
      [
        { kind: 'registration_licence_tax', amountYen: 7_500, taxCategory: 'outside', borneBy: 'client' },
        { kind: 'judicial_scrivener', amountYen: 50_000, taxCategory: 'taxable_10', borneBy: 'client' },
        { kind: 'transfer', amountYen: 400, taxCategory: 'taxable_10', borneBy: 'client' },
      ],
      rates,
    )
    expect(quote).toMatchObject({
      advanceYen: 6_400_000,
      reserveYen: 1_600_000,
      feeYen: 120_000,
      taxYen: 5_040,
    })
    expect(quote.netYen).toBe(6_217_060)
  })

  test('example 3: fees are floored per claim, 99,944 yen and not 99,945 on the sum', () => {
    const claims = [claim(333_333), claim(1_234_567, { purchasedYen: 1_000_000 }), claim(770_777)]
    const quote = quotePurchase(claims, terms, [], rates)
    expect(quote.claims.map(priced => [priced.advanceYen, priced.reserveYen, priced.feeYen])).toEqual([
      [299_999, 33_334, 15_833],
      [900_000, 100_000, 47_500],
      [693_699, 77_078, 36_611],
    ])
    expect(quote.claims[1]!.unpurchasedYen).toBe(234_567)
    expect(quote.claims[0]!.priceYen).toBe(317_500)
    expect(quote).toMatchObject({ purchasedYen: 2_104_110, advanceYen: 1_893_698, reserveYen: 210_412 })
    expect(quote).toMatchObject({ feeYen: 99_944, netYen: 1_793_754 })
  })
})

describe('fee', () => {
  test('on the advance, per day and per period', () => {
    const one = (more: Partial<PricingTerms>, days = 45) =>
      quotePurchase([claim(1_000_000, { days })], { ...terms, ...more }, [], rates).feeYen
    expect(one({ feeBase: 'advance', feePpm: 50_000 })).toBe(45_000)
    expect(one({ feeMethod: 'per_day', feePpm: 1_000 })).toBe(45_000)
    expect(one({ feeMethod: 'per_period', feePpm: 30_000, feePeriodDays: 30 })).toBe(45_000)
    expect(one({ feeMethod: 'per_period', feePpm: 30_000, feePeriodDays: 30 }, 7)).toBe(7_000)
  })

  test('is at least the agreed minimum', () => {
    const quote = quotePurchase([claim(100_000)], { ...terms, feeMinimumYen: 20_000 }, [], rates)
    expect(quote.feeYen).toBe(20_000)
  })

  test('950,000 yen net for a fee of 50,000 over 45 days is 42.7 % a year (JR §6.5)', () => {
    expect(annualisedPpm(50_000, 1_000_000, 45)).toBe(426_900)
    expect(annualisedPpm(50_000, 50_000, 45)).toBeNull()
    expect(annualisedPpm(50_000, 1_000_000, 0)).toBeNull()
  })
})

describe('tax', () => {
  test('is floored once per document over all taxable charges, not per charge', () => {
    const taxable = (amountYen: number) => ({
      kind: 'c',
      amountYen,
      taxCategory: 'taxable_10' as const,
      borneBy: 'client' as const,
    })
    const quote = quotePurchase(
      [claim(1_000_000)],
      terms,
      [taxable(1_234), taxable(1_234), taxable(1_234)],
      rates,
    )
    expect(quote.taxYen).toBe(370)
  })
})

describe('refusals', () => {
  test('a claim whose bought part exceeds what is eligible cannot be priced', () => {
    const asked = claim(1_000_000, { deductionsYen: 100_000, purchasedYen: 900_001 })
    expect(pricingRefusals([asked], terms, [], rates)).toEqual([
      'purchased_must_be_above_0_and_within_eligible',
    ])
    expect(pricingRefusals([{ ...asked, purchasedYen: 900_000 }], terms, [], rates)).toEqual([])
  })

  test('every reason is told at once', () => {
    const bad = { ...terms, advancePpm: 1_000_001, feeMethod: 'per_period' as const, feeMinimumYen: -1 }
    expect(pricingRefusals([claim(1)], bad, [], rates)).toEqual([
      'advance_rate_must_be_above_0_and_at_most_100_percent',
      'fee_period_must_be_given_in_days',
      'amounts_must_not_be_negative',
    ])
  })

  test('a minimum fee that eats the advance is refused', () => {
    const dear = { ...terms, feeMinimumYen: 90_000 }
    expect(pricingRefusals([claim(100_000)], dear, [], rates)).toEqual([
      'fee_must_be_below_advance',
      'net_payout_must_be_positive',
    ])
  })
})

test('N + fee + C + T + R = P for every bundle, and nothing is lost between claims and sums', () => {
  const anyTerms = fc.record({
    advancePpm: fc.integer({ min: 1, max: 1_000_000 }),
    feePpm: fc.integer({ min: 0, max: 300_000 }),
    feeBase: fc.constantFrom('purchased' as const, 'advance' as const),
    feeMethod: fc.constantFrom('flat' as const, 'per_day' as const, 'per_period' as const),
    feePeriodDays: fc.integer({ min: 1, max: 365 }),
    feeMinimumYen: fc.integer({ min: 0, max: 50_000 }),
  })
  const anyClaim = fc.record({
    face: fc.integer({ min: 1, max: 9_000_000_000 }),
    days: fc.integer({ min: 0, max: 400 }),
  })
  const anyCharge = fc.record({
    kind: fc.constant('office_fee'),
    amountYen: fc.integer({ min: 0, max: 1_000_000 }),
    taxCategory: fc.constantFrom('non_taxable' as const, 'taxable_10' as const, 'outside' as const),
    borneBy: fc.constantFrom('client' as const, 'factor' as const),
  })
  fc.assert(
    fc.property(
      anyTerms,
      fc.array(anyClaim, { minLength: 1 }),
      fc.array(anyCharge),
      (some, faces, charges) => {
        const quote = quotePurchase(
          faces.map(({ face, days }) => claim(face, { days })),
          some,
          charges,
          rates,
        )
        const { netYen, feeYen, chargesYen, taxYen, reserveYen, purchasedYen } = quote
        expect(netYen + feeYen + chargesYen + taxYen + reserveYen).toBe(purchasedYen)
        expect(quote.priceYen).toBe(purchasedYen - feeYen)
        for (const priced of quote.claims)
          expect(priced.advanceYen + priced.reserveYen).toBe(priced.purchasedYen)
      },
    ),
  )
})

describe('lookalike lending', () => {
  const facts = {
    faceYen: 1_000_000,
    priceYen: 950_000,
    annualisedPpm: 427_000,
    recourse: 'dilution_only' as const,
    clientGuarantee: false,
    buyBackOutsideWarranty: false,
    collateral: false,
    receivableKind: 'invoice',
  }
  const settings = { priceToFaceFloorPpm: 700_000, annualisedCeilingPpm: 1_500_000 }

  test('an ordinary sale shows its yearly cost and price over face and goes to nobody', () => {
    const result = lookalikeLending(facts, settings)
    expect(result).toEqual({
      annualisedPpm: 427_000,
      priceToFacePpm: 950_000,
      findings: [],
      toCompliance: false,
      refused: false,
    })
  })

  test('full recourse and a price far below face go to compliance, each with its sentence', () => {
    const result = lookalikeLending({ ...facts, recourse: 'full', priceYen: 699_999 }, settings)
    expect(result.findings.map(finding => finding.rule)).toEqual(['full_recourse', 'price_far_below_face'])
    expect(result.toCompliance).toBe(true)
    expect(result.findings.every(finding => finding.sentence.endsWith('。'))).toBe(true)
  })

  test('a wage claim is always refused', () => {
    expect(lookalikeLending({ ...facts, receivableKind: 'wage' }, settings).refused).toBe(true)
  })
})
