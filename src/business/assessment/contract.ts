import { z } from 'zod'
import { changeReason, command, dealYen, id, isoDate, ppm } from '../../platform/http/contract.ts'
import { customInput, firstValueRefusals } from '../customization/contract.ts'
import { watchRefusals } from './labels.ts'
import {
  basisKinds,
  basisSources,
  collateralKinds,
  guaranteeJudgements,
  guaranteeKinds,
  reportProviders,
  reviewOutcomes,
  scoreOrigins,
  scoreProviders,
  subjectRoles,
  watchStates,
} from './tables.ts'

export const assessmentRefusals = {
  party_must_have_the_role: '審査の対象に選んだ役割（利用者・売掛先）が、この会社に登録されていません。',
  review_must_be_a_draft: 'この審査は既に決定または取下げされています。',
  recommendation_must_fit_the_outcome: '可・条件付き可には推奨限度額を入力し、否には入力しないでください。',
  conditions_must_fit_the_outcome: '条件は「条件付き可」のときだけ、必ず入力してください。',
  assessment_must_not_be_in_the_future: '査定日に将来の日付は入力できません。',
  next_review_must_come_later: '次回の見直し期日は査定日より後の日付にしてください。',
  basis_must_be_given: '審査を決定するには、根拠が1つ以上必要です。',
  sources_must_be_independent: '出所の異なる根拠が2つ以上必要です。',
  date_must_not_be_in_the_future: '将来の日付は入力できません。',
  score_must_be_within_the_scale: '評点は0から満点までの数にしてください。',
  provider_must_be_named: '「その他」を選んだときは会社の名称を入力し、ほかでは空欄にしてください。',
  automatic_score_must_be_reproducible:
    '自動採点には、モデルの版・入力のハッシュ（SHA-256）・理由コードが必要です。',
  own_score_must_come_from_us:
    '当社の採点・自動採点では「当社」を、調査会社の評点では調査会社を選んでください。',
  score_must_stand: 'この評点は取り消されたか、人の判断で既に変えられています。',
  score_must_differ: '元の評点と同じです。',
  report_must_stand: 'この記録は既に取り消されています。',
  period_must_be_forward: '期限は開始日より後の日付にしてください。',
  security_must_stand: 'この担保・保証は既に解除または再評価されています。',
  end_must_not_precede_the_start: '開始日より前の日付では解除できません。',
  guarantor_must_be_one: '保証人は、会社か個人のどちらか1つを選んでください。',
  guarantor_must_be_another: '本人は自分の保証人になれません。',
  guarantor_must_be_registered:
    '保証人として登録されていません。会社は役割「保証人」を、個人は「関係者」タブで役割「保証人」を先に登録してください。',
  personal_root_guarantee_must_have_a_cap: '個人の根保証には極度額が必要です（民法465条の2）。',
  guaranteed_amount_must_be_given: '保証金額を入力してください。',
  guarantee_must_be_personal: '個人保証ではないため、確認は要りません。',
  guarantee_must_not_be_judged_twice: 'この個人保証は既に確認されています。',
  judge_must_not_have_registered: '登録した人は、その個人保証を確認できません。',
  watch_status_must_change: '監視区分が今と同じです。',
  review_day_must_be_ahead: '見直す日は今日より後の日付にしてください。',
  rules_must_change: '審査の基準が今と同じです。',
  ...firstValueRefusals,
  rules_must_be_unchanged: '審査の基準が他の人に変更されました。読み込み直してやり直してください。',
  ...watchRefusals,
} as const

const evidence = z.array(id).max(20).default([])
const why = z.string().trim().min(5).max(500)
const refusals = assessmentRefusals

const reviewContent = {
  assessedOn: isoDate,
  outcome: z.enum(reviewOutcomes),
  recommendedYen: dealYen.min(0).nullish(),
  conditions: z.string().trim().min(5).max(2000).nullish(),
  grounds: z.string().trim().min(5).max(4000),
  basis: z
    .array(
      z.object({
        kind: z.enum(basisKinds),
        source: z.enum(basisSources),
        note: z.string().trim().min(1).max(500),
      }),
    )
    .max(20),
  reviewDueOn: isoDate,
  evidence,
}

export const draftReview = command({
  name: 'assessment.draftReview',
  path: '/api/parties/:partyId/credit-reviews',
  summary: 'Starts a credit review of a company as client or debtor; it stays a draft until it is decided.',
  permission: 'assessment.review',
  input: z.object({
    partyId: id,
    subjectRole: z.enum(subjectRoles),
    ...reviewContent,
    custom: customInput.optional(),
  }),
  output: z.object({ id, reviewNo: z.string() }),
  refusals,
})

export const reviseReview = command({
  name: 'assessment.reviseReview',
  path: '/api/credit-reviews/:reviewId/revise',
  summary: 'Changes the content of a draft.',
  permission: 'assessment.review',
  input: z.object({ reviewId: id, rowVersion: z.number().int(), ...reviewContent }),
  output: z.object({ id }),
  refusals,
})

export const decideReview = command({
  name: 'assessment.decideReview',
  path: '/api/credit-reviews/:reviewId/decide',
  summary:
    'Decides a draft as it stands; from the threshold of the company’s rules on it needs two independent sources. It never changes afterwards. The limit which rests on it is granted by two people.',
  permission: 'assessment.review',
  input: z.object({ reviewId: id, rowVersion: z.number().int() }),
  output: z.object({ id, reviewNo: z.string() }),
  refusals,
})

export const withdrawReview = command({
  name: 'assessment.withdrawReview',
  path: '/api/credit-reviews/:reviewId/withdraw',
  summary: 'Ends a draft without a decision.',
  permission: 'assessment.review',
  input: z.object({ reviewId: id, reason: why }),
  output: z.object({ id }),
  refusals,
})

export const recordScore = command({
  name: 'assessment.recordScore',
  path: '/api/parties/:partyId/credit-scores',
  summary:
    'Records a score with provider, scale, date and components. One that has fallen by the company’s step opens a change review and suspends limits at once.',
  permission: 'assessment.record',
  input: z.object({
    partyId: id,
    origin: z.enum(scoreOrigins),
    provider: z.enum(scoreProviders),
    providerName: z.string().trim().min(1).max(60).nullish(),
    score: z.number().int().min(0),
    scoreScale: z.number().int().min(1).max(1_000_000),
    scoreDate: isoDate,
    components: z
      .array(
        z.object({
          name: z.string().trim().min(1).max(60),
          points: z.number().int().min(-1_000_000).max(1_000_000),
        }),
      )
      .max(40)
      .default([]),
    modelVersion: z.string().trim().min(1).max(60).nullish(),
    inputsHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullish(),
    reasonCodes: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
    evidence,
  }),
  output: z.object({
    id,
    /** The change review the fall opened, if any. */
    opened: z.object({ reviewNo: z.string(), suspended: z.number().int() }).nullable(),
  }),
  refusals,
})

export const overrideScore = command({
  name: 'assessment.overrideScore',
  path: '/api/credit-scores/:scoreId/override',
  summary: 'Puts a person’s score in place of a recorded one, with a reason; a second person decides.',
  permission: 'assessment.review',
  critical: 'always',
  input: z.object({ scoreId: id, score: z.number().int().min(0), change: changeReason }),
  output: z.object({ id }),
  refusals,
})

export const retractScore = command({
  name: 'assessment.retractScore',
  path: '/api/credit-scores/:scoreId/retract',
  summary:
    'Takes back a score that was recorded wrongly; it stays visible. A second person decides, since another score counts afterwards.',
  permission: 'assessment.record',
  critical: 'always',
  input: z.object({ scoreId: id, change: changeReason }),
  output: z.object({ id }),
  refusals,
})

export const recordReport = command({
  name: 'assessment.recordReport',
  path: '/api/parties/:partyId/external-reports',
  summary: 'Records an agency’s report (TDB, TSR …) with its date, rating and bankruptcy forecast.',
  permission: 'assessment.record',
  input: z.object({
    partyId: id,
    provider: z.enum(reportProviders),
    providerName: z.string().trim().min(1).max(60).nullish(),
    reportDate: isoDate,
    rating: z.string().trim().min(1).max(40).nullish(),
    bankruptcyForecast: z.string().trim().min(1).max(40).nullish(),
    summary: z.string().trim().min(1).max(2000).nullish(),
    evidence,
  }),
  output: z.object({ id }),
  refusals,
})

export const retractReport = command({
  name: 'assessment.retractReport',
  path: '/api/external-reports/:reportId/retract',
  summary: 'Takes back a report that was recorded wrongly; it stays visible.',
  permission: 'assessment.record',
  input: z.object({ reportId: id, reason: why }),
  output: z.object({ id }),
  refusals,
})

export const registerCollateral = command({
  name: 'assessment.registerCollateral',
  path: '/api/parties/:partyId/collateral',
  summary:
    'Registers security a company has given. With `replacesId` it is a new valuation: the earlier one ends the day this one begins, and stays readable.',
  permission: 'assessment.record',
  input: z.object({
    partyId: id,
    replacesId: id.nullish(),
    collateralKind: z.enum(collateralKinds),
    description: z.string().trim().min(2).max(500),
    valueYen: dealYen.min(0),
    valuedOn: isoDate,
    ltvPpm: ppm.max(1_000_000),
    registeredNo: z.string().trim().min(1).max(60).nullish(),
    validFrom: isoDate,
    expiresOn: isoDate.nullish(),
    evidence,
  }),
  output: z.object({ id, collateralNo: z.string() }),
  refusals,
})

export const endCollateral = command({
  name: 'assessment.endCollateral',
  path: '/api/collateral/:collateralId/end',
  summary: 'Ends security from a day on, with the reason.',
  permission: 'assessment.record',
  input: z.object({ collateralId: id, endedOn: isoDate, reason: why, evidence }),
  output: z.object({ id }),
  refusals,
})

export const registerGuarantee = command({
  name: 'assessment.registerGuarantee',
  path: '/api/parties/:partyId/guarantees',
  summary:
    'Registers who answers for a company. A living person’s guarantee for a client goes to compliance; a personal root guarantee needs a cap.',
  permission: 'assessment.record',
  input: z.object({
    partyId: id,
    guarantorPartyId: id.nullish(),
    guarantorPersonId: id.nullish(),
    guaranteeKind: z.enum(guaranteeKinds),
    amountYen: dealYen.min(1).nullish(),
    guaranteeCapYen: dealYen.min(1).nullish(),
    notarisedOn: isoDate.nullish(),
    validFrom: isoDate,
    expiresOn: isoDate.nullish(),
    evidence,
  }),
  output: z.object({ id, guaranteeNo: z.string(), toCompliance: z.boolean() }),
  refusals,
})

export const endGuarantee = command({
  name: 'assessment.endGuarantee',
  path: '/api/guarantees/:guaranteeId/end',
  summary: 'Ends a guarantee from a day on, with the reason.',
  permission: 'assessment.record',
  input: z.object({ guaranteeId: id, endedOn: isoDate, reason: why, evidence }),
  output: z.object({ id }),
  refusals,
})

export const judgeGuarantee = command({
  name: 'assessment.judgeGuarantee',
  path: '/api/guarantees/:guaranteeId/judge',
  summary: 'Compliance says whether a personal guarantee for a client may stand beside a sale of claims.',
  permission: 'assessment.judgeGuarantee',
  input: z.object({
    guaranteeId: id,
    judgement: z.enum(guaranteeJudgements),
    reason: z.string().trim().min(5).max(2000),
  }),
  output: z.object({ id }),
  refusals,
})

export const setWatch = command({
  name: 'assessment.setWatch',
  path: '/api/parties/:partyId/watch',
  summary:
    'Watches or stops a company, at once; lifting a stop waits for a second person. A stop refuses purchases and payments of every record of the company.',
  permission: 'assessment.watch',
  critical: 'sometimes',
  input: z.object({
    partyId: id,
    watchState: z.enum(watchStates),
    reviewOn: isoDate.nullish(),
    change: changeReason,
  }),
  output: z.object({ id }),
  refusals,
})

export const setRules = command({
  name: 'assessment.setRules',
  path: '/api/assessment/rules',
  summary:
    'Sets the company’s measures for its credit work; whatever watches less than before waits for a second person.',
  permission: 'assessment.setRules',
  critical: 'sometimes',
  input: z.object({
    /** The version the person has seen. */
    version: z.number().int().min(0),
    scoreFallPpm: ppm.min(1).max(1_000_000),
    fallWindowDays: z.number().int().min(1).max(3650),
    reportAgeDays: z.number().int().min(1).max(3650),
    noticeDays: z.number().int().min(1).max(365),
    basisThresholdYen: dealYen.min(0),
    change: changeReason,
  }),
  output: z.object({ version: z.number().int() }),
  refusals,
})

export {
  type CreditFile,
  type CreditReview,
  creditFileOfParty,
  listCreditReviews,
  listReviewers,
  openRules,
  type WatchOfParty,
  watchOfParty,
} from './query-contract.ts'
