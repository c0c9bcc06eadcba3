import {
  decideReviewCommand,
  draftReviewCommand,
  recordReportCommand,
  recordScoreCommand,
  registerCollateralCommand,
} from '../../business/assessment/index.ts'
import { addDays, addMonths } from '../../platform/dates/calendar-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Seeding } from './seed.ts'

/** What the reviewers of the demo know of a company. Scores are told oldest first, a half-year apart; none of them falls. */
interface CreditFileStory {
  key: string
  role: 'client' | 'debtor'
  scores: number[]
  recommendedYen: number
  rating: string
  forecast: string
  grounds: string
}

const stories: readonly CreditFileStory[] = [
  {
    key: 'client-01',
    role: 'client',
    scores: [48, 50, 50, 53],
    recommendedYen: 50_000_000,
    rating: 'D2',
    forecast: 'G5',
    grounds: '直近2期は増収増益。燃料費の転嫁が進み、当社での入金に遅れはない。',
  },
  {
    key: 'client-05',
    role: 'client',
    scores: [51, 52],
    recommendedYen: 30_000_000,
    rating: 'D1',
    forecast: 'G4',
    grounds: '介護報酬が売上の9割を占め、支払人の信用は高い。返戻率は1%未満。',
  },
  {
    key: 'debtor-001',
    role: 'debtor',
    scores: [61, 60, 62],
    recommendedYen: 100_000_000,
    rating: 'C',
    forecast: 'G2',
    grounds: '業歴が長く自己資本比率は40%台。支払の遅れは確認されていない。',
  },
]

/** Scores over time, the newest report and a decided review of a few companies; one has given collateral. */
export async function seedCreditFiles(seeding: Seeding): Promise<void> {
  for (const story of stories) {
    const partyId = seeding.parties.get(story.key)
    if (!partyId) throw new Error(`the demo has no ${story.key}`)
    await scores(seeding, partyId, story)
    await reportAndReview(seeding, partyId, story)
  }
  await collateral(seeding, seeding.parties.get('client-01')!)
}

async function scores(seeding: Seeding, partyId: Id, { key, scores }: CreditFileStory): Promise<void> {
  for (const [at, score] of scores.entries()) {
    const day = addMonths(seeding.demo.today, -6 * (scores.length - at) + 3)
    await seeding
      .on(day)
      .run(
        'reviewer',
        recordScoreCommand,
        { partyId, origin: 'agency', provider: 'tdb', score, scoreScale: 100, scoreDate: day },
        `score-${key}-${at}`,
      )
  }
}

async function reportAndReview(seeding: Seeding, partyId: Id, story: CreditFileStory): Promise<void> {
  const day = addMonths(seeding.demo.today, -3)
  const then = seeding.on(day)
  await then.run(
    'reviewer',
    recordReportCommand,
    {
      partyId,
      provider: 'tdb',
      reportDate: addDays(day, -7),
      rating: story.rating,
      bankruptcyForecast: story.forecast,
      summary: story.grounds,
    },
    `report-${story.key}`,
  )
  const { id }: { id: Id } = await then.run(
    'reviewer',
    draftReviewCommand,
    {
      partyId,
      subjectRole: story.role,
      assessedOn: day,
      outcome: 'accept',
      recommendedYen: story.recommendedYen,
      grounds: story.grounds,
      basis: [
        { kind: 'statements', source: 'subject', note: '直近2期の決算書' },
        { kind: 'external_report', source: 'tdb', note: `評価 ${story.rating}、倒産予測 ${story.forecast}` },
        { kind: 'payment_record', source: 'own_records', note: '過去12か月の入金に遅れなし' },
      ],
      reviewDueOn: addMonths(day, 12),
    },
    `review-${story.key}`,
  )
  await then.run('reviewer', decideReviewCommand, { reviewId: id, rowVersion: 1 }, `decide-${story.key}`)
}

async function collateral(seeding: Seeding, partyId: Id): Promise<void> {
  const day = addMonths(seeding.demo.today, -3)
  await seeding.on(day).run(
    'operations',
    registerCollateralCommand,
    {
      partyId,
      collateralKind: 'deposit',
      description: '取引保証金（定期預金に質権を設定）',
      valueYen: 3_000_000,
      valuedOn: day,
      ltvPpm: 1_000_000,
      validFrom: day,
      expiresOn: addMonths(day, 24),
    },
    'collateral-client-01',
  )
}
