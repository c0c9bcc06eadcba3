import { describe, expect, test } from 'vitest'
import { type AssignmentFacts, assignmentFindings } from './assignment.ts'
import { checkInvoiceTax } from './invoice-tax.ts'
import {
  type IssuerRegistration,
  limitationOn,
  qualifiedOn,
  toritekiFindings,
  toritekiLimitOn,
} from './legal-dates.ts'
import { payableOn, type RollDate } from './payable-on.ts'

/** A bank calendar with the few closed days these cases touch (JR §7.1). */
const CLOSED = [
  '2026-10-31',
  '2026-11-01',
  '2026-12-31',
  '2027-01-01',
  '2027-01-02',
  '2027-01-03',
  '2027-01-10',
  '2027-01-11',
]
const roll: RollDate = (date, direction) => {
  let day = date
  while (direction !== 'none' && CLOSED.includes(day)) {
    const step = direction === 'following' ? 86_400_000 : -86_400_000
    day = new Date(Date.parse(day) + step).toISOString().slice(0, 10)
  }
  return day
}

describe('payable_on', () => {
  test('the client remits the day after the debtor paid (FF §4.7 example 1)', () => {
    const remitRule = {
      kind: 'days_after_due' as const,
      days: 1,
      unit: 'calendar' as const,
      holidayRoll: 'following' as const,
    }
    const facts = {
      transactionKind: 'purchase',
      collectionRoute: 'client_remits',
      dueOn: '2026-08-31',
      dueRoll: 'following',
      remitRule,
    } as const
    expect(payableOn(facts, roll)).toMatchObject({
      payableOn: '2026-09-01',
      dueOnRolled: '2026-08-31',
      rule: 'client_remit_date',
    })
  })

  test('business days are counted over the year end', () => {
    const remitRule = {
      kind: 'days_after_due' as const,
      days: 1,
      unit: 'business' as const,
      holidayRoll: 'none' as const,
    }
    const facts = {
      transactionKind: 'purchase',
      collectionRoute: 'client_remits',
      dueOn: '2026-12-30',
      dueRoll: 'following',
      remitRule,
    } as const
    expect(payableOn(facts, roll).payableOn).toBe('2027-01-04')
  })

  test('a day of the next month, cut at its end and rolled', () => {
    const remitRule = {
      kind: 'day_of_month' as const,
      monthOffset: 1,
      payDay: 10,
      holidayRoll: 'following' as const,
    }
    const facts = {
      transactionKind: 'purchase',
      collectionRoute: 'client_remits',
      dueOn: '2026-12-20',
      dueRoll: 'following',
      remitRule,
    } as const
    expect(payableOn(facts, roll).payableOn).toBe('2027-01-12')
    const monthEnd = { ...remitRule, monthOffset: 2, payDay: 31 }
    expect(payableOn({ ...facts, remitRule: monthEnd }, roll).payableOn).toBe('2027-02-28')
  })

  test('when the debtor pays the factor it is the rolled due date, either way', () => {
    const facts = {
      transactionKind: 'purchase',
      collectionRoute: 'debtor_direct',
      dueOn: '2026-10-31',
    } as const
    expect(payableOn({ ...facts, dueRoll: 'following' }, roll).payableOn).toBe('2026-11-02')
    expect(payableOn({ ...facts, dueRoll: 'preceding' }, roll).payableOn).toBe('2026-10-30')
    expect(
      payableOn({ transactionKind: 'loan', repaymentOn: '2026-12-31', dueRoll: 'following' }, roll).payableOn,
    ).toBe('2027-01-04')
  })
})

describe('取適法', () => {
  test('60 days counting the day of receipt (JR §6.8)', () => {
    expect(toritekiLimitOn('2026-11-10')).toBe('2027-01-08')
    expect(toritekiLimitOn('2026-12-31')).toBe('2027-02-28')
  })

  test('a longer term and a deducted fee are warned about, each with its sentence', () => {
    const facts = {
      toritekiFlag: true,
      receivedOn: '2026-11-10',
      dueOn: '2027-01-08',
      transferFeeDeducted: false,
    }
    expect(toritekiFindings(facts)).toEqual([])
    const late = toritekiFindings({ ...facts, dueOn: '2027-01-31', transferFeeDeducted: true })
    expect(late.map(finding => finding.rule)).toEqual(['due_within_60_days', 'no_transfer_fee_deducted'])
    expect(late[0]!.sentence).toContain('23日超えています')
    expect(toritekiFindings({ ...facts, toritekiFlag: false, dueOn: '2027-01-31' })).toEqual([])
  })
})

describe('limitation (JR §6.9)', () => {
  test('due 2026-11-30 lapses at the end of 2031-11-30', () => {
    expect(limitationOn('2026-11-30', [])).toBe('2031-11-30')
    expect(limitationOn('2026-11-30', [], 2)).toBe('2028-11-30')
  })

  test('leap days follow the civil code: the day before the corresponding day', () => {
    expect(limitationOn('2028-02-29', [])).toBe('2033-02-28')
    expect(limitationOn('2027-02-28', [])).toBe('2032-02-29')
    expect(limitationOn('2028-02-28', [])).toBe('2033-02-28')
  })

  test('a demand holds it off six months, once', () => {
    const first = { kind: 'demand' as const, on: '2031-11-01' }
    expect(limitationOn('2026-11-30', [first])).toBe('2032-05-01')
    expect(limitationOn('2026-11-30', [first, { kind: 'demand', on: '2032-04-01' }])).toBe('2032-05-01')
    expect(limitationOn('2026-11-30', [{ kind: 'demand', on: '2027-01-01' }])).toBe('2031-11-30')
  })

  test('acknowledgement renews, a judgment gives ten years, and what comes too late changes nothing', () => {
    expect(limitationOn('2026-11-30', [{ kind: 'acknowledgement', on: '2028-03-31' }])).toBe('2033-03-31')
    expect(limitationOn('2026-11-30', [{ kind: 'judgment', on: '2028-03-31' }])).toBe('2038-03-31')
    expect(limitationOn('2026-11-30', [{ kind: 'negotiation_agreed', on: '2031-10-01', months: 18 }])).toBe(
      '2032-10-01',
    )
    expect(limitationOn('2026-11-30', [{ kind: 'demand', on: '2031-12-01' }])).toBe('2031-11-30')
  })
})

test('an issuer is judged on the transaction date (JR §1.2)', () => {
  const registration: IssuerRegistration = { registeredOn: '2026-08-03', expiredOn: null, cancelledOn: null }
  const on = (more: Partial<IssuerRegistration>) => qualifiedOn({ ...registration, ...more }, '2026-08-03')
  expect(on({})).toBe('qualified')
  expect(on({ registeredOn: '2026-08-04' })).toBe('not_yet')
  expect(on({ registeredOn: '2023-10-01', expiredOn: '2026-08-03' })).toBe('expired')
  expect(on({ registeredOn: '2023-10-01', cancelledOn: '2026-08-03' })).toBe('cancelled')
  expect(on({ registeredOn: '2023-10-01', cancelledOn: '2026-08-04' })).toBe('qualified')
  expect(qualifiedOn(null, '2026-08-03')).toBe('not_registered')
})

describe('tax accept test (JR §5.2)', () => {
  const accepted = (
    ratePpm: number,
    baseYen: number,
    taxYen: number,
    basis: 'excluding_tax' | 'including_tax',
  ) => checkInvoiceTax([{ ratePpm, baseYen, taxYen, basis }])[0]!.accepted

  test('3,702 at 10 % takes 370 or 371, and the sum of line floors 369 is warned about', () => {
    expect([369, 370, 371, 372].map(tax => accepted(100_000, 3_702, tax, 'excluding_tax'))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  test('10,000 including tax takes 909 or 910 at 10 %, 740 or 741 at 8 %', () => {
    expect([908, 909, 910, 911].map(tax => accepted(100_000, 10_000, tax, 'including_tax'))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect([739, 740, 741, 742].map(tax => accepted(80_000, 10_000, tax, 'including_tax'))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  test('an exact product takes only itself', () => {
    expect([25_249, 25_250, 25_251].map(tax => accepted(100_000, 252_500, tax, 'excluding_tax'))).toEqual([
      false,
      true,
      false,
    ])
  })
})

describe('assignment', () => {
  const sound: AssignmentFacts = {
    receivableKind: 'invoice',
    purchasedYen: 1_000_000,
    clientKind: 'corporation',
    debtorIsClientOrItsGroup: false,
    debtorInsolvent: false,
    restriction: 'none',
    restrictionKnown: false,
    restrictionAgreedBeforePerfection: false,
    debtorConsented: false,
    futureClaim: false,
    registrationPlanned: true,
    setOffRisk: 'none',
    disputeOpen: false,
    payeeIsSomeoneElse: false,
  }
  const found = (more: Partial<AssignmentFacts>) =>
    assignmentFindings({ ...sound, ...more }, { unknownRestrictionBlocksFromYen: 500_000 }).map(
      finding => `${finding.outcome}:${finding.rule}`,
    )

  test('a sound claim has no finding', () => {
    expect(found({})).toEqual([])
  })

  test('an unanswered clause blocks above the threshold and warns below it', () => {
    expect(found({ restriction: 'unknown' })).toEqual(['blocks:restriction_must_be_answered'])
    expect(found({ restriction: 'unknown', purchasedYen: 499_999 })).toEqual(['warns:restriction_unknown'])
  })

  test('a known clause goes to compliance unless the debtor consented', () => {
    const clause = { restriction: 'exists' as const, restrictionKnown: true }
    expect(found(clause)).toEqual(['to_compliance:known_clause_lets_the_debtor_refuse'])
    expect(found({ ...clause, debtorConsented: true })).toEqual([])
  })

  test('wages, a foreign payee, an insolvent debtor and a registration for a sole proprietor block', () => {
    expect(found({ receivableKind: 'wage' })).toEqual(['blocks:wage_claims_are_refused'])
    expect(found({ payeeIsSomeoneElse: true, debtorInsolvent: true })).toEqual([
      'blocks:payee_must_be_the_client',
      'blocks:debtor_must_not_be_insolvent',
    ])
    expect(found({ clientKind: 'sole_proprietor' })).toEqual(['blocks:registration_needs_a_corporation'])
    expect(found({ clientKind: 'sole_proprietor', registrationPlanned: false })).toEqual([])
  })

  test('a future claim whose clause came before perfection is bought knowingly', () => {
    const future = {
      futureClaim: true,
      restriction: 'exists' as const,
      restrictionAgreedBeforePerfection: true,
    }
    expect(found(future)).toEqual(['to_compliance:future_claim_with_clause_means_knowing'])
  })
})
