import { activatePlanVersionCommand, draftPlanCommand } from '../../business/plans/index.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Seeding } from './seed.ts'
import { inParallel } from './seed-parties.ts'

const AT_ONCE = 4
/** Before every application and quote of the demo. */
const DAYS_AGO = 400

/** Plans of the demo as FF §6 describes such services, under made-up names; the last one is still being written. */
const plans = [
  {
    code: 'QUICK',
    name: 'クイック買取',
    note: '少額・短期の請求書を、書類2点で当日中に',
    active: true,
    parameters: planOf({
      minYen: 100_000,
      maxYen: 1_000_000,
      feeMinPpm: 20_000,
      feeMaxPpm: 120_000,
      maxTenorDays: 90,
      multiQuoteMax: 4,
      decisionClock: { value: 1, unit: 'business_day' },
      fundingClock: { value: 1, unit: 'same_day' },
      documents: { corp: ['invoice', 'bank_statement'], sole: ['invoice', 'bank_statement', 'identity'] },
    }),
    advertised: [
      { text: '最短即日', figure: '', source: '自社サイトの料金表' },
      { text: '手数料', figure: '2%〜', source: '自社サイトの料金表' },
    ],
  },
  {
    code: 'STANDARD',
    name: 'スタンダード買取',
    note: '2社間の主力商品。裏付けと決算書まで確かめる',
    active: true,
    parameters: planOf({
      receivableKinds: ['invoice', 'purchase_order', 'contract'],
      minYen: 100_000,
      maxYen: 50_000_000,
      feeMinPpm: 18_000,
      feeMaxPpm: 150_000,
      maxTenorDays: 180,
      decisionClock: { value: 1, unit: 'business_day' },
      fundingClock: { value: 2, unit: 'business_day' },
      documents: {
        corp: ['invoice', 'bank_statement', 'identity', 'deal_evidence', 'registry', 'accounts'],
        sole: ['invoice', 'bank_statement', 'identity', 'tax_return'],
      },
      registration: 'optional',
    }),
    advertised: [
      { text: '手数料', figure: '1.8%〜', source: '自社サイトの料金表' },
      { text: '手数料', figure: '1%〜', source: '2026年秋の検索広告' },
    ],
  },
  {
    code: 'CARE3',
    name: '診療・介護報酬買取（3社間）',
    note: '審査支払機関へ通知して直接受け取る。掛目8割、減点は留保で受ける',
    active: true,
    parameters: planOf({
      legalKinds: ['three_party'],
      collectionRoutes: ['debtor_direct'],
      receivableKinds: ['medical', 'care'],
      minYen: 300_000,
      maxYen: 100_000_000,
      advancePpm: 800_000,
      feeMinPpm: 15_000,
      feeMaxPpm: 120_000,
      decisionClock: { value: 2, unit: 'business_day' },
      fundingClock: { value: 5, unit: 'business_day' },
      documents: {
        corp: ['invoice', 'bank_statement', 'registry', 'debtor_consent'],
        sole: ['invoice', 'bank_statement', 'identity', 'debtor_consent'],
      },
      notice: 'sent',
    }),
    advertised: [],
  },
  {
    code: 'SOLO',
    name: 'フリーランス買取',
    note: '個人事業主だけの商品。手数料の上限を決めてから適用する',
    active: false,
    parameters: planOf({
      clientTypes: ['sole'],
      minYen: 100_000,
      maxYen: 5_000_000,
      feeMinPpm: 38_000,
      feeMaxPpm: null,
      maxTenorDays: 60,
      documents: { corp: [], sole: ['invoice', 'bank_statement', 'identity', 'tax_return'] },
    }),
    advertised: [],
  },
] as const

function planOf(more: object) {
  return {
    legalKinds: ['two_party'],
    collectionRoutes: ['client_remits', 'dedicated_account'],
    clientTypes: ['corp', 'sole'],
    receivableKinds: ['invoice'],
    advancePpm: 1_000_000,
    feeBase: 'purchased',
    feeMinimumYen: 0,
    maxTenorDays: null,
    quoteClock: null,
    decisionClock: null,
    fundingClock: null,
    registration: 'none',
    notice: 'held',
    payoutAfter: 'contract',
    duplicateScopes: ['own_book'],
    recourse: 'dilution_only',
    collateralRequired: 'none',
    guarantorRequired: 'none',
    lateRatePpm: 146_000,
    ceilingYen: null,
    ...more,
  }
}

/** What the demo sells: three plans in force and one draft. Answers the versions by the code of their plan. */
export async function seedPlans(seeding: Seeding): Promise<ReadonlyMap<string, Id>> {
  const versions = new Map<string, Id>()
  const day = seeding.on(addDays(seeding.demo.today, -DAYS_AGO))
  await inParallel(plans, AT_ONCE, async ({ active, ...plan }) => {
    const drafted: { planVersionId: Id } = await day.run(
      'operations',
      draftPlanCommand,
      plan,
      `plan-${plan.code}`,
    )
    versions.set(plan.code, drafted.planVersionId)
    if (active)
      await day.runByTwo(
        'operations',
        'manager',
        activatePlanVersionCommand,
        {
          planVersionId: drafted.planVersionId,
          rowVersion: 1,
          change: { reasonCode: 'review', reasonText: '商品会議の決定' },
        },
        `plan-${plan.code}-active`,
      )
  })
  return versions
}
