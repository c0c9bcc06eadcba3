import { z } from 'zod'
import { id, listOf, pageInput, pageOf, query } from '../../platform/http/contract.ts'
import {
  basisKinds,
  basisSources,
  collateralKinds,
  creditReviewStates,
  guaranteeJudgements,
  guaranteeKinds,
  reportProviders,
  reviewOutcomes,
  scoreOrigins,
  scoreProviders,
  subjectRoles,
  watchStates,
} from './tables.ts'

const review = z.object({
  id,
  rowVersion: z.number().int(),
  reviewNo: z.string(),
  party: z.object({ id, name: z.string(), partyNo: z.string() }),
  subjectRole: z.enum(subjectRoles),
  assessedOn: z.string(),
  assessedBy: z.string(),
  outcome: z.enum(reviewOutcomes),
  recommendedYen: z.number().nullable(),
  conditions: z.string().nullable(),
  grounds: z.string(),
  basis: z.array(z.object({ kind: z.enum(basisKinds), source: z.enum(basisSources), note: z.string() })),
  sources: z.number().int(),
  reviewDueOn: z.string(),
  overdue: z.boolean(),
  evidence: z.array(id),
  state: z.enum(creditReviewStates),
  decidedBy: z.string().nullable(),
  decidedOn: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
  /** What still stands against deciding a draft, in words. */
  missing: z.array(z.string()),
  /** Own values for lists and export, in words, by the field's key; none of sensitive ones. */
  custom: z.record(z.string(), z.string()).optional(),
})
export type CreditReview = z.infer<typeof review>

const recorded = {
  evidence: z.array(id),
  recordedBy: z.string(),
  recordedAt: z.string(),
  /** The number of the record it was written for, where the company has several. */
  recordNo: z.string().nullable(),
}
const retracted = z.object({ reason: z.string(), by: z.string(), on: z.string() }).nullable()

const score = z.object({
  id,
  origin: z.enum(scoreOrigins),
  provider: z.enum(scoreProviders),
  providerName: z.string().nullable(),
  score: z.number().int(),
  scoreScale: z.number().int(),
  scoreDate: z.string(),
  components: z.array(z.object({ name: z.string(), points: z.number().int() })),
  modelVersion: z.string().nullable(),
  inputsHash: z.string().nullable(),
  reasonCodes: z.array(z.string()),
  /** Set on a person's score: the one it stands in place of. */
  overrides: id.nullable(),
  overrideReason: z.string().nullable(),
  approvedBy: z.string().nullable(),
  /** Neither retracted nor replaced. */
  counts: z.boolean(),
  retracted,
  ...recorded,
})

const report = z.object({
  id,
  provider: z.enum(reportProviders),
  providerName: z.string().nullable(),
  reportDate: z.string(),
  rating: z.string().nullable(),
  bankruptcyForecast: z.string().nullable(),
  summary: z.string().nullable(),
  /** The newest of the company, and older than its rules allow. */
  tooOld: z.boolean(),
  retracted,
  ...recorded,
})

const term = {
  validFrom: z.string(),
  expiresOn: z.string().nullable(),
  validTo: z.string().nullable(),
  endReason: z.string().nullable(),
  standing: z.boolean(),
}

const collateral = z.object({
  id,
  collateralNo: z.string(),
  collateralKind: z.enum(collateralKinds),
  description: z.string(),
  valueYen: z.number(),
  valuedOn: z.string(),
  ltvPpm: z.number(),
  securedYen: z.number(),
  registeredNo: z.string().nullable(),
  replaces: id.nullable(),
  ...term,
  ...recorded,
})

const guarantee = z.object({
  id,
  guaranteeNo: z.string(),
  guarantor: z.object({ kind: z.enum(['party', 'person']), id, name: z.string() }),
  guaranteeKind: z.enum(guaranteeKinds),
  amountYen: z.number().nullable(),
  guaranteeCapYen: z.number().nullable(),
  /** The most the guarantor answers for; null: without a bound. */
  guaranteedYen: z.number().nullable(),
  personal: z.boolean(),
  looksLikeLending: z.boolean(),
  notarisedOn: z.string().nullable(),
  judgement: z
    .object({ result: z.enum(guaranteeJudgements), reason: z.string(), by: z.string(), on: z.string() })
    .nullable(),
  ...term,
  ...recorded,
})

const watch = z.object({
  state: z.enum(watchStates),
  reason: z.string().nullable(),
  since: z.string().nullable(),
  reviewOn: z.string().nullable(),
  setBy: z.string().nullable(),
})

export const watchOfParty = query({
  name: 'assessment.watchOfParty',
  path: '/api/parties/:partyId/watch',
  summary: 'Whether a company is watched or stopped, why and since when; the strictest of its records.',
  permission: 'assessment.read',
  sight: 'open',
  input: z.object({ partyId: id }),
  output: z.object({
    ...watch.shape,
    /** Guarantees of living persons for a client which compliance has not looked at yet. */
    guaranteesToJudge: z.number().int(),
  }),
})
export type WatchOfParty = z.infer<typeof watchOfParty.output>

const rules = z.object({
  version: z.number().int(),
  scoreFallPpm: z.number(),
  fallWindowDays: z.number().int(),
  reportAgeDays: z.number().int(),
  noticeDays: z.number().int(),
  basisThresholdYen: z.number(),
})

export const creditFileOfParty = query({
  name: 'assessment.creditFileOfParty',
  path: '/api/parties/:partyId/credit-file',
  summary:
    'The credit file of a company: watch status, scores, reviews, reports, collateral and guarantees, those that ended too.',
  permission: 'assessment.read',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({
    roles: z.array(z.string()),
    watch,
    watchHistory: z.array(
      z.object({
        id,
        state: z.enum(watchStates),
        previous: z.enum(watchStates),
        reason: z.string(),
        since: z.string(),
        setBy: z.string(),
        approvedBy: z.string().nullable(),
        recordNo: z.string().nullable(),
      }),
    ),
    reviews: z.array(review),
    scores: z.array(score),
    reports: z.array(report),
    collateral: z.array(collateral),
    guarantees: z.array(guarantee),
    securedYen: z.number(),
    rules,
  }),
})
export type CreditFile = z.infer<typeof creditFileOfParty.output>

export const listCreditReviews = query({
  name: 'assessment.listCreditReviews',
  path: '/api/credit-reviews',
  summary: 'Credit reviews, newest first; by state, result, reviewer and company.',
  permission: 'assessment.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    state: listOf(z.enum(creditReviewStates)),
    outcome: z.enum(reviewOutcomes).optional(),
    assessedBy: id.optional(),
    partyId: id.optional(),
    /** Only decided reviews whose next review is due by this day. */
    dueBy: z.iso.date().optional(),
  }),
  output: pageOf(review),
})

export const openRules = query({
  name: 'assessment.openRules',
  path: '/api/assessment/rules',
  summary: 'The company’s measures for its credit work, and every earlier version.',
  permission: 'assessment.read',
  sight: null,
  input: z.object({}),
  output: z.object({
    rules,
    history: z.array(
      z.object({
        ...rules.shape,
        note: z.string(),
        setBy: z.string(),
        approvedBy: z.string().nullable(),
        setOn: z.string(),
      }),
    ),
  }),
})

export const listReviewers = query({
  name: 'assessment.listReviewers',
  path: '/api/credit-reviewers',
  summary: 'Who has assessed anything, for narrowing the list of reviews.',
  permission: 'assessment.read',
  sight: null,
  input: z.object({}),
  output: z.object({ rows: z.array(z.object({ id, name: z.string() })) }),
})
