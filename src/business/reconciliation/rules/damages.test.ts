import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyReceipt, collectLate } from './application-order.ts'
import { damagesRate, lateDamages, liableForDamages, penaltyFor } from './damages.ts'
import { daysPastDue, isOverdue, overdueBucket } from './late-days.ts'

/** 民法404条: 5 % until 2020-03-31, then 3 % (JR §6.5). */
const statutoryRates = [
  { from: '1896-04-27', ratePpm: 50_000 },
  { from: '2020-04-01', ratePpm: 30_000 },
]

describe('late damages', () => {
  test('30 days at 14.6 % of 1,000,000 yen are 12,000 yen (JR §6.5)', () => {
    const stretch = { balanceYen: 1_000_000, from: '2026-09-01', to: '2026-10-01' }
    expect(lateDamages([stretch], 146_000, 'act_365')).toBe(12_000)
  })

  test('45 days at the statutory 3 % of 1,000,000 yen are 3,698 yen, floored once (JR §6.5)', () => {
    const stretch = { balanceYen: 1_000_000, from: '2026-09-01', to: '2026-10-16' }
    expect(lateDamages([stretch], 30_000, 'act_365')).toBe(3_698)
  })

  test('the day count actual/actual divides the days of 2028 by 366', () => {
    const stretch = { balanceYen: 3_660_000, from: '2027-12-31', to: '2028-12-31' }
    expect(lateDamages([stretch], 100_000, 'act_actual')).toBe(366_000)
    expect(lateDamages([stretch], 100_000, 'act_365')).toBe(367_002)
  })

  test('two stretches which each end below a yen are added before the one floor', () => {
    const first = { balanceYen: 100, from: '2026-09-01', to: '2026-09-11' }
    const second = { balanceYen: 100, from: '2026-09-11', to: '2026-09-27' }
    expect(lateDamages([first], 146_000, 'act_365')).toBe(0)
    expect(lateDamages([second], 146_000, 'act_365')).toBe(0)
    expect(lateDamages([first, second], 146_000, 'act_365')).toBe(1)
  })

  test('without an agreed rate the statutory rate of the first day of delay stays for the whole delay', () => {
    const terms = { agreedPpm: null, statutoryRates, dayCount: 'act_365' as const }
    expect(damagesRate(terms, '2020-03-30')).toBe(50_000)
    expect(damagesRate(terms, '2020-03-31')).toBe(30_000)
    expect(damagesRate({ ...terms, agreedPpm: 146_000 }, '2020-03-30')).toBe(146_000)
    expect(() => damagesRate({ ...terms, statutoryRates: [] }, '2026-09-01')).toThrow('no statutory rate')
  })

  test('the client owes no damages for a debtor that went bankrupt', () => {
    expect(liableForDamages({ collectionRoute: 'client_remits', cause: 'withheld' })).toBe('client')
    expect(liableForDamages({ collectionRoute: 'client_remits', cause: 'debtor_insolvency' })).toBe('nobody')
    expect(liableForDamages({ collectionRoute: 'debtor_direct', cause: 'withheld' })).toBe('debtor')
  })
})

describe('worked example 1: two_party, late remittance (FF §4.7)', () => {
  const late = {
    principalYen: 1_100_000,
    costYen: 0,
    penaltyYen: 0,
    payableOn: '2026-09-01',
    receipts: [
      { receivedOn: '2026-09-01', yen: 500_000 },
      { receivedOn: '2026-09-16', yen: 600_000 },
    ],
    asOf: '2026-09-16',
    ratePpm: 146_000,
    dayCount: 'act_365' as const,
  }

  test('principal first: the principal is settled and 3,600 yen are billed', () => {
    const result = collectLate({ ...late, order: 'principal_first' })
    expect(result.damagesAccruedYen).toBe(3_600)
    expect(result.open).toEqual({
      costYen: 0,
      lateDamagesYen: 3_600,
      penaltyYen: 0,
      principalYen: 0,
      clientClaimYen: 0,
    })
  })

  test('default order: 3,600 yen go to damages first and 3,600 yen of principal stay open', () => {
    const result = collectLate({ ...late, order: 'costs_first' })
    expect(result.applied[1]!.parts).toEqual([
      { kind: 'late_damages', yen: 3_600 },
      { kind: 'principal', yen: 596_400 },
    ])
    expect(result.open).toEqual({
      costYen: 0,
      lateDamagesYen: 0,
      penaltyYen: 0,
      principalYen: 3_600,
      clientClaimYen: 0,
    })
  })

  test('a receipt before payable_on accrues nothing', () => {
    const early = {
      ...late,
      receipts: [{ receivedOn: '2026-08-20', yen: 1_100_000 }],
      order: 'costs_first' as const,
    }
    expect(collectLate(early).damagesAccruedYen).toBe(0)
  })
})

describe('application of receipts', () => {
  test('every yen of a receipt goes somewhere, and nothing is paid beyond what is open', () => {
    const yen = fc.integer({ min: 0, max: 10_000_000 })
    const items = fc.record({
      costYen: yen,
      lateDamagesYen: yen,
      penaltyYen: yen,
      principalYen: yen,
      clientClaimYen: yen,
    })
    const order = fc.constantFrom('costs_first' as const, 'principal_first' as const)
    fc.assert(
      fc.property(yen, items, order, (receiptYen, open, by) => {
        const parts = applyReceipt(receiptYen, open, by)
        const paid = (kind: string) =>
          parts.filter(part => part.kind === kind).reduce((sum, part) => sum + part.yen, 0)
        expect(parts.reduce((sum, part) => sum + part.yen, 0)).toBe(receiptYen)
        expect(paid('principal')).toBeLessThanOrEqual(open.principalYen)
        expect(paid('late_damages')).toBeLessThanOrEqual(open.lateDamagesYen)
        const openYen = Object.values(open).reduce((sum, one) => sum + one, 0)
        expect(paid('excess')).toBe(Math.max(0, receiptYen - openYen))
      }),
    )
  })

  test('accrued damages do not depend on how often a claim is looked at between its receipts', () => {
    const receipts = fc.array(fc.integer({ min: 1, max: 400_000 }), { maxLength: 6 })
    fc.assert(
      fc.property(receipts, amounts => {
        const spread = amounts.map((yen, index) => ({
          receivedOn: `2026-09-${String(2 + index * 4).padStart(2, '0')}`,
          yen,
        }))
        const looked = spread.flatMap(receipt => [{ ...receipt, yen: 0 }, receipt, { ...receipt, yen: 0 }])
        const late = {
          principalYen: 900_000,
          costYen: 0,
          penaltyYen: 0,
          payableOn: '2026-09-01',
          asOf: '2026-10-05',
        }
        const terms = { ratePpm: 146_000, dayCount: 'act_365' as const, order: 'costs_first' as const }
        const once = collectLate({ ...late, ...terms, receipts: spread })
        const often = collectLate({ ...late, ...terms, receipts: looked })
        expect(often.damagesAccruedYen).toBe(once.damagesAccruedYen)
        expect(often.open).toEqual(once.open)
      }),
    )
  })
})

describe('penalty', () => {
  test('3.33 % of the price 317,500 yen is 10,572 yen, floored once (FF §4.5)', () => {
    const clause = { trigger: 'collections_withheld' as const, pricePpm: 33_300 }
    expect(penaltyFor(clause, 317_500, 'withheld').penaltyYen).toBe(10_572)
  })

  test('a fixed amount is taken as agreed, and insolvency of the debtor never costs the client a penalty', () => {
    const clause = { trigger: 'double_assignment' as const, amountYen: 500_000 }
    expect(penaltyFor(clause, 317_500, 'withheld').penaltyYen).toBe(500_000)
    const insolvent = penaltyFor(clause, 317_500, 'debtor_insolvency')
    expect(insolvent).toMatchObject({ penaltyYen: 0, rule: 'no_penalty_for_debtor_insolvency' })
  })

  test('a clause with both an amount and a rate is refused', () => {
    expect(() => penaltyFor({ trigger: 'other', amountYen: 1, pricePpm: 1 }, 1, 'withheld')).toThrow(
      'one of them',
    )
  })
})

describe('days past due', () => {
  const facts = { payableOn: '2026-09-01', openYen: 1_000, toleranceYen: 0, graceDays: 0 }

  test('the day of payment itself is not late, the next day is day 1', () => {
    expect(daysPastDue(facts, '2026-09-01')).toBe(0)
    expect(overdueBucket(facts, '2026-09-01')).toBe('current')
    expect(overdueBucket(facts, '2026-09-02')).toBe('1-30')
  })

  test('buckets end on days 30, 60 and 90', () => {
    const buckets = ['2026-10-01', '2026-10-02', '2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01']
    expect(buckets.map(day => overdueBucket(facts, day))).toEqual([
      '1-30',
      '31-60',
      '31-60',
      '61-90',
      '61-90',
      '91+',
    ])
  })

  test('grace days delay overdue, and an open amount within tolerance is never late', () => {
    expect(isOverdue({ ...facts, graceDays: 3 }, '2026-09-04')).toBe(false)
    expect(isOverdue({ ...facts, graceDays: 3 }, '2026-09-05')).toBe(true)
    expect(daysPastDue({ ...facts, openYen: 500, toleranceYen: 500 }, '2026-12-31')).toBe(0)
  })
})
