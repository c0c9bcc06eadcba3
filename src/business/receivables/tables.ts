import type { Generated, JSONColumnType } from 'kysely'
import type { ReceivableKind } from '../contracts/contract.ts'
import type { AssignmentFinding } from './rules/assignment.ts'
import type { DuplicateMatch } from './rules/duplicates.ts'
import type { TaxRow } from './rules/invoice-tax.ts'
import type { Charge } from './rules/pricing.ts'

export const evidenceKinds = [
  'invoice',
  'order',
  'delivery',
  'acceptance',
  'bank_history',
  'message',
] as const
export const noticeKinds = ['assignment_notice', 'consent_request', 'registration'] as const
export const noticeMethods = [
  'plain_mail',
  'content_certified',
  'e_content_certified',
  'hand_delivery',
  'electronic',
] as const
export const limitationKinds = ['demand', 'negotiation_agreed', 'acknowledgement', 'judgment'] as const
export type Perfection = 'none' | 'notice_held' | 'notice_sent' | 'consent_received' | 'registered'

/** Steps that stand in the table; everything else is derived (rules/derive-state.ts). */
export type StoredState =
  | 'offered'
  | 'verifying'
  | 'verified'
  | 'approved'
  | 'purchased'
  | 'rejected'
  | 'withdrawn'
  | 'lapsed'
  | 'rescinded'
  | 'repurchased'
  | 'dunning'
  | 'legal'
  | 'written_off'
  | 'closed'

export interface ReceivableTable {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  receivable_no: string
  client_id: string
  debtor_id: string
  debtor_name_key: string | null
  contract_id: string | null
  receivable_kind: ReceivableKind
  invoice_no: string
  line_no: number | null
  number_key: string
  number_tail: string
  issued_on: string
  due_on: string
  due_on_rolled: string
  payable_on: string
  face_yen: number
  deductions_yen: Generated<number>
  ineligible_yen: Generated<number>
  asked_yen: number | null
  assignment_restriction: 'none' | 'exists' | 'unknown'
  restriction_known: Generated<boolean>
  set_off_risk: Generated<'none' | 'low' | 'high' | 'unknown'>
  dispute_open: Generated<boolean>
  findings: JSONColumnType<AssignmentFinding[], string | undefined, string>
  duplicate_result: 'clear' | 'suspect' | 'confirmed' | 'judged_different' | 'judged_same'
  duplicate_checked_at: string
  state: StoredState
  state_on: string
  purchase_id: string | null
  purchased_yen: number | null
  advance_yen: number | null
  reserve_yen: number | null
  fee_yen: number | null
  price_yen: number | null
  funded_on: string | null
  grace_days: Generated<number>
  perfection: Generated<Perfection>
  perfected_on: string | null
  collected_yen: Generated<number>
  diluted_yen: Generated<number>
  recovered_yen: Generated<number>
  left_to_settle_yen: Generated<number>
  registered_by: string
  registered_at: string
  verified_by: string | null
  approved_by: string | null
  exception_approved_by: string | null
  purchased_by: string | null
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    receivable: ReceivableTable
    purchase: {
      id: string
      seen_no: Generated<number>
      purchase_no: Generated<string>
      client_id: string
      contract_id: string
      contract_version: number
      purchased_on: string
      purchased_yen: number
      advance_yen: number
      reserve_yen: number
      fee_yen: number
      price_yen: number
      charges: JSONColumnType<Charge[], string, string>
      charges_yen: number
      tax_yen: number
      net_yen: number
      annualised_ppm: number | null
      journal_id: string
      purchased_by: string
      recorded_at: string
    }
    receivable_step: {
      receivable_id: string
      step_id: string
      stepped_on: string
      to_state: StoredState
      stepped_by: string
      reason: string | null
    }
    receivable_movement: {
      id: string
      receivable_id: string
      moved_on: string
      kind: 'collection' | 'confirmed_dilution' | 'recovery'
      amount_yen: number
      journal_id: string | null
      recorded_at: string
    }
    receivable_evidence: {
      receivable_id: string
      document_id: string
      evidence_kind: (typeof evidenceKinds)[number]
      agrees: boolean
      content_hash: string
      added_by: string
      added_at: string
    }
    duplicate_check: {
      id: string
      receivable_id: string
      occasion: 'offer' | 'payout'
      scope: Generated<'own_book' | 'assignment_registry' | 'shared_registry'>
      result: 'clear' | 'suspect' | 'confirmed'
      matches: JSONColumnType<DuplicateMatch[], string, string>
      checked_at: string
      verdict: 'different' | 'same' | null
      judged_by: string | null
      confirmed_by: string | null
      judged_at: string | null
      verdict_reason: string | null
    }
    assignment_notice: {
      id: string
      receivable_id: string
      notice_kind: (typeof noticeKinds)[number]
      method: (typeof noticeMethods)[number]
      sent_to: string
      sent_on: string | null
      post_no: string | null
      fixed_date_kind: string | null
      fixed_on: Generated<string | null>
      by_assignor: Generated<boolean | null>
      department: Generated<string | null>
      delivered_time: Generated<string | null>
      trigger_text: string | null
      delivered_on: string | null
      delivered_to: string | null
      returned_on: string | null
      recorded_by: string
      approved_by: string | null
      recorded_at: string
    }
    assignment_registration: {
      notice_id: string
      row_version: Generated<number>
      registration_no: string
      registered_at: string
      expires_on: string
      claim_type_code: string
      claim_nature: 'price_of_goods' | 'fee_for_work' | 'other' | null
      claim_type_label: string | null
      certificate_document_id: string
      recorded_by: string
      recorded_at: string
    }
    receivable_particulars: {
      receivable_id: string
      row_version: Generated<number>
      transaction_from: string | null
      transaction_to: string | null
      accepted_on: string | null
      received_on: string | null
      issuer_reg_no: string | null
      taxes: JSONColumnType<TaxRow[], string, string>
      toriteki_flag: boolean | null
      dispute_yen: number | null
      recorded_by: string
      recorded_at: string
    }
    limitation_event: {
      id: string
      receivable_id: string
      event_kind: (typeof limitationKinds)[number]
      happened_on: string
      months: number | null
      document_ids: Generated<string[]>
      recorded_by: string
      recorded_at: string
      withdrawn_at: string | null
      withdrawn_by: string | null
      withdrawn_reason: string | null
    }
  }
}
