import type { ColumnType, Generated } from 'kysely'
import type { Category, Channel, Priority } from '../communications/tables.ts'
import type { InquiryState } from './rules/states.ts'

declare module '../../platform/database/database.ts' {
  interface Tables {
    inquiry: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      inquiry_no: Generated<string>
      party_id: string | null
      person_id: string | null
      channel: Channel
      category: Category
      priority: Priority
      sender_sealed: string | null
      subject_sealed: string
      body_sealed: string
      state: InquiryState
      owner_id: string | null
      sla_policy: string
      received_at: string
      first_answer_due: string
      resolution_due: string
      first_answered_at: string | null
      resolved_at: string | null
      paused_ms: Generated<number>
      paused_since: string | null
      answers: Generated<number>
      reopened_count: Generated<number>
      transfers: Generated<number>
      merged_into: string | null
      satisfaction: number | null
      opened_by: string
      opened_at: string
      ended_at: string | null
      next_due: ColumnType<string | null, never, never>
    }
  }
}
