import type { Generated } from 'kysely'

export const changeSources = [
  'registry',
  'registry_document',
  'gbiz_representative',
  'returned_mail',
  'payee_mismatch',
  'score_drop',
  'yearly_confirmation',
  'owners_differ',
] as const
export type ChangeSource = (typeof changeSources)[number]
export const changeOutcomes = ['changed', 'unchanged', 'exit'] as const
export type ChangeOutcome = (typeof changeOutcomes)[number]
export const registerStates = ['agrees', 'differs', 'closed', 'void', 'unknown'] as const
export type RegisterState = (typeof registerStates)[number]

export interface Difference {
  field: 'legalName' | 'address' | 'status' | 'representative' | 'owners' | 'other'
  ours: string | null
  theirs: string | null
}

export interface ChangeReviewTable {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  review_no: Generated<string>
  /** Null once the registration of the company was taken back; the review is closed then. */
  party_id: string | null
  source: ChangeSource
  differences: Difference[]
  sentence: string
  rule_code: string
  facts_key: string
  owner_role: string
  due_on: string
  opened_by: string
  opened_at: string
  suspended_limits: string[]
  evidence: string[]
  outcome: ChangeOutcome | null
  outcome_reason: string | null
  closed_by: string | null
  closed_at: string | null
}

export interface PartyRegisterCheckTable {
  party_id: string
  party_version: number
  register_updated_on: string | null
  state: RegisterState
  checked_at: string
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    change_review: ChangeReviewTable
    party_register_check: PartyRegisterCheckTable
    owners_watch_mark: { only_row: Generated<boolean>; block: number; position: number }
  }
}
