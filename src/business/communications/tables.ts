import type { Generated } from 'kysely'

export const channels = ['phone', 'email', 'visit', 'web', 'chat', 'sms', 'post', 'fax', 'other'] as const
export type Channel = (typeof channels)[number]
export const directions = ['out', 'in'] as const
export type Direction = (typeof directions)[number]
export const categories = [
  'payment',
  'existing_deal',
  'new_deal',
  'document',
  'complaint',
  'consultation',
  'other',
] as const
export type Category = (typeof categories)[number]
export const priorities = ['low', 'normal', 'high'] as const
export type Priority = (typeof priorities)[number]
export const scopes = ['all', 'compliance_only'] as const
export type Scope = (typeof scopes)[number]
export const policyChecks = ['allowed', 'blocked', 'not_checked'] as const
export type PolicyCheck = (typeof policyChecks)[number]
/** Kinds of record a communication may be about beside its party. */
export const linkKinds = [
  'receivable',
  'contract',
  'collection_case',
  'alert',
  'inquiry',
  'incident',
  'document',
] as const
export type LinkKind = (typeof linkKinds)[number]

export const recordingKinds = ['recording', 'transcript'] as const
export type RecordingKind = (typeof recordingKinds)[number]

export interface CommunicationTable {
  id: string
  seen_no: Generated<number>
  communication_no: Generated<string>
  root_id: string
  version_no: number
  superseded_at: string | null
  correction_reason: string | null
  party_id: string
  person_id: string | null
  channel: Channel
  direction: Direction
  occurred_at: string
  time_known: Generated<boolean>
  duration_s: number | null
  reached: boolean | null
  category: Category
  sub_category: string | null
  priority: Generated<Priority>
  subject_sealed: string | null
  summary_sealed: string
  body_sealed: string | null
  agreed_sealed: string | null
  disclosure_scope: Generated<Scope>
  policy_check: PolicyCheck
  policy_rules: Generated<string[]>
  handled_by: string | null
  handler_name: string | null
  source: 'staff' | 'import'
  content_hash: string | null
  recorded_by: string
  recorded_at: string
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    communication: CommunicationTable
    communication_recording: {
      id: string
      seen_no: Generated<number>
      communication_id: string
      party_id: string
      kind: RecordingKind
      original_file_name: string
      mime: string
      size_bytes: number
      content_hash: string
      stored_path: string
      consent_given: boolean
      consent_how: string | null
      retain_until: string
      added_by: string
      added_at: string
    }
    communication_link: { communication_id: string; record_kind: LinkKind; record_id: string }
    contact_plan: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      party_id: string
      person_id: string | null
      channel: Channel
      planned_at: string
      purpose_sealed: string
      owner_id: string
      state: Generated<'planned' | 'done' | 'cancelled'>
      communication_id: string | null
      ended_reason: string | null
      planned_by: string
      recorded_at: string
    }
    payment_promise: {
      id: string
      row_version: Generated<number>
      party_id: string
      receivable_id: string | null
      case_id: string | null
      communication_id: string | null
      promised_on: string
      due_on: string
      amount_yen: number
      outcome: 'kept' | 'broken' | null
      judged_on: string | null
      judged_by: string | null
      recorded_by: string
    }
    contact_trigger: { receivable_id: string; triggered_on: string; recorded_by: string }
  }
}
