import { describe, expect, it } from 'vitest'
import { contractTerms } from '../../contracts/terms.ts'
import { type PlanParameters, planParameters, storedParameters } from '../parameters.ts'
import { type Parameters, quickPlan } from '../testing/plan.ts'
import { reasonsForCompliance } from './compliance.ts'
import {
  clientTypeOf,
  hindrancesToApply,
  hindrancesToClaims,
  hindrancesToQuote,
  registrationFor,
} from './eligibility.ts'
import { hindrancesToParameters } from './parameters.ts'
import { shownState, type VersionFacts, versionInForce } from './versions.ts'

const planOf = (more: Partial<Parameters> = {}): PlanParameters =>
  planParameters.parse({ ...quickPlan, ...more })
const facts = {
  transactionKind: 'purchase' as const,
  effectiveFrom: null,
  effectiveTo: null,
  today: '2026-11-24',
  lenderValidTo: null,
}

describe('what a version must say', () => {
  it.each<[string, Partial<Parameters>, Partial<typeof facts> | object]>([
    ['amounts_must_be_in_order', { minYen: 200, maxYen: 199 }, {}],
    ['fee_range_must_be_in_order', { feeMinPpm: 20_001, feeMaxPpm: 20_000 }, {}],
    ['fee_must_leave_a_price', { feeMinPpm: 900_000, feeMaxPpm: null }, {}],
    ['route_must_fit_the_legal_kinds', { collectionRoutes: ['debtor_direct'] }, {}],
    ['documents_must_be_named', { documents: { corp: ['invoice'], sole: [] } }, {}],
    ['notice_must_fit_the_legal_kinds', { notice: 'sent' }, {}],
    ['notice_must_fit_the_legal_kinds', { legalKinds: ['three_party'], notice: 'held' }, {}],
    ['payout_condition_must_be_reachable', { payoutAfter: 'consent' }, {}],
    // A sole proprietor never registers: its payout would wait for ever.
    ['payout_condition_must_be_reachable', { payoutAfter: 'registration', registration: 'required' }, {}],
    ['registration_is_for_corporations', { clientTypes: ['sole'], registration: 'optional' }, {}],
    [
      'penalty_must_be_an_amount_or_a_share',
      { penalties: [{ trigger: 'other', mostYen: 1, mostPpm: 1 }] },
      {},
    ],
    [
      'charges_must_be_named_once',
      {
        charges: [
          { kind: '事務手数料', mostYen: 1 },
          { kind: '事務手数料', mostYen: 2 },
        ],
      },
      {},
    ],
    ['own_book_must_be_searched', { duplicateScopes: ['shared_registry'] }, {}],
    ['same_day_has_no_number', { fundingClock: { value: 2, unit: 'same_day' } }, {}],
    ['dates_must_be_in_order', {}, { effectiveFrom: '2027-01-02', effectiveTo: '2027-01-01' }],
    ['dates_must_be_in_order', {}, { effectiveTo: '2026-11-23' }],
    ['lender_must_be_registered', {}, { transactionKind: 'loan' }],
    ['lender_must_be_registered', {}, { transactionKind: 'loan', lenderValidTo: '2026-11-23' }],
  ])('%s', (code, more, of) => {
    const reasons = hindrancesToParameters(planOf(more), { ...facts, ...of })
    expect(reasons.map(reason => reason.code)).toEqual([code])
  })

  it('stands when it breaks none, and tells everything it breaks at once', () => {
    expect(hindrancesToParameters(planOf(), facts)).toEqual([])
    expect(
      hindrancesToParameters(planOf({ minYen: 2, maxYen: 1, payoutAfter: 'notice' }), facts),
    ).toHaveLength(2)
  })

  it('never lets wages of people be bought', () => {
    expect(planParameters.safeParse({ ...quickPlan, receivableKinds: ['wage'] }).success).toBe(false)
  })
})

describe('what compliance must see before it is sold', () => {
  it.each<[Partial<Parameters>, number]>([
    [{}, 0],
    [{ recourse: 'full' }, 1],
    [{ feeMaxPpm: 199_999 }, 0],
    [{ feeMaxPpm: 200_000 }, 1],
    [{ feeMaxPpm: null }, 1],
    [{ collateralRequired: 'optional', guarantorRequired: 'required', recourse: 'full', feeMaxPpm: null }, 4],
  ])('%j', (more, count) => {
    expect(reasonsForCompliance(planOf(more))).toHaveLength(count)
  })
})

describe('the version in force', () => {
  const version = (no: number, from: string | null, to: string | null = null): VersionFacts => ({
    version: no,
    state: from === null ? 'draft' : 'active',
    effectiveFrom: from,
    effectiveTo: to,
  })
  const all = [
    version(1, '2026-01-01'),
    version(2, '2026-06-01', '2026-06-30'),
    version(3, '2026-12-01'),
    version(4, null),
  ]

  it.each([
    ['2025-12-31', null],
    ['2026-05-31', 1],
    ['2026-06-01', 2],
    ['2026-06-30', 2],
    ['2026-07-01', 1],
    ['2026-12-01', 3],
  ])('of %s is %s', (day, no) => {
    expect(versionInForce(all, day)?.version ?? null).toBe(no)
  })

  it('is shown with those before, those to come and the draft', () => {
    expect(all.map(one => shownState(one, all, '2026-07-01'))).toEqual([
      'in_force',
      'past',
      'waiting',
      'draft',
    ])
  })
})

describe('who may apply', () => {
  it('is told by kind of client and by the amount, both at once', () => {
    const plan = planOf({ clientTypes: ['corp'], maxYen: 1_000_000 })
    const codes = (clientType: 'corp' | 'sole' | null, requestedYen: number) =>
      hindrancesToApply(plan, { clientType, requestedYen, industryCode: null }).map(reason => reason.code)
    expect(codes('corp', 1_000_000)).toEqual([])
    expect(codes('sole', 1_000_001)).toEqual(['plan_must_serve_the_client', 'plan_must_cover_the_amount'])
    expect(codes(clientTypeOf('public_body'), 1)).toEqual(['plan_must_serve_the_client'])
  })

  it('is told by industry, channel and form, and that the industry is not known', () => {
    const plan = planOf({ industries: ['D', 'E'], channels: ['web', 'phone'], forms: ['full'] })
    const asked = { clientType: 'corp' as const, requestedYen: 1 }
    const said = (more: object) =>
      hindrancesToApply(plan, { ...asked, industryCode: '2431', ...more }).map(reason => reason.message)
    expect(said({ channel: 'phone', form: 'full' })).toEqual([])
    expect(said({ industryCode: '4411', channel: 'visit', form: 'short' })).toEqual([
      'この商品は「運輸業，郵便業」の利用者を対象にしていません。',
      'この商品の申込は「来店・訪問」では受け付けません（ウェブ・電話）。',
      'この商品の申込書式は「通常」だけです。',
    ])
    expect(said({ industryCode: null })).toEqual([
      'この商品は対象の業種が決まっています。利用者の業種を先に登録してください。',
    ])
  })

  it('a version of before these were parameters serves every channel, form, industry and debtor', () => {
    const { forms, channels, industries, debtorTypes, feeMethods, charges, penalties } =
      storedParameters(quickPlan)
    expect([forms.length, channels.length, industries.length, debtorTypes.length, feeMethods.length]).toEqual(
      [2, 7, 0, 4, 3],
    )
    expect([charges, penalties]).toEqual([null, null])
  })

  it('a registration is offered to corporations only', () => {
    const plan = planOf({ registration: 'required' })
    expect([registrationFor(plan, 'corp'), registrationFor(plan, 'sole')]).toEqual(['required', 'none'])
  })
})

describe('a price under a plan', () => {
  const terms = contractTerms.parse({
    legalKind: 'two_party',
    collectionRoute: 'client_remits',
    advancePpm: 900_000,
    feePpm: 47_500,
  })
  const line = (more: object = {}) => ({
    receivableNo: 'R-1',
    kind: 'invoice' as const,
    debtorKind: 'corporation' as const,
    days: 60,
    purchasedYen: 1_000_001,
    advanceYen: 900_000,
    feeYen: 47_500,
    ...more,
  })
  const against = (
    more: Partial<Parameters>,
    one: object = {},
    agreed: Partial<typeof terms> = {},
    purchasedYen = 1_000_001,
  ) => hindrancesToQuote(planOf(more), { ...terms, ...agreed }, { purchasedYen, lines: [line(one)] })

  it('within the range there is nothing against it', () => {
    expect(against({})).toEqual([])
  })

  it.each<[number, number]>([
    // 2 % and 9.8 % of 1,000,001, floored as fees are: 20,000 and 98,000.
    [19_999, 1],
    [20_000, 0],
    [98_000, 0],
    [98_001, 1],
  ])('a fee of %i yen meets %i hindrance', (feeYen, count) => {
    expect(against({}, { feeYen })).toHaveLength(count)
  })

  it('takes the range of the base the plan names, its minimum fee over both ends', () => {
    expect(against({ feeBase: 'advance' }, { feeYen: 88_201 })).toHaveLength(1)
    expect(against({ feeBase: 'advance' }, { feeYen: 88_200 })).toHaveLength(0)
    expect(against({ feeMinimumYen: 120_000 }, { feeYen: 120_000 })).toHaveLength(0)
    expect(against({ feeMinimumYen: 120_000 }, { feeYen: 119_999 })).toHaveLength(1)
    expect(against({ feeMaxPpm: null }, { feeYen: 999_999 })).toHaveLength(0)
  })

  it('says everything at once, in words with the figures', () => {
    const reasons = against(
      { minYen: 2_000_000, maxTenorDays: 59, advancePpm: 800_000, recourse: 'none', lateRatePpm: null },
      { feeYen: 1, kind: 'medical' },
      { legalKind: 'three_party', collectionRoute: 'dedicated_account' },
    )
    expect(reasons.map(reason => reason.code)).toEqual([
      'plan_must_cover_the_kind',
      'plan_must_cover_the_tenor',
      'plan_must_cover_the_amount',
      'fee_must_be_within_the_plan',
      'contract_must_fit_the_plan',
      'contract_must_fit_the_plan',
      'contract_must_fit_the_plan',
      'contract_must_fit_the_plan',
      'contract_must_fit_the_plan',
    ])
    expect(reasons[3]?.message).toBe(
      'R-1：手数料1円は、この商品の範囲（2%〜9.8%、20,000円から98,000円）の外です。',
    )
    expect(hindrancesToClaims(planOf({ maxTenorDays: 60 }), [line()])).toEqual([])
  })

  it('bounds debtors, the way the fee is reckoned, fixed fees and penalties', () => {
    const bounded = {
      debtorTypes: ['corporation' as const],
      feeMethods: ['flat' as const],
      charges: [{ kind: '事務手数料', mostYen: 5_000 }],
      penalties: [
        { trigger: 'false_statement' as const, mostYen: null, mostPpm: 200_000 },
        { trigger: 'other' as const, mostYen: 100_000, mostPpm: null },
      ],
    }
    const charge = (kind: string, amountYen: number, borneBy: 'client' | 'factor' = 'client') => ({
      kind,
      amountYen,
      borneBy,
      taxCategory: 'taxable_10' as const,
    })
    const penalty = (
      trigger: 'false_statement' | 'other',
      amountYen: number | null,
      pricePpm: number | null,
    ) => ({
      trigger,
      amountYen,
      pricePpm,
      clause: '第10条',
    })
    const within = {
      charges: [charge('事務手数料', 5_000), charge('登記費用', 30_000, 'factor')],
      penalties: [penalty('false_statement', null, 200_000), penalty('other', 100_000, null)],
    }
    expect(against(bounded, {}, within)).toEqual([])
    const beyond = {
      feeMethod: 'per_day' as const,
      charges: [charge('事務手数料', 5_001), charge('出張費', 1)],
      penalties: [penalty('false_statement', 10_000, null), penalty('other', 100_001, null)],
    }
    expect(against(bounded, { debtorKind: 'sole_proprietor' }, beyond).map(reason => reason.message)).toEqual(
      [
        'R-1：この商品は、売掛先が個人事業主の債権を買い取りません。',
        '契約の手数料の計算方法「1日あたり」は、この商品では使えません。',
        '契約の諸費用「事務手数料」5,001円は、この商品の上限5,000円を超えています。',
        '契約の諸費用「出張費」1円は、この商品の諸費用にありません。',
        '契約の違約金「虚偽の申告」10,000円は、この商品の定め方（代金の20%まで）と異なります。',
        '契約の違約金「その他」100,001円は、この商品の上限（100,000円まで）を超えています。',
      ],
    )
    expect(against({}, {}, beyond)).toEqual([])
  })

  it('asks for its own payout condition in the contract', () => {
    const threeParty = {
      legalKinds: ['three_party' as const],
      notice: 'consent' as const,
      payoutAfter: 'consent' as const,
    }
    const agreed = { legalKind: 'three_party' as const }
    expect(against(threeParty, {}, { ...agreed, payoutAfter: 'consent' })).toEqual([])
    expect(against(threeParty, {}, agreed).map(reason => reason.message)).toEqual([
      'この商品の送金は「売掛先の承諾後」ですが、契約は「契約の締結後」です。',
    ])
  })
})
