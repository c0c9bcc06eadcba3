import type { Generated } from 'kysely'

export const subjectRoles = ['client', 'debtor'] as const
export type SubjectRole = (typeof subjectRoles)[number]
export const reviewOutcomes = ['accept', 'conditional', 'decline'] as const
export type ReviewOutcome = (typeof reviewOutcomes)[number]
export const creditReviewStates = ['draft', 'decided', 'withdrawn'] as const
export type CreditReviewState = (typeof creditReviewStates)[number]
export const basisKinds = [
  'statements',
  'tax_arrears',
  'bank_data',
  'references',
  'external_report',
  'payment_record',
  'site_visit',
  'other',
] as const
export type BasisKind = (typeof basisKinds)[number]
/** Who says it. Two bases of one source are one source. */
export const basisSources = [
  'subject',
  'tax_office',
  'bank',
  'tdb',
  'tsr',
  'other_agency',
  'trade_reference',
  'registry',
  'own_records',
  'own_visit',
] as const
export type BasisSource = (typeof basisSources)[number]
export interface Basis {
  kind: BasisKind
  source: BasisSource
  note: string
}
export const scoreOrigins = ['agency', 'own', 'automatic'] as const
export type ScoreOrigin = (typeof scoreOrigins)[number]
export const scoreProviders = ['tdb', 'tsr', 'riskmonster', 'own', 'other'] as const
export type ScoreProvider = (typeof scoreProviders)[number]
export const reportProviders = ['tdb', 'tsr', 'riskmonster', 'other'] as const
export type ReportProvider = (typeof reportProviders)[number]
export const collateralKinds = [
  'claim_assignment',
  'deposit',
  'real_estate',
  'movables',
  'securities',
  'other',
] as const
export type CollateralKind = (typeof collateralKinds)[number]
export const guaranteeKinds = ['simple', 'joint', 'root', 'joint_root'] as const
export type GuaranteeKind = (typeof guaranteeKinds)[number]
export const guaranteeJudgements = ['kept', 'to_end'] as const
export type GuaranteeJudgement = (typeof guaranteeJudgements)[number]
/** From the mildest to the strictest. */
export const watchStates = ['normal', 'watch', 'stop'] as const
export type WatchState = (typeof watchStates)[number]

interface Retractable {
  retracted_at: string | null
  retracted_by: string | null
  retracted_reason: string | null
}

interface Dated {
  valid_from: string
  expires_on: string | null
  valid_to: string | null
  end_reason: string | null
  ended_by: string | null
}

export interface CreditReviewTable {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  review_no: Generated<string>
  party_id: string
  subject_role: SubjectRole
  assessed_on: string
  assessed_by: string
  outcome: ReviewOutcome
  recommended_yen: number | null
  conditions: string | null
  grounds: string
  basis: Basis[]
  review_due_on: string
  evidence: string[]
  state: CreditReviewState
  decided_by: string | null
  decided_at: string | null
  rules_version: number | null
  withdrawn_reason: string | null
  recorded_at: string
}

export interface CreditScoreTable extends Retractable {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  party_id: string
  origin: ScoreOrigin
  provider: ScoreProvider
  provider_name: string | null
  score: number
  score_scale: number
  score_date: string
  components: { name: string; points: number }[]
  model_version: string | null
  inputs_hash: string | null
  reason_codes: string[]
  overrides: string | null
  override_reason: string | null
  evidence: string[]
  recorded_by: string
  approved_by: string | null
  recorded_at: string
  retracted_approved_by: string | null
}

export interface ExternalReportTable extends Retractable {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  party_id: string
  provider: ReportProvider
  provider_name: string | null
  report_date: string
  rating: string | null
  bankruptcy_forecast: string | null
  summary: string | null
  evidence: string[]
  recorded_by: string
  recorded_at: string
}

export interface CollateralTable extends Dated {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  collateral_no: Generated<string>
  party_id: string
  collateral_kind: CollateralKind
  description: string
  value_yen: number
  valued_on: string
  ltv_ppm: number
  registered_no: string | null
  replaces: string | null
  evidence: string[]
  recorded_by: string
  recorded_at: string
}

export interface GuaranteeTable extends Dated {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  guarantee_no: Generated<string>
  party_id: string
  guarantor_party_id: string | null
  guarantor_person_id: string | null
  guarantee_kind: GuaranteeKind
  amount_yen: number | null
  guarantee_cap_yen: number | null
  personal: boolean
  notarised_on: string | null
  evidence: string[]
  recorded_by: string
  recorded_at: string
  judgement: GuaranteeJudgement | null
  judgement_reason: string | null
  judged_by: string | null
  judged_at: string | null
}

export interface WatchStatusTable {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  party_id: string
  watch_state: WatchState
  previous: WatchState
  reason: string
  since: string
  review_on: string | null
  evidence: string[]
  recorded_by: string
  approved_by: string | null
  recorded_at: string
  superseded_at: string | null
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    assessment_rule: {
      id: string
      version: number
      score_fall_ppm: number
      fall_window_days: number
      report_age_days: number
      notice_days: number
      basis_threshold_yen: number
      note: string
      recorded_by: string
      approved_by: string | null
      recorded_at: string
    }
    credit_review: CreditReviewTable
    credit_score: CreditScoreTable
    external_report: ExternalReportTable
    collateral: CollateralTable
    guarantee: GuaranteeTable
    watch_status: WatchStatusTable
  }
}
