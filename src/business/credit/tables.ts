import type { Generated } from 'kysely'

export const limitKinds = ['client', 'group', 'debtor', 'debtor_group', 'pair', 'concentration'] as const
export const overrideDeals = ['receivable', 'application'] as const
export type OverrideDeal = (typeof overrideDeals)[number]
export type StoredLimitKind = (typeof limitKinds)[number]

declare module '../../platform/database/database.ts' {
  interface Tables {
    credit_limit: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      limit_no: Generated<string>
      limit_kind: StoredLimitKind
      subject_id: string
      second_subject_id: string | null
      term: 'permanent' | 'temporary'
      limit_yen: number | null
      limit_ppm: number | null
      in_force_from: string
      in_force_to: string | null
      review_due_on: string
      assessed_on: string
      grounds: string
      requested_by: string
      approved_by: string | null
      granted_at: string
      suspended_at: string | null
      suspended_reason: string | null
      revoked_at: string | null
      superseded_at: string | null
      review_id: Generated<string | null>
      authority_level: Generated<string | null>
      /** The company the limit bounds; follows the identity of the subject. */
      company_id: Generated<string>
      second_company_id: Generated<string | null>
      /** Another limit of the same kind counts for the company since records were merged. */
      set_aside: Generated<boolean>
    }
    limit_choice: { id: string; merge_id: string; limit_id: string }
    credit_exposure: {
      receivable_id: string
      client_id: string
      debtor_id: string
      state: 'committed' | 'paid' | 'ended'
      amount_yen: number
      started_at: string
      changed_at: string
      /** The plan of the application the claim belongs to; kept by the database. */
      plan_id: Generated<string | null>
    }
    credit_pair_total: { client_id: string; debtor_id: string; committed_yen: number; paid_yen: number }
    limit_breach: {
      id: string
      limit_id: string
      started_at: string
      amount_yen: number
      cause: string
      cleared_at: string | null
      requested_by: string
      approved_by: string
      accepted_until: string
      evidence: string[]
      /** The exception for one deal by which it came to be above the limit. */
      override_id: Generated<string | null>
    }
    limit_override: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      override_no: Generated<string>
      deal_kind: OverrideDeal
      deal_id: string
      limit_kind: StoredLimitKind
      limit_id: string
      client_id: string
      debtor_id: string
      beyond_yen: number
      until: string
      reason: string
      evidence: string[]
      requested_by: string
      approved_by: string
      granted_at: string
      revoked_at: string | null
      revoked_by: string | null
      revoked_reason: string | null
      replaced_at: string | null
    }
    limit_override_use: {
      override_id: string
      receivable_id: string
      limit_kind: StoredLimitKind
      used_yen: number
      amount_yen: number
      used_at: string
    }
  }
}
