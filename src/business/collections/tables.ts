import type { Generated } from 'kysely'
import type { CollectionCaseState } from './rules/states.ts'

export const channels = ['phone', 'email', 'post', 'visit', 'sms', 'other'] as const
export type Channel = (typeof channels)[number]

declare module '../../platform/database/database.ts' {
  interface Tables {
    collection_case: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      case_no: Generated<string>
      receivable_id: string
      state: CollectionCaseState
      opened_on: string
      owner_id: string | null
      next_action_on: string
      next_action: Generated<string>
      disputed_yen: number | null
      dispute_reason: string | null
      ended_on: string | null
    }
    collection_contact: {
      id: string
      case_id: string
      channel: Channel
      direction: 'in' | 'out'
      contacted_at: string
      reached: boolean
      note_sealed: string
      contacted_by: string
      recorded_at: string
    }
    collection_promise: {
      id: string
      case_id: string
      promised_on: string
      due_on: string
      amount_yen: number
      collected_before_yen: number
      outcome: 'kept' | 'broken' | null
      judged_on: string | null
      recorded_by: string
    }
  }
}
