import type { Generated } from 'kysely'
import type { DocumentKind, MailKind, MethodCode, RatingFactor } from './rules.ts'

export const kycTriggers = [
  'onboarding',
  'periodic',
  'yearly_confirmation',
  'change',
  'high_risk',
  'new_transaction_kind',
  'returned_mail',
] as const
export type KycTrigger = (typeof kycTriggers)[number]
export const riskRatings = ['low', 'medium', 'high'] as const
export type RiskRating = (typeof riskRatings)[number]
export const documentSides = ['front', 'back', 'both'] as const
export type DocumentSide = (typeof documentSides)[number]
export const icReadResults = ['matched', 'mismatch', 'unreadable'] as const
export type IcReadResult = (typeof icReadResults)[number]
export const livenesses = ['passed', 'failed'] as const
export type Liveness = (typeof livenesses)[number]
export type KycCaseState = 'in_progress' | 'completed' | 'reopened' | 'failed'

declare module '../../platform/database/database.ts' {
  interface Tables {
    kyc_case: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      case_no: Generated<string>
      party_id: string
      trigger: KycTrigger
      method_code: MethodCode
      purpose_code: string | null
      purpose_label: string | null
      purpose: string | null
      business_content: string | null
      risk_rating: RiskRating
      rating_factors: RatingFactor[]
      asset_income_checked: Generated<boolean>
      regime: 'statutory' | 'voluntary' | null
      expected_yen: number | null
      mail_kind: MailKind | null
      mail_sent_on: string | null
      mail_tracking: string | null
      mail_result: 'sent' | 'delivered' | 'returned' | null
      state: KycCaseState
      opened_by: string
      opened_at: string
      completed_on: string | null
      completed_by: string | null
      approved_by: string | null
      record_created_at: string | null
      next_review_on: string | null
      superseded_at: string | null
      exception_until: string | null
      exception_reason: string | null
      exception_request_id: string | null
    }
    kyc_document: {
      id: string
      case_id: string
      kind: DocumentKind
      person_id: string | null
      issuer: string | null
      number_sealed: string | null
      number_last: string | null
      issued_on: string | null
      expires_on: string | null
      seen_on: string
      seen_by: string
      document_id: string | null
      side: DocumentSide | null
      masked: Generated<boolean>
      recorded_at: string
    }
    kyc_electronic_check: {
      id: string
      case_id: string
      person_id: string | null
      checked_on: string
      provider: string | null
      ic_read_result: IcReadResult | null
      signature_valid: boolean | null
      revocation_checked_at: string | null
      face_match_score: number | null
      face_threshold_ppm: number | null
      liveness: Liveness | null
      bank_confirmed: boolean | null
      evidence: string[]
      recorded_by: string
      recorded_at: string
    }
  }
}
