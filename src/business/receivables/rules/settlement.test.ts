import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocatePartialPurchase, isCollected, openYen, settle } from './settlement.ts'

describe('worked examples of FF §4.7', () => {
  test('example 2: a review cut of 87,660 yen leaves 1,512,340 yen of the reserve', () => {
    const facts = {
      purchasedYen: 8_000_000,
      advanceYen: 6_400_000,
      collectedYen: 7_912_340,
      dilutionYen: 87_660,
    }
    const result = settle({ ...facts, retentionAbsorbs: 'dilution_then_credit' })
    expect(result).toMatchObject({ releaseYen: 1_512_340, clientClaimYen: 0, factorLossYen: 0 })
    const clientTotal = 6_217_060 + result.releaseYen
    expect(clientTotal).toBe(7_729_400)
    expect(clientTotal + 120_000 + 7_500 + 50_400 + 5_040).toBe(facts.collectedYen)
  })

  test('example 3 r1: paid in full, the whole reserve is released', () => {
    const facts = { purchasedYen: 333_333, advanceYen: 299_999, collectedYen: 333_333, dilutionYen: 0 }
    const result = settle({ ...facts, retentionAbsorbs: 'dilution_then_credit' })
    expect(result).toMatchObject({ releaseYen: 33_334, clientClaimYen: 0, factorLossYen: 0 })
  })

  test('example 3 r2: the return hits the unpurchased part first and the client keeps 84,567 yen of it', () => {
    const facts = {
      eligibleYen: 1_234_567,
      purchasedYen: 1_000_000,
      receivedYen: 1_084_567,
      dilutionYen: 150_000,
    }
    const shares = allocatePartialPurchase(facts)
    expect(shares).toEqual({ collectedYen: 1_000_000, dilutionYen: 0, clientKeepsYen: 84_567, excessYen: 0 })
    const bought = { purchasedYen: 1_000_000, advanceYen: 900_000, ...shares }
    expect(settle({ ...bought, retentionAbsorbs: 'dilution_then_credit' }).releaseYen).toBe(100_000)
  })

  test('example 3 r3: a bankruptcy with an 8 % dividend costs the factor 632,037 yen', () => {
    const facts = { purchasedYen: 770_777, advanceYen: 693_699, collectedYen: 61_662, dilutionYen: 0 }
    const result = settle({ ...facts, retentionAbsorbs: 'dilution_then_credit' })
    expect(result).toMatchObject({ releaseYen: 0, clientClaimYen: 0, factorLossYen: 632_037 })
  })

  test('example 3 as a whole: cash −532,093 = fee 99,944 − loss 632,037', () => {
    const cash = 333_333 + 1_000_000 + 61_662 - (1_793_754 + 133_334)
    expect(cash).toBe(-532_093)
    expect(99_944 - 632_037).toBe(cash)
  })

  test('example 3 variant: dilution of 130,000 inside P takes the reserve and 30,000 from the client', () => {
    const facts = {
      purchasedYen: 1_000_000,
      advanceYen: 900_000,
      collectedYen: 870_000,
      dilutionYen: 130_000,
    }
    const result = settle({ ...facts, retentionAbsorbs: 'dilution_then_credit' })
    expect(result).toMatchObject({ releaseYen: 0, clientClaimYen: 30_000, factorLossYen: 0 })
  })
})

describe('retention rule', () => {
  const facts = { purchasedYen: 1_000_000, advanceYen: 900_000, collectedYen: 850_000, dilutionYen: 40_000 }

  test('dilution only: the reserve pays dilution, the factor carries the whole credit loss', () => {
    const result = settle({ ...facts, retentionAbsorbs: 'dilution' })
    expect(result).toMatchObject({
      creditLossYen: 110_000,
      releaseYen: 60_000,
      clientClaimYen: 0,
      factorLossYen: 110_000,
    })
  })

  test('dilution then credit: what is left of the reserve also pays the credit loss', () => {
    const result = settle({ ...facts, retentionAbsorbs: 'dilution_then_credit' })
    expect(result).toMatchObject({
      creditLossYen: 110_000,
      releaseYen: 0,
      clientClaimYen: 0,
      factorLossYen: 50_000,
    })
  })

  test('more collected and diluted than bought is our mistake', () => {
    expect(() => settle({ ...facts, collectedYen: 970_000, retentionAbsorbs: 'dilution' })).toThrow(
      RangeError,
    )
  })
})

const anySettlement = fc
  .record({
    advance: fc.nat(10_000_000),
    reserve: fc.nat(5_000_000),
    split: fc.nat(1_000),
    loss: fc.nat(1_000),
  })
  .map(({ advance, reserve, split, loss }) => {
    const purchasedYen = advance + reserve
    const dilutionYen = Math.floor((purchasedYen * split) / 1_000)
    const collectedYen =
      purchasedYen - dilutionYen - Math.floor(((purchasedYen - dilutionYen) * loss) / 1_000)
    return { purchasedYen, advanceYen: advance, collectedYen, dilutionYen }
  })

describe('identities', () => {
  test('claim + loss = max(0, A − K) when the reserve absorbs dilution, then credit', () => {
    fc.assert(
      fc.property(anySettlement, facts => {
        const { clientClaimYen, factorLossYen } = settle({
          ...facts,
          retentionAbsorbs: 'dilution_then_credit',
        })
        expect(clientClaimYen + factorLossYen).toBe(Math.max(0, facts.advanceYen - facts.collectedYen))
      }),
    )
  })

  test('the release lies between 0 and R, and K + claim + loss = A + release under both rules', () => {
    const rule = fc.constantFrom('dilution_then_credit' as const, 'dilution' as const)
    fc.assert(
      fc.property(anySettlement, rule, (facts, retentionAbsorbs) => {
        const result = settle({ ...facts, retentionAbsorbs })
        expect(result.releaseYen).toBeGreaterThanOrEqual(0)
        expect(result.releaseYen).toBeLessThanOrEqual(facts.purchasedYen - facts.advanceYen)
        const { collectedYen, advanceYen } = facts
        expect(collectedYen + result.clientClaimYen + result.factorLossYen).toBe(
          advanceYen + result.releaseYen,
        )
      }),
    )
  })

  test('a partial purchase gives every received yen to the factor, the client or the excess', () => {
    const anyPartial = fc.record({
      p: fc.nat(1_000_000),
      u: fc.nat(1_000_000),
      x: fc.nat(3_000_000),
      d: fc.nat(2_000_000),
    })
    fc.assert(
      fc.property(anyPartial, ({ p, u, x, d }) => {
        const dilutionYen = Math.min(d, p + u)
        const shares = allocatePartialPurchase({
          eligibleYen: p + u,
          purchasedYen: p,
          receivedYen: x,
          dilutionYen,
        })
        expect(shares.collectedYen + shares.clientKeepsYen + shares.excessYen).toBe(x)
        expect(shares.collectedYen + shares.dilutionYen).toBeLessThanOrEqual(p)
        expect(shares.excessYen).toBe(Math.max(0, x - (p + u - dilutionYen)))
      }),
    )
  })
})

test('a claim is collected once its open amount is within the tolerance', () => {
  const facts = { purchasedYen: 1_100_000, collectedYen: 1_099_560, confirmedDilutionYen: 0 }
  expect(openYen(facts)).toBe(440)
  expect(isCollected(facts, 439)).toBe(false)
  expect(isCollected(facts, 440)).toBe(true)
  expect(openYen({ ...facts, collectedYen: 1_200_000 })).toBe(0)
})
