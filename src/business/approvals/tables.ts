import type { Generated } from 'kysely'
import type { Json } from '../../platform/trail/canonical.ts'

export type ChangeRequestState =
  | 'draft'
  | 'pending'
  | 'returned'
  | 'stale'
  | 'approved'
  | 'applied'
  | 'rejected'
  | 'withdrawn'
  | 'expired'
  | 'reverted'

export interface ChangeItem {
  field: string
  label: string
  old: Json
  new: Json
  sensitive?: boolean
}

export interface ChangeRequestTable {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  change_no: Generated<string>
  object_kind: string
  object_id: string
  related_ids: string[]
  command: string
  contract_version: number
  input_sealed: string
  read_set: { table: string; id: string; version: number }[]
  summary: string
  items: ChangeItem[]
  reason_code: string
  reason_text: string
  evidence: string[]
  approve_permission: string
  may_not_approve: string[]
  amount_yen: number | null
  approval_round: Generated<number>
  approve_role: string | null
  state: ChangeRequestState
  requested_by: string
  requested_at: string
  expires_at: string
  decided_by: string | null
  decided_at: string | null
  decision_comment: string | null
  applied_at: string | null
  /** When what it touches was followed up; null while it is not. */
  impact_settled_at: Generated<string | null>
  answer: Json
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    change_request: ChangeRequestTable
    approval_authority: { permission: string; role: string; upto_yen: number | null; position: number }
    further_approval: { permission: string; role: string; from_yen: number | null; position: number }
    change_request_approval: {
      request_id: string
      round: number
      step: number
      staff_id: string
      role: string | null
      comment: string | null
      approved_at: string
    }
  }
}
